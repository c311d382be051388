"""Data sets computed from formulas: small, seeded, with balanced classes; no file and no download.

>>> X, y = DATASETS["moons"](n=200, noise=0.1, rng=0)
>>> X.shape, y.shape, np.bincount(y)
((200, 2), (200,), array([100, 100]))

With noise = 0 every example lies exactly on the curve, corner or glyph of its class; noise is the standard
deviation of the normal number that is added to every coordinate.

Imports: numpy, _checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpkit import _checks

COS_30 = 0.75**0.5


@dataclass(frozen=True, eq=False)
class Dataset:
    """One data set; dataset(n, noise, rng) is X (n, d) and integer labels y (n,) from 0 to classes - 1.

    points         (rng, y (n,)) -> X (n, d) without noise
    d, classes     number of columns and of labels
    range          (low, high) of the entries of X without noise
    clipped        whether noisy entries are cut off at the range, as the brightness of pixels is
    formula        LaTeX of the points of a class, "" if there is none

    >>> X, y = DATASETS["xor"](4, noise=0, rng=0)
    >>> sorted(zip(X.astype(int).tolist(), y.tolist()))
    [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
    """

    name: str
    label: str
    points: Callable[[np.random.Generator, np.ndarray], np.ndarray]
    d: int
    classes: int
    range: tuple[float, float]
    clipped: bool = False
    formula: str = ""

    def __call__(self, n: int, noise: float, rng: np.random.Generator | int):
        """X (n, d) and y (n,), n ≥ 1, in random order; the sizes of two classes differ by at most one.

        noise ≥ 0 is the standard deviation; rng is a Generator, whose state advances, or a seed.
        """
        n, noise = _checks.integer(self.name, "n", n, 1), _checks.number(self.name, "noise", noise, 0)
        rng = _checks.generator(self.name, rng)
        y = np.arange(n) % self.classes
        X = self.points(rng, y) + noise * rng.standard_normal((n, self.d))
        order = rng.permutation(n)
        return (np.clip(X, *self.range) if self.clipped else X)[order], y[order]

    def __repr__(self):
        return f"Dataset({self.name!r}, d={self.d}, classes={self.classes})"


def xor(rng, y):
    """The corners (0, 0), (1, 1) of class 0 and (0, 1), (1, 0) of class 1: y = x₁ xor x₂. (n,) -> (n, 2).

    No line separates the classes. The two corners of a class are as frequent as each other.
    """
    first = (np.arange(len(y)) // 2) % 2
    return np.stack([first, first ^ y], axis=1).astype(float)


def moons(rng, y):
    """Two interleaving half circles of radius 1. (n,) -> (n, 2).

    Class 0 is the upper half about (0, 0), class 1 the lower half about (1, ½). They are ½ apart.
    """
    t = rng.uniform(0, np.pi, len(y))
    side = 1 - 2 * y  # 1 for class 0, -1 for class 1
    return np.stack([y + side * np.cos(t), y / 2 + side * np.sin(t)], axis=1)


def circles(rng, y):
    """Two circles about (0, 0), of radius 1 (class 0) and ½ (class 1). (n,) -> (n, 2).

    They are ½ apart, and no line separates them.
    """
    t, r = rng.uniform(0, 2 * np.pi, len(y)), 1 - y / 2
    return np.stack([r * np.cos(t), r * np.sin(t)], axis=1)


def spirals(rng, y):
    """Two arms r = t, φ = 3πt + πy, 0.1 ≤ t ≤ 1, of 1.35 turns each; t is uniform. (n,) -> (n, 2).

    The arms are 0.2 apart where they begin, and almost a third further out.
    """
    t = rng.uniform(0.1, 1, len(y))
    angle = 3 * np.pi * t + np.pi * y
    return np.stack([t * np.cos(angle), t * np.sin(angle)], axis=1)


def blobs(rng, y):
    """Three clusters about the corners of a triangle on the unit circle, at 90°, 210°, 330°. (n,) -> (n, 2).

    The noise is the spread of a cluster: noise = 0 gives three points.
    """
    angle = np.pi / 2 + 2 * np.pi / 3 * y
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


# Seven rows of five pixels for each digit.
GLYPHS = """
.###. ..#.. .###. ####. ...#. ##### .###. ##### .###. .###.
#...# .##.. #...# ....# ..##. #.... #.... ....# #...# #...#
#..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...#
#.#.# ..#.. ...#. .###. #..#. ....# ####. ..#.. .###. .####
##..# ..#.. ..#.. ....# ##### ....# #...# .#... #...# ....#
#...# ..#.. .#... ....# ...#. #...# #...# .#... #...# ....#
.###. .###. ##### ####. ...#. .###. .###. .#... .###. .###.
"""


def glyphs() -> np.ndarray:
    """The ten digits as drawn above, without margins: (10, 7, 5) of 0 (paper) and 1 (ink).

    >>> print("\\n".join("".join(" #"[int(pixel)] for pixel in row) for row in glyphs()[4]))
       #
      ##
     # #
    #  #
    #####
       #
       #
    """
    rows = [[[pixel == "#" for pixel in part] for part in line.split()] for line in GLYPHS.split("\n")[1:-1]]
    return np.array(rows, dtype=float).transpose(1, 0, 2)


def digits(rng, y):
    """Images of 8 × 8 pixels, row by row: the glyph of digit y, shifted at random. (n,) -> (n, 64).

    The glyph stands at one of the 2 × 4 places where 7 × 5 pixels fit; 0 is paper, 1 is ink, and
    X.reshape(-1, 8, 8) are the images. A shift changes up to 34 pixels, while 8 differs from 6 and 9 in 3.
    """
    images = np.zeros((len(y), 8, 8))
    downs, rights = rng.integers(0, 2, len(y)), rng.integers(0, 4, len(y))
    shapes = glyphs()
    for image, digit, down, right in zip(images, y, downs, rights, strict=True):
        image[down : down + 7, right : right + 5] = shapes[digit]
    return images.reshape(len(y), 64)


DATASETS: dict[str, Dataset] = _checks.Registry(
    "dataset",
    (
        Dataset("xor", "XOR", xor, 2, 2, (0.0, 1.0), formula=r"y = x_1 \oplus x_2"),
        Dataset(
            "moons",
            "two moons",
            moons,
            2,
            2,
            (-1.0, 2.0),
            formula=r"(y \pm \cos t,\ \tfrac{y}{2} \pm \sin t),\ 0 \le t \le \pi",
        ),
        Dataset("circles", "two circles", circles, 2, 2, (-1.0, 1.0), formula=r"\|x\| = 1 - \tfrac{y}{2}"),
        Dataset(
            "spirals",
            "two spirals",
            spirals,
            2,
            2,
            (-1.0, 1.0),
            formula=r"t\,(\cos(3\pi t + \pi y),\ \sin(3\pi t + \pi y)),\ 0.1 \le t \le 1",
        ),
        Dataset(
            "blobs",
            "three blobs",
            blobs,
            2,
            3,
            (-COS_30, 1.0),
            formula=r"(\cos\varphi,\ \sin\varphi),\ \varphi = \tfrac{\pi}{2} + \tfrac{2\pi}{3} y",
        ),
        Dataset("digits", "digits of 8 × 8 pixels", digits, 64, 10, (0.0, 1.0), clipped=True),
    ),
)


def dataset(name: str | Dataset) -> Dataset:
    """The record called `name`, or the record itself.

    >>> dataset("moon")
    Traceback (most recent call last):
    ValueError: unknown dataset 'moon'; did you mean 'moons'?
    """
    return name if isinstance(name, Dataset) else _checks.look_up("dataset", name, DATASETS)
