"""Stages without a browser: states, tables, messages, themes, controls, errors."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from PIL import Image
from stage.decoding import read, rounded

from mlpkit.stage import Stage, steps, switch, themes
from mlpkit.stage.layers import picture, plan
from mlpkit.stage.prefetch import PREFETCHER
from mlpkit.stage.writer import HEADER, Op


def wave(**given):
    """A small stage: a sine of frequency k, or upside down, with a description."""
    fig = Figure(figsize=(3, 2), dpi=100)
    ax = fig.add_subplot(xlim=(0, 1), ylim=(-1, 1))
    x = np.linspace(0, 1, 200)
    (line,) = ax.plot(x, x)
    seen = []

    def update(k, flipped):
        seen.append((k, flipped))
        line.set_ydata((-1 if flipped else 1) * np.sin(k * x))

    made = Stage(
        fig, update, [line], lambda k, flipped: f"k is {k}{', flipped' if flipped else ''}",
        k=steps(1, 9, 3, label="frequency"), flipped=switch(label="flipped"), **given,
    )  # fmt: skip
    made.seen = seen
    return made


def operations(display_list):
    """-> [(op, payload), ...]."""
    found, i = [], 0
    while i < len(display_list):
        n = int(display_list[i + 6])
        found.append((Op(int(display_list[i])), display_list[i + HEADER : i + HEADER + n]))
        i += HEADER + n
    return found


def elsewhere(act, *args):
    """Run in a thread of its own: a browser under test keeps an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act, *args).result()


@pytest.fixture
def heard(monkeypatch):
    """A stage and the list of what it sends to the browser."""
    stage, sent = wave(), []
    monkeypatch.setattr(stage.picture, "send", lambda message, buffers=None: sent.append((message, buffers)))
    return stage, sent


class TestStates:
    def test_a_state_depends_on_its_position_alone(self):
        states = wave().states
        first = {at: states.state(at) for at in ((0, 0), (8, 1), (4, 0))}
        for at in ((4, 0), (0, 0), (8, 1), (8, 1), (4, 0)):
            display_list, description = states.state(at)
            np.testing.assert_array_equal(display_list, first[at][0])
            assert description == first[at][1]

    def test_a_line_becomes_one_polyline_in_pixels_with_y_downwards(self):
        stage = wave()
        ((op, payload),) = operations(stage.states.state([2, 0])[0])
        assert op is Op.POLYLINE
        x, y = payload.view(np.float32).reshape(-1, 2).T
        ax = stage.figure.axes[0]
        with stage.states.frame():
            want = ax.transData.transform([(0, 0), (1, np.sin(3))])
            height = stage.figure.canvas.get_width_height()[1]
        np.testing.assert_allclose([x[0], x[-1]], want[:, 0], atol=1)
        np.testing.assert_allclose([y[0], y[-1]], height - want[:, 1], atol=1)

    def test_every_index_of_a_state_is_in_the_resource_table(self):
        stage = wave()
        words = stage.states.state([8, 1])[0]
        known = stage.states.recorder.resources.entries
        assert words[1] < len(known["clips"])
        assert words[2] < len(known["strokes"])
        assert 0 < words[4] < len(known["colours"])

    def test_each_entry_of_the_resource_table_is_sent_once(self):
        resources = wave().states.recorder.resources
        resources.take_unsent()
        resources.put("glyphs", "M0 0Z", lambda: "M0 0Z")
        resources.put("glyphs", "M0 0Z", lambda: pytest.fail("made twice"))
        assert resources.take_unsent() == [["glyphs", len(resources.entries["glyphs"]) - 1, "M0 0Z"]]
        assert resources.take_unsent() == []

    def test_a_table_begins_at_the_present_position_and_reaches_every_other_nearest_first(self):
        batches = list(wave().states.prefetch("k", [3, 0], budget=0.0001, failed=pytest.fail))
        order = [i for batch in batches for i in batch.indices]
        assert order == [3, 2, 4, 1, 5, 0, 6, 7, 8]
        assert len(batches) > 1

    def test_a_batch_has_the_display_lists_of_its_states_one_after_the_other(self):
        states = wave().states
        (batch,) = states.prefetch("k", [3, 1], budget=60, failed=pytest.fail)
        message, data = batch.message()
        for index, words, description in zip(
            message["indices"], read(data), message["descriptions"], strict=True
        ):
            want = states.state([index, 1])
            np.testing.assert_array_equal(words, rounded(want[0]))
            assert description == want[1]


