"""What a result may be beside the right one: scaled, transposed, added up, rounded, reordered …

An `Output` says "the right one, transposed" and computes that from the right one; what agrees on all cases is
a fact. It knows no question, only the sizes and numbers of the call.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.diagnosis.leaves import Leaf, alike


@dataclass(frozen=True)
class Around:
    """What stands around one array of a result: the call's sizes and numbers, and its arrays, by name."""

    numbers: dict[str, float]
    arrays: dict[str, np.ndarray]


@dataclass(frozen=True)
class Output:
    """`text` completes "your result is the right one …"; `hint` is a question; `of(right, around) -> array`.

    It also completes "what comes of that is then …". `undo`: computed from what came, and compared with the
    right one. `alone`: `text` completes "your result is …", and the right one plays no part. `signs`: it says
    something only where right numbers of both signs are seen. `free`: a number in it was found by fitting.
    """

    text: str
    hint: str
    of: Callable[[np.ndarray, Around], np.ndarray | None]
    undo: bool = False
    alone: bool = False
    signs: bool = False
    free: bool = False

    @property
    def phrase(self) -> str:
        """What completes "your result is"."""
        return self.text if self.alone else f"the right one {self.text}"

    def holds(self, leaf: Leaf, around: Around) -> bool:
        """Whether it is so for one array of a result."""
        try:
            with np.errstate(all="ignore"):
                came = self.of(leaf.got if self.undo else leaf.right, around)
        except (ValueError, IndexError, TypeError):
            return False
        if came is None:
            return False
        return (
            alike(came, leaf.right, leaf.single)
            if self.undo
            else alike(leaf.got, np.asarray(came), leaf.single)
        )


AXIS = "Which axis holds the examples, and over which one should be added?"
SHAPE = "Compare shapes: the one that you return with the one in the docstring."


def _over(reduce, words, axis):
    names = {0: "over the first axis", -1: "over the last axis", None: "over everything"}
    text = f"{words} {names[axis]}"
    flat = Output(text, AXIS, lambda r, _: reduce(r, axis=axis) if r.ndim and r.size else None)
    kept = Output(
        text + ", the axis kept",
        AXIS,
        lambda r, _: reduce(r, axis=axis, keepdims=True) if r.ndim and r.size else None,
    )
    back = Output(
        f"{words} {names[axis]}, the same for all entries",
        AXIS,
        lambda r, _: (
            np.broadcast_to(reduce(r, axis=axis, keepdims=True), r.shape) if r.ndim and r.size else None
        ),
    )
    return [flat, kept, back]


def _several(axis):
    names = {0: "first", -1: "last", None: "all"}
    of = f"over {'everything' if axis is None else f'its {names[axis]} axis'}"
    return [
        Output(
            f"not yet added up {of}: there is one axis too many",
            AXIS,
            lambda g, _: g.sum(axis=axis) if g.ndim and g.size else None,
            undo=True,
        ),
        Output(
            f"not yet averaged {of}: there is one axis too many",
            AXIS,
            lambda g, _: g.mean(axis=axis) if g.ndim and g.size else None,
            undo=True,
        ),
    ]


def _first(text, hint, take):
    return Output(text, hint, lambda g, _: take(g) if g.ndim and len(g) > 1 else None, undo=True)


def _alone(text, take):
    hint = "How many entries are asked for, and which part of your function sees the others?"
    return Output(text, hint, lambda r, _: take(r) if r.ndim and len(r) > 1 else None)


ALONE = (
    ("cut down to its first entry", lambda r: r[0]),
    ("cut down to its first entry, kept as an array", lambda r: r[:1]),
    ("cut down to its last entry", lambda r: r[-1]),
    ("cut down to its last entry, kept as an array", lambda r: r[-1:]),
    ("without its last entry", lambda r: r[:-1]),
    ("without its first entry", lambda r: r[1:]),
    ("cut down to its first column", lambda r: r[:, 0] if r.ndim > 1 else None),
    ("cut down to its first column, kept as a column", lambda r: r[:, :1] if r.ndim > 1 else None),
    ("without its last column", lambda r: r[:, :-1] if r.ndim > 1 else None),
    ("with its last row set to 0", lambda r: np.concatenate([r[:-1], 0 * r[-1:]])),
    ("with its first row set to 0", lambda r: np.concatenate([0 * r[:1], r[1:]])),
)


def _reversed(axis):
    def of(r, _):
        return np.flip(r, axis) if r.ndim > axis and r.shape[axis] > 1 else None

    return Output(
        f"with its {('rows', 'columns')[axis]} in reverse order",
        "In which order do you go through them, and in which do you store them?",
        of,
    )


def _rolled(r, _):
    return np.roll(r, 1, 0) if r.ndim and len(r) > 1 else None


def _elementwise(text, hint, function, signs=False):
    return Output(text, hint, lambda r, _: function(r), signs=signs)


def _sigmoid(r):
    return 1 / (1 + np.exp(-np.clip(r, -700, 700)))


