"""Stage: a matplotlib figure with controls, drawn by the browser from states that the kernel recorded."""

import asyncio
import inspect
from pathlib import Path

import anywidget
import ipywidgets as w
import traitlets as t
from matplotlib.backends.backend_agg import FigureCanvasAgg

from mlpkit.stage import sliders, themes
from mlpkit.stage.layers import background_and_foreground
from mlpkit.stage.states import States

HERE = Path(__file__).parent
SCALE = 2  # picture pixels for one CSS pixel: sharp on a projector and on HiDPI screens
GROWTH = 1.4  # a picture is shown this much larger at most, where the window is wide
SLICE = 0.012  # seconds of recording after which the kernel looks at its messages again


class Picture(anywidget.AnyWidget):
    """The browser's half: still pictures, vocabulary and the first state; all else is messages."""

    _esm = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("paint.js", "stage.js"))
    size = t.List(help="the figure's width and height in CSS pixels").tag(sync=True)
    width = t.Unicode(help="CSS width on the page").tag(sync=True)
    scale = t.Int(SCALE).tag(sync=True)
    pictures = t.Dict(help="theme -> {below, above}: PNG bytes").tag(sync=True)
    vocabulary = t.List(help="[table, index, value] rows known at the start").tag(sync=True)
    first = t.Dict(help="the first state: its message and its words").tag(sync=True)
    controls = t.List(help="[{name, values: texts, at: numbers}]").tag(sync=True)
    models = t.List(t.Instance(w.Widget)).tag(sync=True, **w.widget_serialization)
    spoken = t.Bool(help="whether the sentence is also shown under the picture").tag(sync=True)


class Stage(w.VBox):
    """An explorable figure: `Stage(fig, update, live=[line], n=steps(1, 60, 20))`.

    fig       a matplotlib Figure that pyplot does not manage; its layout is made once, here
    update    pure function of the controls' values by name; changes live artists, returns nothing
    live      the artists that update changes, and no others
    describe  function of the same values -> the state in words, shown under the picture and
              told to screen readers; without it the live texts are told, and not shown again
    controls  name=control, from mlpkit.stage's steps, slider, log_slider, choice, switch

    `stage.controls[name].value` reads and moves a control; `stage.figure` is the matplotlib
    figure at the controls' state. Raises TypeError when the controls' names are not update's
    parameters, ValueError for live artists of another figure.
    """

    _job = None

    def __init__(self, fig, update, live, describe=None, **controls):
        self._controls = controls
        check_parameters(update, controls)
        values = {name: sliders.positions(control) for name, control in controls.items()}
        for name, control in controls.items():
            sliders.snap(control, values[name])
            control.observe(lambda change, values=values[name]: sliders.snap(change.owner, values), "value")

        FigureCanvasAgg(fig)
        size = fig.canvas.get_width_height()
        fig.set_dpi(fig.dpi * SCALE)
        update(**{name: control.value for name, control in controls.items()})
        fig.draw_without_rendering()
        fig.set_layout_engine("none")  # from here on only live artists change

        self.states = States(fig, update, live, values, describe)
        width = f"clamp({size[0]}px, 52vw, {GROWTH * size[0]:.0f}px)"
        self.picture = self._picture(size=list(size), width=width, spoken=describe is not None)
        self.picture.on_msg(self._hear)
        row = w.Box(list(controls.values()), layout={"flex_flow": "row wrap", "max_width": width})
        super().__init__([row, self.picture])

    def _picture(self, **looks):
        """The browser's half with all it needs to show the present state at once."""
        first, data = self.states.single(self.position).message()
        values = self.states.values
        return Picture(
            pictures={theme: self._paint(theme) for theme in (themes.LIGHT, themes.DARK)},
            vocabulary=self.states.recorder.vocabulary.take_news(),
            first={**first, "words": data},
            controls=[
                dict(name=name, values=sliders.labels(c, values[name]), at=_numbers(c, values[name]))
                for name, c in self._controls.items()
            ],
            models=list(self._controls.values()),
            **looks,
        )

    @property
    def controls(self):
        """{name: control}: the ipywidgets that steer the stage."""
        return dict(self._controls)

    @property
    def position(self):
        """Where the controls stand, as indices into their lists of values."""
        return [sliders.place(c, self.states.values[name]) for name, c in self._controls.items()]

    @property
    def figure(self):
        """The matplotlib figure in the state that the controls show."""
        self.states.update(**self.states.parameters(self.position))
        return self.states.fig

    @property
    def words(self):
        """The state in words."""
        return self.states.state(self.position)[1]

    def __repr__(self):
        told = (
            sliders.labels(c, self.states.values[name])[sliders.place(c, self.states.values[name])]
            for name, c in self._controls.items()
        )
        return f"Stage({', '.join(map('='.join, zip(self._controls, told, strict=True)))})"

    # -- what the browser asks for

    def _paint(self, theme):
        below, above = background_and_foreground(self.states.fig, self.states.moving, self.states.over, theme)
        return dict(below=below, above=above)

    def _hear(self, _, message, buffers):
        kind, at = message["kind"], message.get("at")
        if kind == "hello":  # a browser that starts anew, perhaps long after the stage was made
            self._tell(dict(kind="vocabulary", add=self.states.recorder.vocabulary.everything()))
        elif kind == "state":
            try:
                self._say(self.states.single(at))
            except Exception as error:
                self._failed(at, error)
        elif kind == "tables":
            self._stop()
            self._start(self._tables(message["axes"], at))

    def _say(self, batch):
        message, data = batch.message()
        self._tell({**message, "add": self.states.recorder.vocabulary.take_news()}, [data])

    def _tell(self, message, buffers=None):
        self.picture.send(message, buffers)

    def _failed(self, at, error):
        """`update` raised: the browser says so in the picture's place, and the stage goes on."""
        where = ", ".join(f"{name}={value}" for name, value in self.states.parameters(at).items())
        self._tell(
            dict(kind="trouble", at=at, text=f"update({where}) failed: {type(error).__name__}: {error}")
        )

    # -- frames ahead of the hand

    def _tables(self, axes, at):
        """Record and send the tables of these controls, yielding after each slice."""
        for axis in axes:
            for batch in self.states.ahead(axis, at, SLICE, self._failed):
                self._say(batch)
                yield

    def _start(self, slices):
        async def one_by_one():
            for _ in slices:
                await asyncio.sleep(0)  # messages and cells that wait come first

        try:
            self._job = asyncio.get_running_loop().create_task(one_by_one())
        except RuntimeError:  # no event loop (a plain Python process): do it at once
            for _ in slices:
                pass

    def _stop(self):
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def close(self):
        """Forget the stage: its picture, its controls and the work it has under way."""
        self._stop()
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
    """The values as numbers for finding the nearest in the browser; empty for menus, which have an index."""
    return [] if hasattr(control, "options") else [float(v) for v in values]
