"""Active, inactive and dead units."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm

from mlpkit import MLP
from mlpkit.datasets import dataset
from mlpkit.layers import Dense
from mlpkit.network.units import active, dead
from mlpkit.training import descend


@pytest.fixture
def moons():
    return dataset("moons")(200, noise=0.1, rng=0)


def relu_net(seed=0):
    return MLP([2, 32, 1], "relu", "bernoulli", "he", rng=seed)


def test_a_relu_unit_is_active_where_its_pre_activation_is_positive(moons):
    X, _ = moons
    net = relu_net()
    np.testing.assert_array_equal(active(net, X), net.forward(X).Z[0] > 0)


def test_layers_are_counted_from_one():
    net = MLP.from_layers(
        [Dense([[1.0]], [0.0], "relu"), Dense([[-1.0]], [0.0], "relu"), Dense([[1.0]], [0.0])]
    )
    X = [[2.0]]
    assert [active(net, X, layer).item() for layer in (1, 2, 3)] == [True, False, True]


@pytest.mark.parametrize("layer", [0, 3])
def test_a_layer_that_is_not_there_is_refused(layer):
    with pytest.raises(ValueError, match="layer"):
        active(relu_net(), [[0.0, 0.0]], layer)


def test_dead_means_inactive_on_all_examples_and_gets_no_gradient(moons):
    X, y = moons
    net = relu_net()
    z = np.sort(X @ net.layers[0].W[:, 0])
    for bias, wanted in ((-(z[-1] + z[-2]) / 2, False), (-z[-1] - 1e-9, True)):
        net.layers[0].b[0] = bias
        dW, db = net.gradients(X, y)[0]
        assert dead(net, X)[0] == wanted
        assert (db[0] == 0 and not dW[:, 0].any()) == wanted


def test_a_dead_unit_stays_dead_in_a_network_with_one_hidden_layer(moons):
    X, y = moons
    deads = [dead(net, X) for net in descend(relu_net(), X, y, 60, learning_rate=10.0)]
    assert deads[-1].sum() > 8
    for before, after in pairwise(deads):
        assert not (before & ~after).any()


def test_after_training_with_a_large_learning_rate_most_units_are_dead_and_with_a_usual_one_hardly_any(moons):
    X, y = moons
    share = {}
    for rate in (1.0, 10.0):
        ends = [list(descend(relu_net(seed), X, y, 200, learning_rate=rate))[-1] for seed in range(5)]
        share[rate] = np.mean([dead(net, X) for net in ends])
    assert share[1.0] < 0.02
    assert 0.4 < share[10.0] < 0.8


@pytest.mark.parametrize(("scale", "wanted"), [(np.sqrt(2 / 100), 0.528), (0.01, 0.841)])
def test_a_bias_of_a_tenth_makes_the_share_of_active_units_that_the_lecture_says(scale, wanted):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(1000, 100))
    net = MLP.from_layers([Dense(scale * rng.normal(size=(100, 1000)), np.full(1000, 0.1), "relu")])
    assert active(net, X).mean() == pytest.approx(wanted, abs=5e-3)  # 1000 weights' norms, 1000 examples
    assert norm.cdf(0.1 / (scale * 10)) == pytest.approx(wanted, abs=5e-4)
