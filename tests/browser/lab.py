"""A real JupyterLab with a real Chromium in front of it, for tests."""

import base64
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import TimeoutError

from mlpkit.cli.checkout import jupyter_environment
from mlpkit.cli.lab import decline_news, hide_grading_tools, lab_command

CHECKOUT = Path(__file__).parents[2]

# Whether a part of the page has an output of which JupyterLab still loads the widget.
LOADING = """part => [...part.querySelectorAll('.jp-OutputArea-output')].some(
    output => output.textContent === 'Loading widget...')"""

# Whether the outputs of the cell with this index are on the page, and its widgets and stages drawn.
SHOWN = f"""index => {{
    const {{node, model}} = window.jupyterapp.shell.currentWidget.content.widgets[index];
    return node.isConnected && !({LOADING})(node)
        && node.querySelectorAll('.jp-OutputArea-output').length >= (model.outputs?.length ?? 0)
        && !node.querySelector('.widget-box > .lm-Widget:empty')
        && [...node.querySelectorAll('canvas[role=img]')].every(canvas => canvas.dataset.right);
}}"""

# The cells as they are now; of the outputs the kind alone, or the whole error: pictures are large.
CELLS = """() => [...window.jupyterapp.shell.currentWidget?.content?.model?.cells ?? []].map(cell => ({
    id: cell.id, cell_type: cell.type, source: cell.sharedModel.getSource(),
    execution_count: cell.executionCount ?? null,
    outputs: Array.from({length: cell.outputs?.length ?? 0}, (_, k) => cell.outputs.get(k)).map(
        output => output.type === 'error' ? output.toJSON() : {output_type: output.type}),
}))"""

# Whether an element has these data attributes.
HAS = "([e, wanted]) => Object.entries(wanted).every(([name, value]) => e.dataset[name] === value)"

# Red lines of the console that are not ours, each with its reason.
NOT_OURS = [
    r"favicon",  # JupyterLab asks for icons that a token-less test server does not serve
    r"api/me|api/kernels/.* (404|403)",  # JupyterLab polls a kernel that a restart has just ended
    r"WebSocket connection to .* failed",  # the same, on its socket
    r"lsp|language server",  # jupyter-lsp looks for language servers that nobody needs here
]


def free_port():
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def jupyterlab(folder):
    """Serve `folder`/root by JupyterLab on 127.0.0.1, all its settings in `folder`; yields the address."""
    port, root = free_port(), folder / "root"
    decline_news(folder / "jupyter")
    hide_grading_tools(folder / "jupyter")
    environment = {
        **os.environ,
        **jupyter_environment(folder / "jupyter"),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "tests")]),
    }
    command = lab_command(root, min(root.glob("*.ipynb")), port, browser=False)
    with served(command, port, environment, folder / "jupyterlab.log") as address:
        yield address


