"""What the questions of this set share: the tolerance of counts."""

from mlpkit.exercises.comparisons import Tolerance

COUNT = Tolerance(1e-12, 1e-9, "a count: nothing is rounded")
