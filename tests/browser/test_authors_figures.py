"""Figures as their authors write them: the browser shows what `fig.draw` draws, in both themes, wherever k is."""

import numpy as np
import pytest
from browser.many import Page, share_off
from matplotlib.backends.backend_agg import RendererAgg
from stage.authors import AUTHORS
from stage.authors.frame import staged

from mlpkit.stage import text
from mlpkit.stage.layers import pixels

pytestmark = pytest.mark.browser
MOVES = (1, 2, 4, 5, 3)  # where the control is at the start, and four moves
PAPER = {"light": 255, "dark": 17}
ON_A_PAGE = 20

# Polygons that go out and come back on the same line: Agg adds what both ways cover, a canvas takes their union,
# so that the fringes are a shade lighter.
FOLDED = {"barbs": 0.01}


def test_the_authors_figures_are_many():
    assert len(AUTHORS) >= 60


@pytest.fixture(scope="module")
def shares(chromium, tmp_path_factory):
    """{name: {(k, theme): share of the pixels that are off}}."""
    names, found = list(AUTHORS), {}
    for some in (names[i : i + ON_A_PAGE] for i in range(0, len(names), ON_A_PAGE)):
        stages = [staged(name) for name in some]
        page = Page(chromium, stages, tmp_path_factory.mktemp("authors"))
        for theme in PAPER:
            for k in MOVES:
                for name, stage, shown in zip(some, stages, page.pictures(k, theme), strict=True):
                    stage.controls["k"].value = k
                    want = np.array(pixels(stage.figure, theme=theme), int)
                    found.setdefault(name, {})[k, theme] = share_off(shown, want, PAPER[theme])
        page.close()
        for stage in stages:
            stage.close()
    return found


@pytest.mark.parametrize("name", AUTHORS)
def test_the_browser_shows_what_agg_draws(name, shares):
    worst = max(shares[name], key=shares[name].get)
    share = shares[name][worst]
    print(f"{name}: {share:.3%} of the pixels are off by more than 32/255, at {worst}")
    limit = 0.005 if hasattr(RendererAgg, text.HOOK) else 0.02
    assert share <= max(limit, FOLDED.get(name, 0))