class TestMessages:
    def test_a_request_for_a_state_is_answered_with_that_state(self, heard):
        stage, sent = heard
        stage.kernel.receive({"kind": "state", "at": [7, 1]})
        ((message, buffers),) = sent
        assert (message["kind"], message["axis"], message["at"]) == ("states", None, [7, 1])
        assert message["descriptions"] == ["k is 8, flipped"]
        (words,) = read(buffers[0])
        np.testing.assert_array_equal(words, rounded(stage.states.state([7, 1])[0]))

    def test_a_request_for_tables_is_answered_in_slices_while_the_loop_runs(self, heard):
        stage, sent = heard

        async def ask():
            stage.kernel.receive({"kind": "tables", "axes": ["k", "flipped"], "at": [2, 0]})
            await PREFETCHER.task

        elsewhere(asyncio.run, ask())
        for axis, count in (("k", 9), ("flipped", 2)):
            got = [m for m, _ in sent if m["kind"] == "states" and m["axis"] == axis]
            assert sorted(i for m in got for i in m["indices"]) == list(range(count))

    def test_a_request_that_is_withdrawn_stops_and_made_again_goes_on_where_it_stopped(
        self, heard, monkeypatch
    ):
        stage, sent = heard
        monkeypatch.setattr("mlpkit.stage.kernel.SLICE", 1e-4)  # a state per slice
        request, withdrawn = ({"kind": "tables", "axes": axes, "at": [2, 0]} for axes in (["k"], []))
        got = lambda: [i for m, _ in sent if m["kind"] == "states" for i in m["indices"]]  # noqa: E731

        async def ask():
            stage.kernel.receive(request)
            while not got():
                await asyncio.sleep(0)
            stage.kernel.receive(withdrawn)
            await PREFETCHER.task
            before = len(got())
            stage.kernel.receive(request)
            await PREFETCHER.task
            return before

        assert elsewhere(asyncio.run, ask()) < 9
        assert sorted(got()) == list(range(9))
        stage.kernel.receive({"kind": "hello"})  # a page that was opened anew has none of them
        elsewhere(stage.kernel.receive, request)
        assert sorted(got()) == sorted(2 * list(range(9)))

    def test_without_a_running_loop_tables_are_made_at_once(self, heard):
        stage, sent = heard
        elsewhere(stage.kernel.receive, {"kind": "tables", "axes": ["flipped"], "at": [2, 0]})
        assert sorted(i for m, _ in sent for i in m["indices"]) == [0, 1]

    def test_a_page_that_was_just_opened_gets_the_whole_resource_table(self, heard):
        stage, sent = heard
        stage.kernel.receive({"kind": "hello"})
        received = {(table, index) for table, index, _ in sent[0][0]["add"]}
        entries = stage.states.recorder.resources.entries
        assert received == {(table, i) for table, rows in entries.items() for i in range(len(rows))}

    def test_an_update_that_fails_is_reported_and_the_next_state_comes_as_usual(self, monkeypatch):
        fig = Figure()
        (line,) = fig.add_subplot().plot([1, 2], [0.0, 1.0])

        def update(k):
            line.set_ydata([k, 1 / (k - 3)])

        stage, sent = Stage(fig, update, [line], k=steps(1, 5)), []
        monkeypatch.setattr(stage.picture, "send", lambda message, buffers=None: sent.append(message))
        stage.kernel.receive({"kind": "state", "at": [2]})
        stage.kernel.receive({"kind": "state", "at": [3]})
        assert sent[0]["kind"] == "error"
        assert "update(k=3) failed: ZeroDivisionError" in sent[0]["text"]
        assert (sent[1]["kind"], sent[1]["at"]) == ("states", [3])

    def test_a_table_goes_on_after_a_position_where_update_fails(self, monkeypatch):
        fig = Figure()
        (line,) = fig.add_subplot().plot([1, 2], [0.0, 1.0])
        stage, sent = Stage(fig, lambda k: line.set_ydata([k, 1 / (k - 3)]), [line], k=steps(1, 5)), []
        monkeypatch.setattr(stage.picture, "send", lambda message, buffers=None: sent.append(message))
        elsewhere(stage.kernel.receive, {"kind": "tables", "axes": ["k"], "at": [0]})
        assert sorted(i for m in sent if m["kind"] == "states" for i in m["indices"]) == [0, 1, 3, 4]


