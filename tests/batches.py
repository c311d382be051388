"""A batch for every output unit, for tests."""

import numpy as np
import pytest

from mlpkit.outputs import OUTPUT_UNITS

every_output = pytest.mark.parametrize("output", OUTPUT_UNITS)


def targets(output, rng, n, k):
    """Some Y that fits n examples of an output unit of k columns; a unit of one's own gets zeros and ones."""
    if output == "categorical":
        return rng.integers(0, k, n)
    return rng.normal(size=(n, k)) if output == "gaussian" else rng.integers(0, 2, (n, k))


def data(output, n=5, n_in=3, k=2):
    """X (n, n_in) and some Y for an output unit of k columns."""
    rng = np.random.default_rng(7)
    return rng.normal(size=(n, n_in)), targets(output, rng, n, k)
