"""Writes operations: their common header, and the resources that headers refer to."""

import math
from enum import IntEnum
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.transforms import Affine2D

from mlpkit.stage import text, themes
from mlpkit.stage.resource_table import ResourceTable, to_uint32

HEADER = 7  # 32-bit words before an operation's payload


class Op(IntEnum):
    """The operations and their payloads."""

    POLYLINE = 1  # x y ...                      float32
    PATH = 2  # code x y ...                     float32; matplotlib's codes
    MARKERS = 3  # shape; x y ...                shape: a glyph
    ITEMS = 4  # shape; x y size edge face width ...   a scatter: one shape, own size and colours
    IMAGE = 5  # x y w h; rgba ...               pixels
    INDEXED = 6  # x y cell_w cell_h w h map smooth; bytes ...   a scalar image and its colour map
    TEXT = 7  # a b c d x y; glyph dx dy scale ...  a glyph run under an affine map
    PART = 8  # part                             a static artist, recorded once
    SHAPES = 9  # m; m times edge face width n; x y ...   straight-edged shapes with own colours
    PICTURE = 10  # x y w h; rgba ...; rgba ...  a picture in the light and in the dark theme


class Writer(RendererBase):
    """A matplotlib renderer that collects operations; `Recorder` implements its drawing methods."""

    def __init__(self, width, height, dpi):
        super().__init__()
        self.width, self.height, self.dpi = width, height, dpi
        self.flip = Affine2D().scale(1, -1).translate(0, height)
        self.resources = ResourceTable()
        self.text = text.best(dpi)
        self.output = []
        self.is_data = False  # whether colours are data, as those of images: the same in both themes

    def _operation(self, op, payload, gc=None, face=None, width=0.0, edge=None):
        clip = 0 if gc is None else self._clip(gc)
        stroke = 0 if gc is None else self._stroke(gc)
        head = to_uint32(
            int(op), clip, stroke, float(width), self._colour(edge), self._colour(face), len(payload)
        )
        self.output += [head, payload]

    def _picture(self, draw):
        """Write the pixels that `draw(renderer)` draws in Agg."""
        raise NotImplementedError

    def _clip(self, gc):
        """Index of [rectangle, shape], either of them None; index 0 is no clip.

        The rectangle is x y w h in whole pixels, as Agg rounds it; the shape is an outline.
        """
        self.resources.put("clips", None, lambda: None)
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
        return self.resources.put("clips", (frame, shape), lambda: [frame, shape])

    def _stroke(self, gc):
        """Index of cap, join and dashes; widths are in the header, since they may vary continuously."""
        offset, dashes = gc.get_dashes()
        cap, join = str(gc.get_capstyle()), str(gc.get_joinstyle())
        px = self.points_to_pixels
        style = [
            {"projecting": "square"}.get(cap, cap),
            join,
            float(px(offset or 0)),
            [] if dashes is None else [float(px(d)) for d in dashes],
        ]
        return self.resources.put("strokes", str(style), lambda: style)

    def _colour(self, rgba):
        """Index of a colour's light and dark form; index 0 is transparent."""
        self.resources.put("colours", None, lambda: None)
        if rgba is None or rgba[3] == 0:
            return 0
        key = tuple(round(v, 4) for v in rgba)
        light = themes.css(key)
        if self.is_data:
            return self.resources.put("colours", (*key, "data"), lambda: [light, light])
        return self.resources.put("colours", key, lambda: [light, themes.css(themes.dark(key))])

    def _style(self, gc, face) -> dict[str, Any]:
        """A graphics context and a fill -> (edge, face, width) with forced alpha applied."""
        alpha = gc.get_alpha() if gc.get_forced_alpha() else None
        width = self.points_to_pixels(gc.get_linewidth())
        edge = themes.as_rgba(gc.get_rgb(), alpha) if width else None
        face = None if face is None else themes.as_rgba(face, alpha)
        if face and not edge and not gc.get_antialiased():  # a canvas always antialiases: cover the seams
            edge, width = face, 1.0
        return dict(edge=edge, face=face, width=width)

    def points_to_pixels(self, points: Any) -> Any:
        """Points (1/72 inch) -> pixels."""
        return points * self.dpi / 72

    def _shape(self, path):
        data = text.outline(path)
        return self.resources.put("glyphs", data, lambda: data)
