"""Lecture 07 in JupyterLab in Firefox: run, moved by keys and by the pointer, with Agg's picture."""

import base64

import pytest
from browser.lab import Notebook, jupyterlab, lectures_copy
from browser.pixels import rgb, share_off

from mlpkit import explore
from mlpkit.stage.layers import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LECTURE = "07_universal_approximation.ipynb"

STAGE = """document.querySelector('canvas[data-n][data-steepness]')?.closest('.jp-OutputArea-output')"""
KNOB = f"{STAGE}.querySelector('.noUi-handle')"


class Bumps:
    """The stage of N bumps in an opened lecture."""

    def __init__(self, page, notebook):
        self.page = page
        notebook.show_cell(next(k for k, cell in enumerate(notebook.cells()) if "n_bumps(" in cell["source"]))
        page.wait_for_function(f"!!({STAGE}?.querySelector('canvas[data-right=true]'))")
        page.evaluate(f"{STAGE}.scrollIntoView({{block: 'center'}}); void 0")

    def wait(self, condition):
        """Wait until the picture is the one of the sliders and N fulfils a condition -> N."""
        canvas = f"({STAGE}?.querySelector('canvas')?.dataset ?? {{}})"
        self.page.wait_for_function(f"{canvas}.right === 'true' && (n => {condition})(Number({canvas}.n))")
        return int(self.page.evaluate(f"{canvas}.n"))

    def description(self):
        return self.page.evaluate(f"{STAGE}.querySelector('.mlpkit-description').textContent")

    def pixels(self):
        url = self.page.evaluate(f"{STAGE}.querySelector('canvas').toDataURL()")
        return rgb(base64.b64decode(url.split(",")[1]))

    def place(self):
        """The middle of the slider's knob, and the slider's width, once the page has stopped scrolling."""
        place = f"""() => new Promise(done => {{
            let before = null;
            const look = () => {{
                const {{x, y, width, height}} = {KNOB}.getBoundingClientRect();
                const now = [x + width / 2, y + height / 2, {KNOB}.closest('.noUi-target').clientWidth];
                if (String(now) === String(before)) return done(now);
                before = now;
                setTimeout(look, 100);
            }};
            look();
        }})"""
        return self.page.evaluate(place)


@pytest.fixture(scope="module")
def bumps(tmp_path_factory, firefox_page):
    """Lecture 07, run from top to bottom in Firefox."""
    with jupyterlab(lectures_copy(tmp_path_factory.mktemp("firefox"))) as address:
        notebook = Notebook.open(firefox_page, address, LECTURE)
        notebook.run_all(seconds=240)
        assert notebook.errors() == []
        yield Bumps(firefox_page, notebook)
        assert notebook.our_red_lines() == []
        firefox_page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def test_keys_move_the_slider_and_the_picture_is_matplotlibs(bumps):
    bumps.wait("n === 5")
    bumps.page.evaluate(f"{KNOB}.focus(); void 0")
    bumps.page.press("ArrowRight", times=35)
    bumps.wait("n === 40")
    own = explore.n_bumps(n=40)
    assert bumps.description() == own.description
    # 0.5 % is asked of Chromium; this is the limit for the edges as another browser smooths them.
    assert share_off(bumps.pixels(), rgb(picture(own.figure))) <= 0.01


def test_the_pointer_drags_the_slider_and_python_hears_of_the_last_position(bumps):
    before = bumps.pixels()
    x, y, width = bumps.place()
    bumps.page.drag([(x, y), *((x + share * width, y) for share in (0.1, 0.2, 0.3, 0.4))])
    n = bumps.wait("n > 60")
    assert share_off(before, bumps.pixels()) > 0.005
    assert bumps.description() == explore.n_bumps(n=n).description
