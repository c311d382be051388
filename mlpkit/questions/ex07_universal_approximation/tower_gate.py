"""The question `tower_gate`: one unit that says AND."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
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


def _case(h, m, shape=(10,), gaps=False):
    """Sums of 0, m − 1, m, at the threshold and between them; for h = 3000, h·s leaves the range of exp."""

    def make(r):
        off = r.uniform(0.01, 0.06, 9)
        s = np.array([m - 0.5, m - 0.1, m - 0.7, m - 0.8, 0, m - 1, m, m, r.integers(0, m + 1), 0, 0, m])
        s[1:10] += off * r.permuted([1, -1, 1, -1, 1, -1, 1, -1, 1])
        s = r.permuted(s[: np.prod(shape)]).reshape(shape)
        return Built("functions.strided", {"values": s.round(3)}) if gaps else s, h, m

    return make


BETWEEN = "s is about m − 1 when one bump is missing, and about m when none is. Where must z change its sign?"


@mistake(
    "the threshold is that of two bumps for every m",
    "3/2 lies half-way between 1 and 2. Between which numbers does it have to lie for five bumps?",
)
def two_bumps_hard_wired(s, h, m):
    return sigma(h * s - 3 * h / 2)


@mistake(
    "the threshold stands at three quarters of m",
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


@mistake("one bump is enough", "That is OR. What has to hold for AND?")
def any_bump_is_enough(s, h, m):
    return sigma(h * (s - 0.5))


@mistake(
    "the threshold stands {below:g} below m",
    "The gate is to be closed at m − 1 and open at m, equally clearly. Where between them does the threshold stand best?",
    below=between(0.01, 20),
)
def threshold_elsewhere(s, h, m, below=0.1):
    return sigma(h * (s - (m - below)))


@mistake(
    "the ½ is not multiplied by h",
    "z changes its sign where h(s − m) + ½ = 0. How far below m is that for h = 10?",
)
def half_outside_the_bracket(s, h, m):
    return sigma(h * (s - m) + 0.5)


@mistake("the bias lacks the factor h", "z changes its sign where hs + b = 0. Solve for s with your b.")
def bias_without_the_weight(s, h, m):
    return sigma(h * s - (m - 0.5))


@mistake("it fires when not all are on", "Mind the sign: more bumps, larger z.")
def fires_when_not_all_are_on(s, h, m):
    return sigma(-h * (s - (m - 0.5)))


@mistake("the bias has the wrong sign", "Is your gate closed when no bump is on?")
def bias_with_a_plus(s, h, m):
    return sigma(h * (s + m - 0.5))


@mistake("the step is an ideal one", "h is finite: a sigmoid is asked for.")
def ideal_step(s, h, m):
    return np.where(s > m - 0.5, 1.0, 0.0)


@mistake("the unit is a tanh unit", "Closed means 0 here, not −1.")
def tanh_unit(s, h, m):
    return np.tanh(h * (s - (m - 0.5)))


@mistake("the unit is a ReLU", "An open gate gives 1, however large z is.")
def relu_unit(s, h, m):
    return np.maximum(h * (s - (m - 0.5)), 0)


@mistake("the pre-activation is returned", "You have z. What makes an activation of it?")
def pre_activation_only(s, h, m):
    return h * (s - (m - 0.5))


@mistake(
    "the mean stands in the place of the sum", "Half of the bumps give a mean of ½. Is that all of them?"
)
def mean_instead_of_sum(s, h, m):
    return sigma(h * (s / m - 0.5))


@mistake("m multiplies the sum", "m moves the threshold, not the slope.")
def product_with_m(s, h, m):
    return sigma(h * (m * s - 0.5))


@mistake("h is divided by m", "m moves the threshold. Should the gate get softer, too?")
def divided_by_m(s, h, m):
    return sigma(h / m * (s - (m - 0.5)))


@mistake("the bumps have the height h", "The bumps in s have the height 1; h is this unit's weight.")
def bumps_of_height_h(s, h, m):
    return sigma(s - h * (m - 0.5))


@mistake("a power of the share is taken", "One sigmoid unit, with a weight and a bias.")
def power_of_the_share(s, h, m):
    return np.clip(s / m, 0, 1) ** h


@mistake(
    "infinity is divided by infinity for a large weight",
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
        Probe("two", _case(10, 2), "m = 2, h = 10"),
        Probe("whole", lambda r: (r.permutation(4), 4, 2), "m = 2, h = 4, s an array of integers"),
        Probe("one", _case(4, 1), "m = 1, h = 4"),
        Probe("three", _case(5, 3, (3, 4), gaps=True), "m = 3, h = 5, s is (3, 4)"),
        Probe("five", _case(10, 5), "m = 5, h = 10"),
        Probe("sharp", _case(60.5, 3), "m = 3, h = 60.5"),
        Probe("steep", _case(3000, 4), "m = 4, h = 3000"),
    ),
    properties=(
        shape(1, advice="Every sum gives one number."),
        values(2, STEPS, on=("two", "whole"), name="two bumps", advice=BETWEEN),
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
    further=(
        "Take m = 3 and h = 20 and call it with s = 0, 2, 2.5 and 3: about 0, about 0, exactly ½ and about 1 should come. Where does yours differ?",
        "The unit is σ(hs + b). Its bias b makes hs + b = 0 at the threshold, half-way between m − 1 and m. Solve for b, with h still in it.",
    ),
)
