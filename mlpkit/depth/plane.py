"""The linear regions of a network in a window of the plane: polygons cut unit by unit, without sampling.

A forward pass of its own, of affine maps instead of numbers; tests/depth/test_plane.py holds its logits
against `MLP.predict`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpkit import _checks
from mlpkit.depth.merge import merged
from mlpkit.depth.slopes import slopes_left
from mlpkit.network import MLP

NEAR = 1e-12  # a corner counts as lying on a line that it misses by this share of what z is summed from


@dataclass(frozen=True, eq=False)
class PlaneRegions:
    """The linear regions of a net in a window of the plane.

    polygons: one convex polygon (k, 2) for each activation pattern's cell, counter-clockwise; on cell i the
    logits are s @ M[i] + c[i] for a point s of the plane; M (cells, 2, n_out), c (cells, n_out). region
    (cells,): the linear region 0 … count-1 to which each cell belongs. The logits are the last layer's Z: for
    a gaussian output they are ŷ.
    """

    polygons: list[np.ndarray]
    M: np.ndarray
    c: np.ndarray
    region: np.ndarray

    @property
    def cells(self) -> int:
        """The number of activation patterns' cells."""
        return len(self.polygons)

    @property
    def count(self) -> int:
        """The number of linear regions: cells with a common border and one affine map count once."""
        return int(self.region.max()) + 1

    def __repr__(self):
        return f"PlaneRegions({self.count} linear regions, {self.cells} cells)"


def plane_regions(net: MLP, window=((0.0, 1.0), (0.0, 1.0)), plane=None) -> PlaneRegions:
    """The linear regions of `net` in window = ((low, high), (low, high)): exact polygons, layer by layer.

    On every polygon so far a unit's z is an affine function: where it changes sign inside, its line cuts the
    polygon in two. A net with more than two inputs needs plane = (origin, u, v), three points (n_in,): the
    window's (s, t) then stands for origin + s·u + t·v. A corner within rounding of a line lies on it, so that
    lines through one point make no tiny cells. Smooth activations are refused. About 15 µs per cell.

    >>> from mlpkit.layers import Dense
    >>> cross = MLP.from_layers([Dense(np.eye(2), [-0.5, -0.5], "relu"), Dense([[1.0], [1.0]], [0.0])])
    >>> found = plane_regions(cross)
    >>> found, found.M[:, :, 0].tolist()
    (PlaneRegions(4 linear regions, 4 cells), [[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
    """
    who = "plane_regions"
    left = slopes_left(who, net)
    corners = _window(who, window)
    origin, axes = _plane(who, plane, net)
    cells = _Cells(corners)
    M, c = axes[None], origin[None]
    size = np.abs(c) + np.abs(M).sum(axis=1)  # what z is summed from, without signs: a measure of rounding
    for layer, slope in zip(net.layers, left, strict=True):
        M, c = M @ layer.W, c @ layer.W + layer.b  # z = sM + c on every cell
        size = size @ np.abs(layer.W) + np.abs(layer.b)
        if slope == 1:
            continue
        old = np.arange(len(cells.polygons))  # the cell of the layer before in which each lies
        factors = np.ones(c.shape)
        for unit in range(layer.n_out):
            old, factors = cells.cut(M[:, :, unit], c[:, unit], old, factors, unit, slope)
        M, c, size = M[old] * factors[:, None, :], c[old] * factors, size[old] * factors  # a = g(z)
    return PlaneRegions(cells.polygons, M, c, merged(cells.polygons, cells.lines, M, c, size))


class _Cells:
    """Convex polygons that get cut; every edge remembers the line that it lies on by a number."""

    def __init__(self, corners):
        self.polygons = [corners]
        self.lines = [[0, 1, 2, 3]]  # edge i goes from corner i to corner i + 1
        self.next_line = 4
        self._index_corners()

    def _index_corners(self):
        sizes = [len(polygon) for polygon in self.polygons]
        self.flat = np.concatenate(self.polygons)
        self.owner = np.repeat(np.arange(len(sizes)), sizes)
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def cut(self, M, c, old, factors, unit, slope):
        """Cut all cells by the zeros of z = sM[old] + c[old]; g's slope of `unit` in the cells that follow.

        One old cell has one line, and all pieces of it share the line's number.
        """
        which = old[self.owner]
        terms = self.flat * M[which]
        z = terms.sum(axis=1) + c[which]
        size = np.abs(terms).sum(axis=1) + np.abs(c[which])
        z[np.abs(z) <= NEAR * np.maximum(size, np.abs(M[which]).sum(axis=1))] = 0.0
        low, high = np.minimum.reduceat(z, self.starts), np.maximum.reduceat(z, self.starts)
        factors[:, unit] = np.where(high > 0, 1.0, slope)
        crossed = np.flatnonzero((low < 0) & (high > 0))
        if not crossed.size:
            return old, factors
        numbers = {}
        for cell in crossed.tolist():
            start = self.starts[cell]
            polygon = self.polygons[cell]
            heights = z[start : start + len(polygon)].tolist()
            line = numbers.setdefault(int(old[cell]), self.next_line + len(numbers))
            above, below = _halves(polygon.tolist(), self.lines[cell], heights, line)
            self.polygons[cell], self.lines[cell] = above
            self.polygons.append(below[0])
            self.lines.append(below[1])
        self.next_line += len(numbers)
        self._index_corners()
        below_factors = factors[crossed]
        below_factors[:, unit] = slope
        return np.concatenate([old, old[crossed]]), np.concatenate([factors, below_factors])


def _halves(polygon, lines, heights, line):
    """A polygon cut where its corners' heights change sign: (corners, lines) above and below."""
    above, below = ([], []), ([], [])
    for k, (x, y) in enumerate(polygon):
        here, edge = heights[k], lines[k]
        following = (k + 1) % len(polygon)
        there = heights[following]
        if here >= 0:  # what leaves upwards along this edge, or along the cut
            above[0].append((x, y))
            above[1].append(line if here == 0 and there < 0 else edge)
        if here <= 0:
            below[0].append((x, y))
            below[1].append(line if here == 0 and there > 0 else edge)
        if here * there < 0:
            share = here / (here - there)
            x_next, y_next = polygon[following]
            point = (x + share * (x_next - x), y + share * (y_next - y))
            for half, leaves in ((above, there < 0), (below, there > 0)):
                half[0].append(point)
                half[1].append(line if leaves else edge)
    return (np.array(above[0]), above[1]), (np.array(below[0]), below[1])


def _window(who, window):
    """The four corners, counter-clockwise."""
    window = _checks.finite(who, "window", _checks.numbers(who, "window", window))
    if window.shape != (2, 2) or not (window[:, 0] < window[:, 1]).all():
        raise ValueError(
            f"{who} expects window ((low, high), (low, high)) with low < high; got {window.tolist()}"
        )
    (x0, x1), (y0, y1) = window
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _plane(who, plane, net):
    """The origin (n_in,) and the directions (2, n_in) of the window's axes."""
    n_in = net.widths[0]
    if plane is None:
        if n_in != 2:
            raise ValueError(f"{who} expects plane=(origin, u, v) for a net with {n_in} inputs; got {net!r}")
        return np.zeros(2), np.eye(2)
    points = _checks.batch(who, "plane", plane, n_in)
    if len(points) != 3 or np.linalg.matrix_rank(points[1:]) < 2:
        raise ValueError(f"{who} expects plane=(origin, u, v), u and v not parallel; got {points.tolist()}")
    return points[0], points[1:]
