"""The line z = 0 in the plane."""

import numpy as np

from mlpkit.exercises.comparisons import unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex01_linear_models_and_neurons.common import FEW


def decision_boundary(w, b):
    """The line w₁x₁ + w₂x₂ + b = 0, written as x₂ = slope · x₁ + intercept.

    w (2,), floats or integers, b a number, which may be 0 -> (slope, intercept), a pair;
    for a vertical line (np.inf, x₁), with the x₁ where it stands. w = (0, 0) is never asked for: it has no
    line.
    """
    if w[1] == 0:
        return np.inf, -b / w[0]
    return -w[0] / w[1], -b / w[1]


def boundary_from_two_points(w, b):
    """Two points of the line, then the line through them."""
    w1, w2 = (float(weight) for weight in w)
    if w2 == 0.0:
        return (float("inf"), -b / w1)
    at_0, at_1 = -b / w2, -(w1 + b) / w2
    return (at_1 - at_0, at_0)


def boundary_as_an_array(w, b):
    """One array of two numbers, chosen with np.where-like arithmetic."""
    first, second = w
    vertical = abs(second) < 1e-300
    return np.array([np.inf, b / -first]) if vertical else np.array([first, b]) / -second


def _line(w, b, slope=lambda w, b: -w[0] / w[1], intercept=lambda w, b: -b / w[1], vertical=None):
    """A boundary with one part replaced."""
    if w[1] == 0:
        return vertical(w, b) if vertical else (np.inf, -b / w[0])
    return slope(w, b), intercept(w, b)


def _weights(signs):
    """Weights of these signs, of sizes that differ clearly from each other, from b's and from 1."""
    return lambda r: (
        np.array(signs[:2]) * (r.uniform(1.3, 1.9), r.uniform(2.3, 2.9)),
        signs[2] * r.uniform(3.3, 3.9),
    )


def _steep(r):
    """A line that is almost vertical: its slope is about a thousand times those of the others."""
    w, b = _weights((1.0, -1.0, 1.0))(r)
    return w * (1, 2e-4), b


LINES = ("falling", "rising", "below", "level", "steep", "origin", "integers")


@mistake(
    "the slope has the wrong sign",
    "When both weights are positive and x₁ grows, must x₂ grow or shrink to keep the sum at 0?",
)
def slope_without_its_sign(w, b):
    return _line(w, b, slope=lambda w, b: w[0] / w[1])


@mistake(
    "the slope is upside down",
    "Slope is the change of x₂ for one step of x₁. Which weight do you divide by when you solve for x₂?",
)
def slope_upside_down(w, b):
    return _line(w, b, slope=lambda w, b: -w[1] / w[0])


@mistake("your line runs along w", "Draw w as an arrow: is the border along the arrow or across it?")
def along_the_weights(w, b):
    return _line(w, b, slope=lambda w, b: w[1] / w[0])


@mistake(
    "the intercept is taken on the x₁ axis",
    "On the axis of x₂, which of the two inputs is 0, and which weight is left?",
)
def intercept_of_the_other_axis(w, b):
    return _line(w, b, intercept=lambda w, b: -b / w[0])


@mistake("the intercept is not divided", "Multiply w and b by 2: the line stays. Does your intercept?")
def intercept_not_divided(w, b):
    return _line(w, b, intercept=lambda w, b: -b)


@mistake(
    "b is taken for the intercept",
    "In z = wᵀx + b, b is a height of z. The intercept is a place on the axis of x₂. Are they the same thing?",
)
def intercept_is_b(w, b):
    return _line(w, b, intercept=lambda w, b: b)


@mistake("the slope is not divided", "Multiply w and b by 2: the line stays. Does your slope?")
def slope_not_divided(w, b):
    return _line(w, b, slope=lambda w, b: -w[0])


@mistake("the two results are exchanged", "Which of the two does the docstring name first?")
def intercept_first(w, b):
    return (-b / w[0], np.inf) if w[1] == 0 else (-b / w[1], -w[0] / w[1])


@mistake(
    "x₁ is written as a function of x₂", "Which of the two stands alone on the left side in the docstring?"
)
def axes_exchanged(w, b):
    with np.errstate(all="ignore"):
        return _line(w, b, slope=lambda w, b: -w[1] / w[0], intercept=lambda w, b: -b / w[0])


@mistake(
    "the slope is computed from the two intercepts",
    "A line through the origin meets both axes at 0. What does your slope divide by there?",
)
def slope_from_the_intercepts(w, b):
    with np.errstate(all="ignore"):
        return _line(w, b, slope=lambda w, b: -np.divide(b / w[1], b / w[0]))


