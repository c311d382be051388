"""How far a network is from the function that it approximates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP

GRID = 2001  # points on [0, 1] on which `errors` measures


class Errors(NamedTuple):
    """How far a network is from f: the largest error and its x, the mean, the root mean square."""

    sup: float
    l1: float
    l2: float
    at: Any  # x, or (x1, x2) in two dimensions


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
        curve = values("errors", net if callable(net) else lambda x: net, x)
    gap = np.abs(curve - values("errors", f, x))
    return _norms(gap, float(x[gap.argmax()]))


def errors_2d(f: Callable, net, m: int = 101) -> Errors:
    """Errors of `net` against f(X1, X2) on m·m equally spaced points of the unit square.

    `net` is an MLP with two inputs and one output, any function of (X1, X2), or its values (m, m), the first
    index for x₁: with many towers, those of `evaluate_grid`.

    >>> errors_2d(lambda x, y: x * y, lambda x, y: 0 * x, m=3)
    Errors(sup=1.0, l1=0.25, l2=0.4166..., at=(1.0, 1.0))
    """
    x = np.linspace(0, 1, _checks.integer("errors_2d", "m", m, 2))
    X1, X2 = np.meshgrid(x, x, indexing="ij")
    if isinstance(net, MLP):
        y_hat = net.predict(np.column_stack([X1.ravel(), X2.ravel()]))
        if y_hat.shape[1] != 1:
            raise ValueError(f"errors_2d expects a network with one output; got {net!r}")
        surface = y_hat.reshape(X1.shape)
    else:
        surface = values("errors_2d", net if callable(net) else lambda X1, X2: net, X1, X2)
    gap = np.abs(surface - values("errors_2d", f, X1, X2))
    i, j = divmod(int(gap.argmax()), m)
    return _norms(gap, (float(x[i]), float(x[j])))


def _norms(gap, at):
    """The three norms of |net - f| as means over the points."""
    return Errors(float(gap.max()), float(gap.mean()), float(np.sqrt((gap**2).mean())), at)


def values(who, f, *X):
    """f(x), or f(X1, X2), as finite float64 of x's shape, or an error that says what f returned."""
    x, name = X[0], "f(x)" if len(X) == 1 else "f(X1, X2)"
    given = f"an array of {x.size} points" if len(X) == 1 else f"two arrays of shape {x.shape}"
    if not callable(f):
        raise TypeError(f"{who} expects f to be a function of {'x' if len(X) == 1 else 'X1, X2'}; got {f!r}")
    try:
        with np.errstate(all="ignore"):
            found = _checks.numbers(who, name, f(*X))
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"{who} calls f with {given}, and f failed: {error}; "
            "if f takes single numbers only, pass np.vectorize(f)"
        ) from error
    if found.ndim == 0:
        raise ValueError(
            f"{who}: f returned one number for {x.size} points; write a constant as lambda x: 0 * x + c"
        )
    if found.shape != x.shape or np.iscomplexobj(found):
        raise ValueError(
            f"{who} expects {name} to be real and of shape {x.shape}, like x; got {found.dtype} {found.shape}"
        )
    bad = ~np.isfinite(found)
    if bad.any():
        where = ", ".join(f"{part[bad][0]:g}" for part in X)
        raise ValueError(f"{who} expects finite values of f; f({where}) is {found[bad][0]}")
    return found
