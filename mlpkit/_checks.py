"""What several modules ask of their input: names from a registry, arrays of numbers, one example per row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


# What others call the same thing; spelling alone would not find it.
OTHER_NAMES = {
    "bce": "binary_cross_entropy", "glorot": "xavier", "heaviside": "step", "identity": "linear",
    "kaiming": "he", "logistic": "sigmoid", "mse": "squared_error", "sigmoid": "bernoulli",
    "silu": "swish", "softmax": "categorical",
}  # fmt: skip


class Registry(dict[str, T]):
    """Records by name; a wrong name is answered with the nearest right one, like everywhere else.

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
    """The record called `name`; a wrong name is answered with the nearest right one.

    >>> look_up("pet", "cta", {"cat": 1, "dog": 2})
    Traceback (most recent call last):
    ValueError: unknown pet 'cta'; did you mean 'cat'?
    """
    if not isinstance(name, str):
        raise TypeError(f"{kind} expects a name or a record; got {name!r}")
    if name in registry:
        return registry[name]
    raise ValueError(_unknown(kind, name, registry))


def _unknown(kind, name, registry):
    """What is said about a wrong name."""
    from difflib import get_close_matches  # only a wrong name pays for it

    word = str(name).lower()
    near = [OTHER_NAMES[word]] if OTHER_NAMES.get(word) in registry else []
    near += get_close_matches(word, list(registry), n=1, cutoff=0.5)
    advice = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(registry)}"
    return f"unknown {kind} {name!r}; {advice}"


def generator(who: str, rng: Any) -> np.random.Generator:
    """`rng` itself, or a new generator from a seed (None: another one each time)."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{who} expects rng to be a numpy.random.Generator or a seed >= 0; got {rng!r}"
        ) from error


def number(who: str, what: str, value: Any, low: float, high: float = np.inf) -> float:
    """`value` as a finite float in [low, high], or an error that names it."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{who} expects a number for {what}; got {value!r}")
    if not np.isfinite(value):
        raise ValueError(f"{who} expects a finite {what}; got {value!r}")
    if not low <= value <= high:
        raise ValueError(f"{who} expects {what} in [{low:g}, {high:g}]; got {value!r}")
    return float(value)


def positive(who: str, what: str, value: Any) -> float:
    """`value` as a finite float > 0."""
    if number(who, what, value, -np.inf) <= 0:
        raise ValueError(f"{who} expects {what} > 0; got {value!r}")
    return float(value)


def integer(who: str, what: str, value: Any, low: int) -> int:
    """`value` as an int >= low; 5.0 is refused, because a count that was computed may be 4.999."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(f"{who} expects an integer {what}; got {value!r}")
    if value < low:
        raise ValueError(f"{who} expects {what} >= {low}; got {value!r}")
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
