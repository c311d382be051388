"""The question `dense_backward`: three products, one for each thing the layer was made from."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex05_backpropagation.common import (
    MEAN,
    OVERWRITTEN,
    SHAPES,
    SUMS,
    whole_numbers,
    with_gaps,
)


def dense_backward(X, W, G):
    """The backward pass of Z = XW + b: from G = dJ/dZ to the gradients of J by X, W and b.

    X (N, n_in), one example per row, floats or whole numbers; W (n_in, n_out); G (N, n_out), with the loss's
    1/N in it already
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


def _whole_numbers(r):
    """Numbers so large that what is cut to whole ones is not 0."""
    W, G = r.uniform(0.6, 1.7, (2, 1)), r.uniform(3, 6, (2, 1))
    return whole_numbers(r, (2, 2)), W, G * r.choice([-1, 1])


@mistake("W is not transposed", "Forward W leads from inputs to units. Where must it lead on the way back?")
def weights_not_transposed(X, W, G):
    _, dW, db = _right(X, W, G)
    return G @ W, dW, db


@mistake("X is not transposed in dW", "Over which axis of X and of G is added up for dW?")
def inputs_not_transposed(X, W, G):
    dX, _, db = _right(X, W, G)
    return dX, X @ G, db


@mistake(
    "you expect W as (n_out, n_in), one unit per row",
    "In some libraries a row of W is a unit. What is a column of W here, and what follows for both products?",
)
def units_as_rows(X, W, G):
    return G @ W, G.T @ X, G.sum(axis=0)


@mistake(
    "your function expects one example per column, and divides by their number",
    "Here an example is a row of X and of G. Which axis is the batch? " + MEAN,
)
def columns_and_means(X, W, G):
    return W.T @ G, G @ X.T / X.shape[1], G.sum(axis=1, keepdims=True) / X.shape[1]


@mistake(
    "your function expects one example per column",
    "Here an example is a row of X and of G. Which axis is the batch, and on which side of G does W stand?",
)
def columns(X, W, G):
    return W.T @ G, G @ X.T, G.sum(axis=1, keepdims=True)


@mistake(
    "your results have one example per column, and dW and db are divided by N",
    "The results are shaped like X, W and b as they come: an example is a row. " + MEAN,
)
def columns_at_the_end(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX.T, dW.T / len(X), db[:, None] / len(X)


@mistake("dW is transposed", SHAPES + " dW is (n_in, n_out).")
def dW_transposed(X, W, G):
    return G @ W.T, G.T @ X, G.sum(axis=0)


@mistake("everything is divided by N", MEAN + " Not even dX gets another.")
def everything_divided_by_n(X, W, G):
    return tuple(part / len(X) for part in _right(X, W, G))


@mistake("dW and db are means instead of sums", MEAN + " The layer adds up.")
def bias_and_weights_as_means(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW / len(X), db / len(X)


@mistake("db is a mean instead of a sum", MEAN + " What do you do with the rows of G?")
def bias_as_a_mean(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.mean(axis=0)


@mistake(
    "db is summed along the wrong axis",
    "Every unit has a bias of its own, the examples share it. Which axis of G is the batch?",
)
def bias_over_the_units(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.sum(axis=1)


@mistake("db has two axes", SHAPES + " b is (n_out,).")
def bias_with_two_axes(X, W, G):
    dX, dW, _ = _right(X, W, G)
    return dX, dW, G.sum(axis=0, keepdims=True)


@mistake("db is 1", "∂z/∂b = 1 is one factor of the chain. Which is the other?")
def bias_of_ones(X, W, G):
    dX, dW, db = _right(X, W, G)
    return dX, dW, np.ones_like(db)


@mistake("dX is missing", "The layer below is waiting for its own G. Where does it come from?")
def inputs_left_out(X, W, G):
    _, dW, db = _right(X, W, G)
    return dW, db


@mistake("Z is multiplied in", "What is the derivative of z = wx + b with respect to w? Does z appear in it?")
def forward_product_in_the_gradient(X, W, G):
    Z = X @ W
    return (G * Z) @ W.T, X.T @ (G * Z), (G * Z).sum(axis=0)


@mistake("a ReLU's slope is multiplied in", "G is dJ/dZ: the activation above has been dealt with.")
def slope_of_a_relu_inside(X, W, G):
    return _right(X, W, G * (X @ W > 0))


@mistake(
    "dW is that of the last example alone",
    "What becomes of the dW of the other examples? Do they add up or replace each other?",
)
def weights_of_the_last_example(X, W, G):
    dX, _, db = _right(X, W, G)
    return dX, np.outer(X[-1], G[-1]), db


QUESTION = Question(
    dense_backward,
    "(dX, dW, db)",
    probes=(
        Probe("wide", _batch(5, 3, 2), "five examples, three inputs, two units"),
        Probe("square", _batch(4, 4, 4), "four examples, four inputs, four units"),
        Probe("units", _batch(2, 3, 6), "two examples, three inputs, six units"),
        Probe(
            "layer",
            lambda r: tuple(map(with_gaps, _batch(6, 3, 3)(r))),
            "six examples, three inputs and units",
        ),
        Probe("whole numbers", _whole_numbers, "two examples, two inputs of whole numbers, one unit"),
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
        unchanged(1, advice=OVERWRITTEN),
    ),
    right=(backward_by_einsum, backward_example_by_example, backward_with_ones),
    misconceptions=mistakes(globals()),
    further=(
        "Write the shapes of X, W and G and of the three results on paper. Which two of the three arrays make each result?",
        "Take one weight in a batch of two examples: how does J feel it through each example, and what becomes of the two parts?",
    ),
)
