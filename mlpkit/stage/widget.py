"""The widget `Stage`: a matplotlib figure with controls, drawn by the browser from recorded states."""

import base64
import inspect
import warnings
from typing import Any

import ipywidgets as w
from matplotlib.backends.backend_agg import FigureCanvasAgg

from mlpkit.stage import export, layers, sliders
from mlpkit.stage import handles as handle_geometry
from mlpkit.stage.check import problems
from mlpkit.stage.kernel import Kernel
from mlpkit.stage.picture import Picture
from mlpkit.stage.states import States

SCALE = 2  # picture pixels for one CSS pixel: sharp on a projector and on HiDPI screens
GROWTH = 1.4  # a picture is shown this much larger at most, where the window is wide
PLAY_INTERVAL = 90  # milliseconds between the steps of a control that plays


class Stage(w.VBox):
    """An explorable figure: `Stage(fig, update, live=[line], n=steps(1, 60, 20))`.

    fig       a matplotlib Figure; its layout is made once, here
    update    pure function of the controls' values by name; changes live artists, returns nothing
    live      the artists that update changes, and no others
    describe  function of the same values -> a description of the state, shown under the picture and
              read by screen readers; without it screen readers read the live texts
    handles   what can be dragged or drawn in the picture: Handle, Movable, Sketch of mlpkit.stage
    play      name of a control made by `steps` that gets a Play button, for an animation
    controls  name=control, made by mlpkit.stage's steps, slider, log_slider, choice, switch, line_of_text,
              points

    `stage.controls[name].value` reads and moves a control; `stage.figure` is the matplotlib figure at the
    controls' state; `stage.save("x.png")`, `stage.to_html("x.html")` and `stage.check()` need no browser.
    Raises TypeError when the controls' names are not update's parameters or a control is of the wrong
    kind, ValueError for live artists or handles of another figure.
    """

    kernel: Any = None  # ipywidgets closes a stage whose __init__ raised, too

    def __init__(self, fig, update, live, describe=None, *, handles=(), play=None, **controls):
        self._controls = controls
        check_parameters(update, controls)
        values = {name: sliders.positions(control) for name, control in controls.items()}
        handle_geometry.check(handles, fig, controls, lambda control: isinstance(control, sliders.Points))
        for name, control in controls.items():
            sliders.snap(control, values[name])
            control.observe(lambda change, values=values[name]: sliders.snap(change.owner, values), "value")

        FigureCanvasAgg(fig)
        size = fig.canvas.get_width_height()
        fig.set_dpi(fig.dpi * SCALE)
        update(**{name: control.value for name, control in controls.items()})
        if engine := fig.get_layout_engine():
            engine.execute(fig)
        fig.set_layout_engine("none")  # from here on only live artists change
        FigureCanvasAgg(fig)  # a new canvas, without the megabytes of the one that computed the layout

        self.states = States(fig, update, live, values, describe, handles)
        self.kernel = Kernel(self.states)
        width = f"clamp({size[0]}px, 52vw, {GROWTH * size[0]:.0f}px)"
        self.picture = self._picture(size=list(size), width=width, described=describe is not None)
        self.kernel.listen_to(self.picture)
        row = [*self._play_buttons(play), *controls.values()]
        super().__init__([w.Box(row, layout={"flex_flow": "row wrap", "max_width": width}), self.picture])

    def _picture(self, **looks):
        """The widget in the browser, with all it needs to show the present state at once."""
        states, theme = self.states, self.kernel.first_theme()
        drawn = self.kernel.draw(theme)  # before the first state: drawing computes the positions of texts
        first, data = states.single(self.position).message()
        axes = states.fig.axes
        return Picture(
            scale=SCALE,
            pictures={theme: drawn},
            resources=states.recorder.resources.take_unsent(),
            first={**first, "data": data},
            controls=[
                dict(
                    name=name,
                    label=control.description,
                    values=sliders.labels(control, states.values[name]),
                    at=_numbers(control, states.values[name]),
                    free=states.values[name] is None,
                )
                for name, control in self._controls.items()
            ],
            axes=[handle_geometry.geometry(ax) for ax in axes],
            handles=[{**h.message(), "axes": axes.index(h.ax)} for h in states.handles],
            models=list(self._controls.values()),
            **looks,
        )

    def _play_buttons(self, play):
        """The Play buttons of a control, linked to it in the browser; none without `play`."""
        if play is None:
            return []
        control = self._controls.get(play)
        if not isinstance(control, w.IntSlider):
            raise ValueError(
                f"play={play!r} must name a control made by steps(); the controls are {list(self._controls)}"
            )
        buttons = w.Play(
            value=control.value, min=control.min, max=control.max, step=control.step, interval=PLAY_INTERVAL,
            show_repeat=False, layout={"flex": "0 0 auto"}, tooltip=f"play {control.description}",
        )  # fmt: skip
        w.jslink((buttons, "value"), (control, "value"))
        return [buttons]

    @property
    def controls(self):
        """{name: control}: the ipywidgets that set the values of `update`."""
        return dict(self._controls)

    @property
    def position(self):
        """The controls' positions: indices into their lists of values; a free control's value itself."""
        return [sliders.place(c, self.states.values[name]) for name, c in self._controls.items()]

    @property
    def figure(self):
        """The matplotlib figure in the state that the controls show."""
        self.states.update(**self.states.parameters(self.position))
        return self.states.fig

    @property
    def description(self):
        """What `describe` says of the state that the controls show."""
        return self.states.state(self.position)[1]

    @property
    def words(self):
        """The old name of `description`."""
        warnings.warn("Stage.words is now Stage.description", DeprecationWarning, stacklevel=2)
        return self.description

    def __repr__(self):
        values = (
            f"{name}={sliders.format_value(c, self.states.values[name])}"
            for name, c in self._controls.items()
        )
        return f"Stage({', '.join(values)})"

    def _repr_mimebundle_(self, **kwargs):
        """The widget, its short text, and a picture for places that show no widgets."""
        png = layers.picture(self.figure, shrink=SCALE)
        return {**(super()._repr_mimebundle_(**kwargs) or {}), "image/png": base64.b64encode(png).decode()}

    # -- without a browser, and for pages without Python

    def save(self, path, control=None):
        """Write the picture of the present state (.png, .pdf, .svg), or an animation of a control (.gif)."""
        export.save(self, path, control)

    def to_html(self, path, most=3000):
        """One file that works from disk, without Python or network.

        It has every position if there are at most `most`. Else each control can be moved alone, the others
        fixed at their present values, and the page says so where it has no picture.
        """
        export.to_html(self, path, most)

    def tabulate(self, most=3000):
        """Put the tables into the widget's state, for nbconvert and pages that show saved widgets."""
        self.kernel.complete_pictures()
        self.picture.tables = [{**part, "data": data} for part, data in export.tables(self, most)]
        self.picture.resources = self.states.recorder.resources.rows()

    def check(self, positions=20, seed=0):
        """Raise ValueError when `update` is not pure, or changes more than the live artists.

        It is called at the ends and at random positions of the controls, in two orders: the same position
        must give the same display list and description, and the static pictures must stay as they are.
        """
        found = problems(self.states, self.position, positions, seed)
        if found:
            raise ValueError("this stage is not explorable: " + "; ".join(found))

    def close(self):
        """Close the stage: its picture, its controls and its prefetching."""
        if self.kernel:
            self.kernel.close()
        for child in self.children:
            child.close()
        for control in self._controls.values():
            control.close()
        super().close()


def check_parameters(update, controls):
    """Raise TypeError when the controls are not exactly what `update` takes by name."""
    try:
        inspect.signature(update).bind(**controls)
    except TypeError as error:
        names = ", ".join(controls) or "(none)"
        raise TypeError(
            f"update{inspect.signature(update)} must take the controls {names} by name: {error}"
        ) from None


def _numbers(control, values):
    """The values as numbers, for finding the nearest in the browser; empty for menus, which have an index."""
    return [] if values is None or hasattr(control, "options") else [float(v) for v in values]
