"""Images that can be sent as one byte per cell and a colour map, and their conversion."""

import numpy as np
from matplotlib.image import AxesImage

LEVELS = 256  # cells are bytes; one of the colours is kept for masked cells
ALIKE = 4  # of 255: neighbours in a colour map that differ by at most this become one colour


def can_be_indexed(image):
    """Whether the browser draws the image exactly: scalars, no rotation, every cell a sharp rectangle."""
    cells = image.get_array()
    if (
        type(image) is not AxesImage
        or cells is None
        or cells.ndim != 2
        or isinstance(image.get_alpha(), np.ndarray)
    ):
        return False
    if not image.axes or not _is_upright(image.get_transform()) or not cells.size:
        return False
    if image.get_path_effects() or image.get_agg_filter():
        return False
    colours, cmap = image.cmap(np.arange(image.cmap.N)), image.cmap
    own_ends = not (
        np.array_equal(cmap.get_under(), colours[0]) and np.array_equal(cmap.get_over(), colours[-1])
    )
    return cmap.N <= LEVELS and not own_ends and _is_sharp(image)


def _is_upright(transform):
    """Whether a transform moves and stretches only, so that cells stay rectangles of one size."""
    if not transform.is_affine:
        return False
    (a, b, _), (c, d, _), _ = transform.get_matrix()
    return abs(b) <= 1e-9 * abs(a) and abs(c) <= 1e-9 * abs(d)


def _is_sharp(image):
    """Whether matplotlib draws cells as rectangles: "nearest", or "auto" and cells of 3 or more pixels."""
    kind = image.get_interpolation()
    if kind in ("auto", "antialiased"):
        (x0, y0), (x1, y1) = image.get_transform().transform(corners(image))
        rows, columns = image.get_array().shape
        factors = abs(x1 - x0) / columns, abs(y1 - y0) / rows
        return all(f >= 3 or f in (1, 2) for f in factors)
    return kind in ("nearest", "none")


def corners(image):
    """Data coordinates of the first row's outer corner and of the last row's opposite one."""
    left, right, bottom, top = image.get_extent()  # bottom > top when the first row is at the top
    return [(left, top), (right, bottom)] if image.origin == "upper" else [(left, bottom), (right, top)]


def indexed(image):
    """-> cells (rows, columns) as bytes, the first row first, and the colours (n, 4) as bytes."""
    values = np.ma.masked_invalid(image.norm(image.get_array()))
    n = image.cmap.N
    scaled = np.ma.filled(values, 0)
    if scaled.dtype.kind == "f":  # else the norm gives the colours' numbers, as BoundaryNorm does
        scaled = scaled * n
    cells = np.clip(scaled, 0, n - 1).astype(np.uint8)
    rgba = image.cmap(np.arange(n), alpha=image.get_alpha(), bytes=True)
    group, rgba = merged(rgba)
    cells, n = group[cells], len(rgba)
    if np.ma.is_masked(values):
        bad = image.cmap(np.ma.masked_all(1), alpha=image.get_alpha(), bytes=True)
        if n == LEVELS:  # the two highest colours become one
            cells, rgba, n = np.minimum(cells, n - 2), rgba[:-1], n - 1
        rgba = np.concatenate([rgba, bad])
        cells[np.ma.getmaskarray(values)] = n
    return cells, np.ascontiguousarray(rgba)


def merged(rgba):
    """Colours (n, 4) as bytes -> the new place of each (n,), and the colours (m, 4) that stay.

    >>> merged(np.array([[0, 0, 0, 255], [2, 2, 2, 255], [4, 4, 4, 255], [90, 90, 90, 255]], np.uint8))[0]
    array([0, 0, 0, 1], dtype=uint8)
    """
    starts = [0]
    for k, colour in enumerate(rgba.astype(int)):
        if np.abs(colour - rgba[starts[-1]]).max() > ALIKE:
            starts.append(k)
    ends = np.append(starts[1:], len(rgba)).astype(int)
    lengths = np.diff([*starts, len(rgba)])
    group = np.repeat(np.arange(len(starts)), lengths).astype(np.uint8)
    return group, rgba[(starts + ends - 1) // 2]
