"""The question `mlp_backward`: from the last dZ down to the first layer's gradients."""

from itertools import pairwise

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex05_backpropagation.common import (
    MEAN,
    OVERWRITTEN,
    SHAPES,
    SUMS,
    whole_numbers,
    with_gaps,
)
from mlpkit.questions.ex05_backpropagation.dense_backward import dense_backward


def mlp_backward(X, params, g, dg, dZ_last):
    """The gradients of all layers of an MLP, from dJ/dZ of its last, linear layer.

    X (N, n_0), one example per row, floats or whole numbers; params a list of (W, b), W (n_in, n_out) and
    b (n_out,); g the hidden layers' activation and dg its derivative, both functions of Z; dZ_last (N, n_L),
    with the loss's 1/N in it already
    -> a list of (dW, db), one pair a layer in the order of params, shaped like W and b
    """
    A, Z = [X], []
    for W, b in params[:-1]:
        Z.append(A[-1] @ W + b)
        A.append(g(Z[-1]))
    dZ, found = dZ_last, []
    for layer in reversed(range(len(params))):
        dA, dW, db = dense_backward(A[layer], params[layer][0], dZ)
        found.insert(0, (dW, db))
        if layer > 0:
            dZ = dA * dg(Z[layer - 1])
    return found


def backward_by_recursion(X, params, g, dg, dZ_last):
    """The first layer waits for the rest; each call returns its dX, too."""

    def down(A, rest):
        W, b = rest[0]
        if len(rest) == 1:
            dZ, above = dZ_last, []
        else:
            Z = A @ W + b
            dA, above = down(g(Z), rest[1:])
            dZ = dA * dg(Z)
        return dZ @ W.T, [(A.T @ dZ, dZ.sum(axis=0)), *above]

    return down(X, params)[1]


def backward_with_kept_slopes(X, params, g, dg, dZ_last):
    """The forward pass keeps what the backward pass needs: inputs and slopes."""
    inputs, slopes, A = [], [], X
    for i, (W, b) in enumerate(params):
        inputs.append(A)
        if i + 1 < len(params):
            Z = np.dot(A, W) + b
            slopes.append(dg(Z))
            A = g(Z)
    delta = np.array(dZ_last)
    out: list = [None] * len(params)
    for i in range(len(params) - 1, -1, -1):
        out[i] = [np.einsum("ni,no->io", inputs[i], delta), np.einsum("no->o", delta)]
        if i:
            delta = np.einsum("no,io->ni", delta, params[i][0]) * slopes[i - 1]
    return out


def backward_example_by_example(X, params, g, dg, dZ_last):
    """One example at a time, gradients added up."""
    total = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    for x, delta in zip(X, dZ_last, strict=True):
        a, z = [x], []
        for W, b in params[:-1]:
            z.append(W.T @ a[-1] + b)
            a.append(g(z[-1]))
        for i in reversed(range(len(params))):
            total[i][0][...] += np.outer(a[i], delta)
            total[i][1][...] += delta
            if i:
                delta = (params[i][0] @ delta) * dg(z[i - 1])
    return total


def _backward(
    X, params, g, dg, dZ_last,
    down=lambda dZ, W: dZ @ W.T,
    slope=lambda dA, Z, A, dg: dA * dg(Z),
    pair=lambda A, dZ, Z: (A.T @ dZ, dZ.sum(axis=0)),
    bias=True,
):  # fmt: skip
    """The right function with a part replaced."""
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + (b if bias else 0))
        A.append(g(Z[-1]))
    dZ, found = dZ_last, []
    for i in reversed(range(len(params))):
        found.append(pair(A[i], dZ, Z[i - 1] if i else X))
        if i:
            dZ = slope(down(dZ, params[i][0]), Z[i - 1], A[i], dg)
    return found[::-1]


def _network(name, n, *widths):
    def make(r):
        params = [
            (r.normal(size=(a, b)) / np.sqrt(a), r.normal(size=b) * 0.5 + 0.2) for a, b in pairwise(widths)
        ]
        g, dg = Built("functions.named", {"name": name}), Built("ex05.slope", {"name": name})
        return r.normal(size=(n, widths[0])) + 0.3, params, g, dg, r.normal(size=(n, widths[-1])) + 0.2

    return make


def _whole_numbers(r):
    return whole_numbers(r, (2, 2)), *_network("bent", 2, 2, 1, 1)(r)[1:]


