"""How far a network is from the function that it approximates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP

GRID = 2001  # points on [0, 1] on which `errors` measures
STEEP = 0.02  # a change of f between two neighbours, as a share of its range, that may be a jump


class Errors(NamedTuple):
    """How far a network is from f: the largest error and its x, the mean, the root mean square."""

    sup: float
    l1: float
    l2: float
    at: Any  # x, or (x1, x2) in two dimensions


def errors(f: Callable, net, x=None) -> Errors:
    """Errors of `net` against f on the points x: by default 2001 equally spaced ones on [0, 1].

    `net` is an MLP with one input and one output, any function of x, or its values at x as an array.
    Where f jumps, the largest error is measured on both sides of the jump as well, which an array of values
    does not allow.

    >>> errors(np.sin, lambda x: 0 * x, x=[0.0, np.pi / 2])
    Errors(sup=1.0, l1=0.5, l2=0.7071..., at=1.5707...)
    >>> errors(lambda x: np.where(x < 1 / 3, 0.0, 1.0), lambda x: x, x=[0.0, 1.0]).sup
    0.6666...
    """
    x = np.linspace(0, 1, GRID) if x is None else _checks.numbers("errors", "x", x)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"errors expects x of shape (n,), n >= 1; got {x.shape}")
    if isinstance(net, MLP) and net.widths[-1] != 1:
        raise ValueError(f"errors expects a network with one output; got {net!r}")
    y = values("errors", f, x)
    gap = np.abs(_curve(net, x) - y)
    found = _norms(gap, float(x[gap.argmax()]))
    beside = both_sides(f, x, y) if callable(net) or isinstance(net, MLP) else x[:0]
    if beside.size:
        gap = np.abs(_curve(net, beside) - values("errors", f, beside))
        if gap.max() > found.sup:
            return found._replace(sup=float(gap.max()), at=float(beside[gap.argmax()]))
    return found


def _curve(net, x):
    """The values of `net` at x (n,) -> (n,)."""
    if isinstance(net, MLP):
        return net.predict(x[:, None])[:, 0]
    return values("errors", net if callable(net) else lambda x: net, x)


def both_sides(f: Callable, x, y=None):
    """The last number before and the first after each jump of f between two neighbours of x.

    x (n,), y = f(x) -> (2k,). Bisection: of two halves the one with the larger change goes on. It finds one
    jump in an interval; where f is steep and continuous, it finds two numbers with about the same f.

    >>> both_sides(lambda x: np.where(x < 0.3, 0.0, 1.0), np.linspace(0, 1, 5))
    array([0.3, 0.3])
    """
    order = np.argsort(x, kind="stable")
    x = np.asarray(x, dtype=float)[order]
    y = values("both_sides", f, x) if y is None else y[order]
    (at,) = np.nonzero(np.abs(np.diff(y)) > STEEP * np.ptp(y)) if x.size > 1 else ([],)
    return np.column_stack(_bisected(f, x[:-1][at], x[1:][at], y[:-1][at], y[1:][at])).ravel()


def _bisected(f, low, high, below, above):
    """Between low and high (k,), with values below and above: the two numbers around the change of f."""
    for _ in range(70 if len(low) else 0):
        middle = low + (high - low) / 2
        with np.errstate(all="ignore"):
            value = np.asarray(f(middle), dtype=float)
        left = np.abs(value - below) > np.abs(above - value)
        inside = (low < middle) & (middle < high) & np.isfinite(value)
        go_left, go_right = inside & left, inside & ~left
        high, above = np.where(go_left, middle, high), np.where(go_left, value, above)
        low, below = np.where(go_right, middle, low), np.where(go_right, value, below)
    return low, high


def both_sides_2d(f: Callable, x, Y):
    """As `both_sides`, along all lines of the grid x (m,) with the values Y (m, m) = f -> X1, X2 (2k,)."""
    found = []
    for turned in (False, True):
        A = Y.T if turned else Y  # the first index moves
        i, j = np.nonzero(np.abs(np.diff(A, axis=0)) > STEEP * np.ptp(Y))
        fixed = x[j]
        along = (lambda t, c=fixed: f(c, t)) if turned else (lambda t, c=fixed: f(t, c))
        moving = np.concatenate(_bisected(along, x[i], x[i + 1], A[i, j], A[i + 1, j]))
        pair = moving, np.tile(fixed, 2)
        found.append(pair[::-1] if turned else pair)
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def errors_2d(f: Callable, net, m: int = 101) -> Errors:
    """Errors of `net` against f(X1, X2) on m·m equally spaced points of the unit square.

    `net` is an MLP with two inputs and one output, any function of (X1, X2), or its values (m, m), the first
    index for x₁: with many towers, those of `evaluate_grid`. Where f jumps along a line of the grid, the
    largest error is measured on both sides of the jump as well, which an array of values does not allow.

    >>> errors_2d(lambda x, y: x * y, lambda x, y: 0 * x, m=3)
    Errors(sup=1.0, l1=0.25, l2=0.4166..., at=(1.0, 1.0))
    """
    x = np.linspace(0, 1, _checks.integer("errors_2d", "m", m, 2))
    X1, X2 = np.meshgrid(x, x, indexing="ij")
    if isinstance(net, MLP) and net.widths[-1] != 1:
        raise ValueError(f"errors_2d expects a network with one output; got {net!r}")
    Y = values("errors_2d", f, X1, X2)
    gap = np.abs(_surface(net, X1, X2) - Y)
    i, j = divmod(int(gap.argmax()), m)
    found = _norms(gap, (float(x[i]), float(x[j])))
    if callable(net) or isinstance(net, MLP):
        P1, P2 = both_sides_2d(f, x, Y)
        gap = np.abs(_surface(net, P1, P2) - values("errors_2d", f, P1, P2)) if P1.size else np.zeros(1)
        k = int(gap.argmax())
        if gap[k] > found.sup:
            return found._replace(sup=float(gap[k]), at=(float(P1[k]), float(P2[k])))
    return found


def _surface(net, X1, X2):
    """The values of `net` at (X1, X2), same shape."""
    if isinstance(net, MLP):
        return net.predict(np.column_stack([X1.ravel(), X2.ravel()])).reshape(X1.shape)
    return values("errors_2d", net if callable(net) else lambda X1, X2: net, X1, X2)


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