@contextmanager
def served(command, port, environment, log):
    """Run a command that starts JupyterLab, without a token, on a port of 127.0.0.1; yields the address."""
    command = [
        *command,
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        "--LabApp.expose_app_in_browser=True",
    ]
    with open(log, "w") as file:
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address + "/api", process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(address, process, log, seconds=240):  # a busy machine takes more than one minute
    end = time.time() + seconds
    while time.time() < end:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at once:\n{log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not answer within {seconds} s:\n{log.read_text()[-3000:]}")


def listen_for_errors(page):
    """The list to which the page's exceptions and the console's errors are added from now on."""
    red = []
    page.on("pageerror", lambda error: red.append(str(error)))
    page.on("console", lambda m: red.append(m.text) if m.type == "error" else None)
    return red


class Notebook:
    """A notebook opened in JupyterLab: run it, look at its cells, its stages and the console."""

    def __init__(self, page, red):
        self.page, self.red = page, red

    @classmethod
    def open(cls, page, address, name):
        """A notebook of this name, opened in JupyterLab at this address, with an idle kernel.

        The page is one of Playwright, or of `engines`, which keeps the console's errors itself.
        """
        notebook = cls(page, page.red if hasattr(page, "red") else listen_for_errors(page))
        page.goto(f"{address}/lab/tree/{name}?reset")
        page.wait_for_function(
            "window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell')", timeout=90_000
        )
        notebook.command("application:toggle-left-area")
        notebook.wait_for_kernel()
        return notebook

    def command(self, name, arguments="{}"):
        """Run a command of JupyterLab's palette."""
        self.page.evaluate(f"void window.jupyterapp.commands.execute('{name}', {arguments})")

    def _until(self, condition, seconds, what):
        """Wait until an expression is true, and accept what JupyterLab asks meanwhile."""
        accept = "document.querySelector('.jp-Dialog button.jp-mod-accept')?.click()"
        try:
            self.page.wait_for_function(
                f"() => {{ {accept}; return {condition}; }}", timeout=1000 * seconds, polling=100
            )
        except TimeoutError:
            problem = f"{what} within {seconds} s; console: {self.red}; cells: {self.errors()}"
            raise AssertionError(problem) from None

    def wait_for_kernel(self, seconds=60):
        """Wait until the kernel is connected and idle."""
        kernel = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel"
        idle = f"(k => !!k && k.connectionStatus === 'connected' && k.status === 'idle')({kernel})"
        self._until(idle, seconds, "the kernel was not idle")

    def run_all(self, restart=False, seconds=120):
        """Run all cells, after a restart of the kernel if asked for, and wait until all have ended.

        Returns the seconds from the click to the end of the last cell.
        """
        before, begun = self.counts(), time.perf_counter()
        self.command("notebook:restart-run-all" if restart else "notebook:run-all-cells")
        ended = (
            "(cells => cells.length > 0 && cells.every(c => c.execution_count !== null))"
            "((window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells)"
            ".filter(c => c.cell_type === 'code'))"
        )
        if restart and any(before):
            self._until(f"!({ended})", seconds, "the restart did not clear the cells")
        self._until(ended, seconds, "not all cells were run")
        took = time.perf_counter() - begun
        self.wait_for_kernel(seconds)
        self._until(f"!({LOADING})(document)", seconds, "a widget was not shown")
        return took

    def run(self, index):
        """Run one cell again and wait until it has ended."""
        count = self.counts()[index]
        content = "window.jupyterapp.shell.currentWidget.content"
        self.page.evaluate(f"{content}.activeCellIndex = {index}; void 0")
        self.command("notebook:run-cell")
        cell = f"{content}.widgets[{index}].model"
        self._until(f"![null, {count}].includes({cell}.executionCount)", 60, f"cell {index} did not end")
        self.wait_for_kernel()

    def cells(self):
        """The notebook's cells as JupyterLab holds them now, the outputs without their data."""
        return self.page.evaluate(CELLS)

    def counts(self):
        return [c["execution_count"] for c in self.cells() if c["cell_type"] == "code"]

    def errors(self):
        """Error outputs of all cells."""
        return [
            f"{cell['id']}: {o['ename']}: {o['evalue']}"
            for cell in self.cells()
            for o in cell.get("outputs", [])
            if o["output_type"] == "error"
        ]

    def our_red_lines(self):
        """The console's errors, without those known to be someone else's."""
        return [line for line in self.red if not any(re.search(p, line, re.IGNORECASE) for p in NOT_OURS)]

    def stage(self, control, which=0):
        """The stage that has a control of this name; the one numbered `which` if there are several."""
        canvas = self.page.locator(f"canvas[data-{control}]").nth(which)
        end = time.time() + 60
        while not canvas.count() and time.time() < end:
            for index, cell in enumerate(self.cells()):
                if cell.get("outputs") and not canvas.count():
                    self.show_cell(index)
        if not canvas.count():
            seen = self.page.locator(".jp-OutputArea-output").all_inner_texts()
            raise AssertionError(f"no stage with {control!r}; outputs: {seen}; console: {self.red}")
        return StageOnPage(self.page, canvas)

    def ask(self, expression):
        """What the kernel answers to a Python expression, as text."""
        return self.page.evaluate(
            """async expression => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const asked = {code: "", silent: true, user_expressions: {answer: expression}};
                const {content} = await kernel.requestExecute(asked).done;
                return content.user_expressions.answer.data["text/plain"];
            }""",
            expression,
        )

    def wait_until_heard(self, label, value, seconds=30):
        """Wait until the kernel knows that a slider with this label stands at this value."""
        sliders = "__import__('ipywidgets').widgets.widget._instances.values()"
        known = f"{value} in [s.value for s in {sliders} if getattr(s, 'description', '') == {label!r}]"
        end = time.time() + seconds
        while self.ask(known) != "True":
            assert time.time() < end, f"the kernel did not hear of {label} = {value} in {seconds} s"
            self.page.wait_for_timeout(100)

    def save(self):
        """Save the notebook and wait until it is."""
        self.wait_for_kernel()
        self.command("docmanager:save")
        self._until("!window.jupyterapp.shell.currentWidget.content.model.dirty", 30, "not saved")

    def show_cell(self, index):
        """Scroll to a cell: JupyterLab makes the outputs of cells that are far out of sight only then."""
        content = "window.jupyterapp.shell.currentWidget.content"
        self.page.evaluate(f"void {content}.scrollToItem({index}, 'center')")
        with suppress(TimeoutError):  # a cell may have outputs that are never drawn: go on without
            self.page.wait_for_function(SHOWN, arg=index, timeout=3000)

    def theme(self, name):
        """Switch to 'JupyterLab Dark' or 'JupyterLab Light'."""
        self.command("apputils:change-theme", f"{{theme: '{name}'}}")
        flag = "false" if "Dark" in name else "true"
        self.page.wait_for_function(f"document.body.dataset.jpThemeLight === '{flag}'", timeout=30_000)


def at_rest(element):
    """The bounding box of a locator's element, once the page has scrolled to it and come to rest."""
    element.scroll_into_view_if_needed()
    element.element_handle().wait_for_element_state("stable")
    return element.bounding_box()


class StageOnPage:
    """A stage as the browser shows it."""

    def __init__(self, page, canvas):
        self.page, self.canvas = page, canvas
        canvas.scroll_into_view_if_needed()
        self.area = canvas.locator("xpath=ancestor::*[contains(@class, 'widget-vbox')][1]")

    def handle(self, label):
        """The handle of the slider with this label."""
        return self.area.locator(".widget-slider").filter(has_text=label).locator(".noUi-handle")

    def press(self, label, key, times=1):
        """Press a key on a slider's handle."""
        handle = self.handle(label)
        handle.focus()
        for _ in range(times):
            handle.press(key)

    def choose(self, label, text):
        """Choose an entry of the menu with this label."""
        self.area.locator(".widget-dropdown").filter(has_text=label).locator("select").select_option(
            label=text
        )

    def wait(self, **shown):
        """Wait until the picture is the one of the controls, and of these values where some are given."""
        self._frames()
        self._until({"right": "true", **{name: str(value) for name, value in shown.items()}})

    def wait_for_tables(self):
        """Wait until the browser has every state that one move of one control can lead to."""
        self._frames()
        self._until({"right": "true", "tables": "complete"})

    def _frames(self):
        """Let two frames pass: whatever was moved before is drawn, or is known to be lacking."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def _until(self, dataset):
        """Wait until the canvas has these data attributes."""
        end = time.time() + 60
        while time.time() < end:  # a picture out of sight is not drawn, and JupyterLab may scroll late
            self.canvas.scroll_into_view_if_needed()
            with suppress(TimeoutError):
                self.page.wait_for_function(HAS, arg=[self.canvas.element_handle(), dataset], timeout=2000)
                return
        has = self.canvas.evaluate("c => ({...c.dataset, box: JSON.stringify(c.getBoundingClientRect())})")
        raise AssertionError(f"expected a picture with {dataset}; after 60 s it has {has}")

    def box(self):
        """The canvas's place on the page, once it has come to rest."""
        return at_rest(self.canvas)

    def description(self):
        """The sentence under the picture."""
        return self.area.locator(".mlpkit-description").inner_text()

    def pixels(self):
        """The canvas as PNG bytes."""
        return base64.b64decode(self.canvas.evaluate("c => c.toDataURL('image/png')").split(",")[1])


def lectures_copy(folder):
    """Copy the lectures to `folder`/root, since JupyterLab saves what it runs."""
    shutil.copytree(CHECKOUT / "lectures", folder / "root", ignore=shutil.ignore_patterns(".*"))
    return folder
