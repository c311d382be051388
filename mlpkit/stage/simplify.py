"""Leaves out points of a line or an outline that do not change the picture."""

import numpy as np
from matplotlib.path import Path

TOLERANCE = 0.2  # pixels of the picture, which has two for one CSS pixel: how far the line may move
MANY = 256  # points; the lines of a path with more are fine and close together,
COARSE = 0.5  # and none of them is seen so exactly
MOST = 700  # points of one line; a line with more folds back on itself, and where it ends shows as a shade
FEWEST = 5  # points from which on there is something to gain


def simplified(points, fixed=None):
    """Which of the points (n, 2) to keep -> (n,) bool: Ramer, Douglas and Peucker, all parts at a time.

    No point of the line that is left out is farther than the tolerance from the line that is drawn; the kept
    points stay where they are. `fixed` (n,): points to keep in any case, as the ends of parts.
    """
    points = np.asarray(points, float)
    keep = np.zeros(len(points), bool) if fixed is None else fixed.copy()
    keep[[0, -1]] = True
    tolerance = TOLERANCE if len(points) <= MANY else COARSE
    while True:
        ends = np.flatnonzero(keep)
        part = np.repeat(np.arange(len(ends) - 1), np.diff(ends))  # of each point but the last
        start = points[ends[:-1]]
        along = points[ends[1:]] - start
        length = np.einsum("ij,ij->i", along, along)
        offset = points[:-1] - start[part]
        share = np.einsum("ij,ij->i", offset, along[part]) / np.where(length, length, 1)[part]
        offset -= np.clip(share, 0, 1)[:, None] * along[part]
        distance = np.einsum("ij,ij->i", offset, offset)
        farthest = np.maximum.reduceat(distance, ends[:-1])[part]
        new = np.flatnonzero((distance == farthest) & (distance > tolerance**2))
        if not len(new):
            return keep
        keep[new[np.diff(part[new], prepend=-1) > 0]] = True  # the first of each part


def simplified_path(codes, points):
    """Codes (n,) and points (n, 2) without what does not change the picture; curves stay as they are."""
    folded = len(codes) > MOST and (codes[1:] == Path.LINETO).all()
    if folded or len(codes) < FEWEST or np.isin(codes, (Path.CURVE3, Path.CURVE4)).any():
        return codes, points
    fixed = codes != Path.LINETO
    fixed[:-1] |= fixed[1:]  # the last point before a gap, or before a shape is closed
    keep = simplified(points, fixed)
    return codes[keep], points[keep]
