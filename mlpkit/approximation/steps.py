"""Steep sigmoids as steps, two steps as a bump, n bumps as a function."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpkit import _checks
from mlpkit.activations import sigmoid
from mlpkit.approximation.measure import values
from mlpkit.layers import Dense
from mlpkit.network import MLP


def step(x, s, w):
    """σ(w(x - s)): a step at s, of height 1; the weight w makes it steep, the bias is -ws.

    It rises from 10 % to 90 % over a width of 4.39/w. Any shape of x, same shape out.

    >>> step([0.0, 0.4, 1.0], s=0.4, w=100).round(4)
    array([0. , 0.5, 1. ])
    """
    x = _checks.numbers("step", "x", x)
    return sigmoid(w * (x - s))


def bump(x, s1, s2, h, w):
    """h(σ(w(x - s1)) - σ(w(x - s2))): height h between s1 and s2, two sigmoid units. Any shape of x.

    >>> bump([0.0, 0.5, 1.0], s1=0.4, s2=0.6, h=2.0, w=100).round(4)
    array([0.    , 1.9998, 0.    ])
    """
    return h * (step(x, s1, w) - step(x, s2, w))


def bump_edges(n):
    """The n + 1 edges of n equal pieces of [0, 1].

    >>> bump_edges(4)
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    return np.linspace(0, 1, _checks.integer("bump_edges", "n", n, 1) + 1)


def bump_network(f: Callable, n: int, steepness: float) -> MLP:
    """n bumps, one over each of n equal pieces of [0, 1], as high as f is at its mid-point: 2n sigmoid units.

    Hidden units 2i and 2i+1 are the left and the right edge of piece i: weight w, bias -ws, output weights h
    and -h. At x = 0 and x = 1 half of the first and of the last bump is missing, since σ(0) = ½, for every n
    and w: the end-point trap, which `merged_network` avoids.

    >>> net = bump_network(lambda x: 0 * x + 3, n=2, steepness=100)
    >>> net.layers[0].b, net.layers[1].W.ravel()
    (array([  -0.,  -50.,  -50., -100.]), array([ 3., -3.,  3., -3.]))
    >>> net.predict([[0.0], [0.25]]).round(2).ravel()
    array([1.5, 3. ])
    """
    n, w = _pieces("bump_network", n, steepness)
    edges = bump_edges(n)
    heights = values("bump_network", f, (edges[:-1] + edges[1:]) / 2)
    s = np.repeat(edges, 2)[1:-1]  # left and right edge of every piece
    return _steps(s, w, np.kron(heights, [1, -1]), bias=0.0)


def merged_network(f: Callable, n: int, steepness: float) -> MLP:
    """The same step function from n - 1 steps at the inner edges, as high as the differences of two pieces.

    The first piece's height is the output bias, so that no step is needed at 0 and at 1, and none is half
    missing. n = 1 is a constant: a network without hidden units.

    >>> net = merged_network(lambda x: x, n=2, steepness=100)
    >>> net.layers[0].b, net.layers[1].W, net.layers[1].b
    (array([-50.]), array([[0.5]]), array([0.25]))
    """
    n, w = _pieces("merged_network", n, steepness)
    edges = bump_edges(n)
    heights = values("merged_network", f, (edges[:-1] + edges[1:]) / 2)
    return _steps(edges[1:-1], w, np.diff(heights), bias=heights[0])


def _steps(s, w, jumps, bias):
    """bias + Σ jumpᵢ·σ(w(x - sᵢ)) as a network."""
    hidden = Dense(np.full((1, s.size), w), -w * s, "sigmoid")
    return MLP.from_layers([hidden, Dense(jumps[:, None], [bias])], output="gaussian")


def _pieces(who, n, steepness):
    """n and steepness, checked."""
    return _checks.integer(who, "n", n, 1), _checks.positive(who, "steepness", steepness)
