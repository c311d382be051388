"""z = [wᵀ b] [x; 1]: the bias as a weight."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex01_linear_models_and_neurons.common import COLUMN, FEW, LETTERS, MANY, sigmoid


def augmented_pre_activation(X, wb):
    """z = [wᵀ b] [x; 1]: the bias is the weight of an input that is always 1.

    X (N, d), one example per row; wb (d + 1,), the weights and then the bias -> z (N,)
    """
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ wb


def augmented_by_slices(X, wb):
    """No ones at all: take wb apart."""
    return X @ wb[:-1] + wb[-1]


def augmented_in_loops(X, wb):
    """Append the 1 to one row after the other."""
    return np.array([sum(np.append(x, 1.0) * wb) for x in X])


def augmented_into_a_copy(X, wb):
    """Fill a larger array."""
    larger = np.ones((X.shape[0], X.shape[1] + 1))
    larger[:, :-1] = X
    return np.einsum("ij,j->i", larger, wb)


def _augmented(n, d):
    return lambda r: (r.normal(size=(n, d)), r.normal(size=d + 1) + np.sign(r.normal(size=d + 1)))


@mistake(
    "the 1 stands in front",
    "wb lists its weights in one order and [x; 1] its inputs. Does each weight meet its own input?",
)
def bias_first(X, wb):
    return np.hstack([np.ones((len(X), 1)), X]) @ wb


@mistake("the bias has no effect", "Which number times b is b? That is the input which b needs.")
def zero_appended(X, wb):
    return np.hstack([X, np.zeros((len(X), 1))]) @ wb


@mistake(
    "1 is added instead of the bias",
    "The appended 1 is an input like the others. What are inputs multiplied with?",
)
def one_added_itself(X, wb):
    return X @ wb[:-1] + 1


@mistake(
    "X has one column too few for wb",
    "d inputs, d + 1 weights: which input belongs to the last weight, and in which direction do you append?",
)
def nothing_appended(X, wb):
    return X @ wb


@mistake("the bias comes with the wrong sign", "Which input stands under x on the slide, 1 or −1?")
def minus_one_appended(X, wb):
    return X @ wb[:-1] - wb[-1]


@mistake("b is added once for every input", "How often does the 1 stand in [x; 1]?")
def bias_once_for_every_input(X, wb):
    return (X * wb[:-1] + wb[-1]).sum(axis=1)


@mistake("all examples are added up into one number", MANY)
def all_added_up(X, wb):
    return (X @ wb[:-1] + wb[-1]).sum()


@mistake(
    "the products are not added up", "A row times a column is one number. What is missing after the products?"
)
def weights_not_summed(X, wb):
    return np.hstack([X, np.ones((len(X), 1))]) * wb


@mistake("you return a column", COLUMN)
def column_returned(X, wb):
    return np.hstack([X, np.ones((len(X), 1))]) @ wb.reshape(-1, 1)


@mistake("only the first example is computed", "Every row of X needs its own 1.")
def first_row_only(X, wb):
    return np.append(X[0], 1) @ wb


@mistake("you return a = σ(z)", LETTERS)
def sigmoid_of_it(X, wb):
    return sigmoid(X @ wb[:-1] + wb[-1])


@mistake("your function overwrites wb", "Call it twice with the same wb. Is the answer the same?")
def bias_overwritten(X, wb):
    b = wb[-1].copy()
    wb[-1] = 0
    return X @ wb[:-1] + b


@mistake("the 1 replaces an input", "Append means one column more. How many columns has your array?")
def last_input_replaced(X, wb):
    larger = X.copy()
    larger[:, -1] = 1
    return larger @ wb[1:]


QUESTION = Question(
    augmented_pre_activation,
    "z",
    probes=(
        Probe("wide", _augmented(5, 3), "X is (5, 3), wb is (4,)"),
        Probe("square", _augmented(4, 4), "X is (4, 4), wb is (5,)"),
        Probe("one", _augmented(1, 2), "X is (1, 2), wb is (3,)"),
        Probe("zeros", lambda r: (np.zeros((3, 2)), r.normal(size=3) + 2), "X is (3, 2), all zeros"),
    ),
    properties=(
        shape(1),
        values(2, FEW, on=("wide", "square", "one"), advice="Write [x; 1] for one row of X on paper."),
        values(1, FEW, on=("zeros",), name="the bias alone", advice="What is left of z where x = 0?"),
        unchanged(1),
    ),
    right=(augmented_by_slices, augmented_in_loops, augmented_into_a_copy),
    misconceptions=mistakes(globals()),
)
