"""z = wᵀx + b for a batch."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex01_linear_models_and_neurons.common import (
    FEW,
    LETTERS,
    MANY,
    WHOLE,
    sigmoid,
    strided,
    whole,
)


def pre_activation(X, w, b):
    """z = wᵀx + b for every row x of X.

    X (N, d), one example per row, floats or integers; w (d,); b a number -> z (N,)
    """
    return X @ w + b


def pre_activation_in_loops(X, w, b):
    """Two loops and a running sum."""
    z = []
    for x in X:
        total = b
        for i in range(len(w)):
            total = total + w[i] * x[i]
        z.append(total)
    return np.array(z)


def pre_activation_by_einsum(X, w, b):
    """Subscripts instead of @."""
    return np.einsum("nd,d->n", X, w) + b


def pre_activation_by_sums(X, w, b):
    """Products first, then the sum over each row, then the bias in place on an own array."""
    z = (X * w).sum(axis=1)
    z += b
    return z


@mistake("the bias is missing", "Where is z = 0 if x = 0? Your line always goes through there.")
def no_bias(X, w, b):
    return X @ w


@mistake("b is added once for every input", "The sum runs over the inputs. Is b inside the sum or beside it?")
def bias_for_every_input(X, w, b):
    return (X * w + b).sum(axis=1)


@mistake(
    "b is added to the weights",
    "What does b contribute to z when all inputs are 0? Keep it out of the products.",
)
def bias_added_to_the_weights(X, w, b):
    return X @ (w + b) + 0 * b


@mistake(
    "the products are not added up",
    "A neuron gives one number for one example. What happens to the d products of a row?",
)
def not_summed(X, w, b):
    return X * w + b


@mistake("all examples are added up into one number", MANY)
def summed_over_everything(X, w, b):
    return np.sum(X * w) + b


@mistake(
    "the sum runs down the columns",
    "Along a row are the inputs of one example, down a column is one input of all examples. Which belong together?",
)
def summed_over_the_examples(X, w, b):
    return (X * w).sum(axis=0) + b


@mistake(
    "your function expects one example per column",
    "The slide's x is a column, the rows of X are examples. Which axis of X has w's length?",
)
def transposed(X, w, b):
    return X.T @ w + b


@mistake("only the first example is computed", "X is a batch. What happens to its other rows?")
def first_example_only(X, w, b):
    return X[0] @ w + b


@mistake("the mean is taken instead of the sum", "Would z stay the same if an input were copied?")
def mean_of_the_products(X, w, b):
    return (X * w).mean(axis=1) + b


@mistake("the first weight is taken for the bias", "b comes by itself here. How many weights meet inputs?")
def first_weight_as_bias(X, w, b):
    return X[:, 1:] @ w[1:] + w[0]


@mistake(
    "X is standardised first",
    "The formula takes each x as it comes. Which line changes X before the products?",
    eps=between(1e-20, 0.1),
)
def standardised(X, w, b, eps=1e-8):
    return (X - X.mean(axis=0)) / (X.std(axis=0) + eps) @ w + b


@mistake("you return a = σ(z)", LETTERS + " Can your z be negative?")
def activated_by_the_sigmoid(X, w, b):
    return sigmoid(X @ w + b)


@mistake(
    "there is one result for each input, not for each example",
    "X.shape is (N, d). Which of the two counts the examples?",
)
def one_result_for_each_input(X, w, b):
    z = np.zeros(X.shape[1])
    for i in range(X.shape[1]):
        z[i] = X[i] @ w + b
    return z


@mistake("your function overwrites X", "Which line changes X itself, and who else uses X?")
def x_overwritten(X, w, b):
    X *= w
    return X.sum(axis=1) + b


@mistake(
    "b is appended instead of added", "Joining two lists is no addition. Does every example get its own b?"
)
def bias_alone_outside_the_sum(X, w, b):
    return np.array([X[i] @ w for i in range(len(X))] + [b])


def _with_b(n, d, b):
    """Arrays with gaps in memory, and a bias of this size."""
    return lambda r: (strided(r.normal(size=(n, d))), strided(r.normal(size=d)), b * (1 + r.random()))


QUESTION = Question(
    pre_activation,
    "z",
    probes=(
        Probe("wide", lambda r: (r.normal(size=(5, 3)), r.normal(size=3), 0.7 + r.random()), "X is (5, 3)"),
        Probe("square", _with_b(4, 4, -1), "X is (4, 4), part of a larger array"),
        Probe("small", _with_b(2, 3, 1), "X is (2, 3)"),
        Probe("one", lambda r: (r.normal(size=(1, 3)), r.normal(size=3), 1.2 + r.random()), "X is (1, 3)"),
        Probe("long", _with_b(2, 6, -2), "X is (2, 6), part of a larger array"),
        Probe(
            "integers", lambda r: (whole(2, 3)(r), r.normal(size=3), 0.6), "X holds whole numbers", ask=WHOLE
        ),
    ),
    properties=(
        shape(1),
        values(
            2,
            FEW,
            on=("wide", "square", "small", "one", "long"),
            advice="Take one row of X and add up wᵢxᵢ and b by hand.",
        ),
        values(1, FEW, on=("integers",), name="whole numbers", advice=WHOLE),
        unchanged(1, advice="X belongs to the caller: `X *= w` changes it there, too."),
    ),
    right=(pre_activation_in_loops, pre_activation_by_einsum, pre_activation_by_sums),
    misconceptions=mistakes(globals()),
    further=(
        "Compute z of the example's first row with your own lines, one print after each step: where is it not −0.5?",
        "Write the shapes of X, w and b beside each step. N numbers must be left at the end, and b is in each once.",
    ),
)
