"""Wrong ways to train a network on XOR. Each is quick, since it runs in the student's notebook."""

import numpy as np

from mlpkit.exercises.records import Misconception

X4 = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0.0, 1.0, 1.0, 0.0])


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def _learned(rng, y=XOR, biases=True):
    """A network of random ReLU units whose output weights are fitted to y: what a long training comes to."""
    V, c = rng.normal(size=(2, 30)), rng.normal(size=30) * biases
    U = np.linalg.lstsq(np.maximum(X4 @ V + c, 0), 10 * y - 5, rcond=None)[0]
    return lambda X: _sigmoid(np.maximum(X @ V + c, 0) @ U)


def straight_line(rng):
    w, columns = rng.normal(size=3), np.column_stack([X4, np.ones(4)])
    w += 0.9999 * np.linalg.lstsq(columns, XOR - columns @ w, rcond=None)[0]  # what a long training comes to
    return lambda X: X @ w[:2] + w[2]


def zeros(rng):
    W1, w2, b2 = np.zeros((2, 8)), np.zeros(8), 0.0
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2 + b2)


def ones(rng):
    w, b, u, c = np.ones(2), 0.0, 1.0, 0.0  # eight units that are alike, as one with eight times the weight
    for _ in range(60):
        a = np.tanh(X4 @ w + b)
        dz = (_sigmoid(8 * a * u + c) - XOR) / 4
        back = dz * u * (1 - a**2)
        w, b, u, c = w - X4.T @ back, b - back.sum(), u - a @ dz, c - dz.sum()
    return lambda X: _sigmoid(8 * np.tanh(X @ w + b) * u + c)


def fixed_seed(rng):
    return _learned(np.random.default_rng(1))


def other_generator_and_one_column(rng):
    network = _learned(np.random.default_rng(1))
    return lambda X: network(X)[:, None]


def one_column(rng):
    network = _learned(rng)
    return lambda X: network(X)[:, None]


def one_row(rng):
    network = _learned(rng)
    return lambda X: network(X)[None, :]


def one_column_a_class(rng):
    network = _learned(rng)
    return lambda X: np.stack([1 - network(X), network(X)], axis=1)


def first_row_only(rng):
    network = _learned(rng)
    return lambda X: float(network(X)[0])


def numbers_instead_of_a_function(rng):
    return _learned(rng)(X4)


def classes_instead_of_a_function(rng):
    return (_learned(rng)(X4) > 0.5).astype(int).tolist()


def parameters_instead_of_a_function(rng):
    return rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=(8, 1)), np.zeros(1)


def loss_instead_of_a_function(rng):
    y_hat = _learned(rng)(X4)
    return float(-np.log(np.where(XOR == 1, y_hat, 1 - y_hat)).mean())


def input_ignored(rng):
    y_hat = _learned(rng)(X4)
    return lambda X: y_hat


def not_trained(rng):
    W1, w2 = rng.normal(size=(2, 8)), rng.normal(size=8)
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2 + 0.5)


def first_example_only(rng):
    return _learned(rng, np.zeros(4))


def second_example_only(rng):
    return _learned(rng, np.ones(4))


def or_instead(rng):
    return _learned(rng, np.array([0.0, 1, 1, 1]))


def and_instead(rng):
    return _learned(rng, np.array([0.0, 0, 0, 1]))


def nand_instead(rng):
    return _learned(rng, np.array([1.0, 1, 1, 0]))


def nor_instead(rng):
    return _learned(rng, np.array([1.0, 0, 0, 0]))


def classes_exchanged(rng):
    return _learned(rng, 1 - XOR)


def first_input_copied(rng):
    return _learned(rng, X4[:, 0])


def second_input_copied(rng):
    return _learned(rng, X4[:, 1])


def no_biases(rng):
    return _learned(rng, biases=False)


def overflown(rng):
    w = rng.normal(size=2) * np.nan
    return lambda X: X @ w


