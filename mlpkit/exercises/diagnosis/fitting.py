"""Fit the number of a mistake to what came: a wrong solution with `eps`, a clip or a factor of any size."""

from collections.abc import Mapping

import numpy as np

from mlpkit.exercises.diagnosis.forms import arrays
from mlpkit.exercises.mistakes import Misconception
from mlpkit.exercises.sandboxed.plain import plain
from mlpkit.exercises.sandboxed.run import built, found

GRID = 49  # values tried between low and high
STEPS = 80  # of the bisection
ROOTS = 4  # tried, where a number meets what came at several values
MACHINE = (np.finfo(float).eps, np.finfo(np.float32).eps, np.finfo(float).tiny, np.finfo(np.float32).tiny)


def fit(known: Misconception, calls, seen, wanted) -> Mapping[str, float] | None:
    """The value of the mistake's number with which it gives what came, or None; one number is fitted.

    `calls`, `seen`, `wanted`: one per probe. The number is searched where what came differs from what was
    expected: by bisection between neighbouring grid points, at the entry that depends most on it there, then
    a round value nearby is preferred. Whether the mistake then agrees everywhere is for the caller to see. A
    single number can be met by some value of any mistake: where no other is wrong, only a round value counts.
    """
    if len(known.fits) != 1:
        return None
    ((name, limits),) = known.fits.items()
    grid = np.geomspace(limits.low, limits.high, GRID)
    telling = _telling_calls(calls, seen, wanted)
    alone = sum(int(wrong.sum()) for _, _, wrong in telling) < 2
    for call, came, wrong in telling:
        rows = [_evaluated(known.wrong, call, {name: value}) for value in grid]
        if any(row.size != came.size for row in rows):
            continue
        misses = np.array(rows) - came
        for i, at in _steepest(misses, came, wrong):

            def miss(value, call=call, at=at, target=float(came[at])):
                row = _evaluated(known.wrong, call, {name: value})
                return float(row[at] - target) if at < row.size else np.nan

            exact = misses[i, at] == 0
            value = (
                float(grid[i])
                if exact
                else _bisected(miss, float(grid[i]), float(grid[i + 1]), misses[i, at])
            )
            nice = _round(value, miss)
            if alone and nice is None:
                continue
            value = value if nice is None else nice
            if all(_agrees(known.wrong, other, {name: value}, row) for other, row, _ in telling):
                return {name: value}
    return None


def _agrees(wrong, call, values, came):
    """Whether the mistake with this number gives about what came, so that another root need not be tried."""
    row = _evaluated(wrong, call, values)
    return row.size == came.size and np.allclose(row, came, rtol=1e-4, atol=1e-9, equal_nan=True)


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
        if gap.any():
            found.append((float(gap.max()), call, one, gap > 0))
    return [(call, one, wrong) for _, call, one, wrong in sorted(found, key=lambda entry: -entry[0])[:3]]


def _steepest(misses, came, wrong):
    """Some (i, entry): between the grid points i and i + 1 the entry passes what came; first where it changes most."""
    with np.errstate(all="ignore"):
        passes = (misses[:-1] * misses[1:] < 0) & wrong
        change = np.abs(np.diff(misses, axis=0)) / np.abs(came)
    change = np.where(passes & np.isfinite(change), change, 0.0)
    if change.any():
        best = np.argsort(-change, axis=None)[: min(ROOTS, int((change > 0).sum()))]
        return [tuple(int(n) for n in np.unravel_index(k, change.shape)) for k in best]
    hits = np.argwhere((misses == 0) & wrong & (misses != misses[0]).any(axis=0))
    return [tuple(int(n) for n in hits[0])] if len(hits) else []


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
