"""Comparisons for a Gaussian loss, with or without the constant ½ log 2π: both are right."""

from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, entry, failed, form, number, values
from mlpkit.exercises.records import Mismatch
from mlpkit.exercises.sandboxed.plain import Numbers
from mlpkit.exercises.sandboxed.run import Observation

CONSTANT = 0.5 * np.log(2 * np.pi)


def without_constant(value):
    """J and its constant: 0 or ½ log 2π, whichever a perfect answer with σ = 1 costs; else 0."""
    J, perfect = entry(value, 0), entry(value, 1)
    if isinstance(J, Numbers) and isinstance(perfect, Numbers) and perfect.values.size == 1:
        has = abs(float(perfect.values.reshape(())) - CONSTANT) < 1e-5
        return Numbers(J.values - CONSTANT, J.dtype, J.kind) if has else J, CONSTANT if has else 0.0
    return J, 0.0


@dataclass(frozen=True)
class Loss:
    """J, where ½ log 2π may be in it or not."""

    tolerance: Tolerance

    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        if mismatch := failed(got, wanted):
            return mismatch
        (one, constant), (other, _) = without_constant(got.value), without_constant(wanted.value)
        mismatch = values(1, self.tolerance).compare(
            Observation(got.probe, one), Observation(wanted.probe, other)
        )
        if mismatch and constant and isinstance(one, Numbers) and isinstance(other, Numbers):
            expected, came = (value.values + constant for value in (other, one))
            if came.size == expected.size == 1:
                return Mismatch(number(expected.item()), number(came.item()), mismatch.where)
        return mismatch


@dataclass(frozen=True)
class Perfect:
    """A perfect answer with σ = 1 costs 0, or ½ log 2π."""

    tolerance: float = 1e-5

    def __call__(self, got: Observation, wanted: Observation) -> Mismatch | None:
        if mismatch := failed(got, wanted):
            return mismatch
        one, other = entry(got.value, 1), entry(wanted.value, 1)
        if not (isinstance(one, Numbers) and isinstance(other, Numbers)) or one.values.size != 1:
            both_alike = not isinstance(one, Numbers) and type(one) is type(other)
            same = both_alike or (isinstance(other, Numbers) and same_array(one, other))
            return None if same else Mismatch("a single number", form(one))
        came, right = float(one.values.reshape(())), float(other.values.reshape(-1)[0])
        allowed = (0.0, CONSTANT) if min(abs(right), abs(right - CONSTANT)) < self.tolerance else (right,)
        if any(abs(came - value) < self.tolerance or came == value for value in allowed):
            return None
        return Mismatch(" or ".join(number(value) for value in allowed), number(came))


def same_array(one, other):
    return isinstance(one, Numbers) and np.allclose(one.values, 0) and one.values.shape == other.values.shape
