"""The question `sigmoid`: the function of slides 10 to 12, for numbers of any size."""

import numpy as np

from mlpkit.exercises.comparisons import no_warnings, shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex03_activation_functions.common import (
    ELEMENTWISE,
    LARGE,
    NUMBER_BY_NUMBER,
    OWN_ARRAY,
    away_from_zero,
    sigma,
)


def sigmoid(z):
    """σ(z) = 1 / (1 + e⁻ᶻ), number by number, also for z = ±1000 without overflow.

    z array of any shape -> like z
    """
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_by_tanh(z):
    """The sigmoid is a tanh, moved and squeezed."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def sigmoid_by_masks(z):
    """Two formulas, each for the sign where it is safe."""
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    right = z >= 0
    out[right] = 1 / (1 + np.exp(-z[right]))
    left = np.exp(z[~right])
    out[~right] = left / (1 + left)
    return out


def sigmoid_by_logarithms(z):
    """exp(−log(1 + e⁻ᶻ)), the sum by logaddexp."""
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def sigmoid_clipped(z):
    """Far out the function is flat: cut z off where e⁷⁰⁰ still is a number."""
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


@mistake(
    "the formula as printed: it overflows for large negative z",
    "Which number does e⁻ᶻ become at z = −1000? Write σ with an exponential that only gets small; and mind that np.where computes both of its branches for every number.",
)
def overflows_on_the_left(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "e^z over 1 + e^z: infinity over infinity for large z",
    "Both parts of your fraction are infinite at z = 1000. Is there a form for z > 0 in which everything stays small?",
)
def nan_on_the_right(z):
    return np.exp(z) / (1 + np.exp(z))


@mistake(
    "infinity over infinity is replaced by a number",
    "The overflow is still there, and e^z is infinite long before it matters. Is there a form for z > 0 in which everything stays small?",
)
def nan_replaced(z):
    return np.nan_to_num(np.exp(z) / (1 + np.exp(z)), nan=1.0)


@mistake("left and right are exchanged", "Is your curve rising? Mind the sign in the exponent.")
def mirrored(z):
    return 1 - sigma(z)


@mistake("the 1 in the denominator is missing", "Can your result be larger than 1? A sigmoid's cannot.")
def one_missing(z):
    return np.exp(np.minimum(z, 700))


@mistake("a minus in the denominator", "What does your formula give at z = 0?")
def minus_in_the_denominator(z):
    with np.errstate(all="ignore"):
        return 1 / (1 - np.exp(-np.clip(z, -700, 700)))


@mistake("the range is (−1, 1)", "Moved and squeezed, tanh becomes the sigmoid. Which range has yours?")
def tanh_of_half(z):
    return np.tanh(z / 2)


@mistake("that is tanh", "A sigmoid is never negative. Which of the two functions did you write?")
def tanh_instead(z):
    return np.tanh(z)


@mistake("twice as steep", "The slope of σ at 0 is ¼. Which is yours?")
def twice_as_steep(z):
    return (1 + np.tanh(z)) / 2


@mistake("that is the derivative", "Asked for is σ itself: it runs from 0 to 1 and does not come back.")
def the_derivative(z):
    return sigma(z) * (1 - sigma(z))


@mistake("that is log σ", "A sigmoid is between 0 and 1. Where is yours?")
def its_logarithm(z):
    return -np.logaddexp(0, -z)


@mistake("that is softplus", "Softplus is the function whose slope is the sigmoid.")
def softplus_instead(z):
    return np.logaddexp(0, z)


@mistake("that is softmax", "A sigmoid looks at every number by itself. Do yours add up to 1?")
def softmax_instead(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@mistake("a step, not a sigmoid", "How large is σ(0.5)? Near 0 the curve is smooth.")
def step_instead(z):
    return np.where(z > 0, 1.0, 0.0)


@mistake("the results are rounded", "Rounding is for printing. Return all digits.")
def rounded(z):
    return np.round(sigma(z), 3)


@mistake("a straight line cut off at 0 and 1", "Some hardware does that. Here the exponential is asked for.")
def straight_line_instead(z):
    return np.clip(0.5 + z / 4, 0, 1)


@mistake("powers of 10", "e is 2.718…; which function of NumPy has it?")
def base_ten(z):
    return sigma(z * np.log(10))


@mistake("powers of 2", "e is 2.718…; which function of NumPy has it? Yours is less steep.")
def base_two(z):
    return sigma(z * np.log(2))


@mistake(
    "negative numbers are treated like positive ones",
    "The absolute value keeps exp small, but σ(−2) is not σ(2). How are the two related?",
)
def absolute_value_kept(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@mistake(
    "z is cut off too early",
    "Cutting off prevents overflow, but only where σ is flat to the last digit. Where do you cut?",
)
def cut_off_too_early(z):
    return sigma(np.clip(z, -2.5, 2.5))


@mistake(
    "the result is kept away from 0 and 1",
    "That trick belongs to losses that take a logarithm, and even there it is a poor one.",
)
def kept_off_zero_and_one(z):
    return np.clip(sigma(z), 1e-3, 1 - 1e-3)


@mistake(
    "the results are stored as whole numbers",
    "An array keeps the dtype it was made with. What becomes of 0.7 in an array of int?",
)
def whole_numbers(z):
    out = np.zeros(np.shape(z), dtype=int)
    out[...] = sigma(z)
    return out


@mistake("the shape of z is lost", NUMBER_BY_NUMBER)
def flattened(z):
    return np.ravel(sigma(z))


@mistake("all numbers are added up", NUMBER_BY_NUMBER + " Not one for all.")
def added_up(z):
    return sigma(z).sum()


@mistake("only the first entry is computed", NUMBER_BY_NUMBER + " Also in the other rows.")
def first_row_only(z):
    return sigma(z[0])


@mistake("your function overwrites z", OWN_ARRAY)
def z_overwritten(z):
    z[...] = sigma(z)
    return z


QUESTION = Question(
    sigmoid,
    "a",
    probes=(
        Probe("row", lambda r: (away_from_zero(7)(r),), "seven numbers"),
        Probe("table", lambda r: (away_from_zero(3, 4, high=6.0)(r),), "z is (3, 4)"),
        Probe("block", lambda r: (away_from_zero(2, 3, 2)(r),), "z is (2, 3, 2)"),
        Probe(
            "middle",
            lambda r: (np.array([0.0, -8.0, 8.0, -20.0, 20.0]) * r.uniform(0.9, 1.1),),
            "0, and numbers up to ±20",
        ),
        Probe("right", lambda r: (r.uniform(750, 1250, 5),), "numbers about 1000, none below 0"),
        Probe("large", lambda r: (np.round(LARGE * r.uniform(0.8, 1.2)),), "numbers about ±1000"),
    ),
    properties=(
        shape(1, advice=NUMBER_BY_NUMBER),
        values(
            3,
            ELEMENTWISE,
            on=("row", "table", "block", "middle"),
            advice="Work out σ(0), σ(2) and σ(−2) by hand.",
        ),
        values(
            1,
            ELEMENTWISE,
            on=("right", "large"),
            name="large numbers",
            advice="What should come out at z = 1000 and at z = −1000? What does your formula compute on the way?",
        ),
        no_warnings(
            1,
            on=("right", "large"),
            advice="Which exp in your formula grows without end, and on which side? Use the one that shrinks.",
        ),
        unchanged(1),
    ),
    right=(sigmoid_by_tanh, sigmoid_by_masks, sigmoid_by_logarithms, sigmoid_clipped),
    misconceptions=mistakes(globals()),
)
