"""What the questions of this set share: numbers to try, tolerances, functions for wrong solutions, hints."""

import math

import numpy as np

from mlpkit.exercises.comparisons import Tolerance

ELEMENTWISE = Tolerance(
    1e-9, 1e-12, "a few operations; (1 + tanh)/2 and the like keep 12 digits after the point"
)
ERF = np.vectorize(math.erf, otypes=[float])
NUMBER_BY_NUMBER = "Every number of the array gives one number. What comes out for a table?"
OWN_ARRAY = "Which line writes into an array that came in, and who else uses that array?"


def sigma(z):
    """A sigmoid for wrong solutions, which are wrong elsewhere."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def away_from_zero(*shape, low=0.2, high=3.0):
    """Numbers of both signs in every row and column, none near 0 and none near 1."""

    def make(r):
        size = r.uniform(low, high, shape)
        size = np.where(np.abs(size - 1) < 0.1, size + 0.25, size)
        sign = np.where(np.indices(shape).sum(axis=0) % 2, 1.0, -1.0)
        return size * sign

    return make


LARGE = np.array([-1000.0, 1000.0, -300.0, 300.0, -40.0, 40.0])
