"""The question `count_linear_pieces`: the exact number of straight pieces of a ReLU network with one input."""

from itertools import pairwise

import numpy as np

from mlpkit.exercises.comparisons import unchanged, values, whole_number
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex08_advantages_of_depth.common import COUNT


def count_linear_pieces(params, lo, hi):
    """The exact number of straight pieces of a ReLU network's curve between lo and hi.

    params: list of (W (n_in, n_out), b (n_out,)), one input, one output, the last layer linear; lo < hi.
    Neighbouring pieces of the same slope are one piece: what counts is the curve, not which units are on
    -> an integer
    """
    x = np.array([lo, hi], dtype=float)
    for depth in range(1, len(params)):
        A = x[:, None]  # on every piece found so far the next z is a straight line
        for W, b in params[: depth - 1]:
            A = np.maximum(A @ W + b, 0)
        Z = A @ params[depth - 1][0] + params[depth - 1][1]
        piece, unit = np.nonzero(Z[:-1] * Z[1:] < 0)
        left, right = Z[piece, unit], Z[piece + 1, unit]
        x = np.sort(np.append(x, x[piece] + left / (left - right) * (x[piece + 1] - x[piece])))
        x = x[np.append(np.diff(x) > 1e-12 * (hi - lo), True)]
    middle = (x[:-1] + x[1:]) / 2
    A, slope = middle[:, None], np.ones((len(middle), 1))
    for i, (W, b) in enumerate(params):
        A, slope = A @ W + b, slope @ W
        if i < len(params) - 1:
            A, slope = np.maximum(A, 0), slope * (A > 0)
    return 1 + int((np.abs(np.diff(slope[:, 0])) > 1e-9).sum())


def pieces_by_recursion(params, lo, hi):
    """Split an interval at the first kink of a layer, and go on with both halves."""

    def line(a, c, layers):
        """Slopes of the pieces of a·t + c (vectors over units) for t between its ends."""
        lo, hi = ends[-1]
        (W, b), rest = layers[0], layers[1:]
        a, c = a @ W, c @ W + b
        if not rest:
            return [float(a[0])]
        at = sorted({float(-q / p) for p, q in zip(a, c, strict=True) if p != 0 and lo < -q / p < hi})
        slopes = []
        for left, right in zip([lo, *at], [*at, hi], strict=True):
            if right - left > 1e-12 * (hi - lo):
                on = a * (left + right) / 2 + c > 0
                ends.append((left, right))
                slopes += line(a * on, c * on, rest)
                ends.pop()
        return slopes

    ends = [(float(lo), float(hi))]
    slopes = line(np.ones(1), np.zeros(1), [(np.asarray(W), np.asarray(b)) for W, b in params])
    return 1 + sum(abs(p - q) > 1e-9 for p, q in pairwise(slopes))


def pieces_with_exact_ends(params, lo, hi):
    """Keep (left, right, values at both ends) of every piece, layer by layer, in plain Python."""
    pieces = [(0.0, 1.0, np.array([float(lo)]), np.array([float(hi)]))]
    for i, (W, b) in enumerate(params):
        pieces = [(s, t, u @ W + b, v @ W + b) for s, t, u, v in pieces]
        if i == len(params) - 1:
            break
        cut = []
        for s, t, u, v in pieces:
            shares = {p / (p - q) for p, q in zip(u, v, strict=True) if p * q < 0}
            marks = [0.0, *sorted(shares), 1.0]
            for p, q in pairwise(marks):
                if (q - p) * (t - s) > 1e-12:
                    one, two, mid = (u + f * (v - u) for f in (p, q, (p + q) / 2))
                    cut.append((s + p * (t - s), s + q * (t - s), one * (mid > 0), two * (mid > 0)))
        pieces = cut
    slopes = [(v[0] - u[0]) / (t - s) for s, t, u, v in pieces]
    return 1 + sum(1 for p, q in pairwise(slopes) if abs(p - q) > 1e-6)


def random_network(*widths, scale=1.0):
    """A random ReLU network as plain arrays; kinks near 0."""
    return lambda r: [
        (r.normal(size=(a, b)) * np.sqrt(2 / a) * scale, r.normal(size=b) * 0.5) for a, b in pairwise(widths)
    ]


