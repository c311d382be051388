"""Handles, free controls, Play, check, exports and bad input of the engine, without a browser."""

import asyncio
import gc
import io
import json
import re
import tracemalloc
import zlib
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest
from matplotlib.figure import Figure
from PIL import Image
from stage import hands

from mlpkit.stage import (
    Handle,
    Movable,
    Sketch,
    Stage,
    choice,
    kernel,
    line_of_text,
    points,
    slider,
    states,
    steps,
    switch,
)
from mlpkit.stage import handles as pointing
from mlpkit.stage.ahead import AHEAD


def simple(update=None, **given):
    """A stage of one line over [0, 1] x [-1, 1] with one slider k."""
    fig = Figure(figsize=(3, 2), dpi=100)
    (line,) = fig.add_subplot(xlim=(0, 1), ylim=(-1, 1)).plot([0, 1], [0, 0])
    given = given or {"k": steps(1, 9, 3, label="k")}
    return Stage(fig, update or (lambda k: line.set_ydata([0, k / 9])), [line], **given)


class TestHandles:
    def test_a_ring_stands_where_the_controls_say_in_pixels_of_the_picture(self):
        stage = hands.dragged()
        (ring,) = stage.states.rings([100, 100])  # s = 1, h = 1: the upper right corner of the axes
        box = stage.figure.axes[0].bbox
        height = stage.figure.canvas.get_width_height()[1]
        assert ring == pytest.approx([box.x1, height - box.y1], abs=0.01)

    def test_geometry_takes_pixels_back_to_data_on_linear_and_logarithmic_axes(self):
        for stage, point in (
            (hands.dragged(), (0.3, -0.4)),
            (hands.dragged_on_logarithmic_axes(), (37.0, 0.8)),
        ):
            ax = stage.figure.axes[0]
            known = pointing.geometry(ax)
            assert known is not None
            height = stage.figure.canvas.get_width_height()[1]
            x, y = ax.transData.transform(point)
            for pixel, value, key in ((x, point[0], "x"), (height - y, point[1], "y")):
                u = (pixel - known[key]["a"]) / known[key]["b"]
                assert (10**u if known[key]["log"] else u) == pytest.approx(value)

    @pytest.mark.parametrize("scale", ["symlog", "logit"])
    def test_axes_of_other_kinds_tell_no_coordinates(self, scale):
        ax = Figure().add_subplot(xscale=scale)
        assert pointing.geometry(ax) is None
        assert pointing.geometry(Figure().add_subplot(projection="polar")) is None

    def test_every_state_carries_its_rings(self):
        stage = hands.moved()
        message, _ = stage.states.single([[[0.1, 0.0], [0.9, 0.5]]]).message()
        ((ring,),) = message["rings"]
        assert len(ring) == 4

    def test_a_handle_without_a_control_in_one_direction_stands_in_the_middle(self):
        stage = hands.dragged_on_logarithmic_axes()
        (ring,) = stage.states.rings(stage.position)
        box = stage.figure.axes[0].bbox
        assert ring[1] == pytest.approx(
            stage.figure.canvas.get_width_height()[1] - (box.y0 + box.y1) / 2, abs=0.01
        )

    @pytest.mark.parametrize(
        ("make", "error", "message"),
        [
            (
                lambda ax: Handle(Figure().add_subplot(), x="k"),
                ValueError,
                "'handle' belongs to axes of another figure",
            ),
            (lambda ax: Handle(ax, x="m"), ValueError, r"moves 'm'; the controls are \['k', 'p'\]"),
            (Handle, ValueError, "moves nothing: give it x= or y="),
            (lambda ax: Handle(ax, x="p"), TypeError, "moves a slider; got Points"),
            (lambda ax: Sketch(ax, "k"), TypeError, r"a control made by points\(\); got IntSlider"),
        ],
    )
    def test_a_handle_that_moves_nothing_it_can_is_refused(self, make, error, message):
        fig = Figure()
        ax = fig.add_subplot()
        (line,) = ax.plot([0, 1])
        with pytest.raises(error, match=message):
            Stage(fig, lambda k, p: None, [line], handles=[make(ax)], k=steps(1, 3), p=points())

    def test_points_move_in_directions_that_exist(self):
        with pytest.raises(ValueError, match="Movable moves along 'x', 'y' or 'xy'; got 'z'"):
            Movable(Figure().add_subplot(), "p", along="z")


