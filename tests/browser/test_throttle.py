"""A slider in use: Python hears of it ten times a second, and its echoes never move the slider back.

`widget.js` wraps two methods of ipywidgets' models, `save_changes` and `set_state`: the nightly tests run
this file with the oldest and the newest ipywidgets that pyproject.toml admits.
"""

import ast

import pytest
from browser.lab import Notebook, jupyterlab
from browser.pages import notebook_of

pytestmark = pytest.mark.browser
INTERVAL = 100  # milliseconds, as in widget.js

STAGE = """from mlpkit.stage import steps
stage = hands.simple(k=steps(1, 200, 3, label="k"))
heard = []
stage.controls["k"].observe(lambda change: heard.append(change.new), "value")
stage"""

# [every position that the slider had, milliseconds] while a key is pressed some times, and a while after.
PRESS = """async ([key, times]) => {
    const handle = document.querySelector('.widget-slider .noUi-handle'), positions = [];
    const now = () => Number(handle.getAttribute('aria-valuetext'));
    const note = () => { if (now() !== positions.at(-1)) positions.push(now()); };
    const seen = new MutationObserver(note), begun = performance.now();
    seen.observe(handle, {attributes: true});
    for (let k = 0; k < times; k++) {
        handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        note();
        await new Promise(done => setTimeout(done, 10));
    }
    const took = performance.now() - begun;
    await new Promise(done => setTimeout(done, 500));
    seen.disconnect();
    return [positions, took];
}"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """A notebook with one stage, run once, whose Python keeps every position that it hears of."""
    folder = notebook_of(tmp_path_factory.mktemp("throttle"), {"stage": STAGE})
    with jupyterlab(folder) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        notebook = Notebook.open(context.new_page(), address, "stages.ipynb")
        notebook.run_all()
        assert notebook.errors() == []
        notebook.stage("k").wait(k=3)
        yield notebook
        context.close()


def heard(notebook):
    return ast.literal_eval(notebook.ask("heard"))


def press(notebook, key, times):
    """Press a key many times a second -> the slider's positions, those that Python heard of, milliseconds."""
    before = len(heard(notebook))
    positions, took = notebook.page.evaluate(PRESS, [key, times])
    notebook.wait_until_heard("k", positions[-1])
    return positions, heard(notebook)[before:], took


@pytest.mark.parametrize(("key", "sign"), [("ArrowRight", 1), ("ArrowLeft", -1)])
def test_a_slider_never_goes_back_and_python_hears_few_positions_and_the_last(opened, key, sign):
    positions, told, took = press(opened, key, 80)
    assert len(positions) == 80
    assert positions == sorted(positions, key=lambda k: sign * k)
    assert told == sorted(told, key=lambda k: sign * k)
    assert told[-1] == positions[-1]
    assert 2 <= len(told) <= took / INTERVAL + 2


def test_a_slider_at_rest_follows_python(opened):
    opened.ask("setattr(stage.controls['k'], 'value', 120)")
    opened.stage("k").wait(k=120)
    positions, told, _ = press(opened, "ArrowRight", 3)
    assert positions[-1] == told[-1] == 123
    assert opened.our_red_lines() == []
