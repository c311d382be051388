"""The question `swish_derivative`: slide 13's gradient, with its erratum mended."""

import numpy as np

from mlpkit.exercises.comparisons import values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex03_activation_functions.common import (
    ELEMENTWISE,
    OWN_ARRAY,
    SMALL,
    TYPE_KEPT,
    away_from_zero,
    probes_of_all_sizes,
    properties_of_all_sizes,
    sigma,
    signed,
)


def swish_derivative(z, beta):
    """g′(z) for g(z) = z · σ(βz). The slide's formula for it is right for one β only: derive your own.

    z array of any shape, of floats or integers; beta a number > 0 -> floats of the shape of z
    """
    e = np.exp(-np.abs(beta * z))
    s = np.where(z >= 0, 1, e) / (1 + e)
    return s + beta * z * s * (1 - s)


def swish_slope_with_g(z, beta):
    """β g(z) + σ(βz) (1 − β g(z)), the slide's form with g where g is meant."""
    s = 0.5 * (1 + np.tanh(beta * z / 2))
    g = z * s
    return beta * g + s * (1 - beta * g)


def swish_slope_number_by_number(z, beta):
    """A loop, with the product rule inside."""
    out = np.zeros(np.shape(z))
    for at, value in np.ndenumerate(np.asarray(z, dtype=float)):
        s = 1 / (1 + np.exp(-np.clip(beta * value, -700, 700)))
        out[at] = s * (1 + beta * value * (1 - s))
    return out


def swish_slope_by_tanh(z, beta):
    """½ + ½ tanh u + ½ u / cosh² u with u = βz/2, in place."""
    u = beta * np.asarray(z, dtype=float) / 2
    t = np.tanh(u)
    out = 1 - t**2
    out *= u
    out += 1 + t
    out /= 2
    return out


PRODUCT = "g is a product, z times σ(βz): how many terms has the derivative of a product?"


CHAIN = "The chain rule: what is the derivative of the inner function βz?"


@mistake(
    "you use the slide's formula, with g(βz) where g(z) is meant",
    "The slide's gradient and the truth part company for every β but one. Read its g(βz) literally, then derive g′ by the product rule.",
)
def as_printed_on_the_slide(z, beta):
    g = beta * z * sigma(beta * beta * z)
    return beta * g + sigma(beta * z) * (1 - beta * g)


@mistake(
    "you use the slide's formula, with βz σ(βz) for g(βz)",
    "The slide's gradient and the truth part company for every β but one. Which g is meant there? Derive g′ by the product rule.",
)
def as_printed_with_another_g(z, beta):
    g = beta * z * sigma(beta * z)
    return beta * g + sigma(beta * z) * (1 - beta * g)


@mistake(
    "you kept only the first term of the product rule", PRODUCT + " z is not the only part that depends on z."
)
def only_the_sigmoid(z, beta):
    return sigma(beta * z)


@mistake(
    "you kept only the second term of the product rule",
    PRODUCT + " What is the derivative of the first factor?",
)
def only_the_second_term(z, beta):
    s = sigma(beta * z)
    return beta * z * s * (1 - s)


@mistake("the inner derivative is forgotten", CHAIN)
def inner_derivative_forgotten(z, beta):
    s = sigma(beta * z)
    return s + z * s * (1 - s)


@mistake("β is put in front of everything", CHAIN + " In which of the two terms was σ differentiated?")
def beta_outside_only(z, beta):
    s = sigma(beta * z)
    return beta * (s + z * s * (1 - s))


@mistake("β is taken for {fixed:g}", "Does your result change when β does?", fixed=between(0.1, 20))
def beta_taken_for_one(z, beta, fixed=1.0):
    s = sigma(fixed * z)
    return s + fixed * z * s * (1 - s)


@mistake(
    "σ(z) stands for σ(βz) in the second term", "Where σ is differentiated its argument stays what it was."
)
def sigmoid_of_z_in_the_second_term(z, beta):
    s = sigma(z)
    return sigma(beta * z) + beta * z * s * (1 - s)


@mistake(
    "σ(z) stands for σ(βz) in the first term", "Where z is differentiated σ's argument stays what it was."
)
def sigmoid_of_z_in_the_first_term(z, beta):
    s = sigma(beta * z)
    return sigma(z) + beta * z * s * (1 - s)


@mistake("you return swish itself, not its derivative", "Asked for is the slope of swish.")
def swish_itself(z, beta):
    return z * sigma(beta * z)


@mistake("the derivatives of the factors are multiplied", PRODUCT + " And they are added.")
def product_of_derivatives(z, beta):
    s = sigma(beta * z)
    return beta * s * (1 - s)


