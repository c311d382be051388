"""What the questions of this set share: a tolerance, hints."""

from mlpkit.exercises.comparisons import Tolerance

SUMS = Tolerance(1e-9, 1e-11, "sums of a few products through four layers: the last digits move")
MEAN = "The mean over the batch belongs to the loss: the gradient that comes in has its 1/N already."
SHAPES = "A gradient has the shape of what it belongs to."
