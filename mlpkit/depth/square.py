"""x² from sawtooths (Yarotsky 2017): every layer of three units makes the error four times smaller."""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.layers import Dense
from mlpkit.network import MLP


def square_network(m: int) -> MLP:
    """x - Σ tentˢ(x)/4ˢ, s = 1 … m, on [0, 1]: m hidden layers of three ReLU units, |ŷ - x²| ≤ 4^-(m+1).

    The curve joins the points (j/2ᵐ, (j/2ᵐ)²) by straight lines. Two units of a layer fold as in
    `sawtooth_network`; the third passes on the sum so far, which is never negative. All numbers are powers of
    two. Yarotsky 2017, proposition 2, arXiv:1610.01145.

    >>> x = np.linspace(0, 1, 1025)[:, None]
    >>> [float(abs(square_network(m).predict(x) - x**2).max()) for m in (1, 2, 3)]
    [0.0625, 0.015625, 0.00390625]
    """
    m = _checks.integer("square_network", "m", m, 1)
    layers = [Dense([[1.0, 1.0, 1.0]], [0.0, -0.5, 0.0], "relu")]  # t, t - ½ and the sum x, for t = x
    for s in range(1, m):
        share = 4.0**-s
        W = np.array([[2.0, 2.0, -2 * share], [-4.0, -4.0, 4 * share], [0.0, 0.0, 1.0]])
        layers.append(Dense(W, [0.0, -0.5, 0.0], "relu"))  # tent, tent - ½ and sum - tent/4ˢ
    last = 4.0**-m
    layers.append(Dense([[-2 * last], [4 * last], [1.0]], [0.0]))
    return MLP.from_layers(layers, output="gaussian")
