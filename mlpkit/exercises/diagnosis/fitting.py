"""Fit the number of a mistake to what came: a wrong solution with `eps`, a clip or a factor of any size."""

from collections.abc import Callable, Mapping

import numpy as np

from mlpkit.exercises.diagnosis.forms import arrays
from mlpkit.exercises.mistakes import Between, Misconception
from mlpkit.exercises.sandboxed.plain import plain
from mlpkit.exercises.sandboxed.run import built, found

GRID = 49  # values tried between low and high
STEPS = 80  # of the bisection
MACHINE = (np.finfo(float).eps, np.finfo(np.float32).eps, np.finfo(float).tiny, np.finfo(np.float32).tiny)


def fit(known: Misconception, calls, seen, wanted) -> Mapping[str, float] | None:
    """The value of the mistake's number with which it gives what came, or None; one number is fitted.

    `calls`, `seen`, `wanted`: one per probe. The number is searched where what came differs from what was
    expected: by bisection between neighbouring grid points, then a round value nearby is preferred. Whether
    the mistake then agrees everywhere is for the caller to see.
    """
    if len(known.fits) != 1:
        return None
    ((name, limits),) = known.fits.items()
    entry = _telling_entry(calls, seen, wanted)
    if entry is None:
        return None
    call, at, target = entry

    def miss(value: float) -> float:
        came = _evaluated(known.wrong, call, {name: value})
        return float(came[at] - target) if at < came.size else np.nan

    value = _root(miss, limits)
    return None if value is None else {name: _round(value, miss)}


def _telling_entry(calls, seen, wanted):
    """The call and the place of the finite number that differs most from what was expected."""
    best, choice = 0.0, None
    for call, got, right in zip(calls, seen, wanted, strict=True):
        if got.raised or right.raised:
            return None
        one, other = _flat(got.value), _flat(right.value)
        if one.size != other.size or not one.size:
            continue
        with np.errstate(all="ignore"):
            gap = np.abs(one - other) / np.maximum(np.abs(one), 1e-300)
        gap = np.where(np.isfinite(one), np.nan_to_num(gap, nan=1.0, posinf=1.0), 0.0)
        at = int(np.argmax(gap))
        if gap[at] > best:
            best, choice = float(gap[at]), (call, at, float(one[at]))
    return choice


def _flat(value):
    parts = arrays(value)
    return np.concatenate([part.ravel() for part in parts]) if parts else np.zeros(0)


def _evaluated(wrong, call, values):
    """All numbers of a wrong solution's result, in one row; none where it fails."""

    def function(*arguments):
        return wrong(*arguments, **values)

    try:
        with np.errstate(all="ignore"):
            return _flat(plain(found(call.observer)(function, built(call.arguments))))
    except Exception:
        return np.zeros(0)


def _root(miss: Callable[[float], float], limits: Between) -> float | None:
    """A value between the limits at which `miss` is 0, searched by magnitude."""
    grid = np.geomspace(limits.low, limits.high, GRID)
    misses = [miss(value) for value in grid]
    for left, right, one, other in zip(grid, grid[1:], misses, misses[1:], strict=False):
        if one == 0:
            return float(left)
        if np.isfinite(one) and np.isfinite(other) and one * other < 0:
            return _bisected(miss, float(left), float(right), one)
    return float(grid[-1]) if misses[-1] == 0 else None


def _bisected(miss, left, right, at_left):
    for _ in range(STEPS):
        middle = float(np.sqrt(left) * np.sqrt(right))
        if not left < middle < right:
            break
        here = miss(middle)
        if here == 0:
            return middle
        if np.isfinite(here) and here * at_left > 0:
            left = middle
        else:
            right = middle
    return left if abs(miss(left)) <= abs(miss(right)) else right


def _round(value, miss):
    """A round number, or one of the machine's, that is as near as the digits allow; else the value itself."""
    scale = 10.0 ** np.floor(np.log10(value))
    choices = [float(f"{np.round(value / scale, digits) * scale:.12g}") for digits in (0, 1, 2, 3)]
    choices += [float(one) for one in MACHINE]
    limit = max(abs(miss(value)), 1e-9 * abs(miss(value * 2)))
    for one in choices:
        if abs(one - value) <= 0.02 * value and abs(miss(one)) <= 10 * limit:
            return one
    return value
