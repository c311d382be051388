"""From cells to linear regions: neighbouring cells with the same affine map are joined."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

SAME = 1e-12  # maps count as one if they differ by this share of what they are summed from
OVERLAP = 1e-6  # two edges have a common border if it is longer than this share of the shorter one


def merged(polygons, lines, M, c, size) -> np.ndarray:
    """The region's number of each cell: cells are joined across a common border where (M, c) is the same.

    size (cells, n_out): the numbers that the maps are summed from, without signs.
    """
    pairs = neighbours(polygons, lines)
    maps = np.concatenate([M, c[:, None]], axis=1)
    if len(pairs):
        one, other = np.array(pairs).T
        gap = np.abs(maps[one] - maps[other]).max(axis=1)
        alike = (gap <= SAME * np.maximum(size[one], size[other])).all(axis=1)
        pairs = [pair for pair, same in zip(pairs, alike, strict=True) if same]
    parent = list(range(len(polygons)))
    for one, other in pairs:
        parent[_root(parent, one)] = _root(parent, other)
    return np.unique([_root(parent, cell) for cell in parent], return_inverse=True)[1]


def neighbours(polygons, lines):
    """Pairs of cells with a border in common: edges on one line, on its two sides, that overlap.

    All cells lie counter-clockwise, so that the edges of one side of a line run one way, those of the other
    side the other way.
    """
    starts = np.concatenate(polygons)
    last = np.cumsum([len(polygon) for polygon in polygons]) - 1
    ends = np.roll(starts, -1, axis=0)
    ends[last] = starts[np.concatenate([[0], last[:-1] + 1])]  # each polygon is closed
    sides: dict[int, tuple[list, list]] = defaultdict(lambda: ([], []))
    edges = zip(
        [line for edges in lines for line in edges],
        [cell for cell, polygon in enumerate(polygons) for _ in polygon],
        starts.tolist(),
        ends.tolist(),
        strict=True,
    )
    axes: dict[int, int] = {}
    for line, cell, start, end in edges:
        if line not in axes:  # measure along the axis that the line follows more closely
            axes[line] = int(abs(end[1] - start[1]) > abs(end[0] - start[0]))
        axis = axes[line]
        low, high = start[axis], end[axis]
        if low <= high:
            sides[line][0].append((low, high, cell))
        else:
            sides[line][1].append((high, low, cell))
    return [pair for one, other in sides.values() for pair in _overlaps(sorted(one), sorted(other))]


def _overlaps(one, other):
    """Pairs of cells of two sorted lists of intervals that overlap, in one pass over both."""
    i = j = 0
    while i < len(one) and j < len(other):
        low, high = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        shorter = min(one[i][1] - one[i][0], other[j][1] - other[j][0])
        if high - low > OVERLAP * shorter:
            yield one[i][2], other[j][2]
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1


def _root(parent, cell):
    """The cell that stands for all those joined with this one."""
    while parent[cell] != cell:
        parent[cell] = parent[parent[cell]]
        cell = parent[cell]
    return cell
