"""z = wᵀx + b for a batch."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex01_linear_models_and_neurons.common import COLUMN, FEW, LETTERS, MANY, sigmoid


def pre_activation(X, w, b):
    """z = wᵀx + b for every row x of X.

    X (N, d), one example per row; w (d,); b a number -> z (N,)
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


@mistake("the bias is subtracted", "Read the sign in front of b on the slide: a larger b, a larger z?")
def bias_subtracted(X, w, b):
    return X @ w - b


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
    return (X @ w + b).sum()


@mistake(
    "the sum runs down the columns",
    "Along a row are the inputs of one example, down a column is one input of all examples. Which belong together?",
)
def summed_over_the_examples(X, w, b):
    return (X * w).sum(axis=0) + b


@mistake(
    "X is transposed",
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


@mistake("you return a column", COLUMN)
def a_column(X, w, b):
    return X @ w[:, None] + b


@mistake("you return a = σ(z)", LETTERS + " Can your z be negative?")
def activated_by_the_sigmoid(X, w, b):
    return sigmoid(X @ w + b)


@mistake("you return max(0, z)", LETTERS + " Where did the negative sums go?")
def activated_by_the_relu(X, w, b):
    return np.maximum(X @ w + b, 0)


@mistake("you return tanh(z)", LETTERS + " Can your z be larger than 1?")
def activated_by_tanh(X, w, b):
    return np.tanh(X @ w + b)


@mistake(
    "the results are stored as whole numbers",
    "An array keeps the dtype it was made with. What becomes of 0.7 in an array of int?",
)
def whole_numbers(X, w, b):
    z = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        z[i] = X[i] @ w + b
    return z


@mistake(
    "there is one result for each input, not for each example",
    "X.shape is (N, d). Which of the two counts the examples?",
)
def one_result_for_each_input(X, w, b):
    z = np.zeros(X.shape[1])
    for i in range(X.shape[1]):
        z[i] = X[i] @ w + b
    return z


@mistake("the last input is left out", "range(n) stops before n. Which is your last i?")
def last_input_left_out(X, w, b):
    z = np.full(len(X), float(b))
    for i in range(len(w) - 1):
        z += w[i] * X[:, i]
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


QUESTION = Question(
    pre_activation,
    "z",
    probes=(
        Probe("wide", lambda r: (r.normal(size=(5, 3)), r.normal(size=3), 0.7 + r.random()), "X is (5, 3)"),
        Probe(
            "square", lambda r: (r.normal(size=(4, 4)), r.normal(size=4), -0.7 - r.random()), "X is (4, 4)"
        ),
        Probe("one", lambda r: (r.normal(size=(1, 3)), r.normal(size=3), 1.2 + r.random()), "X is (1, 3)"),
        Probe(
            "long", lambda r: (r.normal(size=(2, 6)), r.normal(size=6), -2 * r.random() - 1), "X is (2, 6)"
        ),
    ),
    properties=(
        shape(1),
        values(3, FEW, advice="Take one row of X and add up wᵢxᵢ and b by hand."),
        unchanged(1, advice="X belongs to the caller: `X *= w` changes it there, too."),
    ),
    right=(pre_activation_in_loops, pre_activation_by_einsum, pre_activation_by_sums),
    misconceptions=mistakes(globals()),
)
