"""What several modules ask of their input: names from a registry, arrays of numbers, one example per row.

Imports: numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
Parameters = Mapping[str, tuple[float, float, float]]  # {name: (value, low, high)}

LONGEST = 80  # characters of a value in an error message

# What other libraries call the same thing; similar spelling alone would not find it.
OTHER_NAMES = {
    "bce": "binary_cross_entropy", "glorot": "xavier", "heaviside": "step", "identity": "linear",
    "kaiming": "he", "logistic": "sigmoid", "mse": "squared_error", "sigmoid": "bernoulli",
    "silu": "swish", "softmax": "categorical",
}  # fmt: skip


class Registry(dict[str, T]):
    """Records by name; for a wrong name the error suggests the nearest one.

    >>> from mlpkit.optimizers import OPTIMIZERS
    >>> OPTIMIZERS["adamm"]
    Traceback (most recent call last):
    KeyError: "unknown optimizer 'adamm'; did you mean 'adam'?"
    """

    def __init__(self, kind: str, records: Iterable[Any]):
        super().__init__({record.name: record for record in records})
        self.kind = kind

    def __missing__(self, name):
        raise KeyError(_unknown(self.kind, name, self))


def look_up(kind: str, name: Any, registry: Mapping[str, T]) -> T:
    """The record called `name`; for a wrong name the error suggests the nearest one.

    >>> look_up("pet", "cta", {"cat": 1, "dog": 2})
    Traceback (most recent call last):
    ValueError: unknown pet 'cta'; did you mean 'cat'?
    """
    if not isinstance(name, str):
        raise TypeError(_no_name(kind, name, registry))
    if name in registry:
        return registry[name]
    raise ValueError(_unknown(kind, name, registry))


def _no_name(kind, value, registry):
    """The message for a value that is no string; a function or class may have the name of a record."""
    word = str(getattr(value, "__name__", type(value).__name__)).lower()
    name = word if word in registry else OTHER_NAMES.get(word)
    advice = f"write {name!r}" if name in registry else f"choose one of {', '.join(registry)}"
    record = type(next(iter(registry.values()))).__name__
    return f"{kind} expects a name or a record; got {shown(value)}: {advice}, or give a record ({record})"


def _unknown(kind, name, registry):
    """The message for a name that is not in the registry."""
    from difflib import get_close_matches  # only a wrong name pays for it

    word = str(name).lower()
    near = [OTHER_NAMES[word]] if OTHER_NAMES.get(word) in registry else []
    near += get_close_matches(word, list(registry), n=1, cutoff=0.5)
    advice = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(registry)}"
    return f"unknown {kind} {shown(name)}; {advice}"


def shown(value: Any) -> str:
    """A value as an error message names it, in one short line: an array by its shape.

    >>> shown(np.zeros((400, 2))), shown("relux"), len(shown(list(range(400))))
    ('an array of shape (400, 2)', "'relux'", 80)
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    text = " ".join(repr(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def with_values(who: str, params: Parameters, given: Mapping[str, Any], *also: str) -> Parameters:
    """`params`, {name: (value, low, high)}, with the given values, each of which must lie in its range.

    also    what else `who` takes by name, for the message about an unknown name

    >>> with_values("elu", {"alpha": (1.0, 0.0, 5.0)}, {"alpha": 2})
    {'alpha': (2.0, 0.0, 5.0)}
    """
    for name, value in given.items():
        if name not in params:
            takes = ", ".join([*also, *params]) or "none"
            raise ValueError(f"{who} has no parameter {name}: it takes {takes}")
        number(who, name, value, *params[name][1:])
    return {name: (float(given.get(name, value)), low, high) for name, (value, low, high) in params.items()}


def generator(who: str, rng: Any, *, none: bool = False) -> np.random.Generator:
    """`rng` itself, or a new generator from a seed; `none`: None is allowed, for other numbers each time."""
    if isinstance(rng, np.random.Generator):
        return rng
    if none and rng is None:
        return np.random.default_rng()
    if isinstance(rng, bool | np.bool_) or not isinstance(rng, int | np.integer):
        raise TypeError(f"{who} expects rng to be a numpy.random.Generator or a seed >= 0; got {shown(rng)}")
    if rng < 0:
        raise ValueError(f"{who} expects rng to be a numpy.random.Generator or a seed >= 0; got {rng}")
    return np.random.default_rng(rng)


def number(who: str, what: str, value: Any, low: float, high: float = np.inf) -> float:
    """`value` as a finite float in [low, high], or an error that names it."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{who} expects a number for {what}; got {shown(value)}")
    if not np.isfinite(value):
        raise ValueError(f"{who} expects a finite {what}; got {shown(value)}")
    if not low <= value <= high:
        raise ValueError(f"{who} expects {what} in [{low:g}, {high:g}]; got {shown(value)}")
    return float(value)


def positive(who: str, what: str, value: Any) -> float:
    """`value` as a finite float > 0."""
    if number(who, what, value, -np.inf) <= 0:
        raise ValueError(f"{who} expects {what} > 0; got {shown(value)}")
    return float(value)


def integer(who: str, what: str, value: Any, low: int) -> int:
    """`value` as an int >= low; 5.0 is refused, because a count that was computed may be 4.999."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(f"{who} expects an integer {what}; got {shown(value)}")
    if value < low:
        raise ValueError(f"{who} expects {what} >= {low}; got {shown(value)}")
    return int(value)


def numbers(who: str, what: str, values: Any) -> np.ndarray:
    """`values` as an array of float64 (complex stays complex), without a copy where it is one already."""
    try:
        array = np.asarray(values)
    except ValueError as error:  # rows of different lengths
        raise ValueError(f"{who} expects {what} to be a full table of numbers; {error}") from error
    if array.dtype.kind not in "fciub":
        raise TypeError(f"{who} expects {what} to hold numbers; got dtype {array.dtype}")
    return array.astype(np.result_type(array.dtype, np.float64), copy=False)


def finite(who: str, what: str, array: np.ndarray) -> np.ndarray:
    """`array` itself, if no entry is nan or inf; else an error that says where the first one is."""
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{who} expects finite numbers in {what}; {what}{list(where)} is {array[where]}")
    return array


def batch(who: str, what: str, values: Any, width: int) -> np.ndarray:
    """`values` as a finite matrix (n, width), one example per row."""
    return finite(who, what, rows(who, what, values, width))


def rows(who: str, what: str, values: Any, width: int) -> np.ndarray:
    """`values` as a matrix (n, width), one example per row."""
    array = numbers(who, what, values)
    if array.ndim != 2 or array.shape[1] != width:
        hint = f"; for one column write {what}[:, None]" if array.ndim == 1 and width == 1 else ""
        raise ValueError(
            f"{who} expects {what} of shape (n, {width}), one example per row; got {array.shape}{hint}"
        )
    return array
