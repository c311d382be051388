"""The engine's browser half against Agg: what the browser paints is what matplotlib would have drawn."""

import json

import numpy as np
import pytest
from browser.lab import Notebook, jupyterlab
from browser.pixels import rgb, share_off
from stage import gallery

from mlpkit.stage.layers import picture

pytestmark = pytest.mark.browser
NAMES = ["texts", "heat_map", "scatter"]  # all of the gallery: test_gallery


@pytest.fixture(scope="module")
def opened(tmp_path_factory, chromium):
    """A notebook, run, with the gallery in one cell: JupyterLab detaches cells that are out of sight."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "root").mkdir()
    builders = ", ".join(
        [*(f"gallery.GALLERY[{name!r}]()" for name in NAMES), "gallery.stage_that_fails_at_three()"]
    )
    source = f"from ipywidgets import VBox\nfrom stage import gallery\nVBox([{builders}])"
    cells = [
        dict(cell_type="code", id="gallery", metadata={}, source=source, outputs=[], execution_count=None)
    ]
    kernel = dict(kernelspec=dict(name="python3", display_name="Python 3", language="python"))
    book = dict(cells=cells, metadata=kernel, nbformat=4, nbformat_minor=5)
    (folder / "root" / "gallery.ipynb").write_text(json.dumps(book), encoding="utf-8")
    with jupyterlab(folder) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        notebook = Notebook.open(context.new_page(), address, "gallery.ipynb")
        notebook.run_all()
        assert notebook.errors() == []
        drawn = "n => document.querySelectorAll('canvas[data-k]').length === n"
        notebook.page.wait_for_function(drawn, arg=len(NAMES) + 1)
        yield notebook
        context.close()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("k", [2, 5])
def test_the_browser_paints_what_agg_paints(opened, name, k):
    stage = opened.stage("k", NAMES.index(name))
    now = int(stage.handle("k").get_attribute("aria-valuetext"))
    stage.press("k", "ArrowRight" if k > now else "ArrowLeft", times=abs(k - now))
    stage.wait(k=k)
    own = gallery.GALLERY[name]()
    own.controls["k"].value = k
    share = share_off(rgb(stage.pixels()), rgb(picture(own.figure)))
    print(f"{name}, k = {k}: {share:.3%} of the pixels are off by more than 32/255")
    assert share <= 0.005


def test_an_update_that_fails_says_so_in_the_pictures_place_and_goes_on(opened):
    stage = opened.stage("k", len(NAMES))
    stage.wait(k=2)
    stage.press("k", "ArrowRight")
    trouble = stage.area.get_by_role("alert")
    trouble.wait_for(state="visible")
    assert "update(k=3) failed: ZeroDivisionError" in trouble.inner_text()
    assert not stage.canvas.is_visible()
    stage.press("k", "ArrowRight")
    stage.wait(k=4)
    assert stage.canvas.is_visible()
    assert not trouble.is_visible()


def test_on_a_dark_page_the_paper_is_dark_and_the_data_of_a_heat_map_keep_their_colours(opened):
    stage = opened.stage("k", NAMES.index("heat_map"))
    stage.wait()
    light = rgb(stage.pixels())
    opened.theme("JupyterLab Dark")
    opened.page.wait_for_function("c => c.dataset.theme === 'dark'", arg=stage.canvas.element_handle())
    dark = rgb(stage.pixels())
    height, width = dark.shape[:2]
    np.testing.assert_array_equal(dark[height // 2, width // 2], light[height // 2, width // 2])
    assert light[2, 2].min() == 255
    assert dark[2, 2].max() < 32
    opened.theme("JupyterLab Light")