def _with_gaps(r):
    X, *between, dZ_last = _network("relu", 7, 4, 6, 5, 1)(r)
    return with_gaps(X), *between, with_gaps(dZ_last)


SLOPE = "dJ/dz = dJ/da · g′(z): which array holds the z of that layer?"


@mistake("g′ is taken at a, not at z", SLOPE + " dg is a function of z.")
def slope_at_the_activation(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * dg(A))


@mistake("g′ is left out", "On the way down a gradient passes through the weights and through what else?")
def slope_left_out(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA)


@mistake("the slope is that of a sigmoid, a(1 − a)", "Which activation function did the caller hand over?")
def sigmoids_slope(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * A * (1 - A))


@mistake("the slope is that of tanh, 1 − a²", "The caller hands over the derivative. Where do you use it?")
def slope_of_tanh(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * (1 - A**2))


@mistake("the slope is that of tanh at z", "The caller hands over g and its derivative. Do you use both?")
def slope_of_tanh_at_z(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * (1 - np.tanh(Z) ** 2))


@mistake(
    "the slope is that of ReLU", "The network may have another activation. What is its derivative called?"
)
def slope_of_relu(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * (Z > 0))


@mistake(
    "W takes a step of {rate:g} before the gradient goes through it",
    "All gradients belong to one network, the one of the forward pass. Which W does the layer below feel?",
    rate=between(1e-4, 2),
)
def step_before_the_way_down(X, params, g, dg, dZ_last, rate=0.1):
    last = []

    def pair(A, dZ, Z):
        last.append(A.T @ dZ)
        return last[-1], dZ.sum(axis=0)

    return _backward(X, params, g, dg, dZ_last, down=lambda dZ, W: dZ @ (W - rate * last[-1]).T, pair=pair)


@mistake("g′ is multiplied in twice", "How often does a signal pass through the activation on its way up?")
def slope_twice(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dA * dg(Z) ** 2)


@mistake("g′ is taken at the gradient", SLOPE + " The gradient is a factor, not a place.")
def slope_of_the_gradient(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, slope=lambda dA, Z, A, dg: dg(dA))


@mistake("the last layer gets a g′ as well", "The last layer is linear, and its dZ is given.")
def slope_of_the_last_layer_too(X, params, g, dg, dZ_last):
    A = X
    for W, b in params[:-1]:
        A = g(A @ W + b)
    Z = A @ params[-1][0] + params[-1][1]
    return _backward(X, params, g, dg, dZ_last * dg(Z))


@mistake(
    "g′ is that of the layer above",
    "Write Z and A of each layer under one another. Between which two does the gradient step?",
)
def slope_of_the_layer_above(X, params, g, dg, dZ_last):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(g(Z[-1]))
    dZ, found = dZ_last, []
    for i in reversed(range(len(params))):
        found.insert(0, (A[i].T @ dZ, dZ.sum(axis=0)))
        dZ = (dZ * dg(Z[i])) @ params[i][0].T
    return found


@mistake("W is not transposed", "Forward W leads from inputs to units. Where must it lead on the way back?")
def weights_not_transposed(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, down=lambda dZ, W: dZ @ W)


@mistake("dW and db are means instead of sums", MEAN)
def means_instead_of_sums(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (A.T @ dZ / len(A), dZ.mean(axis=0)))


@mistake(
    "db is summed along the wrong axis",
    "Every unit has a bias of its own, the examples share it. Which axis of dZ is the batch?",
)
def biases_over_the_units(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (A.T @ dZ, dZ.sum(axis=1)))


@mistake("db has two axes", SHAPES + " b is (n_out,).")
def biases_with_two_axes(X, params, g, dg, dZ_last):
    return _backward(
        X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (A.T @ dZ, dZ.sum(axis=0, keepdims=True))
    )


@mistake("dW is transposed", SHAPES + " dW is (n_in, n_out).")
def weights_gradient_transposed(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (dZ.T @ A, dZ.sum(axis=0)))


@mistake("each entry has dX as well", "Which of the three belong to parameters?")
def inputs_gradients_as_well(X, params, g, dg, dZ_last):
    pairs = _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (A, dZ))
    return [(dZ @ W.T, A.T @ dZ, dZ.sum(axis=0)) for (A, dZ), (W, _) in zip(pairs, params, strict=True)]


