"""Comparisons: what a property compares. Each public function here that returns a Property makes one.

A comparison is called with the observation of the student's function and that of the solution (or, to
diagnose, of a wrong solution) on the same arguments, and returns a Mismatch or None.
"""

from dataclasses import dataclass

import numpy as np

from mlpkit._moved import renamed
from mlpkit.exercises.records import Comparison, Mismatch, Property
from mlpkit.exercises.sandboxed.plain import Items, Nothing, Numbers, Other, Text
from mlpkit.exercises.sandboxed.run import Observation

SINGLE = (1e-4, 1e-5)  # a float32 has 7 digits, and a sum of products cancels some of them


def shape(points=1.0, on=(), advice="Compare the shape of what you return with the docstring's.") -> Property:
    """The result has the solution's shape; for a list or tuple of arrays: as many, each of its shape."""
    return Property("shape", points, _Shape(), tuple(on), advice)


@dataclass(frozen=True)
class Tolerance:
    """|got − expected| ≤ atol + rtol |expected|, and the reason why that much.

    `single`: (rtol, atol) for results of float32, at least as wide; None where float32 is itself the mistake.
    """

    rtol: float
    atol: float
    reason: str
    single: tuple[float, float] | None = SINGLE

    def __post_init__(self):
        if not self.reason:
            raise ValueError("a tolerance needs its reason")


def values(points: float, tolerance: Tolerance, on=(), name="values", advice="", part=None) -> Property:
    """The numbers agree within the tolerance; texts and None are the same.

    `part`: only this entry of a tuple or list is compared. A result of the wrong shape is compared as well
    where it differs by axes of length 1 only.
    """
    return Property(name, points, _Values(tolerance, part), tuple(on), advice)


def agree(where, got, wanted, tolerance: Tolerance) -> Mismatch | None:
    """The same for two plain values that a comparison of your own has taken out of observations."""
    return _Values(tolerance, None).compare(where, got, wanted)


def whole_number(points=1.0, on=(), advice="One number is asked for, and it is a count.") -> Property:
    """One whole number came back, whatever its type."""
    return Property("a whole number", points, _whole, tuple(on), advice)


def unchanged(points=1.0, on=(), advice="Work on a copy, or on new arrays.") -> Property:
    """The arguments are bit for bit what they were (those that the solution itself leaves alone)."""
    return Property("inputs left unchanged", points, _Unchanged(), tuple(on), advice)


def no_warnings(
    points=1.0, on=(), kinds=("overflow", "invalid", "divide"), name="no overflow", advice=""
) -> Property:
    """Finite numbers, and no NumPy warning that names one of `kinds`; for numerical stability."""
    return Property(name, points, _NoWarnings(tuple(kinds)), tuple(on), advice)


def number(value: float) -> str:
    """A number as a student would print it, to six digits."""
    return f"{value:.6g}" if np.isfinite(value) else str(float(value))


def form(value) -> str:
    """What came, as text: 'shape (5, 3)', 'a tuple of 2 entries', 'None'."""
    if isinstance(value, Numbers):
        return f"shape {value.values.shape}" if value.values.ndim else "a single number"
    if isinstance(value, Items):
        return f"a {value.kind} of {len(value.items)} entries"
    if isinstance(value, Text):
        return "a text"
    return value.what if isinstance(value, Other) else "None"


def stacked(value):
    """A list of equally long arrays as one array, where that is what was meant; else the value itself."""
    rows = [i for i in value.items if isinstance(i, Numbers)] if isinstance(value, Items) else []
    if not rows or len(rows) < len(value.items) or len({row.values.shape for row in rows}) > 1:
        return value
    return Numbers(np.stack([row.values for row in rows]), rows[0].dtype, value.kind)


def pairs(got, wanted, where=""):
    """Walk two plain values at once -> (where, got, wanted) a pair of leaves; unequal lists are leaves."""
    if isinstance(wanted, Items):
        if isinstance(got, Numbers) and got.values.ndim and len(got.values) == len(wanted.items):
            rows = tuple(Numbers(np.asarray(row), got.dtype, got.kind) for row in got.values)
            got = Items(got.kind, rows)
        if isinstance(got, Items) and len(got.items) == len(wanted.items) and _both_named(got, wanted):
            for i, (one, other) in enumerate(zip(got.items, wanted.items, strict=True)):
                name = f".{wanted.names[i]}" if wanted.names else f"[{i}]"
                yield from pairs(one, other, where + name)
            return
        yield where, got, wanted
        return
    yield where, stacked(got) if isinstance(wanted, Numbers) else got, wanted


def _both_named(one, other):
    """Whether both are dictionaries, or neither: who unpacks a dictionary gets its keys."""
    return bool(one.names) == bool(other.names)


def entry(value, i):
    """Entry i of a tuple, list or array, as plain data; Nothing where there is none."""
    if isinstance(value, Items) and i < len(value.items):
        return value.items[i]
    if isinstance(value, Numbers) and value.values.ndim and i < len(value.values):
        return Numbers(np.asarray(value.values[i]), value.dtype, value.kind)
    return Nothing()


def failed(got: Observation, wanted: Observation) -> Mismatch | None:
    """The mismatch of an observation that has no value because the call ended in an exception."""
    if got.raised and got.raised != wanted.raised:
        said = f": {got.message}" if got.message else ""
        return Mismatch("a result", f"{got.raised}{said}", got.line)
    if wanted.raised and not got.raised:
        return Mismatch(wanted.raised, "a result")
    return None


