"""The question `dense_backward`: three products, one for each thing the layer was made from."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex05_backpropagation.common import MEAN, SHAPES, SUMS


def dense_backward(X, W, G):
    """The backward pass of Z = XW + b: from G = dJ/dZ to the gradients of J by X, W and b.

    X (N, n_in), one example per row; W (n_in, n_out); G (N, n_out)
    -> (dX, dW, db), shaped like X, W and b (n_out,); dW and db are sums over the batch
    """
    return G @ W.T, X.T @ G, G.sum(axis=0)


def backward_by_einsum(X, W, G):
    """Subscripts say what is summed: o, n, n."""
    dX = np.einsum("no,io->ni", G, W)
    dW = np.einsum("ni,no->io", X, G)
    return dX, dW, np.einsum("no->o", G)


def backward_example_by_example(X, W, G):
    """A rank-one matrix for every example, added up."""
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n in range(len(X)):
        dX[n] = W @ G[n]
        dW += np.outer(X[n], G[n])
        db += G[n]
    return [dX, dW, db]


def backward_in_loops(X, W, G):
    """Every path from J to a parameter, one by one."""
    N, n_in, n_out = len(X), len(W), len(W[0])
    dX, dW, db = np.zeros((N, n_in)), np.zeros((n_in, n_out)), np.zeros(n_out)
    for n in range(N):
        for o in range(n_out):
            db[o] += G[n, o]
            for i in range(n_in):
                dX[n, i] += G[n, o] * W[i, o]
                dW[i, o] += G[n, o] * X[n, i]
    return dX, dW, db


def backward_with_ones(X, W, G):
    """The bias as a weight of an input that is 1: [X 1]ᵀ G."""
    both = np.concatenate([X, np.ones((X.shape[0], 1))], axis=1).T.dot(G)
    return np.dot(G, W.transpose()), both[:-1], both[-1]


def _right(X, W, G):
    return G @ W.T, X.T @ G, G.sum(axis=0)


def _batch(n, n_in, n_out):
    def make(r):
        X, W = r.normal(size=(n, n_in)) + 0.5, r.normal(size=(n_in, n_out))
        return X, W, r.normal(size=(n, n_out)) + 0.3

    return make


ORDER = "In which order does the docstring name the three?"


@mistake(
    "W is not transposed on the way back",
    "Forward W leads from inputs to units. Where must it lead on the way back?",
)
def weights_not_transposed(X, W, G):
    _, dW, db = _right(X, W, G)
    return G @ W, dW, db


@mistake(
    "W is transposed only where the shapes ask for it",
    "In a square layer the shapes fit either way, and only one of them is right.",
)
def weights_transposed_where_shapes_ask_for_it(X, W, G):
    _, dW, db = _right(X, W, G)
    return (G @ W if W.shape[0] == W.shape[1] else G @ W.T), dW, db


@mistake(
    "X is transposed only where the shapes ask for it",
    "With as many examples as inputs the shapes fit either way. Which axis of X is the batch, and what is summed?",
)
def inputs_transposed_where_shapes_ask_for_it(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, (X @ G if X.shape[0] == X.shape[1] == G.shape[0] else dW), db


@mistake("dW is transposed", SHAPES + " dW is (n_in, n_out).")
def dW_transposed(X, W, G):
    return G @ W.T, G.T @ X, G.sum(axis=0)


@mistake("everything is divided by N", MEAN + " Not even dX gets another.")
def everything_divided_by_n(X, W, G):
    return tuple(part / len(X) for part in _right(X, W, G))


@mistake("means instead of sums for dW and db", MEAN + " The layer adds up.")
def bias_and_weights_as_means(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW / len(X), db / len(X)


@mistake("a mean for db", MEAN + " What do you do with the rows of G?")
def bias_as_a_mean(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.mean(axis=0)


@mistake("a mean for dW", MEAN + " Why should dW be treated differently from db?")
def weights_as_a_mean(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW / len(X), db


@mistake(
    "db is summed along the wrong axis",
    "Every unit has a bias of its own, the examples share it. Which axis of G is the batch?",
)
def bias_over_the_units(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.sum(axis=1)


@mistake("db is not summed", SHAPES + " How many biases are there?")
def bias_not_summed(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G


@mistake("one number for all biases", SHAPES + " Does every unit have the same db?")
def bias_in_one_number(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.sum()


@mistake("db has two axes", SHAPES + " b is (n_out,).")
def bias_with_two_axes(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.sum(axis=0, keepdims=True)


@mistake("db is 1", "∂z/∂b = 1 is one factor of the chain. Which is the other?")
def bias_of_ones(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW, np.ones_like(db)


@mistake("db of the first example alone", "All examples share b. What do the others say?")
def bias_of_the_first_example(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G[0]


@mistake("the three are in another order", ORDER)
def weights_first(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dW, db, dX


@mistake("dW and db are exchanged", ORDER + " Look at the last two.")
def bias_before_weights(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, db, dW


@mistake("dX and dW are exchanged", ORDER + " Look at the first two.")
def weights_before_inputs(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dW, dX, db


@mistake("dX is missing", "The layer below is waiting for its own G. Where does it come from?")
def inputs_left_out(X, W, G):
    _, dW, db = _right(X, W, G)
    return dW, db


@mistake("the sign is turned", "Backpropagation gives the gradient; the optimizer makes the step down.")
def step_already_made(X, W, G):
    dX, dW, db = _right(X, W, G)
    return -dX, -dW, -db


@mistake(
    "Z itself is multiplied in",
    "What is the derivative of z = wx + b with respect to w? Does z appear in it?",
)
def forward_product_in_the_gradient(X, W, G):
    Z = X @ W
    return (G * Z) @ W.T, X.T @ (G * Z), (G * Z).sum(axis=0)


@mistake("a ReLU's slope inside", "G is dJ/dZ: the activation above has been dealt with.")
def slope_of_a_relu_inside(X, W, G):
    return _right(X, W, G * (X @ W > 0))


@mistake(
    "the mean input instead of each one",
    "The gradient of an example goes with the input of the same example.",
)
def mean_of_the_inputs(X, W, G):
    dX, _, db = _right(X, W, G)
    return dX, np.outer(X.mean(axis=0), G.sum(axis=0)), db


@mistake(
    "dW of the last example alone",
    "What becomes of the dW of the other examples? Do they add up or replace each other?",
)
def weights_of_the_last_example(X, W, G):
    dX, _, db = _right(X, W, G)
    return dX, np.outer(X[-1], G[-1]), db


@mistake("dX is multiplied by X", "What is ∂z/∂x? Only the weight.")
def gradient_of_inputs_times_inputs(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX * X, dW, db


@mistake("dW is multiplied by W", "What is ∂z/∂w? Only the input.")
def gradient_of_weights_times_weights(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW * W, db


@mistake("all rows of dX are the same", "Every example has its own dX. Where did you add the batch up?")
def inputs_from_summed_gradients(X, W, G):
    _, dW, db = _right(X, W, G)
    return np.tile(db @ W.T, (len(X), 1)), dW, db


@mistake("G plays no part", "The chain rule has one more factor: what comes from above?")
def gradient_ignored(X, W, G):
    ones = np.ones_like(G)
    return _right(X, W, ones)


@mistake("your function overwrites G", "Which line writes into G, and who else uses it?")
def gradient_overwritten(X, W, G):
    dX, dW, db = _right(X, W, G)
    G /= len(X)
    return dX, dW, db


@mistake("your function overwrites X", "Which line writes into X, and who else uses it?")
def inputs_overwritten(X, W, G):
    dW, db = X.T @ G, G.sum(axis=0)
    X[:] = G @ W.T
    return X, dW, db


@mistake("your function takes a step", "The optimizer changes W. Here only gradients are asked for.")
def weights_overwritten(X, W, G):
    dX, dW, db = _right(X, W, G)
    W -= 0.1 * dW
    return dX, dW, db


QUESTION = Question(
    dense_backward,
    "(dX, dW, db)",
    probes=(
        Probe("wide", _batch(5, 3, 2), "five examples, three inputs, two units"),
        Probe("square", _batch(4, 4, 4), "four examples, four inputs, four units"),
        Probe("units", _batch(2, 3, 6), "two examples, three inputs, six units"),
        Probe("layer", _batch(6, 3, 3), "six examples, three inputs, three units"),
    ),
    properties=(
        shape(1, advice=SHAPES),
        values(
            1,
            SUMS,
            part=0,
            name="dX",
            advice="x reaches J through every unit of the layer. Which weights are on these paths?",
        ),
        values(
            2,
            SUMS,
            part=1,
            name="dW",
            advice="A weight from input i to unit o is on one path an example: what stands at its two ends?",
        ),
        values(
            1, SUMS, part=2, name="db", advice="b is added to every row. Over what do you have to add up?"
        ),
        unchanged(1),
    ),
    right=(backward_by_einsum, backward_example_by_example, backward_in_loops, backward_with_ones),
    misconceptions=mistakes(globals()),
)