class TestFreeControls:
    def test_update_gets_what_was_typed_or_drawn(self):
        seen = []
        stage = simple(
            lambda text, curve, k: seen.append((text, curve, k)),
            text=line_of_text("a"), curve=points([(0, 1)]), k=steps(1, 3),
        )  # fmt: skip
        stage.states.state(["b", [[1, 2]], 2])
        assert seen[-1] == ("b", [[1, 2]], 3)
        assert stage.position == ["a", [[0.0, 1.0]], 0]
        assert repr(stage) == "Stage(text='a', curve=1 points, k=1)"

    def test_they_have_no_table(self):
        stage = hands.typed()
        assert list(stage.states.ahead("amplitude", stage.position, 1, pytest.fail)) == []
        assert stage.states.size() == 9

    def test_points_from_the_browser_are_rows_of_two_finite_numbers(self):
        control = points([(0, 1)])
        control.value = [[0, 1], [float("nan"), 2], [3, float("inf")], [4, 5]]
        assert control.value == [[0.0, 1.0], [4.0, 5.0]]


class TestPlay:
    def test_the_control_that_plays_has_buttons_linked_to_it(self):
        stage = hands.played()
        row = stage.children[0].children
        assert type(row[0]).__name__ == "Play"
        assert (row[0].min, row[0].max) == (0, 20)

    def test_only_a_control_made_by_steps_can_play(self):
        with pytest.raises(ValueError, match=r"play='s' must name a control made by steps\(\)"):
            simple(lambda s: None, play="s", s=slider(0, 1))


class TestCheck:
    def test_a_pure_stage_passes_and_stands_where_it_stood(self):
        stage = hands.dragged()
        before = stage.position
        stage.check()
        assert stage.position == before

    def test_an_update_that_remembers_is_found(self):
        count = iter(range(10**6))
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(fig, lambda k: line.set_ydata([0, next(count)]), [line], k=steps(1, 9))
        with pytest.raises(ValueError, match=r"update\(k=\d\) draws something else when it is called again"):
            stage.check()

    def test_words_that_change_by_themselves_are_found(self):
        count = iter(range(10**6))
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(
            fig, lambda k: line.set_ydata([0, k]), [line], lambda k: f"{next(count)}", k=steps(1, 9)
        )
        with pytest.raises(ValueError, match="the words at k=1 change"):
            stage.check(positions=0)

    def test_an_artist_that_changes_without_being_live_is_found(self):
        fig = Figure()
        ax = fig.add_subplot()
        live, other = ax.plot([0, 1])[0], ax.plot([1, 0])[0]

        def update(k):
            live.set_ydata([0, k])
            other.set_ydata([k, 0])

        with pytest.raises(ValueError, match="changes an artist that is not in live="):
            Stage(fig, update, [live], k=steps(1, 9)).check()


class TestBadInput:
    def test_an_update_that_gives_nan_draws_the_rest(self):
        stage = simple(lambda k: None)
        line = stage.figure.axes[0].lines[0]
        line.set_data([0, 0.5, 1], [0, np.nan, 1])
        words, _ = stage.states.state([0])
        assert np.isfinite(words.view(np.float32)).all()

    def test_a_slider_with_100_000_positions_is_refused_with_the_step_it_needs(self):
        with pytest.raises(ValueError, match=r"has 100001 positions.*step of at least"):
            simple(lambda s: None, s=slider(0, 1, step=1e-5, label="s"))

    def test_the_first_update_that_raises_raises_where_the_stage_is_made(self):
        with pytest.raises(ZeroDivisionError):
            simple(lambda k: 1 / 0)

    def test_a_figure_of_pyplot_that_was_closed_still_makes_a_stage(self):
        import matplotlib.pyplot as plt

        fig, ax = plt.subplots()
        (line,) = ax.plot([0, 1])
        plt.close(fig)
        stage = Stage(fig, lambda k: line.set_ydata([0, k]), [line], k=steps(1, 3))
        assert len(stage.states.state([2])[0])

    def test_a_stage_takes_less_than_ten_megabytes_and_gives_them_back(self):
        simple().close()
        tracemalloc.start()
        stages = [simple() for _ in range(20)]
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
        for stage in stages:
            stage.close()
        del stages, stage
        gc.collect()
        left = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert taken / 20 < 10_000_000
        assert left < taken / 2


