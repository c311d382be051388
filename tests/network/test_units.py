"""Active, inactive and dead units; descent step by step."""

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


def test_a_dead_unit_never_comes_back_in_a_network_with_one_hidden_layer(moons):
    X, y = moons
    gone = [dead(net, X) for net in descend(relu_net(), X, y, 60, learning_rate=10.0)]
    assert gone[-1].sum() > 8
    for before, after in pairwise(gone):
        assert not (before & ~after).any()


def test_a_large_learning_rate_kills_most_units_and_a_usual_one_hardly_any(moons):
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


def test_one_step_of_descent_is_the_formula(moons):
    X, y = moons
    net = relu_net()
    before = net.parameters.copy()
    gradient = np.concatenate([part.ravel() for pair in net.gradients(X, y) for part in pair])
    *_, same = descend(net, X, y, 1, learning_rate=0.3)
    assert same is net
    np.testing.assert_array_equal(net.parameters, before - 0.3 * gradient)


def test_descent_yields_the_start_and_every_step_and_lowers_the_loss(moons):
    X, y = moons
    losses = [net.loss(X, y) for net in descend(relu_net(), X, y, 30, "momentum", learning_rate=0.05, mu=0.5)]
    assert len(losses) == 31
    assert losses[-1] < 0.7 * losses[0]


def test_descent_refuses_an_unknown_rule_before_anything_is_changed(moons):
    with pytest.raises(ValueError, match="did you mean 'momentum'"):
        next(descend(relu_net(), *moons, 3, "momentun"))
    with pytest.raises(ValueError, match="steps"):
        next(descend(relu_net(), *moons, -1))
