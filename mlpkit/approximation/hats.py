"""ReLU units join the values of f by straight lines: a network that is its piecewise linear interpolant."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpkit import _checks
from mlpkit.approximation.measure import values
from mlpkit.approximation.steps import bump_edges
from mlpkit.layers import Dense
from mlpkit.network import MLP


def hat_network(f: Callable, n: int) -> MLP:
    """f's values at the n + 1 knots i/n, joined by straight lines: n ReLU units.

    Hidden unit k is max{0, nx - k}: 0 left of its knot k/n, a straight line right of it. Its output
    weight is the bend there, f(k+1) - 2f(k) + f(k-1) counted in knots; for k = 0 the first rise itself; the
    output bias is f(0). Exact at the knots, no steepness to choose; constant left of 0, straight right of 1.
    The error is at most M/(8n²), M = max |f″| (`hat_bound`); that of steps is at most L/(2n).

    >>> net = hat_network(lambda x: x**2, n=2)
    >>> net.layers[0].W, net.layers[0].b, net.layers[1].W.ravel(), net.layers[1].b
    (array([[2., 2.]]), array([-0., -1.]), array([0.25, 0.5 ]), array([0.]))
    >>> net.predict([[0.25], [0.5], [1.0]]).ravel()
    array([0.125, 0.25 , 1.   ])
    """
    n = _checks.integer("hat_network", "n", n, 1)
    heights = values("hat_network", f, bump_edges(n))
    bends = np.diff(np.diff(heights), prepend=0.0)  # rise of piece k minus rise of piece k-1
    hidden = Dense(np.full((1, n), float(n)), -np.arange(n, dtype=float), "relu")
    return MLP.from_layers([hidden, Dense(bends[:, None], heights[:1])], output="gaussian")