class TestPictures:
    def test_where_no_widgets_are_shown_there_is_a_picture(self):
        bundle = hands.dragged()._repr_mimebundle_()
        image = Image.open(io.BytesIO(b64decode(bundle["image/png"])))
        assert image.size == (400, 300)
        assert "application/vnd.jupyter.widget-view+json" in bundle

    def test_it_is_saved_as_a_picture_in_the_present_state(self, tmp_path):
        stage = hands.dragged()
        for kind in ("png", "pdf", "svg"):
            stage.save(tmp_path / f"x.{kind}")
            assert (tmp_path / f"x.{kind}").stat().st_size > 1000
        first = (tmp_path / "x.png").read_bytes()
        stage.controls["h"].value = -1
        stage.save(tmp_path / "x.png")
        assert (tmp_path / "x.png").read_bytes() != first

    def test_a_film_has_a_frame_for_every_position(self, tmp_path):
        stage = hands.small()
        stage.save(tmp_path / "x.gif", control="k")
        with Image.open(tmp_path / "x.gif") as film:
            assert film.n_frames == 12
        assert stage.position == [2, 0]

    def test_what_cannot_be_saved_is_told(self, tmp_path):
        with pytest.raises(ValueError, match=r"save writes .png, .pdf, .svg and .gif; got 'x.bmp'"):
            hands.small().save(tmp_path / "x.bmp")
        with pytest.raises(ValueError, match=r"a film needs the control that moves: .*\['k', 'shape'\]"):
            hands.small().save(tmp_path / "x.gif")


def page_of(path):
    """The data of a page without Python."""
    text = path.read_text(encoding="utf-8")
    return json.loads(
        re.search(r'application/json">(.*?)</script>', text, re.DOTALL)[1].replace("<\\/", "</")
    )


class TestPages:
    def test_a_small_stage_takes_every_position_with_it(self, tmp_path):
        stage = hands.small()
        stage.to_html(tmp_path / "x.html")
        page = page_of(tmp_path / "x.html")
        places = set()
        for part in page["tables"]:
            column = [c["name"] for c in page["controls"]].index(part["axis"])
            for index in part["indices"]:
                at = list(part["at"])
                at[column] = index
                places.add(tuple(at))
        assert len(places) == 24
        words = np.frombuffer(zlib.decompress(b64decode(page["data"])), "<u4")
        begin = 0
        for part in page["tables"]:
            column = [c["name"] for c in page["controls"]].index(part["axis"])
            for k, index in enumerate(part["indices"]):
                at = list(part["at"])
                at[column] = index
                start, end = part["offsets"][k : k + 2]
                np.testing.assert_array_equal(words[begin + start : begin + end], stage.states.state(at)[0])
            begin += part["bytes"] // 4

    def test_a_large_stage_takes_one_table_for_each_control(self, tmp_path):
        stage = hands.dragged()
        stage.to_html(tmp_path / "x.html", most=100)
        page = page_of(tmp_path / "x.html")
        assert {part["axis"] for part in page["tables"]} == {"s", "h"}
        assert sum(len(part["indices"]) for part in page["tables"]) == 101 + 101

    def test_it_asks_nobody(self, tmp_path):
        hands.small().to_html(tmp_path / "x.html")
        text = (tmp_path / "x.html").read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)=|https?://|import\s*\(|\bfetch\(""", text)

    def test_tables_can_travel_in_the_widgets_state(self):
        stage = hands.small()
        stage.tabulate()
        assert sum(len(part["indices"]) for part in stage.picture.tables) == 24
        assert set(stage.picture.pictures) == {"light", "dark"}

    def test_a_position_where_update_fails_is_left_out(self, tmp_path):
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(fig, lambda k: line.set_ydata([0, 1 / (k - 3)]), [line], k=steps(1, 5))
        stage.to_html(tmp_path / "x.html")
        assert page_of(tmp_path / "x.html")["tables"][0]["indices"] == [0, 1, 3, 4]

    def test_texts_of_an_author_cannot_end_the_pages_script(self, tmp_path):
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(
            fig, lambda k, c: None, [line], lambda k, c: "</script><script>alert(1)</script>",
            k=switch(label="</script>"), c=choice(["</script>", "b"]),
        )  # fmt: skip
        stage.to_html(tmp_path / "x.html")
        text = (tmp_path / "x.html").read_text(encoding="utf-8")
        assert text.count("</script>") == 2
        assert "<title>&lt;/script&gt;" in text


