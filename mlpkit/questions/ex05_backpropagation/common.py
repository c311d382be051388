"""What the questions of this set share: a tolerance, hints, arrays of whole numbers and with gaps in memory."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance
from mlpkit.exercises.sandboxed.run import Built

SUMS = Tolerance(1e-9, 1e-11, "sums of a few products through four layers: the last digits move")
MEAN = "The mean over the batch belongs to the loss: the gradient that comes in has its 1/N already."
SHAPES = "A gradient has the shape of what it belongs to."
OVERWRITTEN = "Which line writes into an argument, and who else uses that array?"


def whole_numbers(r, shape):
    """An array of different whole numbers from 1."""
    return r.permutation(np.arange(1, np.prod(shape) + 1)).reshape(shape)


def with_gaps(values):
    """The same array, as a view that is not contiguous in the student's process."""
    return Built("functions.strided", {"values": values})
