"""The question `he_init`: random weights whose size keeps the activations of ReLU layers from vanishing."""

import numpy as np

from mlpkit.exercises.comparisons import custom, failed, number
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Mismatch, Probe, Question
from mlpkit.questions.ex06_training import he_init_mistakes
from mlpkit.questions.ex06_training.common import as_shape, facts, generator, same_facts


def he_init(rng, n_in, n_out):
    """Random weights of a ReLU layer by He's rule: mean 0, variance 2 / n_in.

    rng a numpy.random.Generator, the only source of chance; normal or uniform numbers, both are right.
    One row for each input -> W (n_in, n_out)
    """
    return rng.normal(0.0, np.sqrt(2 / n_in), (n_in, n_out))


def he_uniform(rng, n_in, n_out):
    """Uniform between ±√(6 / n_in)."""
    limit = np.sqrt(6 / n_in)
    return rng.uniform(-limit, limit, size=(n_in, n_out))


def he_scaled(rng, n_in, n_out):
    """Standard normal numbers, scaled afterwards."""
    return rng.standard_normal((n_in, n_out)) * (2 / n_in) ** 0.5


def he_from_random(rng, n_in, n_out):
    """Numbers of [0, 1), moved and stretched: their variance is 1/12."""
    return (rng.random((n_in, n_out)) - 0.5) * np.sqrt(24 / n_in)


def he_row_by_row(rng, n_in, n_out):
    """Row after row, in single precision."""
    W = np.empty((n_in, n_out), dtype=np.float32)
    for i in range(n_in):
        W[i] = rng.normal(scale=np.sqrt(2.0 / n_in), size=n_out)
    return W


def he_truncated(rng, n_in, n_out):
    """Normal numbers without those beyond two standard deviations, stretched to the right variance."""
    W = rng.standard_normal((n_in, n_out))
    while (far := np.abs(W) > 2).any():
        W[far] = rng.standard_normal(far.sum())
    return W * np.sqrt(2 / n_in) / 0.87962566


# Of 12000 numbers the mean is off by 0.009 standard deviations and the spread by 0.6 %, here and in the solution.
CENTRE, SPREAD = 0.06, 0.06


def _about_zero(got, wanted):
    if mismatch := failed(got, wanted) or _unread(got, wanted):
        return mismatch
    one, other = facts(got), facts(wanted)
    if "mean" not in one:
        return None
    off = abs(one["mean"] - other["mean"])
    if off <= CENTRE * max(one["spread"], other["spread"]):
        return None
    return Mismatch(f"a mean near {round(other['mean'], 3) + 0.0:g}", f"a mean of {number(one['mean'])}")


def _spread(got, wanted):
    if mismatch := failed(got, wanted) or _unread(got, wanted):
        return mismatch
    one, other = facts(got).get("spread", 0.0), facts(wanted).get("spread", 0.0)
    if abs(one - other) <= SPREAD * max(one, other):
        return None
    return Mismatch(f"a standard deviation near {other:.3g}", f"one of {number(one)}")


def _unread(got, wanted):
    one, other = facts(got).get("came"), facts(wanted).get("came")
    return None if one == other else Mismatch(other or "an array of numbers", one or "an array of numbers")


STATISTICS = ("narrowing", "widening", "few")


QUESTION = Question(
    he_init,
    "W",
    probes=(
        Probe("narrowing", lambda r: (generator(r), 200, 60), "200 inputs, 60 outputs", "ex06.draws"),
        Probe("widening", lambda r: (generator(r), 40, 300), "40 inputs, 300 outputs", "ex06.draws"),
        Probe("few", lambda r: (generator(r), 3, 4000), "3 inputs, 4000 outputs", "ex06.draws"),
        Probe("small", lambda r: (generator(r), 3, 5), "3 inputs, 5 outputs", "ex06.draws"),
        Probe("one", lambda r: (generator(r), 4, 1), "4 inputs, 1 output", "ex06.draws"),
    ),
    properties=(
        same_facts(
            "shape", 1, {"shape": as_shape}, advice="One row for each input, one column for each output unit."
        ),
        custom(
            "mean 0",
            1,
            _about_zero,
            STATISTICS,
            "Weights of both signs, as often as each other. Print the mean of a large W.",
        ),
        custom(
            "variance 2/n_in",
            2,
            _spread,
            STATISTICS,
            "Make W for 200 inputs and print its standard deviation. What should it be?",
        ),
        same_facts(
            "random",
            1,
            {
                "different": ("weights that differ", "the same numbers again and again"),
                "levels": ("numbers from a whole range", "only one or two different numbers"),
            },
            STATISTICS,
            advice="Every weight is a random number of its own. How many do you draw?",
        ),
        same_facts(
            "from rng",
            1,
            {
                "moving": ("new weights at the second call", "the same weights at the second call"),
                "repeatable": (
                    "the same weights from the same generator",
                    "others from a generator of the same seed",
                ),
                "drawn": ("numbers drawn from rng", "rng is not asked"),
            },
            STATISTICS,
            advice="All chance comes from rng: ask it for every number, and ask nobody else.",
        ),
    ),
    right=(he_uniform, he_scaled, he_from_random, he_row_by_row, he_truncated),
    misconceptions=mistakes(he_init_mistakes),
    relations=False,
    further=(
        "Make a W of 200 inputs and 60 outputs, and print its shape, mean and standard deviation, twice from the same rng. Which of the four is not what the docstring says?",
        "Work it out for one unit: n_in products of an input of size 1 and a weight of variance v have the sum's variance n_in·v. ReLU keeps half of it. Which v keeps the size, and is your generator asked for v or for its root?",
    ),
)
