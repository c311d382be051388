"""Every explorable's page in Chromium, Firefox and WebKit: moved by keyboard and by pointer, with the same pictures."""

import base64

import pytest
from browser.engines import KEEP_ERRORS
from browser.pixels import rgb, share_off

from mlpkit.explore import EXPLORABLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The pixels of the canvas are compared, not those of the window, where each browser draws inputs and text in its own
# way. The canvas has no text of the browser's: letters are outlines, filled like all others. So what differs is the
# antialiasing of edges, and `share_off` counts differences of more than 32 of 255 only.
SAME = 0.01

FIELDS = "[...document.querySelectorAll('.controls input, .controls select')]"

# [positions of the inputs, description, picture as data URL] once the picture is the one of the inputs.
STATE = f"""async () => {{
    const end = performance.now() + 20_000, right = "canvas[data-right='true']";
    for (let frames = 0; frames < 2; frames = document.querySelector(right) ? frames + 1 : 0) {{
        if (performance.now() > end) throw new Error('the picture is not the one of the inputs');
        await new Promise(requestAnimationFrame);
    }}
    const at = {FIELDS}.map(field => field.type === 'checkbox' ? Number(field.checked) : Number(field.value));
    return [at, document.querySelector('.mlpkit-description').textContent, document.querySelector('canvas').toDataURL()];
}}"""

SET = f"""at => {FIELDS}.forEach((field, k) => {{
    if (field.type === 'checkbox') field.checked = at[k] === 1; else field.value = at[k];
    field.dispatchEvent(new Event('input'));
}})"""

# Gives the focus to the first control, sliders before menus and switches -> the key that moves it.
FOCUS = f"""() => {{
    const fields = {FIELDS}, field = fields.find(field => field.type === 'range') ?? fields[0];
    field.focus();
    if (field.type === 'checkbox') return 'Space';
    const [at, last] = field.type === 'range' ? [field.value, field.max] : [field.selectedIndex, field.length - 1];
    return (Number(at) < Number(last) ? 'Arrow' : '-Arrow') + (field.type === 'range' ? 'X' : 'Y');
}}"""

# From the knob of the first slider to another place of it, or from a ring in the picture to places beside it.
KNOB = f"""() => {{
    const field = {FIELDS}.find(field => field.type === 'range');
    if (!field) return null;
    const {{x, y, width, height}} = field.getBoundingClientRect(), share = field.value / field.max;
    const place = share => [x + 8 + share * (width - 16), y + height / 2];
    return [place(share), place(0.5), place(share < 0.5 ? 0.75 : 0.25)];
}}"""
RING = """([dx, dy]) => {
    const ring = document.querySelector('.mlpkit-handle:not([hidden])');
    if (!ring) return null;
    const canvas = document.querySelector('canvas').getBoundingClientRect(), box = ring.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2], [h, v] = [dx * canvas.width, dy * canvas.height];
    const [sx, sy] = [x + h < canvas.right ? 1 : -1, y - v > canvas.top ? -1 : 1];
    return [0, 0.5, 1].map(share => [x + sx * share * h, y + sy * share * v]);
}"""
KEYS = {"ArrowX": "ArrowRight", "-ArrowX": "ArrowLeft", "ArrowY": "ArrowDown", "-ArrowY": "ArrowUp"}


class Shown:
    """An explorable's page in one browser."""

    def __init__(self, page, address):
        self.page = page
        page.goto(address)
        self.first = self.state()

    def state(self):
        """(positions, description, picture) once the picture is the one of the inputs."""
        at, description, picture = self.page.evaluate(STATE)
        return tuple(at), description, picture

    def set(self, at):
        """Set all inputs without a hand."""
        self.page.evaluate(SET, list(at))
        return self.state()

    def by_keyboard(self):
        """The state after three presses of a key, of one where three lead back or nowhere."""
        key = self.page.evaluate(FOCUS)
        self.page.press(KEYS.get(key, key), times=1 if key == "Space" else 3)
        return self.state()

    def by_pointer(self, path):
        """The state after the pointer was pressed and moved along this path."""
        self.page.drag(path)
        return self.state()

    def by_ring(self):
        """The state after the first ring was dragged, across or else up; None where there is no ring."""
        for way in ([0.08, 0], [0, 0.08]):
            path = self.page.evaluate(RING, way)
            if path is None:
                return None
            if (now := self.by_pointer(path))[0] != self.first[0]:
                break
        return now

    def moves(self):
        """{way of moving: the state after it}, each from the first state on."""
        found = {"keyboard": self.by_keyboard()}
        self.set(self.first[0])
        if path := self.page.evaluate(KNOB):
            found["pointer"] = self.by_pointer(path)
            self.set(self.first[0])
        if ring := self.by_ring():
            found["ring"] = ring
        return found


def pixels(url):
    return rgb(base64.b64decode(url.split(",")[1]))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """name -> the address of its page, which is made once; each control can be moved alone."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def made_once(name):
        if name not in made:
            path = made[name] = folder / f"{name}.html"
            stage = EXPLORABLES[name].build()
            stage.to_html(path, most=1)
            stage.close()
            path.write_text(path.read_text(encoding="utf-8").replace("<meta", KEEP_ERRORS + "<meta", 1), "utf-8")
        return made[name].as_uri()

    return made_once


@pytest.fixture(scope="module")
def reference(chromium_page, address):
    """(name, positions) -> Chromium's picture, its inputs set without a hand."""
    shown, known = [None, None], {}

    def picture(name, at):
        if shown[0] != name:
            shown[:] = name, Shown(chromium_page, address(name))
        if (name, at) not in known:
            shown[1].set(shown[1].first[0])
            known[name, at] = shown[1].set(at)[2]
        return known[name, at]

    return picture


@pytest.mark.parametrize("name", EXPLORABLES)
def test_a_page_is_moved_by_keyboard_and_by_pointer_and_its_pictures_are_chromiums(
    name, any_browser, address, reference
):
    shown = Shown(any_browser, address(name))
    states = shown.moves()
    assert any_browser.errors() == []
    assert not {way for way, state in states.items() if state[0] == shown.first[0]}, "these move no input"
    assert not {way for way, state in states.items() if state[2] == shown.first[2]}, "these change no picture"
    off = {
        way: share_off(pixels(picture), pixels(reference(name, at)))
        for way, (at, _, picture) in {"none": shown.first, **states}.items()
    }
    assert max(off.values()) <= SAME, off