@mistake(
    "your function expects one example per column, and W as (n_out, n_in)",
    "Here an example is a row of X and a unit a column of W. Which axis is the batch? " + MEAN,
)
def columns(X, params, g, dg, dZ_last):
    A, Z = [X], []
    for W, b in params:
        Z.append(W @ A[-1] + b[:, None])
        A.append(g(Z[-1]))
    dZ, found = dZ_last, []
    for i in reversed(range(len(params))):
        found.insert(0, (dZ @ A[i].T / X.shape[1], dZ.sum(axis=1, keepdims=True) / X.shape[1]))
        dZ = params[i][0].T @ dZ * (dg(Z[i - 1]) if i else 1)
    return found


@mistake("the entries are dictionaries", "A pair needs no names. In which order does it hold the two?")
def dictionaries(X, params, g, dg, dZ_last):
    return [{"dW": dW, "db": db} for dW, db in _backward(X, params, g, dg, dZ_last)]


@mistake("the biases' gradients are missing", "Each layer has two kinds of parameters.")
def weights_alone(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: A.T @ dZ)


@mistake(
    "Z of the layer below is used instead of its A",
    "What did the layer multiply by W in the forward pass: the z of the layer below, or its a?",
)
def pre_activations_as_inputs(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, pair=lambda A, dZ, Z: (Z.T @ dZ, dZ.sum(axis=0)))


@mistake(
    "the biases are missing in the forward pass",
    "The backward pass needs the very Z of the forward pass. Is your forward pass complete?",
)
def bias_left_out_of_the_forward_pass(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last, bias=False)


@mistake(
    "the activation is missing in the forward pass",
    "The backward pass needs the very A of the forward pass. Is your forward pass complete?",
)
def no_activation_in_the_forward_pass(X, params, g, dg, dZ_last):
    return _backward(X, params, lambda Z: Z, dg, dZ_last)


@mistake("only the last layer gets gradients", "How does the gradient get from one layer to the one below?")
def last_layer_only(X, params, g, dg, dZ_last):
    found = _backward(X, params, g, dg, dZ_last)
    zeros = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params[:-1]]
    return [*zeros, found[-1]]


@mistake("the first layer is missing", "Also the first layer has weights. Which input has it?")
def first_layer_left_out(X, params, g, dg, dZ_last):
    return _backward(X, params, g, dg, dZ_last)[1:]


@mistake("you return new parameters", "The optimizer makes the step. Here only gradients are asked for.")
def updated_parameters(X, params, g, dg, dZ_last):
    found = _backward(X, params, g, dg, dZ_last)
    return [(W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, found, strict=True)]


QUESTION = Question(
    mlp_backward,
    "the list of (dW, db)",
    probes=(
        Probe("one layer", _network("tanh", 5, 3, 2), "one linear layer, 3-2"),
        Probe("hidden", _network("tanh", 5, 3, 4, 2), "3-4-2 with tanh"),
        Probe("deep", _network("bent", 4, 2, 3, 5, 2), "2-3-5-2 with g(z) = z² − z"),
        Probe("square", _network("bent", 3, 3, 3, 3, 3), "3-3-3-3, three examples, with g(z) = z² − z"),
        Probe("relu", _with_gaps, "4-6-5-1 with ReLU"),
        Probe("whole numbers", _whole_numbers, "2-1-1 with g(z) = z² − z, whole numbers in X"),
        Probe("narrow", _network("bent", 1, 1, 2, 1, 1), "1-2-1-1 with g(z) = z² − z, one example"),
    ),
    properties=(
        shape(1, advice=SHAPES + " One pair a layer, in the order of params."),
        values(
            2,
            SUMS,
            on=("one layer", "hidden", "whole numbers"),
            name="up to one hidden layer",
            advice="From dZ of a layer: dW and db, then one step down to dZ of the layer below. " + SLOPE,
        ),
        values(
            3,
            SUMS,
            on=("deep", "square", "relu", "narrow"),
            name="deeper networks",
            advice="Print the shapes of dZ, Z and A at every layer. " + SLOPE,
        ),
        unchanged(1, advice=OVERWRITTEN),
    ),
    right=(backward_by_recursion, backward_with_kept_slopes, backward_example_by_example),
    misconceptions=mistakes(globals()),
    further=(
        "Draw the failing network as a chain: X, Z¹, A¹, Z² … Write above each arrow what the gradient is multiplied by on its way back.",
        "Take a network with one hidden layer and one example. Which numbers of the forward pass does each of its four gradients need?",
    ),
)