ROUND = "Which kind of numbers does your array hold: whole ones, or floats? Do you round anywhere?"
AFTER = "Is something done to the result after the formula is complete?"
MISSING = "Is the last step of the formula there?"
SIMPLE = (
    Output(
        "transposed",
        "What are the rows of your result, and what those of the one that is asked for?",
        lambda r, _: r.T if r.ndim == 2 else None,
    ),
    _reversed(0),
    _reversed(1),
    Output("shifted by one place", "Does your index start at 0, and where does it end?", _rolled),
    Output(
        "shifted by one place",
        "Does your index start at 0, and where does it end?",
        lambda r, _: np.roll(r, -1, 0) if r.ndim and len(r) > 1 else None,
    ),
    *[one for axis in (None, 0, -1) for one in _over(np.sum, "added up", axis)],
    *[one for axis in (None, 0, -1) for one in _over(np.mean, "averaged", axis)],
    *[one for axis in (None, 0, -1) for one in _over(np.max, "reduced to the largest", axis)],
    _first(
        "on the diagonal of a table: a row met a column",
        "(N,) and (N, 1) make (N, N). Which shapes meet in your formula?",
        lambda g: np.diagonal(g) if g.ndim == 2 and g.shape[0] == g.shape[1] else None,
    ),
    *[one for axis in (None, 0, -1) for one in _several(axis)],
    _first("followed by other entries", "How many results are asked for?", lambda g: g[0]),
    _first("with other entries before it", "How many results are asked for?", lambda g: g[-1]),
    *[_alone(*one) for one in ALONE],
    _elementwise("cut to whole numbers", ROUND, np.trunc),
    _elementwise("rounded down to whole numbers", ROUND, np.floor),
    _elementwise("rounded to the nearest whole number", ROUND, np.rint),
    _elementwise("rounded up to whole numbers", ROUND, np.ceil),
    Output(
        "0 everywhere",
        "Which factor is 0, or which line never runs? Or does an array hold whole numbers only?",
        lambda r, _: 0 * r,
        alone=True,
    ),
    *[
        _elementwise(
            f"rounded to {d} digits after the point",
            "Return every digit; rounding is for showing.",
            lambda r, d=d: np.round(r, d),
        )
        for d in range(1, 11)
    ],
    _elementwise(
        "without its sign", "Can the right result be negative? What makes yours positive?", np.abs, signs=True
    ),
    _elementwise(
        "made negative everywhere", "Can the right result be positive?", lambda r: -np.abs(r), signs=True
    ),
    _elementwise(
        "with all negative entries set to 0",
        "What becomes of negative numbers in your function?",
        lambda r: np.maximum(r, 0),
        signs=True,
    ),
    _elementwise(
        "with all positive entries set to 0",
        "What becomes of positive numbers in your function?",
        lambda r: np.minimum(r, 0),
        signs=True,
    ),
    _elementwise("squared", AFTER, np.square),
    _elementwise("put under a square root", AFTER, np.sqrt),
    _elementwise("put into the exponent: e to the power of it", AFTER, np.exp),
    _elementwise("put into the exponent, with a minus sign", AFTER, lambda r: np.exp(-r)),
    _elementwise("put into a logarithm", AFTER, np.log),
    _elementwise("put into a logarithm, with a minus sign", AFTER, lambda r: -np.log(r)),
    _elementwise(
        "subtracted from 1",
        "Which of the two is asked for: the number, or what is missing to 1?",
        lambda r: 1 - r,
    ),
    _elementwise("minus 1", "Is a 1 counted twice, or forgotten?", lambda r: r - 1),
    _elementwise("upside down: 1 divided by it", "Which of the two is divided by which?", lambda r: 1 / r),
    _elementwise("put through a sigmoid", AFTER, _sigmoid),
    _elementwise("put through a tanh", AFTER, np.tanh),
    _elementwise("times (1 minus itself)", AFTER, lambda r: r * (1 - r)),
    _elementwise("reduced to its sign", AFTER, np.sign),
    _elementwise(
        "turned into 0 or 1, with the threshold 0",
        "Is a class asked for, or a number?",
        lambda r: (r > 0) * 1.0,
    ),
    _elementwise(
        "turned into 0 or 1, with the threshold ½",
        "Is a class asked for, or a number?",
        lambda r: (r > 0.5) * 1.0,
    ),
    Output(
        "added up on the way: each entry is the sum of all up to it",
        "Which variable is not set back?",
        lambda r, _: np.cumsum(r, axis=0) if r.ndim and r.size else None,
    ),
    Output(
        "sorted",
        "Is the order of the entries given by the input?",
        lambda r, _: np.sort(r, axis=-1) if r.ndim and r.size else None,
    ),
    Output(
        "divided by the sum of its rows",
        AXIS,
        lambda r, _: r / r.sum(axis=-1, keepdims=True) if r.ndim and r.size else None,
    ),
    Output(
        "divided by the sum of its columns",
        AXIS,
        lambda r, _: r / r.sum(axis=0, keepdims=True) if r.ndim and r.size else None,
    ),
    Output(
        "scaled to the length 1", AFTER, lambda r, _: r / np.linalg.norm(r) if r.ndim and r.size else None
    ),
)


def reshaped(leaf: Leaf) -> bool:
    """Whether the numbers are right, in their order, and only the shape is another."""
    return (
        leaf.got.shape != leaf.right.shape
        and leaf.got.size == leaf.right.size
        and alike(leaf.got.ravel(), leaf.right.ravel(), leaf.single)
    )


def permuted(leaf: Leaf) -> bool:
    """Whether the numbers are right, in another order."""
    same = leaf.got.size == leaf.right.size and leaf.got.size > 1
    return same and alike(np.sort(leaf.got, axis=None), np.sort(leaf.right, axis=None), leaf.single)
