"""Pictures as arrays, and how much two of them differ."""

import io

import numpy as np
from PIL import Image


def rgb(png):
    """PNG bytes -> (height, width, 3) integers."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), int)


def share_off(a, b):
    """The share of pixels that differ by more than 32 of 255 in some colour."""
    assert a.shape == b.shape
    return (abs(a - b).max(axis=2) > 32).mean()
