"""Controls of a stage: ordinary ipywidgets with a label, and the list of their positions.

Sliders, menus and check boxes have a finite list of values, whose states the kernel can compute in advance.
What is typed or drawn is *free*: any value is possible, and its state is computed when it arrives.
"""

from collections.abc import Mapping
from pathlib import Path

import anywidget
import ipywidgets as w
import numpy as np
import traitlets as t

MOST_POSITIONS = 10_000  # more than a mouse can tell apart, and more than a table can hold


def _style(label):
    """Label and layout: two controls side by side above a picture of usual width, one where it is narrow."""
    return dict(
        description=label,
        style={"description_width": "8.5rem"},
        layout={"flex": "1 1 21rem", "width": "auto"},
    )


def steps(low, high, value=None, *, step=1, label=""):
    """A slider over the integers low, low + step, ..., high."""
    return w.IntSlider(low if value is None else value, low, high, step, **_style(label))


def slider(low, high, value=None, *, step=None, label="", format=".2f"):
    """A slider over [low, high] in equal steps (default: a hundred)."""
    step = (high - low) / 100 if step is None else step
    value = low if value is None else value
    return w.FloatSlider(value, min=low, max=high, step=step, readout_format=format, **_style(label))


def log_slider(low, high, value=None, *, per_octave=8, label="", format=".3g"):
    """A slider over [low, high], low > 0, in equal factors: `per_octave` steps double the value.

    With `low` a power of two all powers of two are among its positions.
    """
    if not 0 < low < high:
        raise ValueError(f"log_slider needs 0 < low < high; got low={low}, high={high}")
    ends = dict(min=float(np.log2(low)), max=float(np.log2(high)), step=1 / per_octave)
    return w.FloatLogSlider(
        low if value is None else value, base=2, readout_format=format, **ends, **_style(label)
    )


def choice(options, value=None, *, label=""):
    """A menu. `options`: a list of values, or {text: value}."""
    pairs = list(options.items()) if isinstance(options, Mapping) else [(str(o), o) for o in options]
    return w.Dropdown(options=pairs, value=pairs[0][1] if value is None else value, **_style(label))


def switch(value=False, *, label=""):
    """A check box."""
    return w.Checkbox(value, indent=True, **_style(label))


def line_of_text(value="", *, label=""):
    """A line to type in, read when Enter is pressed or the line is left. Free: `update` gets any text."""
    return w.Text(value, continuous_update=False, **_style(label))


class Points(anywidget.AnyWidget):
    """Points in data coordinates, [[x, y], ...], moved or drawn in the picture; a button restores the first.

    A `Movable` or a `Sketch` of the stage sets them: see `mlpkit.stage.handles`.
    """

    _esm = Path(__file__).parent / "points.js"
    value = t.List(help="[[x, y], ...] in data coordinates").tag(sync=True)
    start = t.List(help="the points that the button restores").tag(sync=True)
    description = t.Unicode().tag(sync=True)

    @t.validate("value")
    def _checked(self, proposal):
        """Keep rows of two finite numbers: what comes from the browser is not trusted."""
        rows = np.asarray(proposal["value"], dtype=float).reshape(-1, 2)
        return rows[np.isfinite(rows).all(axis=1)].tolist()


def points(value=(), *, label=""):
    """Points that are drawn or dragged in the picture; free: `update` gets [[x, y], ...] of any length."""
    rows = [[float(x), float(y)] for x, y in value]
    return Points(value=rows, start=rows, description=label, layout=_style(label)["layout"])


def is_free(control):
    """Whether the control takes values that cannot be listed."""
    return isinstance(control, w.Text | Points)


def positions(control):
    """Every value that a control can take, in order; None for a free control.

    Raises TypeError for a widget without positions, ValueError for too long a list.
    """
    if is_free(control):
        return None
    if hasattr(control, "options"):
        return list(control._options_values)
    if isinstance(getattr(control, "value", None), bool):
        return [False, True]
    if not all(hasattr(control, name) for name in ("min", "max", "step", "value")):
        raise TypeError(
            f"{type(control).__name__} cannot steer a stage: use a slider, a menu, a check box, text or "
            "points (mlpkit.stage: steps, slider, log_slider, choice, switch, line_of_text, points)"
        )
    count = int(np.floor((control.max - control.min) / control.step + 1e-9)) + 1
    if count > MOST_POSITIONS:
        raise ValueError(
            f"slider {control.description!r} has {count} positions, at most {MOST_POSITIONS} are sensible: "
            f"give it a step of at least {(control.max - control.min) / (MOST_POSITIONS - 1):.3g}"
        )
    at = np.round(control.min + control.step * np.arange(count), 12)
    values = control.base**at if hasattr(control, "base") else at
    return [int(v) for v in values] if isinstance(control.value, int) else values.tolist()


def place(control, values):
    """The control's position: the index of its value, or a free control's value itself."""
    if values is None:
        return control.value
    if hasattr(control, "options"):
        return control.index
    return int(np.argmin(np.abs(np.asarray(values, float) - control.value)))


def snap(control, values):
    """Move a control that was set between its positions to the nearest, so that it says what is shown."""
    if values is not None and not hasattr(control, "options"):
        nearest = values[place(control, values)]
        if not np.isclose(nearest, control.value, rtol=1e-9):
            control.value = nearest


def labels(control, values):
    """What the control shows at each position, as text; none for a free control."""
    if values is None:
        return []
    if hasattr(control, "options"):
        return list(control._options_labels)
    return [str(v) if isinstance(v, bool | int) else f"{v:.4g}" for v in values]


def format_value(control, values):
    """The control's present value, as short text."""
    if values is not None:
        return labels(control, values)[place(control, values)]
    return f"{len(control.value)} points" if isinstance(control, Points) else repr(control.value)
