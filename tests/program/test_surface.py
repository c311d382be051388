"""The fast surface: the network's own output, in single precision, on grids of every shape."""

from dataclasses import replace

import numpy as np
import pytest

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
from mlpkit.layers import Dense
from mlpkit.outputs import OUTPUT_UNITS
from mlpkit.program.surface import surface


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


def test_it_knows_an_output_unit_of_ones_own():
    unit = replace(OUTPUT_UNITS["gaussian"], name="poisson", mean=np.exp)
    net = MLP([2, 6, 2], "relu", unit, rng=0)
    Y = surface(net, [-1.0, 0.5], [0.25])
    np.testing.assert_allclose(Y[0], net.predict([[-1.0, 0.25], [0.5, 0.25]]), rtol=1e-6)


@pytest.mark.parametrize("scale", [1e-3, 1, 30, 1000, 1e30])
@pytest.mark.parametrize(
    "kinds", [["tanh"] * 3, ["sigmoid"] * 3, ["tanh", "relu", "tanh"], ["sigmoid", "gelu", "tanh"]]
)
def test_exponentials_in_place_of_tanh_are_as_accurate_for_every_size_of_weights(kinds, scale):
    """Single precision rounds z by 1e-7 of its size; where units have saturated, that does not matter."""
    rng = np.random.default_rng(0)
    shapes = [(2, 7), (7, 5), (5, 3)]
    layers = [Dense(rng.normal(size=s), rng.normal(size=s[1]), g) for s, g in zip(shapes, kinds, strict=True)]
    layers[0].W *= scale
    layers[0].b *= scale
    net, x = MLP.from_layers(layers, "gaussian"), np.linspace(-2, 2, 101)
    points = np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2)
    z, right = net.forward(points).Z[0], net.predict(points)
    off = abs(surface(net, x, x).reshape(-1, 3) - right).max(axis=1) / max(1, abs(right).max())
    saturated = (abs(z) > max(20, 1e-6 * scale)).all(axis=1)
    assert saturated.any() == (scale > 1)
    assert off[saturated].max(initial=0) < 3e-6
    if scale < 1e6:
        assert off.max() < 3e-6 * max(1, scale)


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
