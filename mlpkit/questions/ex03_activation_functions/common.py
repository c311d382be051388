"""What the questions of this set share: numbers to try, tolerances, functions for wrong solutions, hints."""

import math

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.records import Probe, Property
from mlpkit.exercises.sandboxed.run import Built

ELEMENTWISE = Tolerance(
    1e-11,
    1e-12,
    "a few operations; (1 + tanh)/2 and the like keep 12 digits after the point. A difference quotient does not",
)
ERF = np.vectorize(math.erf, otypes=[float])
NUMBER_BY_NUMBER = "Every number of the array gives one number. What comes out for a table?"
OWN_ARRAY = "Which line writes into an array that came in, and who else uses that array?"
WHOLE = "These are whole numbers. Of which type is the array that your results are stored in?"


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


SMALL = (0.7, 0.001, 2.2, 0.01, 1.5, 0.1, 0.3)
MIDDLE = (50, 4, 12, 0.5, 6, 20, 28, 2.5)
LARGE = (2000, 2, 0.3, 300, 100, 40)


def signed(sizes, first=1.0):
    """Numbers of these sizes with alternating signs, the first one that of `first`; a little larger below 50.

    Those from 50 on are the same for every seed: there a rounding error decides whether a difference quotient
    is near enough.
    """
    signs = first * np.resize([1.0, -1.0], len(sizes))
    return lambda r: signs * sizes * np.where(np.less(sizes, 50), r.uniform(1, 1.09, len(sizes)), 1)


def whole(r):
    """Six whole numbers of both signs, the first one positive."""
    (a, b, c), (d, e, f) = r.permutation([1, 3, 6]), -r.permutation([2, 4, 5])
    return np.array([[a, d, b], [e, c, f]])


def gradients(r):
    """Six numbers of both signs, also where `whole` has one sign."""
    return np.array([[1, -1, -1], [-1, 1, 1]]) * r.uniform(0.4, 2.5, (2, 3))


def strided(array):
    """The array as a view that is not contiguous."""
    return Built("functions.strided", {"values": np.round(array, 2)})


FAR = ("large", "large left")


def probes_of_all_sizes(others=lambda r: (), zero=(0.0,)):
    """Probes for a function of z and `others(rng)`: every size with both signs, each sign first, whole numbers."""

    def probe(name, make, about, ask=""):
        return Probe(name, lambda r: (make(r), *others(r)), about, ask=ask)

    return (
        probe("row", lambda r: np.append(signed(SMALL)(r), zero), "small numbers, a positive one first"),
        probe("block", away_from_zero(2, 3, 2), "z is (2, 3, 2)"),
        probe("table", lambda r: strided(away_from_zero(3, 4)(r)), "z is (3, 4), part of a larger array"),
        probe("middle", signed(MIDDLE), "numbers up to ±50, a positive one first"),
        probe("middle left", signed(MIDDLE, -1), "numbers up to ±50, a negative one first"),
        probe("large", signed(LARGE), "numbers up to ±2000, a positive one first"),
        probe("large left", signed(LARGE, -1), "numbers up to ±2000, a negative one first"),
        probe("integers", whole, "z holds whole numbers", WHOLE),
    )


def properties_of_all_sizes(
    advice: str, far: str, points=2, name="values", on=(), others: tuple[Property, ...] = ()
):
    """Properties for these probes; `on`: further probes whose values are compared with theirs."""
    ordinary = ("row", "block", "table", "middle", "middle left", *on)
    return (
        shape(1, on=ordinary, advice=NUMBER_BY_NUMBER),
        *others,
        values(points, ELEMENTWISE, on=ordinary, name=name, advice=advice),
        values(1, ELEMENTWISE, on=("integers",), name="whole numbers", advice=WHOLE),
        values(1, ELEMENTWISE, on=FAR, name="large numbers", advice=far),
        unchanged(1, advice=OWN_ARRAY),
    )
