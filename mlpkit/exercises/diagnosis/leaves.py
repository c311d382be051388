"""What came and what was expected as pairs of arrays, one per case and part: the data of all relations."""

import re
from dataclasses import dataclass, replace

import numpy as np

from mlpkit.exercises.comparisons import pairs
from mlpkit.exercises.sandboxed.plain import Items, Numbers
from mlpkit.exercises.sandboxed.run import Observation

RTOL, ATOL = 1e-7, 1e-10  # a relation is exact: rounding alone may differ, in another order of adding
SINGLE_RTOL, SINGLE_ATOL = 1e-4, 1e-5


@dataclass(frozen=True)
class Leaf:
    """One array of a result: `case` the number of the probe, `where` its place in the result, `got`, `right`.

    `single`: it came as float32, whose digits are fewer.
    """

    case: int
    where: str
    got: np.ndarray
    right: np.ndarray
    single: bool = False

    @property
    def wrong(self) -> bool:
        """Whether it differs from the right one."""
        return not alike(self.got, self.right, self.single)


def alike(one, other, single=False) -> bool:
    """Whether two arrays have one shape and are equal but for rounding; nan is equal to nan."""
    return one.shape == other.shape and bool(np.all(close(one, other, single)))


def close(one, other, single=False) -> np.ndarray:
    """Which entries of two arrays of one shape are equal but for rounding."""
    rtol, atol = (SINGLE_RTOL, SINGLE_ATOL) if single else (RTOL, ATOL)
    scale = np.max(np.abs(other), initial=0.0, where=np.isfinite(other))
    with np.errstate(all="ignore"):
        near = np.abs(one - other) <= atol * scale + rtol * np.abs(other)
    return (near & np.isfinite(other)) | (one == other) | ((one != one) & (other != other))


def leaves(seen, wanted, cases=None, split: int = 0) -> list[Leaf] | None:
    """The pairs of arrays of all cases (or of these); None where a result is of another form.

    `seen`, `wanted`: lists of observations, one per probe; `split`: results of so many numbers that each have
    a name, (slope, intercept), are as many arrays of one number.
    """
    found = []
    for case in range(len(wanted)) if cases is None else cases:
        if seen[case].raised or wanted[case].raised:
            return None
        for where, got, right in pairs(seen[case].value, wanted[case].value):
            if isinstance(right, Numbers):
                if not isinstance(got, Numbers):
                    return None
                single = got.dtype == "float32"
                if split and not where and got.values.shape == right.values.shape == (split,):
                    both = zip(got.values, right.values, strict=True)
                    found += [
                        Leaf(case, f"{where}[{i}]", np.asarray(one), np.asarray(other), single)
                        for i, (one, other) in enumerate(both)
                    ]
                else:
                    found.append(Leaf(case, where, got.values, right.values, single))
            elif got != right and type(got) is not type(right):
                return None
    return found


def parts(found: list[Leaf]) -> dict[str, list[Leaf]]:
    """The leaves by part: `[1]` of a tuple; the second of every pair of a list is `[·][1]`."""
    groups: dict[str, list[Leaf]] = {}
    for leaf in found:
        steps = re.findall(r"\[\d+\]|\.[^\[.]+", leaf.where)
        key = "[·]" * (len(steps) - 1) + steps[-1] if steps else ""
        groups.setdefault(key, []).append(leaf)
    return groups


def layers(found: list[Leaf]) -> dict[str, list[Leaf]]:
    """The leaves by their place in the outer list."""
    groups: dict[str, list[Leaf]] = {}
    for leaf in found:
        groups.setdefault(leaf.where.partition("]")[0] + "]", []).append(leaf)
    return groups


def agreeing(found: list[Leaf], right: list[Leaf]) -> int:
    """How many finite numbers came as another expectation says, and not as the right one says.

    `found`: the leaves beside the other expectation, `right` the same beside the right one.
    """
    count, beside = 0, {(leaf.case, leaf.where): leaf for leaf in right}
    for other in found:
        if other.got.shape != other.right.shape:
            continue
        same = close(other.got, other.right, other.single) & np.isfinite(other.got)
        leaf = beside.get((other.case, other.where))
        if leaf is not None and leaf.right.shape == leaf.got.shape == same.shape:
            same = same & ~close(leaf.got, leaf.right, leaf.single)
        count += int(same.sum())
    return count


def informative(found: list[Leaf]) -> int:
    """How many numbers say something: finite, not 0 and not 1 in what is expected."""
    return sum(int((np.isfinite(x.right) & (x.right != 0) & (x.right != 1)).sum()) for x in found)


def scaled(observation: Observation, factor: float) -> Observation:
    """The observation with all its numbers times a factor."""
    return replace(observation, value=_times(observation.value, factor))


def _times(value, factor):
    if isinstance(value, Numbers):
        return replace(value, values=value.values * factor)
    if isinstance(value, Items):
        return replace(value, items=tuple(_times(entry, factor) for entry in value.items))
    return value
