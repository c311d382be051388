"""Batches and networks for tests of every output unit."""

import numpy as np
import pytest

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
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


def flat(gradients):
    """[(dW, db), …] in the order of `MLP.parameters`."""
    return np.concatenate([part.ravel() for pair in gradients for part in pair])


def random_network(seed, output=None):
    """A network of 1 to 6 layers with a random activation for each hidden layer, and a batch for it."""
    rng = np.random.default_rng(seed)
    output = output or list(OUTPUT_UNITS)[seed % len(OUTPUT_UNITS)]
    widths = [int(n) for n in rng.integers(1, 7, rng.integers(2, 8))]
    if output == "categorical":
        widths[-1] = max(2, widths[-1])
    hidden = [str(rng.choice(list(ACTIVATIONS))) for _ in widths[1:-1]]
    net = MLP(widths, hidden, output, rng=rng)
    net.parameters += 0.1 * rng.normal(size=net.parameters.size)

    def batch(n):
        return rng.normal(size=(n, widths[0])), targets(output, rng, n, widths[-1])

    return net, batch
