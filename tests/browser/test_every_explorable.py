"""Every control of every explorable is moved in a real JupyterLab: its picture and its words must follow."""

import time

import pytest
from browser.access import violations
from browser.lab import Notebook, jupyterlab
from browser.pages import notebook_of

from mlpkit.explore import EXPLORABLES
from mlpkit.stage.sliders import Points

pytestmark = pytest.mark.browser
TYPED = ["x^2", "1 - x"]  # fits every line of text that an explorable has

# A quarter of the pixels, and every state computed when it is asked for: tables and the pictures' own size
# are tested with the figures of the lectures, in test_present.py.
IMPORTS = """from mlpkit import explore
from mlpkit.stage import states, widget
states.SLOW, widget.SCALE = 0, 1"""

FOLLOWS = 2  # seconds in which a picture has to follow what was typed or drawn

# [picture, words] once the picture is the one of the controls, and stays so. The picture is one number, made
# from a quarter of its width: any line that moves changes it.
STATE = """async canvas => {
  const end = performance.now() + 30_000, tick = () => new Promise(done => setTimeout(done, 25));
  for (let right = 0; right < 2; right = canvas.dataset.right === 'true' ? right + 1 : 0) {
    if (performance.now() > end) throw new Error('after 30 s the picture is not the one of the controls');
    await tick();
  }
  const width = canvas.width / 4, height = canvas.height / 4;
  const pen = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(pen.getImageData(0, 0, width | 0, height | 0).data.buffer);
  const words = canvas.closest('.jp-CodeCell').querySelector('.mlpkit-description').textContent;
  return [pixels.reduce((hash, pixel) => Math.imul(hash ^ pixel, 16777619), 0), words];
}"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """A notebook with one explorable a cell, run once."""
    cells = {name: f"explore.{name}()" for name in EXPLORABLES}
    folder = notebook_of(tmp_path_factory.mktemp("explorables"), cells, IMPORTS)
    with jupyterlab(folder) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 1000})
        notebook = Notebook.open(context.new_page(), address, "stages.ipynb")
        notebook.run_all(seconds=240)
        assert notebook.errors() == []
        yield notebook
        context.close()


class Shown:
    """One explorable on the page, and the controls that steer it."""

    def __init__(self, notebook, name):
        self.page = notebook.page
        index = list(EXPLORABLES).index(name)
        notebook.show_cell(index)
        self.place = f".jp-CodeCell[data-windowed-list-index='{index}']"
        cell = self.page.locator(self.place)
        self.canvas = cell.locator("canvas[data-right]")
        self.canvas.wait_for(timeout=30_000)
        self.canvas.scroll_into_view_if_needed()
        self.cell = cell
        self.state()

    def state(self):
        """(picture, words) once the picture is the one of the controls."""
        return tuple(self.canvas.evaluate(STATE))

    def next_state(self, before):
        """The state once it is another one than `before`; after FOLLOWS seconds whatever it is."""
        end = time.monotonic() + FOLLOWS
        while (now := self.state()) == before and time.monotonic() < end:
            pass
        return now

    def labelled(self, selector, label):
        return self.cell.locator(selector).filter(has=self.page.get_by_text(label, exact=True)).first

    def move(self, name, control):
        """Move one control to several places; yields (picture, words) at each."""
        now = self.state()
        yield now
        kind = type(control).__name__
        if isinstance(control, Points):
            yield from self.draw(now)
        elif kind == "Text":
            line = self.labelled(".widget-text", control.description).locator("input")
            for text in TYPED:
                line.fill(text)
                line.press("Enter")
                yield (now := self.next_state(now))
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
            for key in ("PageUp", "ArrowRight", "ArrowRight"):  # where other controls have an effect too
                handle.press(key)

    def choose(self, control, index):
        """Choose an entry of a menu, or move a slider to its end."""
        if hasattr(control, "options"):
            menu = self.labelled(".widget-dropdown", control.description).locator("select")
            menu.select_option(index=index)
        elif hasattr(control, "step"):
            self.labelled(".widget-slider", control.description).locator(".noUi-handle").press("End")
        self.state()
        return True

    def follows(self, name, control):
        """Whether picture and words change when the control is moved."""
        pictures, words = zip(*self.move(name, control), strict=True)
        return len(set(pictures)) > 1 and len(set(words)) > 1

    def draw(self, now):
        """Move the first point if there is one, and draw a stroke over the middle of the picture."""
        box = self.canvas.bounding_box()
        point = self.cell.locator(".mlpkit-point")
        if point.count():
            point.first.press("Shift+ArrowUp")
            yield (now := self.next_state(now))
        at = [(box["x"] + box["width"] * (0.3 + 0.04 * i), box["y"] + box["height"] * 0.45) for i in range(8)]
        self.page.mouse.move(*at[0])
        self.page.mouse.down()
        for x, y in at[1:]:
            self.page.mouse.move(x, y)
        self.page.mouse.up()
        yield self.next_state(now)


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
    assert violations(opened.page, f"{shown.place} .jp-OutputArea-output") == []
    assert opened.errors() == []
    assert opened.our_red_lines() == []