class TestStage:
    def test_its_figure_follows_the_controls(self):
        stage = wave()
        stage.controls["k"].value, stage.controls["flipped"].value = 7, True
        line = stage.figure.axes[0].lines[0]
        np.testing.assert_allclose(line.get_ydata(), -np.sin(7 * line.get_xdata()))
        assert stage.description == "k is 7, flipped"

    def test_its_repr_is_short_and_has_the_values_of_the_controls(self):
        stage = wave()
        stage.controls["k"].value = 5
        assert repr(stage) == "Stage(k=5, flipped=False)"
        assert stage._repr_mimebundle_()["text/plain"] == "Stage(k=5, flipped=False)"

    def test_without_describe_the_live_texts_are_the_description(self):
        fig = Figure()
        title = fig.add_subplot().set_title("")
        stage = Stage(fig, lambda k: title.set_text(f"$k$ = {k}"), [title], k=steps(1, 5, 4))
        assert stage.description == "k = 4"

    def test_controls_that_update_does_not_take_are_refused(self):
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        with pytest.raises(TypeError, match=r"update\(k\) must take the controls n by name"):
            Stage(fig, lambda k: None, [line], n=steps(1, 3))

    def test_live_artists_of_another_figure_are_refused(self):
        (other,) = Figure().add_subplot().plot([0, 1])
        fig = Figure()
        fig.add_subplot()
        with pytest.raises(ValueError, match=r"live artists must be visible children of this figure.*Line2D"):
            Stage(fig, lambda k: None, [other], k=steps(1, 3))

    def test_a_widget_without_positions_cannot_be_a_control(self):
        import ipywidgets

        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        with pytest.raises(TypeError, match="Button cannot steer a stage: use a slider"):
            Stage(fig, lambda k: None, [line], k=ipywidgets.Button())

    def test_a_filter_cannot_be_recorded_and_is_refused(self):
        fig = Figure()
        patch = fig.add_subplot().add_patch(Circle((0.5, 0.5), 0.3))
        patch.set_agg_filter(lambda image, dpi: (image, 0, 0))
        with pytest.raises(ValueError, match=r"an agg_filter cannot be recorded; set_agg_filter\(None\)"):
            Stage(fig, lambda k: patch.set_radius(k / 9), [patch], k=steps(1, 3))

    def test_a_part_of_an_artist_cannot_be_live_alone(self):
        fig = Figure()
        ax = fig.add_subplot()
        ax.plot([0, 1], label="a")
        (text,) = ax.legend().get_texts()
        with pytest.raises(ValueError, match="a live Text is a part of a Legend: make that live as a whole"):
            Stage(fig, lambda k: None, [text], k=steps(1, 3))

    def test_a_hatch_becomes_a_picture_in_both_themes(self):
        fig = Figure(figsize=(2, 2), dpi=50)
        (bar,) = fig.add_subplot(ylim=(0, 4)).bar([0], [1], hatch="/", fc="w", ec="k")
        stage = Stage(fig, lambda k: bar.set_height(k + 0.5), [bar], k=steps(1, 3))
        ((op, payload),) = operations(stage.states.state([2])[0])
        assert op is Op.PICTURE
        w, h = payload[2:4].view(np.float32).astype(int)
        light, dark = payload[4:].reshape(2, h, w)
        assert (light != dark).mean() > 0.5

    def test_closing_ends_the_prefetching(self):
        async def close_early():
            stage, sent = wave(), []
            stage.picture.send = lambda *message: sent.append(message)
            stage.kernel.receive({"kind": "tables", "axes": ["k"], "at": [0, 0]})
            stage.close()
            await PREFETCHER.task
            return sent

        assert elsewhere(asyncio.run, close_early()) == []


class TestLayers:
    def test_what_lies_between_live_artists_moves_along_and_what_lies_above_is_foreground(self):
        fig = Figure()
        ax = fig.add_subplot()
        (low,) = ax.plot([0, 1], zorder=2)
        (between,) = ax.plot([1, 0], zorder=2.2)
        (high,) = ax.plot([1, 1], zorder=2.3)
        title = ax.set_title("live")
        made = plan(fig, {low, high, title})
        assert made.dynamic == [low, between, high, title]
        assert ax.spines["left"] in made.above
        assert ax.xaxis not in made.hidden()  # under the first live artist: background

    def test_the_background_has_no_pixels_of_live_artists(self):
        stage = wave()
        below = np.asarray(Image.open(_bytes(stage.picture.pictures["light"]["below"])).convert("RGB"), int)
        blue = (below[..., 2] - below[..., 0]) > 60
        assert not blue.any()
        full = np.asarray(Image.open(_bytes(picture(stage.figure))).convert("RGB"), int)
        assert ((full[..., 2] - full[..., 0]) > 60).any()

    def test_the_dark_picture_is_dark_where_the_light_one_is_light(self):
        stage = wave()
        stage.tabulate()
        pictures = stage.picture.pictures
        corner = {
            t: Image.open(_bytes(pictures[t]["below"])).convert("RGB").getpixel((3, 3)) for t in pictures
        }
        assert corner["light"] == (255, 255, 255)
        assert max(corner["dark"]) < 32


class TestThemes:
    @staticmethod
    def contrast(a, b):
        """WCAG's contrast ratio of two RGB colours."""

        def luminance(rgb):
            rgb = np.asarray(rgb[:3])
            linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
            return linear @ [0.2126, 0.7152, 0.0722]

        high, low = sorted((luminance(a), luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    @pytest.mark.parametrize(
        "colour", ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#767676", "#000000", "C0", "C3"]
    )
    def test_a_colour_that_can_be_read_on_white_can_be_read_on_a_dark_page(self, colour):
        from matplotlib.colors import to_rgba

        page = themes.dark((1.0, 1.0, 1.0, 1.0))
        assert self.contrast(themes.dark(to_rgba(colour)), page) >= 4.5

    def test_alpha_stays(self):
        assert themes.dark((0.2, 0.4, 0.8, 0.25))[3] == 0.25

    def test_oklab_there_and_back_is_the_same_colour(self):
        for rgb in np.random.default_rng(0).random((50, 3)):
            np.testing.assert_allclose(themes.from_oklab(themes.to_oklab(rgb)), rgb, atol=1e-6)


def _bytes(data):
    import io

    return io.BytesIO(data)
