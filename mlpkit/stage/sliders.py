"""Controls of a stage: ordinary ipywidgets with a label, and all the positions they can take."""

from collections.abc import Mapping

import ipywidgets as w
import numpy as np

MOST_POSITIONS = 10_000  # more than a hand can tell apart, and more than a table can hold


def _look(label):
    """Two controls beside each other under a picture of usual width, one where there is less room."""
    return dict(
        description=label,
        style={"description_width": "8.5rem"},
        layout={"flex": "1 1 21rem", "width": "auto"},
    )


def steps(low, high, value=None, *, step=1, label=""):
    """A slider over the integers low, low + step, ..., high."""
    return w.IntSlider(low if value is None else value, low, high, step, **_look(label))


def slider(low, high, value=None, *, step=None, label="", format=".2f"):
    """A slider over [low, high] in equal steps (default: a hundred)."""
    step = (high - low) / 100 if step is None else step
    value = low if value is None else value
    return w.FloatSlider(value, min=low, max=high, step=step, readout_format=format, **_look(label))


def log_slider(low, high, value=None, *, per_octave=8, label="", format=".3g"):
    """A slider over [low, high], low > 0, in equal factors: `per_octave` steps double the value.

    With `low` a power of two all powers of two are among its positions.
    """
    if not 0 < low < high:
        raise ValueError(f"log_slider needs 0 < low < high; got low={low}, high={high}")
    ends = dict(min=float(np.log2(low)), max=float(np.log2(high)), step=1 / per_octave)
    return w.FloatLogSlider(
        low if value is None else value, base=2, readout_format=format, **ends, **_look(label)
    )


def choice(options, value=None, *, label=""):
    """A menu. `options`: a list of values, or {text: value}."""
    pairs = list(options.items()) if isinstance(options, Mapping) else [(str(o), o) for o in options]
    return w.Dropdown(options=pairs, value=pairs[0][1] if value is None else value, **_look(label))


def switch(value=False, *, label=""):
    """A check box."""
    return w.Checkbox(value, indent=True, **_look(label))


def positions(control):
    """Every value that a control can take, in order.

    Raises TypeError for a widget that has no finite list of values, ValueError for too long a list.
    """
    if hasattr(control, "options"):
        return list(control._options_values)
    if isinstance(control.value, bool):
        return [False, True]
    if not all(hasattr(control, name) for name in ("min", "max", "step")):
        raise TypeError(
            f"{type(control).__name__} cannot steer a stage: use a slider, a menu or a check box "
            "(mlpkit.stage: steps, slider, log_slider, choice, switch)"
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
    """The index of the control's value among its positions: the same one, or the nearest."""
    if hasattr(control, "options"):
        return control.index
    return int(np.argmin(np.abs(np.asarray(values, float) - control.value)))


def snap(control, values):
    """Move a control that was set between its positions to the nearest: it tells what the picture shows."""
    if not hasattr(control, "options"):
        nearest = values[place(control, values)]
        if not np.isclose(nearest, control.value, rtol=1e-9):
            control.value = nearest


def labels(control, values):
    """What the control shows at each position, as text."""
    if hasattr(control, "options"):
        return list(control._options_labels)
    return [str(v) if isinstance(v, bool | int) else f"{v:.4g}" for v in values]
