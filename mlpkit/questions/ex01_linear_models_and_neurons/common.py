"""What the questions of this set share: a tolerance, whole numbers, an activation for wrong solutions, hints."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance
from mlpkit.exercises.sandboxed.run import Built

FEW = Tolerance(1e-9, 1e-12, "a few products: another order of adding moves the last digits only")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def whole(n, d):
    """A table of whole numbers of both signs, none of them 0."""
    return lambda r: r.integers(1, 6, (n, d)) * r.choice([-1, 1], (n, d))


def strided(array):
    """The array as a view that is not contiguous."""
    return Built("functions.strided", {"values": np.round(array, 2)})


WHOLE = "X holds whole numbers here. Of which type is the array that your results are stored in?"
MANY = "How many numbers does one example x give? And how many examples are there?"
LETTERS = "z is the sum before the activation function, a is what comes after. Which of the two is asked for?"