def folds(k):
    """The sawtooth: 2ᵏ pieces on [0, 1]."""
    fold, b = np.array([[2.0], [-4.0]]), np.array([0.0, -0.5])
    middle = [(np.hstack([fold, fold]), b) for _ in range(k - 1)]
    return [(np.ones((1, 2)), b), *middle, (fold, np.zeros(1))]


def idle_units(r):
    """Five kinks, of which two do nothing: one unit has outgoing weight 0, and two cancel each other."""
    s = np.sort(r.uniform(-0.9, 0.9, 3)) + np.array([-0.3, 0.0, 0.3])
    W = np.ones((1, 6))
    b = -np.array([s[0], s[1], s[2], 0.05, 0.5, 0.5])
    v = np.array([1.5, -2.5, 0.75, 0.0, 1.25, -1.25])[:, None]
    return [(W, b), (v, np.array([r.normal()]))]


def close_kinks(r):
    """Twice two kinks 1e-5 apart, which no grid of thousands of points separates."""
    at = np.repeat(np.round(r.uniform(0.2, 0.8, 2) * [-1, 1], 3), 2) + np.array([0, 1e-5, 0, 1e-5])
    return [(np.ones((1, 4)), -at), (np.array([[1.0], [-2.0], [1.5], [0.75]]), np.array([0.05]))]


def whole(r):
    """Weights and biases that are whole numbers, with kinks at −2, 0, 1 and 3."""
    W, b = np.array([[1, -1, 2, 1]]), np.array([2, 0, -2, -3])
    return [(W, b), (r.permuted([[1], [2], [-3], [5]], axis=0), np.array([1]))]


def faint_kinks(r):
    """Three kinks; at two of them the slope changes by less than a hundredth. Between these it crosses 0."""
    at = np.array([-0.5, 0.1, 0.6]) + r.uniform(-0.1, 0.1, 3)
    v = np.array([1.5, 0.004, -0.007]) * r.uniform(0.8, 1.2, 3)
    zero = 0.7 * at[1] + 0.3 * at[2]
    return [(np.ones((1, 3)), -at), (v[:, None], -np.maximum(zero - at, 0) @ v[:, None])]


def outside(r):
    """Eight kinks on [-4, 4], four of them in [-1, 1]."""
    at = np.array([-3.5, -2.5, -0.7, -0.2, 0.3, 0.8, 2.2, 3.1]) + r.uniform(-0.05, 0.05, 8)
    signs = np.where(np.arange(8) % 3 == 0, -1.0, 1.0)
    return [(signs[None, :], -at * signs), (r.uniform(0.5, 1.5, (8, 1)), np.array([0.1]))]


def rising(r):
    """Every slope positive: the curve never turns, and never reaches 0."""
    at = np.array([-0.6, -0.1, 0.4]) + r.uniform(-0.05, 0.05, 3)
    first = (np.ones((1, 4)), np.array([2.0, *-at]))
    return [first, (np.array([[0.5], [1.0], [-0.75], [2.0]]), np.array([5.0]))]


def _found(params, lo, hi, depth=None, start=None):
    """Kinks up to a depth between lo and hi, layer by layer, and the slopes between them."""
    x = np.array([lo, hi], dtype=float)
    for layer in range(1, len(params) if depth is None else min(depth, len(params) - 1) + 1):
        Z = _forward(params[:layer], x)
        piece, unit = np.nonzero(Z[:-1] * Z[1:] < 0)
        left, right = Z[piece, unit], Z[piece + 1, unit]
        x = np.sort(np.append(x, x[piece] + left / (left - right) * (x[piece + 1] - x[piece])))
        x = x[np.append(np.diff(x) > 1e-12 * (hi - lo), True)]
    return x, _slopes(params, (x[:-1] + x[1:]) / 2)


def _forward(params, x):
    """Z of the last of these layers at every x."""
    Z = x[:, None]
    for i, (W, b) in enumerate(params):
        Z = (np.maximum(Z, 0) if i else Z) @ W + b
    return Z


def _slopes(params, x):
    A, slope = x[:, None], np.ones((len(x), 1))
    for i, (W, b) in enumerate(params):
        A, slope = A @ W + b, slope @ W
        if i < len(params) - 1:
            A, slope = np.maximum(A, 0), slope * (A > 0)
    return slope[:, 0]


def _changes(slopes):
    return int((np.abs(np.diff(slopes)) > 1e-9).sum())


