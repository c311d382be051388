"""What a result may be beside the right one: scaled, transposed, added up, rounded, reordered …

An `Output` says "the right one, transposed" and computes that from the right one; what agrees on all cases is
a fact. It knows no question, only the sizes and numbers of the call.

Imports: maths.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.diagnosis.leaves import Leaf, alike

Numbers = dict[str, float]
FIXED = {
    -1.0: "with the opposite sign",
    2.0: "times 2",
    0.5: "times ½",
    -2.0: "times −2",
    -0.5: "times −½",
    float(1 / np.log(2)): "divided by log 2, as with logarithms of base 2",
    float(1 / np.log(10)): "divided by log 10, as with logarithms of base 10",
    float(np.pi): "times π",
    float(1 / np.pi): "divided by π",
}


@dataclass(frozen=True)
class Output:
    """`text` completes "your result is the right one …"; `hint` asks a question; `of(right, numbers) -> array`.

    `undo`: computed from what came instead, and compared with the right one.
    """

    text: str
    hint: str
    of: Callable[[np.ndarray, Numbers], np.ndarray | None]
    undo: bool = False

    def holds(self, leaf: Leaf, numbers: Numbers) -> bool:
        """Whether it is so for one array of a result."""
        try:
            with np.errstate(all="ignore"):
                came = self.of(leaf.got if self.undo else leaf.right, numbers)
        except (ValueError, IndexError, TypeError, np.exceptions.AxisError):
            return False
        if came is None:
            return False
        single = leaf.single
        return alike(came, leaf.right, single) if self.undo else alike(leaf.got, np.asarray(came), single)


SCALE = "Multiply one entry out by hand: which factor is too much, or missing?"
AXIS = "Which axis holds the examples, and over which one should be added?"
SHAPE = "Compare shapes: the one that you return with the one in the docstring."


def _named(name, value):
    return Output(f"times {name}", SCALE, value)


def scalings(leaf: Leaf, numbers: Numbers) -> list[Output]:
    """Factors and terms that explain this array: a fixed number, a size, an argument."""
    if leaf.got.shape != leaf.right.shape:
        return []
    here = np.isfinite(leaf.right) & np.isfinite(leaf.got)
    used = here & (leaf.right != 0)
    found = []
    if used.any():
        at = np.unravel_index(np.argmax(np.where(used, np.abs(leaf.right), -1.0)), leaf.right.shape)
        factor = float(leaf.got[at] / leaf.right[at])
        found += _factors(factor, numbers)
    if here.any():
        at = np.unravel_index(np.argmax(np.where(here, np.abs(leaf.right), -1.0)), leaf.right.shape)
        found += _terms(float(leaf.got[at] - leaf.right[at]), numbers)
    return found


def _near(one, other, digits=1e-6):
    return abs(one - other) <= digits * abs(other)


def _factors(factor, numbers):
    if factor == 0 or not np.isfinite(factor):
        return []
    found = [
        Output(words, _sign_or_scale(value), lambda r, _, value=value: value * r)
        for value, words in FIXED.items()
        if _near(factor, value)
    ]
    for name, value in numbers.items():
        if value in (0.0, 1.0) or not np.isfinite(value):
            continue
        for words, make in POWERS.items():
            for k, sign in (
                (1.0, ""),
                (-1.0, ", and with the opposite sign"),
                (2.0, ", and times 2"),
                (0.5, ", and times ½"),
            ):
                if value > 0 and _near(factor, k * make(value)):
                    found.append(
                        Output(
                            words.format(name) + sign,
                            _size_hint(name),
                            lambda r, n, name=name, make=make, k=k: (
                                r * k * make(n[name]) if name in n else None
                            ),
                        )
                    )
    found.append(Output(f"times {factor:.4g}", SCALE, lambda r, _, factor=factor: factor * r))
    return found


POWERS = {
    "times {}": lambda v: v,
    "divided by {}": lambda v: 1 / v,
    "times the square of {}": lambda v: v * v,
    "divided by the square of {}": lambda v: 1 / (v * v),
    "times the square root of {}": lambda v: v**0.5,
    "divided by the square root of {}": lambda v: v**-0.5,
}


def _sign_or_scale(value):
    return "Which way should it go if the input grows a little? Follow the signs." if value == -1.0 else SCALE


def _size_hint(name):
    if "the number of" in name or "length" in name:
        return "Write every example down twice: should your result stay, or double? Where is divided by a size, and where not?"
    return f"Where does {name} stand in the formula, and how often do you use it?"


def _terms(term, numbers):
    if term == 0 or not np.isfinite(term):
        return []
    found = []
    for name, value in numbers.items():
        for sign, words in ((1, "plus"), (-1, "minus")):
            if value and _near(term, sign * value):
                found.append(
                    Output(
                        f"{words} {name}",
                        f"Where does {name} stand in the formula, and do you use it once?",
                        lambda r, n, name=name, sign=sign: r + sign * n[name] if name in n else None,
                    )
                )
    words = "minus" if term < 0 else "plus"
    hint = "Work one small example out by hand: which term is too much, or missing?"
    found.append(Output(f"{words} {abs(term):.4g}", hint, lambda r, _: r + term))
    return found


def _over(reduce, words, axis):
    names = {0: "over the first axis", -1: "over the last axis", None: "over everything"}
    text = f"{words} {names[axis]}"
    flat = Output(text, AXIS, lambda r, _: reduce(r, axis=axis) if r.ndim else None)
    kept = Output(
        text + ", the axis kept", AXIS, lambda r, _: reduce(r, axis=axis, keepdims=True) if r.ndim else None
    )
    back = Output(
        f"{words} {names[axis]}, the same for all entries",
        AXIS,
        lambda r, _: np.broadcast_to(reduce(r, axis=axis, keepdims=True), r.shape) if r.ndim else None,
    )
    return [flat, kept, back] if axis != -1 else [flat, kept, back]


def _several(axis):
    names = {0: "first", -1: "last", None: "all"}
    of = f"over {'everything' if axis is None else f'its {names[axis]} axis'}"
    too_many = "with an axis too many: "
    return [
        Output(
            f"once it is added up {of}; as it is, there is one axis too many",
            AXIS,
            lambda g, _: g.sum(axis=axis) if g.ndim else None,
            undo=True,
        ),
        Output(
            f"once its mean is taken {of}; as it is, there is one axis too many",
            AXIS,
            lambda g, _: g.mean(axis=axis) if g.ndim else None,
            undo=True,
        ),
    ]


def _first(text, hint, take):
    return Output(text, hint, lambda g, _: take(g) if g.ndim and len(g) > 1 else None, undo=True)


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


def _elementwise(text, hint, function):
    return Output(text, hint, lambda r, _: function(r))


def _sigmoid(r):
    return 1 / (1 + np.exp(-np.clip(r, -700, 700)))


ROUND = "Which kind of numbers does your array hold: whole ones, or floats? Do you round anywhere?"
AFTER = "Is something done to the result after the formula is complete?"
MISSING = "Is the last step of the formula there?"
SIMPLE = (
    Output(
        "but transposed",
        "Rows are examples. What are the rows of your result?",
        lambda r, _: r.T if r.ndim == 2 else None,
    ),
    Output("in another shape", SHAPE + " Its numbers are right.", lambda g, _: None, undo=True),
    _reversed(0),
    _reversed(1),
    Output("shifted by one place", "Does your index start at 0, and where does it end?", _rolled),
    Output(
        "shifted by one place",
        "Does your index start at 0, and where does it end?",
        lambda r, n: np.roll(r, -1, 0) if r.ndim and len(r) > 1 else None,
    ),
    *[one for axis in (None, 0, -1) for one in _over(np.sum, "added up", axis)],
    *[one for axis in (None, 0, -1) for one in _over(np.mean, "averaged", axis)],
    *[one for axis in (None, 0, -1) for one in _over(np.max, "reduced to the largest", axis)],
    *[one for axis in (None, 0, -1) for one in _several(axis)],
    _first("in its first entry; there are more", "How many results are asked for?", lambda g: g[0]),
    _first("in its last entry; there are more", "How many results are asked for?", lambda g: g[-1]),
    _first(
        "on its diagonal; it became a table because a row met a column",
        "(N,) and (N, 1) make (N, N). Which shapes meet in your formula?",
        lambda g: np.diagonal(g) if g.ndim == 2 and g.shape[0] == g.shape[1] else None,
    ),
    _elementwise("rounded to the nearest whole number", ROUND, np.rint),
    _elementwise("rounded down to whole numbers", ROUND, np.floor),
    _elementwise("cut to whole numbers", ROUND, np.trunc),
    _elementwise("rounded up to whole numbers", ROUND, np.ceil),
    *[
        _elementwise(
            f"rounded to {d} digits after the point",
            "Return every digit; rounding is for showing.",
            lambda r, d=d: np.round(r, d),
        )
        for d in (1, 2, 3, 4, 5, 6)
    ],
    _elementwise("without its sign", "Can the right result be negative? What makes yours positive?", np.abs),
    _elementwise(
        "with the sign of the negative of its size", "Can the right result be positive?", lambda r: -np.abs(r)
    ),
    _elementwise(
        "with all negative entries set to 0",
        "What becomes of negative numbers in your function?",
        lambda r: np.maximum(r, 0),
    ),
    _elementwise(
        "with all positive entries set to 0",
        "What becomes of positive numbers in your function?",
        lambda r: np.minimum(r, 0),
    ),
    _elementwise("squared", AFTER, np.square),
    _elementwise("under a square root", AFTER, np.sqrt),
    _elementwise("in the exponent: you return e to the power of it", AFTER, np.exp),
    _elementwise("in the exponent, with a minus sign", AFTER, lambda r: np.exp(-r)),
    _elementwise("under a logarithm", AFTER, np.log),
    _elementwise("under a logarithm, with a minus sign", AFTER, lambda r: -np.log(r)),
    _elementwise(
        "taken from 1", "Which of the two is asked for: the number, or what is missing to 1?", lambda r: 1 - r
    ),
    _elementwise("minus 1", "Is a 1 counted twice, or forgotten?", lambda r: r - 1),
    _elementwise("upside down: 1 divided by it", "Which of the two is divided by which?", lambda r: 1 / r),
    _elementwise("inside a sigmoid", AFTER, _sigmoid),
    _elementwise("inside a tanh", AFTER, np.tanh),
    _elementwise("times 1 minus itself", AFTER, lambda r: r * (1 - r)),
    _elementwise("reduced to its sign", AFTER, np.sign),
    _elementwise("reduced to 0 and 1 at ½", "Is a class asked for, or a number?", lambda r: (r > 0.5) * 1.0),
    _elementwise("reduced to 0 and 1 at 0", "Is a class asked for, or a number?", lambda r: (r > 0) * 1.0),
    Output(
        "added up on the way: entry n is the sum of all before it",
        "Which variable is not set back?",
        lambda r, _: np.cumsum(r, axis=0) if r.ndim else None,
    ),
    Output(
        "sorted",
        "Is the order of the entries given by the input?",
        lambda r, _: np.sort(r, axis=-1) if r.ndim else None,
    ),
    Output(
        "divided by the sum of its rows",
        AXIS,
        lambda r, _: r / r.sum(axis=-1, keepdims=True) if r.ndim else None,
    ),
    Output(
        "divided by the sum of its columns",
        AXIS,
        lambda r, _: r / r.sum(axis=0, keepdims=True) if r.ndim else None,
    ),
    Output("divided by its own length", AFTER, lambda r, _: r / np.linalg.norm(r) if r.ndim else None),
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
