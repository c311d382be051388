"""Where a result is right and where it is wrong: in which rows, for which values of an argument.

"Right where z ≥ 0; 0 where z < 0" is a fact that names no mistake and yet says where to look.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.diagnosis.leaves import Leaf, close
from mlpkit.exercises.diagnosis.outputs import Around


@dataclass(frozen=True)
class Region:
    """`text` says where the result is right and what it is elsewhere."""

    text: str
    hint: str


@dataclass(frozen=True)
class _Masked:
    """A leaf, which of its entries are right, and what can be said of each entry: {"z": array like it}."""

    leaf: Leaf
    right: np.ndarray
    around: dict[str, np.ndarray]


NOTHING = 1e-4  # beside the size of the others, a right entry below that may be right by being 0


def region(found: list[Leaf], surroundings: list[Around], describe) -> Region | None:
    """The first description of the wrong entries that fits all arrays; None where there is none.

    `surroundings`: by the number of the case; `describe`: `splits`, or `tails`, which say less.
    """
    masked = []
    for leaf in found:
        if leaf.got.shape != leaf.right.shape or not leaf.right.ndim:
            return None
        right = close(leaf.got, leaf.right, leaf.single)
        masked.append(_Masked(leaf, right, _around(leaf, surroundings[leaf.case].arrays)))
    rights = sum(int(m.right.sum()) for m in masked)
    wrongs = sum(int((~m.right).sum()) for m in masked)
    telling = _telling(masked)
    if rights < 2 or wrongs < 2 or telling < 2 or _smooth(masked):
        return None
    for text, hint, where_wrong in describe(masked):
        inside = [np.broadcast_to(where_wrong(m), m.right.shape) for m in masked]
        if all(np.array_equal(one, ~m.right) for one, m in zip(inside, masked, strict=True)):
            return Region(f"right {text}; {_other_place(text)} {_instead(masked)}", hint)
        if instead := _replaced(masked, inside):
            return Region(f"right {text}; {_other_place(text)} it is {instead}", hint)
    return None


def _telling(masked):
    """How many right entries say something: not 0 or 1, also not beside what the wrong ones should be."""
    wrong = np.abs(np.concatenate([m.leaf.right[~m.right] for m in masked]))
    size = np.median(wrong[np.isfinite(wrong)]) if np.isfinite(wrong).any() else 0.0
    right = np.concatenate([m.leaf.right[m.right] for m in masked])
    right = right[np.isfinite(right)]
    return int(((np.abs(right) > NOTHING * size) & (right != 0) & (np.abs(right - 1) > NOTHING)).sum())


def _smooth(masked):
    """Whether the errors begin too small to have a border: then it is the tolerance's, not the function's."""
    got = np.concatenate([m.leaf.got[~m.right] for m in masked])
    right = np.concatenate([m.leaf.right[~m.right] for m in masked])
    with np.errstate(all="ignore"):
        gaps = np.abs(got - right) / np.maximum(np.abs(right), np.abs(got))
    return bool(np.isfinite(gaps).all() and gaps.min() < 1e-4)


def _replaced(masked, inside):
    """What stands in the whole of a region that holds all wrong entries, some of which are right by chance."""
    if any((~m.right & ~one).any() for one, m in zip(inside, masked, strict=True)):
        return ""
    got = np.concatenate([m.leaf.got[one] for one, m in zip(inside, masked, strict=True)])
    if got.size < 3 or not np.isfinite(got).all():
        return ""
    if np.ptp(got) == 0:
        return f"{got[0]:.4g}"
    for name in _shared(masked):
        values = np.concatenate([m.around[name][one] for one, m in zip(inside, masked, strict=True)])
        if np.array_equal(got, values):
            return f"{name} itself"
        for low in (0.0, float(got[values < 0].max(initial=-np.inf))):
            sides = np.where(values > 0, values, low)
            if np.isfinite(low) and np.array_equal(got, sides):
                return f"{name} itself on the right and {low:.4g} on the left"
        left, right = got[values < 0], got[values > 0]
        if left.size and right.size and np.ptp(left) == 0 == np.ptp(right):
            return f"{left[0]:.4g} on the left and {right[0]:.4g} on the right"
    return ""


def _around(leaf, arrays):
    """Arguments that have a number for every entry, or for every row."""
    found = {}
    for name, value in arrays.items():
        if value.shape == leaf.right.shape and value.ndim:
            found[name] = value.astype(float)
        elif value.ndim == 1 and leaf.right.ndim == 2 and len(value) == len(leaf.right):
            found[name] = np.broadcast_to(value.astype(float)[:, None], leaf.right.shape)
    found["the right result"] = leaf.right
    return found


def _other_place(text):
    """'there' after "right except in the last row", where "elsewhere" would be the rows that are right."""
    return "there" if text.startswith("except") else "elsewhere"


def _instead(masked):
    """What stands in place of the wrong entries: 'it is 0'."""
    got = np.concatenate([m.leaf.got[~m.right] for m in masked])
    right = np.concatenate([m.leaf.right[~m.right] for m in masked])
    if np.isnan(got).all():
        return "it is nan"
    if np.isinf(got).all():
        return "it is infinite"
    if not np.isfinite(got).all():
        return "nan or infinite numbers come"
    if np.ptp(got) == 0:
        return f"it is {got[0]:.4g}"
    if np.allclose(got, -right, rtol=1e-7, atol=0):
        return "it has the opposite sign"
    with np.errstate(all="ignore"):
        factor = got / right
    if np.isfinite(factor).all() and np.ptp(factor) <= 1e-7 * abs(factor[0]):
        return f"it is the right one times {factor[0]:.4g}"
    return "it is wrong"


LINES = "Where does your loop start, and where does it end?"
SIDES = "What does your function do there? Try one such number by hand."


def splits(masked: list[_Masked]) -> Iterator:
    """By rows and columns, by the sign of an argument, by a size up to which all is right."""
    yield from _by_place()
    for name in _shared(masked):
        yield from _by_value(name, masked)


def tails(masked: list[_Masked]) -> Iterator:
    """By a size from which on all is right, or a few values: there the results may be 0 or 1 anyway."""
    for name in _shared(masked):
        yield from _by_limit(name, masked)
    for name in _shared(masked):
        yield from _few(name, masked)


def _shared(masked):
    names = set.intersection(*(set(m.around) for m in masked))
    return sorted(names - {"the right result"})


def _by_place():
    def along(axis, which):
        def where(m):
            if m.right.ndim <= axis:
                return np.zeros_like(m.right)
            n = m.right.shape[axis]
            wrong = np.array([which(i, n) for i in range(n)])
            return np.broadcast_to(
                wrong.reshape([-1 if k == axis else 1 for k in range(m.right.ndim)]), m.right.shape
            )

        return where

    for axis, one in ((0, "row"), (1, "column")):
        yield f"in the first {one} only", LINES, along(axis, lambda i, n: i > 0)
        yield f"in the last {one} only", LINES, along(axis, lambda i, n: i < n - 1)
        yield f"except in the first {one}", LINES, along(axis, lambda i, n: i == 0)
        yield f"except in the last {one}", LINES, along(axis, lambda i, n: i == n - 1)
        yield f"in every second {one}", LINES, along(axis, lambda i, n: i % 2 == 1)

    def square(test):
        def where(m):
            if m.right.ndim != 2:
                return np.zeros_like(m.right)
            i, j = np.indices(m.right.shape)
            return test(i, j)

        return where

    yield "on the diagonal only", "What stands beside the diagonal?", square(lambda i, j: i != j)
    yield "except on the diagonal", "What stands on the diagonal?", square(lambda i, j: i == j)


def _by_value(name, masked):
    values = np.concatenate([m.around[name].ravel() for m in masked])
    right = np.concatenate([m.right.ravel() for m in masked])
    good, bad = values[right], values[~right]
    tests = [
        (f"where {name} > 0", lambda v: v <= 0),
        (f"where {name} ≥ 0", lambda v: v < 0),
        (f"where {name} < 0", lambda v: v >= 0),
        (f"where {name} ≤ 0", lambda v: v > 0),
        (f"except where {name} is 0", lambda v: v == 0),
        (f"only where {name} is 0", lambda v: v != 0),
        (f"only where {name} is 1", lambda v: v != 1),
    ]
    small, large = np.abs(good), np.abs(bad)
    if bad.size:
        start, inner = large.min(), small[small < large.min()]
        if inner.size:
            text = f"where |{name}| is at most {inner.max():.3g}"
            tests.append((text, lambda v: np.abs(v) >= start))
        for side, sign in (("<", -1.0), (">", 1.0)):
            border = sign * (sign * bad).min()
            text = f"except where {name} {side} {border:.3g} or so"
            tests.append((text, lambda v, sign=sign, border=border: sign * v >= sign * border))
    if small.max() < large.min():
        limit = small.max()
        tests.append(
            (
                f"where |{name}| is at most {limit:.3g}, and no longer where it is {large.min():.3g} or more",
                lambda v: np.abs(v) > limit,
            )
        )
    yield from ((text, SIDES, lambda m, wrong=wrong: wrong(m.around[name])) for text, wrong in tests)


def _few(name, masked):
    """A handful of values at which it is wrong, where no limit separates them."""
    values = np.concatenate([m.around[name].ravel() for m in masked])
    right = np.concatenate([m.right.ravel() for m in masked])
    wrong = np.unique(values[~right])
    if len(wrong) > 6 or 3 * len(wrong) > right.sum() or np.isin(values[right], wrong).any():
        return
    named = ", ".join(f"{value:.3g}" for value in wrong)
    yield f"except where {name} is {named}", SIDES, lambda m: np.isin(m.around[name], wrong)


def _by_limit(name, masked):
    values = np.concatenate([m.around[name].ravel() for m in masked])
    right = np.concatenate([m.right.ravel() for m in masked])
    good, bad = values[right], values[~right]
    small, large, tests = np.abs(good), np.abs(bad), []
    if large.max() < small.min():
        start = small.min()
        tests.append(
            (
                f"where |{name}| is {start:.3g} or more, and not where it is {large.max():.3g} or less",
                lambda v: np.abs(v) < start,
            )
        )
    if good.max() < bad.min():
        top = good.max()
        tests.append(
            (
                f"where {name} is at most {top:.3g}, and no longer where it is {bad.min():.3g} or more",
                lambda v: v > top,
            )
        )
    if bad.max() < good.min():
        bottom = good.min()
        tests.append(
            (
                f"where {name} is {bottom:.3g} or more, and not where it is {bad.max():.3g} or less",
                lambda v: v < bottom,
            )
        )
    yield from ((text, SIDES, lambda m, wrong=wrong: wrong(m.around[name])) for text, wrong in tests)
