"""A picture in two themes as one PNG with two palettes."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

COLOURS = 256  # of a palette
ALIKE = (0, 2, 4, 8, 12, 16)  # of 255: colours that differ by so much become one, where there are too many


def paired(light, dark):
    """Two PNGs of one size -> {"start", "end", "light", "dark"}: bytes of two PNGs, start + light + end.

    Both themes have the same shapes, so a pixel's two colours are one entry of a palette. None where the
    picture has too many colours, as a photograph has.
    """
    both = np.concatenate([_rgba(light), _rgba(dark)], axis=-1)
    height, width, _ = both.shape
    pairs, which, count = np.unique(both.view(np.uint64).ravel(), return_inverse=True, return_counts=True)
    colours = pairs.view(np.uint8).reshape(-1, 8)
    kept = _kept(colours, count)
    if kept is None:
        return None
    distance = _distance(colours, colours[kept])
    indices = distance.argmin(axis=1).astype(np.uint8)[which].reshape(height, width)
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indices], axis=1)  # 0: rows are not filtered
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return dict(
        start=b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header),
        end=_chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)) + _chunk(b"IEND", b""),
        light=_palette(colours[kept, :4]),
        dark=_palette(colours[kept, 4:]),
    )


def small(png, colours=64):
    """A PNG with a palette of so many colours."""
    buffer = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def optimized(png):
    """The same picture in fewer bytes."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png)).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _rgba(png):
    return np.array(Image.open(io.BytesIO(png)).convert("RGBA"))


def _kept(colours, count):
    """Which of the pairs make the palette: the frequent ones, of those that are alike one; None: too many."""
    frequent = np.argsort(-count, kind="stable")
    for alike in ALIKE:
        left, kept = frequent, []
        while len(left) and len(kept) <= COLOURS:
            kept.append(left[0])
            left = left[_distance(colours[left], colours[left[:1]])[:, 0] > alike]
        if len(kept) <= COLOURS:
            return np.array(kept)
    return None


def _distance(one, other):
    """The largest difference of pairs, (n, 8) and (m, 8) -> (n, m); a colour counts as far as it covers."""
    a, b = _covered(one), _covered(other)
    found = np.zeros((len(a), len(b)))
    for k in range(a.shape[1]):
        np.maximum(found, np.abs(a[:, k, None] - b[None, :, k]), out=found)
    return found


def _covered(pairs):
    rgba = pairs.reshape(-1, 2, 4).astype(float)
    rgba[..., :3] *= rgba[..., 3:] / 255
    return rgba.reshape(-1, 8)


def _palette(rgba):
    opaque = (rgba[:, 3] == 255).all()
    return _chunk(b"PLTE", rgba[:, :3].tobytes()) + (b"" if opaque else _chunk(b"tRNS", rgba[:, 3].tobytes()))


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
