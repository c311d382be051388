"""The question `sawtooth_network`: the folds as layers of two ReLU units."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, custom, entry, failed, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Mismatch, Probe, Question
from mlpkit.exercises.sandboxed.plain import Items, Nothing

EXACT = Tolerance(1e-9, 1e-9, "2⁵ times the rounding of the weights at the most", single=(1e-3, 1e-3))


def sawtooth_network(k):
    """The sawtooth of k folds as a ReLU network: k hidden layers of two units, and a linear output.

    k ≥ 1 -> list of k + 1 layers (W, b); W (n_in, n_out) and b (n_out,), so that a layer is A @ W + b: the
    first W is (1, 2), the next ones (2, 2), the last (2, 1).
    """
    fold = np.array([[2.0], [-4.0]])
    b = np.array([0.0, -0.5])
    params = [(np.ones((1, 2)), b)]
    for _ in range(k - 1):
        params.append((np.hstack([fold, fold]), b))
    return [*params, (fold, np.zeros(1))]


def network_with_slopes_inside(k):
    """The slopes 2 and 4 stand before the ReLU: 2 relu(x) = relu(2x)."""
    layers, weights = [], np.array([[2.0, 4.0]])
    for _ in range(k):
        layers.append((weights, np.array([0.0, -2.0])))
        weights = np.array([[2.0, 4.0], [-2.0, -4.0]])
    layers.append((np.array([[1.0], [-1.0]]), np.array([0.0])))
    return layers


def network_from_the_right(k):
    """The units look from the other end: the tent is the same seen from 1."""
    first = (np.array([[-1.0, -1.0]]), np.array([1.0, 0.5]))
    again = (np.array([[-2.0, -2.0], [4.0, 4.0]]), np.array([1.0, 0.5]))
    return (first, *([again] * (k - 1)), (np.array([[2.0], [-4.0]]), np.array([0.0])))


def network_as_lists(k):
    """Plain lists, filled layer by layer."""
    out = [[([[1.0, 1.0]] if i == 0 else [[2.0, 2.0], [-4.0, -4.0]]), [0.0, -0.5]] for i in range(k)]
    out.append([[[2.0], [-4.0]], [0.0]])
    return out


def _built(k, fold=(2.0, -4.0), b=(0.0, -0.5), first=(1.0, 1.0), last=None, b_last=(0.0,), hidden=None):
    """The network with a part replaced."""
    column = np.array(fold)[:, None]
    hidden = k if hidden is None else hidden
    middle = [(np.hstack([column, column]), np.array(b)) for _ in range(hidden - 1)]
    head = [(np.array([first]), np.array(b))] if hidden else []
    tail = np.array(last)[:, None] if last is not None else column if hidden else np.ones((1, 1))
    return [*head, *middle, (tail, np.array(b_last))]


def _form(got, wanted):
    """As many layers as wanted, each W and b of its shape."""
    if mismatch := failed(got, wanted):
        return mismatch
    one, other = _shapes(got.value), _shapes(wanted.value)
    if len(one) != len(other):
        return Mismatch(f"{len(other) // 2} layers (W, b)", f"{len(one) // 2}")
    for i, (a, b) in enumerate(zip(one, other, strict=True)):
        if a != b:
            return Mismatch(f"shape {b}", f"shape {a}", f"layer {i // 2 + 1}, {'Wb'[i % 2]}")
    return None


def _shapes(value):
    """The shapes of W, b, W, b … as tuples."""
    shapes = entry(value, 1)
    rows = shapes.items if isinstance(shapes, Items) else np.atleast_2d(getattr(shapes, "values", 0))
    return [tuple(int(n) for n in np.ravel(getattr(row, "values", row))) for row in rows]


def _curve(got, wanted):
    """The network's curve, whatever its layers are."""
    if mismatch := failed(got, wanted):
        return mismatch
    none, other = (isinstance(entry(o.value, 2), Nothing) for o in (got, wanted))
    if none and other:
        return None
    if none:
        return Mismatch("layers that fit together", "shapes that A @ W + b refuses, or several outputs")
    return _VALUES.compare(got, wanted)


