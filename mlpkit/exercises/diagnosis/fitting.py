"""Fit the number of a mistake to what came: a wrong solution with `eps`, a clip or a factor of any size."""

from collections.abc import Mapping

import numpy as np

from mlpkit.exercises.diagnosis.evaluation import evaluated
from mlpkit.exercises.diagnosis.forms import arrays
from mlpkit.exercises.mistakes import Misconception

GRID = 49  # values tried between low and high
STEPS = 80  # of the bisection
PLACES = 6  # at which a call's number is searched
MACHINE = (np.finfo(float).eps, np.finfo(np.float32).eps, np.finfo(float).tiny, np.finfo(np.float32).tiny)


def fit(known: Misconception, calls, seen, wanted) -> Mapping[str, float] | None:
    """The value of the mistake's number with which it gives what came, or None; one number is fitted.

    `calls`, `seen`, `wanted`: one per probe. In the calls that differ most from what was expected the number
    is searched at the entries that depend most on it, by bisection between neighbouring grid points; a round
    value nearby is preferred. It explains that call; whether the mistake agrees everywhere is for the caller
    to see. A single number can be met by some value of any mistake: where no other is wrong, only a round
    value counts.
    """
    if len(known.fits) != 1:
        return None
    ((name, limits),) = known.fits.items()
    grid = np.geomspace(limits.low, limits.high, GRID)
    telling = _telling_calls(calls, seen, wanted)
    alone = sum(int(wrong.sum()) for _, _, wrong in telling) < 2
    for call, came, wrong in telling:

        def row(value, call=call):
            return _row(known.wrong, call, {name: value})

        rows = [row(value) for value in grid]
        if any(one.size != came.size for one in rows):
            continue
        for i, at in _places(np.array(rows) - came, came, wrong):

            def miss(value, at=at, row=row, target=float(came[at])):
                one = row(value)
                return float(one[at] - target) if at < one.size else np.nan

            value = _root(miss, grid, i)
            nice = _round(value, miss)
            for one in (nice,) if alone else (nice, value):
                if one is not None and _near(row(one), came):
                    return {name: one}
    return None


def _telling_calls(calls, seen, wanted):
    """The calls with what came and which entries are wrong, the most wrong ones first."""
    found = []
    for call, got, right in zip(calls, seen, wanted, strict=True):
        if got.raised or right.raised:
            return []
        one, other = _flat(got.value), _flat(right.value)
        if one.size != other.size or not one.size:
            continue
        with np.errstate(all="ignore"):
            gap = np.abs(one - other) / np.maximum(np.abs(one), np.abs(other))
        gap = np.where(np.isfinite(one), np.nan_to_num(gap, nan=0.0, posinf=1.0), 0.0)
        wrong = gap > 1e-9  # less is rounding
        if wrong.any():
            found.append((float(gap.max()), call, one, wrong))
    return [(call, one, wrong) for _, call, one, wrong in sorted(found, key=lambda entry: -entry[0])[:3]]


def _places(misses, came, wrong):
    """(i, entry), a few: between the grid points i and i + 1 the entry passes what came.

    First where most entries pass it, for there the number is; the steepest entries first.
    """
    with np.errstate(all="ignore"):
        passes = (misses[:-1] * misses[1:] <= 0) & (misses[:-1] != misses[1:]) & wrong
        scale = np.max(np.abs(came), where=np.isfinite(came), initial=1e-300)
        change = np.abs(np.diff(misses, axis=0)) / (np.abs(came) + 1e-6 * scale)  # near 0 it may be rounding
    change = np.where(passes & np.isfinite(change), change, 0.0)
    votes = (change > 0).sum(axis=1) + change.max(axis=1) / (1 + change.max())
    found = [(int(i), int(np.argmax(change[i]))) for i in np.argsort(-votes)[:PLACES] if votes[i]]
    hits = np.argwhere((misses == 0) & wrong & (misses != misses[0]).any(axis=0))
    return found or [tuple(int(n) for n in hit) for hit in hits[:1]]


def _root(miss, grid, i):
    left, right = float(grid[i]), float(grid[min(i + 1, len(grid) - 1)])
    at_left = miss(left)
    return left if at_left == 0 else _bisected(miss, left, right, at_left)


def _near(one, came):
    """Whether two rows of numbers are equal but for rounding."""
    with np.errstate(all="ignore"):
        scale = np.max(np.abs(came), initial=0.0, where=np.isfinite(came))
        same = one.size == came.size
        return same and np.allclose(one, came, rtol=1e-6, atol=1e-9 * min(scale, 1.0), equal_nan=True)


def _flat(value):
    parts = arrays(value)
    return np.concatenate([part.ravel() for part in parts]) if parts else np.zeros(0)


def _row(wrong, call, values):
    """All numbers of a wrong solution's result, in one row; none where it fails."""
    return _flat(evaluated(lambda *arguments: wrong(*arguments, **values), call))


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
    """A round number, or one of the machine's, that is as near as the digits allow, or None."""
    scale = 10.0 ** np.floor(np.log10(value))
    choices = [float(f"{np.round(value / scale, digits) * scale:.12g}") for digits in (0, 1, 2, 3)]
    choices += [float(one) for one in MACHINE]
    limit = max(abs(miss(value)), 1e-9 * abs(miss(value * 2)))
    for one in choices:
        if abs(one - value) <= 0.1 * value and abs(miss(one)) <= 10 * limit:
            return one
    return None