@mistake("you return σ′", "σ′ is one piece of it. " + PRODUCT)
def product_of_derivatives_without_beta(z, beta):
    s = sigma(beta * z)
    return s * (1 - s)


@mistake("the terms are subtracted", "Product rule or quotient rule: which has a minus?")
def terms_subtracted(z, beta):
    s = sigma(beta * z)
    return s - beta * z * s * (1 - s)


@mistake("σ² stands for σ(1 − σ)", "What is the derivative of σ?")
def one_minus_missing(z, beta):
    s = sigma(beta * z)
    return s + beta * z * s * s


@mistake("σ(1 + σ) stands for σ(1 − σ)", "What is the derivative of σ? Mind the sign in its second factor.")
def plus_instead_of_minus(z, beta):
    s = sigma(beta * z)
    return s + beta * z * s * (1 + s)


@mistake(
    "z is missing from the second term",
    "In the second term z is the factor that is left as it is. Where is yours?",
)
def z_missing(z, beta):
    s = sigma(beta * z)
    return s + beta * s * (1 - s)


@mistake("β is missing in front of the second g", "g appears twice in that form, and β goes with it.")
def beta_only_in_front_of_the_first_g(z, beta):
    g = z * sigma(beta * z)
    return beta * g + sigma(beta * z) * (1 - g)


@mistake("you differentiate with respect to β", "Which of the two letters is the input of the unit?")
def derivative_with_respect_to_beta(z, beta):
    s = sigma(beta * z)
    return z * z * s * (1 - s)


@mistake("you return the second derivative", "Differentiate once.")
def second_derivative(z, beta):
    s = sigma(beta * z)
    return beta * s * (1 - s) * (2 + beta * z * (1 - 2 * s))


@mistake("the slope of ReLU is used", "That is what swish comes to for β → ∞.")
def relu_slope(z, beta):
    return np.where(z > 0, 1.0, 0.0)


@mistake(
    "you take a difference quotient with the step {h:g}",
    "A difference has an error of the size of its step. The exact derivative is asked for.",
    h=between(1e-9, 0.5),
)
def a_coarse_difference(z, beta, h=1e-4):
    return ((z + h) * sigma(beta * (z + h)) - z * sigma(beta * z)) / h


@mistake(
    "you take a central difference quotient with the step {h:g}",
    "A central difference has a small error, and one all the same. The exact derivative is asked for.",
    h=between(1e-9, 0.5),
)
def a_central_difference(z, beta, h=1e-3):
    return ((z + h) * sigma(beta * (z + h)) - (z - h) * sigma(beta * (z - h))) / (2 * h)


@mistake(
    "for large z infinity is divided by infinity",
    "Both parts of your fraction are infinite at z = 1000. Write σ so that its exponential only gets small.",
)
def infinity_over_infinity(z, beta):
    s = np.exp(beta * z) / (1 + np.exp(beta * z))
    return s + beta * z * s * (1 - s)


@mistake("your results have the type of z", TYPE_KEPT)
def type_of_z_kept(z, beta):
    s = sigma(beta * z)
    return (s + beta * z * s * (1 - s)).astype(z.dtype)


@mistake("your function overwrites z", OWN_ARRAY)
def z_overwritten(z, beta):
    z *= beta
    s = sigma(z)
    return s + z * s * (1 - s)


QUESTION = Question(
    swish_derivative,
    "g′",
    probes=(
        Probe("one", lambda r: (away_from_zero(3, 4)(r), 1.0), "β = 1, z is (3, 4)"),
        Probe("one small", lambda r: (signed(SMALL, -1)(r), 1.0), "β = 1"),
        Probe("two", lambda r: (away_from_zero(2, 3, 2)(r), 2.0), "β = 2, z is (2, 3, 2)"),
        Probe("other", lambda r: (away_from_zero(9)(r), r.uniform(2.6, 3.4)), "β about 3"),
        *probes_of_all_sizes(lambda r: (0.4,)),
    ),
    properties=properties_of_all_sizes(
        PRODUCT + " " + CHAIN,
        "Far right the slope is 1, far left it is 0. What does your formula compute on the way?",
        name="values for other β",
        on=("two", "other"),
        others=(values(1, ELEMENTWISE, on=("one", "one small"), name="values for β = 1", advice=PRODUCT),),
    ),
    right=(swish_slope_with_g, swish_slope_number_by_number, swish_slope_by_tanh),
    misconceptions=mistakes(globals()),
    further=(
        "Write g as a product of two functions of z, and the derivative of each on a line of its own.",
        "Put β = 2 and z = 1 into each of your terms, and compare with the slope that the example measures.",
    ),
)
