"""A small network on the moons at several times of its training, and what a straight line could do there."""

from functools import lru_cache

import numpy as np

from mlpkit import MLP
from mlpkit.datasets import dataset
from mlpkit.training import descend

KEPT_STEPS = (0, 10, 30, 60, 100, 300, 1000)  # steps of training after which the network is kept


@lru_cache(maxsize=1)
def trained_on_moons():
    """A 2-2-2-2-1 tanh network on the moons -> X (200, 2), y (200,), {steps of training: net}."""
    X, y = dataset("moons")(200, noise=0.05, rng=0)
    X = 1.4 * (X - X.mean(axis=0))
    net = MLP([2, 2, 2, 2, 1], "tanh", "bernoulli", rng=1)
    run = descend(net, X, y, KEPT_STEPS[-1], "momentum", learning_rate=0.1)
    return X, y, {step: at.copy() for step, at in enumerate(run) if step in KEPT_STEPS}


def linear_accuracy(A, y):
    """The accuracy of the straight line that least squares fits to A (n, 2) with labels y (n,) of 0 and 1."""
    rows = np.column_stack([A, np.ones(len(A))])
    side = rows @ np.linalg.lstsq(rows, 2.0 * y - 1, rcond=None)[0]
    return float(((side > 0) == y).mean())
