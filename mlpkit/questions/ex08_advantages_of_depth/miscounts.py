"""Wrong counts of linear pieces."""

import numpy as np

from mlpkit.exercises.records import Misconception


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


def kinks_instead_of_pieces(params, lo, hi):
    return _changes(_found(params, lo, hi)[1])


def one_piece_too_many(params, lo, hi):
    return _changes(_found(params, lo, hi)[1]) + 2


def units_and_one(params, lo, hi):
    return sum(_hidden(params)) + 1


def units_counted(params, lo, hi):
    return sum(_hidden(params))


def two_to_the_units(params, lo, hi):
    return 2 ** sum(_hidden(params))


def two_to_the_layers(params, lo, hi):
    return 2 ** len(_hidden(params))


def product_of_the_widths(params, lo, hi):
    return int(np.prod(_hidden(params)))


def product_of_the_widths_and_one(params, lo, hi):
    return int(np.prod([n + 1 for n in _hidden(params)]))


def on_a_grid(params, lo, hi):
    x = np.linspace(lo, hi, 1001)
    return 1 + int((np.abs(np.diff(np.diff(_forward(params, x)[:, 0]))) > 1e-9).sum())


def slopes_on_a_grid(params, lo, hi):
    return 1 + _changes(_slopes(params, np.linspace(lo, hi, 1001)))


def different_slopes(params, lo, hi):
    return len(np.unique(np.round(_found(params, lo, hi)[1], 6)))


def window_ignored(params, lo, hi):
    return 1 + _changes(_found(params, -100.0, 100.0)[1])


def everything_right_of_lo(params, lo, hi):
    return 1 + _changes(_found(params, lo, 100.0)[1])


def first_layer_only(params, lo, hi):
    x, _ = _found(params, lo, hi, depth=1)
    return len(x) - 1


def last_layer_left_out(params, lo, hi):
    x, _ = _found(params, lo, hi, depth=max(1, len(params) - 2))
    return len(x) - 1


def patterns_instead_of_slopes(params, lo, hi):
    return len(_found(params, lo, hi)[0]) - 1


def faint_kinks_left_out(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    return 1 + int((np.abs(np.diff(slopes)) > 0.05).sum())


def turns_instead_of_kinks(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    return 1 + int((np.sign(slopes[1:]) != np.sign(slopes[:-1])).sum())


def zeros_of_the_curve(params, lo, hi):
    x = _found(params, lo, hi)[0]
    y = _forward(params, x)[:, 0]
    return 1 + int((y[:-1] * y[1:] < 0).sum())


def relu_after_the_output(params, lo, hi):
    more = [*params, (np.ones((1, 1)), np.zeros(1))]
    return 1 + _changes(_found(more, lo, hi)[1])


def biases_left_out(params, lo, hi):
    without = [(W, np.zeros_like(b)) for W, b in params]
    return 1 + _changes(_found(without, lo, hi)[1])


def layers_added_up(params, lo, hi):
    total = 1
    for W, b in params[:-1]:
        total += int(((lo < -b / W[0]) & (-b / W[0] < hi)).sum())
    return total


def flat_pieces_left_out(params, lo, hi):
    slopes = _found(params, lo, hi)[1]
    joined = slopes[np.append(True, np.abs(np.diff(slopes)) > 1e-9)]
    return int((np.abs(joined) > 0.6).sum())


def the_kinks_themselves(params, lo, hi):
    x, slopes = _found(params, lo, hi)
    return x[1:-1][np.abs(np.diff(slopes)) > 1e-9]


GRID = "A grid sees a kink only if a point lies between it and the next one. Where is a unit's z exactly 0?"

MISCONCEPTIONS = (
    Misconception(
        kinks_instead_of_pieces,
        "kinks are counted, not pieces",
        "A line without a kink: how many pieces has it?",
    ),
    Misconception(one_piece_too_many, "one piece too many", "Three kinks cut a line into how many pieces?"),
    Misconception(
        the_kinks_themselves,
        "the places of the kinks are returned",
        "Places were found; a number of pieces is asked for.",
    ),
    Misconception(
        units_counted,
        "the hidden units are counted",
        "Does every unit have its kink between lo and hi, and only one?",
    ),
    Misconception(
        units_and_one,
        "one piece for every hidden unit and one more",
        "True for one hidden layer if all its kinks lie inside. A unit above a folded curve can have many.",
    ),
    Misconception(
        two_to_the_units,
        "all patterns that could be",
        "n units have 2ⁿ patterns of on and off. How many of them are met on the way from lo to hi?",
    ),
    Misconception(
        two_to_the_layers,
        "every layer is taken for a fold",
        "A layer folds only where its weights do so. Count what this network does.",
    ),
    Misconception(
        product_of_the_widths_and_one,
        "a bound instead of a count",
        "That many pieces are possible. How many does this curve have?",
    ),
    Misconception(
        product_of_the_widths,
        "the widths are multiplied",
        "That is a guess about networks in general. Count the pieces of this curve.",
    ),
    Misconception(slopes_on_a_grid, "slopes on a grid", GRID + " Two kinks in one gap look like one."),
    Misconception(
        on_a_grid, "differences on a grid", GRID + " And a kink inside a gap bends two differences."
    ),
    Misconception(
        different_slopes,
        "equal slopes far from each other are one",
        "The sawtooth has two slopes only. How many pieces has it?",
    ),
    Misconception(
        window_ignored,
        "kinks outside lo and hi are counted",
        "The curve goes on beyond lo and hi, the count does not.",
    ),
    Misconception(
        everything_right_of_lo, "kinks beyond hi are counted", "Which end of the interval did you look at?"
    ),
    Misconception(
        first_layer_only,
        "only the first layer's kinks",
        "A second layer's unit can switch anywhere, several times. Who asks it?",
    ),
    Misconception(
        last_layer_left_out,
        "the last hidden layer is left out",
        "Every layer with a ReLU makes kinks, the last one as well. How far does your loop go?",
    ),
    Misconception(
        layers_added_up,
        "every unit read x itself",
        "A unit of the second layer does not see x. Where is its z = 0 as a function of x?",
    ),
    Misconception(
        patterns_instead_of_slopes,
        "patterns are counted, not slopes",
        "A unit that feeds nobody switches on: does the curve bend there?",
    ),
    Misconception(
        faint_kinks_left_out,
        "kinks at which the slope changes by little are left out",
        "How large must a change of slope be to count as one? Only rounding should be smaller than your limit.",
    ),
    Misconception(
        turns_instead_of_kinks,
        "only peaks and valleys are counted",
        "A curve can bend without turning. What changes at a kink?",
    ),
    Misconception(
        zeros_of_the_curve,
        "the curve's zeros are counted",
        "A piece ends where the slope changes, not where the curve crosses 0.",
    ),
    Misconception(
        relu_after_the_output,
        "a ReLU after the last layer",
        "The last layer is linear. Does your curve go below 0?",
    ),
    Misconception(
        biases_left_out, "the biases are left out", "Without biases all kinks of the first layer are at 0."
    ),
    Misconception(
        flat_pieces_left_out,
        "flat pieces are left out",
        "Where the curve is level it is a straight piece as well.",
    ),
)
