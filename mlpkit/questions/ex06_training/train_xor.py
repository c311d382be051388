"""The question `train_xor`: a network that learns XOR, with everything that set 06 has made."""

import numpy as np

from mlpkit.exercises.comparisons import custom
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex06_training.common import SameFacts, as_shape, facts, generator, same_facts
from mlpkit.questions.ex06_training.he_init import he_init
from mlpkit.questions.ex06_training.sgd_step import sgd_step


def train_xor(rng):
    """Train a small network on XOR: (0, 0) and (1, 1) are of class 0, (0, 1) and (1, 0) of class 1.

    rng a numpy.random.Generator, from which the first weights are drawn; NumPy only, well below a second
    -> predict, a function X (N, 2) -> (N,), one example per row: numbers below ½ for class 0 and above ½ for
    class 1 (probabilities, or the classes 0 and 1 themselves). It is right at all four corners for most
    generators.
    """
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    W1, b1 = he_init(rng, 2, 8), np.zeros(8)
    W2, b2 = he_init(rng, 8, 1), np.zeros(1)

    def forward(X):
        A = np.tanh(X @ W1 + b1)
        return A, 1 / (1 + np.exp(-(A @ W2 + b2)))

    for _ in range(300):
        A, y_hat = forward(X)
        dZ2 = (y_hat - y[:, None]) / len(X)  # of the mean cross-entropy
        dZ1 = dZ2 @ W2.T * (1 - A**2)
        grads = [X.T @ dZ1, dZ1.sum(axis=0), A.T @ dZ2, dZ2.sum(axis=0)]
        sgd_step([W1, b1, W2, b2], grads, lr=1.0)
    return lambda X: forward(X)[1][:, 0]


def train_by_squares(rng):
    """ReLU units and a squared error; the classes come back as integers."""
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    V, c = rng.standard_normal((2, 16)), 0.1 * np.ones(16)
    U, d = rng.standard_normal((16, 1)) / 4, np.zeros(1)
    for _ in range(600):
        Z = X @ V + c
        H = np.maximum(Z, 0)
        error = (H @ U + d - y) / 2
        back = error @ U.T * (Z > 0)
        U, d = U - 0.1 * H.T @ error, d - 0.1 * error.sum(0)
        V, c = V - 0.1 * X.T @ back, c - 0.1 * back.sum(0)
    return lambda X: (np.maximum(X @ V + c, 0) @ U + d > 0.5).astype(int).ravel()


def train_one_at_a_time(rng):
    """Minibatches of 1 in a new order each epoch, tanh units, a logistic output; logits come back."""
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    V, c, u, d = rng.normal(size=(2, 6)), np.zeros(6), rng.normal(size=6), 0.0
    for _ in range(250):
        for i in rng.permutation(4):
            h = np.tanh(X[i] @ V + c)
            force = 1 / (1 + np.exp(-(h @ u + d))) - y[i]
            back = force * u * (1 - h**2)
            u, d = u - 0.3 * force * h, d - 0.3 * force
            V, c = V - 0.3 * np.outer(X[i], back), c - 0.3 * back
    return lambda X: np.tanh(X @ V + c) @ u + d


def train_the_last_layer(rng):
    """Many random units; the output weights by least squares."""
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])
    V, c = rng.normal(size=(2, 30)), rng.normal(size=30)
    u = np.linalg.lstsq(np.maximum(X @ V + c, 0), y, rcond=None)[0]
    return lambda X: np.maximum(X @ V + c, 0) @ u


def _corners(codes):
    texts = {0.0: "below ½", 0.5: "about ½", 1.0: "above ½"}
    said = ", ".join(texts[float(code)] for code in np.ravel(codes)) if codes is not None else "nothing"
    return f"{said} at (0, 0), (0, 1), (1, 0), (1, 1)"


def _most(share):
    return "most starts right at all corners" if share else "most starts wrong at a corner"


ANSWERS = SameFacts(
    {
        "most": _most,
        "steady": ("the same for every start", "other answers for another start"),
        "corners": _corners,
        "unknown": ("no number somewhere", "numbers everywhere"),
        "flat": ("the same everywhere", "not the same everywhere"),
        "straight": ("a plane over the inputs", "no plane"),
    }
)


def _right_on_xor(got, wanted):
    if facts(got).get("most") and facts(wanted).get("most"):
        return None  # how sure it is, and what it says at the other starts, is its own business
    return ANSWERS(got, wanted)


X4 = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


XOR = np.array([0.0, 1.0, 1.0, 0.0])


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def _learned(rng, y=XOR, biases=True):
    """A network of random ReLU units whose output weights are fitted to y: what a long training comes to."""
    V, c = rng.normal(size=(2, 30)), rng.normal(size=30) * biases
    U = np.linalg.lstsq(np.maximum(X4 @ V + c, 0), 10 * y - 5, rcond=None)[0]
    return lambda X: _sigmoid(np.maximum(X @ V + c, 0) @ U)


