"""What the questions of this set share: tolerances, probes, and stable forms that the wrong solutions start from."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance
from mlpkit.exercises.mistakes import between

EXACT = Tolerance(
    1e-10, 1e-13, "an exponent of 1000 costs three of sixteen digits, another order of adding one"
)
HUGE = "logits of ±1000"
ORDINARY = ("wide", "square", "one", "flat", "whole", "unlikely")
EXTREME = ("level", "spread", "deep")
ANY = between(1e-300, 0.1)  # what is added to a probability, or bounds it


def exps(Z):
    """e^(z - max z), row by row."""
    return np.exp(Z - Z.max(axis=1, keepdims=True))


def probabilities(Z):
    """The softmax of every row."""
    return exps(Z) / exps(Z).sum(axis=1, keepdims=True)


def log_probabilities(Z):
    """The log-softmax of every row."""
    return Z - Z.max(axis=1, keepdims=True) - np.log(exps(Z).sum(axis=1, keepdims=True))


def picked(Z, y):
    """The entry of every row that its label names."""
    return Z[np.arange(len(y)), y]


def one_hot(Z, y):
    """Rows of zeros with a 1 at the label."""
    return np.eye(Z.shape[1])[y]


def logits(n, k, spread=2.0):
    """Arguments: n rows of k logits."""
    return lambda r: (r.normal(size=(n, k)) * spread,)


def quarters(r, n, k):
    """Numbers near 0 that float32 knows exactly, all of one row different."""
    return np.array([r.permutation(2 * k)[:k] for _ in range(n)]) / 4


def level(r):
    """Rows whose entries are all near 1000, at −1000 and at 0."""
    return quarters(r, 3, 4) + np.array([[1000.0], [-1000.0], [0.0]])


def spread(r):
    """Rows in which 1000, −1000 and 0 stand in any order, but for two: one begins with its 1000, one has it inside."""
    rows = np.array([[1000, -1000, 0, 998], [-1000, -1000, 1000, -1000], [0, 1, -1000, -1000]])
    Z = r.permuted(quarters(r, 3, 4) + rows, axis=1)
    for row, place in ((0, 0), (1, r.integers(1, 3))):
        pair = np.array([Z[row].argmax(), place])
        Z[row, pair] = Z[row, pair[::-1]]
    return Z


def deep(r):
    """Rows that all lie near −1000."""
    return quarters(r, 2, 3) - 1000


def whole(r):
    """Integer logits, no two of a row equal."""
    return np.array([r.permutation(np.arange(-3, 4))[:3] for _ in range(2)])


def unlikely(r):
    """One row that holds a probability of 4·10⁻⁶ under every seed: a number of any size added to it shows alike."""
    return r.permuted(np.array([[0.0, -12.3, -2.5]]) + r.integers(-20, 21) / 10, axis=1)


def ties(r):
    """Rows in which the largest logit stands twice."""
    return r.permuted(
        np.array([[1.5, 1.5, -0.25], [0.5, 0.5, 0.25], [2.0, -1.0, 2.0], [-0.5, -0.5, -1.0]]), axis=1
    )


def labels(*names):
    """Labels in a random order."""
    return lambda r: r.permutation(np.array(names))
