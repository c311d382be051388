r"""Networks built by hand that approximate any continuous function on [0, 1] (slide visual-proof).

The construction of Nielsen, Neural Networks and Deep Learning, chapter 4: a steep sigmoid is a step, two
steps are a bump, n bumps of the right heights follow a function. Everything here is an ordinary MLP, whose
weights can be read, checked and trained on. `steepness` is the absolute weight w of the sigmoids; n pieces
want a w that grows with n.

>>> f = TARGETS["nielsen"].f
>>> net = merged_network(f, n=40, steepness=160)
>>> net
MLP(1-39-1, sigmoid, gaussian, 118 parameters)
>>> round(errors(f, net).sup, 4)
0.0145
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mlpkit import _checks
from mlpkit.activations import sigmoid
from mlpkit.layers import Dense
from mlpkit.network import MLP

GRID = 2001  # points on [0, 1] on which `errors` measures


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
    heights = _values("bump_network", f, (edges[:-1] + edges[1:]) / 2)
    s = np.repeat(edges, 2)[1:-1]  # left and right edge of every piece
    return _steps(s, w, np.kron(heights, [1, -1]), bias=0.0)


def merged_network(f: Callable, n: int, steepness: float) -> MLP:
    """The same staircase from n - 1 steps at the inner edges, each as high as the difference of two pieces.

    The first piece's height is the output bias, so that no step is needed at 0 and at 1, and none is half
    missing. n = 1 is a constant: a network without hidden units.

    >>> net = merged_network(lambda x: x, n=2, steepness=100)
    >>> net.layers[0].b, net.layers[1].W, net.layers[1].b
    (array([-50.]), array([[0.5]]), array([0.25]))
    """
    n, w = _pieces("merged_network", n, steepness)
    edges = bump_edges(n)
    heights = _values("merged_network", f, (edges[:-1] + edges[1:]) / 2)
    return _steps(edges[1:-1], w, np.diff(heights), bias=heights[0])


def _steps(s, w, jumps, bias):
    """bias + Σ jumpᵢ·σ(w(x - sᵢ)) as a network."""
    hidden = Dense(np.full((1, s.size), w), -w * s, "sigmoid")
    return MLP.from_layers([hidden, Dense(jumps[:, None], [bias])], output="gaussian")


class Errors(NamedTuple):
    """How far a network is from f: the largest error and where it sits, the mean, the root mean square."""

    sup: float
    l1: float
    l2: float
    at: float


def errors(f: Callable, net, x=None) -> Errors:
    """Errors of `net` against f on the points x: by default 2001 equally spaced ones on [0, 1].

    `net` is an MLP with one input and one output, any function of x, or its values at x as an array.

    >>> errors(np.sin, lambda x: 0 * x, x=[0.0, np.pi / 2])
    Errors(sup=1.0, l1=0.5, l2=0.7071..., at=1.5707...)
    """
    x = np.linspace(0, 1, GRID) if x is None else _checks.numbers("errors", "x", x)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"errors expects x of shape (n,), n >= 1; got {x.shape}")
    if isinstance(net, MLP):
        curve = net.predict(x[:, None])
        if curve.shape[1] != 1:
            raise ValueError(f"errors expects a network with one output; got {net!r}")
        curve = curve[:, 0]
    else:
        curve = _values("errors", net if callable(net) else lambda x: net, x)
    gap = np.abs(curve - _values("errors", f, x))
    worst = int(gap.argmax())
    return Errors(float(gap[worst]), float(gap.mean()), float(np.sqrt((gap**2).mean())), float(x[worst]))


def step_bound(L: float, n: int) -> float:
    """L/(2n): what n equal pieces of [0, 1], each at its mid-point's value, miss f by, at most.

    L is a Lipschitz constant of f: |f(x) - f(y)| ≤ L|x - y|. Holds for ideal steps;
    finite sigmoids round the corners, which makes the error smaller or larger.

    >>> step_bound(2.0, 10)
    0.1
    """
    L = _checks.number("step_bound", "L", L, 0)
    return L / (2 * _checks.integer("step_bound", "n", n, 1))


@dataclass(frozen=True, eq=False)
class Target:
    """A function on [0, 1] to approximate; calling the record calls f.

    name, label, formula (LaTeX); f on arrays; lipschitz: the largest slope, None if f jumps; continuous.
    """

    name: str
    label: str
    formula: str
    f: Callable[[Any], Any]
    lipschitz: float | None

    @property
    def continuous(self) -> bool:
        """Whether f is continuous, so that the theorem speaks of it."""
        return self.lipschitz is not None

    def __call__(self, x):
        """f(x), same shape as x."""
        return self.f(np.asarray(x, dtype=float))

    def __repr__(self):
        return f"Target({self.name!r})"


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "nielsen",
            "Nielsen's function",
            r"0.2 + 0.4x^2 + 0.3x\sin 15x + 0.05\cos 50x",
            lambda x: 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x),
            lipschitz=6.9956,
        ),
        Target(
            "sine",
            "sine",
            r"\tfrac12 + \tfrac12\sin 2\pi x",
            lambda x: 0.5 + 0.5 * np.sin(2 * np.pi * x),
            lipschitz=np.pi,
        ),
        Target("absolute", "absolute value", r"|2x - 1|", lambda x: np.abs(2 * x - 1), lipschitz=2.0),
        Target(
            "ramp",
            "ramp",
            r"\min(\max(\tfrac{5x - 1}{3}, 0), 1)",
            lambda x: np.clip((5 * x - 1) / 3, 0, 1),
            lipschitz=5 / 3,
        ),
        Target(
            "peak",
            "narrow peak",
            r"e^{-100(x - 1/2)^2}",
            lambda x: np.exp(-100 * (x - 0.5) ** 2),
            lipschitz=10 * np.sqrt(2 / np.e),
        ),
        Target(
            "step",
            "step (not continuous)",
            r"\begin{cases} 0.2 & x < 1/3 \\ 0.8 & x \ge 1/3 \end{cases}",
            lambda x: np.where(x < 1 / 3, 0.2, 0.8),
            lipschitz=None,
        ),
    )
}


def target(name: str | Target) -> Target:
    """The target called `name`, or the target itself.

    >>> target("nilsen")
    Traceback (most recent call last):
    ValueError: unknown target 'nilsen'; did you mean 'nielsen'?
    """
    return name if isinstance(name, Target) else _checks.look_up("target", name, TARGETS)


def _pieces(who, n, steepness):
    """n and steepness, checked."""
    return _checks.integer(who, "n", n, 1), _checks.positive(who, "steepness", steepness)


def _values(who, f, x):
    """f(x) as finite float64 of x's shape, or an error that says what f did instead."""
    if not callable(f):
        raise TypeError(f"{who} expects f to be a function of x; got {f!r}")
    try:
        with np.errstate(all="ignore"):
            values = _checks.numbers(who, "f(x)", f(x))
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"{who} calls f with an array of {x.size} points, and f failed: {error}; "
            "if f takes single numbers only, pass np.vectorize(f)"
        ) from error
    if values.ndim == 0:
        raise ValueError(
            f"{who}: f returned one number for {x.size} points; write a constant as lambda x: 0 * x + c"
        )
    if values.shape != x.shape or np.iscomplexobj(values):
        raise ValueError(
            f"{who} expects f(x) to be real and of shape {x.shape}, like x; got {values.dtype} {values.shape}"
        )
    bad = ~np.isfinite(values)
    if bad.any():
        raise ValueError(f"{who} expects finite values of f; f({x[bad][0]:g}) is {values[bad][0]}")
    return values
