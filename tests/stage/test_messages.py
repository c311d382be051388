"""What authors write by mistake, or as they know it from elsewhere: one clear sentence, or it is accepted."""

import ipywidgets as w
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from mlpkit.stage import (
    Handle,
    Movable,
    Stage,
    choice,
    line_of_text,
    log_slider,
    points,
    slider,
    steps,
    switch,
)
from mlpkit.stage import sliders as controls


def made():
    fig = Figure()
    ax = fig.add_subplot()
    return fig, ax, ax.plot([0, 1], [0, 1])[0]


def staged(**given):
    """A stage with these controls, whatever their names."""
    fig, _, line = made()
    return Stage(fig, lambda **values: line.set_ydata([0, 1]), line, **given)


class TestFigures:
    def test_axes_and_subfigures_are_answered_with_their_figure(self):
        _fig, ax, line = made()
        with pytest.raises(
            TypeError, match=r"got Axes: write Stage\(ax.get_figure\(root=True\), update, ...\)"
        ):
            Stage(ax, lambda k: None, [line], k=steps(1, 3))
        part = Figure().subfigures(1, 2)[0]
        with pytest.raises(TypeError, match=r"got SubFigure: write Stage\(subfigure.get_figure\(root=True\)"):
            Stage(part, lambda k: None, [line], k=steps(1, 3))

    @pytest.mark.parametrize("wrong", [plt, None, (1, 2), "fig"])
    def test_what_is_no_figure_is_refused(self, wrong):
        with pytest.raises(
            TypeError, match=r"takes a matplotlib Figure first; got \w+: write Stage\(fig, update"
        ):
            Stage(wrong, lambda k: None, [], k=steps(1, 3))

    def test_update_and_describe_are_functions(self):
        fig, _, line = made()
        with pytest.raises(TypeError, match=r"update must be a function of the controls' values; got Line2D"):
            Stage(fig, line, [line], k=steps(1, 3))
        with pytest.raises(TypeError, match=r"describe must be a function .* returns a text; got str"):
            Stage(fig, lambda k: None, [line], "k is 3", k=steps(1, 3))


class TestLive:
    @pytest.mark.parametrize(
        "shape", ["one", "list of plot", "nested", "tuple", "generator", "array", "dict"]
    )
    def test_one_artist_and_lists_in_any_depth_are_accepted(self, shape):
        fig, ax, line = made()
        plotted = ax.plot([0, 1], [1, 0], [0, 1], [2, 2])
        live = {
            "one": line, "list of plot": plotted, "nested": [line, [plotted]], "tuple": (line,),
            "generator": (one for one in plotted), "array": np.array(plotted, object),
            "dict": {"medians": plotted},
        }[shape]  # fmt: skip
        assert Stage(fig, lambda k: line.set_lw(k), live, k=steps(1, 3)).states.live <= {line, *plotted}  # noqa: PLW0108

    def test_containers_are_accepted(self):
        fig = Figure()
        ax = fig.add_subplot()
        live = [ax.bar([0, 1], [1, 2]), ax.errorbar([0, 1], [1, 2], [1, 1]), ax.stem([0, 1], [1, 2])]
        assert len(Stage(fig, lambda k: None, live, k=steps(1, 3)).states.live) >= 6

    def test_what_hist_and_streamplot_return_is_answered_with_what_to_pass(self):
        fig = Figure()
        ax = fig.add_subplot()
        with pytest.raises(TypeError, match=r"of ax.hist, pass the third thing that it returns"):
            Stage(fig, lambda k: None, [ax.hist([1, 2, 3])], k=steps(1, 3))
        streams = ax.streamplot(np.arange(3.0), np.arange(3.0), np.ones((3, 3)), np.ones((3, 3)))
        with pytest.raises(TypeError, match=r"got <matplotlib.*: pass its lines and arrows"):
            Stage(fig, lambda k: None, streams, k=steps(1, 3))

    @pytest.mark.parametrize("wrong", ["line", 3, [1.0]])
    def test_what_is_no_artist_is_refused(self, wrong):
        fig, *_ = made()
        with pytest.raises(TypeError, match=r"live takes artists, as ax.plot returns them; got"):
            Stage(fig, lambda k: None, wrong, k=steps(1, 3))

    @pytest.mark.parametrize("nothing", [None, [], (), [[]]])
    def test_nothing_is_refused(self, nothing):
        fig, *_ = made()
        with pytest.raises(ValueError, match=r"names no artist, so nothing could move: live=\[line\]"):
            Stage(fig, lambda k: None, nothing, k=steps(1, 3))

    def test_what_the_figure_does_not_draw_is_refused(self):
        fig, ax, line = made()
        ax.set_visible(False)
        with pytest.raises(
            ValueError, match=r"does not draw the live Line2D: its axes are hidden.*live=\[ax\]"
        ):
            Stage(fig, lambda k: None, line, k=steps(1, 3))


