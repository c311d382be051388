"""Evaluation by structure: the plain formula's numbers, sooner; other networks are refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpkit.approximation import (
    TARGETS,
    TARGETS_2D,
    bump_network,
    evaluate,
    evaluate_grid,
    hat_network,
    merged_network,
    tower_network,
)
from mlpkit.layers import Dense
from mlpkit.network import MLP

# What is left out is σ(-40) = 4e-18 a unit; the rest is the rounding of running sums. The promise is 1e-9.
TOLERANCE = 1e-9
NIELSEN = TARGETS["nielsen"].f


@given(
    build=st.sampled_from([bump_network, merged_network]),
    goal=st.sampled_from(list(TARGETS.values())),
    n=st.integers(1, 300),
    w=st.floats(-2, 15).map(lambda power: 10**power),
    seed=st.integers(0, 1000),
)
def test_steps_are_what_predict_says_at_every_steepness(build, goal, n, w, seed):
    net = build(goal.f, n, w)
    x = np.random.default_rng(seed).uniform(-0.5, 1.5, 200)
    x[:40] = np.random.default_rng(seed).integers(0, n + 1, 40) / n  # also on the edges
    np.testing.assert_allclose(evaluate(net, x), net.predict(x[:, None])[:, 0], atol=TOLERANCE)


@given(goal=st.sampled_from(list(TARGETS.values())), n=st.integers(1, 1000), seed=st.integers(0, 1000))
def test_hats_are_what_predict_says(goal, n, seed):
    net = hat_network(goal.f, n)
    x = np.random.default_rng(seed).uniform(-0.5, 1.5, 100)
    np.testing.assert_allclose(evaluate(net, x), net.predict(x[:, None])[:, 0], atol=TOLERANCE)


@given(
    goal=st.sampled_from(list(TARGETS_2D.values())),
    n=st.integers(1, 12),
    w=st.floats(-1, 12).map(lambda power: 10**power),
    h=st.one_of(st.none(), st.floats(0.01, 300)),
    seed=st.integers(0, 1000),
)
@settings(max_examples=60)
def test_towers_are_what_predict_says_at_every_steepness_and_height(goal, n, w, h, seed):
    net = tower_network(goal.f, n, w, h)
    x1, x2 = np.random.default_rng(seed).uniform(-0.2, 1.2, (2, 15))
    x1[:5] = np.random.default_rng(seed).integers(0, n + 1, 5) / n
    X = np.column_stack([part.ravel() for part in np.meshgrid(x1, x2, indexing="ij")])
    np.testing.assert_allclose(evaluate_grid(net, x1, x2), net.predict(X).reshape(15, 15), atol=TOLERANCE)


def test_many_towers_on_a_fine_grid_of_two_sizes():
    net = tower_network(TARGETS_2D["waves"].f, 50, 400)
    x1, x2 = np.linspace(0, 1, 41), np.linspace(0, 1, 17)
    X = np.column_stack([part.ravel() for part in np.meshgrid(x1, x2, indexing="ij")])
    np.testing.assert_allclose(evaluate_grid(net, x1, x2), net.predict(X).reshape(41, 17), atol=1e-10)


def test_order_of_the_points_and_of_the_units_does_not_matter():
    net = bump_network(NIELSEN, 30, 240)
    x = np.random.default_rng(0).random(50)
    order = np.random.default_rng(1).permutation(60)
    hidden, last = net.layers
    mixed = MLP.from_layers(
        [Dense(hidden.W[:, order], hidden.b[order], "sigmoid"), Dense(last.W[order], last.b)]
    )
    np.testing.assert_allclose(evaluate(mixed, x[::-1])[::-1], evaluate(net, x), atol=1e-14)
    assert evaluate(net, []).shape == (0,)


def test_the_parameters_are_those_of_the_net_now():
    net = merged_network(NIELSEN, 10, 80)
    net.layers[1].W = 2 * net.layers[1].W
    net.layers[1].b = [7.0]
    assert evaluate(net, [0.3])[0] == pytest.approx(net.predict([[0.3]])[0, 0], abs=1e-14)


def trained(net):
    net.layers[0].W = net.layers[0].W * np.linspace(1, 1.1, net.layers[0].n_out)
    return net


TOWERS = tower_network(np.add, 3, 30)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            "sigmoids of one weight w > 0, or ReLU .*; got MLP.1-4-1.*: use its predict",
            lambda: evaluate(trained(merged_network(NIELSEN, 5, 40)), [0.5]),
        ),
        (ValueError, "of one weight", lambda: evaluate(MLP([1, 4, 1], "tanh", "gaussian"), [0.5])),
        (ValueError, "of one weight", lambda: evaluate(MLP([1, 40, 1], "relu", "gaussian", rng=0), [0.5])),
        (ValueError, "evaluate expects one input, one hidden layer", lambda: evaluate(TOWERS, [0.5])),
        (ValueError, "linear output", lambda: evaluate(MLP([1, 4, 1], "relu", "bernoulli"), [0.5])),
        (
            ValueError,
            r"x of shape \(m,\); got \(1, 1\)",
            lambda: evaluate(hat_network(NIELSEN, 3), [[0.5]]),
        ),
        (ValueError, "finite numbers in x", lambda: evaluate(hat_network(NIELSEN, 3), [np.nan])),
        (
            ValueError,
            "evaluate_grid expects the towers of tower_network: .*: use its predict",
            lambda: evaluate_grid(hat_network(NIELSEN, 3), [0.5], [0.5]),
        ),
        (
            ValueError,
            "expects the towers",
            lambda: evaluate_grid(MLP([2, 4, 9, 1], "sigmoid", "gaussian", rng=0), [0.5], [0.5]),
        ),
        (
            ValueError,
            "expects the towers",
            lambda: evaluate_grid(changed_towers(), [0.5], [0.5]),
        ),
        (ValueError, r"x2 of shape \(m,\), m >= 1; got \(0,\)", lambda: evaluate_grid(TOWERS, [0.5], [])),
        (ValueError, "finite numbers in x1", lambda: evaluate_grid(TOWERS, [np.inf], [0.5])),
    ],
)
def test_other_networks_and_points_are_refused(error, message, call):
    with pytest.raises(error, match=message):
        call()


def changed_towers():
    """One weight of one tower moved: no longer a sum of profiles."""
    net = TOWERS.copy()
    net.layers[1].W[0, 0] += 1.0
    return net
