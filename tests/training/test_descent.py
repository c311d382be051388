"""Full-batch training step by step: the steps of `fit`, one at a time."""

import numpy as np
import pytest
from batches import data, every_output

from mlpkit.datasets import dataset
from mlpkit.network import MLP
from mlpkit.training import descend, fit


@pytest.fixture
def moons():
    return dataset("moons")(200, noise=0.1, rng=0)


def relu_net():
    return MLP([2, 32, 1], "relu", "bernoulli", "he", rng=0)


def test_one_step_of_descent_is_the_formula(moons):
    X, y = moons
    net = relu_net()
    before = net.parameters.copy()
    gradient = np.concatenate([part.ravel() for pair in net.gradients(X, y) for part in pair])
    *_, same = descend(net, X, y, 1, learning_rate=0.3)
    assert same is net
    np.testing.assert_array_equal(net.parameters, before - 0.3 * gradient)


@every_output
@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_its_steps_are_those_of_fit_with_all_examples_in_one_batch(output, name):
    X, Y = data(output, n=9)
    nets = [MLP([3, 4, 2], output=output, rng=0) for _ in range(2)]
    fit(nets[0], X, Y, epochs=5, batch_size=9, optimizer=name, learning_rate=0.05)
    *_, last = descend(nets[1], X, Y, 5, name, 0.05)
    assert last is nets[1]
    np.testing.assert_allclose(last.parameters, nets[0].parameters, rtol=1e-10, atol=1e-13)


def test_it_yields_the_network_before_the_first_step_and_after_each():
    net = MLP([1, 2], rng=0)
    before = net.parameters.copy()
    walk = descend(net, [[0.0], [1.0]], [0, 1], steps=2, learning_rate=1.0)
    assert (next(walk).parameters == before).all()
    assert (next(walk).parameters != before).any()
    assert len(list(walk)) == 1


def test_momentum_with_its_own_parameter_lowers_the_loss(moons):
    X, y = moons
    losses = [net.loss(X, y) for net in descend(relu_net(), X, y, 30, "momentum", learning_rate=0.05, mu=0.5)]
    assert len(losses) == 31
    assert losses[-1] < 0.7 * losses[0]


def test_an_unknown_rule_is_refused_before_anything_is_changed(moons):
    with pytest.raises(ValueError, match="did you mean 'momentum'"):
        next(descend(relu_net(), *moons, 3, "momentun"))
    with pytest.raises(ValueError, match="steps"):
        next(descend(relu_net(), *moons, -1))


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "descend expects steps >= 0; got -1", lambda net: next(descend(net, [[0.0]], [0], -1))),
        (
            TypeError,
            r"^descend expects an MLP first, then the examples: descend\(net, X, Y\); got \[\[0.0\]\]$",
            lambda net: next(descend([[0.0]], [0], net, 1)),
        ),
    ],
)
def test_mistakes_are_answered_before_the_first_step(error, message, call):
    with pytest.raises(error, match=message):
        call(MLP([1, 2]))
