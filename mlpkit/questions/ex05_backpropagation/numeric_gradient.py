"""The question `numeric_gradient`: central differences, and an x that nobody can tell from before."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built

CENTRAL = Tolerance(
    1e-7, 2e-8, "central differences with h = 1e-5 are off by 1e-10, forward ones by 1e-5", single=None
)
COARSE = Tolerance(1e-7, 1e-8, "with h = 0.05 the error h²·f‴/6 is part of what is asked for", single=None)


def numeric_gradient(f, x, h=1e-5):
    """∂f/∂xᵢ for every entry by central differences, (f(x + h eᵢ) − f(x − h eᵢ)) / 2h.

    f a function of one array that gives a number; x an array of floats of any shape, afterwards what it was
    bit for bit -> an array like x
    """
    df = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[at] += h
        down[at] -= h
        df[at] = (f(up) - f(down)) / (2 * h)
    return df


def gradient_on_one_copy(f, x, h=1e-5):
    """One copy, each entry put back from x."""
    y = np.array(x, dtype=float)
    gradient = np.empty_like(y)
    for at, before in np.ndenumerate(x):
        y[at] = before + h
        above = f(y)
        y[at] = before - h
        gradient[at] = (above - f(y)) / (2 * h)
        y[at] = before
    return gradient


def gradient_by_directions(f, x, h=1e-5):
    """A row of the identity is a direction."""
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + step) - f(x - step)) / 2 / h for step in steps]).reshape(x.shape)


def gradient_put_back(f, x, h=1e-5):
    """In x itself, with the number remembered."""
    gradient, flat = [], x.reshape(-1)
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(x)
        flat[i] = kept - h
        below = f(x)
        flat[i] = kept
        gradient.append((above - below) / (2 * h))
    return np.reshape(gradient, x.shape)


def _differences(f, x, h, difference):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[at] = h
        gradient[at] = difference(f, x, step)
    return gradient


def _of(name, *shape):
    return lambda r: (
        Built("ex05.scalar", {"name": name}),
        r.uniform(0.5, 1.7, shape) * np.sign(r.normal(size=shape)),
    )


def _with_small_entries(r):
    """Two entries so small that h, added and taken away again, leaves others in their place."""
    f, x = _of("waves", 3, 4)(r)
    x[1, 1:3] *= 1e-13
    return f, x


ONE = "A partial derivative moves one entry and leaves all the others where they are."
BITS = "Adding h and taking it away again is not nothing in floating point. How can the very same number be put back?"


@mistake(
    "you take forward differences",
    "Their error shrinks with h, that of central ones with h². On which sides of x do you look?",
)
def forward_differences(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - f(x)) / h)


@mistake(
    "you take backward differences",
    "Their error shrinks with h, that of central ones with h². You look to the left only.",
)
def backward_differences(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x) - f(x - s)) / h)


@mistake(
    "you take forward differences with a step of {step:g}",
    "Two things: on which sides of x do you look, and what becomes of the h that your function is given?",
    step=between(1e-7, 0.4),
)
def forward_differences_with_a_step_of_its_own(f, x, h=1e-5, step=1e-3):
    return _differences(f, x, step, lambda f, x, s: (f(x + s) - f(x)) / step)


@mistake("you divide by h instead of 2h", "How far are your two points from each other?")
def divided_by_h(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - f(x - s)) / h)


@mistake("the difference is not divided", "A slope is a difference over a distance.")
def not_divided(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: f(x + s) - f(x - s))


@mistake("a bracket is missing", "Python divides from left to right: what happens to the h after the 2?")
def times_h(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - f(x - s)) / 2 * h)


@mistake("brackets are missing around the difference", "Which of your two values is divided?")
def brackets_missing(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: f(x + s) - f(x - s) / (2 * h))


@mistake(
    "both points are one and the same array",
    "A second name for an array is no second array. Which points does f get to see?",
)
def two_names_for_one_array(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        up = down = x
        up[at] += h
        down[at] -= h
        gradient[at] = (f(up) - f(down)) / (2 * h)
    return gradient


@mistake(
    "your points are {k:g} h from x, and the distance is right",
    "The formula goes a whole h to each side; with another step the error is another one.",
    k=between(0.02, 50),
)
def half_steps_rightly_divided(f, x, h=1e-5, k=0.5):
    return _differences(f, x, k * h, lambda f, x, s: (f(x + s) - f(x - s)) / (2 * k * h))


@mistake(
    "you take a sum instead of a difference",
    "A slope is a difference over a distance. What is between your two values?",
)
def sum_instead_of_difference(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) + f(x - s)) / (2 * h))


@mistake("you compute the second derivative", "Three points give the curvature. How many does a slope need?")
def second_difference(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - 2 * f(x) + f(x - s)) / h**2)


@mistake("you return one number for all entries", ONE + " How many derivatives are there?")
def all_entries_in_one_number(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake("all entries are moved together", ONE)
def all_entries_at_once(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@mistake("whole rows are moved together", ONE + " In a table an entry has two indices.")
def rows_at_once(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in range(len(x)):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@mistake("f gets one entry", "f depends on all entries. It wants the whole array, with one of them moved.")
def each_entry_by_itself(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        one = x[at : at + 1] if isinstance(at, int) else np.array([x[at]])
        gradient[at] = (f(one + h) - f(one - h)) / (2 * h)
    return gradient


@mistake("f gets one row", "f depends on all rows. It wants the whole array, with one entry moved.")
def each_row_by_itself(f, x, h=1e-5):
    return np.array([numeric_gradient(f, row, h) for row in x]) if x.ndim > 1 else numeric_gradient(f, x, h)


@mistake("one index goes through a table", "What does one index choose in a table? How many has an entry?")
def one_index_for_a_table(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for i in range(x.size):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@mistake("moved entries stay moved", ONE + " Also the ones that you moved before.")
def steps_pile_up(f, x, h=1e-5):
    y, gradient = x.copy(), np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        y[at] += h
        above = f(y)
        y[at] -= 2 * h
        gradient[at] = (above - f(y)) / (2 * h)
    return gradient


@mistake("h plays no part", "Somebody calls your function with another h. What happens?")
def h_ignored(f, x, h=1e-5):
    h = 1e-5
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - f(x - s)) / (2 * h))


@mistake(
    "a step of {step:g} is built in",
    "Somebody calls your function with another h. Which step does it take then?",
    step=between(2e-4, 0.4),
)
def step_of_its_own(f, x, h=1e-5, step=1e-3):
    return _differences(f, x, step, lambda f, x, s: (f(x + s) - f(x - s)) / (2 * step))


@mistake("you divide by h²", "One difference, one distance.")
def h_squared(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s) - f(x - s)) / (2 * h * h))


@mistake("the step is multiplied by x", "A step of h·x has another length than h. By what do you divide?")
def relative_step(f, x, h=1e-5):
    return _differences(f, x, h, lambda f, x, s: (f(x + s * x) - f(x - s * x)) / (2 * h))


@mistake(
    "you compute in float32",
    "With 7 digits a difference of h = 1e-5 has two left. Check gradients in float64.",
)
def single_precision(f, x, h=1e-5):
    return _differences(
        f, np.float32(x), h, lambda f, x, s: (f(x + np.float32(s)) - f(x - np.float32(s))) / (2 * h)
    )


@mistake("x comes back one step too high", "h up, 2h down: how much is needed to be back?")
def left_one_step_down(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        x[at] += h
        above = f(x)
        x[at] -= 2 * h
        gradient[at] = (above - f(x)) / (2 * h)
        x[at] += 2 * h
    return gradient


@mistake("x comes back almost, but not exactly", BITS)
def put_back_by_adding(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        x[at] += h
        above = f(x)
        x[at] -= 2 * h
        below = f(x)
        x[at] += h
        gradient[at] = (above - below) / (2 * h)
    return gradient


QUESTION = Question(
    numeric_gradient,
    "∇f",
    probes=(
        Probe("vector", _of("cubes", 5), "x is (5,), f a sum of cubes"),
        Probe("table", _with_small_entries, "x is (3, 4), f of sines, two entries near 0"),
        Probe("square", _of("products", 3, 3), "x is (3, 3), f of products"),
        Probe("one", _of("cubes", 1), "x is (1,)"),
        Probe("coarse", lambda r: (*_of("cubes", 4)(r), 0.05), "h = 0.05"),
    ),
    properties=(
        shape(1, advice="One derivative for every entry of x, where the entry stands."),
        values(
            3,
            CENTRAL,
            on=("vector", "table", "square", "one"),
            advice="Try f(x) = x² at x = 3 by hand, with h = 0.1.",
        ),
        values(
            1,
            COARSE,
            on=("coarse",),
            name="any h",
            advice="h is an argument: use it, and divide by the distance between your two points.",
        ),
        unchanged(1, advice=BITS),
    ),
    right=(gradient_on_one_copy, gradient_by_directions, gradient_put_back),
    misconceptions=mistakes(globals()),
    further=(
        "Take f(x) = x² and x = 3 with h = 0.1. At which two points do you need f, and how far are they from each other?",
        "Take an x with two entries. Write down the arrays that f gets for the first derivative, then those for the second.",
    ),
)
