"""a = g(z)."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex01_linear_models_and_neurons.common import FEW, MANY, WHOLE, sigmoid, strided


def neuron(X, w, b, g):
    """a = g(z) with z = wᵀx + b, for every row x of X.

    X (N, d), one example per row, floats or integers; w (d,); b a number; g a function of one array, the
    activation -> a (N,)
    """
    z = X @ w + b
    return g(z)


def neuron_row_by_row(X, w, b, g):
    """g of one number after the other."""
    return np.array([g(np.dot(w, x) + b) for x in X])


def neuron_augmented(X, w, b, g):
    """The augmented form inside g."""
    return g(np.c_[X, np.ones(len(X))] @ np.append(w, b))


def neuron_by_einsum(X, w, b, g):
    """z made in place on an own array."""
    z = np.einsum("ij,j->i", X, w)
    z += b
    return np.asarray(g(z))


def _one_neuron(n, d, name, make=lambda X: X):
    g = Built("functions.named", {"name": name})
    return lambda r: (
        make(r.normal(size=(n, d))),
        r.normal(size=d),
        float(r.choice([-1, 1]) * (0.6 + r.random())),
        g,
    )


@mistake("you return z, before the activation", "The slide has two lines. Which is the second?")
def z_returned(X, w, b, g):
    return X @ w + b


@mistake("g is applied to the inputs", "What does g act on: on what comes in, or on the weighted sum?")
def g_of_the_inputs(X, w, b, g):
    return g(X) @ w + b


@mistake("g is applied to every product", "How many numbers go through g for one example?")
def g_of_every_product(X, w, b, g):
    return g(X * w).sum(axis=1) + b


@mistake("the bias is added after g", "The bias shifts z. Is it part of what g bends?")
def bias_outside_g(X, w, b, g):
    return g(X @ w) + b


@mistake("you always use the sigmoid", "The caller chose an activation function. Where do you use it?")
def sigmoid_hard_wired(X, w, b, g):
    return sigmoid(X @ w + b)


@mistake("you always use tanh", "It works for one choice of the caller. What did the caller hand over?")
def tanh_hard_wired(X, w, b, g):
    return np.tanh(X @ w + b)


@mistake("you always use the ReLU", "g is an argument like X. What would the identity have to give?")
def relu_hard_wired(X, w, b, g):
    return np.maximum(X @ w + b, 0)


@mistake("g is applied twice", "How often does g occur on the slide?")
def g_twice(X, w, b, g):
    return g(g(X @ w + b))


@mistake("g(z) is multiplied with z", "Parentheses after a function's name do not multiply. What do they do?")
def g_times_z(X, w, b, g):
    z = X @ w + b
    return g(z) * z


@mistake("the products are not added up before g", "What shape has z, before g sees it?")
def products_kept_apart(X, w, b, g):
    return g(X * w + b)


@mistake(
    "your function expects one example per column",
    "The rows of X are the examples. Which axis has w's length?",
)
def one_example_per_column(X, w, b, g):
    return g(w @ X + b)


@mistake("all examples are added up into one number", MANY)
def g_of_the_total(X, w, b, g):
    return g(np.sum(X * w) + b)


@mistake(
    "you always use a step",
    "A step says which side of the border x is on. What does the caller's g say of it?",
)
def step_hard_wired(X, w, b, g):
    return (X @ w + b > 0) * 1.0


@mistake("you return the function g itself", "A function gives a number only when it is called.")
def g_returned(X, w, b, g):
    return g


QUESTION = Question(
    neuron,
    "a",
    probes=(
        Probe("tanh", _one_neuron(5, 3, "tanh"), "X is (5, 3), g = tanh"),
        Probe("square", _one_neuron(4, 4, "tanh"), "X is (4, 4), g = tanh"),
        Probe("small", _one_neuron(2, 3, "tanh"), "X is (2, 3), g = tanh"),
        Probe("relu", _one_neuron(6, 2, "relu"), "X is (6, 2), g = ReLU"),
        Probe("bent", _one_neuron(3, 4, "bent", strided), "X is (3, 4), g(z) = z² − z"),
        Probe("identity", _one_neuron(2, 3, "identity"), "X is (2, 3), g(z) = z"),
        Probe(
            "integers",
            _one_neuron(2, 3, "bent", lambda X: np.rint(2 * X).astype(int)),
            "X holds whole numbers, g(z) = z² − z",
            ask=WHOLE,
        ),
    ),
    properties=(
        shape(1),
        values(
            1, FEW, on=("tanh", "square", "small"), name="values for tanh", advice="First z, then g of z."
        ),
        values(
            1,
            FEW,
            on=("relu", "bent", "identity"),
            name="every other g",
            advice="Use the g that you are given.",
        ),
        values(1, FEW, on=("integers",), name="whole numbers", advice=WHOLE),
        unchanged(1),
    ),
    right=(neuron_row_by_row, neuron_augmented, neuron_by_einsum),
    misconceptions=mistakes(globals()),
    further=(
        "Let your function return z first, and compare it with 1.1. Only then put g around it.",
        "Call your function with g = np.tanh and with g = np.abs: what must change, and what must not?",
    ),
)
