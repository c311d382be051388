"""The question `sawtooth`: one fold, made again and again."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built

FOLDED = Tolerance(
    1e-9, 1e-9, "k folds double the rounding of x k times: 2⁸ · 1e-16 at the most", single=(1e-3, 1e-3)
)


def sawtooth(x, k):
    """The tent map composed k times, tent(tent(… x)): one tent is 2x up to ½ and 2 − 2x from there.

    Use ReLUs max{0, ·} only. x any shape, numbers in [0, 1]; k ≥ 1 folds -> like x
    """
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)
    return x


def sawtooth_with_three_units(x, k):
    """Recursion, and a third ReLU that keeps the tent at 0 beyond 1."""

    def relu(z):
        return np.where(z > 0, z, 0.0)

    if k == 0:
        return x
    y = sawtooth_with_three_units(x, k - 1)
    return 2 * relu(y) - 4 * relu(y - 0.5) + 2 * relu(y - 1)


def sawtooth_by_the_smaller(x, k):
    """min(2x, 2 − 2x) = 2x − max{0, 4x − 2}."""
    y = np.array(x, dtype=float)
    while k > 0:
        y = 2 * y - np.maximum(0.0, 4 * y - 2)
        k -= 1
    return y


def sawtooth_at_once(x, k):
    """The closed form: a triangle wave with 2ᵏ⁻¹ teeth."""
    phase = np.asarray(x) * 2.0 ** (k - 1)
    return 1 - np.abs(2 * (phase - np.floor(phase)) - 1)


def _tent(x):
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


def _folds(x, k):
    for _ in range(k):
        x = _tent(x)
    return x


COMPOSE = "In a composition the result of one tent is the input of the next."


def _x(*shape):
    """Numbers of [0, 1], some near every kink of five folds, none on one."""
    return lambda r: r.choice(np.arange(64), size=shape) / 64 + r.uniform(0.002, 0.013, size=shape)


def _with(k, *shape):
    return lambda r: (_x(*shape)(r), k)


def _table(r):
    """A table that is not contiguous in memory."""
    return Built("functions.strided", {"values": _x(3, 4)(r).round(3)}), 2


@mistake("the tent is multiplied by k", COMPOSE + " Does a larger k make your curve higher, or more jagged?")
def k_times_the_tent(x, k):
    return k * _tent(x)


@mistake(
    "the tent is raised to the power k",
    "tent²(x) could mean tent(x) · tent(x) or tent(tent(x)). Which of them folds?",
)
def tent_to_the_power_k(x, k):
    return _tent(x) ** k


@mistake(
    "there are k teeth, not twice as many with every fold",
    "Fold a strip of paper three times: how many layers are there?",
)
def k_teeth(x, k):
    phase = np.asarray(x) * k
    return 1 - np.abs(2 * (phase - np.floor(phase)) - 1)


@mistake("one fold is missing", "For k = 1 there should be one tent. What do you return there?")
def one_fold_too_few(x, k):
    return _folds(x, k - 1)


@mistake("there is one fold too many", "For k = 1 there should be one tent. How many peaks do you get?")
def one_fold_too_many(x, k):
    return _folds(x, k + 1)


@mistake(
    "there are 2ᵏ folds instead of k", "k folds make 2ᵏ pieces. Which of the two numbers counts the folds?"
)
def folded_to_the_power_of_two(x, k):
    return _folds(x, 2 ** min(k, 6))


@mistake(
    "x is stretched, but never folded back",
    "Beyond the first peak your curve falls and falls. What brings it back?",
    factor=between(0.1, 10),
)
def x_scaled_and_not_folded(x, k, factor=1.0):
    return _tent(x * factor * 2 ** (k - 1))


@mistake("tents are averaged", COMPOSE + " Nothing is averaged.")
def outer_tent_only(x, k):
    y = x
    for _ in range(k):
        y = _tent(x)
    return y + 0 * k if k == 1 else y / 2 + _tent(y) / 2


@mistake("the folds are added up", COMPOSE + " What is between two folds is not kept.")
def sum_of_tents(x, k):
    total, y = 0 * x, x
    for _ in range(k):
        y = _tent(y)
        total = total + y
    return total


@mistake(
    "beyond ½ the curve runs level",
    "The slope is 2 on the left. By how much must the second unit change it to make it −2?",
)
def not_turned_down_far_enough(x, k):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - 2 * np.maximum(x - 0.5, 0)
    return x


@mistake(
    "the tent is half as high",
    "How high is the tent at ½? The next fold needs numbers that reach all of [0, 1].",
)
def half_as_high(x, k):
    for _ in range(k):
        x = np.maximum(x, 0) - 2 * np.maximum(x - 0.5, 0)
    return x


@mistake("the kink is at ¼", "Where does a unit max{0, wx + b} switch on? Solve for x.")
def kink_at_a_quarter(x, k):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - 4 * np.maximum(2 * x - 0.5, 0)
    return x


@mistake(
    "the kink is at {place:g}",
    "Where does your second unit switch on, and is x ever larger than that?",
    place=between(0.01, 4),
)
def kink_at_one(x, k, place=1.0):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - 4 * np.maximum(x - place, 0)
    return x


@mistake(
    "the second unit has the weight −{weight:g}",
    "The second unit changes the slope at ½. From which value to which?",
    weight=between(0.01, 100),
)
def second_slope_alone(x, k, weight=1.0):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - weight * np.maximum(x - 0.5, 0)
    return x


@mistake("the kink is left of 0", "A unit max{0, x − s} switches on at s. Check the sign of yours.")
def kink_on_the_wrong_side(x, k):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) - 4 * np.maximum(x + 0.5, 0)
    return x


@mistake(
    "the second unit is added", "Beyond ½ the curve must turn down. Which sign does the second unit need?"
)
def second_unit_added(x, k):
    for _ in range(k):
        x = 2 * np.maximum(x, 0) + 4 * np.maximum(x - 0.5, 0)
    return x


@mistake("the tent is upside down", "What should the tent be at 0 and at 1?")
def upside_down(x, k):
    for _ in range(k):
        x = 1 - _tent(x)
    return x


@mistake("there is a jump instead of a fold", "Your curve jumps down to 0. Can a sum of ReLUs jump?")
def doubled_and_cut_off(x, k):
    for _ in range(k):
        x = (2 * x) % 1.0
    return x


@mistake(
    "np.max stands in the place of np.maximum",
    "One of them compares number by number, the other looks for one largest number of all. Which is a ReLU?",
)
def largest_of_all(x, k):
    for _ in range(k):
        x = 2 * np.max(np.maximum(x, 0)) - 4 * np.maximum(x - 0.5, 0)
    return x


@mistake("a list of all folds is returned", "Only the last fold is asked for.")
def list_of_all_folds(x, k):
    found = []
    for _ in range(k):
        x = _tent(x)
        found.append(x)
    return found


@mistake("the wave is smooth", "ReLU networks are made of straight pieces. Where are your kinks?")
def smooth_waves(x, k):
    return np.sin(np.pi * 2 ** (k - 1) * x) ** 2


QUESTION = Question(
    sawtooth,
    "y",
    probes=(
        Probe("once", _with(1, 12), "k = 1, twelve numbers"),
        Probe("whole", lambda r: (r.permutation([0, 1, 1, 0]), 2), "k = 2, x an array of integers"),
        Probe("table", _table, "k = 2, x is (3, 4)"),
        Probe("three", _with(3, 40), "k = 3, forty numbers"),
        Probe("five", _with(5, 60), "k = 5, sixty numbers"),
        Probe(
            "ends",
            lambda r: (np.array([0.0, 0.5, 1.0, 0.25, 0.75, r.uniform(0.1, 0.2)]), 4),
            "k = 4, the ends and the middle",
        ),
    ),
    properties=(
        shape(1, advice="Every number of x gives one number: what does np.maximum return for a table?"),
        values(
            1,
            FOLDED,
            on=("once",),
            name="one fold",
            advice="Draw 2x up to ½ and 2 − 2x from there. What must be taken away from 2x beyond ½?",
        ),
        values(3, FOLDED, on=("whole", "table", "three", "five", "ends"), name="k folds", advice=COMPOSE),
        unchanged(1),
    ),
    right=(sawtooth_with_three_units, sawtooth_by_the_smaller, sawtooth_at_once),
    misconceptions=mistakes(globals()),
    further=(
        "Call it at x = 0, ¼, ½, ¾ and 1 with k = 1: 0, ½, 1, ½ and 0 should come. And with k = 2: 0, 1, 0, 1, 0. Which of the ten numbers is the first that is wrong?",
        "Write the tent alone, with two ReLUs, and try it at ¼ and ¾. Then the loop has one line: what comes out of the tent goes into it again.",
    ),
)
