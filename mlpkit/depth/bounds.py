"""How many linear regions a network of given widths can have: exact integers, with their sources."""

from __future__ import annotations

from math import comb, prod

from mlpkit import _checks


def shallow_bound(n_in: int, n_hidden: int) -> int:
    """Σ C(n_hidden, j), j = 0 … n_in: the most regions that one hidden ReLU layer can have.

    So many parts are made by n_hidden hyperplanes in general position (Zaslavsky 1975; Schläfli before him),
    and each unit has one hyperplane.

    >>> [shallow_bound(2, n) for n in (1, 2, 3, 16)]
    [2, 4, 7, 137]
    """
    n_in = _checks.integer("shallow_bound", "n_in", n_in, 1)
    return _parts(n_in, _checks.integer("shallow_bound", "n_hidden", n_hidden, 0))


def montufar_bound(widths) -> int:
    """Π ⌊nₗ/n₀⌋^n₀ · Σ C(n_L, j), j = 0 … n₀: as many regions some ReLU net of these widths does have.

    widths: [n₀, n₁, …, n_L], the input and the hidden layers, each at least as wide as the input; the product
    is over l = 1 … L-1. A lower bound on the maximum; a network with random weights has far fewer.
    Montúfar, Pascanu, Cho and Bengio 2014, corollary 6, arXiv:1402.1869.

    >>> montufar_bound([2, 8, 8]), shallow_bound(2, 16)
    (592, 137)
    """
    n_in, hidden = _widths("montufar_bound", widths)
    if min(hidden) < n_in:
        raise ValueError(
            f"montufar_bound expects hidden layers at least as wide as the input, {n_in}; got {hidden}"
        )
    return prod((n // n_in) ** n_in for n in hidden[:-1]) * _parts(n_in, hidden[-1])


def deep_bound(widths) -> int:
    """Π Σ C(nₗ, j), j = 0 … dₗ, dₗ = min(n₀, …, nₗ): no ReLU net of these widths has more regions.

    widths: [n₀, n₁, …, n_L], the input and the hidden layers. Each layer can cut each of the regions so far
    into no more parts than hyperplanes cut dₗ dimensions into: no layer before it leaves more dimensions.
    Montúfar 2017, Notes on the number of linear regions of deep neural networks.

    >>> deep_bound([2, 8, 8]), deep_bound([1, 2, 2, 2])
    (1369, 27)
    """
    n_in, hidden = _widths("deep_bound", widths)
    return prod(_parts(min(n_in, *hidden[: layer + 1]), n) for layer, n in enumerate(hidden))


def _parts(d, n):
    """Parts of d-dimensional space between n hyperplanes in general position."""
    return sum(comb(n, j) for j in range(d + 1))


def _widths(who, widths):
    widths = [_checks.integer(who, "width", width, 1) for width in widths]
    if len(widths) < 2:
        raise ValueError(f"{who} expects the input's width and those of the hidden layers; got {widths}")
    return widths[0], widths[1:]
