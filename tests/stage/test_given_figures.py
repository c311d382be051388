"""What a stage does to the figure and the controls that it is given: nothing that their author could see."""

import gc
import tracemalloc
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import psutil
import pytest
from ipywidgets.widgets.widget import _instances
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from PIL import Image

from mlpkit.stage import Handle, Stage, reruns, steps
from mlpkit.stage.layers import pixels

X = np.linspace(0, 1, 30)


@pytest.fixture(autouse=True)
def no_figures_left():
    yield
    assert plt.get_fignums() == []


def figure(make=plt.figure, **given):
    """-> (figure, update, line)"""
    fig = make(figsize=(3, 2), dpi=80, **given)
    (line,) = fig.add_subplot().plot(X, X)
    return fig, lambda k: line.set_ydata(np.sin(k * X)), line


def state_of(fig):
    """What an author could see of a figure."""
    looks = [(a, a.get_visible(), a.get_animated(), a.get_zorder()) for a in fig.findobj()]
    limits = [(ax.get_xlim(), ax.get_ylim(), ax.get_autoscale_on()) for ax in fig.axes]
    return (
        tuple(fig.get_size_inches()), fig.dpi, fig.get_layout_engine(), fig.canvas, looks, limits,
        str(fig.canvas.callbacks.callbacks), dict(mpl.rcParams), [vars(a).get("draw") for a, *_ in looks],
    )  # fmt: skip


class TestAFigure:
    @pytest.mark.parametrize("layout", [None, "constrained", "tight", "compressed"])
    def test_keeps_its_size_its_dpi_its_layout_and_its_canvas(self, layout):
        fig, update, line = figure(Figure, layout=layout)
        FigureCanvasPdf(fig)
        line.set_animated(True)
        fig.draw_without_rendering()  # limits are computed when somebody draws
        before = state_of(fig)
        Stage(fig, update, line, k=steps(1, 5))
        assert state_of(fig) == before

    def test_of_pyplot_is_taken_out_of_it(self):
        other = plt.figure()
        fig, update, line = figure()
        stage = Stage(fig, update, [line], k=steps(1, 5))
        assert plt.get_fignums() == [other.number]
        assert plt.gcf() is other
        plt.close(other)
        assert stage.picture.size == [240, 160]

    def test_that_is_refused_stays_in_pyplot_as_it_was(self):
        plt.figure()
        fig, update, line = figure()
        plt.figure()
        fig.draw_without_rendering()
        before, numbers = state_of(fig), plt.get_fignums()
        for given, error in (
            (dict(live=[line], j=steps(1, 5)), TypeError),
            (dict(live=[], k=steps(1, 5)), ValueError),
            (dict(live=[Figure().text(0, 0, "")], k=steps(1, 5)), ValueError),
            (dict(live=[line], k=(0, 10)), TypeError),
            (dict(live=[line], k=steps(1, 5), play="j"), ValueError),
            (dict(live=[line], k=steps(1, 5), handles=[Handle(fig.axes[0])]), ValueError),
        ):
            with pytest.raises(error):
                Stage(fig, update, **given)
            assert state_of(fig) == before
        with pytest.raises(ZeroDivisionError):
            Stage(fig, lambda k: 1 / 0, [line], k=steps(1, 5))
        assert state_of(fig) == before
        assert plt.get_fignums() == numbers
        assert plt.gcf().number == numbers[-1]
        plt.close("all")

    def test_changed_afterwards_changes_no_picture(self):
        fig, axs = plt.subplots(1, 2, figsize=(3, 2), layout="constrained")
        (line,) = axs[0].plot(X, X)
        title = axs[0].set_title("k")
        axs[1].set_ylabel("y")

        def update(k):
            line.set_ydata(np.sin(k * X))
            title.set_text(f"$k$ = {k}")

        stage = Stage(fig, update, [line, title], k=steps(1, 5))
        first, picture = stage.states.state([3])[0], pixels(fig).copy()
        for change in (
            lambda: plt.close(fig),
            lambda: fig.set_dpi(37),
            lambda: fig.set_size_inches(9, 9),
            lambda: fig.set_layout_engine("none"),
            lambda: fig.subplots_adjust(0.4, 0.4, 0.6, 0.6),
            lambda: fig.set_layout_engine("tight"),
            fig.tight_layout,
            lambda: axs[0].set_xlim(-5, 5),
            lambda: axs[1].set_position((0, 0, 1, 1)),
            lambda: FigureCanvasPdf(fig),
            lambda: fig.savefig("/dev/null", format="png", bbox_inches="tight"),
        ):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # matplotlib warns of changed layouts
                change()
            np.testing.assert_array_equal(stage.states.state([3])[0], first)
            np.testing.assert_array_equal(pixels(fig), picture)
        with mpl.rc_context({"mathtext.fontset": "stix", "path.simplify": False, "text.hinting": "none"}):
            np.testing.assert_array_equal(stage.states.state([3])[0], first)
        assert tuple(fig.get_size_inches()) == (9, 9)
        assert fig.dpi == 37
        assert axs[0].get_xlim() == (-5, 5)

    def test_that_gets_or_loses_artists_afterwards_says_so(self):
        fig, update, line = figure(Figure)
        stage = Stage(fig, update, line, k=steps(1, 5))
        fig.axes[0].plot(X, X)
        with pytest.raises(ValueError, match=r"artists of the Axes were added or removed.*live=\[ax\]"):
            stage.states.state([1])
        with pytest.raises(ValueError, match="this stage is not explorable: artists of the Axes were added"):
            stage.check()

    def test_whose_order_update_changes_says_so(self):
        fig, _, line = figure(Figure)
        stage = Stage(fig, lambda k: line.set_zorder(k), [line], k=steps(1, 5))  # noqa: PLW0108
        with pytest.raises(ValueError, match=r"not explorable: update changes a zorder.*live=\[ax\]"):
            stage.check()

    def test_drawn_by_pyplots_functions_in_update_is_refused(self):
        fig, update, line = figure()
        plt.plot(X, X)

        def with_title(k):
            update(k)
            plt.title(f"{k}")

        with pytest.raises(ValueError, match=r"update draws with pyplot's functions.*ax.set_title"):
            Stage(fig, with_title, [line], k=steps(1, 5))
        assert plt.get_fignums() == [fig.number]
        plt.close(fig)


