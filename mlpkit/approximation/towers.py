"""Towers on the unit square: bumps in x and in y, thresholded by a second layer (Nielsen, chapter 4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpkit import _checks
from mlpkit.activations import sigmoid
from mlpkit.approximation.measure import values
from mlpkit.approximation.steps import bump, bump_edges
from mlpkit.layers import Dense
from mlpkit.network import MLP


def tower(X1, X2, x1_edges, x2_edges, h, w, b=None):
    """σ(h·u + h·v + b): one where both bumps u(x₁), v(x₂) are up; b = -3h/2 lies half-way between 1 and 2.

    u and v are bumps of height 1 between two edges, of steepness w. Inside, z = 2h - 3h/2 = h/2; where one
    bump alone is up, z = -h/2. X1, X2 of shapes that fit together, same shape out.

    >>> inside, beside = tower(0.5, [0.5, 0.9], (0.3, 0.7), (0.3, 0.7), h=10, w=1000)
    >>> inside.round(3), beside.round(3)
    (np.float64(0.993), np.float64(0.007))
    """
    u, v = (bump(X, *edges, h=1.0, w=w) for X, edges in ((X1, x1_edges), (X2, x2_edges)))
    return sigmoid(h * u + h * v + (-1.5 * h if b is None else b))


def tower_network(f: Callable, n: int, steepness: float, height: float | None = None) -> MLP:
    """n·n towers, one over each of n·n equal squares of [0, 1]², as high as f(X1, X2) in its middle.

    Hidden layer 1 has the 2(n - 1) steps at the inner edges, first those in x₁, then those in x₂, shared by
    all towers; the outermost bumps have no outer edge, so that none is half missing there. Hidden layer 2 has
    the towers, unit i·n + j over square (i, j): ±h to its edges' steps, z = h(uᵢ(x₁) + vⱼ(x₂)) - 3h/2. The
    output's bias is the mean of f; output weight (i, j) is f in the middle of its square minus that mean.

    height is h, by default 2 ln 200n: a tower lets σ(-h/2) leak along its row and its column, and of 2(n - 1)
    such leaks together less than 1 % remains.

    What remains for every n: within about 1/w of an inner corner all bumps are at half their height, u + v =
    1 < 3/2, all towers are near 0, and the network is at the mean of f. The mean error falls all the same.

    >>> net = tower_network(lambda x, y: x + y, n=4, steepness=400)
    >>> net
    MLP(2-6-16-1, sigmoid, gaussian, 147 parameters)
    >>> net.predict([[0.125, 0.125], [0.125, 0.875], [0.5, 0.5]]).round(2).ravel()  # 0.25, 1, and a corner
    array([0.25, 1.  , 1.  ])
    """
    who = "tower_network"
    n, w = _checks.integer(who, "n", n, 1), _checks.positive(who, "steepness", steepness)
    h = 2 * np.log(200 * n) if height is None else _checks.positive(who, "height", height)
    edges = bump_edges(n)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = values(who, f, *np.meshgrid(middles, middles, indexing="ij")).ravel()

    inner, axes = edges[1:-1], np.eye(2)
    steps = Dense(w * np.repeat(axes, n - 1, axis=1), np.tile(-w * inner, 2), "sigmoid")  # σ(w(x - s))
    rise = np.eye(n - 1, n, k=1) - np.eye(n - 1, n)  # bump i = step i - step i+1; step 0 is 1, step n is 0
    first = np.arange(n) == 0
    every = np.ones((1, n))
    towers = Dense(
        h * np.vstack([np.kron(rise, every), np.kron(every, rise)]),
        h * (np.add.outer(first, first, dtype=float).ravel() - 1.5),
        "sigmoid",
    )
    ground = heights.mean()
    return MLP.from_layers([steps, towers, Dense((heights - ground)[:, None], [ground])], output="gaussian")
