"""The question `bump`: two sigmoid units, one up and one down."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex07_universal_approximation.common import STEPS, sigma


def bump(x, s1, s2, h, w):
    """A bump of height h between s1 and s2 from two sigmoid units of weight w, which step at s1 and at s2.

    x array of any shape; s1 < s2, h, w > 0 numbers, h of either sign -> like x
    """
    z1, z2 = w * (x - s1), w * (x - s2)
    e1, e2 = np.exp(-np.abs(z1)), np.exp(-np.abs(z2))
    up = np.where(z1 >= 0, 1, e1) / (1 + e1)
    down = np.where(z2 >= 0, 1, e2) / (1 + e2)
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


def _case(w, sign, shape=(12,), far=1.0, gaps=False):
    """Numbers of every size of w(x − s), on both sides of each step, and at the steps themselves.

    The steps are away from simple fractions; for w = 1500, w·x leaves the range of exp on both sides.
    """

    def make(r):
        s1 = round(r.uniform(0.22, 0.33), 3)
        s2 = round(s1 + r.uniform(0.36, 0.39), 3)
        near = r.uniform(1, 3, 4) / w
        places = [s1, s1 - near[0], s1 + near[1], s2, s2 - near[2], s2 + near[3], s1 + 0.002, s2 - 0.001]
        places += [s1 - far, (s1 + s2) / 2, s2 + far, r.uniform(s1, s2)]
        x = r.permuted(places).reshape(shape)
        height = sign * r.uniform(0.6, 1.9)
        return Built("functions.strided", {"values": x.round(3)}) if gaps else x, s1, s2, height, w

    return make


def _whole(r):
    """Whole numbers, in an array of integers."""
    return np.arange(-3, 5), -r.uniform(1.2, 1.8), r.uniform(1.2, 1.8), r.uniform(0.6, 1.9), 2


TWO = "Unit one goes up at s1. What must unit two do at s2 so that nothing is left behind it?"


@mistake(
    "infinity is divided by infinity for a large weight",
    "Far to the right of a steep step e is raised to 1000, above the line and below it. Which form of the sigmoid did set 03 find for a large positive z?",
)
def infinity_over_infinity(x, s1, s2, h, w):
    up, down = np.exp(w * (x - s1)), np.exp(w * (x - s2))
    return h * (up / (1 + up) - down / (1 + down))


@mistake("the bias is −s, not −ws", "A unit's step stands where wx + b = 0. Solve for x with your b.")
def bias_without_the_weight(x, s1, s2, h, w):
    return h * (sigma(w * x - s1) - sigma(w * x - s2))


@mistake(
    "the biases are s1 and s2",
    "A unit's step stands where wx + b = 0. Put your b into that line: at which x does it step?",
)
def place_as_the_bias(x, s1, s2, h, w):
    return h * (sigma(w * x + s1) - sigma(w * x + s2))


@mistake(
    "the pre-activations are clipped at ±{limit:g}",
    "At its bound a clipped unit is neither off nor on. How large may an exponent be before exp overflows?",
    limit=between(0.5, 22),
)
def pre_activation_clipped(x, s1, s2, h, w, limit=5.0):
    z1, z2 = (np.clip(w * (x - s), -limit, limit) for s in (s1, s2))
    return h * (sigma(z1) - sigma(z2))


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


@mistake("both steps go up", TWO)
def sum_of_the_steps(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * (up + down)


@mistake("only one of the units has the weight h", TWO + " And by how much?")
def height_on_one_unit(x, s1, s2, h, w):
    up, down = _steps(x, s1, s2, w)
    return h * up - down


@mistake("h stands inside the sigmoid", "h is a weight behind the units, not in front of them.")
def height_inside(x, s1, s2, h, w):
    return sigma(h * w * (x - s1)) - sigma(h * w * (x - s2))


@mistake("the steps are ideal ones", "w is finite: near s1 and s2 the bump has slopes.")
def ideal_steps(x, s1, s2, h, w):
    return h * ((x >= s1) & (x < s2)) * 1.0


@mistake("there is one step only", "What brings the curve down again?")
def one_step_only(x, s1, s2, h, w):
    return h * _steps(x, s1, s2, w)[0]


@mistake("the steps stand at −s1 and −s2", "A unit's step stands where wx + b = 0. Which sign has b?")
def bias_with_a_plus(x, s1, s2, h, w):
    return h * (sigma(w * (x + s1)) - sigma(w * (x + s2)))


@mistake(
    "w is always {weight:g}",
    "Somebody asks for w = 8. How steep is your bump?",
    weight=between(0.1, 1e5),
)
def weight_of_its_own(x, s1, s2, h, w, weight=1000.0):
    up, down = _steps(x, s1, s2, weight)
    return h * (up - down)


@mistake("the units are tanh units", "tanh runs from −1 to 1. How high is your bump?")
def tanh_units(x, s1, s2, h, w):
    return h * (np.tanh(w * (x - s1)) - np.tanh(w * (x - s2)))


@mistake("the units are ReLUs", "A ReLU does not saturate. Which units are asked for?")
def relu_units(x, s1, s2, h, w):
    return h * (np.maximum(w * (x - s1), 0) - np.maximum(w * (x - s2), 0))


@mistake("s1 and s2 are taken for centre and width", "Which two places does the docstring name?")
def centre_and_width(x, s1, s2, h, w):
    up, down = _steps(x, s1 - s2 / 2, s1 + s2 / 2, w)
    return h * (up - down)


@mistake("the curve is a bell", "Sigmoids are asked for, two of them.")
def bell(x, s1, s2, h, w):
    return h * np.exp(-(((x - (s1 + s2) / 2) * w) ** 2))


@mistake("your function overwrites x", "Which line writes into x, and who else uses it?")
def x_overwritten(x, s1, s2, h, w):
    x -= s1
    return h * (sigma(w * x) - sigma(w * (x + s1 - s2)))


QUESTION = Question(
    bump,
    "y",
    probes=(
        Probe("soft", _case(8.0, 1), "w = 8, h > 0"),
        Probe("whole", _whole, "w = 2, x an array of integers"),
        Probe("dip", _case(20.0, -1, (3, 4), gaps=True), "w = 20, h < 0, x is (3, 4)"),
        Probe("edges", _case(60.0, 1, far=0.05), "w = 60"),
        Probe("sharp", _case(1500.0, -1), "w = 1500, h < 0"),
    ),
    properties=(
        shape(1, advice="Every number of x gives one number."),
        values(2, STEPS, on=("soft", "whole", "edges"), name="a bump", advice=TWO),
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
    further=(
        "Call it with w = 100, s1 = 0, s2 = 1, h = 3 at x = −1, ½ and 2: which three numbers should come, and which do?",
        "Write the two units down one by one: for each its weight, its bias from wx + b = 0 at its step, and its output weight. The bump is their weighted sum, and nothing else.",
    ),
)
