"""The question `bump_network`: weights written down, nothing trained."""

import numpy as np

from mlpkit.exercises.comparisons import custom, entry, failed, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Mismatch, Probe, Question
from mlpkit.exercises.sandboxed.plain import Nothing
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex07_universal_approximation.bump_edges import bump_edges
from mlpkit.questions.ex07_universal_approximation.common import STEPS


def bump_network(f, n, w):
    """A network of sigmoid units σ(xW1 + b1)W2 + b2 that follows f on [0, 1] in n level pieces of one width.

    Each piece is as high as f is at its mid-point; every step has the weight w. Bumps side by side (m = 2n
    units) and merged steps (m = n − 1) are both right. f takes a number or an array; n ≥ 2; one example per
    row -> (W1 (1, m), b1 (m,), W2 (m, 1), b2 (1,))
    """
    edges = bump_edges(n)
    left, right = edges[:-1], edges[1:]
    heights = f((left + right) / 2)
    s = np.concatenate([left, right])
    W2 = np.concatenate([heights, -heights])
    return np.full((1, 2 * n), w), -w * s, W2[:, None], np.zeros(1)


def network_of_merged_steps(f, n, w):
    """One step at each inner edge, as high as the difference of its neighbours; the bias is the first level."""
    s = np.arange(1, n) / n
    levels = np.array([f((i + 0.5) / n) for i in range(n)])
    return w * np.ones((1, n - 1)), -w * s, np.diff(levels)[:, None], levels[:1]


def network_piece_by_piece(f, n, w):
    """Two units per piece, appended one after the other, in lists."""
    b1, W2 = [], []
    for i in range(n):
        h = float(f((i + 0.5) / n))
        b1 += [-w * i / n, -w * (i + 1) / n]
        W2 += [[h], [-h]]
    return [[float(w)] * (2 * n)], b1, W2, [0.0]


def network_with_mirrored_units(f, n, w):
    """Steps that go down, made by a negative weight: σ(−z) = 1 − σ(z), and the 1 goes into the bias."""
    s = np.linspace(0, 1, n + 1)[1:-1]
    levels = f((np.arange(n) + 0.5) / n)
    W1, b1 = np.full((1, n - 1), -float(w)), w * s
    return W1, b1, (levels[:-1] - levels[1:]).reshape(-1, 1), np.array([levels[-1]])


def _bumps(
    f, n, w, at=lambda left, right: (left + right) / 2, second=-1.0, bias=lambda w, s: -w * s, edges=None
):
    """The right network with a part replaced."""
    e = np.linspace(0, 1, n + 1) if edges is None else edges
    left, right = e[:-1], e[1:]
    h = np.asarray(f(at(left, right)))
    s = np.stack([left, right], axis=1).ravel()
    W2 = np.stack([h, second * h], axis=1).reshape(-1, 1)
    return np.full((1, len(s)), float(w)), bias(w, s), W2, np.zeros(1)


def _form(got, wanted):
    if mismatch := failed(got, wanted):
        return mismatch
    came, right = (getattr(entry(o.value, 0), "text", "no arrays") for o in (got, wanted))
    return None if came == right else Mismatch(f"shapes {right}", f"shapes {came}")


def _curve(got, wanted):
    if mismatch := failed(got, wanted):
        return mismatch
    none, other = (isinstance(entry(o.value, 1), Nothing) for o in (got, wanted))
    if none and other:
        return None
    if none:
        return Mismatch("a network", "shapes that σ(xW1 + b1)W2 + b2 refuses")
    return values(0, STEPS, part=1).compare(got, wanted)


def _case(name, n, w):
    return Probe(
        f"{name}, {n}",
        lambda r: (Built("ex07.target", {"name": name}), n, float(np.round(w * n * r.uniform(1, 1.2)))),
        f"n = {n}",
        "ex07.network",
    )


ZERO = "A unit's step stands where wx + b = 0. Solve for x with your b."


