"""Light and dark theme: what a colour of the author's figure becomes on a dark page."""

import os
import re
from functools import lru_cache
from pathlib import Path

import numpy as np

LIGHT, DARK = "light", "dark"

# Björn Ottosson's OKLab (2020): a space in which L is perceived lightness, 0 black to 1 white.
_TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                    [0.2119034982, 0.6806995451, 0.1073969566],
                    [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
_TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                    [1.9779984951, -2.4285922050, 0.4505937099],
                    [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip

BLACKEST, WHITEST = 0.178, 0.95  # lightness of a dark page (#111) and of text on it
READABLE = 0.72  # a saturated colour is at least this light on a dark page
COLOURFUL = 0.08  # from this chroma on, a colour counts as saturated


def of_jupyterlab():
    """The theme in JupyterLab's settings; light where nothing is found."""
    config = os.environ.get("JUPYTER_CONFIG_DIR") or "~/.jupyter"
    folder = os.environ.get("JUPYTERLAB_SETTINGS_DIR") or f"{config}/lab/user-settings"
    file = Path(folder, "@jupyterlab", "apputils-extension", "themes.jupyterlab-settings")
    try:
        text = file.expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError, RuntimeError):
        return LIGHT
    found = re.search(r'^(?!\s*//).*"theme"\s*:\s*"([^"]*)"', text, re.MULTILINE)
    return DARK if found and "dark" in found[1].lower() else LIGHT


def to_oklab(rgb):
    """sRGB in [0, 1] (3,) -> OKLab (L, a, b) (3,)."""
    rgb = np.asarray(rgb, float)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return _TO_LAB @ np.cbrt(_TO_LMS @ linear)


def from_oklab(lab):
    """OKLab (3,) -> sRGB (3,), clipped to [0, 1]."""
    linear = np.clip(np.linalg.solve(_TO_LMS, np.linalg.solve(_TO_LAB, lab) ** 3), 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@lru_cache(maxsize=4096)
def dark(rgba) -> tuple[float, float, float, float]:
    """The colour that replaces `rgba` (four numbers in [0, 1]) on a dark page.

    The lightness of greys is inverted (a white background becomes dark, black lines light); saturated
    colours keep hue and saturation and are made light enough to be read. Alpha stays.

    >>> [round(v, 2) for v in dark((1.0, 1.0, 1.0, 1.0))]
    [0.07, 0.07, 0.07, 1.0]
    """
    *rgb, alpha = rgba
    light, a, b = to_oklab(rgb)
    saturation = min(np.hypot(a, b) / COLOURFUL, 1.0)
    swapped = BLACKEST + (1 - light) ** 0.75 * (WHITEST - BLACKEST)  # 0.75 keeps the contrast of greys
    lightness = (1 - saturation) * swapped + saturation * max(light, READABLE)
    red, green, blue = from_oklab((lightness, a, b)).tolist()
    return red, green, blue, alpha


def as_rgba(colour, alpha=None):
    """A matplotlib RGB or RGBA tuple (or None: fully transparent) -> four floats."""
    if colour is None:
        return (0.0, 0.0, 0.0, 0.0)
    rgb = tuple(float(v) for v in colour[:3])
    return (*rgb, float(alpha if alpha is not None else colour[3] if len(colour) > 3 else 1.0))


def css(rgba):
    """Four floats -> the text that a canvas takes as a colour."""
    r, g, b, a = rgba
    return f"rgba({round(255 * r)},{round(255 * g)},{round(255 * b)},{a:.4g})"