@dataclass(frozen=True)
class _Shape:
    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        if mismatch := failed(got, wanted):
            return mismatch
        for where, one, other in pairs(got.value, wanted.value):
            if isinstance(one, Numbers) and isinstance(other, Numbers):
                if one.values.shape == other.values.shape:
                    continue
            elif type(one) is type(other) and not isinstance(one, Items):
                continue
            note = " (a np.matrix always has two axes: return an array)" if _is_matrix(one) else ""
            return Mismatch(form(other), form(one) + note, where)
        return None


def _is_matrix(value):
    return isinstance(value, Numbers) and value.kind == "matrix"


@dataclass(frozen=True)
class _Values:
    tolerance: Tolerance
    part: int | None = None

    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        if mismatch := failed(got, wanted):
            return mismatch
        one, other, where = got.value, wanted.value, ""
        if self.part is not None:
            if isinstance(one, Items) and one.names and not getattr(other, "names", ()):
                return Mismatch(form(other), form(one))
            one, other, where = entry(one, self.part), entry(other, self.part), f"[{self.part}]"
        for leaf in pairs(one, other, where):
            if mismatch := self.compare(*leaf):
                return mismatch
        return None

    def compare(self, where, one, other):
        """One leaf against another."""
        if not (isinstance(one, Numbers) and isinstance(other, Numbers)):
            return None if _same_leaf(one, other) else Mismatch(_leaf(other), _leaf(one), where)
        a, b = one.values, other.values
        if a.shape != b.shape:
            if a.squeeze().shape != b.squeeze().shape:
                return Mismatch(form(other), form(one), where)
            a = a.reshape(b.shape)
        rtol, atol, single = self.tolerance.rtol, self.tolerance.atol, self.tolerance.single
        if single and "float32" in (one.dtype, other.dtype):
            scale = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
            rtol, atol = max(rtol, single[0]), max(atol, single[1] * max(1.0, scale))
        close = _close(a, b, rtol, atol)
        if close.all():
            return None
        at = _worst(a, b, close)
        place = f"{where}[{', '.join(map(str, at))}]" if at else where
        count = f"; {int((~close).sum())} of {close.size} entries differ" if close.size > 1 else ""
        return Mismatch(_digits(b[at], a[at])[0], _digits(b[at], a[at])[1] + count, place)


def _close(a, b, rtol, atol):
    """np.isclose with equal_nan=True, in a fifth of the time for arrays of a few numbers."""
    with np.errstate(all="ignore"):
        near = np.abs(a - b) <= atol + rtol * np.abs(b)
    return (near & np.isfinite(b)) | (a == b) | ((a != a) & (b != b))


def _worst(a, b, close):
    """The place of the entry that differs most for its size; one that is not finite is worst of all."""
    with np.errstate(all="ignore"):
        gap = np.abs(a - b) / np.maximum(
            np.abs(b), 1e-300 + np.max(np.abs(b), initial=0.0, where=np.isfinite(b)) / 1e3
        )
    gap = np.where(close, -1.0, np.nan_to_num(gap, nan=np.inf, posinf=np.inf))
    return tuple(int(i) for i in np.unravel_index(np.argmax(gap), gap.shape))


def _digits(expected, got):
    """Both numbers with as many digits as it takes to see that they differ."""
    for digits in (6, 9, 12, 17):
        one, other = f"{expected:.{digits}g}", f"{got:.{digits}g}"
        if one != other:
            break
    return one, other


def _leaf(value):
    return value.text if isinstance(value, Text) else form(value)


def _same_leaf(one, other):
    if isinstance(one, Items) or isinstance(other, Items):
        return False
    return type(one) is type(other) and (not isinstance(one, Text | Other | Nothing) or one == other)


def _whole(got: Observation, wanted: Observation) -> Mismatch | None:
    if mismatch := failed(got, wanted):
        return mismatch
    came, right = _as_a_count(got.value), _as_a_count(wanted.value)
    return None if came == right else Mismatch(right, came)


def _as_a_count(value):
    if not isinstance(value, Numbers) or value.values.ndim:
        return form(value)
    return "a whole number" if value.values == np.rint(value.values) else number(float(value.values))


@dataclass(frozen=True)
class _Unchanged:
    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        changed = set(got.changed) - set(wanted.changed)
        if got.raised and (mismatch := failed(got, wanted)):
            return mismatch
        if isinstance(got.value, Nothing | Other | Text) and type(got.value) is not type(wanted.value):
            return Mismatch("a result", form(got.value))
        if changed:
            return Mismatch("arguments as they were", f"argument {min(changed) + 1} was changed")
        return None


@dataclass(frozen=True)
class _NoWarnings:
    kinds: tuple[str, ...]

    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        if mismatch := failed(got, wanted):
            return mismatch
        for where, one, other in pairs(got.value, wanted.value):
            if not isinstance(one, Numbers):
                return Mismatch(form(other), form(one), where)
            if not np.isfinite(one.values).all() and np.isfinite(_numbers_of(other)).all():
                return Mismatch("finite numbers", number(one.values[~np.isfinite(one.values)][0]), where)
        warned = [message for message in got.warned if self._counts(message)]
        if warned and not any(self._counts(message) for message in wanted.warned):
            return Mismatch("no warning", warned[0])
        return None

    def _counts(self, message):
        return any(kind in message for kind in self.kinds)


def _numbers_of(value):
    return value.values if isinstance(value, Numbers) else np.zeros(0)


def custom(name: str, points: float, compare: Comparison, on=(), advice="") -> Property:
    """A property with a comparison of your own: `compare(got, wanted) -> Mismatch or None`."""
    return Property(name, points, compare, tuple(on), advice)


__getattr__ = renamed(__name__, {"calm": "no_warnings"})
