"""The widget `Stage`: a matplotlib figure with controls, drawn by the browser from recorded states."""

import base64
import warnings
from contextlib import suppress
from typing import Any

import ipywidgets as w

from mlpkit.stage import arguments, export, layers, reruns, sliders
from mlpkit.stage import handles as handle_geometry
from mlpkit.stage.check import problems
from mlpkit.stage.frame import Frame, out_of_pyplot
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
    The figure is taken out of pyplot, and otherwise left as it was: its size, dpi and layout may be changed
    afterwards, and the stage stays as it is. A cell that is run again closes the stage that it made before.
    Raises TypeError when the controls' names are not update's parameters or a control is of the wrong
    kind, ValueError for live artists or handles of another figure; what was given is then as it was.
    """

    kernel: Any = None  # ipywidgets closes a stage whose __init__ raised, too
    states: Any = None
    _controls: dict = {}  # noqa: RUF012  (of a stage that was refused: it closes no control)
    _links = ()

    def __init__(self, fig, update, live=(), describe=None, *, handles=(), play=None, **controls):
        arguments.check_figure(fig)
        arguments.check_functions(update, describe)
        arguments.check_parameters(update, controls)
        values = {name: sliders.positions(control, name) for name, control in controls.items()}
        live, handles = arguments.flat(live), list(handles)
        arguments.check_live(fig, live)
        handle_geometry.check(handles, fig, controls, lambda control: isinstance(control, sliders.Points))
        arguments.check_play(play, controls)

        at = [sliders.place(control, values[name]) for name, control in controls.items()]
        engine, frame = fig.get_layout_engine(), Frame(fig, SCALE)
        with out_of_pyplot(fig), frame():
            order, _ = layers.drawn(fig, set(live))
            arguments.check_drawn(fig, live, order)
            pairs = zip(values.items(), at, strict=True)
            update(**{name: place if known is None else known[place] for (name, known), place in pairs})
            frame.lay_out(engine)
            states = States(frame, update, live, values, describe, handles)
            frame.keep(live)
            kernel = Kernel(states)
            theme = kernel.first_theme()
            drawn = kernel.draw(theme)  # before the first state: drawing computes the positions of texts
            first = states.single(at)
            if kernel.version != states.version:
                kernel.version, drawn = states.version, kernel.draw(theme)

        # from here on the stage is accepted
        self._controls, self.states, self.kernel = controls, states, kernel
        self.made_in, self.shown_in = reruns.cell(), set()
        for name, control in controls.items():
            sliders.snap(control, values[name])
        width, height = (part / SCALE for part in frame.pixels())
        wide = f"clamp({width:.0f}px, 52vw, {GROWTH * width:.0f}px)"
        size = [int(part) if part == int(part) else part for part in (width, height)]
        self.picture = self._picture(
            {theme: drawn}, first.message(), size=size, width=wide, described=describe is not None
        )
        kernel.listen_to(self.picture)
        row = [*self._play_buttons(play), *controls.values()]
        super().__init__([w.Box(row, layout={"flex_flow": "row wrap", "max_width": wide}), self.picture])
        for control in controls.values():
            control.observe(self._snap, "value")
        reruns.enter(self, controls.values())
        for other, again in reruns.replaced(self):
            other.close()
            if again:
                other.release()

    def _snap(self, change):
        """Move a control that was set between its positions to the nearest."""
        for name, control in self._controls.items():
            if control is change.owner:
                sliders.snap(control, self.states.values[name])

    def _picture(self, pictures, first, **looks):
        """The widget in the browser, with all it needs to show the present state at once."""
        states = self.states
        return Picture(
            scale=SCALE,
            pictures=pictures,
            resources=states.recorder.resources.take_unsent(),
            first={**first[0], "data": first[1]},
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
            axes=states.geometry,
            handles=[{**h.message(), "axes": states.axes.index(h.ax)} for h in states.handles],
            models=list(self._controls.values()),
            **looks,
        )

    def _play_buttons(self, play):
        """The Play buttons of a control, linked to it in the browser; none without `play`."""
        if play is None:
            return []
        control = self._controls[play]
        buttons = w.Play(
            value=control.value, min=control.min, max=control.max, step=control.step, interval=PLAY_INTERVAL,
            show_repeat=False, layout={"flex": "0 0 auto"}, tooltip=f"play {control.description}",
        )  # fmt: skip
        self._links = (w.jslink((buttons, "value"), (control, "value")),)
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
        with self.states.frame():
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
        if isinstance(self.states, Released):
            return self._text
        values = (
            f"{name}={sliders.format_value(c, self.states.values[name])}"
            for name, c in self._controls.items()
        )
        return f"Stage({', '.join(values)})"

    def _repr_mimebundle_(self, **kwargs):
        """The widget, its short text, and a picture for places that show no widgets."""
        self.shown_in.add(reruns.cell()[0])
        with self.states.frame():  # of this stage: the figure may have others
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
        made = export.tables(self, most)
        self.kernel.complete_pictures()
        self.picture.tables = [{**part, "data": data} for part, data in made]
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
        """Close the stage: its picture, its prefetching, and the controls that no other stage uses."""
        if self.kernel:
            self.kernel.close()
        for child in (*self.children, *self._links):
            child.close()
        for widget in (self, *self.children):
            widget.layout.close()
        for control in self._controls.values():
            with suppress(ValueError, KeyError):  # closed before
                control.unobserve(self._snap, "value")
        for control in reruns.leave(self, list(self._controls.values())):
            sliders.close(control)
        super().close()

    def release(self):
        """Give back the memory of a stage whose cell was run again: the notebook's `Out` may keep it."""
        self._text = repr(self)
        self.states = self.kernel.states = Released()
        self.picture.pictures = self.picture.first = {}
        self.picture.resources = []


class Released:
    """In place of the states of a stage that was released."""

    def __getattr__(self, name):
        raise RuntimeError("this stage's cell was run again, and made another stage: use that one")


def _numbers(control, values):
    """The values as numbers, for finding the nearest in the browser; empty for menus, which have an index."""
    return [] if values is None or hasattr(control, "options") else [float(v) for v in values]
