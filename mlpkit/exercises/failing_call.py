"""A call that fails, as a student can copy it: the arguments as code, what was expected and what came."""

import numpy as np

from mlpkit.exercises.comparisons import number
from mlpkit.exercises.diagnosis.forms import arrays
from mlpkit.exercises.records import Mismatch
from mlpkit.exercises.sandboxed.plain import Items, Nothing, Numbers, Other, Text
from mlpkit.exercises.sandboxed.run import Built, Call, Observation

MOST = 60  # numbers of the arguments, above which a call is too long to be copied
FEW = 24  # numbers of a result, above which its worst entry is shown alone
NAMED = {
    "tanh": "np.tanh",
    "relu": "lambda z: np.maximum(z, 0)",
    "identity": "lambda z: z",
    "bent": "lambda z: z * z - z",
}
SLOPES = {
    "tanh": "lambda z: 1 - np.tanh(z) ** 2",
    "relu": "lambda z: (z > 0) * 1.0",
    "bent": "lambda z: 2 * z - 1",
}
SCALARS = {
    "cubes": "lambda x: (np.arange(1, x.size + 1).reshape(x.shape) * x**3).sum()",
    "waves": "lambda x: np.sin(x).sum() * np.exp(-0.3 * x.flat[0])",
    "products": "lambda x: (x.flat[1:] * x.flat[:-1]).sum() + 2 * (x**2).sum()",
}
MADE = {
    "functions.named": lambda options: NAMED.get(options["name"]),
    "functions.strided": lambda options: as_code(options["values"]),
    "ex05.scalar": lambda options: SCALARS.get(options["name"]),
    "ex05.slope": lambda options: SLOPES.get(options["name"]),
    "ex06.generator": lambda options: f"np.random.default_rng({options['seed']})",
    "ex06.watched": lambda options: as_code(options["arrays"]),
}


def size(call: Call) -> int:
    """How many numbers the arguments of a call have."""
    return sum(map(_size, call.arguments))


def _size(value):
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return sum(map(_size, value.options.values())) if isinstance(value, Built) else 1


def as_text(question, call: Call, got: Observation, wanted: Observation, mismatch: Mismatch) -> str:
    """The call as code with both results as comments; "" where it is too long or cannot be written down."""
    if size(call) > MOST:
        return ""
    arguments = [as_code(value) for value in call.arguments]
    if any(one is None for one in arguments):
        return ""
    line = f"{question.name}({', '.join(map(str, arguments))})"
    if len(line) > 90:
        inside = ",\n    ".join(map(str, arguments))
        line = f"{question.name}(\n    {inside},\n)"
    expected, came = _results(call, got, wanted, mismatch)
    return f"{line}\n# expected: {expected}\n# got:      {came}"


def _results(call, got, wanted, mismatch):
    right = sum(part.size for part in arrays(wanted.value))
    came = sum(part.size for part in arrays(got.value))
    if call.observer == "observers.call" and not got.raised and right <= FEW and came <= FEW:
        return _value(wanted.value), _value(got.value)
    where = f" at {mismatch.where}" if mismatch.where else ""
    return mismatch.expected, f"{mismatch.got}{where}"


def as_code(value) -> str | None:
    """An argument as Python code; None for what has no short form.

    >>> as_code([np.array([0.5, 2.0]), 3])
    '[np.array([0.5, 2. ]), 3]'
    """
    if isinstance(value, Built):
        return MADE[value.maker](value.options) if value.maker in MADE else None
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, separator=", ", threshold=10**6, max_line_width=10**6, floatmode="unique"
        )
        kind = "" if value.dtype.kind in "fi" and value.dtype.itemsize == 8 else f", dtype=np.{value.dtype}"
        return f"np.array({' '.join(text.split())}{kind})"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, list | tuple):
        inside = [as_code(entry) for entry in value]
        if any(one is None for one in inside):
            return None
        open_, close = "[]" if isinstance(value, list) else "()"
        comma = "," if isinstance(value, tuple) and len(inside) == 1 else ""
        return f"{open_}{', '.join(map(str, inside))}{comma}{close}"
    return repr(value)


def _value(value) -> str:
    """A result in one line, with six digits."""
    if isinstance(value, Numbers):
        if not value.values.ndim:
            return number(float(value.values))
        text = np.array2string(
            value.values, separator=", ", precision=6, max_line_width=10**6, threshold=10**6
        )
        return " ".join(text.split())
    if isinstance(value, Items):
        named = value.names or [""] * len(value.items)
        inside = [
            f"{name!r}: {_value(entry)}" if value.names else _value(entry)
            for name, entry in zip(named, value.items, strict=True)
        ]
        return f"({', '.join(inside)})" if value.kind == "tuple" else f"[{', '.join(inside)}]"
    if isinstance(value, Text):
        return repr(value.text[:60])
    return "None" if isinstance(value, Nothing) else value.what if isinstance(value, Other) else "?"