def _hidden(params):
    return [len(b) for _, b in params[:-1]]


GRID = "A grid sees a kink only if a point lies between it and the next one. Where is a unit's z exactly 0?"


@mistake("kinks are counted, not pieces", "A line without a kink: how many pieces has it?")
def kinks_instead_of_pieces(params, lo, hi):
    return _changes(_found(params, lo, hi)[1])


@mistake("the places of the kinks are returned", "Places were found; a number of pieces is asked for.")
def the_kinks_themselves(params, lo, hi):
    x, slopes = _found(params, lo, hi)
    return x[1:-1][np.abs(np.diff(slopes)) > 1e-9]


@mistake("the hidden units are counted", "Does every unit have its kink between lo and hi, and only one?")
def units_counted(params, lo, hi):
    return sum(_hidden(params))


@mistake(
    "one piece is counted for every hidden unit, and one more",
    "True for one hidden layer if all its kinks lie inside. A unit above a folded curve can have many.",
)
def units_and_one(params, lo, hi):
    return sum(_hidden(params)) + 1


@mistake(
    "all patterns are counted that could be",
    "n units have 2ⁿ patterns of on and off. How many of them are met on the way from lo to hi?",
)
def two_to_the_units(params, lo, hi):
    return 2 ** sum(_hidden(params))


@mistake(
    "every layer is taken for a fold",
    "A layer folds only where its weights do so. Count what this network does.",
)
def two_to_the_layers(params, lo, hi):
    return 2 ** len(_hidden(params))


@mistake("a bound is returned, not a count", "That many pieces are possible. How many does this curve have?")
def product_of_the_widths_and_one(params, lo, hi):
    return int(np.prod([n + 1 for n in _hidden(params)]))


@mistake(
    "a lower bound is returned, not a count", "That many pieces are always possible. How many has this curve?"
)
def lower_bound(params, lo, hi):
    *below, last = _hidden(params)
    return int(np.prod(below, initial=1)) * (last + 1)


@mistake(
    "the widths are multiplied", "That is a guess about networks in general. Count the pieces of this curve."
)
def product_of_the_widths(params, lo, hi):
    return int(np.prod(_hidden(params)))


@mistake("slopes are compared on a grid", GRID + " Two kinks in one gap look like one.")
def slopes_on_a_grid(params, lo, hi):
    return 1 + _changes(_slopes(params, np.linspace(lo, hi, 1001)))


@mistake("differences are taken on a grid", GRID + " And a kink inside a gap bends two differences.")
def on_a_grid(params, lo, hi):
    x = np.linspace(lo, hi, 1001)
    return 1 + int((np.abs(np.diff(np.diff(_forward(params, x)[:, 0]))) > 1e-9).sum())


@mistake(
    "equal slopes far from each other are one", "The sawtooth has two slopes only. How many pieces has it?"
)
def different_slopes(params, lo, hi):
    return len(np.unique(np.round(_found(params, lo, hi)[1], 6)))


@mistake("kinks outside lo and hi are counted", "The curve goes on beyond lo and hi, the count does not.")
def window_ignored(params, lo, hi):
    return 1 + _changes(_found(params, -100.0, 100.0)[1])


@mistake("kinks beyond hi are counted", "Which end of the interval did you look at?")
def everything_right_of_lo(params, lo, hi):
    return 1 + _changes(_found(params, lo, 100.0)[1])


@mistake(
    "only the first layer's kinks are counted",
    "A second layer's unit can switch anywhere, several times. Who asks it?",
)
def first_layer_only(params, lo, hi):
    x, _ = _found(params, lo, hi, depth=1)
    return len(x) - 1


@mistake(
    "the last hidden layer is left out",
    "Every layer with a ReLU makes kinks, the last one as well. How far does your loop go?",
)
def last_layer_left_out(params, lo, hi):
    x, _ = _found(params, lo, hi, depth=max(1, len(params) - 2))
    return len(x) - 1


@mistake(
    "every unit read x itself",
    "A unit of the second layer does not see x. Where is its z = 0 as a function of x?",
)
def layers_added_up(params, lo, hi):
    total = 1
    for W, b in params[:-1]:
        total += int(((lo < -b / W[0]) & (-b / W[0] < hi)).sum())
    return total