class TestControls:
    @pytest.mark.parametrize(
        ("given", "instead"),
        [
            ((0, 10), r"k=\(0, 10\) is no control; write k=steps\(0, 10\)"),
            ((0.0, 1.0), r"k=\(0.0, 1.0\) is no control; write k=slider\(0.0, 1.0\)"),
            ((0, 10, 2), r"write k=steps\(0, 10, step=2\)"),
            ((0, 1, 0.1), r"write k=slider\(0, 1, step=0.1\)"),
            (5, r"k=5 is no control; write k=slider\(0, 10, 5\), or steps\(...\)"),
            ([1, 2], r"write k=choice\(\[...\]\)"),
            (["a", "b"], r"write k=choice\(\[...\]\)"),
            ({"a": 1}, r"write k=choice\(\[...\]\)"),
            (True, r"write k=switch\(True\)"),
            ("sin", r"write k=line_of_text\('sin'\), or choice"),
            (np.arange(3), r"write k=choice\(\[...\]\)"),
            (None, "write k=a control of mlpkit.stage: steps, slider"),
            (steps, "write k=a control of mlpkit.stage: steps, slider"),
        ],
    )
    def test_interacts_short_forms_are_answered_with_the_control_that_is_meant(self, given, instead):
        with pytest.raises(TypeError, match=instead):
            staged(k=given)

    @pytest.mark.parametrize(
        "kind", [w.IntRangeSlider, w.FloatRangeSlider, w.SelectMultiple, w.SelectionRangeSlider]
    )
    def test_controls_of_several_values_are_refused(self, kind):
        with pytest.raises(
            TypeError, match=rf"{kind.__name__} 'k' has several values at once.*use two sliders"
        ):
            staged(k=kind(**({"options": [1, 2]} if kind.__name__.startswith("Select") else {})))

    @pytest.mark.parametrize("kind", [w.FloatText, w.ColorPicker, w.Button, w.DatePicker, w.Output])
    def test_widgets_without_positions_are_refused(self, kind):
        with pytest.raises(TypeError, match=f"{kind.__name__} cannot steer a stage: use a slider, a menu"):
            staged(k=kind())

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda: slider(1, 1), "slider needs finite numbers low < high; got low=1, high=1"),
            (lambda: slider(2, 1), "slider needs finite numbers low < high; got low=2, high=1"),
            (lambda: slider(0, float("inf")), "needs finite numbers low < high; got low=0, high=inf"),
            (lambda: slider(0, 1, 2), "slider starts at 2, which is not between 0 and 1"),
            (lambda: slider(0, 1, step=0), "slider needs a step above 0; got step=0"),
            (lambda: slider(0, 1, format="%.2f"), "format '%.2f' is not one for numbers; write '.2f'"),
            (lambda: steps(3, 3), "steps needs finite numbers low < high; got low=3, high=3"),
            (lambda: steps(1, 10, 20), "steps starts at 20, which is not between 1 and 10"),
            (lambda: log_slider(1, 8, 9), "log_slider starts at 9, which is not between 1 and 8"),
            (lambda: log_slider(1, 8, per_octave=0), "per_octave=0 above 0"),
            (lambda: choice([]), r"choice needs at least one option: choice\(\['a', 'b'\]\)"),
            (lambda: choice({}), "choice needs at least one option"),
            (lambda: choice(["a", "b"], "c"), r"choice starts at c, which is none of its options: \['a'"),
            (lambda: staged(k=w.Dropdown(options=[])), "the menu 'k' has no options"),
            (lambda: staged(k=w.FloatSlider(min=1, max=1)), "slider 'k' has a single position"),
            (lambda: staged(k=w.FloatSlider(step=0)), "slider 'k' needs a step above 0; got step=0"),
        ],
    )  # fmt: skip
    def test_ranges_and_menus_without_a_choice_are_refused(self, make, message):
        with pytest.raises(ValueError, match=message):
            make()

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (
                lambda: steps(0, 1, step=0.1),
                r"steps takes whole numbers; got 0, 1, 0.1: write slider\(low, high",
            ),
            (lambda: slider("0", 1), r"slider takes numbers: slider\(0, 10\); got '0', 1"),
            (lambda: choice(3), r"choice takes a list of options, or \{text: value\}; got 3"),
        ],
    )
    def test_values_of_another_type_are_refused(self, make, message):
        with pytest.raises(TypeError, match=message):
            make()


