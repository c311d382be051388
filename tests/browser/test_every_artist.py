"""Every artist class of matplotlib, scaled, turned and sheared: the browser shows what Agg draws."""

import numpy as np
import pytest
from browser.many import Page, share_off
from matplotlib import quiver, text
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import AsteriskPolygonCollection, QuadMesh
from matplotlib.figure import Figure
from stage import every_artist

from mlpkit.stage import Stage, steps
from mlpkit.stage import text as glyphs
from mlpkit.stage.layers import pixels

pytestmark = pytest.mark.browser
CLASSES = {kind.__name__: kind for kind in (*every_artist.MADE, *every_artist.OWN)}
PAPER = {"light": 255, "dark": 17}

# Lines that go out and come back on themselves: Agg adds what both ways cover, a canvas takes their union.
# Cells of a turned mesh: Agg does not antialias them, a canvas does.
FRINGES = {quiver.Barbs: 0.01, AsteriskPolygonCollection: 0.015, QuadMesh: 0.01}


@pytest.fixture(scope="module")
def shares(chromium, tmp_path_factory):
    """{name: {(k, theme): share of the pixels that are off}}."""
    found, names = {}, list(CLASSES)
    for some in (names[i : i + 30] for i in range(0, len(names), 30)):
        stages = [every_artist.staged(CLASSES[name]) for name in some]
        page = Page(chromium, stages, tmp_path_factory.mktemp("classes"))
        for theme in PAPER:
            for k in (1, 2, 3, 4):
                for name, stage, shown in zip(some, stages, page.pictures(k, theme), strict=True):
                    stage.controls["k"].value = k
                    want = np.array(pixels(stage.figure, theme=theme), int)
                    found.setdefault(name, {})[k, theme] = share_off(shown, want, PAPER[theme])
        page.close()
        for stage in stages:
            stage.close()
    return found


@pytest.mark.parametrize("name", CLASSES)
def test_an_artist_that_is_scaled_turned_and_sheared_is_shown_as_agg_draws_it(name, shares):
    worst = max(shares[name], key=shares[name].get)
    print(f"{name}: {shares[name][worst]:.3%} of the pixels are off by more than 32/255, at {worst}")
    limit = 0.005 if hasattr(RendererAgg, glyphs.HOOK) else 0.02
    assert shares[name][worst] <= max(limit, FRINGES.get(CLASSES[name], 0))


def test_every_class_is_compared_or_listed_as_refused():
    listed = {*every_artist.MADE, *every_artist.OWN, *set().union(*every_artist.REFUSED.values())}
    assert every_artist.classes() - listed == set()


def test_a_part_of_an_artist_is_refused_with_what_to_make_live():
    fig = Figure()
    ax = fig.add_subplot()
    cell = ax.table([["a"]])[0, 0]
    tick = ax.xaxis.get_major_ticks()[0]
    for part, owner in ((cell, "Table"), (tick, "XAxis")):
        with pytest.raises(ValueError, match=f"is a part of a {owner}: make that live as a whole"):
            Stage(fig, lambda k: None, part, k=steps(1, 3))


def test_a_figure_cannot_be_live_and_a_text_of_another_figure_neither():
    fig = Figure()
    with pytest.raises(ValueError, match="the figure itself cannot be live; name its axes"):
        Stage(fig, lambda k: None, fig, k=steps(1, 3))
    with pytest.raises(ValueError, match="got Text, which is not"):
        Stage(fig, lambda k: None, text.Text(), k=steps(1, 3))
