"""Z = XW + b."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built

FEW = Tolerance(1e-9, 1e-12, "a few products: another order of adding moves the last digits only")


def dense_forward(X, W, b):
    """Z = XW + b: the pre-activations of one layer for a whole batch; a row is Wᵀx + b.

    X (N, n_in), one example per row, floats or whole numbers; W (n_in, n_out), one unit per column;
    b (n_out,)
    -> Z (N, n_out), nothing else
    """
    return X @ W + b


def dense_in_loops(X, W, b):
    """Number by number."""
    Z = np.zeros((X.shape[0], W.shape[1]))
    for n in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[n, j] = b[j]
            for i in range(X.shape[1]):
                Z[n, j] += X[n, i] * W[i, j]
    return Z


def dense_by_einsum(X, W, b):
    """einsum, the bias added in place on an own array."""
    Z = np.einsum("ni,ij->nj", X, W)
    Z += b
    return Z


def dense_with_the_bias_as_a_weight(X, W, b):
    """[X 1] [W; b]."""
    return np.c_[X, np.ones(len(X))] @ np.vstack([W, b])


def dense_as_on_the_slide(X, W, b):
    """Columns, as on the slide, and back."""
    return (W.T @ X.T + b[:, np.newaxis]).T


def dense_row_by_row(X, W, b):
    """A list of rows of plain numbers."""
    return [[float(x @ w + c) for w, c in zip(W.T, b, strict=True)] for x in X]


def _layer(n, n_in, n_out, X=lambda r, shape: r.normal(size=shape)):
    return lambda r: (
        X(r, (n, n_in)),
        r.normal(size=(n_in, n_out)),
        r.permutation(np.linspace(0.6, 2.5, n_out) * (-1.0) ** np.arange(n_out)) * r.choice([-1, 1]),
    )


def _counts(r, shape):
    return r.permutation(np.arange(1, np.prod(shape) + 1)).reshape(shape)


def _with_gaps(r):
    X, W, b = _layer(4, 3, 4)(r)
    return Built("functions.strided", {"values": X}), Built("functions.strided", {"values": W}), b


@mistake("the bias is missing", "Where X = 0 your Z is 0. Should it be?")
def bias_missing(X, W, b):
    return X @ W


@mistake("the bias is a factor", "A bias shifts. Which operation shifts a number?")
def bias_multiplied(X, W, b):
    return (X @ W) * b


@mistake(
    "the bias runs down the rows",
    "Is there one bias for each example or one for each unit? Along which axis do the units lie?",
)
def bias_down_the_rows(X, W, b):
    return X @ W + b[:, None]


@mistake("the mean of the biases is added", "n_out units, n_out biases: does every unit get its own?")
def bias_averaged(X, W, b):
    return X @ W + b.mean()


@mistake("the first bias is used for all units", "How many numbers has b, and how many of them do you use?")
def first_bias_for_all(X, W, b):
    return X @ W + b[0]


@mistake(
    "the bias comes first", "The 1 that you put beside X meets the weights of an input. Where must it stand?"
)
def bias_first_in_the_augmented_form(X, W, b):
    return np.c_[np.ones(len(X)), X] @ np.vstack([W, b])


@mistake("the bias is added to the weights", "Your bias is multiplied with the inputs. Is it on the slide?")
def bias_before_the_product(X, W, b):
    return X @ (W + b)


@mistake(
    "you expect W as (n_out, n_in), one unit per row",
    "A square matrix hides it: with n_in ≠ n_out, do the inner dimensions meet? Where is unit j in W: in a row or in a column?",
)
def weights_transposed(X, W, b):
    return X @ W.T + b


@mistake(
    "the result has one example per column",
    "The slide writes one example as a column. Here the batch has them as rows: what is the slide's equation, transposed?",
)
def slide_formula_with_columns(X, W, b):
    return W.T @ X.T + b[:, None]


@mistake(
    "your function expects one example per column",
    "In your formula a column of X is an example. Here an example is a row: on which side of X does W then stand?",
)
def columns_and_a_column_of_biases(X, W, b):
    return W.T @ X + b[:, None]


@mistake(
    "your function expects one example per column, and W as (n_out, n_in)",
    "Much code keeps examples as columns and units as rows of W. How are both stored here? See the docstring.",
)
def columns_and_units_as_rows(X, W, b):
    return W @ X + b[:, None]


@mistake(
    "the slide's formula for one column is used for rows",
    "On the slide x is a column. Which axis of X holds one example?",
)
def slide_formula_for_one_column(X, W, b):
    return W.T @ X + b


@mistake("W and X are exchanged", "(N, n_in) and (n_in, n_out): in which order do the inner dimensions meet?")
def factors_exchanged(X, W, b):
    return W @ X + b


@mistake("the batch is transposed", "Rows of Z are examples. What are the rows of your product?")
def batch_transposed(X, W, b):
    return X.T @ W + b


@mistake(
    "weights and batch are multiplied along the wrong axes",
    "Over which index do you add: over the inputs, or over something else that happens to be as long?",
)
def weights_times_batch_transposed(X, W, b):
    return W @ X.T + b


@mistake(
    "the products are not added up",
    "An entry of Z is a sum over all inputs. Which operator of NumPy adds up the products?",
)
def products_not_added_up(X, W, b):
    return X * W + b


@mistake("two sums are multiplied", "Is a product of sums the same as a sum of products?")
def weights_summed_up(X, W, b):
    return X.sum(axis=1, keepdims=True) * W.sum(axis=0) + b


@mistake(
    "the sum over the inputs is missing",
    "Your result has an axis for examples, one for inputs, one for units. Which of them should go, and how?",
)
def three_axes_left(X, W, b):
    return X[:, :, None] * W + b


@mistake("the products are averaged", "Is there a division by the number of inputs in the formula?")
def mean_instead_of_sum(X, W, b):
    return X @ W / len(W) + b


@mistake("only the first example is computed", "Which part of your function sees the second row of X?")
def first_example_alone(X, W, b):
    return X[0] @ W + b


@mistake("only the first unit is computed", "Which part of your function sees the second column of W?")
def first_unit_alone(X, W, b):
    return X @ W[:, 0] + b[0]


@mistake(
    "each input overwrites the one before",
    "After your loop only the last input is left in Z. How does one add up in a loop?",
)
def overwritten_instead_of_added(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[1]):
        Z = np.outer(X[:, i], W[i]) + b
    return Z


@mistake(
    "the result has the shape of the input",
    "A layer may have more or fewer units than inputs. Which of the arguments knows n_out?",
)
def result_shaped_like_the_input(X, W, b):
    Z = np.zeros(X.shape)
    for n in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[n, j] = X[n] @ W[:, j] + b[j]
    return Z


@mistake("axes of length 1 vanish", "A batch of one example is still a batch. Which shape should it have?")
def axes_of_length_one_dropped(X, W, b):
    return (X @ W + b).squeeze()


@mistake(
    "the bias is appended instead of added",
    "After your function there are more columns than units. What should the bias do with the products?",
)
def bias_appended_as_a_column(X, W, b):
    return np.hstack([X @ W, np.tile(b, (len(X), 1))])


@mistake("you change b", "b belongs to the network. Are its shape and its numbers the same after the call?")
def bias_reshaped_in_place(X, W, b):
    b.shape = (1, -1)
    return X @ W + b


QUESTION = Question(
    dense_forward,
    "Z",
    probes=(
        Probe("wide", _layer(5, 3, 4), "X is (5, 3), W is (3, 4)"),
        Probe("square", _layer(4, 4, 4), "X and W are (4, 4)"),
        Probe("square W", _layer(6, 3, 3), "X is (6, 3), W is (3, 3)"),
        Probe("as many rows as units", _with_gaps, "X is (4, 3), W is (3, 4)"),
        Probe("one", _layer(1, 3, 2), "X is (1, 3), W is (3, 2)"),
        Probe("one unit", _layer(5, 2, 1), "X is (5, 2), W is (2, 1)"),
        Probe("whole numbers", _layer(2, 2, 3, _counts), "X is (2, 2), whole numbers"),
        Probe("zeros", _layer(2, 2, 3, lambda r, shape: np.zeros(shape)), "X is (2, 2), all zeros"),
    ),
    properties=(
        shape(1, advice="One row an example, one column a unit."),
        values(
            3,
            FEW,
            on=("wide", "square", "square W", "as many rows as units", "one", "one unit", "whole numbers"),
            advice="Compute one entry by hand: row n of X, column j of W, entry j of b.",
        ),
        values(1, FEW, on=("zeros",), name="the bias alone", advice="What is left of Z where X = 0?"),
        unchanged(1, advice="The backward pass needs X, W and b again. Which line writes into them?"),
    ),
    right=(
        dense_in_loops,
        dense_by_einsum,
        dense_with_the_bias_as_a_weight,
        dense_as_on_the_slide,
        dense_row_by_row,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Which row of X, which column of W and which entry of b make the first number of Z? Compute it on paper.",
        "Write the three shapes under X, W and b. The inner two of a product must be equal and go; which remain, and where does b's fit?",
    ),
)