class TestValues:
    def test_of_a_tiny_range_stay_apart(self):
        control = slider(0, 1e-11, 3e-12)
        values = controls.positions(control)
        assert len(set(values)) == 101
        assert values[-1] == pytest.approx(1e-11)
        stage = staged(k=control)
        assert stage.position == [30]
        control.value = 5.04e-12
        assert control.value == pytest.approx(5e-12)
        assert repr(stage) == "Stage(k=5e-12)"

    def test_far_from_zero_stay_apart(self):
        values = controls.positions(slider(1e9, 1e9 + 1e-4, step=1e-6))
        assert len(set(values)) == 101

    def test_have_the_format_that_was_chosen_everywhere(self, tmp_path):
        stage = staged(
            a=slider(0, 1, 0.25, format=".3f"), b=slider(0, 1, 0.5, format=".0%"), c=slider(0, 1, 0.5)
        )
        assert repr(stage) == "Stage(a=0.25, b=50%, c=0.5)"
        texts = {one["name"]: one["values"] for one in stage.picture.controls}
        assert (texts["a"][25], texts["b"][50], texts["c"][50]) == ("0.250", "50%", "0.5")
        assert stage.controls["a"].readout_format == ".3f"
        log = staged(k=log_slider(1, 1024, 512, format=".1e"))
        assert repr(log) == "Stage(k=5.1e+02)"
        foreign = staged(k=w.FloatSlider(0.5, min=0, max=1, step=0.1, readout_format=".1e"))
        assert repr(foreign) == "Stage(k=5.0e-01)"

    def test_of_a_menu_may_be_tuples(self):
        assert repr(staged(hidden=choice([(4,), (4, 4)], (4, 4)))) == "Stage(hidden=(4, 4))"

    def test_of_a_menu_may_be_arrays(self):
        first, second = np.zeros(3), np.ones(200)
        fig, _, line = made()
        seen = []
        stage = Stage(fig, lambda data: seen.append(data), line, data=choice([first, second], second))  # noqa: PLW0108
        assert seen[-1] is second
        stage.controls["data"].index = 0
        assert stage.position == [0]
        assert stage.figure is fig
        assert seen[-1] is first
        assert max(len(text) for text in stage.picture.controls[0]["values"]) <= 40
        named = staged(data=choice({"zeros": first, "ones": second}))
        assert repr(named) == "Stage(data=zeros)"


class TestHandles:
    @pytest.mark.parametrize(
        ("axes", "told"),
        [
            ({"projection": "polar"}, "polar"),
            ({"projection": "3d"}, "3d"),
            ({"projection": "mollweide"}, "mollweide"),
            ({"xscale": "symlog"}, "x symlog"),
            ({"yscale": "logit"}, "y logit"),
        ],
    )
    def test_on_axes_where_they_cannot_move_are_refused(self, axes, told):
        fig = Figure()
        ax = fig.add_subplot(**axes)
        text = ax.set_title("")
        for handle, given in ((Handle(ax, x="k"), steps(1, 3)), (Movable(ax, "k"), points([(0, 0)]))):
            with pytest.raises(ValueError, match=f"cannot move on these axes .*{told}.*use a slider there"):
                Stage(fig, lambda k: None, text, handles=[handle], k=given)

    @pytest.mark.parametrize("control", [choice([1, 2]), switch(), line_of_text(), points()])
    def test_of_a_control_that_is_no_slider_are_refused(self, control):
        fig, ax, line = made()
        with pytest.raises(TypeError, match=r"Handle 'handle' moves a slider; got .* 'k'"):
            Stage(fig, lambda k: None, line, handles=[Handle(ax, x="k")], k=control)

    def test_what_is_no_handle_is_refused(self):
        fig, _, line = made()
        with pytest.raises(TypeError, match=r"handles takes Handle, Movable and Sketch.*got str"):
            Stage(fig, lambda k: None, line, handles=["k"], k=steps(1, 3))

    def test_in_an_inset_are_accepted(self):
        fig, ax, line = made()
        inset = ax.inset_axes((0.5, 0.5, 0.4, 0.4))
        stage = Stage(fig, lambda k: None, line, handles=[Handle(inset, x="k")], k=steps(1, 3))
        assert stage.picture.axes[stage.picture.handles[0]["axes"]] is not None


class TestMovingAxes:
    def test_every_state_says_where_its_axes_are(self):
        fig, ax, line = made()
        ax.set_xlim(0, 1)
        fig.add_axes((0.8, 0.8, 0.1, 0.1))

        def update(k):
            line.set_xdata([0, k])
            ax.set_xlim(0, k)

        stage = Stage(fig, update, [ax], handles=[Handle(ax, x="k")], k=steps(1, 20))
        message, _ = stage.states.table("k", [0]).message()
        assert message["moved"][0] is None
        moved = message["moved"][9]
        assert list(moved) == ["0"]
        x, _ = message["rings"][9][0]
        assert (x - moved["0"]["x"]["a"]) / moved["0"]["x"]["b"] == pytest.approx(10, rel=1e-4)

    def test_axes_that_stay_cost_nothing(self):
        message, _ = staged(k=steps(1, 3)).states.single([0]).message()
        assert message["moved"] is None
