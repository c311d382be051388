"""A matplotlib renderer that writes a display list of 32-bit words instead of pixels.

Live artists draw themselves into it. matplotlib does the transforms (log, twin, polar), the
clipping, the removal of NaN, snapping, simplification, dashes and text layout, so that every
artist works and the browser's part stays tiny: `paint.js` knows the ten operations of `Op`
and no artist, no axis. The format of the words is described in `mlpkit.stage`.

What has no operation of its own becomes a picture of just that: hatched fills, smoothly shaded triangles. Two
things are refused with a clear error: filters (`agg_filter`), and text with usetex.
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from mlpkit.stage import images, text, themes
from mlpkit.stage.themed import ThemedAgg
from mlpkit.stage.vocabulary import Vocabulary, words

HEADER = 7  # words before an operation's payload
CLOSED = 1 << 31  # a shape of SHAPES whose last point is joined to its first
MOST_SNAPPED = 1024  # Agg moves rectilinear paths of at most this many points to the pixel grid
NO_WORDS = np.zeros(0, np.uint32)


class Op(IntEnum):
    """The operations and their payloads."""

    POLYLINE = 1  # x y ...                      float32
    PATH = 2  # code x y ...                     float32; matplotlib's codes
    MARKERS = 3  # shape; x y ...                shape: a glyph
    ITEMS = 4  # shape; x y size edge face width ...   a scatter: one shape, own size and colours
    IMAGE = 5  # x y w h; rgba ...               pixels as they are
    INDEXED = 6  # x y cell_w cell_h w h map smooth; bytes ...   a scalar image and its colour map
    TEXT = 7  # a b c d x y; glyph dx dy scale ...  a glyph run under an affine map
    PART = 8  # part                             a still picture element, recorded once
    SHAPES = 9  # edge face width n x y ... again and again: straight-edged shapes with own colours
    PICTURE = 10  # x y w h; rgba ...; rgba ...  a picture in the light and in the dark theme


class Recorder(RendererBase):
    """Records artists of a figure of `width` x `height` pixels at `dpi`."""

    def __init__(self, width, height, dpi):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.flip = Affine2D().scale(1, -1).translate(0, height)
        self.vocabulary = Vocabulary()
        self.text = text.best(dpi)
        self.output = []

    def record(self, artists, live):
        """Draw the artists -> one state's words. Artists not in `live` are recorded once, as parts."""
        self.output = []
        for artist in artists:
            if artist in live:
                self._draw(artist)
            else:
                self._operation(Op.PART, words(self._part(artist)))
        return np.concatenate(self.output) if self.output else NO_WORDS

    def _draw(self, artist):
        if hasattr(artist, "do_3d_projection"):  # what Axes3D does before it draws
            artist.do_3d_projection()
        if isinstance(artist, AxesImage) and images.can_be_indexed(artist):
            self.draw_indexed(artist)
        else:
            artist.draw(self)

    def _part(self, artist):
        def still():
            kept, self.output = self.output, []
            artist.draw(self)
            part, self.output = self.output, kept
            return np.concatenate(part).tolist() if part else []

        return self.vocabulary.put("parts", id(artist), still)

    # -- an operation's head

    def _operation(self, op, payload, gc=None, face=None, width=0.0, edge=None):
        clip = 0 if gc is None else self._clip(gc)
        stroke = 0 if gc is None else self._stroke(gc)
        head = words(
            int(op), clip, stroke, float(width), self._colour(edge), self._colour(face), len(payload)
        )
        self.output += [head, payload]

    def _clip(self, gc):
        """Index of [rectangle, shape], either of them None; index 0 is no clip.

        The rectangle is x y w h in whole pixels, as Agg rounds it; the shape is an outline.
        """
        self.vocabulary.put("clips", None, lambda: None)
        box, (path, transform) = gc.get_clip_rectangle(), gc.get_clip_path()
        if box is None and path is None:
            return 0
        frame, shape = None, None
        if box is not None:
            x0, x1 = math.floor(box.x0 + 0.5), math.floor(box.x1 + 0.5)
            y0, y1 = (math.floor(self.height - y + 0.5) for y in (box.y1, box.y0))
            frame = (x0, y0, x1 - x0, y1 - y0)
        if path is not None:
            shape = text.outline(path.transformed(transform + self.flip))
        return self.vocabulary.put("clips", (frame, shape), lambda: [frame, shape])

    def _stroke(self, gc):
        """Cap, join and dashes; widths are in the head, since they may vary continuously."""
        offset, dashes = gc.get_dashes()
        cap, join = str(gc.get_capstyle()), str(gc.get_joinstyle())
        px = self.points_to_pixels
        style = [
            {"projecting": "square"}.get(cap, cap),
            join,
            float(px(offset or 0)),
            [] if dashes is None else [float(px(d)) for d in dashes],
        ]
        return self.vocabulary.put("strokes", str(style), lambda: style)

    def _colour(self, rgba):
        """Index of a colour's light and dark form; index 0 is transparent."""
        self.vocabulary.put("colours", None, lambda: None)
        if rgba is None or rgba[3] == 0:
            return 0
        key = tuple(round(v, 4) for v in rgba)
        return self.vocabulary.put("colours", key, lambda: [themes.css(key), themes.css(themes.dark(key))])

    def _paint(self, gc, face) -> dict[str, Any]:
        """A graphics context and a fill -> (edge, face, width) with forced alpha applied."""
        alpha = gc.get_alpha() if gc.get_forced_alpha() else None
        width = self.points_to_pixels(gc.get_linewidth())
        edge = themes.as_rgba(gc.get_rgb(), alpha) if width else None
        face = None if face is None else themes.as_rgba(face, alpha)
        if face and not edge and not gc.get_antialiased():  # a canvas always smooths: close the seams
            edge, width = face, 1.0
        return dict(edge=edge, face=face, width=width)

    def _shape(self, path):
        data = text.outline(path)
        return self.vocabulary.put("glyphs", data, lambda: data)

    # -- matplotlib's renderer interface

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points: Any) -> Any:
        return points * self.dpi / 72

    def flipy(self):
        return True

    def option_image_nocomposite(self):
        return True

    def draw_path(self, gc, path, transform, rgbFace=None):
        line = rgbFace is None
        cleaned = path.cleaned(
            transform + self.flip,
            remove_nans=True,
            curves=True,
            clip=(0, 0, self.width, self.height) if line else None,
            simplify=path.should_simplify and line,
            snap=gc.get_snap(),
            stroke_width=self.points_to_pixels(gc.get_linewidth()),
            sketch=gc.get_sketch_params(),
        )
        codes, points = _drawn(cleaned)
        if not len(codes):
            return
        if gc.get_hatch() is not None:
            self._picture(lambda agg: agg.draw_path(gc, path, transform, rgbFace))
            return
        if line and (codes[1:] == Path.LINETO).all():
            self._operation(Op.POLYLINE, words(points), gc, **self._paint(gc, None))
        else:
            payload = words(np.column_stack([codes, points]))
            self._operation(Op.PATH, payload, gc, **self._paint(gc, rgbFace))

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        upright = marker_trans + Affine2D().scale(1, -1)
        width = self.points_to_pixels(gc.get_linewidth())
        marker = marker_path.cleaned(upright, curves=True, snap=gc.get_snap(), stroke_width=width)
        codes, points = _drawn(marker)
        _, free = _drawn(marker_path.cleaned(upright, curves=True, snap=False, stroke_width=width))
        if np.array_equal(points, free):  # as in Agg: a marker that is not snapped sits on a pixel's centre
            points = points + 0.5
        shape = self._shape(Path(points, codes))
        at = (trans + self.flip).transform(path.vertices)
        at = np.floor(at[np.isfinite(at).all(axis=1)] + 0.5)
        self._operation(Op.MARKERS, words(shape, at), gc, **self._paint(gc, rgbFace))

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
        if plain and one and _is_uniform(master_transform):
            self._items(*given[:9])
        elif not (plain and len(offsets) < 2 and self._shapes(*given[:9], np.any(antialiaseds))):
            super().draw_path_collection(*given, **kwargs)

    def _items(self, gc, master, paths, transforms, offsets, offset_trans, faces, edges, linewidths):
        """One shape at many places: ITEMS."""
        n = len(offsets)
        at = (offset_trans + self.flip).transform(np.ma.filled(offsets, np.nan))
        matrix = np.asarray(getattr(master, "get_matrix", lambda: master)())
        sizes = np.array([t[0, 0] for t in transforms]) if len(transforms) else np.ones(1)
        rows = np.empty((n, 6), np.uint32)
        rows[:, 0:2] = words(at).reshape(n, 2)
        rows[:, 2] = words(np.resize(sizes * matrix[0, 0], n).astype(float))
        rows[:, 3], rows[:, 4] = self._colours(edges, n), self._colours(faces, n)
        rows[:, 5] = words(self._widths(edges, linewidths, n))
        shape = self._shape(Path(paths[0].vertices * [1, -1], paths[0].codes))
        self._operation(Op.ITEMS, words(shape, rows[np.isfinite(at).all(axis=1)]), gc)

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
        rows = np.empty((n, 4 + at[0].size), np.uint32)
        rows[:, 0], rows[:, 1] = self._colours(edges, n), self._colours(faces, n)
        rows[:, 2] = words(widths)
        if not smooth and not len(edges):  # close the seams, as in `_paint`
            rows[~on_grid, 0], rows[~on_grid, 2] = rows[~on_grid, 1], words(1.0)
        rows[:, 3] = at.shape[1] | (CLOSED if closed else 0)
        rows[:, 4:] = words(at).reshape(n, -1)
        self._operation(Op.SHAPES, rows.ravel(), gc)
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

    def draw_image(self, gc, x, y, im, transform=None):
        pixels = np.ascontiguousarray(np.asarray(im)[::-1])
        h, w = pixels.shape[:2]
        frame = words(float(round(x)), float(self.height - round(y) - h), float(w), float(h))
        self._operation(Op.IMAGE, np.concatenate([frame, pixels.view(np.uint32).ravel()]), gc)

    def draw_indexed(self, image):
        """An image of scalars: one byte a cell and a colour map, scaled by the browser."""
        gc = self.new_gc()
        image._set_gc_clip(gc)
        cells, rgba = images.indexed(image)
        (x0, y0), (x1, y1) = (image.get_transform() + self.flip).transform(images.corners(image))
        cells = cells[:: 1 if y0 <= y1 else -1, :: 1 if x0 <= x1 else -1]  # a canvas does not mirror
        (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
        h, w = cells.shape
        colour_map = self.vocabulary.put(
            "maps", rgba.tobytes(), lambda: rgba.view(np.uint32).ravel().tolist()
        )
        head = words(*map(float, (x0, y0, (x1 - x0) / w, (y1 - y0) / h, w, h)), colour_map, 0)
        padded = np.zeros(-(-cells.size // 4) * 4, np.uint8)
        padded[: cells.size] = cells.ravel()
        self._operation(Op.INDEXED, np.concatenate([head, padded.view(np.uint32)]), gc)

    def _picture(self, draw):
        """Whatever `draw(renderer)` draws, by Agg, in both themes, cropped to what it covers."""
        drawn = []
        for make in (RendererAgg, ThemedAgg):
            agg = make(self.width, self.height, self.dpi)
            draw(agg)
            drawn.append(np.asarray(agg.buffer_rgba()))
        ys, xs = np.nonzero(drawn[0][..., 3])
        if len(ys):
            cut = np.s_[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
            light, dark = (np.ascontiguousarray(pixels[cut]) for pixels in drawn)
            frame = words(float(xs.min()), float(ys.min()), float(light.shape[1]), float(light.shape[0]))
            self._operation(
                Op.PICTURE,
                np.concatenate([frame, light.view(np.uint32).ravel(), dark.view(np.uint32).ravel()]),
            )

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform):
        self._picture(lambda agg: agg.draw_gouraud_triangles(gc, triangles_array, colors_array, transform))

    def start_filter(self):
        raise ValueError("a live artist with an agg_filter cannot be recorded; set_agg_filter(None)")

    def get_text_width_height_descent(self, s, prop, ismath):
        if self.text.measure is not None and ismath != "TeX":
            return self.text.measure(s, prop, ismath)
        return super().get_text_width_height_descent(s, prop, ismath)

    def draw_text(self, gc, x, y, s, prop: FontProperties, angle, ismath=False, mtext=None):
        if ismath == "TeX":
            raise ValueError("live text with usetex cannot be recorded; use mathtext")
        scale, run, outlines = self.text.run(s, prop, ismath)
        cos, sin = scale * math.cos(math.radians(angle)), scale * math.sin(math.radians(angle))
        payload = [words(cos, -sin, -sin, -cos, float(x), float(y))]
        for key, dx, dy, scale in run:
            glyph = self.vocabulary.put("glyphs", key, lambda key=key: outlines[key])
            payload.append(words(glyph, float(dx), float(dy), float(scale)))
        ink = self._paint(gc, gc.get_rgb())
        self._operation(Op.TEXT, np.concatenate(payload), gc, face=ink["face"])


def _drawn(path):
    """Codes (n,) and points (n, 2) of a cleaned path, without its closing STOP."""
    codes, points = np.asarray(path.codes), np.asarray(path.vertices)
    drawn = codes != Path.STOP
    return codes[drawn], points[drawn]


def _is_uniform(transform):
    """Whether a transform enlarges by one factor, without turning."""
    (a, b, _), (c, d, _), _ = np.asarray(getattr(transform, "get_matrix", lambda: transform)())
    return a == d and not b and not c


def _is_rectilinear(points):
    """Whether all edges of a path (..., n, 2) run along the axes; one answer for each path."""
    return (np.abs(np.diff(points, axis=-2)) < 1e-4).any(axis=-1).all(axis=-1)
