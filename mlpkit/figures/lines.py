"""Lines in a plane as arrays of points: level lines, arrows, grids, and how they are drawn."""

import numpy as np

UNIT_INTERVAL = np.linspace(0.0, 1.0, 1001)  # x of the curves on [0, 1]


def cased(ax, width=2.4, style="-"):
    """Two empty lines, a wide white one under a narrow black one: visible on any ground, in both themes."""
    under = ax.plot([], [], color="white", lw=width + 2.2)[0]
    return under, ax.plot([], [], color="black", lw=width, ls=style)[0]


def level_line(w, height, reach=8.0):
    """Two points (2, 2) of the line w·x = height, `reach` from its point nearest 0; nan for w = 0.

    >>> level_line((0.0, 2.0), 1.0, reach=3.0)
    array([[ 3. ,  0.5],
           [-3. ,  0.5]])
    """
    length = np.hypot(*w)
    if length == 0:
        return np.full((2, 2), np.nan)
    normal = np.asarray(w) / length
    along = np.array([-normal[1], normal[0]])
    return normal * height / length + reach * np.outer([-1, 1], along)


def zero_lines(w, reach):
    """The lines w₁x₁ + w₂x₂ + b = 0 of k units, w (3, k) with rows w₁, w₂, b -> points (2, 3k) with gaps.

    `level_line` for many lines at once, drawn by one artist.
    """
    norm = np.hypot(w[0], w[1]) + 1e-12
    foot = -w[2] / norm**2 * w[:2]  # the point of the line that is nearest to (0, 0)
    along = np.array([-w[1], w[0]]) / norm
    ends = np.stack([foot - reach * along, foot + reach * along, np.full(foot.shape, np.nan)], axis=1)
    return ends.transpose(0, 2, 1).reshape(2, -1)


def arrow_line(start, end, head=0.22):
    """An arrow from start to end as one line: points (5, 2)."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    back = (start - end) / max(np.hypot(*(end - start)), 1e-9) * head
    side = 0.6 * np.array([-back[1], back[0]])
    return np.array([start, end, end + back + side, end, end + back - side])


def square_grid():
    """14 lines in each direction over [-2.2, 2.2]² as points (n, 2) with gaps."""
    places, fine = np.linspace(-2.2, 2.2, 14), np.linspace(-2.2, 2.2, 45)
    lines = [np.column_stack([np.full(fine.shape, c), fine]) for c in places]
    lines += [line[:, ::-1] for line in lines]
    return np.concatenate([part for line in lines for part in (line, [[np.nan, np.nan]])])
