"""Linear regions along a line: known answers, brute force, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpkit.activations import activation
from mlpkit.depth import (
    count_linear_regions,
    deep_bound,
    line_regions,
    plane_regions,
)
from mlpkit.layers import Dense
from mlpkit.network import MLP


def random_net(widths, seed, activation="relu", bias=0.5):
    """He weights and normal biases, so that kinks do not all meet in the origin."""
    rng = np.random.default_rng(seed)
    net = MLP(widths, activation, "gaussian", init="he", rng=rng)
    for layer in net.layers:
        layer.b = rng.normal(0, bias, layer.n_out)
    return net


def pattern(net, X):
    """Who is on, (n, hidden units), in a row for every x."""
    return np.hstack([Z > 0 for Z in net.forward(X).Z[:-1]])


def test_a_net_worked_out_by_hand():
    #   |x| = relu(x) + relu(-x); relu(|x| - 1): kinks at -1 and 1, and none at 0, where both sides are off
    absolute = Dense([[1.0, -1.0]], [0.0, 0.0], "relu")
    net = MLP.from_layers([absolute, Dense([[1.0], [1.0]], [-1.0], "relu"), Dense([[3.0]], [2.0])])
    found = line_regions(net, [-2.0], [2.0])
    assert found.X.ravel().tolist() == [-2, -1, 1, 2]
    assert found.Y.ravel().tolist() == [5, 2, 2, 5]
    assert found.slopes.ravel().tolist() == [-12, 0, 12]  # per t, 4 units of x
    assert (found.count, found.cells) == (3, 4)
    assert repr(found) == "LineRegions(3 linear regions, 4 activation patterns)"


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
@given(
    seed=st.integers(0, 10**6),
    hidden=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    n_in=st.integers(1, 3),
)
@settings(max_examples=60)
def test_between_two_breaks_the_net_is_the_straight_line_that_joins_them(name, seed, hidden, n_in):
    net = random_net([n_in, *hidden, 2], seed, name)
    rng = np.random.default_rng(seed)
    a, b = rng.normal(0, 2, (2, n_in))
    found = line_regions(net, a, b)
    t = np.sort(rng.random(400))
    y = net.predict(a + t[:, None] * (b - a))
    joined = np.column_stack([np.interp(t, found.t, column) for column in found.Y.T])
    np.testing.assert_allclose(joined, y, atol=1e-12 * (1 + np.abs(y).max()))  # rounding of some 20 sums
    assert found.count <= found.cells <= deep_bound([1, *hidden])
    assert (found.t[0], found.t[-1]) == (0, 1)
    assert (np.diff(found.t) > 0).all()
    np.testing.assert_allclose(
        found.slopes * np.diff(found.t)[:, None], np.diff(found.Y, axis=0), atol=1e-12 * (1 + np.abs(y).max())
    )


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
@pytest.mark.parametrize("widths", [[1, 32, 1], [1, 16, 16, 1], [1, 8, 8, 8, 8, 1]])
@pytest.mark.parametrize("seed", range(4))
def test_as_many_patterns_as_brute_force_finds_by_bisection(widths, seed, name):
    net = random_net(widths, seed, name)
    x = np.linspace(-2, 2, 200_001)
    on = pattern(net, x[:, None])
    changes = int((on[1:] != on[:-1]).any(axis=1).sum())
    found = line_regions(net, [-2.0], [2.0])
    breaks = found.X[1:-1, 0]
    cells = np.diff(np.concatenate([[-2.0], breaks, [2.0]]))
    hidden = int((cells < 4e-5).sum())  # pieces that may fall between two points of the grid
    assert 0 <= found.cells - (changes + 1) <= 2 * hidden
    kinks = np.flatnonzero(np.abs(np.diff(net.predict(x[:, None])[:, 0], 2)) > 1e-9) + 1
    assert len(breaks) > 0
    assert all(np.abs(breaks - x[i]).min() < 4.1e-5 for i in kinks)


def test_one_hidden_layer_has_a_region_more_than_kinks_in_the_window():
    net = random_net([1, 32, 1], 0)
    kinks = -net.layers[0].b / net.layers[0].W[0]
    assert count_linear_regions(net, (-2, 2)) == 1 + ((kinks > -2) & (kinks < 2)).sum()
    assert count_linear_regions(net, (-1e9, 1e9)) == 33


def test_dead_units_zero_weights_and_kinks_that_coincide_are_no_regions():
    zero, idle = np.zeros((1, 4)), Dense([[1.0, 2.0, 0.0, 1.0]], [-0.5, -1.0, 0.0, -7.0], "relu")
    out = Dense([[1.0], [1.0], [5.0], [1.0]], [0.0])
    assert count_linear_regions(MLP.from_layers([idle, out])) == 2  # twice x = ½; never; beyond the window
    assert count_linear_regions(MLP.from_layers([Dense(zero, np.ones(4), "relu"), out])) == 1
    same = Dense([[1.0], [-0.5], [1.0], [1.0]], [0.0])  # relu(x - ½) - ½relu(2x - 1) = 0
    found = line_regions(MLP.from_layers([idle, same]), [0.0], [1.0])
    assert (found.count, found.cells) == (1, 2)
    linear = MLP.from_layers([Dense([[2.0]], [1.0]), Dense([[3.0]], [0.0])])
    assert count_linear_regions(linear) == 1
    leaky = activation("leaky_relu", alpha=1.0)  # no kink at all
    assert count_linear_regions(MLP.from_layers([Dense([[1.0]], [-0.5], leaky), Dense([[1.0]], [0.0])])) == 1


def test_a_direction_may_be_as_good_as_any_in_many_dimensions():
    net = random_net([784, 20, 10, 3], 5)
    a, b = np.random.default_rng(5).normal(size=(2, 784))
    found = line_regions(net, a, b)
    assert found.Y.shape == (found.count + 1, 3)
    np.testing.assert_allclose(found.Y, net.predict(found.X), atol=1e-11)


def test_random_weights_leave_depth_unused():
    """Hanin and Rolnick 2019: regions grow with the number of units, whatever their arrangement."""
    counts = {
        hidden: np.mean([count_linear_regions(random_net([1, *hidden, 1], s), (-3, 3)) for s in range(20)])
        for hidden in ((32,), (16, 16), (8, 8, 8, 8))
    }
    assert all(count <= 34 for count in counts.values())
    assert deep_bound([1, 8, 8, 8, 8]) == 9**4


RELU_1, RELU_2, RELU_3 = (MLP([n, 3, 1], "relu", "gaussian", rng=0) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            r"line_regions expects continuous piecewise .*; layer 1 of MLP\(1-3-1, tanh.* has tanh",
            lambda: count_linear_regions(MLP([1, 3, 1], "tanh", "gaussian")),
        ),
        (
            ValueError,
            "plane_regions expects continuous piecewise .*; layer 1 .* has step",
            lambda: count_linear_regions(MLP([2, 3, 1], "step", "gaussian")),
        ),
        (ValueError, "two different points; got a = b = .0.5.", lambda: line_regions(RELU_1, [0.5], [0.5])),
        (ValueError, r"a of shape \(n, 2\).*got \(1, 1\)", lambda: line_regions(RELU_2, [0.5], [0.5, 1])),
        (
            ValueError,
            r"line_regions expects finite numbers in b",
            lambda: line_regions(RELU_1, [0], [np.inf]),
        ),
        (ValueError, r"window \(low, high\) for one input", lambda: count_linear_regions(RELU_1, (0, 1, 2))),
        (
            ValueError,
            r"one or two inputs; got MLP\(3.*: use line_regions\(net, a, b\).count",
            lambda: count_linear_regions(RELU_3),
        ),
        (ValueError, "low < high; got", lambda: count_linear_regions(RELU_2, ((0, 1), (1, 1)))),
        (ValueError, "low < high; got", lambda: plane_regions(RELU_2, (0, 1))),
        (ValueError, r"plane=\(origin, u, v\) for a net with 3 inputs", lambda: plane_regions(RELU_3)),
        (
            ValueError,
            "u and v not parallel; got",
            lambda: plane_regions(RELU_3, plane=([0, 0, 0], [1, 0, 0], [2, 0, 0])),
        ),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
