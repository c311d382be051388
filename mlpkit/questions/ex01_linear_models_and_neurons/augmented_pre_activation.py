"""z = [wᵀ b] [x; 1]: the bias as a weight."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex01_linear_models_and_neurons.common import FEW, WHOLE, strided, whole


def augmented_pre_activation(X, wb):
    """z = [wᵀ b] [x; 1]: the bias is the weight of an input that is always 1.

    X (N, d), one example per row, floats or integers; wb (d + 1,), the weights, then the bias -> z (N,)
    """
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ wb


def augmented_by_slices(X, wb):
    """No ones at all: take wb apart."""
    return X @ wb[:-1] + wb[-1]


def augmented_in_loops(X, wb):
    """Append the 1 to one row after the other."""
    return np.array([sum(np.append(x, 1.0) * wb) for x in X])


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


@mistake("a −1 stands in front", "[x; 1] ends with its 1, and it is positive. Which weight meets it?")
def minus_one_in_front(X, wb):
    return np.hstack([-np.ones((len(X), 1)), X]) @ wb


@mistake(
    "your function expects one example per column", "The rows of X are the examples. Is the 1 one more row?"
)
def one_example_per_column(X, wb):
    return wb @ np.vstack([X, np.ones((1, X.shape[1]))])


@mistake("b is added once for every input", "How often does the 1 stand in [x; 1]?")
def bias_once_for_every_input(X, wb):
    return (X * wb[:-1] + wb[-1]).sum(axis=1)


@mistake("the 1 replaces an input", "Append means one column more. How many columns has your array?")
def last_input_replaced(X, wb):
    X[:, -1] = 1
    return X @ wb[1:]


@mistake("only the first example is computed", "Every row of X needs its own 1.")
def first_row_only(X, wb):
    return np.append(X[0], 1) @ wb


QUESTION = Question(
    augmented_pre_activation,
    "z",
    probes=(
        Probe("wide", _augmented(5, 3), "X is (5, 3), wb is (4,)"),
        Probe("square", lambda r: tuple(map(strided, _augmented(4, 4)(r))), "X is (4, 4), wb is (5,)"),
        Probe("small", _augmented(2, 3), "X is (2, 3), wb is (4,)"),
        Probe("one", _augmented(1, 2), "X is (1, 2), wb is (3,)"),
        Probe("zeros", lambda r: (np.zeros((3, 2)), r.normal(size=3) + 2), "X is (3, 2), all zeros"),
        Probe(
            "integers", lambda r: (whole(2, 3)(r), _augmented(1, 3)(r)[1]), "X holds whole numbers", ask=WHOLE
        ),
    ),
    properties=(
        shape(1),
        values(
            1,
            FEW,
            on=("wide", "square", "small", "one"),
            advice="Write [x; 1] for one row of X on paper.",
        ),
        values(1, FEW, on=("zeros",), name="the bias alone", advice="What is left of z where x = 0?"),
        values(1, FEW, on=("integers",), name="whole numbers", advice=WHOLE),
        unchanged(1, advice="Which line writes into X or wb, and who else uses them?"),
    ),
    right=(
        augmented_by_slices,
        augmented_in_loops,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Write x = (1, 3, 4) with its 1 and both vectors' entries under each other: which entries meet?",
        "Print the shape of your longer array and of wb: which axis must have the same length, and how much is it?",
    ),
)
