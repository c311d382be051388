"""Chromium, Firefox and WebKit behind one small interface: open, evaluate, keys, pointer, screenshot, errors.

Chromium is driven by Playwright, which drives no Firefox or WebKit but its own builds. Firefox is driven by
WebDriver BiDi over its websocket (no geckodriver), WebKit by WebDriver through WebKitWebDriver.
"""

import base64
import itertools
import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import websocket  # websocket-client, which JupyterLab's server needs itself
from browser.lab import free_port, listen_for_errors
from playwright.sync_api import TimeoutError

WIDTH, HEIGHT = 1280, 1000
START_SECONDS = 60  # a browser on a busy machine
KEYS = {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
        "End": "\ue010", "Home": "\ue011", "Tab": "\ue004", "Enter": "\ue007", "Space": " "}  # fmt: skip

# An expression, or a function with one argument, as JSON text.
EVALUATE = """async (text, argument) => {
    const made = (0, eval)(text);
    return JSON.stringify(await (typeof made === 'function' ? made(JSON.parse(argument)) : made)) ?? 'null';
}"""

# A page that begins with this keeps its own errors; of WebKit they cannot be had in another way.
KEEP_ERRORS = """<script>
window.mlpkitErrors = [];
addEventListener('error', event => mlpkitErrors.push(String(event.message ?? event.target?.outerHTML)), true);
addEventListener('unhandledrejection', event => mlpkitErrors.push(String(event.reason)));
console.error = (...given) => mlpkitErrors.push(given.join(' '));
</script>"""


class Page:
    """What the tests do with a page; the names are Playwright's, so that `lab.Notebook` works with each.

    Subclasses give `goto`, `evaluate`, `screenshot`, `_act` (WebDriver's actions) and `red` (the console's
    errors).
    """

    red: list

    def wait_for_function(self, expression, arg=None, timeout=30_000, polling=20):
        """Wait until an expression, or a function of `arg`, is true in the page."""
        test = f"async arg => !!(await (f => typeof f === 'function' ? f(arg) : f)({expression}))"
        end = time.monotonic() + timeout / 1000
        while not self.evaluate(test, arg):
            if time.monotonic() > end:
                raise TimeoutError(f"not true within {timeout} ms: {expression}")
            time.sleep(polling / 1000)

    def wait_for_timeout(self, milliseconds):
        """Let the page go on for a while."""
        time.sleep(milliseconds / 1000)

    def press(self, key, times=1):
        """Press a key on the element that has the focus."""
        presses = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")] * times
        self._act([{"type": "key", "id": "keys", "actions": presses}])

    def drag(self, points):
        """Press the mouse at the first of some points of the window, move it over the others, release it."""
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20, "origin": "viewport"}
            for x, y in points
        ]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        actions = [moves[0], down, *moves[1:], up]
        self._act(
            [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}]
        )

    def errors(self):
        """The errors of the console and of the page up to now."""
        kept = self.evaluate("window.mlpkitErrors ?? []")
        return [*self.red, *kept]


class ChromiumPage(Page):
    """A page of Playwright."""

    def __init__(self, page):
        self.page, self.red = page, listen_for_errors(page)
        self.goto, self.evaluate, self.screenshot = page.goto, page.evaluate, page.screenshot

    def press(self, key, times=1):
        for _ in range(times):
            self.page.keyboard.press(key)

    def drag(self, points):
        mouse = self.page.mouse
        mouse.move(*points[0])
        mouse.down()
        for point in points[1:]:
            mouse.move(*point)
        mouse.up()


class FirefoxPage(Page):
    """A tab of Firefox, over its websocket."""

    def __init__(self, address):
        self.socket = websocket.create_connection(address, timeout=120, suppress_origin=True)
        self.numbers, self.red = itertools.count(1), []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        # Unlike the first tab, a new one has the focus, without which JupyterLab knows no current notebook.
        self.tab = self.ask("browsingContext.create", type="tab")["context"]
        self.ask("browsingContext.setViewport", context=self.tab, viewport={"width": WIDTH, "height": HEIGHT})

    def ask(self, method, **params):
        """Send a command and wait for its answer; entries of the log that come before it are kept."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.red.append(str(answer["params"]["text"]))
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def goto(self, address):
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression, arg=None):
        given = [{"type": "string", "value": value} for value in (expression, json.dumps(arg))]
        answer = self.ask(
            "script.callFunction", functionDeclaration=EVALUATE, target={"context": self.tab},
            awaitPromise=True, arguments=given,
        )  # fmt: skip
        if answer["type"] == "exception":
            raise RuntimeError(f"{answer['exceptionDetails']['text']} in {expression}")
        return json.loads(answer["result"]["value"])

    def screenshot(self):
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self.tab)["data"])

    def _act(self, actions):
        self.ask("input.performActions", context=self.tab, actions=actions)


class WebKitPage(Page):
    """The window of WebKit's MiniBrowser, through WebKitWebDriver."""

    def __init__(self, address):
        self.address, self.red = address, []
        self.address += "/session/" + self.ask("POST", "/session", capabilities={})["sessionId"]
        self.ask("POST", "/window/rect", x=0, y=0, width=WIDTH, height=HEIGHT)

    def ask(self, verb, path, **params):
        """Send a command -> the value of its answer."""
        data = json.dumps(params).encode() if verb == "POST" else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, data=data, headers=headers, method=verb)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            raise RuntimeError(f"{path}: {problem.read().decode()}") from None

    def goto(self, address):
        self.ask("POST", "/url", url=address)

    def evaluate(self, expression, arg=None):
        script = f"""const [text, argument, done] = arguments;
            ({EVALUATE})(text, argument).then(made => done([made]), error => done([null, String(error)]));"""
        value, *error = self.ask("POST", "/execute/async", script=script, args=[expression, json.dumps(arg)])
        if error:
            raise RuntimeError(f"{error[0]} in {expression}")
        return json.loads(value)

    def screenshot(self):
        return base64.b64decode(self.ask("GET", "/screenshot"))

    def _act(self, actions):
        self.ask("POST", "/actions", actions=actions)


@contextmanager
def firefox(program):
    """A page of a Firefox that is started for it, with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [program, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0"]
        with _running(command):
            told = json.loads(_until_there(lambda: Path(folder, "WebDriverBiDiServer.json").read_text()))
            page = FirefoxPage(f"ws://{told['ws_host']}:{told['ws_port']}/session")
            yield page
            page.ask("browser.close")
            page.socket.close()


@contextmanager
def webkit(program):
    """A page of WebKit's MiniBrowser, on a screen of its own: it has no headless mode."""
    read, write = os.pipe()
    screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    with _running(screen, pass_fds=[write]):
        os.close(write)
        with open(read) as display:
            environment = {**os.environ, "DISPLAY": f":{display.readline().strip()}", "GDK_BACKEND": "x11"}
        port = free_port()
        with _running([program, "--host=127.0.0.1", f"--port={port}"], env=environment):
            address = f"http://127.0.0.1:{port}"
            _until_there(lambda: urllib.request.urlopen(f"{address}/status", timeout=5).close() or "there")
            page = WebKitPage(address)
            yield page
            page.ask("DELETE", "")


@contextmanager
def _running(command, **options):
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    process = subprocess.Popen([str(part) for part in command], **silent, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_there(attempt):
    """The first answer of an attempt that is not empty; OSError when there is none in time."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            if answer := attempt():
                return answer
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.05)