@mistake(
    "patterns are counted, not slopes", "A unit that feeds nobody switches on: does the curve bend there?"
)
def patterns_instead_of_slopes(params, lo, hi):
    return len(_found(params, lo, hi)[0]) - 1


@mistake(
    "kinks at which the slope changes by little are left out",
    "How large must a change of slope be to count as one? Only rounding should be smaller than your limit.",
)
def faint_kinks_left_out(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    return 1 + int((np.abs(np.diff(slopes)) > 0.05).sum())


@mistake("only peaks and valleys are counted", "A curve can bend without turning. What changes at a kink?")
def turns_instead_of_kinks(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    return 1 + int((np.sign(slopes[1:]) != np.sign(slopes[:-1])).sum())


@mistake(
    "the curve's zeros are counted", "A piece ends where the slope changes, not where the curve crosses 0."
)
def zeros_of_the_curve(params, lo, hi):
    x = _found(params, lo, hi)[0]
    y = _forward(params, x)[:, 0]
    return 1 + int((y[:-1] * y[1:] < 0).sum())


@mistake("there is a ReLU after the last layer", "The last layer is linear. Does your curve go below 0?")
def relu_after_the_output(params, lo, hi):
    more = [*params, (np.ones((1, 1)), np.zeros(1))]
    return 1 + _changes(_found(more, lo, hi)[1])


@mistake("the biases are left out", "Without biases all kinks of the first layer are at 0.")
def biases_left_out(params, lo, hi):
    without = [(W, np.zeros_like(b)) for W, b in params]
    return 1 + _changes(_found(without, lo, hi)[1])


@mistake("flat pieces are left out", "Where the curve is level it is a straight piece as well.")
def flat_pieces_left_out(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    joined = slopes[np.append(True, np.abs(np.diff(slopes)) > 1e-9)]
    return int((np.abs(joined) > 0.6).sum())


QUESTION = Question(
    count_linear_pieces,
    "pieces",
    probes=(
        Probe("shallow", lambda r: (outside(r), -4.0, 4.0), "one hidden layer, 8 kinks between lo and hi"),
        Probe("window", lambda r: (outside(r), -1, 1), "the same network between −1 and 1"),
        Probe("whole", lambda r: (whole(r), -4, 5), "weights and biases that are integers"),
        Probe("rising", lambda r: (rising(r), -1.0, 1.0), "a curve that only rises"),
        Probe("folds", lambda r: (folds(3), 0.0, 1.0), "the sawtooth of three folds"),
        Probe("many", lambda r: (folds(6), 0.0, 0.75), "the sawtooth of six folds up to ¾"),
        Probe("deep", lambda r: (random_network(1, 6, 5, 1)(r), -2.0, 2.0), "1-6-5-1, random"),
        Probe("deeper", lambda r: (random_network(1, 5, 4, 6, 1)(r), -3.0, 1.5), "1-5-4-6-1, random"),
        Probe("idle", lambda r: (idle_units(r), -2.0, 2.0), "units whose kinks are not in the curve"),
        Probe("faint", lambda r: (faint_kinks(r), -1.0, 1.0), "kinks at which the slope changes by little"),
        Probe("close", lambda r: (close_kinks(r), -1.0, 1.0), "kinks close to each other", digits=None),
    ),
    properties=(
        whole_number(),
        values(
            1,
            COUNT,
            on=("shallow", "window", "whole", "rising"),
            name="one hidden layer",
            advice="A unit's kink is where its wx + b is 0. Which of them lie between lo and hi?",
        ),
        values(
            2,
            COUNT,
            on=("folds", "many", "deep", "deeper"),
            name="several layers",
            advice="Between two kinks of the layers below, the next layer's z is a straight line: it may change its sign once more.",
        ),
        values(
            1,
            COUNT,
            on=("idle", "faint", "close"),
            name="exact",
            advice="Compare the slopes on both sides of a kink, computed from the weights.",
        ),
        unchanged(1),
    ),
    right=(pieces_by_recursion, pieces_with_exact_ends),
    misconceptions=mistakes(globals()),
    further=(
        "Take the smallest network that is wrong and draw its curve with many points. Count its pieces by eye, and print the places of the kinks that you find: which one is missing, or too many?",
        "Go layer by layer. On a stretch without a kink the next layer's z is a straight line in x, known from its two ends: where is it 0? With all such places sorted, compare the slopes of neighbouring stretches.",
    ),
)