class TestSlowUpdates:
    @pytest.fixture
    def slow(self, monkeypatch):
        """A stage whose states count as slow, and the positions at which update was called."""
        monkeypatch.setattr(states, "SLOW", 0.0)
        called = []
        return simple(lambda k: called.append(k)), called  # noqa: PLW0108

    def test_nothing_is_computed_ahead(self, slow):
        stage, called = slow
        called.clear()
        assert list(stage.states.ahead("k", [3], 1, pytest.fail)) == []
        assert called == []

    def test_a_position_visited_twice_is_computed_once(self, slow):
        stage, called = slow
        called.clear()
        first, again = stage.states.single([5]), stage.states.single([5])
        assert called == [6]
        assert again.message() == first.message()

    def test_of_many_only_the_latest_are_kept(self, slow, monkeypatch):
        monkeypatch.setattr(states, "KEPT", 3)
        stage, _ = slow
        for k in range(9):
            stage.states.single([k])
        assert list(stage.states.kept) == ["[6]", "[7]", "[8]"]


class TestManyStages:
    def test_the_stage_moved_last_comes_first_and_a_message_waits_for_one_slice_at_most(self, monkeypatch):
        monkeypatch.setattr(kernel, "SLICE", 0.001)
        stages, order = [simple() for _ in range(20)], []
        for i, stage in enumerate(stages):
            stage.picture.send = lambda message, data=None, i=i: order.append((i, message["kind"]))

        async def ask_all():
            for stage in stages:
                stage.kernel.hear({"kind": "tables", "axes": ["k"], "at": [0]})
            turns = 0
            while any(AHEAD.has(stage.kernel) for stage in stages):
                before = len(order)
                await asyncio.sleep(0)
                turns += 1
                assert len(order) - before <= 1
            return turns

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(asyncio.run, ask_all()).result() >= 20
        assert [i for i, kind in order if kind == "done"] == list(reversed(range(20)))
        assert len(order) > 20

    def test_two_hundred_of_them_take_little_memory(self):
        def bare():
            fig = Figure(figsize=(3, 2), dpi=100)
            ax = fig.add_subplot(xlim=(0, 1), ylim=(-1, 1), xticks=[], yticks=[])
            (line,) = ax.plot([0, 1], [0, 0])
            return Stage(fig, lambda k: line.set_ydata([0, k / 9]), [line], k=steps(1, 9, 3))

        kept = [bare()]
        before = psutil.Process().memory_info().rss
        kept += [bare() for _ in range(200)]
        grown = psutil.Process().memory_info().rss - before
        for stage in kept:
            stage.close()
        assert grown < 200 * 3_000_000


class TestNumbersThatAreNone:
    def test_a_ring_without_a_place_is_not_shown_and_the_page_can_be_read(self, tmp_path):
        fig = Figure()
        ax = fig.add_subplot()
        (line,) = ax.plot([0, 1])
        stage = Stage(
            fig, lambda k: line.set_ydata([0, k]), [line],
            handles=[Handle(ax, x="k", at=lambda k: (float("nan"), k))], k=steps(1, 3),
        )  # fmt: skip
        ((x, y),) = stage.states.rings([0])
        assert (x, y) == (None, None)
        stage.to_html(tmp_path / "x.html")
        assert "NaN" not in re.search(r'id="page">(.*?)"data"', (tmp_path / "x.html").read_text())[1]
