"""The pieces of a piecewise linear network along a line: every kink, layer by layer, without sampling.

A forward pass of its own, because kinks are inserted between the layers; tests/depth/test_line.py holds its
logits against `MLP.predict`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpkit import _checks
from mlpkit.depth.slopes import slopes_left
from mlpkit.network import MLP

EPS = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class LineRegions:
    """The linear regions of a net on the line a + t(b - a), 0 ≤ t ≤ 1.

    t (r + 1,): where they begin and end; X (r + 1, n_in) and Y (r + 1, n_out): the points and the logits
    there, to be joined by straight lines; slopes (r, n_out): dY/dt of each; cells: how many activation
    patterns were met. The logits are the last layer's Z: for a gaussian output they are ŷ.
    """

    t: np.ndarray
    X: np.ndarray
    Y: np.ndarray
    slopes: np.ndarray
    cells: int

    @property
    def count(self) -> int:
        """The number of linear regions: neighbouring pieces with one slope count once."""
        return len(self.slopes)

    def __repr__(self):
        return f"LineRegions({self.count} linear regions, {self.cells} activation patterns)"


def line_regions(net: MLP, a, b) -> LineRegions:
    """The linear regions of `net` on the way from a (n_in,) to b (n_in,): exact kinks, found layer by layer.

    On every piece so far a unit's z is a straight line in t: where it changes sign, a piece ends. Kinks
    nearer to each other than rounding (about 1e-15 of the way) count as one. Smooth activations are refused.

    >>> from mlpkit.depth import sawtooth_network
    >>> found = line_regions(sawtooth_network(2), [0.0], [1.0])
    >>> found, found.t, found.slopes.ravel()
    (LineRegions(4 linear regions, 4 activation patterns), array([0.  , 0.25, 0.5 , 0.75, 1.  ]),
        array([ 4., -4.,  4., -4.]))
    """
    who = "line_regions"
    ends = np.concatenate([_checks.batch(who, name, [p], net.widths[0]) for name, p in (("a", a), ("b", b))])
    if (ends[0] == ends[1]).all():
        raise ValueError(f"{who} expects two different points; got a = b = {ends[0].tolist()}")
    left = slopes_left(who, net)
    t, A, D = np.array([0.0, 1.0]), ends, ends[1:] - ends[:1]  # A at every t, dA/dt on every piece between
    size = np.abs(D)  # what the terms of dA/dt add up to without signs: a measure of rounding
    for layer, slope in zip(net.layers, left, strict=True):
        Z, D, size = A @ layer.W + layer.b, D @ layer.W, size @ np.abs(layer.W)
        if slope != 1:
            t, Z, owner = _cut(t, Z)
            D, size = D[owner], size[owner]
            on = Z[:-1] + Z[1:] > 0
            Z, D = np.where(Z > 0, Z, slope * Z), np.where(on, D, slope * D)  # a = g(z), da/dt = g'(z) dz/dt
        A = Z
    bends = (np.abs(np.diff(D, axis=0)) > 64 * EPS * np.maximum(size[:-1], size[1:])).any(axis=1)
    kept = np.flatnonzero(np.concatenate([[True], bends, [True]]))
    t_kept = t[kept, None]
    return LineRegions(
        t[kept], ends[0] * (1 - t_kept) + ends[1] * t_kept, A[kept], D[kept[:-1]], cells=len(D)
    )


def _cut(t, Z):
    """New t where a column of Z changes sign between two t, Z there, and the old piece of every new one."""
    piece, unit = np.nonzero(Z[:-1] * np.sign(Z[1:]) < 0)
    before, after = Z[piece, unit], Z[piece + 1, unit]
    share = before / (before - after)  # z = 0 at this share of the piece
    new = t[piece] + share * (t[piece + 1] - t[piece])
    inside = (new > t[piece]) & (new < t[piece + 1])  # not rounded onto an end
    piece, unit, share, new = piece[inside], unit[inside], share[inside], new[inside]
    middle = Z[piece] + share[:, None] * (Z[piece + 1] - Z[piece])
    middle[np.arange(len(unit)), unit] = 0.0
    at = np.concatenate([t, new])
    order = np.argsort(at, kind="stable")
    at, rows = at[order], np.concatenate([Z, middle])[order]
    is_old = order < len(t)
    owner = np.cumsum(is_old)[:-1] - 1
    near = np.diff(at) <= 4 * EPS
    drop = np.zeros(len(at), bool)
    drop[1:] = near & ~is_old[1:]
    drop[:-1] |= near & is_old[1:] & ~is_old[:-1]
    return at[~drop], rows[~drop], owner[~drop[:-1]]
