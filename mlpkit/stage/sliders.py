"""Controls of a stage: ordinary ipywidgets with a label, and the list of their positions.

Sliders, menus and check boxes have a finite list of values, whose states the kernel can compute in advance.
What is typed or drawn is *free*: any value is possible, and its state is computed when it arrives.
"""

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from numbers import Integral, Real
from pathlib import Path
from weakref import WeakSet

import anywidget
import ipywidgets as w
import numpy as np
import traitlets as t

MADE_HERE = WeakSet()  # controls whose layout and style nobody else has
MOST_POSITIONS = 10_000  # more than a mouse can tell apart, and more than a table can hold


def _style(label):
    """Label and layout: two controls side by side above a picture of usual width, one where it is narrow."""
    return dict(
        description=label,
        style={"description_width": "8.5rem"},
        layout={"flex": "1 1 21rem", "width": "auto"},
    )


def _made(control, spec=None):
    """Note that the control was made here, and the format that the author chose for its values."""
    MADE_HERE.add(control)
    if spec is not None:
        _write(1.5, spec)
        control.chosen_format = spec
    return control


def close(control):
    """Close a control, with its layout and style where they are its own."""
    if control in MADE_HERE:
        for part in ("layout", "style"):
            if hasattr(control, part):
                getattr(control, part).close()
    control.close()


def steps(low, high, value=None, *, step=1, label=""):
    """A slider over the integers low, low + step, ..., high."""
    given = [v for v in (low, high, value, step) if v is not None]
    if not all(isinstance(v, Integral) for v in given):
        raise TypeError(
            f"steps takes whole numbers; got {', '.join(map(repr, given))}: write slider(low, high, value, step=...)"
        )
    _check_range("steps", low, high, value, step)
    return _made(w.IntSlider(low if value is None else value, low, high, step, **_style(label)))


def slider(low, high, value=None, *, step=None, label="", format=None):
    """A slider over [low, high] in equal steps (default: a hundred).

    `format`: how the value is written everywhere, as in Python: ".2f", ".3g", ".1e", ".0%", ",.0f".
    """
    _check_range("slider", low, high, value, 1 if step is None else step)
    step = (high - low) / 100 if step is None else step
    value = low if value is None else value
    text = format or (".2f" if step >= 0.005 and max(abs(low), abs(high)) < 1e6 else ".4g")
    made = w.FloatSlider(value, min=low, max=high, step=step, readout_format=text, **_style(label))
    return _made(made, format)


def log_slider(low, high, value=None, *, per_octave=8, label="", format=None):
    """A slider over [low, high], low > 0, in equal factors: `per_octave` steps double the value.

    With `low` a power of two all powers of two are among its positions. `format` as for `slider`.
    """
    if not (0 < low < high < math.inf and per_octave > 0):
        raise ValueError(
            f"log_slider needs 0 < low < high; got low={low}, high={high}, and per_octave={per_octave} above 0"
        )
    _check_range("log_slider", low, high, value, 1)
    ends = dict(min=float(np.log2(low)), max=float(np.log2(high)), step=1 / per_octave)
    made = w.FloatLogSlider(
        low if value is None else value, base=2, readout_format=format or ".3g", **ends, **_style(label)
    )
    return _made(made, format)


def _check_range(name, low, high, value, step):
    """Raise ValueError for a range that has no two positions, or a value outside of it."""
    numbers = [v for v in (low, high, value, step) if v is not None]
    if not all(isinstance(v, Real) for v in numbers):
        raise TypeError(f"{name} takes numbers: {name}(0, 10); got {', '.join(map(repr, numbers))}")
    if not all(math.isfinite(v) for v in numbers) or not low < high:
        raise ValueError(f"{name} needs finite numbers low < high; got low={low}, high={high}")
    if value is not None and not low <= value <= high:
        raise ValueError(f"{name} starts at {value}, which is not between {low} and {high}")
    if step <= 0:
        raise ValueError(f"{name} needs a step above 0; got step={step}")


def _write(value, spec):
    """A number in a format that Python and the page both know."""
    try:
        return format(round(value) if spec.endswith("d") else value, spec)
    except (ValueError, TypeError):
        raise ValueError(f"format {spec!r} is not one for numbers; write '.2f', '.3g', '.1e', '.0%'") from None


def choice(options, value=None, *, label=""):
    """A menu. `options`: a list of values, or {text: value}; the values may be anything, also arrays."""
    if isinstance(options, str) and not options or not hasattr(options, "__iter__"):
        raise TypeError(f"choice takes a list of options, or {{text: value}}; got {options!r}")
    pairs = list(options.items()) if isinstance(options, Mapping) else [(_text(o), o) for o in options]
    if not pairs:
        raise ValueError("choice needs at least one option: choice(['a', 'b']) or choice({'text': value})")
    start = next((i for i, (_, option) in enumerate(pairs) if _equal(option, value)), None)
    if value is not None and start is None:
        raise ValueError(f"choice starts at {_text(value)}, which is none of its options: {[t for t, _ in pairs]}")
    made = w.Dropdown(options=[(str(text), v) for text, v in pairs], equals=_equal, **_style(label))
    made.index = start or 0
    return _made(made)


