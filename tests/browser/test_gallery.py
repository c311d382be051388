"""Everything that a teaching figure may show: what the browser paints is what Agg would have drawn."""

from base64 import b64decode

import pytest
from browser.pixels import rgb, share_off
from matplotlib.backends.backend_agg import RendererAgg
from stage.gallery import GALLERY

from mlpkit.stage import text
from mlpkit.stage.layers import picture

pytestmark = pytest.mark.browser
PUBLIC_TEXT = 0.02  # text without Agg's hinting, as with matplotlib before 3.11, drifts by a pixel or two

# A stroke that folds back on itself within a pixel: Agg adds what its two halves cover, a canvas takes their
# union, so the fringes are a shade lighter.
FOLDED = {"noise": 0.025}


def test_the_gallery_is_large_enough():
    assert len(GALLERY) >= 70


@pytest.fixture(scope="module")
def page(chromium):
    """One page for all figures."""
    context = chromium.new_context(color_scheme="light")
    yield context.new_page()
    context.close()


def compared(build, page, folder):
    """The share of pixels that are off, at three states of a figure."""
    stage = build()
    stage.to_html(folder / "figure.html")
    page.goto((folder / "figure.html").as_uri())
    shares = []
    for k in (2, 5, 8):
        for _ in range(3 if k > 2 else 0):
            page.locator("input[type=range]").press("ArrowRight")
        page.wait_for_selector(f"canvas[data-k='{k}'][data-right=true]")
        stage.controls["k"].value = k
        png = b64decode(page.locator("canvas").evaluate("c => c.toDataURL('image/png')").split(",")[1])
        shares.append(share_off(rgb(png), rgb(picture(stage.figure))))
    stage.close()
    return shares


@pytest.mark.parametrize("name", GALLERY)
def test_the_browser_paints_what_agg_paints(name, page, tmp_path):
    shares = compared(GALLERY[name], page, tmp_path)
    print(f"{name}: {max(shares):.3%} of the pixels are off by more than 32/255")
    limit = 0.005 if hasattr(RendererAgg, text.HOOK) else PUBLIC_TEXT
    assert max(shares) <= max(limit, FOLDED.get(name, 0))


@pytest.mark.parametrize("name", ["texts", "formulas", "turned_and_many_lines", "live_legend"])
def test_without_matplotlibs_private_hook_text_drifts_by_little(name, page, tmp_path, monkeypatch):
    monkeypatch.setattr(text, "HOOK", "_a_name_that_no_renderer_has")
    shares = compared(GALLERY[name], page, tmp_path)
    print(f"{name}, public text: {max(shares):.3%} off")
    assert max(shares) <= PUBLIC_TEXT
