"""The question `units_for_error`: how many steps a tolerance costs."""

import math

from mlpkit.exercises.comparisons import Tolerance, values, whole_number
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question

COUNT = Tolerance(1e-12, 1e-9, "a count: nothing is rounded")


def units_for_error(L, eps):
    """The fewest hidden units (ideal steps, an output bias) that keep the error of any f at or below eps.

    On [0, 1]. L > 0: |f(x) − f(y)| ≤ L |x − y| (Lipschitz). N equal pieces, each at the value of f at its
    mid-point, have an error of at most L/2N; they take N − 1 steps, since the output bias is the first level.
    eps > 0 -> an integer
    """
    N = math.ceil(L / (2 * eps))
    return max(N, 1) - 1


def units_by_trying(L, eps):
    """Add pieces until the bound is small enough."""
    N = 1
    while eps < L / (2 * N):
        N += 1
    return N - 1


def units_by_doubling_and_halving(L, eps):
    """Search."""
    low, high = 0, 1
    while 2 * high * eps < L:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if 2 * middle * eps < L else (low, middle)
    return high - 1


def units_by_negative_floor(L, eps):
    """−⌊−x⌋ is ⌈x⌉."""
    return float(max(0, -math.floor(-L / eps / 2) - 1))


def _pieces(L, eps):
    return max(1, math.ceil(L / (2 * eps)))


def _between(low, high):
    """L and eps whose number of pieces is away from whole numbers: no rounding decides."""

    def make(r):
        eps = r.uniform(0.01, 0.3)
        return float(2 * eps * (r.integers(low, high) + r.uniform(0.3, 0.45))), float(eps)

    return make


BOUND = "Solve L/2N ≤ eps for N. "


@mistake("pieces are counted, not units", "Two pieces have one step between them. And N pieces?")
def pieces_instead_of_units(L, eps):
    return _pieces(L, eps)


@mistake(
    "there are two units for every piece",
    "Bumps side by side need that many. Merged, neighbours share a step, and the bias is the first level.",
)
def two_for_every_piece(L, eps):
    return 2 * _pieces(L, eps)


@mistake("there is one unit too few", "Two pieces have one step between them. Do you have it?")
def two_less(L, eps):
    return max(_pieces(L, eps) - 2, 0)


@mistake("the ½ is missing", "How far is the farthest point of a piece from its mid-point?")
def value_at_an_edge(L, eps):
    return max(1, math.ceil(L / eps)) - 1


@mistake(
    "the ½ is missing, and pieces are counted",
    "How far is the farthest point of a piece from its mid-point? And how many steps are between N pieces?",
)
def half_forgotten_and_pieces(L, eps):
    return max(1, math.ceil(L / eps))


@mistake(
    "the number is rounded down",
    "Half a piece too few, and the bound is larger than eps. Which way must you round?",
)
def rounded_down_and_one_less(L, eps):
    return max(math.floor(L / (2 * eps)), 1) - 1


@mistake(
    "one piece too many is taken where the bound is met exactly",
    "Is an error of exactly eps allowed? Then how many pieces do?",
)
def rounded_down(L, eps):
    return math.floor(L / (2 * eps))


@mistake(
    "the number is rounded to the nearest",
    "Rounding down may leave the error too large. Which way must you round?",
)
def rounded_to_the_nearest(L, eps):
    return max(round(L / (2 * eps)), 1) - 1


@mistake("the number is not rounded", "Units are counted in whole numbers.")
def not_rounded(L, eps):
    return max(L / (2 * eps), 1) - 1


@mistake("2 multiplies, where it should divide", BOUND + "On which side of the fraction does the 2 end?")
def times_two(L, eps):
    return max(1, math.ceil(2 * L / eps)) - 1


@mistake(
    "a bracket is missing under the fraction",
    "Python divides from left to right: what happens to the eps behind the 2?",
)
def precedence(L, eps):
    return max(1, math.ceil(L / 2 * eps)) - 1


@mistake("the fraction is upside down", "A smaller eps needs more units. Does yours? And a steeper f?")
def upside_down(L, eps):
    return max(1, math.ceil(2 * eps / L)) - 1


@mistake(
    "the square is taken", "Twice as many pieces, half the error: does N grow like 1/eps or like its square?"
)
def squared_error(L, eps):
    return max(1, math.ceil((L / (2 * eps)) ** 2)) - 1


@mistake(
    "the square root is taken",
    "Twice as many pieces, half the error: does N grow like 1/eps or like its root?",
)
def square_root(L, eps):
    return max(1, math.ceil(math.sqrt(L / (2 * eps)))) - 1


@mistake("the bound for hats is used", "Straight pieces have an error like 1/N². These pieces are flat.")
def as_for_hats(L, eps):
    return max(1, math.ceil(math.sqrt(L / (8 * eps)))) - 1


@mistake(
    "there is always at least one unit",
    "Sometimes a constant is good enough. How many units does a bias need?",
)
def never_none(L, eps):
    return max(_pieces(L, eps) - 1, 1)


@mistake("the error is returned, not the number", "Asked for is how many units.")
def the_error_itself(L, eps):
    return L / (2 * _pieces(L, eps))


@mistake(
    "only powers of two are tried",
    "The fewest are asked for: between your last two tries there may be fewer.",
)
def a_power_of_two(L, eps):
    N = 1
    while eps < L / (2 * N):
        N *= 2
    return N - 1


QUESTION = Question(
    units_for_error,
    "units",
    probes=(
        Probe("some", _between(5, 30), "between 5 and 30 pieces"),
        Probe("more", lambda r: ((r.integers(3, 9) + r.uniform(0.6, 0.9)) / 64, 1 / 128), "eps = 1/128"),
        Probe("many", _between(1000, 3000), "thousands of pieces"),
        Probe("exact", lambda r: (3, 0.125), "L = 3, eps = ⅛: the bound is met exactly"),
        Probe(
            "exactly",
            lambda r: (5 * int(r.integers(2, 9)), 0.25),
            "whole L, eps = ¼: the bound is met exactly",
        ),
        Probe("easy", lambda r: (float(r.uniform(0.1, 0.4)), 1.0), "an error larger than f can have"),
    ),
    properties=(
        whole_number(1),
        values(
            2,
            COUNT,
            on=("some", "more", "many"),
            name="values",
            advice=BOUND + "And how many steps lie between N pieces?",
        ),
        values(
            1,
            COUNT,
            on=("exact", "exactly"),
            name="where the bound is met exactly",
            advice=BOUND + "Is an error of exactly eps allowed?",
        ),
        values(
            1,
            COUNT,
            on=("easy",),
            name="no unit at all",
            advice="A constant is one piece. How many steps has it?",
        ),
    ),
    right=(units_by_trying, units_by_doubling_and_halving, units_by_negative_floor),
    misconceptions=mistakes(globals()),
    further=(
        "Take L = 1 and eps = 0.1 and do it on paper: how wide may a piece be, how many pieces fill [0, 1], and how many steps stand between them? What does your function say?",
        "Three things are done one after the other: the bound is solved for the pieces, the pieces are made a whole number (which way?), and steps are counted, not pieces. Print all three.",
    ),
)
