"""Bounds from the theory: the largest error, and the number of units."""

from __future__ import annotations

import math

import numpy as np

from mlpkit import _checks

MEAN_LOGISTIC = 2 * math.log(2)  # E|N| of a logistic random number N, whose distribution function is σ


def step_bound(L: float, n: int, steepness: float = np.inf) -> float:
    """L/(2n) + 2 ln 2 · L/w: no error of `merged_network(f, n, w)` on [0, 1] is larger.

    L is a Lipschitz constant of f: |f(x) - f(y)| ≤ L|x - y|. Ideal steps, w = ∞, leave L/(2n), the distance
    from a piece's middle to its edge; the second term is due to the finite steepness. It is an upper bound:
    rounded steps often come closer to f than ideal ones.

    Why: the bumps σ(w(x - sᵢ)) - σ(w(x - sᵢ₊₁)) are ≥ 0 and sum to 1: the probabilities that x - N/w falls
    into piece i, for a logistic random number N. So the network is a mean of f's mid-point values, and
    E|x - mid-point| ≤ E|N|/w + 1/(2n), E|N| = 2 ln 2. In d dimensions L/(2n) holds for n^d ideal towers too,
    with L for the largest of the d distances.

    >>> step_bound(2.0, 10)
    0.1
    >>> round(step_bound(2.0, 10, steepness=80), 4)
    0.1347
    """
    L, n = _checks.number("step_bound", "L", L, 0), _checks.integer("step_bound", "n", n, 1)
    if steepness == np.inf:
        return L / (2 * n)
    return L / (2 * n) + MEAN_LOGISTIC * L / _checks.positive("step_bound", "steepness", steepness)


def hat_bound(M: float, n: int) -> float:
    """M/(8n²): no error of `hat_network(f, n)` on [0, 1] is larger, if |f″| ≤ M.

    The error term ½f″(ξ)(x - a)(b - x) of linear interpolation, largest in the middle of a piece b - a = 1/n
    (de Boor, A Practical Guide to Splines, 1978). Where f has corners, `step_bound(L, n)` = L/(2n) holds as
    well: at a share t of the piece the error is at most 2t(1 - t)·L/n.

    >>> hat_bound(8.0, 10)
    0.01
    """
    M = _checks.number("hat_bound", "M", M, 0)
    return M / (8 * _checks.integer("hat_bound", "n", n, 1) ** 2)


def naive_tower_units(n: int, d: int) -> int:
    """(2d + 1)·n^d: hidden units when each of n^d towers has 2d steps of its own and one threshold.

    `tower_network` shares its steps and needs d(n - 1) + n^d: still a power of n.

    >>> [naive_tower_units(10, d) for d in (1, 2, 3)]
    [30, 500, 7000]
    """
    n, d = _checks.integer("naive_tower_units", "n", n, 1), _checks.integer("naive_tower_units", "d", d, 1)
    return (2 * d + 1) * n**d
