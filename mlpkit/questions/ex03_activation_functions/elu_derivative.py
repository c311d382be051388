"""The question `elu_derivative`: two branches, one exponential."""

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
    signed,
)


def elu_derivative(z, alpha):
    """g′(z) for ELU, g(z) = z where z > 0 and α (eᶻ − 1) elsewhere.

    z array of any shape, of floats or integers (0 is never asked for); alpha a number > 0
    -> floats, shaped as z
    """
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0)))


def elu_slope_by_masks(z, alpha):
    """Ones, and the left side written over."""
    out = np.ones(np.shape(z))
    left = z < 0
    out[left] = alpha * np.exp(z[left])
    return out


def elu_slope_number_by_number(z, alpha):
    """A loop with if and else."""
    flat = [1.0 if value > 0 else alpha * np.exp(value) for value in np.ravel(z)]
    return np.reshape(flat, np.shape(z))


LEFT = "Differentiate α (eᶻ − 1): which part is a constant?"


@mistake("α is missing", "Right for α = 1 only. What happens to a constant factor when you differentiate?")
def alpha_missing(z, alpha):
    return np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))


@mistake("you return ELU itself, not its derivative", "Asked for is the slope. What is it where g(z) = z?")
def elu_itself(z, alpha):
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


@mistake("on the left stands g itself instead of its slope", LEFT)
def elu_on_the_left(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.expm1(np.minimum(z, 0)))


@mistake("the slope of ReLU is used", "ELU was made so that the left side still has a slope. Which?")
def nothing_on_the_left(z, alpha):
    return np.where(z > 0, 1.0, 0.0)


@mistake("the slope of leaky ReLU is used", "On the left ELU is curved. Can its slope be a constant?")
def alpha_alone_on_the_left(z, alpha):
    return np.where(z > 0, 1.0, alpha)


@mistake(
    "the slope on the left is a constant, {slope:g}",
    "On the left ELU is curved, and α says how far down it goes. Can its slope be one number?",
    slope=between(1e-4, 0.9),
)
def constant_on_the_left(z, alpha, slope=0.01):
    return np.where(z > 0, 1.0, slope)


@mistake("the branches are exchanged", "On which side is ELU a straight line?")
def branches_exchanged(z, alpha):
    return np.where(z < 0, 1.0, alpha * np.exp(z))


@mistake("α stands on both sides", "On the right g(z) = z, without any α.")
def alpha_on_both_sides(z, alpha):
    return alpha * np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))


@mistake("z itself stands on the right", "What is the slope of the straight line g(z) = z?")
def z_on_the_right(z, alpha):
    return np.where(z > 0, z, alpha * np.exp(np.minimum(z, 0)))


@mistake("e⁻ᶻ stands for eᶻ", "Far on the left ELU is flat. Is your slope small there?")
def sign_in_the_exponent(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.exp(-z))


@mistake("the right side is not treated by itself", "On the right g(z) = z. Did you ask for the sign of z?")
def exponential_everywhere(z, alpha):
    return alpha * np.exp(z)


@mistake(
    "the left side is not treated by itself",
    "On the left g is curved. Did you ask for the sign of z? A mask that is made after z was written to sees the new numbers.",
)
def one_everywhere(z, alpha):
    return np.ones(np.shape(z))


@mistake("α is in the exponent as well", "In the formula α stands in front only.")
def alpha_in_both_places(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.exp(alpha * np.minimum(z, 0)))


@mistake("α is in the exponent", "In the formula α stands in front of the bracket.")
def alpha_in_the_exponent(z, alpha):
    return np.where(z > 0, 1.0, np.exp(alpha * np.minimum(z, 0)))


@mistake(
    "the power rule is used on the exponential",
    "The exponential is its own derivative. Which rule did you use?",
)
def power_rule_for_the_exponential(z, alpha):
    low = np.minimum(z, 0)
    return np.where(z > 0, 1.0, alpha * low * np.exp(low - 1))


@mistake("α is added", LEFT + " A factor stays a factor.")
def alpha_added(z, alpha):
    return np.where(z > 0, 1.0, alpha + np.exp(np.minimum(z, 0)))


@mistake("a constant stayed", LEFT + " And what is a constant's derivative?")
def one_added(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0)) + 1)


@mistake("the branches meet at 1", "At which z does the formula change?")
def threshold_at_one(z, alpha):
    return np.where(z > 1, 1.0, alpha * np.exp(np.minimum(z, 1)))


@mistake("the larger of the two slopes is taken", "The sign of z decides, not which slope is larger.")
def larger_of_the_two(z, alpha):
    return np.maximum(1.0, alpha * np.exp(z))


@mistake(
    "the smaller of the two slopes is taken",
    "Just right of 0, which of the two is smaller if α is ½? Let the sign of z choose the branch.",
)
def smaller_of_the_two(z, alpha):
    return np.minimum(1.0, alpha * np.exp(z))


@mistake("the slope of the sigmoid is used", "Which function is asked for?")
def sigmoid_slope(z, alpha):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@mistake(
    "large z give nan: 0 times infinity",
    "A mask of 0 does not remove an infinite number. Keep the exponential from growing, or choose with np.where.",
)
def zero_times_infinity(z, alpha):
    return (z > 0) * 1.0 + (z <= 0) * alpha * np.exp(z)


@mistake(
    "z is taken for the output of ELU",
    "g + α is the slope on the left. Is z already g, or does it go into g?",
)
def input_plus_alpha(z, alpha):
    return np.where(z > 0, 1.0, z + alpha)


@mistake(
    "the second mask sees what the first one wrote",
    "After your first assignment numbers that were negative are positive. Which of them does your second mask find? "
    + OWN_ARRAY,
)
def second_mask_sees_the_first(z, alpha):
    z[z < 0] = alpha * np.exp(z[z < 0])
    z[z > 0] = 1
    return z


@mistake("your results have the type of z", TYPE_KEPT)
def type_of_z_kept(z, alpha):
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))).astype(z.dtype)


@mistake("your function overwrites z", OWN_ARRAY)
def z_overwritten(z, alpha):
    left = z < 0
    z[left] = alpha * np.exp(z[left])
    z[~left] = 1
    return z


QUESTION = Question(
    elu_derivative,
    "g′",
    probes=(
        Probe("one", lambda r: (away_from_zero(3, 4)(r), 1.0), "α = 1, z is (3, 4)"),
        Probe("one small", lambda r: (signed(SMALL)(r), 1.0), "α = 1"),
        Probe("half", lambda r: (away_from_zero(7, high=0.65)(r), 0.5), "α = ½"),
        Probe("three", lambda r: (away_from_zero(9, high=0.8)(r), r.uniform(3.2, 3.8)), "α about 3"),
        *probes_of_all_sizes(lambda r: (1.5,), zero=()),
    ),
    properties=properties_of_all_sizes(
        LEFT,
        "np.where computes both branches everywhere. What is eᶻ at z = 1000, and what becomes of it?",
        points=1,
        name="values for other α",
        on=("half", "three"),
        others=(values(1, ELEMENTWISE, on=("one", "one small"), name="values for α = 1", advice=LEFT),),
    ),
    right=(elu_slope_by_masks, elu_slope_number_by_number),
    misconceptions=mistakes(globals()),
    further=(
        "Differentiate the two branches on paper, each by itself, before you think about arrays.",
        "Put z = −ln 2 and α = 2 into your left branch by hand: the example above says what comes out.",
    ),
)
