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
    needs 2ᵏ - 1 units for the same curve. Telgarsky 2015, arXiv:1509.08101.

    >>> sawtooth_network(2).predict([[0.0], [0.125], [0.25], [0.5], [0.75], [1.0]]).ravel()
    array([0. , 0.5, 1. , 0. , 1. , 0. ])
    """
    k = _checks.integer("sawtooth_network", "k", k, 1)
    fold, bias = np.array([[2.0], [-4.0]]), np.array([0.0, -0.5])
    first = Dense([[1.0, 1.0]], bias, "relu")  # x and x - ½
    again = [Dense(np.repeat(fold, 2, axis=1), bias, "relu")] * (k - 1)  # tent and tent - ½
    return MLP.from_layers([first, *again, Dense(fold, [0.0])], output="gaussian")
