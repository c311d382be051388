"""Writes operations: what every operation has in its head, and the vocabulary that the heads point into."""

import math
from enum import IntEnum
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.transforms import Affine2D

from mlpkit.stage import text, themes
from mlpkit.stage.resource_table import ResourceTable, words

HEADER = 7  # words before an operation's payload


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


class Writer(RendererBase):
    """A renderer with a list of words; which artists ask for what is the business of `Recorder`."""

    def __init__(self, width, height, dpi):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.flip = Affine2D().scale(1, -1).translate(0, height)
        self.vocabulary = ResourceTable()
        self.text = text.best(dpi)
        self.output = []

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

    def points_to_pixels(self, points: Any) -> Any:
        """Points (1/72 inch) -> pixels."""
        return points * self.dpi / 72

    def _shape(self, path):
        data = text.outline(path)
        return self.vocabulary.put("glyphs", data, lambda: data)
