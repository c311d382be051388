"""What the questions of this set share: tolerances, a step for wrong solutions."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance

STEPS = Tolerance(
    1e-9, 1e-10, "differences of sigmoids: rounding of w·x, at most 2000 · 1e-16", single=(1e-3, 1e-3)
)
EXACT = Tolerance(1e-12, 1e-12, "fractions with small denominators")


def sigma(z):
    """A sigmoid for wrong solutions, which are wrong elsewhere."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
