"""Activations and gradients through many layers."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.explore.layer_by_layer import through_layers


def test_the_gradients_of_the_layers_are_those_of_the_chain_rule():
    """Written out: dZ = dA (1 - tanh²), dW = Xᵀ dZ, dX = dZ Wᵀ."""
    sizes = through_layers(3, "tanh", "xavier", 1.5).dW
    rng = np.random.default_rng(0)
    X, dA = rng.standard_normal((100, 64)), rng.standard_normal((100, 64)) / 100
    r = np.sqrt(6 / 128)
    W = [1.5 * rng.uniform(-r, r, (64, 64)) for _ in range(3)]
    A = [X]
    for layer in W:
        A.append(np.tanh(A[-1] @ layer))
    for k in (2, 1, 0):
        dZ = dA * (1 - A[k + 1] ** 2)
        assert np.linalg.norm(A[k].T @ dZ) == pytest.approx(sizes[k], rel=1e-12)
        dA = dZ @ W[k].T


@pytest.mark.parametrize("scale", [0.25, 2.0, 4.0])
def test_relu_has_the_same_ratio_at_every_scale_and_another_size(scale):
    one, other = (through_layers(20, "relu", "he", s).dW for s in (1.0, scale))
    np.testing.assert_allclose(other / other[-1], one / one[-1], rtol=1e-9)
    np.testing.assert_allclose(other / one, scale**19, rtol=1e-9)  # each dW has the 19 other layers in it


def test_twenty_sigmoid_layers_lose_twelve_powers_of_ten_and_tanh_none():
    def ratio(name):
        sizes = [through_layers(20, name, "xavier", seed=seed).dW for seed in range(10)]
        return np.median([s[0] / s[-1] for s in sizes])

    assert 1e-12 < ratio("sigmoid") < 4e-12
    assert 1 < ratio("tanh") < 1.5


def test_the_words_tell_vanishing_exploding_and_level_apart():
    assert "vanishes" in explore.vanishing_gradients().description
    assert "it explodes" in explore.vanishing_gradients(depth=20, activation="tanh", scale=4.0).description
    level = explore.vanishing_gradients(depth=20, activation="relu")
    assert level.description.endswith("gradients of like size.")
    assert "all of them vanish" in explore.vanishing_gradients(20, "relu", 0.5).description
    assert "all of them explode" in explore.vanishing_gradients(20, "relu", 2.0).description


def test_he_keeps_the_size_of_relu_activations_and_xavier_halves_their_square_each_layer():
    he, xavier = (through_layers(30, "relu", rule).a for rule in ("he", "xavier"))
    assert 0.3 < he[-1] / he[0] < 3
    np.testing.assert_allclose(xavier[-1] / xavier[0] / (he[-1] / he[0]), 0.5**14.5, rtol=5)
    assert through_layers(5, "tanh", "zeros").dW[0] == 0
    assert "no place" in explore.initialization(start="zeros").description