SYMMETRY = "Units that start as twins get the same gradient, and stay twins. What has to tell them apart?"


@mistake(
    "answers are returned, not a function",
    "The caller wants to ask your network later, with an X of its own. What must come back?",
)
def numbers_instead_of_a_function(rng):
    return _learned(rng)(X4)


@mistake(
    "a list of answers is returned, not a function",
    "The caller wants to ask later, with other rows. A list of answers cannot be asked.",
)
def classes_instead_of_a_function(rng):
    return (_learned(rng)(X4) > 0.5).astype(int).tolist()


@mistake(
    "the parameters are returned, not a function",
    "Weights do not answer questions. Wrap them into something that takes X.",
)
def parameters_instead_of_a_function(rng):
    return rng.normal(size=(2, 8)), np.zeros(8), rng.normal(size=(8, 1)), np.zeros(1)


@mistake(
    "a number is returned, not a function",
    "A small loss is good to know. The caller wants something that takes X and answers.",
)
def loss_instead_of_a_function(rng):
    y_hat = _learned(rng)(X4)
    return float(-np.log(np.where(XOR == 1, y_hat, 1 - y_hat)).mean())


@mistake(
    "the function does not look at its X",
    "It gives the four training answers whatever it is asked. Which X does it use?",
)
def input_ignored(rng):
    y_hat = _learned(rng)(X4)
    return lambda X: y_hat


@mistake("rng plays no part", "Two generators must give two starts. Where do your first weights come from?")
def fixed_seed(rng):
    return _learned(np.random.default_rng(1))


@mistake("the answers stand in a column", "The answers have the shape (N, 1). One axis is asked for.")
def one_column(rng):
    network = _learned(rng)
    return lambda X: network(X)[:, None]


@mistake("the answers stand in a row", "The answers have the shape (1, N). One axis is asked for.")
def one_row(rng):
    network = _learned(rng)
    return lambda X: network(X)[None, :]


@mistake(
    "there is a column for each class",
    "One number is asked for each row: how sure the network is of class 1.",
)
def one_column_a_class(rng):
    network = _learned(rng)
    return lambda X: np.stack([1 - network(X), network(X)], axis=1)


@mistake(
    "there is one answer for the whole batch",
    "It is asked with many rows at once. How many answers come back?",
)
def first_row_only(rng):
    network = _learned(rng)
    return lambda X: float(network(X)[0])


@mistake("all weights start at 0", SYMMETRY + " From 0, nothing even starts to move but the last bias.")
def zeros(rng):
    W1, w2, b2 = np.zeros((2, 8)), np.zeros(8), 0.0
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2 + b2)


@mistake("all weights start alike", SYMMETRY)
def ones(rng):
    w, b, u, c = np.ones(2), 0.0, 1.0, 0.0  # eight units that are alike, as one with eight times the weight
    for _ in range(60):
        a = np.tanh(X4 @ w + b)
        dz = (_sigmoid(8 * a * u + c) - XOR) / 4
        back = dz * u * (1 - a**2)
        w, b, u, c = w - X4.T @ back, b - back.sum(), u - a @ dz, c - dz.sum()
    return lambda X: _sigmoid(8 * np.tanh(X @ w + b) * u + c)


@mistake(
    "the answer is ½ everywhere: nothing is bent",
    "½ everywhere is the best that a straight line can do on XOR. Is there a hidden layer, a bend between the layers, and a start that is not 0?",
)
def straight_line(rng):
    w, columns = rng.normal(size=3), np.column_stack([X4, np.ones(4)])
    w += 0.9999 * np.linalg.lstsq(columns, XOR - columns @ w, rcond=None)[0]  # what a long training comes to
    return lambda X: X @ w[:2] + w[2]


@mistake(
    "the first weights are too small: the answers stay at ½",
    "Where all weights are 0 every gradient of a weight is 0, and near it almost 0: the training hardly moves for thousands of steps. How large are your first weights, and how large does he_init make them?",
)
def small_start(rng):
    W1, w2 = 0.01 * rng.normal(size=(2, 8)), 0.01 * rng.normal(size=8)
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2)


@mistake(
    "the training has only begun: the answers are still near ½",
    "Print the loss every hundred steps: it starts near log 2. Does it still fall where you stop? Are there enough steps, are they long enough, and are the first weights large enough?",
)
def hardly_begun(rng):
    W1, w2 = rng.normal(size=(2, 8)), 0.03 * np.sign(rng.normal(size=8))
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2)


@mistake(
    "the answers are not finite",
    "Somewhere a number left all bounds. Is the learning rate too large, or a logarithm's argument 0?",
)
def overflown(rng):
    w = rng.normal(size=2) * np.nan
    return lambda X: X @ w