class TestAgain:
    def test_the_same_figure_gives_the_same_picture(self):
        fig, update, line = figure()
        sizes, lists = [], []
        for _ in range(4):
            with pytest.raises(ValueError, match="names no artist"):
                Stage(fig, update, [], k=steps(1, 5))
            stage = Stage(fig, update, [line], k=steps(1, 5))
            sizes.append(stage.picture.size)
            lists.append(stage.states.state([3])[0].tobytes())
        assert sizes == [[240, 160]] * 4
        assert len(set(lists)) == 1

    def test_a_cell_closes_the_stage_that_it_made_before_and_no_other(self, monkeypatch):
        def made_in(name, run):
            monkeypatch.setattr(reruns, "cell", lambda: (name, run))
            stage = Stage(*figure(Figure), k=steps(1, 5))
            stage._repr_mimebundle_()
            return stage

        first, elsewhere, twice = made_in("a", 1), made_in("b", 2), made_in("c", 3)
        beside = made_in("c", 3)  # two stages in one run of a cell
        monkeypatch.setattr(reruns, "cell", lambda: ("d", 4))
        twice._repr_mimebundle_()  # shown in another cell, too
        again = made_in("a", 5)
        made_in("c", 6)
        open_now = [stage for stage in (first, elsewhere, twice, beside, again) if stage in reruns.OPEN]
        assert open_now == [elsewhere, twice, again]
        assert repr(first) == "Stage(k=1)"
        with pytest.raises(RuntimeError, match="this stage's cell was run again, and made another stage"):
            first.figure  # noqa: B018
        assert again.description == ""

    def test_a_legend_in_the_best_place_follows_the_data(self):
        fig, update, line = figure(Figure)
        line.set_label("a")
        fig.axes[0].legend()
        stage = Stage(fig, update, line, k=steps(1, 5))
        stage.check()
        assert fig.axes[0].get_legend() in stage.states.plan.live

    @pytest.mark.slow
    def test_fifty_times_takes_no_more_memory(self):
        fig, update, line = figure()

        def again(times):
            for _ in range(times):
                Stage(fig, update, [line], k=steps(1, 5))
            gc.collect()

        again(5)
        widgets = len(_instances)
        resident = psutil.Process().memory_info().rss
        tracemalloc.start()
        again(2)
        before = tracemalloc.get_traced_memory()[0]
        again(50)
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        assert grown < 500_000
        assert psutil.Process().memory_info().rss - resident < 30_000_000
        assert len(_instances) == widgets


