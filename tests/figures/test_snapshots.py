"""Training in snapshots: always the same, and ordinary gradient descent."""

import numpy as np
import pytest

from mlpkit import MLP
from mlpkit.datasets import dataset
from mlpkit.figures.snapshots import Snapshots
from mlpkit.training import descend


def network():
    """The same small network each time."""
    return MLP([2, 4, 1], "tanh", "bernoulli", "xavier", rng=0)


def test_rewinding_shows_the_same_weights_whatever_was_shown_first():
    X, y = dataset("moons")(50, noise=0.1, rng=0)

    def new():
        return Snapshots(network(), X, y, batch=8, how="sgd", learning_rate=0.1, every=5)

    straight, jumping = new(), new()
    late = jumping.at(9).theta.copy()
    for number in range(10):
        np.testing.assert_array_equal(straight.at(number).theta, jumping.at(number).theta)
    np.testing.assert_array_equal(jumping.at(9).theta, late)
    np.testing.assert_array_equal(jumping.shown(0).parameters, network().parameters)


def test_training_on_whole_batches_is_gradient_descent():
    X, y = dataset("moons")(50, noise=0.1, rng=0)
    shot = Snapshots(network(), X, y, batch=50, how="sgd", learning_rate=0.5, every=10)
    *_, net = descend(network(), X, y, 30, learning_rate=0.5)
    np.testing.assert_allclose(shot.at(3).theta, net.parameters, rtol=1e-9)
    assert shot.at(3).loss == pytest.approx(net.loss(X, y), rel=1e-9)
    gradient = np.vstack(net.gradients(X, y)[0])
    np.testing.assert_allclose(shot.at(3).gradient, gradient, rtol=1e-7, atol=1e-12)
