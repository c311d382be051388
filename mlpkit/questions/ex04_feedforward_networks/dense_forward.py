"""Z = XW + b."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex04_feedforward_networks import dense_forward_mistakes as wrong

FEW = Tolerance(1e-9, 1e-12, "a few products: another order of adding moves the last digits only")


def dense_forward(X, W, b):
    """Z = XW + b: the pre-activations of one layer for a whole batch; a row is Wᵀx + b.

    X (N, n_in), one example per row; W (n_in, n_out); b (n_out,) -> Z (N, n_out)
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


def _layer(n, n_in, n_out):
    return lambda r: (
        r.normal(size=(n, n_in)),
        r.normal(size=(n_in, n_out)),
        r.permutation(np.linspace(0.6, 2.4, n_out)) * r.choice([-1, 1]),
    )


QUESTION = Question(
    dense_forward,
    "Z",
    probes=(
        Probe("wide", _layer(5, 3, 4), "X is (5, 3), W is (3, 4)"),
        Probe("square", _layer(4, 4, 4), "X and W are (4, 4)"),
        Probe("square W", _layer(6, 3, 3), "X is (6, 3), W is (3, 3)"),
        Probe("as many rows as units", _layer(4, 3, 4), "X is (4, 3), W is (3, 4)"),
        Probe("one", _layer(1, 3, 2), "X is (1, 3), W is (3, 2)"),
        Probe("one unit", _layer(5, 2, 1), "X is (5, 2), W is (2, 1)"),
        Probe("zeros", lambda r: (np.zeros((3, 2)), *_layer(3, 2, 4)(r)[1:]), "X is (3, 2), all zeros"),
    ),
    properties=(
        shape(1, advice="One row an example, one column a unit."),
        values(
            3,
            FEW,
            on=("wide", "square", "square W", "as many rows as units", "one", "one unit"),
            advice="Compute one entry by hand: row n of X, column j of W, entry j of b.",
        ),
        values(1, FEW, on=("zeros",), name="the bias alone", advice="What is left of Z where X = 0?"),
        unchanged(1),
    ),
    right=(
        dense_in_loops,
        dense_by_einsum,
        dense_with_the_bias_as_a_weight,
        dense_as_on_the_slide,
        dense_row_by_row,
    ),
    misconceptions=(
        Misconception(wrong.bias_missing, "the bias is missing", "Where X = 0 your Z is 0. Should it be?"),
        Misconception(
            wrong.bias_subtracted,
            "the bias is subtracted",
            "Should a larger bias make a unit's pre-activation larger or smaller?",
        ),
        Misconception(
            wrong.bias_multiplied,
            "the bias is a factor",
            "A bias shifts. Which operation shifts a number?",
        ),
        Misconception(
            wrong.bias_down_the_rows,
            "the bias runs down the rows",
            "Is there one bias for each example or one for each unit? Along which axis do the units lie?",
        ),
        Misconception(
            wrong.bias_summed,
            "all biases are added to every unit",
            "Unit j has a bias of its own. Which entry of b is it?",
        ),
        Misconception(
            wrong.bias_averaged,
            "the mean of the biases is added",
            "n_out units, n_out biases: does every unit get its own?",
        ),
        Misconception(
            wrong.first_bias_for_all,
            "the first bias is used for all units",
            "How many numbers has b, and how many of them do you use?",
        ),
        Misconception(
            wrong.last_bias_for_all,
            "the last bias is used for all units",
            "Which entry of b belongs to which column of Z?",
        ),
        Misconception(
            wrong.bias_of_every_input,
            "the bias is added once for every input",
            "Is the bias inside the sum over the inputs or outside?",
        ),
        Misconception(
            wrong.bias_of_the_first_example_alone,
            "only the first example gets the bias",
            "The parameters are the same for all examples. Which rows of Z know of b?",
        ),
        Misconception(
            wrong.bias_before_the_product,
            "the bias is added to the weights",
            "Your bias is multiplied with the inputs. Is it on the slide?",
        ),
        Misconception(
            wrong.bias_reversed,
            "the biases are in reverse order",
            "Column j of W, entry j of b: do they meet?",
        ),
        Misconception(
            wrong.one_instead_of_the_bias,
            "1 is added instead of the bias",
            "The 1 is the input that the bias is the weight of. What is their product?",
        ),
        Misconception(
            wrong.weights_transposed,
            "the weights are transposed",
            "A square matrix hides it: with n_in ≠ n_out, do the inner dimensions meet? Where is unit j in W: in a row or in a column?",
        ),
        Misconception(
            wrong.slide_formula_with_columns,
            "the result has one example per column",
            "The slide writes one example as a column. Here the batch has them as rows: what is the slide's equation, transposed?",
        ),
        Misconception(
            wrong.slide_formula_for_one_column,
            "the slide's formula for one column is used for rows",
            "On the slide x is a column. Which axis of X holds one example?",
        ),
        Misconception(
            wrong.factors_exchanged,
            "the two factors are exchanged",
            "(N, n_in) and (n_in, n_out): in which order do the inner dimensions meet?",
        ),
        Misconception(
            wrong.batch_transposed,
            "the batch is transposed",
            "Rows of Z are examples. What are the rows of your product?",
        ),
        Misconception(
            wrong.weights_times_batch_transposed,
            "weights and batch are multiplied along the wrong axes",
            "Over which index do you add: over the inputs, or over something else that happens to be as long?",
        ),
        Misconception(
            wrong.products_not_added_up,
            "the products are not added up",
            "An entry of Z is a sum over all inputs. Which operator of NumPy adds up the products?",
        ),
        Misconception(
            wrong.weights_summed_up,
            "inputs and weights are added up before they are multiplied",
            "Is a product of sums the same as a sum of products?",
        ),
        Misconception(
            wrong.three_axes_left,
            "the sum over the inputs is missing",
            "Your result has an axis for examples, one for inputs, one for units. Which of them should go, and how?",
        ),
        Misconception(
            wrong.mean_instead_of_sum,
            "the products are averaged",
            "Is there a division by the number of inputs in the formula?",
        ),
        Misconception(
            wrong.sigmoid_of_it,
            "you return σ of the pre-activation",
            "Z comes before the activation function. Which letter comes after it?",
        ),
        Misconception(
            wrong.tanh_of_it,
            "you return tanh of the pre-activation",
            "This function is the linear part of a layer. Who applies g?",
        ),
        Misconception(
            wrong.relu_of_it,
            "negative pre-activations are cut off",
            "Z may be negative. What cuts it off comes later.",
        ),
        Misconception(
            wrong.examples_added_up,
            "the examples are added up",
            "Each example has its own row in Z. How many rows has your answer?",
        ),
        Misconception(
            wrong.units_added_up,
            "the units are added up",
            "Each unit has its own column in Z. How many columns has your answer?",
        ),
        Misconception(
            wrong.all_added_up,
            "everything is added up into one number",
            "N examples and n_out units: how many numbers are asked for?",
        ),
        Misconception(
            wrong.divided_by_the_batch,
            "you divide by N",
            "Does an example's Z depend on how many others are in the batch?",
        ),
        Misconception(
            wrong.first_example_alone,
            "only the first example is computed",
            "Which part of your function sees the second row of X?",
        ),
        Misconception(
            wrong.first_unit_alone,
            "only the first unit is computed",
            "Which part of your function sees the second column of W?",
        ),
        Misconception(
            wrong.last_unit_forgotten,
            "the last unit is forgotten",
            "Where does your loop over the units end, and does range include its end?",
        ),
        Misconception(
            wrong.last_input_forgotten,
            "the last input is forgotten",
            "How many inputs take part in your sum?",
        ),
        Misconception(
            wrong.last_example_forgotten,
            "the last example is forgotten",
            "The last row of your Z is 0. Where does the loop over the examples end?",
        ),
        Misconception(
            wrong.overwritten_instead_of_added,
            "each input overwrites the one before",
            "After your loop only the last input is left in Z. How does one add up in a loop?",
        ),
        Misconception(
            wrong.result_shaped_like_the_input,
            "the result has the shape of the input",
            "A layer may have more or fewer units than inputs. Which of the arguments knows n_out?",
        ),
        Misconception(
            wrong.whole_numbers,
            "the result is cut to whole numbers",
            "Which kind of numbers does your empty array hold?",
        ),
        Misconception(
            wrong.axes_of_length_one_dropped,
            "axes of length 1 are dropped",
            "A batch of one example is still a batch. Which shape should it have?",
        ),
        Misconception(
            wrong.flattened,
            "the result is flattened",
            "The next layer expects a batch. How many axes has one?",
        ),
        Misconception(
            wrong.bias_appended_as_a_column,
            "the bias is appended instead of added",
            "After your function there are more columns than units. What should the bias do with the products?",
        ),
        Misconception(
            wrong.bias_reshaped_in_place,
            "your function changes b",
            "b belongs to the network. Are its shape and its numbers the same after the call?",
        ),
        Misconception(
            wrong.inputs_overwritten,
            "your function overwrites X",
            "The backward pass needs X again. Is it still there?",
        ),
        Misconception(
            wrong.z_and_its_activation, "you return Z and A", "The docstring asks for one array. Which?"
        ),
    ),
)
