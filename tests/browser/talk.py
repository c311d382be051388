"""A lecture presented in a real browser: walked through step by step, measured, and photographed.

    PYTHONPATH=tests python -m browser.talk 07                        what does not fit, in both sizes
    PYTHONPATH=tests python -m browser.talk 07 --pictures FOLDER      and a picture of every slide

Prints a line for every slide that does not fit (by how many pixels), whose picture follows no control,
or that raised an error; exit code 1 if there is one.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from browser.access import violations
from browser.lab import CHECKOUT, NOT_OURS, Notebook, free_port, listen_for_errors, served

from mlpkit.cli.checkout import find_lecture, jupyter_environment
from mlpkit.cli.present import present_command
from mlpkit.present.fallback import prepare

SIZES = [(1280, 720), (1920, 1080)]
SMALLEST_TEXT = 0.74  # of the projector's size
PATIENCE = 10  # seconds in which a layout has to come right
FOLLOWS = 2  # seconds in which a picture has to follow its control
IS_RIGHT = "canvas => canvas.dataset.right === 'true'"
FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

LOOK = (Path(__file__).parent / "talk.js").read_text(encoding="utf-8")


class Talk:
    """A presentation that has begun, on its first slide: in JupyterLab, or the page without a kernel."""

    def __init__(self, page, address):
        self.page, self.red = page, listen_for_errors(page)
        page.goto(address)
        self.begin()
        self.look_at_rest()

    def begin(self):
        """Wait for the first slide."""
        begun = "'mlpkitPresent' in document.body.dataset"
        self.page.wait_for_function(begun, timeout=300_000, polling=200)
        overlay = self.page.locator("#mlpkit-overlay")
        assert self.page.evaluate("document.body.dataset.mlpkitPresent") == "ready", overlay.inner_text()

    def cell(self, name):
        """The element of the cell with this id."""
        index = self.page.evaluate(
            "id => mlpkitShow.notebook.widgets.findIndex(c => c.model.id === id)", name
        )
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def look(self):
        """The screen as LOOK tells it, once the layout has settled."""
        self.page.evaluate(FRAMES)
        return self.page.evaluate(LOOK)

    def look_at_rest(self):
        """The look once everything fits, or else after PATIENCE: formulas and outputs may come late."""
        end = time.monotonic() + PATIENCE
        while misfits(seen := self.look()) and time.monotonic() < end:
            self.page.wait_for_timeout(100)
        return seen

    def press(self, key):
        self.page.keyboard.press(key)

    def slides(self):
        """From the first slide to the last, every step shown; yields the look while each is complete."""
        self.press("Home")
        count = self.look()["of"]
        for number in range(count):
            seen = self.look()
            assert seen["number"] == number, seen
            while set(seen["shown"]) != set(seen["ids"]):
                before = seen["step"]
                self.press("PageDown")
                seen = self.look()
                assert seen["step"] == before + 1, seen
                assert seen["number"] == number, seen
            yield seen
            self.press("PageDown")

    def move_something(self, cell):
        """Move one control of a figure's cell, or draw in it; whether the picture followed."""
        area = self.cell(cell)
        canvas = area.locator("canvas[data-right]").first
        print_of = lambda: canvas.evaluate("c => c.toDataURL()")  # noqa: E731
        before = print_of()
        for locator, act in [
            (area.locator(".noUi-handle"), self.arrow),
            (area.locator("input[type=range]"), self.shift),
            (area.locator("select"), self.choose),
            (area.locator(".mlpkit-handle, .mlpkit-point"), lambda one: one.press("ArrowUp")),
            (area.locator(".widget-text input"), lambda one: (one.fill("x^2"), one.press("Enter"))),
            (area.locator("input[type=checkbox]"), lambda one: one.click()),
            (canvas, self.stroke),
        ]:
            for k in range(locator.count()):
                one = locator.nth(k)
                act(one)
                if self.followed(canvas, print_of, before):
                    self.press("Escape")
                    return True
                if one.evaluate("e => e.type === 'range'"):  # the page may have this control's table alone
                    self.shift(one, back=True)
                    self.page.wait_for_function(IS_RIGHT, arg=canvas.element_handle())
        return False

    def followed(self, canvas, print_of, before):
        """Whether the picture is soon another one, and the one of the controls."""
        end = time.monotonic() + FOLLOWS
        while print_of() == before and time.monotonic() < end:
            self.page.evaluate(FRAMES)
        if print_of() == before:
            return False
        self.page.wait_for_function(IS_RIGHT, arg=canvas.element_handle())
        return True

    def arrow(self, handle):
        low, now = (float(handle.get_attribute(f"aria-value{x}")) for x in ("min", "now"))
        handle.press("ArrowLeft" if now > low else "ArrowRight")

    def shift(self, field, back=False):
        """Move a range of the page by one, away from its end; or back again."""
        if not back:
            self.key = "ArrowLeft" if field.evaluate("f => f.value === f.max") else "ArrowRight"
        field.press({"ArrowLeft": "ArrowRight", "ArrowRight": "ArrowLeft"}[self.key] if back else self.key)

    def choose(self, menu):
        menu.select_option(index=menu.evaluate("m => (m.selectedIndex + 1) % m.length"))

    def stroke(self, canvas):
        box = canvas.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4)
        self.page.mouse.down()
        for k in range(8):
            self.page.mouse.move(
                box["x"] + box["width"] * (0.3 + 0.04 * k), box["y"] + box["height"] * (0.4 + 0.02 * k)
            )
        self.page.mouse.up()

    def our_red_lines(self):
        """The console's errors, without those known to be someone else's."""
        return [line for line in self.red if not any(re.search(p, line, re.IGNORECASE) for p in NOT_OURS)]

    def errors(self):
        """Error outputs that no cell announces, and our red lines."""
        cells = self.page.evaluate("JSON.parse(JSON.stringify(mlpkitShow.notebook.model.toJSON().cells))")
        found = [
            f"{c['id']}: {o['ename']}: {o['evalue']}"
            for c in cells
            for o in c.get("outputs", [])
            if o["output_type"] == "error" and "raises-exception" not in c["metadata"].get("tags", [])
        ]
        return found + self.our_red_lines()


