"""Tables travel in the saved state of widgets: what nbconvert made of a notebook moves without Python."""

import re
from base64 import b64decode
from pathlib import Path

import nbformat
import pytest
from browser.lab import CHECKOUT
from browser.pages import notebook_of
from browser.pixels import rgb, share_off
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from stage import hands

from mlpkit.stage.layers import picture

pytestmark = pytest.mark.browser
HOST = Path(__file__).with_name("saved_widgets.js")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The path of a page made from a notebook in which a stage was tabulated."""
    paths = [str(CHECKOUT), str(CHECKOUT / "tests")]
    cells = {"small": "stage = hands.dragged()\nstage.tabulate()\nstage"}
    imports = f"import sys; sys.path[:0] = {paths}\nfrom stage import hands"
    folder = notebook_of(tmp_path_factory.mktemp("saved"), cells, imports)
    book = nbformat.read(folder / "root" / "stages.ipynb", as_version=4)
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    nbformat.write(book, folder / "root" / "stages.ipynb")
    body, _ = HTMLExporter().from_notebook_node(book)
    (folder / "stages.html").write_text(body, encoding="utf-8")
    return folder / "stages.html"


@pytest.fixture
def page(chromium, exported):
    """The page, opened without a network, its stage shown; twice as many pixels as usual."""
    context = chromium.new_context(device_scale_factor=2, viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.route(re.compile(r"^https?:"), lambda route: route.abort())
    page.goto(exported.as_uri())
    page.add_script_tag(path=HOST)
    page.evaluate("showSaved()")
    page.wait_for_selector("canvas[data-s='0.3'][data-right=true]")
    yield page
    context.close()


def test_every_position_that_was_tabulated_is_shown_as_matplotlib_draws_it(page):
    page.evaluate("slide('s', 0.62)")
    page.wait_for_selector("canvas[data-s='0.62'][data-right=true]")
    png = b64decode(page.locator("canvas").evaluate("c => c.toDataURL('image/png')").split(",")[1])
    stage = hands.dragged()
    stage.controls["s"].value = 0.62
    assert share_off(rgb(png), rgb(picture(stage.figure))) <= 0.005
    assert page.locator(".mlpkit-description").inner_text() == "The peak stands at 0.62 and is 0.50 high."


def test_a_position_that_was_not_is_told(page):
    page.evaluate("slide('s', 0.62)")
    page.wait_for_selector("canvas[data-s='0.62'][data-right=true]")
    page.evaluate("slide('h', -0.3)")
    note = page.locator(".mlpkit-note")
    note.wait_for(state="visible")
    assert "was not computed for this page" in note.inner_text()
    assert page.locator(".mlpkit-description").inner_text() == "The peak stands at 0.62 and is 0.50 high."


def test_where_no_widgets_are_shown_at_all_the_output_has_a_picture(exported):
    book = nbformat.read(exported.parent / "root" / "stages.ipynb", as_version=4)
    (output,) = book.cells[0].outputs
    assert set(output["data"]) >= {"image/png", "application/vnd.jupyter.widget-view+json"}