@mistake(
    "vertical lines are divided by zero",
    "Which weight is 0 for a vertical line? Ask for it before you divide.",
)
def vertical_not_seen(w, b):
    return -w[0] / w[1], -b / w[1]


@mistake(
    "vertical lines raise ZeroDivisionError",
    "A vertical line has no slope that is a number. Which of the weights is 0 then?",
)
def vertical_divides_by_zero(w, b):
    w1, w2, b = float(w[0]), float(w[1]), float(b)
    return -w1 / w2, -b / w2


@mistake("the place of a vertical line is not divided", "With w₂ = 0, what is left to be solved?")
def vertical_not_divided(w, b):
    return _line(w, b, vertical=lambda w, b: (np.inf, -b))


@mistake(
    "a vertical line gets no place",
    "A vertical line never meets the axis of x₂, but it does meet another axis. Where?",
)
def vertical_without_a_place(w, b):
    return _line(w, b, vertical=lambda w, b: (np.inf, np.inf))


@mistake("a vertical line's place is nan", "There is a number that tells vertical lines apart. Which?")
def vertical_is_nan(w, b):
    return _line(w, b, vertical=lambda w, b: (np.inf, np.nan))


@mistake("a vertical line's place is None", "The docstring says which number comes second.")
def vertical_is_none(w, b):
    return _line(w, b, vertical=lambda w, b: (np.inf, None))


@mistake("a vertical line gets slope 0", "Which lines have the slope 0, and how steep is a wall?")
def vertical_and_horizontal_confused(w, b):
    return _line(w, b, vertical=lambda w, b: (0.0, -b / w[0]))


@mistake(
    "horizontal lines are taken for vertical ones",
    "If w₁ is 0, x₁ plays no part. Which way does the border run?",
)
def vertical_for_horizontal(w, b):
    return (np.inf, -b / w[1]) if w[0] == 0 else (-w[0] / w[1], -b / w[1])


@mistake(
    "a steep line is taken for a vertical one",
    "A steep line has a slope, however large. For which w₂ alone has it none?",
)
def steep_taken_for_vertical(w, b):
    return (np.inf, -b / w[0]) if abs(w[1]) < 1e-3 else (-w[0] / w[1], -b / w[1])


QUESTION = Question(
    decision_boundary,
    "(slope, intercept)",
    probes=(
        Probe("falling", _weights((1.0, 1.0, 1.0)), "w₁ and w₂ of one sign, b > 0"),
        Probe("rising", _weights((1.0, -1.0, 1.0)), "w₁ > 0, w₂ < 0, b > 0"),
        Probe("below", _weights((-1.0, -1.0, -1.0)), "w₁, w₂ and b all negative"),
        Probe("level", _weights((0.0, 1.0, 1.0)), "w₁ = 0: a horizontal line"),
        Probe("steep", _steep, "w₂ < 0 is small beside w₁: a steep line"),
        Probe(
            "origin", lambda r: (_weights((1.0, -1.0, 1.0))(r)[0], 0.0), "b = 0: a line through the origin"
        ),
        Probe("integers", lambda r: (r.permutation([2, -3, 7])[:2], 5), "w and b are whole numbers"),
        Probe("upright", _weights((1.0, 0.0, 1.0)), "w₂ = 0, b > 0: a vertical line"),
        Probe("upright left", _weights((-1.0, 0.0, -1.0)), "w₂ = 0, b < 0: a vertical line"),
        Probe("upright whole", lambda r: (np.array([r.integers(2, 5), 0]), 7), "w = whole numbers, w₂ = 0"),
    ),
    properties=(
        values(2, FEW, on=LINES, part=0, name="slope", advice="Solve w₁x₁ + w₂x₂ + b = 0 for x₂."),
        values(2, FEW, on=LINES, part=1, name="intercept", advice="Put x₁ = 0 into w₁x₁ + w₂x₂ + b = 0."),
        values(
            1,
            FEW,
            on=("upright", "upright left", "upright whole"),
            name="vertical lines",
            advice="Put w₂ = 0 and solve for x₁.",
        ),
        unchanged(1),
    ),
    right=(
        boundary_from_two_points,
        boundary_as_an_array,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Solve 2x₁ + 4x₂ − 8 = 0 for x₂ on paper, and put your function's slope and intercept beside it.",
        "Take two points of your line and compute z there: it must be 0 at both. At which of them is it not?",
    ),
)
