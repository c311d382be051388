"""A matplotlib renderer that writes a display list of 32-bit words instead of pixels.

Live artists draw themselves into it. matplotlib does the transforms (log, twin, polar), the
clipping, the removal of NaN, snapping, simplification, dashes and text layout, so that every
artist works and the browser's part stays tiny: `paint.js` knows the eight operations of `Op`
and no artist, no axis. The format of the words is described in `mlpkit.stage`.
"""

import math
from enum import IntEnum
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from mlpkit.stage import text, themes

HEADER = 7  # words before an operation's payload
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


class Vocabulary:
    """What states share: tables that only grow; each new entry is announced once in `news`."""

    TABLES = ("clips", "strokes", "colours", "glyphs", "maps", "parts")

    def __init__(self):
        self.index = {table: {} for table in self.TABLES}
        self.entries = {table: [] for table in self.TABLES}
        self.news = []

    def put(self, table, key, make):
        """The index of `key` in a table; `make()` gives the entry's JSON value the first time."""
        known = self.index[table]
        if key not in known:
            value = make()
            known[key] = len(known)
            self.entries[table].append(value)
            self.news.append([table, known[key], value])
        return known[key]

    def take_news(self):
        """What the browser has not been told yet, as [table, index, value] rows."""
        news, self.news = self.news, []
        return news

    def everything(self):
        """All entries, for a browser that starts anew."""
        return [[table, i, v] for table in self.TABLES for i, v in enumerate(self.entries[table])]


def words(*values):
    """Numbers or arrays -> one array of words (floats as float32, integers as they are)."""
    parts = []
    for value in values:
        a = np.asarray(value)
        kind = np.uint32 if a.dtype.kind in "ui" else np.float32
        parts.append(np.ascontiguousarray(a, kind).view(np.uint32).ravel())
    return np.concatenate(parts)


class Recorder(RendererBase):
    """Records artists of a figure of `width` x `height` pixels at `dpi`."""

    def __init__(self, width, height, dpi):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.flip = Affine2D().scale(1, -1).translate(0, height)
        self.vocabulary = Vocabulary()
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
        if isinstance(artist, AxesImage) and _is_indexed(artist):
            self._draw_indexed(artist)
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
        """The clip rectangle as x y w h in whole pixels, as Agg rounds it; index 0 is no clip."""
        self.vocabulary.put("clips", None, lambda: None)
        box = gc.get_clip_rectangle()
        path, _ = gc.get_clip_path()
        if path is not None:
            raise ValueError(
                "a live artist with a clip path cannot be recorded; clip it to its axes (clip_path=None)"
            )
        if box is None:
            return 0
        x0, x1 = math.floor(box.x0 + 0.5), math.floor(box.x1 + 0.5)
        y0, y1 = (math.floor(self.height - y + 0.5) for y in (box.y1, box.y0))
        return self.vocabulary.put("clips", (x0, y0, x1, y1), lambda: [x0, y0, x1 - x0, y1 - y0])

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
        return dict(edge=edge, face=None if face is None else themes.as_rgba(face, alpha), width=width)

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
            raise ValueError("a live artist with a hatch cannot be recorded; use a plain fill")
        if line and (codes[1:] == Path.LINETO).all():
            self._operation(Op.POLYLINE, words(points), gc, **self._paint(gc, None))
        else:
            payload = words(np.column_stack([codes, points]).astype(np.float32))
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
        if len(paths) != 1 or len(offsets) < 2:
            super().draw_path_collection(
                gc, master_transform, paths, all_transforms, offsets, offset_trans,
                facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position, **kwargs,
            )  # fmt: skip
            return
        n = len(offsets)
        at = (offset_trans + self.flip).transform(np.ma.filled(offsets, np.nan))
        master = np.asarray(getattr(master_transform, "get_matrix", lambda: master_transform)())
        sizes = np.array([t[0, 0] for t in all_transforms]) if len(all_transforms) else np.ones(1)
        colours = [self._colours(c, n) for c in (edgecolors, facecolors)]
        widths = (
            [self.points_to_pixels(w) for w in linewidths] if len(edgecolors) and len(linewidths) else [0.0]
        )
        rows = np.empty((n, 6), np.uint32)
        rows[:, 0:2] = words(at).reshape(n, 2)
        rows[:, 2] = words(np.resize(sizes * master[0, 0], n).astype(float))
        rows[:, 3], rows[:, 4] = colours
        rows[:, 5] = words(np.resize(widths, n).astype(float))
        shape = self._shape(Path(paths[0].vertices * [1, -1], paths[0].codes))
        self._operation(Op.ITEMS, words(shape, rows[np.isfinite(at).all(axis=1)]), gc)

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

    def _draw_indexed(self, image):
        """An image of scalars: one byte a cell and a colour map, scaled by the browser."""
        gc = self.new_gc()
        image._set_gc_clip(gc)
        gc.set_clip_path(None)
        cells = np.ma.filled(np.ma.asarray(image.norm(image.get_array())), 0.0)
        cells = np.clip(np.nan_to_num(cells) * image.cmap.N, 0, image.cmap.N - 1).astype(np.uint8)
        left, right, bottom, top = image.get_extent()
        (x0, y0), (x1, y1) = (image.get_transform() + self.flip).transform([(left, bottom), (right, top)])
        rows = cells[::-1] if image.origin == "lower" else cells
        if image.origin == "upper":  # get_extent gives bottom > top: the first row is at y1
            y0, y1 = max(y0, y1), min(y0, y1)
        h, w = rows.shape
        rgba = image.cmap(np.arange(image.cmap.N), alpha=image.get_alpha(), bytes=True)
        colour_map = self.vocabulary.put(
            "maps", rgba.tobytes(), lambda: rgba.view(np.uint32).ravel().tolist()
        )
        smooth = image.get_interpolation() not in ("nearest", "none", "auto", "antialiased")
        head = words(*map(float, (x0, y1, (x1 - x0) / w, (y0 - y1) / h, w, h)), colour_map, int(smooth))
        padded = np.zeros(-(-rows.size // 4) * 4, np.uint8)
        padded[: rows.size] = rows.ravel()
        self._operation(Op.INDEXED, np.concatenate([head, padded.view(np.uint32)]), gc)

    def draw_text(self, gc, x, y, s, prop: FontProperties, angle, ismath=False, mtext=None):
        if ismath == "TeX":
            raise ValueError("live text with usetex cannot be recorded; use mathtext")
        run, outlines = text.layout(s, prop.copy(), bool(ismath))
        size = self.points_to_pixels(prop.get_size_in_points()) / text.UNIT
        cos, sin = size * math.cos(math.radians(angle)), size * math.sin(math.radians(angle))
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


def _is_indexed(image):
    cells = image.get_array()
    return image.get_visible() and cells is not None and cells.ndim == 2 and image.cmap.N <= 256
