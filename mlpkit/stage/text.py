"""Text as runs of glyph outlines, in two ways.

`ExactText` takes the hinted glyphs that Agg itself would draw, by a hook that matplotlib 3.11 has and keeps
private. `PublicText` uses the public `TextToPath` alone: the same shapes without hinting, off by a few pixels
at the end of a long title. `best` chooses, so that matplotlib 3.10 and later all work.
"""

from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.font_manager import fontManager, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

UNIT = text_to_path.FONT_SCALE  # outlines of PublicText are made at this many points, 72 dots an inch
HOOK = "_draw_text_glyphs_and_boxes"

_LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}


def outline(path):
    """A path -> SVG path data, the form in which outlines are sent to the browser."""
    parts = []
    for vertices, code in path.iter_segments(curves=True, simplify=False):
        numbers = "" if code == Path.CLOSEPOLY else " ".join(f"{v:.6g}" for v in vertices)
        parts.append(_LETTERS[code] + numbers)
    return "".join(parts)


def best(dpi):
    """ExactText where matplotlib has its hook, else PublicText."""
    return exact(dpi) if hasattr(RendererAgg, HOOK) else PublicText(dpi)


@lru_cache(maxsize=8)
def exact(dpi):
    """One for all stages of a resolution: they share its cache."""
    return ExactText(dpi)


class PublicText:
    """Layout and outlines by matplotlib's public `TextToPath`."""

    measure = None  # RendererBase's own

    def __init__(self, dpi):
        self.dpi = dpi

    def run(self, text, prop, ismath):
        """-> (pixels of a unit, [(key, x, y, size), ...] in units, {key: outline}), y upwards."""
        run, outlines = _public_run(text, prop.copy(), bool(ismath))
        return prop.get_size_in_points() * self.dpi / 72 / UNIT, run, outlines


@lru_cache(maxsize=4096)
def _public_run(text, prop, ismath):
    """A run in `UNIT`s. Laying a title out takes about a millisecond, hence the cache."""
    if ismath:
        glyphs, shapes, boxes = text_to_path.get_glyphs_mathtext(prop, text)
    else:
        font = get_font(fontManager.findfont(prop))
        font.set_size(UNIT, text_to_path.DPI)
        glyphs, shapes, boxes = text_to_path.get_glyphs_with_font(font, text)
    run = list(glyphs)
    outlines = {key: outline(_path(*shape)) for key, shape in shapes.items()}
    for vertices, codes in boxes:  # fraction bars and the like
        data = outline(_path(vertices, codes))
        run.append((data, 0.0, 0.0, 1.0))
        outlines[data] = data
    return run, outlines


class ExactText:
    """Layout and outlines of Agg itself, which passes its glyphs to the hook."""

    def __init__(self, dpi):
        self.agg = RendererAgg(1, 1, dpi)  # only measures, draws no pixels
        self.dpi, self.cache = dpi, {}
        self.measure = self.agg.get_text_width_height_descent
        setattr(self.agg, HOOK, self._take)

    def run(self, text, prop, ismath):
        """-> (1, [(key, x, y, 1), ...], {key: outline}), in pixels, y upwards."""
        known = (text, hash(prop), ismath)
        if known not in self.cache:
            self.taken, self.outlines = [], {}
            gc = self.agg.new_gc()
            draw = self.agg.draw_mathtext if ismath else self.agg.draw_text
            draw(gc, 0, 0, text, prop, 0)
            if len(self.cache) > 4096:
                self.cache.clear()
            self.cache[known] = (1.0, self.taken, self.outlines)
        return self.cache[known]

    def _take(self, gc, x, y, angle, glyphs, boxes):
        for font, size, index, _slant, _extend, dx, dy in glyphs:
            key = (font.postscript_name, float(size), int(index))
            if key not in self.outlines:
                self.outlines[key] = self._outline(font, size, index)
            self.taken.append((key, dx, dy, 1.0))
        for dx, dy, width, height in boxes:
            w, h = max(width, 1), max(height, 1)  # as Agg: thin bars are at least a pixel wide
            left, low = dx - (w - width) / 2, dy - (h - height) / 2
            data = f"M{left:.6g} {low:.6g}h{w:.6g}v{h:.6g}h{-w:.6g}Z"
            self.outlines[data] = data
            self.taken.append((data, 0.0, 0.0, 1.0))

    def _outline(self, font, size, index):
        font.set_size(size, self.dpi)
        font._set_transform(np.array([[0x10000, 0], [0, 0x10000]]), [0, 0])
        font.load_glyph(index, flags=get_hinting_flag())
        return outline(_path(*font.get_path()))


def _path(vertices, codes):
    return Path(np.reshape(vertices, (-1, 2)), codes) if len(vertices) else Path(np.empty((0, 2)))
