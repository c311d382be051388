"""What the questions of this set share: a tolerance, an activation for wrong solutions, hints."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance

FEW = Tolerance(1e-9, 1e-12, "a few products: another order of adding moves the last digits only")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


MANY = "How many numbers does one example x give? And how many examples are there?"
LETTERS = "z is the sum before the activation function, a is what comes after. Which of the two is asked for?"
COLUMN = "An array (N, 1) and an array (N,) hold the same numbers, but NumPy combines them differently. Which is asked for?"
