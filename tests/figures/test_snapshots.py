"""Snapshots of a training run: the steps of `fit` and of `descend`, in any order of looking."""

import numpy as np
import pytest

from mlpkit import MLP, training
from mlpkit.datasets import DATASETS
from mlpkit.figures.snapshots import Snapshots, accuracy, count_dead_units

X, Y = DATASETS["moons"](48, noise=0.1, rng=0)


def network(activation="tanh", output="bernoulli"):
    return MLP([2, 5, 1], activation, output, rng=0)


def snapshots(net, **options):
    given = {"batch": 16, "how": "adam", "learning_rate": 0.05, "every": 3, **options}
    return Snapshots(net, X, Y, **given)


def test_after_each_epoch_the_parameters_are_those_of_fit():
    """48 examples, 16 a step, a snapshot every 3 steps: one an epoch, in the same order of examples."""
    shot, net, kept = snapshots(network()), network(), []
    training.fit(net, X, Y, 4, 16, "adam", 0.05, callbacks=lambda epoch: kept.append(net.parameters.copy()))
    for number, theta in enumerate(kept, start=1):
        np.testing.assert_array_equal(shot.at(number).theta, theta)


def test_with_the_whole_batch_the_steps_are_those_of_descend():
    shot, steps = (
        snapshots(network(), batch=1000, every=1),
        training.descend(network(), X, Y, 5, "adam", 0.05),
    )
    for number, net in enumerate(steps):
        np.testing.assert_allclose(shot.at(number).theta, net.parameters, rtol=1e-10, atol=1e-13)
        assert shot.at(number).loss == pytest.approx(net.loss(X, Y), rel=1e-12)
        np.testing.assert_allclose(shot.at(number).gradient, np.vstack(net.gradients(X, Y)[0]), atol=1e-13)


def test_losses_are_those_of_all_snapshots_so_far():
    held = DATASETS["moons"](30, noise=0.1, rng=1)
    shot = snapshots(network(), test=held)
    own, other = shot.losses(2)
    assert own.tolist() == [shot.at(number).loss for number in range(3)]
    assert other.tolist() == [shot.shown(number).loss(*held) for number in range(3)]
    assert shot.test_accuracy(2) == training.accuracy(shot.shown(2), *held)


def test_accuracy_of_a_sigmoid_is_that_of_training_and_a_linear_output_has_one_too():
    net = network()
    assert accuracy(net, X, Y) == training.accuracy(net, X, Y)
    line = network(output="gaussian")
    assert accuracy(line, X, Y) == np.mean((line.predict(X)[:, 0] > 0.5) == (Y == 1))


def test_dead_units_are_counted_in_every_hidden_relu_layer():
    net = MLP([2, 3, 4, 1], "relu", "bernoulli", rng=0, bias=0.5)
    assert count_dead_units(net, X) == 0
    net.layers[0].b[1] = net.layers[1].b[2] = net.layers[2].b[0] = -99
    assert count_dead_units(net, X) == 2


def test_without_test_examples_there_is_no_test_accuracy():
    with pytest.raises(ValueError, match=r"no test examples: give test=\(X, y\)"):
        snapshots(network()).test_accuracy(0)


def test_rewinding_shows_the_same_weights_whatever_was_shown_first():
    straight, jumping = snapshots(network(), batch=10), snapshots(network(), batch=10)
    late = jumping.at(9).theta.copy()
    for number in range(10):
        np.testing.assert_array_equal(straight.at(number).theta, jumping.at(number).theta)
    np.testing.assert_array_equal(jumping.at(9).theta, late)
    np.testing.assert_array_equal(jumping.shown(0).parameters, network().parameters)