class PageTalk(Talk):
    """The page without a kernel."""

    def begin(self):
        self.page.wait_for_function(
            "window.mlpkitPage && !document.querySelector('.mlpkit-stage:not(:has(canvas))')"
        )

    def cell(self, name):
        return self.page.locator(f"[data-id='{name}']")

    def errors(self):
        return self.our_red_lines()


@contextmanager
def presentation(lecture, folder, tune=True):
    """`mlpkit present` on a lecture, everything it writes in `folder`; yields the address."""
    port = free_port()
    command, variables = present_command(Path(lecture), folder / "present", port, windows=False, tune=tune)
    (folder / "jupyter").mkdir(exist_ok=True)
    environment = {**os.environ, **jupyter_environment(folder / "jupyter"), **variables}
    name = next(part.partition("=")[2] for part in command if "default_url" in part)
    with served(command, port, environment, folder / "present.log") as address:
        yield address + name


def misfits(seen):
    """What does not fit on a slide, in words; empty when all is well."""
    found = [f"{name} is {by} px outside" for name, by in seen["over"]]
    found += [f"{name} scrolls by {x},{y} px ({part[:40]})" for name, part, x, y in seen["scrolls"]]
    if max(seen["viewportScrolls"]) > 1:
        found.append(f"the viewport scrolls by {seen['viewportScrolls']}")
    if seen["fit"] < SMALLEST_TEXT:
        found.append(f"its text is at {seen['fit']:.0%}, which cannot be read from the last row")
    if seen["fit"] != seen["chosen"]:
        found.append(f"its text is at {seen['fit']:.0%}, and {seen['chosen']:.0%} was chosen")
    if seen["misfit"]:
        down, right = seen["misfit"].split()
        found.append(f"needs {down} px more height, {right} px more width, or its picture would be too small")
    return found