MERGED = "Walking to the right over an edge, by how much does the level change?"


@mistake(
    "the steps are not in [0, 1], or crowd near 0, because of the biases",
    ZERO + " Try your b for a step at ½.",
)
def bias_without_the_weight(f, n, w):
    return _bumps(f, n, w, bias=lambda w, s: -s)


@mistake(
    "the merged steps are not in [0, 1], or crowd near 0, because of the biases",
    ZERO + " Which x does your b give for the step at the first edge?",
)
def bias_of_merged_steps_without_the_weight(f, n, w):
    W1, b1, W2, b2 = network_of_merged_steps(f, n, w)
    return W1, b1 / w, W2, b2


@mistake("f is taken at the left edges", "Where in a piece is the height taken?")
def height_at_the_left_edge(f, n, w):
    return _bumps(f, n, w, at=lambda left, right: left)


@mistake("f is taken at the right edges", "Where in a piece is the height taken? Not at its end.")
def height_at_the_right_edge(f, n, w):
    return _bumps(f, n, w, at=lambda left, right: right)


@mistake(
    "the mean of f at both edges is taken", "Where in a piece is the height taken? One value of f is enough."
)
def mean_of_the_edges(f, n, w):
    return _bumps(lambda x: (f(x - 0.5 / n) + f(x + 0.5 / n)) / 2, n, w)


@mistake(
    "both units of a bump go up", "Behind its piece a bump must leave nothing. What does the second unit do?"
)
def second_unit_up(f, n, w):
    return _bumps(f, n, w, second=1.0)


