"""Networks whose layers fold their input: they reach the number of regions of Montúfar's bound."""

from __future__ import annotations

import numpy as np

from mlpkit.depth.bounds import _widths
from mlpkit.layers import Dense
from mlpkit.network import MLP


def folded_network(widths) -> MLP:
    """A ReLU net with exactly `montufar_bound(widths)` cells in (0, 1) or in the unit square.

    widths: [n₀, n₁, …, n_L] with n₀ = 1 or 2 inputs. Layer l < L folds every input ⌊nₗ/n₀⌋ times onto [0, 1]
    (units left over are 0); the units of layer L cut what lies there into as many parts as they can, and all
    folds repeat the cut. Every cell is a linear region of its own if n_L > n₀.
    The construction of Montúfar, Pascanu, Cho and Bengio 2014, section 3.

    >>> from mlpkit.depth import count_linear_regions, montufar_bound
    >>> count_linear_regions(folded_network([2, 8, 8])), montufar_bound([2, 8, 8])
    (592, 592)
    """
    who = "folded_network"
    n_in, hidden = _widths(who, widths)
    if n_in > 2 or min(hidden) < n_in:
        raise ValueError(
            f"{who} expects one or two inputs and hidden layers at least as wide; got {n_in} and {hidden}"
        )
    layers, fold, bias = (
        [],
        np.eye(n_in),
        np.zeros(n_in),
    )  # the affine map from the last units to the next fold
    for n in hidden[:-1]:
        times = n // n_in
        kinks = np.arange(times) / times
        W, b = np.zeros((n_in, n)), np.zeros(n)
        slopes = times * np.where(np.arange(times) == 0, 1.0, 2.0) * (-1.0) ** np.arange(times)
        onwards = np.zeros((n, n_in))
        for i in range(n_in):
            mine = slice(i * times, (i + 1) * times)
            W[i, mine], b[mine], onwards[mine, i] = 1.0, -kinks, slopes
        layers.append(Dense(fold @ W, bias @ W + b, "relu"))
        fold = onwards
    W, b = _cuts(n_in, hidden[-1])
    layers.append(Dense(fold @ W, b, "relu"))
    size = np.random.default_rng(0).uniform(1, 2, (hidden[-1], 1))  # no two regions get one slope
    layers.append(Dense(size * (-1.0) ** np.arange(hidden[-1])[:, None], [0.0]))
    return MLP.from_layers(layers, output="gaussian")


def _cuts(n_in, n):
    """n points of (0, 1), or n lines that all cross each other inside the unit square, no three in one point.

    As many units as possible are active everywhere: where none is, the net is constant, and a fold through
    such a place makes no new region.
    """
    if n_in == 1:
        side = np.where(np.arange(n) == 0, -1.0, 1.0)
        return side[None], -side * np.arange(1, n + 1) / (n + 1)
    angle = np.pi * (np.arange(n) / n + np.arange(n) % 2) + 0.2
    W = np.stack([np.cos(angle), np.sin(angle)])
    near = 0.48 * np.sin(np.pi / (2 * n))  # tangents of this circle cross within 0.48 of its centre
    return W, -near - 0.5 * W.sum(axis=0)
