"""The forward pass: layer after layer, everything kept."""

from itertools import pairwise

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex04_feedforward_networks import mlp_forward_mistakes as wrong
from mlpkit.questions.ex04_feedforward_networks.dense_forward import dense_forward

DEEP = Tolerance(1e-9, 1e-11, "sums of a few products through four layers: the last digits move")


def mlp_forward(X, params, g):
    """Zˡ = Aˡ⁻¹Wˡ + bˡ, Aˡ = g(Zˡ), A⁰ = X, layer after layer; the last layer is linear: A = Z.

    X (N, n_0), one example per row, floats or whole numbers; params a list of (W, b), W (n_in, n_out) and
    b (n_out,); g a function of one array
    -> a list of (Z, A), one pair a layer, the first layer first, both (N, n_out)
    """
    A, layers = X, []
    for W, b in params[:-1]:
        Z = dense_forward(A, W, b)
        A = g(Z)
        layers.append((Z, A))
    Z = dense_forward(A, *params[-1])
    return [*layers, (Z, Z)]


def forward_with_an_index(X, params, g):
    """One loop, with a question for the last layer."""
    result = []
    for layer in range(len(params)):
        A = X if layer == 0 else result[-1][1]
        W, b = params[layer]
        Z = A.dot(W) + b
        result.append((Z, Z.copy() if layer == len(params) - 1 else g(Z)))
    return result


def forward_by_recursion(X, params, g):
    """The first layer, then the rest of the network."""
    (W, b), *rest = params
    Z = np.einsum("ni,ij->nj", X, W) + b
    if not rest:
        return [(Z, Z)]
    A = g(Z)
    return [(Z, A), *forward_by_recursion(A, rest, g)]


def forward_with_a_list_of_functions(X, params, g):
    """Pairs as lists; the bias in place on an own array."""
    functions = [g] * (len(params) - 1) + [lambda z: z]
    layers = []
    for (W, b), f in zip(params, functions, strict=True):
        Z = np.matmul(X, W)
        Z += b
        X = f(Z)
        layers.append([Z, X])
    return layers


def forward_corrected_at_the_end(X, params, g):
    """g everywhere, and the last pair put right; a tuple of tuples."""
    layers, A = [], np.array(X)
    for W, b in params:
        Z = np.c_[A, np.ones(len(A))] @ np.vstack([W, b])
        A = g(Z)
        layers.append((Z, A))
    layers[-1] = (layers[-1][0],) * 2
    return tuple(layers)


def _normal(r, shape):
    return r.normal(size=shape)


def _with_gaps(r, shape):
    return Built("functions.strided", {"values": r.normal(size=shape)})


def _counts(r, shape):
    return r.permutation(np.arange(1, np.prod(shape) + 1)).reshape(shape)


def _network(n, widths, name, X=_normal):
    """A batch, and weights that keep numbers near 1; biases away from 0."""

    def arguments(r):
        params = [
            (r.normal(size=(i, o)) * 1.2 / np.sqrt(i), r.uniform(0.3, 0.9, o) * r.choice([-1, 1], o))
            for i, o in pairwise(widths)
        ]
        return X(r, (n, widths[0])), params, Built("functions.named", {"name": name})

    return arguments


SEVERAL = ("three", "square", "bent", "relu", "one", "two", "whole numbers")


QUESTION = Question(
    mlp_forward,
    "layers",
    probes=(
        Probe("three", _network(6, (3, 4, 5, 2), "tanh"), "widths 3, 4, 5, 2, six examples, g = tanh"),
        Probe("square", _network(4, (4, 4, 4, 4), "tanh"), "widths 4, 4, 4, 4, four examples, g = tanh"),
        Probe("bent", _network(5, (2, 3, 4, 3, 1), "bent"), "widths 2, 3, 4, 3, 1, g(z) = z² − z"),
        Probe("relu", _network(7, (3, 6, 2), "relu"), "widths 3, 6, 2, g = ReLU"),
        Probe("one", _network(1, (3, 2, 4), "tanh"), "one example, widths 3, 2, 4"),
        Probe("two", _network(3, (2, 5, 5, 2), "bent", _with_gaps), "widths 2, 5, 5, 2, g(z) = z² − z"),
        Probe("whole numbers", _network(1, (2, 2, 1), "bent", _counts), "whole numbers in X, widths 2, 2, 1"),
        Probe("no hidden layer", _network(2, (3, 2), "bent"), "one layer, widths 3, 2: it is the last"),
    ),
    properties=(
        shape(1, advice="As many pairs as layers; Z and A have one row an example, one column a unit."),
        values(
            1,
            DEEP,
            on=SEVERAL,
            part=0,
            name="first layer",
            advice="The first pair needs X, the first W and b, and g.",
        ),
        values(
            3,
            DEEP,
            on=SEVERAL,
            name="all layers",
            advice="Print the shapes of what goes into each layer and of what comes out.",
        ),
        values(
            1,
            DEEP,
            on=("no hidden layer",),
            name="a single layer is the last",
            advice="With one layer there is nothing before the last. Where is g used then?",
        ),
        unchanged(1, advice="Backpropagation needs X and params again. Which line writes into them?"),
    ),
    right=(
        forward_with_an_index,
        forward_by_recursion,
        forward_with_a_list_of_functions,
        forward_corrected_at_the_end,
    ),
    misconceptions=mistakes(wrong),
    further=(
        "Write Z¹, A¹, Z², A² … of the failing call under one another. From which of them does each come, and where is no g?",
        "Go through your loop by hand for a network with two layers: what is A, Z and the list after each round?",
    ),
)