def _text(option):
    """An option as one short line."""
    text = " ".join(str(option).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _equal(a, b):
    """Whether two options are the same; True or False for arrays, too."""
    try:
        return bool(a is b or (type(a) is type(b) or np.isscalar(a) and np.isscalar(b)) and np.all(a == b))
    except (ValueError, TypeError):  # of different shapes
        return False


def switch(value=False, *, label=""):
    """A check box."""
    return _made(w.Checkbox(value, indent=True, **_style(label)))


def line_of_text(value="", *, label=""):
    """A line to type in, read when Enter is pressed or the line is left. Free: `update` gets any text."""
    return _made(w.Text(value, continuous_update=False, **_style(label)))


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
    return _made(Points(value=rows, start=rows, description=label, layout=_style(label)["layout"]))


def is_free(control):
    """Whether the control takes values that cannot be listed."""
    return isinstance(control, w.Text | Points)


KINDS = "mlpkit.stage: steps, slider, log_slider, choice, switch, line_of_text, points"


def positions(control, name="control"):
    """Every value that a control can take, in order; None for a free control.

    Raises TypeError for what is no control or has no positions, ValueError for too long a list.
    """
    _check_kind(control, name)
    if is_free(control):
        return None
    if hasattr(control, "options"):
        if not control.options:
            raise ValueError(f"the menu {name!r} has no options")
        return list(control._options_values)
    if isinstance(control.value, bool):
        return [False, True]
    if control.step is None or not control.step > 0:
        raise ValueError(f"slider {name!r} needs a step above 0; got step={control.step}")
    count = int(np.floor((control.max - control.min) / control.step + 1e-9)) + 1
    if count < 2:
        raise ValueError(
            f"slider {name!r} has a single position: it goes from {control.min} to {control.max} in steps of "
            f"{control.step}"
        )
    if count > MOST_POSITIONS:
        raise ValueError(
            f"slider {control.description!r} has {count} positions, at most {MOST_POSITIONS} are sensible: "
            f"give it a step of at least {(control.max - control.min) / (MOST_POSITIONS - 1):.3g}"
        )
    digits = max(12, 10 - math.floor(math.log10(control.step)))  # of the decimals, those that are no noise
    at = control.min + control.step * np.arange(count)
    at = np.round(at, digits) if digits < 300 else at
    values = control.base**at if hasattr(control, "base") else at
    return [int(v) for v in values] if isinstance(control.value, int) else values.tolist()


def _check_kind(control, name):
    """Raise TypeError for what is no control of a stage, with what to write instead."""
    kind = type(control).__name__
    if not isinstance(control, w.Widget):
        raise TypeError(f"{name}={_text(repr(control))} is no control; write {name}={_instead(control)}")
    if control.comm is None:
        raise ValueError(f"the control {name!r} was closed, with its stage; make a new one")
    value = getattr(control, "value", None)
    chosen = getattr(control, "index", ())  # one option may be a tuple, as the sizes of several layers
    if isinstance(value, tuple) and isinstance(chosen, tuple):
        raise TypeError(
            f"{kind} {name!r} has several values at once and cannot steer a stage: use two sliders, "
            "as low=slider(...), high=slider(...)"
        )
    menu = hasattr(control, "options") and hasattr(control, "index")
    if is_free(control) or menu or isinstance(value, bool):
        return
    has_steps = all(hasattr(control, part) for part in ("min", "max", "step"))
    if not (has_steps and isinstance(value, int | float)):
        raise TypeError(
            f"{kind} cannot steer a stage: use a slider, a menu, a check box, text or points ({KINDS})"
        )


def _instead(given):
    """The control that was probably meant, as code."""
    if isinstance(given, bool):
        return f"switch({given})"
    if isinstance(given, str):
        return f"line_of_text({given!r}), or choice([...])"
    if isinstance(given, Real):
        return f"slider(0, {2 * given or 1}, {given}), or steps(...)"
    if isinstance(given, tuple) and len(given) in (2, 3) and all(isinstance(v, Real) for v in given):
        whole = all(isinstance(v, Integral) for v in given)
        ends = ", ".join(map(str, given[:2])) + (f", step={given[2]}" if len(given) == 3 else "")
        return f"steps({ends})" if whole else f"slider({ends})"
    if isinstance(given, list | tuple | range | Mapping | np.ndarray):
        return "choice([...])"
    return f"a control of {KINDS}"


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
        if not math.isclose(nearest, control.value, rel_tol=1e-9, abs_tol=1e-9 * abs(values[-1] - values[0])):
            control.value = nearest


def labels(control, values):
    """What the control shows at each position, as text; none for a free control."""
    if values is None:
        return []
    if hasattr(control, "options"):
        return list(control._options_labels)
    if spec := format_of(control):
        return [_write(v, spec) for v in values]
    return [str(v) if isinstance(v, bool | int) else f"{v:.4g}" for v in values]


USUAL = (".2f", ".3g", ".4g", "d")  # of sliders whose author chose none


def format_of(control):
    """The format that the author chose for the values, or None; of another ipywidget, if Python knows it."""
    given = getattr(control, "readout_format", None)
    if given is None or given in USUAL:
        return getattr(control, "chosen_format", None)
    with suppress(ValueError):
        _write(1.5, given)
        return given
    return None


def format_value(control, values):
    """The control's present value, as short text: without zeros at the end, which say nothing."""
    if values is not None:
        text = labels(control, values)[place(control, values)]
        return re.sub(r"^(-?\d+)(?:\.0+|(\.\d*[1-9])0+)$", r"\1\2", text)
    return f"{len(control.value)} points" if isinstance(control, Points) else repr(control.value)
