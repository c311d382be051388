"""The question `sigmoid_backward`: the slope from the output, which the forward pass has already made."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex03_activation_functions.common import (
    ELEMENTWISE,
    LARGE,
    OWN_ARRAY,
    WHOLE,
    sigma,
    signed,
    strided,
    whole,
)


def sigmoid_backward(a, G):
    """dJ/dz of a sigmoid layer from its OUTPUT a = σ(z) and from G = dJ/da.

    a (N, n), one example per row, numbers in [0, 1]; G (N, n), with the mean over the batch in it already
    -> dJ/dz (N, n)
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


CHAIN = "dJ/dz = dJ/da · σ′(z). "


OUTPUT = "a is σ(z) already. "


def _pair(*shape):
    return lambda r: (
        r.uniform(0.03, 0.97, shape),
        r.normal(size=shape) + 0.3 * np.sign(r.normal(size=shape)),
    )


def _saturated(r):
    """Outputs of exactly 0 and 1 among others: the slope there is 0."""
    a, G = _pair(2, 4)(r)
    a[0, 1], a[1, 2], a[1, 0] = 0.0, 1.0, 1e-12
    G[0, 1], G[1, 2] = 2.5, -1.5
    return a, G


def _near_the_ends(first):
    """Outputs of σ for z up to about ±20, each with the mirrored one."""
    return lambda r: (
        np.round(sigma(signed((20, 4, 7, 2, 12, 0.5), first)(r)), 11).reshape(2, 3),
        _pair(2, 3)(r)[1],
    )


def _large_gradients(r):
    return _pair(2, 3)(r)[0], signed(LARGE, r.choice([-1, 1]))(r).reshape(2, 3)


@mistake(
    "a is taken for z: σ′ is applied to the output",
    OUTPUT + "Apply the sigmoid once more, and it is the slope at another place.",
)
def slope_of_the_output(a, G):
    s = sigma(a)
    return G * s * (1 - s)


@mistake("a² stands for a(1 − a)", "Which is the second factor of σ′?")
def one_minus_missing(a, G):
    return G * a * a


@mistake("a factor a is missing", "σ′ is small on both sides. Is yours small near a = 0?")
def a_missing(a, G):
    return G * (1 - a)


@mistake("a factor 1 − a is missing", "σ′ is small on both sides. Is yours small near a = 1?")
def only_a(a, G):
    return G * a


@mistake("a(1 + a) stands for a(1 − a)", "σ′ is small on both sides. Mind the sign in the bracket.")
def plus_instead_of_minus(a, G):
    return G * a * (1 + a)


@mistake("the slope of tanh is used", "Which activation does this layer have?")
def slope_of_tanh(a, G):
    return G * (1 - a**2)


@mistake(
    "G is divided by the slope",
    "What does the chain rule do with the numbers along a path?",
    eps=between(1e-20, 0.1),
)
def divided_by_the_slope(a, G, eps=0.0):
    slope = a * (1 - a) + eps
    return G / np.where(slope == 0, 1, slope)


@mistake(
    "a is divided by 1 − a",
    "σ′ is small on both sides. How large is yours near a = 1?",
    eps=between(1e-20, 0.1),
)
def odds(a, G, eps=0.0):
    return G * a / (1 - a + eps)


@mistake("the slope is taken at G", CHAIN + "G is a factor, not a place.")
def sigmoid_of_the_gradient(a, G):
    s = sigma(G)
    return s * (1 - s)


@mistake(
    "you return a − y, the gradient of sigmoid and cross-entropy together",
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


@mistake("there is a mask at one half", "A sigmoid does not switch: its slope changes gradually.")
def mask_at_one_half(a, G):
    return G * (a > 0.5)


@mistake("the sigmoid is applied once more", OUTPUT + "And the slope is asked for, not the value.")
def forward_once_more(a, G):
    return G * sigma(a)


@mistake(
    "the two are added instead of multiplied",
    "What does the chain rule do with two numbers that follow each other on a path?",
)
def added_instead_of_multiplied(a, G):
    return G + a * (1 - a)


@mistake("you take a matrix product", "Each activation depends on its own z alone. Which product is that?")
def matrix_product(a, G):
    return G @ (a * (1 - a)).T


@mistake("one mean slope is used for all", "Every unit stands at a place of its own on the sigmoid.")
def mean_slope(a, G):
    return G * (a * (1 - a)).mean()


@mistake(
    "z is computed back from a", "At a = 0 or a = 1 the way back is lost. The slope can be had from a itself."
)
def z_found_again(a, G):
    with np.errstate(all="ignore"):
        z = np.log(a / (1 - a))
    e = np.exp(-z)
    return G * e / (1 + e) ** 2


@mistake(
    "the slope is kept at {least:g} or more",
    "A saturated unit has no slope. That is sad, but true.",
    least=between(1e-11, 0.2),
)
def kept_off_zero(a, G, least=0.05):
    return G * np.maximum(a * (1 - a), least)


VALUES = ("wide", "square", "one", "again", "near 1", "near 0", "gradients")
QUESTION = Question(
    sigmoid_backward,
    "dJ/dz",
    probes=(
        Probe("wide", _pair(5, 3), "a and G are (5, 3)"),
        Probe("square", lambda r: tuple(map(strided, _pair(4, 4)(r))), "a and G are (4, 4)"),
        Probe("one", _pair(1, 7), "a and G are (1, 7)"),
        Probe("again", _pair(2, 3), "a and G are (2, 3)"),
        Probe("near 1", _near_the_ends(1), "some outputs are near 0 or 1", digits=None),
        Probe("near 0", _near_the_ends(-1), "some outputs are near 0 or 1, the first near 0", digits=None),
        Probe("gradients", _large_gradients, "G is up to ±2000"),
        Probe("saturated", _saturated, "some outputs are 0 or 1"),
        Probe(
            "integers",
            lambda r: (np.append([0.02], r.uniform(0.1, 0.9, 5)).reshape(2, 3), whole(r)),
            "G holds whole numbers",
            ask=WHOLE,
        ),
    ),
    properties=(
        shape(1, on=VALUES),
        values(2, ELEMENTWISE, on=VALUES, advice=CHAIN + "Write σ′ with the help of σ alone; σ(z) is a."),
        values(1, ELEMENTWISE, on=("integers",), name="whole numbers", advice=WHOLE),
        values(
            1,
            ELEMENTWISE,
            on=("saturated",),
            name="saturated units",
            advice="A unit at 0 or 1 has the slope 0. Does your formula find it?",
        ),
        unchanged(1, advice=OWN_ARRAY),
    ),
    right=(
        sigmoid_backward_by_squares,
        sigmoid_backward_around_the_middle,
        sigmoid_backward_in_place,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Take a = 0.9 and G = −2 as in the example, and compute each of your factors by hand.",
        "Write the slope as an array of its own first. It must be ¼ at a = ½, and 0 at both ends.",
    ),
)
