"""Many shapes in one operation: scatters (ITEMS), networks' edges, meshes and triangles (SHAPES)."""

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from mlpkit.stage import themes
from mlpkit.stage.resource_table import to_uint32
from mlpkit.stage.simplify import FEWEST, simplified
from mlpkit.stage.writer import Op, Writer

CLOSED = 1 << 31  # a shape of SHAPES whose last point is joined to its first
MOST_SNAPPED = 1024  # Agg snaps rectilinear paths of at most this many points to the pixel grid


class Collections(Writer):
    """The part of the recorder that records matplotlib's collections."""

    def draw_path_collection(
        self, gc, master_transform, paths, all_transforms, offsets, offset_trans,
        facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position, **kwargs,
    ):  # fmt: skip
        given = (
            gc, master_transform, paths, all_transforms, offsets, offset_trans,
            facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position,
        )  # fmt: skip
        if not len(paths):
            return
        styles = {(offset, None if dashes is None else tuple(dashes)) for offset, dashes in linestyles}
        plain = gc.get_hatch() is None and len(styles) < 2
        for style in linestyles[:1]:
            gc.set_dashes(*style)
        one = len(paths) == 1 and len(offsets) > 1 and not _is_rectilinear(paths[0].vertices)
        seams = not np.any(antialiaseds) and not len(edgecolors)
        if seams and any(0 < alpha < 1 for alpha in np.reshape(facecolors, (-1, 4))[:, 3]):
            # a canvas antialiases, and would show seams, or cover them twice
            self._picture(lambda agg: agg.draw_path_collection(*given, **kwargs))
        elif plain and one and _are_uniform(master_transform, all_transforms):
            self._items(*given[:9])
        elif not (plain and len(offsets) < 2 and self._shapes(*given[:9], np.any(antialiaseds))):
            super().draw_path_collection(*given, **kwargs)

    def draw_quad_mesh(self, *args):  # pyright: ignore[reportIncompatibleMethodOverride]
        """As RendererBase: by `draw_path_collection`, with the colours of an image.

        Edges that Agg does not antialias look the same only where they run along the axes.
        """
        _, master, _, _, corners, _, _, _, smooth, edges = args
        at = master.transform(np.reshape(corners, (-1, 2))).reshape(np.shape(corners))
        upright = all(_is_rectilinear(lines).all() for lines in (at, at.swapaxes(0, 1)))
        if edges is not None and len(edges) and not smooth and not upright:
            self._picture(lambda agg: agg.draw_quad_mesh(*args))
            return
        self.is_data = True
        try:
            super().draw_quad_mesh(*args)
        finally:
            self.is_data = False

    def _items(self, gc, master, paths, transforms, offsets, offset_trans, faces, edges, linewidths):
        """One shape at many places: ITEMS."""
        n = len(offsets)
        at = (offset_trans + self.flip).transform(np.ma.filled(offsets, np.nan))
        matrix = np.asarray(getattr(master, "get_matrix", lambda: master)())
        sizes = np.array([t[0, 0] for t in transforms]) if len(transforms) else np.ones(1)
        rows = np.empty((n, 6), np.uint32)
        rows[:, 0:2] = to_uint32(at).reshape(n, 2)
        rows[:, 2] = to_uint32(np.resize(sizes * matrix[0, 0], n).astype(float))
        rows[:, 3], rows[:, 4] = self._colours(edges, n), self._colours(faces, n)
        rows[:, 5] = to_uint32(self._widths(edges, linewidths, n))
        shape = self._shape(Path(paths[0].vertices * [1, -1], paths[0].codes))
        self._operation(Op.ITEMS, to_uint32(shape, rows[np.isfinite(at).all(axis=1)]), gc)

    def _shapes(self, gc, master, paths, transforms, offsets, offset_trans, faces, edges, linewidths, smooth):
        """Many straight-edged shapes: SHAPES. False when they are not of one kind."""
        n, count = len(paths), len(paths[0].vertices) if len(paths) else 0
        if not n or len(transforms) > 1 or any(len(path.vertices) != count for path in paths):
            return False
        codes = paths[0].codes
        closed = codes is not None and bool(codes[-1] == Path.CLOSEPOLY)
        straight = (Path.MOVETO, *[Path.LINETO] * (count - 1 - closed), *[Path.CLOSEPOLY] * closed)
        if count < 2 or any(p.codes is not None and tuple(p.codes) != straight for p in paths):
            return False
        at = np.array([path.vertices for path in paths], float)[:, : count - closed]
        to_pixels = Affine2D(np.asarray(getattr(master, "get_matrix", lambda: master)()))
        if len(transforms):
            to_pixels = Affine2D(transforms[0]) + to_pixels
        at = to_pixels.transform(at.reshape(-1, 2)).reshape(at.shape)
        if len(offsets):
            at = at + offset_trans.transform(offsets)
        at[..., 1] = self.height - at[..., 1]
        if not np.isfinite(at).all():
            return False
        widths = self._widths(edges, linewidths, n)
        on_grid = _is_rectilinear(at) & (count <= MOST_SNAPPED) & (gc.get_snap() is not False)
        odd = np.where(np.round(widths).astype(int) % 2, 0.5, 0.0)[:, None, None]
        at = np.where(on_grid[:, None, None], np.floor(at + 0.5) + odd, at)
        rows = np.empty((n, 4), np.uint32)
        rows[:, 0], rows[:, 1] = self._colours(edges, n), self._colours(faces, n)
        rows[:, 2] = to_uint32(widths)
        if not smooth and not len(edges):  # close the seams, as in `_style`
            rows[~on_grid, 0], rows[~on_grid, 2] = rows[~on_grid, 1], to_uint32(1.0)
        kept = [points[simplified(points)] if len(points) >= FEWEST else points for points in at]
        rows[:, 3] = np.array([len(points) for points in kept]) | (CLOSED if closed else 0)
        self._operation(Op.SHAPES, to_uint32(n, rows, np.concatenate(kept)), gc)
        return True

    def _widths(self, edges, linewidths, n):
        """Line widths in pixels, repeated to n; 0 without edges."""
        widths = [self.points_to_pixels(w) for w in linewidths] if len(edges) and len(linewidths) else [0.0]
        return np.resize(np.array(widths, float), n)

    def _colours(self, rgba, n):
        """Rows of colours, repeated to n -> their indices (n,)."""
        if not len(rgba):
            return np.zeros(n, np.uint32)
        distinct, which = np.unique(np.asarray(rgba, float), axis=0, return_inverse=True)
        index = np.array([self._colour(themes.as_rgba(c)) for c in distinct], np.uint32)
        return np.resize(index[which.ravel()], n)


def _are_uniform(master, transforms):
    """Whether a shape is enlarged alone, by a factor above 0: not turned, stretched, mirrored or moved."""
    master = np.asarray(getattr(master, "get_matrix", lambda: master)())
    every = master @ np.reshape(transforms, (-1, 3, 3)) if len(transforms) else master[None]
    size = every[:, 0, 0]
    same = size[:, None, None] * np.diag([1.0, 1.0, 0.0]) + np.diag([0.0, 0.0, 1.0])
    return bool((size > 0).all() and np.allclose(every, same, rtol=1e-9, atol=1e-9))


def _is_rectilinear(points):
    """Whether all edges of a path (..., n, 2) run along the axes; one answer for each path."""
    return (np.abs(np.diff(points, axis=-2)) < 1e-4).any(axis=-1).all(axis=-1)
