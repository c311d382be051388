"""The controls of a stage and their positions."""

import ipywidgets as w
import pytest
from matplotlib.figure import Figure

from mlpkit.stage import Stage, choice, log_slider, slider, steps, switch
from mlpkit.stage import sliders as controls


class TestControls:
    @pytest.mark.parametrize(
        ("control", "count", "first", "last"),
        [
            (steps(1, 200, 5), 200, 1, 200),
            (steps(0, 10, 4, step=2), 6, 0, 10),
            (slider(0, 1, 0.4), 101, 0.0, 1.0),
            (slider(-2, 2, 0.8, step=0.05), 81, -2.0, 2.0),
            (log_slider(1, 1024, 8), 81, 1.0, 1024.0),
            (log_slider(0.5, 64, 8, per_octave=2), 15, 0.5, 64.0),
            (switch(True), 2, False, True),
            (choice({"a": 1, "b": 2}), 2, 1, 2),
        ],
    )
    def test_positions_are_all_values_from_the_first_to_the_last(self, control, count, first, last):
        values = controls.positions(control)
        assert len(values) == count
        assert values[0] == pytest.approx(first)
        assert values[-1] == pytest.approx(last)
        assert len(controls.labels(control, values)) == count

    @pytest.mark.parametrize(
        "control", [steps(1, 9, 4), slider(0, 1, 0.37), log_slider(1, 128, 16), choice("abc", "c")]
    )
    def test_the_position_of_a_control_is_the_index_of_its_value(self, control):
        values = controls.positions(control)
        at = controls.place(control, values)
        assert (
            values[at] == pytest.approx(control.value)
            if not isinstance(control.value, str)
            else values[at] == "c"
        )

    def test_a_value_between_two_positions_counts_as_the_nearest(self):
        control = log_slider(1, 1024, 30)
        values = controls.positions(control)
        nearest = values[controls.place(control, values)]
        assert abs(nearest - 30) == min(abs(v - 30) for v in values)

    def test_a_stage_moves_a_control_that_was_set_between_two_positions_to_the_nearest(self):
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        stage = Stage(
            fig, lambda w: line.set_ydata([0, w]), [line], lambda w: f"w is {w:.4f}.", w=log_slider(1, 128, 8)
        )
        assert stage.description == "w is 8.0000."
        stage.controls["w"].value = 30
        assert stage.controls["w"].value == pytest.approx(2**4.875)
        assert stage.description == "w is 29.3441."

    def test_a_logarithmic_slider_has_exact_powers_of_two(self):
        values = controls.positions(log_slider(1, 1024))
        assert {2.0**k for k in range(11)} <= set(values)

    def test_too_many_positions_are_refused_with_a_step_that_works(self):
        with pytest.raises(ValueError, match=r"'fine' has 100001 positions.*step of at least 0.0001"):
            controls.positions(slider(0, 1, step=1e-5, label="fine"))

    def test_a_logarithmic_slider_needs_positive_ends(self):
        with pytest.raises(ValueError, match="needs 0 < low < high; got low=0, high=10"):
            log_slider(0, 10)


def test_an_option_may_be_a_tuple_but_not_several_options_at_once():
    seen = []

    def update(sizes):
        seen.append(sizes)

    def stage(control):
        fig = Figure()
        (line,) = fig.add_subplot().plot([0, 1])
        return Stage(fig, update, [line], sizes=control)

    stage(choice({"3": (3,), "8, 8": (8, 8)}, (8, 8)))
    assert seen[0] == (8, 8)
    for several in (w.SelectMultiple(options=[1, 2], value=[1]), w.IntRangeSlider(value=(2, 3))):
        with pytest.raises(TypeError, match="has several values at once"):
            stage(several)
