"""The question `sigmoid_backward`: the slope from the output, which the forward pass has already made."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex03_activation_functions.common import ELEMENTWISE, OWN_ARRAY, sigma


def sigmoid_backward(a, G):
    """dJ/dz of a sigmoid layer from its OUTPUT a = σ(z) and from G = dJ/da.

    a (N, n), one example per row, numbers in [0, 1]; G (N, n) -> dJ/dz (N, n)
    """
    return G * a * (1 - a)


def sigmoid_backward_by_squares(a, G):
    """Multiplied out."""
    return G * (a - a**2)


def sigmoid_backward_around_the_middle(a, G):
    """¼ less the square of the distance from ½."""
    return (0.25 - (np.asarray(a) - 0.5) ** 2) * G


def sigmoid_backward_in_place(a, G):
    """Three operations on one array of its own."""
    out = 1.0 - a
    out *= a
    out *= G
    return out


def sigmoid_backward_by_einsum(a, G):
    """Three factors at once."""
    return np.einsum("ij,ij,ij->ij", G, a, 1 - a)


CHAIN = "dJ/dz = dJ/da · σ′(z). "


OUTPUT = "a is σ(z) already. "


def _pair(*shape):
    return lambda r: (
        r.uniform(0.03, 0.97, shape),
        r.normal(size=shape) + 0.3 * np.sign(r.normal(size=shape)),
    )


def _saturated(r):
    """Outputs of exactly 0 and 1 among others: the slope there is 0."""
    a, G = _pair(3, 4)(r)
    a[0, 1], a[1, 2], a[2, 0] = 0.0, 1.0, 1e-12
    return a, G


@mistake(
    "σ′ is applied to the output",
    OUTPUT + "Apply the sigmoid once more, and it is the slope at another place.",
)
def slope_of_the_output(a, G):
    s = sigma(a)
    return G * s * (1 - s)


@mistake("the slope alone", CHAIN + "What comes from above?")
def gradient_missing(a, G):
    return a * (1 - a)


@mistake("a² instead of a(1 − a)", "Which is the second factor of σ′?")
def one_minus_missing(a, G):
    return G * a * a


@mistake("a factor a is missing", "σ′ is small on both sides. Is yours small near a = 0?")
def a_missing(a, G):
    return G * (1 - a)


@mistake("a factor 1 − a is missing", "σ′ is small on both sides. Is yours small near a = 1?")
def only_a(a, G):
    return G * a


@mistake("a(1 + a) instead of a(1 − a)", "σ′ is small on both sides. Mind the sign in the bracket.")
def plus_instead_of_minus(a, G):
    return G * a * (1 + a)


@mistake("the slope of tanh", "Which activation does this layer have?")
def slope_of_tanh(a, G):
    return G * (1 - a**2)


@mistake("the sign is turned", "The sigmoid rises. May its slope be negative?")
def sign_turned(a, G):
    return G * a * (a - 1)


@mistake("divided by the slope", "What does the chain rule do with the numbers along a path?")
def divided_by_the_slope(a, G):
    slope = a * (1 - a)
    return G / np.where(slope == 0, 1, slope)


@mistake("the slope is taken at G", CHAIN + "G is a factor, not a place.")
def sigmoid_of_the_gradient(a, G):
    s = sigma(G)
    return s * (1 - s)


@mistake("a and G are exchanged", "Which of the two arrays is the output of the sigmoid?")
def gradient_in_place_of_a(a, G):
    return a * G * (1 - G)


@mistake(
    "a − y, the gradient of sigmoid and cross-entropy together",
    "That is right where G is still unknown and the loss is the cross-entropy. Here G is given, from whatever is above.",
)
def output_minus_target(a, G):
    return a - G


@mistake("the slope is applied twice", "How often does z pass through the sigmoid?")
def slope_squared(a, G):
    return G * (a * (1 - a)) ** 2


@mistake("everything passes", "A saturated unit hardly reacts. What does it do to a gradient?")
def everything_passes(a, G):
    return G.copy()


@mistake("the mask of ReLU", "A sigmoid does not switch: its slope is a number between 0 and ¼.")
def mask_of_relu(a, G):
    return G * (a > 0)


@mistake("a mask at one half", "A sigmoid does not switch: its slope changes gradually.")
def mask_at_one_half(a, G):
    return G * (a > 0.5)


@mistake("the sigmoid once more", OUTPUT + "And the slope is asked for, not the value.")
def forward_once_more(a, G):
    return G * sigma(a)


@mistake(
    "added instead of multiplied",
    "What does the chain rule do with two numbers that follow each other on a path?",
)
def added_instead_of_multiplied(a, G):
    return G + a * (1 - a)


@mistake("a mean over the batch", "The mean belongs to the loss: G has it already.")
def mean_over_the_batch(a, G):
    return G * a * (1 - a) / len(a)


@mistake("a sum over the batch", "Every example has its own dJ/dz. Nothing is added up here.")
def sum_over_the_batch(a, G):
    return (G * a * (1 - a)).sum(axis=0)


@mistake("a matrix product", "Each activation depends on its own z alone. Which product is that?")
def matrix_product(a, G):
    return G @ (a * (1 - a)).T


@mistake("one mean slope for all", "Every unit stands at a place of its own on the sigmoid.")
def mean_slope(a, G):
    return G * (a * (1 - a)).mean()


@mistake(
    "z is computed back from a", "At a = 0 or a = 1 the way back is lost. The slope can be had from a itself."
)
def z_found_again(a, G):
    with np.errstate(all="ignore"):
        z = np.log(a / (1 - a))
    e = np.exp(-z)
    return G * e / (1 + e) ** 2 + 0 * z


@mistake("the slope is kept away from 0", "A saturated unit has no slope. That is sad, but true.")
def kept_off_zero(a, G):
    return G * np.maximum(a * (1 - a), 0.05)


@mistake("your function overwrites G", OWN_ARRAY)
def gradient_overwritten(a, G):
    G *= a * (1 - a)
    return G


@mistake("your function overwrites a", OWN_ARRAY + " The layer above may still need a.")
def output_overwritten(a, G):
    a *= 1 - a
    return a * G


@mistake("the results are rounded", "Rounding is for printing. Return all digits.")
def whole_numbers(a, G):
    return (100 * G * a * (1 - a)).astype(int) / 100


QUESTION = Question(
    sigmoid_backward,
    "dJ/dz",
    probes=(
        Probe("wide", _pair(5, 3), "a and G are (5, 3)"),
        Probe("square", _pair(4, 4), "a and G are (4, 4)"),
        Probe("one", _pair(1, 6), "a and G are (1, 6)"),
        Probe("saturated", _saturated, "some outputs are 0 or 1"),
    ),
    properties=(
        shape(1),
        values(
            3,
            ELEMENTWISE,
            on=("wide", "square", "one"),
            advice=CHAIN + "Write σ′ with the help of σ alone; σ(z) is a.",
        ),
        values(
            1,
            ELEMENTWISE,
            on=("saturated",),
            name="saturated units",
            advice="A unit at 0 or 1 has the slope 0. Does your formula find it?",
        ),
        unchanged(1),
    ),
    right=(
        sigmoid_backward_by_squares,
        sigmoid_backward_around_the_middle,
        sigmoid_backward_in_place,
        sigmoid_backward_by_einsum,
    ),
    misconceptions=mistakes(globals()),
)