SYMMETRY = "Units that start as twins get the same gradient, and stay twins. What has to tell them apart?"
MISCONCEPTIONS = (
    Misconception(
        numbers_instead_of_a_function,
        "answers instead of a function",
        "The caller wants to ask your network later, with an X of its own. What must come back?",
    ),
    Misconception(
        classes_instead_of_a_function,
        "a list of answers instead of a function",
        "The caller wants to ask later, with other rows. A list of answers cannot be asked.",
    ),
    Misconception(
        parameters_instead_of_a_function,
        "the parameters instead of a function",
        "Weights do not answer questions. Wrap them into something that takes X.",
    ),
    Misconception(
        loss_instead_of_a_function,
        "a number instead of a function",
        "A small loss is good to know. The caller wants something that takes X and answers.",
    ),
    Misconception(
        input_ignored,
        "the function does not look at its X",
        "It gives the four training answers whatever it is asked. Which X does it use?",
    ),
    Misconception(
        other_generator_and_one_column,
        "a generator of your own, and answers in a column",
        "Two things: rng decides where the weights start, and N rows give N numbers with a single axis.",
    ),
    Misconception(
        fixed_seed,
        "rng plays no part",
        "Two generators must give two starts. Where do your first weights come from?",
    ),
    Misconception(
        one_column, "a column of answers", "The answers have the shape (N, 1). One axis is asked for."
    ),
    Misconception(one_row, "a row of answers", "The answers have the shape (1, N). One axis is asked for."),
    Misconception(
        one_column_a_class,
        "a column for each class",
        "One number is asked for each row: how sure the network is of class 1.",
    ),
    Misconception(
        first_row_only,
        "one answer for the whole batch",
        "It is asked with many rows at once. How many answers come back?",
    ),
    Misconception(
        zeros, "all weights start at 0", SYMMETRY + " From 0, nothing even starts to move but the last bias."
    ),
    Misconception(ones, "all weights start alike", SYMMETRY),
    Misconception(
        straight_line,
        "½ everywhere: nothing is bent",
        "½ everywhere is the best that a straight line can do on XOR. Is there a hidden layer, a bend between the layers, and a start that is not 0?",
    ),
    Misconception(
        overflown,
        "nan",
        "Somewhere a number left all bounds. Is the learning rate too large, or a logarithm's argument 0?",
    ),
    Misconception(
        or_instead,
        "OR instead of XOR",
        "What is asked for at (1, 1)? Look at your targets, and whether that corner takes part in the training. "
        "Units that all start alike can end here, too.",
    ),
    Misconception(
        and_instead, "AND instead of XOR", "Exclusive or: one of the two, not both. Look at your targets."
    ),
    Misconception(
        nand_instead, "not AND instead of XOR", "What is asked for at (0, 0)? Look at your targets."
    ),
    Misconception(
        nor_instead, "not OR instead of XOR", "Write down the four targets, each beside its corner."
    ),
    Misconception(
        classes_exchanged,
        "the classes are exchanged",
        "Your network has learned which inputs are equal. Which class is that, and what does a number above ½ mean?",
    ),
    Misconception(
        first_input_copied,
        "the first input is learned",
        "Your targets equal the first input. In which order do your rows and your targets stand?",
    ),
    Misconception(
        second_input_copied,
        "the second input is learned",
        "Your targets equal the second input. In which order do your rows and your targets stand?",
    ),
    Misconception(
        first_example_only,
        "class 0 everywhere",
        "Which examples does your training see? Does the loss fall at all, or do the steps go uphill?",
    ),
    Misconception(
        second_example_only,
        "class 1 everywhere",
        "Which examples does your training see? Does the loss fall, or do the steps go uphill?",
    ),
    Misconception(
        no_biases,
        "the biases never move",
        "At (0, 0) a network without biases always says the same. What moves it from ½?",
    ),
    Misconception(
        not_trained,
        "the answers depend on the start",
        "Print the loss in every step. Does it fall, and does it reach almost 0? Are there enough steps, enough units that differ, and does your function answer with the trained arrays?",
    ),
)
