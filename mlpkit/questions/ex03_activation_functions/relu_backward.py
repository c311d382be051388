"""The question `relu_backward`: which gradients pass, and which stop."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex03_activation_functions.common import (
    ELEMENTWISE,
    LARGE,
    MIDDLE,
    OWN_ARRAY,
    TYPE_KEPT,
    WHOLE,
    away_from_zero,
    gradients,
    signed,
    strided,
    whole,
)


def relu_backward(Z, G):
    """dJ/dZ of a ReLU layer A = max{0, Z} from its input Z and from G = dJ/dA.

    Z (N, n), one example per row, no entry is 0; G (N, n), with the mean over the batch in it already
    -> dJ/dZ (N, n)
    """
    return G * (Z > 0)


def relu_backward_by_where(Z, G):
    """Choose."""
    return np.where(Z < 0, 0.0, G)


def relu_backward_on_a_copy(Z, G):
    """Copy, then close what was off."""
    dZ = np.array(G, dtype=float)
    dZ[Z <= 0] = 0
    return dZ


def relu_backward_in_loops(Z, G):
    """Entry by entry."""
    return [
        [g if z > 0 else 0.0 for z, g in zip(one, other, strict=True)]
        for one, other in zip(Z, G, strict=True)
    ]


CHAIN = "dJ/dz = dJ/da · g′(z). "


def _pair(*shape, high=3.0):
    return lambda r: (
        away_from_zero(*shape, high=high)(r),
        r.normal(size=shape) + 0.3 * np.sign(r.normal(size=shape)),
    )


def _of_sizes(sizes, first):
    """Z of these sizes, each with another gradient."""
    return lambda r: (signed(sizes, first)(r).reshape(2, -1), _pair(2, len(sizes) // 2)(r)[1])


def _large_gradients(r):
    """Gradients of all sizes; every unit is on."""
    return np.abs(_pair(2, 3)(r)[0]), signed(LARGE, r.choice([-1, 1]))(r).reshape(2, 3)


@mistake(
    "negative gradients are stopped as well", "A unit that is on passes every gradient, whatever its sign."
)
def both_must_be_positive(Z, G):
    return G * (Z > 0) * (G > 0)


@mistake(
    "the mask is made from G", CHAIN + "g′ is taken at z, the input of the ReLU. Which array holds that?"
)
def mask_of_the_gradient(Z, G):
    return G * (G > 0)


@mistake("z is multiplied with the gradient", CHAIN + "What is the slope of the ReLU at z?")
def input_times_gradient(Z, G):
    return Z * G


@mistake("the slope is taken for −1 on the left", "What is the slope of a constant 0?")
def sign_as_slope(Z, G):
    return G * np.sign(Z)


@mistake(
    "the slope of leaky ReLU is used, {slope:g} on the left",
    "A plain ReLU is flat on the left.",
    slope=between(1e-4, 0.9),
)
def a_leak_on_the_left(Z, G, slope=0.01):
    return np.where(Z > 0, G, slope * G)


@mistake("the kink is at 1", "Where does the ReLU switch on?")
def closed_up_to_one(Z, G):
    return G * (Z > 1)


@mistake("units that are just on are taken for off", "How far above 0 must z be for a ReLU to pass it on?")
def small_inputs_taken_for_zero(Z, G):
    return G * (Z > 0.1)


@mistake("there is one mask for the whole batch", "A unit may be on for one example and off for the next.")
def one_mask_for_each_unit(Z, G):
    return G * (Z.mean(axis=0) > 0)


@mistake("there is one mask for all units", "Each unit of a layer has a z of its own.")
def one_mask_for_each_example(Z, G):
    return G * (Z.sum(axis=1, keepdims=True) > 0)


@mistake("you take a matrix product", "Each activation depends on its own z alone. Which product is that?")
def matrix_product(Z, G):
    return G @ (Z > 0).T


@mistake("the slope of the sigmoid is used", "Which activation does this layer have?")
def slope_of_the_sigmoid(Z, G):
    e = np.exp(-np.abs(Z))
    return G * e / (1 + e) ** 2


@mistake(
    "the two are added instead of multiplied", "What does the chain rule do with the numbers along a path?"
)
def added_instead_of_multiplied(Z, G):
    return G + (Z > 0)


@mistake("your results have the type of Z", TYPE_KEPT)
def type_of_the_input_kept(Z, G):
    return (G * (Z > 0)).astype(Z.dtype)


VALUES = (
    *("wide", "again", "square", "one", "small"),
    *("middle", "middle left", "large", "large left", "gradients"),
)
QUESTION = Question(
    relu_backward,
    "dJ/dZ",
    probes=(
        Probe("wide", _pair(5, 3), "Z and G are (5, 3)"),
        Probe("again", lambda r: tuple(-a for a in _pair(5, 3)(r)), "Z and G are (5, 3) once more"),
        Probe("square", lambda r: tuple(map(strided, _pair(4, 4)(r))), "Z and G are (4, 4)"),
        Probe("one", _pair(1, 7, high=0.85), "Z and G are (1, 7)"),
        Probe("small", lambda r: (_pair(2, 3)(r)[0] / 300, _pair(2, 3)(r)[1]), "Z is within ±0.01"),
        Probe("middle", _of_sizes(MIDDLE, 1), "Z is up to ±50"),
        Probe("middle left", _of_sizes(MIDDLE, -1), "Z is up to ±50, the first entry negative"),
        Probe("large", _of_sizes(LARGE, 1), "Z is up to ±2000"),
        Probe("large left", _of_sizes(LARGE, -1), "Z is up to ±2000, the first entry negative"),
        Probe("gradients", _large_gradients, "G is up to ±2000"),
        Probe("integers", lambda r: (whole(r), gradients(r)), "Z holds whole numbers", ask=WHOLE),
    ),
    properties=(
        shape(1, on=VALUES),
        values(2, ELEMENTWISE, on=VALUES, advice=CHAIN + "Which of the two arrays decides what g′(z) is?"),
        values(1, ELEMENTWISE, on=("integers",), name="whole numbers", advice=WHOLE),
        unchanged(1, advice=OWN_ARRAY),
    ),
    right=(
        relu_backward_by_where,
        relu_backward_on_a_copy,
        relu_backward_in_loops,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Take the three units of the example by hand: for each, is it on, and what comes out for its gradient?",
        "Write g′(Z) as an array of its own first. It depends on one of the two arguments only.",
    ),
)
