"""The fast surface: the network's own output, in single precision, on grids of every shape."""

import numpy as np
import pytest

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
from mlpkit.surface import surface


@pytest.mark.parametrize("output", ["gaussian", "bernoulli", "categorical"])
@pytest.mark.parametrize("size", [(1, 1), (200, 200), (7, 333), (5000, 3)])
def test_it_is_the_networks_output_at_every_point_rows_going_with_x2(output, size):
    net = MLP([2, 8, 5, 3], ["tanh", "swish"], output, rng=1, bias=0.3)
    x1, x2 = np.linspace(-3, 2, size[0]), np.linspace(-1, 4, size[1])
    Y = surface(net, x1, x2)
    assert Y.shape == (size[1], size[0], 3)
    points = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    np.testing.assert_allclose(Y.reshape(-1, 3), net.predict(points), atol=3e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_knows_every_activation(name):
    net = MLP([2, 6, 1], name, "gaussian", init="he", rng=0)
    Y = surface(net, [-1.0, 0.5], [0.25])
    np.testing.assert_allclose(Y[0], net.predict([[-1.0, 0.25], [0.5, 0.25]]), atol=1e-6)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((MLP([3, 1], rng=0), [0.0], [0.0]), r"2 inputs; got MLP\(3-1"),
        ((MLP([2, 2], rng=0), [], [0.0]), r"x1 of shape \(n,\), n >= 1; got \(0,\)"),
        ((MLP([2, 2], rng=0), [0.0], [[0.0]]), r"x2 of shape \(n,\)"),
        ((MLP([2, 2], rng=0), [np.nan], [0.0]), "finite numbers in x1"),
    ],
)
def test_bad_axes_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        surface(*given)
