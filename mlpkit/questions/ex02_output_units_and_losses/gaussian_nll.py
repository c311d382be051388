"""The negative log-likelihood of a Gaussian whose mean is the network's answer."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, agree, custom, entry, failed, shape, unchanged
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import gaussian_nll_mistakes as wrong

FEW = Tolerance(1e-10, 1e-12, "a few squares: another order of adding moves the last digits only")
NEAR = Tolerance(0, 1e-5, "½ log 2π may be typed with six digits")


def gaussian_nll(y, y_hat, sigma):
    """J = (y − ŷ)²/(2σ²) + log σ, the mean over the batch: −log N(y; ŷ, σ²) without ½ log 2π.

    y (N,) measured, y_hat (N,) the network's answers, sigma the standard deviation, a number > 0, not the
    variance -> a number. With ½ log 2π, which no weight can change, the answer is right as well.
    """
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


def nll_in_loops(y, y_hat, sigma):
    """One example after the other."""
    total = 0.0
    for one, other in zip(y, y_hat, strict=True):
        total += 0.5 * ((one - other) / sigma) ** 2 + np.log(sigma)
    return total / len(y)


def nll_with_its_constant(y, y_hat, sigma):
    """The whole −log N(y; ŷ, σ²)."""
    variance = sigma**2
    return float(np.mean(0.5 * np.log(2 * np.pi * variance) + (y - y_hat) ** 2 / (2 * variance)))


def nll_by_a_dot_product(y, y_hat, sigma):
    """Standardised errors, dotted with themselves."""
    e = (y_hat - y) / sigma
    return e @ e / (2 * y.size) + 0.5 * np.log(sigma * sigma)


def nll_with_the_constant_summed(y, y_hat, sigma):
    """A sum, divided at the end; the constant comes as log √2π."""
    n = len(y)
    fit = np.sum(np.square(np.subtract(y, y_hat))) / 2 / sigma**2
    return (fit + n * np.log(sigma * np.sqrt(2 * np.pi))) / n


def _data(n, sigma, error=1.0):
    """Answers beside y in both directions, so that their errors do not cancel; y and σ change with the seed."""

    def arguments(r):
        y = r.uniform(1.0, 3.0, n) * r.choice([-1, 1], n)
        wide = error * sigma * r.uniform(0.5, 2.0, n) * r.permutation(np.where(np.arange(n) % 3, 1.0, -1.0))
        return y, y + wide, float(sigma * r.uniform(0.9, 1.1))

    return arguments


def _sharp(r):
    return np.array([0.5, -0.25]), np.array([0.0, 0.5]) + r.integers(1, 9) / 100, 2e-5


def _whole(r):
    return r.permutation([1, 4, -2]), r.permutation([3, -1, 0]), 2


def _compared(part, where, tolerance):
    def compare(got, wanted):
        one, other = entry(got.value, part), entry(wanted.value, part)
        return failed(got, wanted) or agree(where, one, other, tolerance)

    return compare


LOSS = _compared(0, "J (without ½ log 2π)", FEW)
PERFECT = _compared(1, "J of a perfect answer", NEAR)
USUAL = ("narrow", "wide", "one", "unit", "whole")
FAR = ("far", "sharp", "many")
SEEN = "ex02.loss_and_offset"


QUESTION = Question(
    gaussian_nll,
    "J",
    probes=(
        Probe("narrow", _data(5, 0.5), "five examples, σ near 0.5", SEEN),
        Probe("wide", _data(7, 3.0), "seven examples, σ near 3", SEEN),
        Probe("one", _data(1, 2.0), "one example, σ near 2", SEEN),
        Probe("unit", lambda r: (*_data(4, 1.0)(r)[:2], 1.0), "four examples, σ = 1", SEEN),
        Probe("whole", _whole, "integers", SEEN),
        Probe("far", _data(4, 0.01, 100.0), "errors of a hundred standard deviations", SEEN),
        Probe("sharp", _sharp, "a very small σ", SEEN),
        Probe("many", _data(60, 1.0, 8.0), "sixty examples, errors of ten standard deviations", SEEN),
    ),
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        custom(
            "values",
            3,
            LOSS,
            on=USUAL,
            advice="One example with y − ŷ = 2 and σ = 2: put it into both terms by hand.",
        ),
        custom(
            "far from the mean",
            1,
            LOSS,
            on=FAR,
            advice="The density far out is rounded to 0. Take the logarithm on paper first.",
        ),
        custom(
            "a perfect answer, σ = 1",
            1,
            PERFECT,
            on=USUAL,
            advice="With y = ŷ and σ = 1 both terms of the formula are 0.",
        ),
        unchanged(1),
    ),
    right=(nll_in_loops, nll_with_its_constant, nll_by_a_dot_product, nll_with_the_constant_summed),
    misconceptions=mistakes(wrong),
    further=(
        "One example, y − ŷ = 2: with σ = 1 it costs 2, with σ = 2 it costs ½ + log 2 = 1.193. What does your function give?",
        "Write −log of the density as three terms: from the exponential, from the 1/σ in front, from the root of 2π. How does each depend on σ, and on the number of examples?",
    ),
)
