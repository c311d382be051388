"""Stages with mistakes, slow stages, many stages: what is refused, and what still works."""

import asyncio
import gc
import json
import re
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest
from matplotlib.figure import Figure
from stage import hands
from stage.decoding import inflated
from stage.hands import simple

from mlpkit.stage import Handle, Stage, kernel, slider, states, steps
from mlpkit.stage.prefetch import PREFETCHER


class TestCheck:
    def test_a_pure_stage_passes_and_keeps_its_position(self):
        stage = hands.dragged()
        before = stage.position
        stage.check()
        assert stage.position == before

    def test_an_update_that_keeps_state_is_found(self):
        count = iter(range(10**6))
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(fig, lambda k: line.set_ydata([0, next(count)]), [line], k=steps(1, 9))
        with pytest.raises(ValueError, match=r"update\(k=\d\) draws something else when it is called again"):
            stage.check()

    def test_a_description_that_is_not_pure_is_found(self):
        count = iter(range(10**6))
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(
            fig, lambda k: line.set_ydata([0, k]), [line], lambda k: f"{next(count)}", k=steps(1, 9)
        )
        with pytest.raises(ValueError, match="the description at k=1 is another one"):
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
        display_list, _ = stage.states.state([0])
        assert np.isfinite(display_list.view(np.float32)).all()

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

    @pytest.mark.slow
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


class TestSlowUpdates:
    @pytest.fixture
    def slow(self, monkeypatch):
        """A stage whose states count as slow, and the positions at which update was called."""
        monkeypatch.setattr(states, "SLOW", 0.0)
        called = []
        return simple(lambda k: called.append(k)), called  # noqa: PLW0108

    def test_nothing_is_computed_in_advance(self, slow):
        stage, called = slow
        called.clear()
        assert list(stage.states.prefetch("k", [3], 1, pytest.fail)) == []
        assert called == []

    def test_a_position_visited_twice_is_computed_once(self, slow):
        stage, called = slow
        called.clear()
        first, again = stage.states.single([5]), stage.states.single([5])
        assert called == [6]
        assert again.message() == first.message()

    def test_one_slow_state_does_not_make_a_stage_slow_and_two_in_a_row_do(self):
        stage, slow = simple(), []
        for seconds in (0.01, 0.9, 0.01, 0.9, 0.9, 0.01):
            stage.states.took(seconds)
            slow.append(stage.states.pace > states.SLOW)
        assert slow == [False, False, False, False, True, False]

    def test_of_many_only_the_latest_are_kept(self, slow, monkeypatch):
        monkeypatch.setattr(states, "CACHED", 3)
        stage, _ = slow
        for k in range(9):
            stage.states.single([k])
        assert list(stage.states.cache) == ["[6]", "[7]", "[8]"]


class TestManyStages:
    @pytest.mark.slow
    def test_the_stage_moved_last_comes_first_and_a_message_waits_for_one_slice_at_most(self, monkeypatch):
        monkeypatch.setattr(kernel, "SLICE", 0.001)
        stages, order = [simple() for _ in range(20)], []
        for i, stage in enumerate(stages):
            stage.picture.send = lambda message, data=None, i=i: order.append((i, message["kind"]))

        async def ask_all():
            for stage in stages:
                stage.kernel.receive({"kind": "tables", "axes": ["k"], "at": [0]})
            turns = 0
            while PREFETCHER.jobs:
                before = len(order)
                await asyncio.sleep(0)
                turns += 1
                assert len(order) - before <= 1
            return turns

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(asyncio.run, ask_all()).result() >= 20
        assert list(dict.fromkeys(reversed([i for i, kind in order]))) == list(range(20))
        assert len(order) > 20

    @pytest.mark.slow
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


class TestMissingNumbers:
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
        text = (tmp_path / "x.html").read_text(encoding="utf-8")
        page = json.loads(re.search(r'application/json">(.*?)</script>', text, re.DOTALL)[1])
        start = inflated(page["start"])
        assert json.loads(start, parse_constant=pytest.fail)["handles"]