@mistake("the second unit goes down by 1", "What goes up by h must come down by how much?")
def second_unit_without_the_height(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    W2[1::2] = -1
    return W1, b1, W2, b2


@mistake(
    "nothing goes down",
    "Behind its piece a bump must leave nothing: who takes the step down? Or, with merged steps: "
    "walking to the right over an edge, by how much does the level change?",
)
def second_unit_missing(f, n, w):
    return _bumps(f, n, w, second=0.0)


@mistake("f plays no part", "How high is a bump?")
def bumps_of_height_one(f, n, w):
    return _bumps(np.ones_like, n, w)


@mistake("there is one piece too few", "n + 1 edges make n pieces. How many do you have?")
def one_piece_too_few(f, n, w):
    return _bumps(f, n - 1, w)


@mistake("there is one piece too many", "n pieces have n + 1 edges. How many do you have?")
def one_piece_too_many(f, n, w):
    return _bumps(f, n + 1, w)


@mistake("the last piece is missing", "How far does your loop go?")
def last_piece_missing(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1[:, :-2], b1[:-2], W2[:-2], b2


@mistake(
    "the first level is missing", "Merged steps start from a level. Which part of the network can hold it?"
)
def first_level_missing(f, n, w):
    W1, b1, W2, b2 = network_of_merged_steps(f, n, w)
    return W1, b1, W2, 0 * b2


@mistake("the differences have the wrong sign", MERGED + " New less old, or old less new?")
def differences_upside_down(f, n, w):
    W1, b1, W2, b2 = network_of_merged_steps(f, n, w)
    return W1, b1, -W2, b2


@mistake("the steps stand in the middles", "Heights are taken in the middles. Where do the levels change?")
def steps_at_the_middles(f, n, w):
    levels = np.array([f((i + 0.5) / n) for i in range(n)])
    s = (np.arange(n - 1) + 1.5) / n
    return w * np.ones((1, n - 1)), -w * s, np.diff(levels)[:, None], levels[:1]


@mistake("the pieces are 1 wide", "n of them have to fit into [0, 1].")
def width_forgotten(f, n, w):
    return _bumps(f, n, w, edges=np.arange(n + 1.0))


@mistake("w is multiplied by n", "w is the weight itself, whatever n is.")
def weight_times_n(f, n, w):
    return _bumps(f, n, w * n)


@mistake("w is divided by n", "w is the weight itself, whatever n is. Yours is softer.")
def weight_divided_by_n(f, n, w):
    return _bumps(f, n, w / n)


@mistake(
    "the weight is always {weight:g}",
    "Look at your curve close to an edge: how steep was it to be?",
    weight=between(1, 1e6),
)
def weight_of_its_own(f, n, w, weight=1e5):
    return _bumps(f, n, weight)


@mistake(
    "the hidden weights are 1 and w is in the biases only", "How steep is a unit whose weight is 1? " + ZERO
)
def first_weights_of_one(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return np.ones_like(W1), b1, W2, b2


@mistake(
    "the hidden weights of merged steps are 1 and w is in the biases only",
    "How steep is a unit whose weight is 1, and where does it step? " + ZERO,
)
def first_weights_of_one_and_merged(f, n, w):
    W1, b1, W2, b2 = network_of_merged_steps(f, n, w)
    return np.ones_like(W1), b1, W2, b2


@mistake(
    "the output bias is not 0 under bumps side by side",
    "Bumps side by side stand on 0. What does b2 have to be?",
)
def mean_added(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1, b1, W2, b2 + np.mean(W2[::2])


@mistake("W1 is a column", "One input, m units: rows for what comes in, columns for units.")
def first_weights_as_a_column(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1.T, b1, W2, b2


@mistake(
    "your network expects one example per column",
    "With one example per row x stands on the left of W1: x is (N, 1), W1 (1, m), b1 (m,). Which of your four arrays lie the other way?",
)
def columns(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1.T, b1[:, None], W2.T, b2[:, None]


@mistake(
    "a dictionary is returned", "The four arrays are asked for as a tuple, in the order of the docstring."
)
def dictionary(f, n, w):
    return dict(zip(("W1", "b1", "W2", "b2"), _bumps(f, n, w), strict=True))


@mistake("W1 has one axis", "One input, m units: rows for what comes in, columns for units. Two axes.")
def first_weights_flat(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1[0], b1, W2, b2


@mistake("W2 has one axis", "m units, one output: rows for what comes in, columns for outputs. Two axes.")
def second_weights_flat(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1, b1, W2[:, 0], b2


@mistake("W2 is a row", "m units, one output: rows for what comes in, columns for outputs.")
def second_weights_as_a_row(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1, b1, W2.T, b2


@mistake("b1 has two axes", "One number for each unit: (m,).")
def biases_as_a_row(f, n, w):
    W1, b1, W2, b2 = _bumps(f, n, w)
    return W1, b1[None, :], W2, b2


@mistake("b2 is a plain number", "One output, one bias: an array (1,).")
def output_bias_as_a_number(f, n, w):
    return (*_bumps(f, n, w)[:3], 0.0)


@mistake("b2 is missing", "Four arrays are asked for, even if one of them is 0.")
def output_bias_missing(f, n, w):
    return _bumps(f, n, w)[:3]


QUESTION = Question(
    bump_network,
    "(W1, b1, W2, b2)",
    probes=(_case("wave", 5, 60), _case("rise", 3, 60), _case("nielsen", 12, 60), _case("rise", 2, 300)),
    properties=(
        custom("shapes", 1, _form, advice="W1 (1, m), b1 (m,), W2 (m, 1), b2 (1,), whatever m is."),
        custom("the curve", 4, _curve, advice="Take n = 2 and draw your curve. " + ZERO),
    ),
    right=(network_of_merged_steps, network_piece_by_piece, network_with_mirrored_units),
    misconceptions=mistakes(globals()),
    further=(
        "Take n = 2 and a large w. Where should the hidden units step, by how much does the curve change at each step, and what is it left of the first? Compare that with your four arrays.",
        "Compute your network by hand at the mid-point of each piece: every unit is then nearly 0 or 1. Which output weights have to add up to f there?",
    ),
)