_VALUES = values(0, EXACT, part=2)


def _fold(k):
    return Probe(f"{k} folds", lambda r: (k,), f"k = {k}", "ex08.network")


FITS = "A layer is A @ W + b: rows of W for what comes in, columns for its units."


@mistake(
    "all units are in one hidden layer",
    "Units beside each other add their kinks, layers on top of each other multiply them. Which is folding?",
)
def one_layer_of_2k_units(k):
    fold = np.array([2.0, -4.0] * k) / k
    return [(np.ones((1, 2 * k)), np.array([0.0, -0.5] * k)), (fold[:, None], np.zeros(1))]


@mistake(
    "there is one wide layer with a unit for every kink",
    "The curve is right, and it costs 2ᵏ units. The question is how to get it from 2k.",
)
def one_wide_layer_of_all_pieces(k):
    s = np.arange(2**k) / 2**k
    v = np.where(np.arange(2**k) % 2, -2.0, 2.0) * 2.0**k
    v[0] /= 2
    return [(np.ones((1, 2**k)), -s), (v[:, None], np.zeros(1))]


@mistake("there are three units a layer", "On [0, 1] the third kink, at 1, never matters. How many are left?")
def three_units_a_layer(k):
    column, b = np.array([[2.0], [-4.0], [2.0]]), np.array([0.0, -0.5, -1.0])
    middle = [(np.hstack([column] * 3), b) for _ in range(k - 1)]
    return [(np.ones((1, 3)), b), *middle, (column, np.zeros(1))]


@mistake("the output layer is missing", "The last hidden layer gives two numbers. What makes one of them?")
def output_layer_forgotten(k):
    return _built(k)[:-1]


@mistake(
    "there is a linear layer between two folds",
    "A linear layer after which another one comes can be multiplied into it. Then every hidden layer has two units.",
)
def every_fold_a_layer_of_its_own(k):
    fold = [(np.ones((1, 2)), np.array([0.0, -0.5])), (np.array([[2.0], [-4.0]]), np.zeros(1))]
    return fold * k


@mistake("W is transposed in every layer", FITS + " Which shape has the first W then?")
def weights_transposed(k):
    return [(W.T, b) for W, b in _built(k)]


@mistake(
    "W is transposed in the middle layers",
    "Shapes (2, 2) hide a transpose. Does a column of yours belong to a unit?",
)
def middle_layers_transposed(k):
    layers = _built(k)
    return [layers[0], *((W.T, b) for W, b in layers[1:-1]), layers[-1]]


@mistake("b stands before W", "In which order does the docstring name the two?")
def bias_before_weights(k):
    return [(b, W) for W, b in _built(k)]


@mistake("one flat list is returned", "One entry of the list is one layer, a pair.")
def one_flat_list(k):
    return [array for pair in _built(k) for array in pair]


@mistake("W has one axis only", FITS + " Also where one of the two is 1.")
def flat_weights(k):
    return [(W.ravel() if 1 in W.shape else W, b) for W, b in _built(k)]


@mistake(
    "b is a column", "b has one number for each unit. With one example a row, how does NumPy add a column?"
)
def bias_as_a_column(k):
    return [(W, b[:, None]) for W, b in _built(k)]


@mistake("b has two axes", "b is (n_out,). One axis is enough: NumPy adds it to every row.")
def bias_as_a_row(k):
    return [(W, b[None, :]) for W, b in _built(k)]


@mistake("the second unit has no bias", "Where does max{0, x − s} switch on, and which b makes it do so?")
def kink_without_a_bias(k):
    return _built(k, b=(0.0, 0.0))


@mistake(
    "the bias has the wrong sign",
    "z = wx + b is 0 at the kink. Which sign has b if the kink is at a positive x?",
)
def bias_is_plus_a_half(k):
    return _built(k, b=(0.0, 0.5))


