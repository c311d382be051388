"""The tent map, folded k times: 2ᵏ straight pieces from 2k units (Telgarsky 2015)."""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.layers import Dense
from mlpkit.network import MLP


def tent(x):
    """2x up to ½, 2 - 2x from there: [0, 1] folded once. Any shape of x.

    >>> tent([0.0, 0.25, 0.5, 0.75, 1.0])
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    x = _checks.numbers("tent", "x", x)
    return np.minimum(2 * x, 2 - 2 * x)


def sawtooth_network(k: int) -> MLP:
    """tent(tent(… x)), k times, on [0, 1]: k hidden layers of two ReLU units, 2ᵏ linear pieces.

    A fold is 2·max{0, x} - 4·max{0, x - ½}; each layer folds what the layers before it made. Weights and
    biases are powers of two, so that float64 computes it exactly at multiples of 2^-52. One hidden layer
    needs 2ᵏ units for the same curve (`shallow_sawtooth_network`). Telgarsky 2015, arXiv:1509.08101.

    >>> sawtooth_network(2).predict([[0.0], [0.125], [0.25], [0.5], [0.75], [1.0]]).ravel()
    array([0. , 0.5, 1. , 0. , 1. , 0. ])
    """
    k = _checks.integer("sawtooth_network", "k", k, 1)
    fold, bias = np.array([[2.0], [-4.0]]), np.array([0.0, -0.5])
    first = Dense([[1.0, 1.0]], bias, "relu")  # x and x - ½
    again = [Dense(np.repeat(fold, 2, axis=1), bias, "relu")] * (k - 1)  # tent and tent - ½
    return MLP.from_layers([first, *again, Dense(fold, [0.0])], output="gaussian")


def shallow_sawtooth_network(k: int, n_hidden: int | None = None) -> MLP:
    """The sawtooth of `sawtooth_network(k)` from one hidden layer, on as many pieces as it has units.

    Every further piece costs a unit: 2ᵏ - 1 units bend at j/2ᵏ, and the first slope needs one more. (If each
    kink had one unit and there were no other, all jumps of the slope would be ±2ᵏ⁺¹, and so the first slope a
    multiple of 2ᵏ⁺¹, which 2ᵏ is not.) n_hidden (by default 2ᵏ, enough): with fewer the curve is correct on
    the first n_hidden pieces and a straight line from there.

    >>> shallow_sawtooth_network(2).predict([[0.0], [0.25], [0.5], [0.75], [1.0]]).ravel()
    array([0., 1., 0., 1., 0.])
    """
    who = "shallow_sawtooth_network"
    k = _checks.integer(who, "k", k, 1)
    n = 2**k if n_hidden is None else _checks.integer(who, "n_hidden", n_hidden, 1)
    n = min(n, 2**k)
    slopes = 2.0**k * np.where(np.arange(n) == 0, 1.0, 2.0) * (-1.0) ** np.arange(n)  # +s, -s, +s, …
    first = Dense(np.ones((1, n)), -np.arange(n) / 2.0**k, "relu")
    return MLP.from_layers([first, Dense(slopes[:, None], [0.0])], output="gaussian")