def check(browser, lecture, sizes=SIZES, pictures=None, folder=None):
    """Walk through a lecture, every slide in these sizes, leave the slides and run it again.

    Returns lines that say what is wrong where.
    """
    folder = folder or Path(tempfile.mkdtemp(prefix="talk-"))
    with presentation(lecture, folder) as address:
        context = browser.new_context(viewport=viewport(sizes[0]))
        talk = Talk(context.new_page(), address)
        lines = walked(talk, lecture, sizes, pictures) + run_again(talk, lecture)
        context.close()
    return lines


def run_again(talk, lecture):
    """Leave the slides, restart the kernel and run all cells -> lines that say what is wrong."""
    page, notebook = talk.page, Notebook(talk.page, talk.red)
    shown = page.locator("canvas[data-right=true]").count()
    talk.press("Shift+X")
    page.wait_for_function("document.body.dataset.jpDeckMode !== 'presenting'")
    notebook.run_all(restart=True)
    page.wait_for_function(
        "n => document.querySelectorAll('canvas[data-right=true]').length >= n", arg=min(shown, 1)
    )
    wrong = [*notebook.errors(), *violations(page, ".jp-RenderedMarkdown, .jp-OutputArea-output")]
    if page.locator(".Toastify__toast, .jp-Dialog").count():
        wrong.append("JupyterLab asks something")
    return [f"{lecture.stem[:2]}, run again: {what}" for what in wrong + notebook.our_red_lines()]


def check_page(browser, lecture, sizes=SIZES, pictures=None, folder=None):
    """The same for the page without a kernel, from disk; whatever else it asks for is in the lines too."""
    page = prepare(lecture, folder or Path(tempfile.mkdtemp(prefix="talk-")), lambda words: None)
    context, asked = browser.new_context(viewport=viewport(sizes[0])), []
    context.on("request", lambda request: asked.append(request.url))
    lines = walked(PageTalk(context.new_page(), page.as_uri()), lecture, sizes, pictures)
    outside = {url for url in asked if not url.startswith((page.as_uri(), "data:", "blob:"))}
    context.close()
    return lines + [f"{lecture.stem[:2]}: the page asked for {url}" for url in sorted(outside)]


def walked(talk, lecture, sizes, pictures):
    """Lines that say what is wrong on which slide; a picture of each slide in each size where asked for."""
    lines = []
    for seen in talk.slides():
        where = f"{lecture.stem[:2]}  slide {seen['number'] + 1:2d} ({seen['ids'][0]})"
        for size in sizes:
            if len(sizes) > 1:
                talk.page.set_viewport_size(viewport(size))
            looks = talk.look_at_rest()
            lines += [f"{where}, {size[0]}x{size[1]}: {what}" for what in misfits(looks)]
            how = f"{looks['layout']}, text at {looks['fit']:.0%}"
            print(f"{where}, {size[0]}x{size[1]}: {how}", file=sys.stderr, flush=True)
            if pictures:
                talk.page.screenshot(
                    path=str(pictures / f"{lecture.stem[:2]}-{seen['number'] + 1:02d}-{size[0]}.png")
                )
        for cell in seen["figures"]:
            if not talk.move_something(cell):
                lines.append(f"{where}: no control of {cell} moves its picture")
    return lines + [f"{lecture.stem[:2]}: {error}" for error in talk.errors()]


def viewport(size):
    """A size as Playwright wants it."""
    return {"width": size[0], "height": size[1]}


def main():
    """Check lectures from the command line."""
    from playwright.sync_api import sync_playwright

    from mlpkit.cli.browser import CHROMIUM_FLAGS, find_browser

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lectures", nargs="*", help="numbers; without any all lectures")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--page", action="store_true", help="the page without a kernel instead")
    parser.add_argument("--small", action="store_true", help="1280x720 alone")
    args = parser.parse_args()
    every = sorted((CHECKOUT / "lectures").glob("[0-9]*.ipynb"))
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=CHROMIUM_FLAGS)
        if args.pictures:
            args.pictures.mkdir(parents=True, exist_ok=True)
        for lecture in map(find_lecture, args.lectures) if args.lectures else every:
            sizes = SIZES[: 1 if args.small else 2]
            lines += (check_page if args.page else check)(browser, lecture, sizes, args.pictures)
        browser.close()
    print("\n".join(lines) or "Everything fits.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
