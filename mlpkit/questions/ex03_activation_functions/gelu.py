"""The question `gelu`: the exact form of slide 16."""

import math

import numpy as np

from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Question
from mlpkit.questions.ex03_activation_functions.common import (
    ERF,
    OWN_ARRAY,
    TYPE_KEPT,
    probes_of_all_sizes,
    properties_of_all_sizes,
    sigma,
)


def gelu(z):
    """z · Pr(X ≤ z) for X ~ N(0, 1), exactly: ½ z (1 + erf(z / √2)), number by number.

    NumPy has no erf; Python's math.erf takes one number at a time.
    z array of any shape, of floats or integers -> floats of the same shape
    """
    erf = np.vectorize(math.erf, otypes=[float])
    return 0.5 * z * (1 + erf(z / np.sqrt(2)))


def gelu_by_the_complement(z):
    """½ z erfc(−z / √2), which keeps its digits on the left."""
    flat = [0.5 * value * math.erfc(-value / math.sqrt(2)) for value in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def gelu_with_the_distribution(z):
    """z Φ(z), Φ as a function of its own."""

    def normal_cdf(value):
        return (1.0 + math.erf(value / 2**0.5)) / 2.0

    out = np.empty(np.shape(z))
    for at, value in np.ndenumerate(np.asarray(z)):
        out[at] = value * normal_cdf(value)
    return out


def _pdf(z):
    return np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


SPREAD = "erf belongs to a bell of another width than N(0, 1). Where does the root of 2 stand in Φ?"


@mistake(
    "the approximation by tanh is used, with {c:g} z³",
    "It is off by up to 5 · 10⁻⁴. The exact form has erf in it.",
    c=between(1e-3, 10),
)
def tanh_approximation(z, c=0.044715):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + c * z**3)))


@mistake(
    "the approximation by tanh is used, without the root of 2/π",
    "Even complete it is off by up to 5 · 10⁻⁴. The exact form has erf in it.",
)
def tanh_without_its_root(z):
    return 0.5 * z * (1 + np.tanh(z + 0.044715 * z**3))


@mistake(
    "the approximation by the sigmoid of {k:g} z is used",
    "It is off by up to 2 · 10⁻². The exact form has erf in it.",
    k=between(1.05, 4),
)
def sigmoid_approximation(z, k=1.702):
    return z * sigma(k * z)


@mistake(
    "erf is replaced by a polynomial of five terms",
    "Its error is about 10⁻⁷. Python has the exact function, for one number at a time.",
)
def polynomial_for_erf(z):
    x = np.abs(z) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    sum_ = np.polyval([1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0.0], t)
    return 0.5 * z * (1 + np.sign(z) * (1 - sum_ * np.exp(-x * x)))


@mistake("erf gets z divided by {d:.4g}, not by √2", SPREAD, d=between(0.2, 10))
def square_root_missing(z, d=1.0):
    return 0.5 * z * (1 + ERF(z / d))


@mistake("√2 divides erf instead of its argument", SPREAD + " Inside or outside?")
def root_outside(z):
    return 0.5 * z * (1 + ERF(z) / np.sqrt(2))


@mistake("the 1 in the bracket is missing", "erf runs from −1 to 1. What makes a probability of it?")
def one_missing(z):
    return 0.5 * z * ERF(z / np.sqrt(2))


@mistake("Pr(X > z) stands for Pr(X ≤ z)", "For which z should the unit be open, large or small ones?")
def minus_erf(z):
    return 0.5 * z * (1 - ERF(z / np.sqrt(2)))


@mistake("the factor z in front is missing", "GELU lets z itself through, with that probability.")
def probability_alone(z):
    return 0.5 * (1 + ERF(z / np.sqrt(2)))


@mistake("the density stands for the probability", "Pr(X ≤ z) is an area under the bell, not its height.")
def density_instead(z):
    return z * _pdf(z)


@mistake("you return the derivative", "Asked for is GELU itself.")
def the_derivative(z):
    return 0.5 * (1 + ERF(z / np.sqrt(2))) + z * _pdf(z)


@mistake("a bracket is in the wrong place", "What does ½ z multiply?")
def bracket_closed_too_early(z):
    return 0.5 * z * 1 + ERF(z / np.sqrt(2))


@mistake("you return ReLU", "GELU is smooth, and slightly negative on the left.")
def relu_instead(z):
    return np.maximum(z, 0)


@mistake("you return swish", "The two look alike: GELU's gate is a normal probability, swish's is a sigmoid.")
def swish_instead(z):
    return z * sigma(z)


@mistake(
    "a function of math, which takes one number, is called with an array",
    "math.erf takes one number. How do you go through all of an array, or teach NumPy to do so?",
)
def one_number_at_a_time(z):
    return 0.5 * z * (1 + math.erf(z / math.sqrt(2)))


@mistake(
    "the probability is counted on random numbers",
    "Counting gives two or three digits. The probability has a formula.",
)
def counted_on_samples(z):
    X = np.random.default_rng(0).normal(size=500)
    return z * (np.asarray(z)[..., None] >= X).mean(axis=-1)


@mistake("your results have the type of z", TYPE_KEPT)
def type_of_z_kept(z):
    return (0.5 * z * (1 + ERF(z / np.sqrt(2)))).astype(z.dtype)


@mistake("your function overwrites z", OWN_ARRAY)
def z_overwritten(z):
    z *= 0.5 * (1 + ERF(z / np.sqrt(2)))
    return z


QUESTION = Question(
    gelu,
    "a",
    probes=probes_of_all_sizes(),
    properties=properties_of_all_sizes(
        "gelu(1) = 1 · Pr(X ≤ 1) = 0.8413. What is yours, and gelu(−1)?",
        "Far right GELU is z, far left it is 0.",
    ),
    right=(
        gelu_by_the_complement,
        gelu_with_the_distribution,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Compute Pr(X ≤ z) alone first: at 0 it must be ½, at 3 nearly 1, at −3 nearly 0. Is yours?",
        "Say which numbers erf takes and gives, at 0 and far out, and follow them through your formula.",
    ),
)
