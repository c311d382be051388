"""The question `bump`: two sigmoid units, one up and one down."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex07_universal_approximation.common import STEPS, sigma


def bump(x, s1, s2, h, w):
    """A bump of height h between s1 and s2 from two sigmoid units of weight w, which step at s1 and at s2.

    x array of any shape; s1 < s2, h, w > 0 numbers, h of either sign -> like x
    """
    e1, e2 = np.exp(-np.abs(w * (x - s1))), np.exp(-np.abs(w * (x - s2)))
    up = np.where(x >= s1, 1, e1) / (1 + e1)
    down = np.where(x >= s2, 1, e2) / (1 + e2)
    return h * up - h * down


def bump_by_tanh(x, s1, s2, h, w):
    """The halves of the two steps cancel."""
    return 0.5 * h * (np.tanh(w * (x - s1) / 2) - np.tanh(w * (x - s2) / 2))


def bump_as_a_network(x, s1, s2, h, w):
    """Hidden weights (w, w), biases −ws, output weights ±h."""
    W1, b1, W2 = np.array([[w, w]]), -w * np.array([s1, s2]), np.array([h, -h])
    Z = np.reshape(x, (-1, 1)) @ W1 + b1
    return (1 / (1 + np.exp(-np.clip(Z, -500, 500))) @ W2).reshape(np.shape(x))


def bump_number_by_number(x, s1, s2, h, w):
    """A loop over all numbers."""

    def step(value, s):
        return 1 / (1 + np.exp(-np.clip(w * (value - s), -500, 500)))

    out = np.zeros(np.shape(x))
    for at, value in np.ndenumerate(np.asarray(x)):
        out[at] = h * (step(value, s1) - step(value, s2))
    return out


def _steps(x, s1, s2, w):
    return sigma(w * (x - s1)), sigma(w * (x - s2))


def _case(w, sign, *shape, near=False):
    """Numbers around the bump, or the whole of [0, 1]; the steps away from simple fractions."""

    def make(r):
        s1, s2 = r.uniform(0.22, 0.33), r.uniform(0.58, 0.72)
        x = r.uniform(s1 - 3 / w, s2 + 3 / w, shape) if near else r.uniform(0, 1, shape)
        return x, s1, s2, sign * r.uniform(0.6, 1.9), w

    return make


def _sharp(r):
    """Weights for which w·x leaves the range of exp on both sides of the bump."""
    x, *others = _case(1500.0, -1, 40)(r)
    x[:2] = r.uniform(0.0, 0.05), r.uniform(0.95, 1.0)
    return x, *others


TWO = "Unit one goes up at s1. What must unit two do at s2 so that nothing is left behind it?"


@mistake(
    "infinity over infinity for a large weight",
    "Far to the right of a steep step e is raised to 1000, above the line and below it. Which form of the sigmoid did set 03 find for a large positive z?",
)
def infinity_over_infinity(x, s1, s2, h, w):
    up, down = np.exp(w * (x - s1)), np.exp(w * (x - s2))
    return h * (up / (1 + up) - down / (1 + down))


@mistake("the bias is −s, not −ws", "A unit's step stands where wx + b = 0. Solve for x with your b.")
def bias_without_the_weight(x, s1, s2, h, w):
    return h * (sigma(w * x - s1) - sigma(w * x - s2))


@mistake(
    "the steps are multiplied",
    "The output unit is linear: it can add and weigh its inputs, and nothing else.",
)
def product_of_the_steps(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * up * (1 - down)


@mistake("two steps up are multiplied", "The output unit is linear. And behind s2 nothing should be left.")
def product_of_both(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * up * down


@mistake("h is left everywhere", "What is your value far to the left of both steps?")
def second_turned_and_added(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * (up + 1 - down)


@mistake("both steps go up", TWO)
def sum_of_the_steps(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * (up + down)


@mistake("the bump is upside down", "Which of the two steps goes up?")
def upside_down(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * (down - up)


@mistake("h plays no part", "The output weights decide how high the bump is.")
def height_missing(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return up - down


@mistake("only one of the units has the weight h", TWO + " And by how much?")
def height_on_one_unit(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * up - down


@mistake("the bump cannot be negative", "May an output weight be negative?")
def height_without_its_sign(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return abs(h) * (up - down)


@mistake("twice as high", "In the middle of a wide bump both units are saturated. What do you have there?")
def height_twice(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return 2 * h * (up - down)


@mistake("h stands inside the sigmoid", "h is a weight behind the units, not in front of them.")
def height_inside(x, s1, s2, h, w):
    return sigma(h * w * (x - s1)) - sigma(h * w * (x - s2))


@mistake("ideal steps", "w is finite: near s1 and s2 the bump has slopes.")
def ideal_steps(x, s1, s2, h, w):
    return h * ((x >= s1) & (x < s2)) * 1.0


@mistake("one step only", "What brings the curve down again?")
def one_step_only(x, s1, s2, h, w):
    return h * _steps(x, s1, s2, w)[0]


@mistake("the steps stand at −s1 and −s2", "A unit's step stands where wx + b = 0. Which sign has b?")
def bias_with_a_plus(x, s1, s2, h, w):
    return h * (sigma(w * (x + s1)) - sigma(w * (x + s2)))


@mistake("w plays no part", "How does a unit get steep?")
def weight_left_out(x, s1, s2, h, w):
    return h * (sigma(x - s1) - sigma(x - s2))


@mistake("w is not the argument", "Somebody asks for w = 8. How steep is your bump?")
def weight_of_its_own(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, 1000.0)
    return h * (up - down)


@mistake("w divides", "A large w makes the step steep. Does yours?")
def weight_divides(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, 1 / w)
    return h * (up - down)


@mistake("tanh units", "tanh runs from −1 to 1. How high is your bump?")
def tanh_units(x, s1, s2, h, w):
    return h * (np.tanh(w * (x - s1)) - np.tanh(w * (x - s2)))


@mistake("ReLU units", "A ReLU does not saturate. Which units are asked for?")
def relu_units(x, s1, s2, h, w):
    return h * (np.maximum(w * (x - s1), 0) - np.maximum(w * (x - s2), 0))


@mistake("s1 and s2 are taken for centre and width", "Which two places does the docstring name?")
def centre_and_width(x, s1, s2, h, w):
    up, down = _steps(x, s1 - s2 / 2, s1 + s2 / 2, w)
    return h * (up - down)


@mistake("a bell", "Sigmoids are asked for, two of them.")
def bell(x, s1, s2, h, w):
    return h * np.exp(-(((x - (s1 + s2) / 2) * w) ** 2))


@mistake("a sigmoid at the output", "The output unit is linear.")
def sigmoid_at_the_output(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return sigma(h * (up - down))


@mistake("all numbers are added up", "Every number of x gives one number, not one for all.")
def added_up(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return (h * (up - down)).sum()


@mistake("the shape of x is lost", "Every number of x gives one number. What comes out for a table?")
def flattened(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return np.ravel(h * (up - down))


@mistake("your function overwrites x", "Which line writes into x, and who else uses it?")
def x_overwritten(x, s1, s2, h, w):
    x -= s1
    return h * (sigma(w * x) - sigma(w * (x + s1 - s2)))


QUESTION = Question(
    bump,
    "y",
    probes=(
        Probe("soft", _case(8.0, 1, 30), "w = 8, h > 0"),
        Probe("dip", _case(20.0, -1, 5, 6), "w = 20, h < 0, x is (5, 6)"),
        Probe("edges", _case(60.0, 1, 40, near=True), "w = 60"),
        Probe("sharp", _sharp, "w = 1500, h < 0"),
    ),
    properties=(
        shape(1, advice="Every number of x gives one number."),
        values(2, STEPS, on=("soft", "edges"), name="a bump", advice=TWO),
        values(
            1,
            STEPS,
            on=("dip",),
            name="a dip",
            advice="h is negative here: h is the sign of the output weights as well.",
        ),
        values(
            1,
            STEPS,
            on=("sharp",),
            name="steep steps",
            advice="For w = 1500 the units are nearly ideal steps.",
        ),
        unchanged(1),
    ),
    right=(bump_by_tanh, bump_as_a_network, bump_number_by_number),
    misconceptions=mistakes(globals()),
)
