"""Handles, free controls, Play, pictures, animations and pages of a stage, without a browser."""

import io
import json
import re
from base64 import b64decode

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from stage import hands
from stage.decoding import Reader, inflated, rounded
from stage.hands import simple

from mlpkit.stage import (
    Handle,
    Movable,
    Sketch,
    Stage,
    choice,
    line_of_text,
    points,
    slider,
    steps,
    switch,
)
from mlpkit.stage import handles as handle_geometry


class TestHandles:
    def test_a_ring_is_at_the_pixels_of_the_controls_values(self):
        stage = hands.dragged()
        (ring,) = stage.states.rings([100, 100])  # s = 1, h = 1: the upper right corner of the axes
        with stage.states.frame():
            box = stage.figure.axes[0].bbox.frozen()
            height = stage.figure.canvas.get_width_height()[1]
        assert ring == pytest.approx([box.x1, height - box.y1], abs=0.01)

    def test_geometry_takes_pixels_back_to_data_on_linear_and_logarithmic_axes(self):
        for stage, point in (
            (hands.dragged(), (0.3, -0.4)),
            (hands.dragged_on_logarithmic_axes(), (37.0, 0.8)),
        ):
            ax = stage.figure.axes[0]
            known = handle_geometry.geometry(ax)
            assert known is not None
            height = stage.figure.canvas.get_width_height()[1]
            x, y = ax.transData.transform(point)
            for pixel, value, key in ((x, point[0], "x"), (height - y, point[1], "y")):
                u = (pixel - known[key]["a"]) / known[key]["b"]
                assert (10**u if known[key]["log"] else u) == pytest.approx(value)

    @pytest.mark.parametrize("scale", ["symlog", "logit"])
    def test_axes_of_other_kinds_show_no_coordinates(self, scale):
        ax = Figure().add_subplot(xscale=scale)
        assert handle_geometry.geometry(ax) is None
        assert handle_geometry.geometry(Figure().add_subplot(projection="polar")) is None

    def test_every_state_has_its_rings(self):
        stage = hands.moved()
        message, _ = stage.states.single([[[0.1, 0.0], [0.9, 0.5]]]).message()
        ((ring,),) = message["rings"]
        assert len(ring) == 4

    def test_a_handle_without_a_control_in_one_direction_is_in_the_middle(self):
        stage = hands.dragged_on_logarithmic_axes()
        (ring,) = stage.states.rings(stage.position)
        with stage.states.frame():
            box, height = stage.figure.axes[0].bbox.frozen(), stage.figure.canvas.get_width_height()[1]
        assert ring[1] == pytest.approx(height - (box.y0 + box.y1) / 2, abs=0.01)

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
    def test_a_handle_of_other_axes_or_without_a_suitable_control_is_refused(self, make, error, message):
        fig = Figure()
        ax = fig.add_subplot()
        (line,) = ax.plot([0, 1])
        with pytest.raises(error, match=message):
            Stage(fig, lambda k, p: None, [line], handles=[make(ax)], k=steps(1, 3), p=points())

    def test_a_direction_other_than_x_y_and_xy_is_refused(self):
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
        assert list(stage.states.prefetch("amplitude", stage.position, 1, pytest.fail)) == []
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

    def test_an_animation_has_a_frame_per_position(self, tmp_path):
        stage = hands.small()
        stage.save(tmp_path / "x.gif", control="k")
        with Image.open(tmp_path / "x.gif") as animation:
            assert animation.n_frames == 12
        assert stage.position == [2, 0]

    def test_an_unknown_format_and_an_animation_without_its_control_are_refused(self, tmp_path):
        with pytest.raises(ValueError, match=r"save writes .png, .pdf, .svg and .gif; got 'x.bmp'"):
            hands.small().save(tmp_path / "x.bmp")
        with pytest.raises(
            ValueError, match=r"an animation needs the control that moves: .*\['k', 'shape'\]"
        ):
            hands.small().save(tmp_path / "x.gif")


def page_of(path):
    """The data of a page without Python; a table's `data` are its bytes."""
    text = path.read_text(encoding="utf-8")
    packed = json.loads(re.search(r'application/json">(.*?)</script>', text, re.DOTALL)[1])
    page = json.loads(inflated(packed["start"]))
    index, _, data = inflated(packed["tables"]).partition(b"\n")
    page["tables"] = json.loads(index)
    for part in page["tables"]:
        part["data"], data = data[: part["bytes"]], data[part["bytes"] :]
    return page


class TestPages:
    def test_the_page_of_a_small_stage_has_every_position(self, tmp_path):
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
        reader = Reader()
        for part in page["tables"]:
            column = [c["name"] for c in page["controls"]].index(part["axis"])
            for index, words in zip(part["indices"], reader.read(part["data"]), strict=True):
                at = list(part["at"])
                at[column] = index
                np.testing.assert_array_equal(words, rounded(stage.states.state(at)[0]))

    def test_the_page_of_a_large_stage_has_one_table_per_control(self, tmp_path):
        stage = hands.dragged()
        stage.to_html(tmp_path / "x.html", most=100)
        page = page_of(tmp_path / "x.html")
        assert {part["axis"] for part in page["tables"]} == {"s", "h"}
        assert sum(len(part["indices"]) for part in page["tables"]) == 101 + 101

    def test_it_requests_nothing_from_the_network(self, tmp_path):
        hands.small().to_html(tmp_path / "x.html")
        text = (tmp_path / "x.html").read_text(encoding="utf-8")
        assert not re.search(r"""(src|href)=(?!"data:)|https?://|import\s*\(|\bfetch\(""", text)

    def test_tables_can_be_part_of_the_widgets_state(self):
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
