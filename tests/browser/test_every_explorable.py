"""Every control of every explorable is moved in a real JupyterLab: its picture and its words must follow."""

import pytest
from browser.access import violations
from browser.lab import Notebook, jupyterlab
from browser.pages import notebook_of

from mlpkit.explore import EXPLORABLES
from mlpkit.stage.sliders import Points

pytestmark = pytest.mark.browser
TYPED = ["x^2", "1 - x"]  # fits every line of text that an explorable has

# A quarter of the picture's width as one number: any line that moves changes it.
FINGERPRINT = """c => {
  const pen = new OffscreenCanvas(c.width / 4, c.height / 4).getContext('2d', {willReadFrequently: true});
  pen.drawImage(c, 0, 0, c.width / 4, c.height / 4);
  const pixels = new Uint32Array(pen.getImageData(0, 0, c.width / 4 | 0, c.height / 4 | 0).data.buffer);
  return pixels.reduce((hash, pixel) => Math.imul(hash ^ pixel, 16777619), 0);
}"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """A notebook with one explorable a cell, run once."""
    cells = {name: f"explore.{name}()" for name in EXPLORABLES}
    folder = notebook_of(tmp_path_factory.mktemp("explorables"), cells, imports="from mlpkit import explore")
    with jupyterlab(folder) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 1000})
        notebook = Notebook(context.new_page(), address, "stages.ipynb")
        notebook.run_all(seconds=240)
        assert notebook.errors() == []
        yield notebook
        context.close()


class Shown:
    """One explorable on the page, and the controls that steer it."""

    def __init__(self, notebook, name):
        self.page = notebook.page
        notebook.show_cell(list(EXPLORABLES).index(name))
        cell = self.page.locator(".jp-CodeCell").filter(has_text=f"explore.{name}()")
        self.canvas = cell.locator("canvas[data-right]")
        self.canvas.wait_for(timeout=30_000)
        self.canvas.scroll_into_view_if_needed()
        self.cell = cell
        self.settled()

    def settled(self):
        """Wait until the picture is the one of the controls, and stays so."""
        handle = self.canvas.element_handle()
        for _ in range(2):
            self.page.wait_for_function("c => c.dataset.right === 'true'", arg=handle, timeout=30_000)
            self.page.wait_for_timeout(25)

    def state(self):
        """(picture, words) now."""
        self.settled()
        return self.canvas.evaluate(FINGERPRINT), self.cell.locator(".mlpkit-description").text_content()

    def labelled(self, selector, label):
        return self.cell.locator(selector).filter(has=self.page.get_by_text(label, exact=True)).first

    def move(self, name, control):
        """Move one control to several places; yields (picture, words) at each."""
        yield self.state()
        kind = type(control).__name__
        if isinstance(control, Points):
            yield from self.draw()
        elif kind == "Text":
            line = self.labelled(".widget-text", control.description).locator("input")
            for text in TYPED:
                line.fill(text)
                line.press("Enter")
                self.page.wait_for_timeout(150)
                yield self.state()
        elif kind == "Dropdown":
            menu = self.labelled(".widget-dropdown", control.description).locator("select")
            for index in range(min(4, len(control.options))):
                menu.select_option(index=index)
                yield self.state()
        elif kind == "Checkbox":
            box = self.labelled(".widget-checkbox", control.description).locator("input")
            for _ in range(2):
                box.click()
                yield self.state()
        else:
            handle = self.labelled(".widget-slider", control.description).locator(".noUi-handle")
            for key in ("End", "PageDown", "Home"):
                handle.press(key)
                yield self.state()
            for _ in range(7):  # a place where the other controls have an effect too
                handle.press("ArrowRight")

    def choose(self, control, index):
        """Choose an entry of a menu, or move a slider to its end."""
        if hasattr(control, "options"):
            menu = self.labelled(".widget-dropdown", control.description).locator("select")
            menu.select_option(index=index)
        elif hasattr(control, "step"):
            self.labelled(".widget-slider", control.description).locator(".noUi-handle").press("End")
        self.settled()
        return True

    def follows(self, name, control):
        """Whether picture and words change when the control is moved."""
        pictures, words = zip(*self.move(name, control), strict=True)
        return len(set(pictures)) > 1 and len(set(words)) > 1

    def draw(self):
        """Move the first point if there is one, and draw a stroke over the middle of the picture."""
        box = self.canvas.bounding_box()
        point = self.cell.locator(".mlpkit-point")
        if point.count():
            point.first.press("Shift+ArrowUp")
            self.page.wait_for_timeout(150)
            yield self.state()
        at = [(box["x"] + box["width"] * (0.3 + 0.04 * i), box["y"] + box["height"] * 0.45) for i in range(8)]
        self.page.mouse.move(*at[0])
        self.page.mouse.down()
        for x, y in at[1:]:
            self.page.mouse.move(x, y)
        self.page.mouse.up()
        self.page.wait_for_timeout(200)
        yield self.state()


@pytest.mark.parametrize("name", EXPLORABLES)
def test_every_control_changes_the_picture_and_the_words(name, opened):
    stage = EXPLORABLES[name].build()
    shown = Shown(opened, name)
    unmoved = {key for key in stage.controls if not shown.follows(key, stage.controls[key])}
    for key in sorted(unmoved):  # a control may have no effect where another stands at first
        others = [c for name, c in stage.controls.items() if name != key]
        places = ((c, place) for c in others for place in range(len(getattr(c, "options", "1"))))
        if any(shown.choose(*at) and shown.follows(key, stage.controls[key]) for at in places):
            unmoved.discard(key)
    stage.close()
    assert not unmoved, f"these change nothing: {unmoved}"
    assert shown.cell.get_by_role("alert").is_hidden()
    assert violations(opened.page, ".jp-OutputArea-output") == []
    assert opened.errors() == []
    assert opened.our_red_lines() == []
