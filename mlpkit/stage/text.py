"""Text as runs of glyph outlines, by matplotlib's public `TextToPath` alone."""

from functools import lru_cache

import numpy as np
from matplotlib.font_manager import fontManager, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

UNIT = text_to_path.FONT_SCALE  # outlines are made at this many points, 72 dots an inch

_LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}


def outline(path):
    """A path -> SVG path data, the form in which outlines are sent to the browser."""
    parts = []
    for vertices, code in path.iter_segments(curves=True, simplify=False):
        numbers = "" if code == Path.CLOSEPOLY else " ".join(f"{v:.6g}" for v in vertices)
        parts.append(_LETTERS[code] + numbers)
    return "".join(parts)


@lru_cache(maxsize=4096)
def layout(text, properties, ismath):
    """A string -> ([(key, x, y, scale), ...], {key: outline}); x, y and outlines in `UNIT`s, y upwards.

    `properties` is a FontProperties; its size does not matter, the caller scales by size / UNIT.
    Laying a title out takes about a millisecond, hence the cache.
    """
    if ismath:
        glyphs, shapes, boxes = text_to_path.get_glyphs_mathtext(properties, text)
    else:
        font = get_font(fontManager.findfont(properties))
        font.set_size(UNIT, text_to_path.DPI)
        glyphs, shapes, boxes = text_to_path.get_glyphs_with_font(font, text)
    run = list(glyphs)
    outlines = {key: outline(_path(*shape)) for key, shape in shapes.items()}
    for vertices, codes in boxes:  # fraction bars and the like
        data = outline(_path(vertices, codes))
        run.append((data, 0.0, 0.0, 1.0))
        outlines[data] = data
    return run, outlines


def _path(vertices, codes):
    return Path(np.reshape(vertices, (-1, 2)), codes) if len(vertices) else Path(np.empty((0, 2)))
