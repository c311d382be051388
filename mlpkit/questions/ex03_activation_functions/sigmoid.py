"""The question `sigmoid`: the function of slides 10 to 12, for numbers of any size."""

import numpy as np

from mlpkit.exercises.comparisons import no_warnings
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Question
from mlpkit.questions.ex03_activation_functions.common import (
    FAR,
    NUMBER_BY_NUMBER,
    OWN_ARRAY,
    TYPE_KEPT,
    probes_of_all_sizes,
    properties_of_all_sizes,
    sigma,
)


def sigmoid(z):
    """σ(z) = 1 / (1 + e⁻ᶻ), number by number, also for z = ±1000 without overflow.

    z array of any shape, of floats or integers -> floats of the same shape
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


def sigmoid_clipped(z):
    """Far out the function is flat: cut z off where e⁷⁰⁰ still is a number."""
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


@mistake(
    "the formula is used as printed: it overflows for large negative z",
    "Which number does e⁻ᶻ become at z = −1000? Write σ with an exponential that only gets small; and mind that np.where computes both of its branches for every number.",
)
def overflows_on_the_left(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "e^z is divided by 1 + e^z: infinity over infinity for large z",
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


@mistake(
    "np.where computes both of its branches, and one of them overflows",
    "np.where chooses when both are computed for every z. Which exponential stays small for all of them?",
)
def both_branches_computed(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@mistake(
    "each of the two formulas stands on the wrong side",
    "Where does e⁻ᶻ stay small, left or right of 0? And eᶻ?",
)
def branches_exchanged(z):
    return np.where(z < 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@mistake("the 1 in the denominator is missing", "Can your result be larger than 1? A sigmoid's cannot.")
def one_missing(z):
    return np.exp(np.minimum(z, 700))


@mistake("there is a minus in the denominator", "What does your formula give at z = 0?")
def minus_in_the_denominator(z):
    with np.errstate(all="ignore"):
        return 1 / (1 - np.exp(-np.clip(z, -700, 700)))


@mistake("the range is (−1, 1)", "Moved and squeezed, tanh becomes the sigmoid. Which range has yours?")
def tanh_of_half(z):
    return np.tanh(z / 2)


@mistake("you return tanh", "A sigmoid is never negative. Which of the two functions did you write?")
def tanh_instead(z):
    return np.tanh(z)


@mistake("you return the derivative", "Asked for is σ itself: it runs from 0 to 1 and does not come back.")
def the_derivative(z):
    return sigma(z) * (1 - sigma(z))


@mistake("you return log σ", "A sigmoid is between 0 and 1. Where is yours?")
def its_logarithm(z):
    return -np.logaddexp(0, -z)


@mistake("you return softplus", "Softplus is the function whose slope is the sigmoid.")
def softplus_instead(z):
    return np.logaddexp(0, z)


@mistake("you return softmax", "A sigmoid looks at every number by itself. Do yours add up to 1?")
def softmax_instead(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@mistake("you wrote a step, not a sigmoid", "How large is σ(0.5)? Near 0 the curve is smooth.")
def step_instead(z):
    return np.where(z > 0, 1.0, 0.0)


@mistake(
    "you wrote a straight line, cut off at 0 and 1",
    "Some hardware does that. Here the exponential is asked for.",
)
def straight_line_instead(z):
    return np.clip(0.5 + z / 4, 0, 1)


@mistake(
    "powers of {base:.6g} are taken, not of e",
    "e is 2.718…; which function of NumPy has it?",
    base=between(1.5, 12),
)
def base_ten(z, base=10.0):
    return sigma(z * np.log(base))


@mistake(
    "z is cut off at ±{limit:g}, or the result near 0 and 1",
    "Cutting off prevents overflow, but only where σ is flat to the last digit. Where do you cut?",
    limit=between(0.1, 30),
)
def cut_off_too_early(z, limit=2.5):
    return sigma(np.clip(z, -limit, limit))


@mistake("only the first entry is computed", NUMBER_BY_NUMBER + " Also in the other rows.")
def first_row_only(z):
    return sigma(z[0])


@mistake("your results have the type of z", TYPE_KEPT)
def type_of_z_kept(z):
    return sigma(z).astype(z.dtype)


@mistake("your function overwrites z", OWN_ARRAY)
def z_overwritten(z):
    z[...] = sigma(z)
    return z


QUESTION = Question(
    sigmoid,
    "a",
    probes=probes_of_all_sizes(),
    properties=(
        *properties_of_all_sizes(
            "Work out σ(0), σ(2) and σ(−2) by hand.",
            "What should come out at z = 1000 and at z = −1000? What does your formula compute on the way?",
        ),
        no_warnings(
            1,
            on=FAR,
            advice="Which exp in your formula grows without end, and on which side? Use the one that shrinks.",
        ),
    ),
    right=(sigmoid_by_tanh, sigmoid_by_masks, sigmoid_clipped),
    misconceptions=mistakes(globals()),
    further=(
        "Compute 1 / (1 + e⁻ᶻ) for z = 2 with a calculator, step by step, and print the same steps in your function.",
        "Sketch the curve: ½ at 0, towards 1 on the right, towards 0 on the left. At which z does yours leave it?",
    ),
)