class TestControls:
    def test_of_a_refused_stage_stay_open(self):
        fig, update, line = figure(Figure)
        k = steps(1, 5, 2)
        with pytest.raises(ValueError, match="names no artist"):
            Stage(fig, update, [], k=k)
        gc.collect()
        assert k.comm is not None
        assert Stage(fig, update, line, k=k).description == ""

    def test_shared_by_two_stages_are_closed_with_the_last(self):
        k = steps(1, 5, 2)
        one, two = (Stage(*figure(Figure), k=k) for _ in range(2))
        own = one.controls["k"]
        one.close()
        assert own.comm is not None
        k.value = 4
        assert two.position == [3]
        two.close()
        assert k.comm is None
        with pytest.raises(ValueError, match="the control 'k' was closed, with its stage; make a new one"):
            Stage(*figure(Figure), k=k)

    def test_of_a_closed_stage_are_its_own(self):
        fig, update, line = figure(Figure)
        first = Stage(fig, update, line, k=steps(1, 5))
        second = Stage(fig, update, line, k=steps(1, 5))
        first.close()
        second.controls["k"].value = 3
        assert second.position == [2]
        assert second.controls["k"].comm is not None


class TestFilms:
    def test_of_a_figure_saved_tightly_has_pictures_of_one_size(self, tmp_path):
        fig, ax = plt.subplots(figsize=(3, 2))
        title = ax.set_title("")
        stage = Stage(fig, lambda k: title.set_text("\n" * k + "wide " * k), [title], k=steps(1, 4))
        with mpl.rc_context({"savefig.bbox": "tight", "savefig.dpi": 30, "savefig.transparent": True}):
            stage.save(tmp_path / "film.gif")
        with Image.open(tmp_path / "film.gif") as film:
            assert (film.n_frames, film.size) == (4, (300, 200))

    def test_of_a_transparent_figure_keeps_no_earlier_picture(self, tmp_path):
        fig = Figure(figsize=(1, 1), facecolor="none")
        (line,) = fig.add_axes((0, 0, 1, 1), xlim=(0, 6), frameon=False).plot([1, 1], [0, 1], color="k", lw=8)
        stage = Stage(fig, lambda k: line.set_xdata([k, k]), [line], k=steps(1, 5))
        stage.save(tmp_path / "film.gif")
        with Image.open(tmp_path / "film.gif") as film:
            for frame in range(5):
                film.seek(frame)
                dark = np.asarray(film.convert("L")) < 100
                assert 5 < dark.any(axis=0).sum() < 20


class TestSizes:
    def test_an_odd_number_of_pixels_is_kept(self):
        fig, update, line = figure(Figure)
        fig.set_size_inches(2.005, 1.515)
        fig.set_dpi(100)
        stage = Stage(fig, update, line, k=steps(1, 5))
        assert stage.picture.size == [200.5, 151.5]
        assert pixels(fig).shape[:2] == (303, 401)
