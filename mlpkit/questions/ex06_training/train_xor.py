"""The question `train_xor`: a network that learns XOR, with everything that set 06 has made."""

import numpy as np

from mlpkit.exercises.comparisons import custom
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex06_training import train_xor_mistakes
from mlpkit.questions.ex06_training.common import SameFacts, as_shape, facts, generator, same_facts
from mlpkit.questions.ex06_training.he_init import he_init
from mlpkit.questions.ex06_training.sgd_step import sgd_step


def train_xor(rng):
    """Train a small network on XOR: (0, 0) and (1, 1) are of class 0, (0, 1) and (1, 0) of class 1.

    rng a numpy.random.Generator, from which the first weights are drawn; NumPy only, well below a second
    -> predict, a function X (N, 2) -> (N,): numbers below ½ for class 0 and above ½ for class 1
    (probabilities, or the classes 0 and 1 themselves). It is right at all four corners for most generators.
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


def train_with_momentum(rng):
    """Sigmoid units with momentum; a class that can be called."""

    class Network:
        def __init__(self):
            self.theta = [rng.uniform(-2, 2, s) for s in ((2, 6), (6,), (6, 1), (1,))]
            self.speed = [np.zeros_like(t) for t in self.theta]

        def layers(self, X):
            W, b, U, d = self.theta
            H = 1 / (1 + np.exp(-(np.asarray(X) @ W + b)))
            return H, 1 / (1 + np.exp(-(H @ U + d)))

        def learn(self, X, y):
            H, P = self.layers(X)
            dP = (P - y) / 4
            dH = dP @ self.theta[2].T * H * (1 - H)
            for t, v, g in zip(
                self.theta, self.speed, (X.T @ dH, dH.sum(0), H.T @ dP, dP.sum(0)), strict=True
            ):
                v *= 0.9
                v += g
                t -= 0.5 * v

        def __call__(self, X):
            return self.layers(X)[1][:, 0]

    network = Network()
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
    for _ in range(500):
        network.learn(X, np.array([[0], [1], [1], [0]]))
    return network


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
    }
)


def _right_on_xor(got, wanted):
    if facts(got).get("most") and facts(wanted).get("most"):
        return None  # how sure it is, and what it says at the other starts, is its own business
    return ANSWERS(got, wanted)


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
        train_with_momentum,
        train_the_last_layer,
    ),
    misconceptions=train_xor_mistakes.MISCONCEPTIONS,
)
