"""Every explorable's page in Chromium, Firefox and WebKit: moved by keys and pointer, the same pictures."""

import base64

import pytest
from browser.engines import KEEP_ERRORS
from browser.pixels import rgb, share_off

from mlpkit.cli.browser import OTHER_BROWSERS
from mlpkit.explore import EXPLORABLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The pixels of the canvas are compared, not those of the window, where each browser draws inputs and text in
# its own way. The canvas has no text of the browser's: letters are outlines, filled like all others. So what
# differs is the antialiasing of edges, and `share_off` counts differences of more than 32 of 255 only.
SAME = 0.01

FIELDS = "[...document.querySelectorAll('.controls input, .controls select')]"

# Waits until the picture is the one of the inputs.
SETTLED = """async () => {
    const end = performance.now() + 20_000, right = "canvas[data-right='true']";
    for (let frames = 0; frames < 2; frames = document.querySelector(right) ? frames + 1 : 0) {
        if (performance.now() > end) throw new Error('the picture is not the one of the inputs');
        await new Promise(requestAnimationFrame);
    }
}"""

# [positions of the inputs, a number made of the picture at a quarter of its width], once it is right.
STATE = f"""async () => {{
    await ({SETTLED})();
    const at = {FIELDS}.map(field => field.type === 'checkbox' ? Number(field.checked) : Number(field.value));
    const canvas = document.querySelector('canvas'), small = document.createElement('canvas');
    Object.assign(small, {{width: canvas.width / 4, height: canvas.height / 4}});
    const pen = small.getContext('2d', {{willReadFrequently: true}});
    pen.drawImage(canvas, 0, 0, small.width, small.height);
    const pixels = new Uint32Array(pen.getImageData(0, 0, small.width, small.height).data.buffer);
    return [at, pixels.reduce((hash, pixel) => Math.imul(hash ^ pixel, 16777619), 0)];
}}"""
PICTURE = "document.querySelector('canvas').toDataURL()"

SET = f"""at => {{
    {FIELDS}.forEach((field, k) => {{
        if (field.type === 'checkbox') field.checked = at[k] === 1; else field.value = at[k];
        field.dispatchEvent(new Event('input'));
    }});
    return ({SETTLED})();
}}"""

# The kinds of all inputs.
KINDS = f"{FIELDS}.map(field => field.type)"

# Gives the focus to an input -> the key that moves it, and how often it is pressed.
FOCUS = f"""k => {{
    const field = {FIELDS}[k];
    field.focus();
    if (field.type === 'checkbox') return ['Space', 1];
    if (field.type === 'range') return [Number(field.value) < field.max ? 'ArrowRight' : 'ArrowLeft', 3];
    return [field.selectedIndex < field.length - 1 ? 'ArrowDown' : 'ArrowUp', 1];
}}"""

# From a slider's knob to another place of the slider, or from the first ring in the picture to one beside it.
KNOB = f"""k => {{
    const field = {FIELDS}[k], share = field.value / field.max;
    const {{x, y, width, height}} = field.getBoundingClientRect();
    const place = share => [x + 8 + share * (width - 16), y + height / 2];
    return [place(share), place(0.5), place(share < 0.5 ? 0.75 : 0.25)];
}}"""
RING = """([dx, dy]) => {
    const ring = document.querySelector('.mlpkit-handle:not([hidden])');
    if (!ring) return null;
    const picture = document.querySelector('canvas').getBoundingClientRect();
    const box = ring.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [h, v] = [dx * picture.width, dy * picture.height];
    const [sx, sy] = [x + h < picture.right ? 1 : -1, y - v > picture.top ? -1 : 1];
    return [0, 0.5, 1].map(share => [x + sx * share * h, y + sy * share * v]);
}"""


class Shown:
    """An explorable's page in one browser."""

    def __init__(self, page, address):
        self.page = page
        page.goto(address)
        self.first = self.state()

    def state(self):
        """(positions, number of the picture) once the picture is the one of the inputs."""
        at, number = self.page.evaluate(STATE)
        return tuple(at), number

    def picture(self):
        """The picture as PNG bytes."""
        return base64.b64decode(self.page.evaluate(PICTURE).split(",")[1])

    def set(self, at):
        """Set all inputs without a hand."""
        self.page.evaluate(SET, list(at))

    def by_keyboard(self):
        """The number and kind of an input that keys move, and the state then: sliders before menus.

        An input that moves but changes no picture is passed over: it may have no effect where others stand.
        """
        kinds = self.page.evaluate(KINDS)
        for k in sorted(range(len(kinds)), key=lambda k: (kinds[k] != "range", k)):
            self.page.press(*self.page.evaluate(FOCUS, k))
            now = self.state()
            assert now[0] != self.first[0], f"keys do not move the input {k}, a {kinds[k]}"
            if now[1] != self.first[1]:
                return k, kinds[k], now
            self.set(self.first[0])
        raise AssertionError("no input changes the picture")

    def by_ring(self):
        """The state after the first ring was dragged, across or else up; None where there is no ring."""
        for way in ([0.08, 0], [0, 0.08]):
            path = self.page.evaluate(RING, way)
            if path is None:
                return None
            self.page.drag(path)
            if (now := self.state())[0] != self.first[0]:
                break
        return now

    def moves(self):
        """(way of moving, the state after it) one after the other, each from the first state on."""
        k, kind, now = self.by_keyboard()
        yield "keyboard", now
        if kind == "range":
            self.set(self.first[0])
            self.page.drag(self.page.evaluate(KNOB, k))
            yield "pointer", self.state()
        self.set(self.first[0])
        if ring := self.by_ring():
            yield "ring", ring


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """name -> the address of its page, which is made once; each control can be moved alone."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def made_once(name):
        if name not in made:
            path = folder / f"{name}.html"
            stage = EXPLORABLES[name].build()
            stage.to_html(path, most=1)
            stage.close()
            page = path.read_text(encoding="utf-8").replace("<meta", KEEP_ERRORS + "<meta", 1)
            path.write_text(page, encoding="utf-8")
            made[name] = path
        return made[name].as_uri()

    return made_once


@pytest.fixture(scope="module")
def reference(chromium_page, address):
    """(name, positions) -> Chromium's picture, its inputs set without a hand."""
    shown, known = [None, None], {}  # the page of one explorable, and its pictures

    def picture(name, at):
        if shown[0] != name:
            shown[:] = name, Shown(chromium_page, address(name))
            known.clear()
        if at not in known:
            shown[1].set(shown[1].first[0])
            shown[1].set(at)
            known[at] = rgb(shown[1].picture())
        return known[at]

    return picture


@pytest.mark.parametrize(
    "browser", ["chromium", *OTHER_BROWSERS]
)  # one page after the other, each in all browsers
@pytest.mark.parametrize("name", EXPLORABLES)
def test_a_page_moves_by_keyboard_and_pointer_and_has_chromiums_pictures(
    name, browser, page_in, address, reference
):
    page = page_in(browser)
    shown = Shown(page, address(name))
    for way, (at, number) in shown.moves():
        assert at != shown.first[0], f"{way} moves no input"
        assert number != shown.first[1], f"{way} moves inputs from {shown.first[0]} to {at}: the same picture"
        off = share_off(rgb(shown.picture()), reference(name, at))
        assert off <= SAME, f"{way} to {at}: {off:.2%} of the pixels are not Chromium's"
    assert page.errors() == []