@mistake(
    "the biases of the middle layers have the wrong sign",
    "Your first layer has its kink at ½. Where have the next ones theirs, as a function of the tent below?",
)
def middle_bias_is_plus_a_half(k):
    layers = _built(k)
    return [layers[0], *((W, -b) for W, b in layers[1:-1]), layers[-1]]


@mistake("b is −s instead of −ws", "With a weight of 2, where is z = 2x + b equal to 0?")
def kink_at_a_quarter(k):
    return _built(k, first=(2.0, 2.0), fold=(1.0, -2.0))


@mistake(
    "beyond ½ the curve runs level",
    "The slope is 2 on the left of ½ and −2 on the right. By how much does the second unit change it?",
)
def slope_not_turned(k):
    return _built(k, fold=(2.0, -2.0))


@mistake(
    "the second unit is added",
    "Beyond ½ the curve must turn down. Which sign does the second output weight need?",
)
def second_unit_added(k):
    return _built(k, fold=(2.0, 4.0))


@mistake("the tent is half as high", "A fold must reach 1, or the next one has only half of [0, 1] to fold.")
def half_as_high(k):
    return _built(k, fold=(1.0, -2.0))


@mistake(
    "the middle layers pass everything through",
    "For k = 2 your curve has one peak. What must a middle layer do with the two numbers below?",
)
def only_the_last_layer_folds(k):
    column = np.array([[2.0], [-4.0]])
    middle = [(np.eye(2), np.zeros(2)) for _ in range(k - 1)]
    return [(np.ones((1, 2)), np.array([0.0, -0.5])), *middle, (column, np.zeros(1))]


@mistake("the middle layers have no bias", "Each fold needs a kink in the middle, also the second one.")
def middle_layers_without_bias(k):
    layers = _built(k)
    return [layers[0], *((W, np.zeros(2)) for W, _ in layers[1:-1]), layers[-1]]


@mistake(
    "the middle weights are 1", "A middle layer needs the tent of the layer below, not the sum of its units."
)
def middle_weights_of_one(k):
    layers = _built(k)
    return [layers[0], *((np.ones((2, 2)), b) for _, b in layers[1:-1]), layers[-1]]


@mistake(
    "each unit reads one unit only",
    "The tent is a mixture of both units below. Who needs it in the layer above?",
)
def middle_weights_beside_each_other(k):
    layers = _built(k)
    crossed = np.array([[2.0, 0.0], [0.0, -4.0]])
    return [layers[0], *((crossed, b) for _, b in layers[1:-1]), layers[-1]]


@mistake("the output weights are 1", "The last layer makes the last tent: which two numbers weigh its units?")
def output_of_ones(k):
    return _built(k, last=(1.0, 1.0))


@mistake("the output has a bias", "What is the sawtooth at x = 0?")
def output_bias_of_one_half(k):
    return _built(k, b_last=(-0.5,))


@mistake("k times one fold is returned", "k times as high is not k times folded: how many peaks do you see?")
def k_times_one_fold(k):
    return _built(k, last=(2.0 * k, -4.0 * k), hidden=1)


QUESTION = Question(
    sawtooth_network,
    "params",
    probes=tuple(_fold(k) for k in (1, 2, 3, 5)),
    properties=(
        custom(
            "layers and shapes", 2, _form, advice="k hidden layers of two units and one output layer. " + FITS
        ),
        custom(
            "one fold",
            1,
            _curve,
            on=("1 folds",),
            advice="Which two kinks does a tent on [0, 1] need, and which slopes?",
        ),
        custom(
            "k folds",
            2,
            _curve,
            on=("2 folds", "3 folds", "5 folds"),
            advice="A middle layer reads both units below as one number, and gives it to both of its own units.",
        ),
    ),
    right=(network_with_slopes_inside, network_from_the_right, network_as_lists),
    varies=False,
    misconceptions=mistakes(globals()),
    further=(
        "Take k = 1 first: send x = 0, ½ and 1 through your two layers by hand. Then k = 2: which two numbers come out of the first layer at x = ¼, and what should the second one see?",
        "The tent is an output of two units. A middle layer's units read that output: so each column of its W is the column of output weights of the tent, once for each unit.",
    ),
)
