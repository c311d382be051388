"""The question `tower_gate`: one unit that says AND."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex07_universal_approximation.common import STEPS, sigma


def tower_gate(s, h, m):
    """A sigmoid unit of weight h on the sum s of m bumps of height 1; it fires only when all m are on.

    Its threshold stands half-way between m − 1 bumps and m. s array of any shape, h > 0 and m ≥ 1 numbers
    -> like s
    """
    z = h * (s - (m - 0.5))
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def gate_by_tanh(s, h, m):
    """A sigmoid is a tanh, moved and squeezed."""
    return (1 + np.tanh(h * (2 * s - 2 * m + 1) / 4)) / 2


def gate_with_a_bias(s, h, m):
    """z = hs + b, with b as the unit has it."""
    b = -h * (2 * m - 1) / 2
    return 1 / (1 + np.exp(-np.clip(h * np.asarray(s) + b, -500, 500)))


def gate_of_what_is_missing(s, h, m):
    """Look at how many bumps are missing."""
    missing = m - np.asarray(s, dtype=float)
    return 1 - sigma(h * (missing - 0.5))


def _case(h, m, *shape):
    """Sums between 0 and m, many of them near whole numbers, some between m − 1 and m."""

    def make(r):
        whole = r.integers(0, m + 1, shape) + r.uniform(-0.06, 0.06, shape)
        whole[..., 0], whole[..., 1] = m - 0.3 + r.uniform(-0.1, 0.1), m - 0.8 + r.uniform(-0.1, 0.1)
        return whole, h, m

    return make


def _steep(r):
    """A weight for which h·s leaves the range of exp when all bumps are on."""
    s, *others = _case(3000.0, 4, 12)(r)
    s[2] = 4 + r.uniform(-0.05, 0.05)
    return s, *others


BETWEEN = "s is about m − 1 when one bump is missing, and about m when none is. Where must z change its sign?"


@mistake(
    "the threshold of two bumps for every m",
    "3/2 lies half-way between 1 and 2. Between which numbers does it have to lie for five bumps?",
)
def two_bumps_hard_wired(s, h, m):
    return sigma(h * s - 3 * h / 2)


@mistake(
    "three quarters of all",
    "Right for m = 2 by accident. With five bumps, would four be enough for your gate?",
)
def three_quarters_of_all(s, h, m):
    return sigma(h * s - 3 * h * m / 4)


@mistake("half of all is enough", BETWEEN + " Not in the middle of 0 and m.")
def half_of_all(s, h, m):
    return sigma(h * (s - m / 2))


@mistake("the threshold is at m", "With all m bumps on your gate is half open. Leave it some room.")
def threshold_at_m(s, h, m):
    return sigma(h * (s - m))


@mistake("the threshold is at m − 1", "With one bump missing your gate is half open. Leave it some room.")
def threshold_at_one_less(s, h, m):
    return sigma(h * (s - (m - 1)))


@mistake("the threshold lies above m", "Does your gate ever open?")
def threshold_above_m(s, h, m):
    return sigma(h * (s - (m + 0.5)))


@mistake("one bump is enough", "That is OR. What has to hold for AND?")
def any_bump_is_enough(s, h, m):
    return sigma(h * (s - 0.5))


@mistake("the bias lacks the factor h", "z changes its sign where hs + b = 0. Solve for s with your b.")
def bias_without_the_weight(s, h, m):
    return sigma(h * s - (m - 0.5))


@mistake("h plays no part", "How does a unit get steep?")
def weight_left_out(s, h, m):
    return sigma(s - (m - 0.5))


@mistake(
    "h stands behind the sigmoid", "h is the weight in front of the unit. How large may an activation be?"
)
def height_outside(s, h, m):
    return h * sigma(s - (m - 0.5))


@mistake(
    "h stands in two places",
    "h is the weight in front of the unit. How large may an activation be? Once is enough.",
)
def height_outside_too(s, h, m):
    return h * sigma(h * (s - (m - 0.5)))


@mistake("it fires when not all are on", "Mind the sign: more bumps, larger z.")
def fires_when_not_all_are_on(s, h, m):
    return sigma(-h * (s - (m - 0.5)))


@mistake("the bias has the wrong sign", "Is your gate closed when no bump is on?")
def bias_with_a_plus(s, h, m):
    return sigma(h * (s + m - 0.5))


@mistake("an ideal step", "h is finite: a sigmoid is asked for.")
def ideal_step(s, h, m):
    return np.where(s > m - 0.5, 1.0, 0.0)


@mistake("a tanh unit", "Closed means 0 here, not −1.")
def tanh_unit(s, h, m):
    return np.tanh(h * (s - (m - 0.5)))


@mistake("a ReLU", "An open gate gives 1, however large z is.")
def relu_unit(s, h, m):
    return np.maximum(h * (s - (m - 0.5)), 0)


@mistake("the pre-activation", "You have z. What makes an activation of it?")
def pre_activation_only(s, h, m):
    return h * (s - (m - 0.5))


@mistake("a mean instead of the sum", "Half of the bumps give a mean of ½. Is that all of them?")
def mean_instead_of_sum(s, h, m):
    return sigma(h * (s / m - 0.5))


@mistake("m multiplies the sum", "m moves the threshold, not the slope.")
def product_with_m(s, h, m):
    return sigma(h * (m * s - 0.5))


@mistake("h is divided by m", "m moves the threshold. Should the gate get softer, too?")
def divided_by_m(s, h, m):
    return sigma(h / m * (s - (m - 0.5)))


@mistake("bumps of height h", "The bumps in s have the height 1; h is this unit's weight.")
def bumps_of_height_h(s, h, m):
    return sigma(s - h * (m - 0.5))


@mistake("a power of the share", "One sigmoid unit, with a weight and a bias.")
def power_of_the_share(s, h, m):
    return np.clip(s / m, 0, 1) ** h


@mistake("all numbers are added up", "Every sum gives one number, not one for all.")
def added_up(s, h, m):
    return sigma(h * (s - (m - 0.5))).sum()


@mistake("the shape of s is lost", "Every sum gives one number. What comes out for a table?")
def flattened(s, h, m):
    return np.ravel(sigma(h * (s - (m - 0.5))))


@mistake(
    "infinity over infinity for a large weight",
    "e to the 1000 is infinite, above the line and below it. Which form of the sigmoid did set 03 find for a large positive z?",
)
def infinity_over_infinity(s, h, m):
    power = np.exp(h * (s - (m - 0.5)))
    return power / (1 + power)


@mistake("your function overwrites s", "Which line writes into s, and who else uses it?")
def sum_overwritten(s, h, m):
    s -= m - 0.5
    return sigma(h * s)


QUESTION = Question(
    tower_gate,
    "a",
    probes=(
        Probe("two", _case(10.0, 2, 20), "m = 2, h = 10"),
        Probe("one", _case(4.0, 1, 10), "m = 1, h = 4"),
        Probe("three", _case(3.0, 3, 4, 5), "m = 3, h = 3, s is (4, 5)"),
        Probe("five", _case(10.0, 5, 30), "m = 5, h = 10"),
        Probe("sharp", _case(60.0, 3, 12), "m = 3, h = 60"),
        Probe("steep", _steep, "m = 4, h = 3000"),
    ),
    properties=(
        shape(1, advice="Every sum gives one number."),
        values(2, STEPS, on=("two",), name="two bumps", advice=BETWEEN),
        values(
            3,
            STEPS,
            on=("one", "three", "five", "sharp", "steep"),
            name="any number of bumps",
            advice=BETWEEN + " Does it move with m?",
        ),
        unchanged(1),
    ),
    right=(gate_by_tanh, gate_with_a_bias, gate_of_what_is_missing),
    misconceptions=mistakes(globals()),
)