@mistake(
    "OR is learned instead of XOR",
    "What is asked for at (1, 1)? Look at your targets, and whether that corner takes part in the training. "
    "Units that all start alike can end here, too.",
)
def or_instead(rng):
    return _learned(rng, np.array([0.0, 1, 1, 1]))


@mistake("AND is learned instead of XOR", "Exclusive or: one of the two, not both. Look at your targets.")
def and_instead(rng):
    return _learned(rng, np.array([0.0, 0, 0, 1]))


@mistake("not AND is learned instead of XOR", "What is asked for at (0, 0)? Look at your targets.")
def nand_instead(rng):
    return _learned(rng, np.array([1.0, 1, 1, 0]))


@mistake("not OR is learned instead of XOR", "Write down the four targets, each beside its corner.")
def nor_instead(rng):
    return _learned(rng, np.array([1.0, 0, 0, 0]))


@mistake(
    "the classes are exchanged",
    "Your network has learned which inputs are equal. Which class is that, and what does a number above ½ mean?",
)
def classes_exchanged(rng):
    return _learned(rng, 1 - XOR)


@mistake(
    "the first input is learned",
    "Your targets equal the first input. In which order do your rows and your targets stand?",
)
def first_input_copied(rng):
    return _learned(rng, X4[:, 0])


@mistake(
    "the second input is learned",
    "Your targets equal the second input. In which order do your rows and your targets stand?",
)
def second_input_copied(rng):
    return _learned(rng, X4[:, 1])


@mistake(
    "the answer is class 0 everywhere",
    "Which examples does your training see? Does the loss fall at all, or do the steps go uphill?",
)
def first_example_only(rng):
    return _learned(rng, np.zeros(4))


@mistake(
    "the answer is class 1 everywhere",
    "Which examples does your training see? Does the loss fall, or do the steps go uphill?",
)
def second_example_only(rng):
    return _learned(rng, np.ones(4))


@mistake(
    "every answer is class 0, whatever the weights are",
    "What turns the network's numbers into your answers? The place of the largest of a single number is always 0.",
)
def largest_of_one(rng):
    network = _learned(rng)
    return lambda X: np.argmax(network(X)[:, None], axis=1)


@mistake(
    "every start ends with one answer for all inputs",
    "Another start gives another answer, but the same one for every X. Does the loss fall or grow, and which sign has your step?",
)
def uphill(rng):
    answer = rng.uniform()
    return lambda X: np.full(len(X), answer)


@mistake(
    "your function expects one example per column",
    "Your network multiplies as if X were (2, N). Rows are examples: X is (N, 2). On which side of W does it stand?",
)
def columns(rng):
    W1, b1, w2 = rng.normal(size=(8, 2)), np.zeros((8, 1)), rng.normal(size=8)
    return lambda X: _sigmoid(w2 @ np.tanh(W1 @ X + b1))


@mistake(
    "the biases never move", "At (0, 0) a network without biases always says the same. What moves it from ½?"
)
def no_biases(rng):
    return _learned(rng, biases=False)


@mistake(
    "the answers depend on the start",
    "Print the loss in every step. Does it fall, and does it reach almost 0? Are there enough steps, enough units that differ, and does your function answer with the trained arrays?",
)
def not_trained(rng):
    W1, w2 = rng.normal(size=(2, 8)), rng.normal(size=8)
    return lambda X: _sigmoid(np.tanh(X @ W1) @ w2 + 0.5)


QUESTION = Question(
    train_xor,
    "predict",
    probes=(Probe("starts", lambda r: (generator(r),), "up to five generators", "ex06.trained"),),
    properties=(
        same_facts(
            "a function of a batch",
            1,
            {"shape": as_shape, "one": as_shape},
            advice="A function comes back. It is called with 8 rows and must give 8 numbers, and with one row one.",
        ),
        same_facts(
            "weights from rng",
            1,
            {"drawn": ("first weights drawn from rng", "rng plays no part in the answers")},
            advice="Draw the first weights from rng. Another generator then means another start.",
        ),
        custom(
            "right on XOR",
            4,
            _right_on_xor,
            advice="Print the loss during training. Does it fall to almost 0? For how many of ten generators?",
        ),
    ),
    right=(
        train_by_squares,
        train_one_at_a_time,
        train_the_last_layer,
    ),
    misconceptions=mistakes(globals()),
    relations=False,
    further=(
        "Print the loss every hundred steps, and at the end the four answers. Does the loss start near log 2, does it fall all the time, and how small does it get?",
        "Compare one entry of each of your four gradients with (loss(w + h) − loss(w − h)) / 2h, for an h of 1e-5. If all four agree: try longer steps, more of them, or eight hidden units instead of two.",
    ),
)
