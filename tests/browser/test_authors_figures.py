"""Figures as their authors write them: the browser shows what `fig.draw` draws, in both themes."""

import json
import time

import matplotlib.pyplot as plt
import numpy as np
import pytest
from browser.lab import Notebook, jupyterlab
from browser.many import Page, rgba, share_off
from matplotlib.backends.backend_agg import RendererAgg
from stage.authors import AUTHORS
from stage.authors.frame import staged

from mlpkit.stage import Handle, Stage, steps, text
from mlpkit.stage.layers import pixels

pytestmark = pytest.mark.browser
MOVES = (1, 2, 4, 5, 3)  # where the control is at the start, and four moves
PAPER = {"light": 255, "dark": 17}
ON_A_PAGE = 20

# Polygons that go out and come back on the same line: Agg adds what both ways cover, a canvas takes their
# union, so that the fringes are a shade lighter.
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


def test_coordinates_under_the_pointer_are_those_of_axes_that_moved(chromium, tmp_path):
    fig, ax = plt.subplots(figsize=(4, 3))
    (line,) = ax.plot([0, 1], [0, 1])
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(k):
        line.set_xdata([0, k])
        ax.set_xlim(0, 10 * k)

    stage = Stage(fig, update, [ax], handles=[Handle(ax, x="k", at=lambda k: (k, 0.5))], k=steps(1, 5))
    page = Page(chromium, [stage], tmp_path)
    page.pictures(4, "light")
    left, top, wide, high = (part / 2 for part in stage.picture.axes[0]["box"])
    box = page.page.locator("canvas").bounding_box()
    scale = box["width"] / 400
    at = [box["x"] + scale * (left + wide / 2), box["y"] + scale * (top + high / 2)]
    page.page.mouse.move(*at)
    assert page.page.locator(".mlpkit-coordinates").inner_text().startswith("20.")
    ring = page.page.locator(".mlpkit-handle")
    ring.hover()
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + scale * (left + wide * 2 / 40), at[1])  # 2 on the axes' scale, 0 to 40
    page.page.wait_for_selector("canvas[data-k='2'][data-right=true]")
    page.page.mouse.up()
    page.close()


@pytest.mark.parametrize(
    ("kind", "theme"),
    [
        ("vscode-dark", "dark"),
        ("vscode-light", "light"),
        ("vscode-high-contrast", "dark"),
        ("vscode-high-contrast-light", "light"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_of_vs_code_comes_before_the_browsers(kind, theme, scheme, chromium, tmp_path):
    page = Page(chromium, [staged("subplots")], tmp_path)
    page.pictures(2, scheme)
    page.page.evaluate("kind => { document.body.dataset.vscodeThemeKind = kind }", kind)
    page.page.wait_for_selector(f"canvas[data-theme='{theme}']")
    page.close()


@pytest.fixture
def in_jupyterlab(chromium, tmp_path):
    """A notebook, run, whose one figure needs another plan once its title has grown into the axes above."""
    source = (
        "from stage.authors.frame import AUTHORS\nfrom mlpkit.stage import Stage, steps\n"
        "Stage(*AUTHORS['a_title_that_grows_into_the_axes_above'](), k=steps(1, 5, label='k'))"
    )
    cell = dict(cell_type="code", id="grows", metadata={}, source=source, outputs=[], execution_count=None)
    kernel = dict(kernelspec=dict(name="python3", display_name="Python 3", language="python"))
    (tmp_path / "root").mkdir()
    book = dict(cells=[cell], metadata=kernel, nbformat=4, nbformat_minor=5)
    (tmp_path / "root" / "grows.ipynb").write_text(json.dumps(book), encoding="utf-8")
    with jupyterlab(tmp_path) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        notebook = Notebook.open(context.new_page(), address, "grows.ipynb")
        notebook.run_all()
        assert notebook.errors() == []
        yield notebook
        context.close()


def test_in_jupyterlab_a_text_that_leaves_its_place_is_drawn_in_the_figures_order(in_jupyterlab):
    stage, own = in_jupyterlab.stage("k", 0), staged("a_title_that_grows_into_the_axes_above")
    stage.wait(k=1)
    for k in (2, 4, 5, 1):
        now = int(stage.handle("k").get_attribute("aria-valuetext"))
        stage.press("k", "ArrowRight" if k > now else "ArrowLeft", times=abs(k - now))
        stage.wait(k=k)
        own.controls["k"].value = k
        want = np.array(pixels(own.figure), int)
        get = lambda want=want: share_off(rgba(stage.pixels()), want, 255)  # noqa: E731
        until = time.monotonic() + 10
        while get() > 0.005 and time.monotonic() < until:
            in_jupyterlab.page.wait_for_timeout(100)
        assert get() <= 0.005
