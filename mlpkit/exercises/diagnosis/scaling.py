"""Factors and terms that lie between what came and the right one: numbers, sizes, arguments of the call."""

from collections.abc import Callable, Iterator

import numpy as np

from mlpkit.exercises.diagnosis.leaves import Leaf
from mlpkit.exercises.diagnosis.outputs import Around, Output

SCALE = "Multiply one entry out by hand: which factor is too much, or missing?"
TERM = "Work one small example out by hand: which term is too much, or missing?"
SIGN = "Which way should it go if the input grows a little? Follow the signs."
ALONE = "Where do the other arguments come in, and the other steps of the formula?"
SIZE = "Write every example down twice: should your result stay, or double? Where is divided by a size, and where not?"
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
    float(np.sqrt(2)): "times √2",
    float(np.sqrt(0.5)): "divided by √2",
}
POWERS: dict[str, Callable[[float], float]] = {
    "times {}": lambda v: v,
    "divided by {}": lambda v: 1 / v,
    "times the square of {}": lambda v: v * v,
    "divided by the square of {}": lambda v: 1 / (v * v),
    "times the square root of {}": lambda v: v**0.5,
    "divided by the square root of {}": lambda v: v**-0.5,
}
TERMS: dict[str, Callable[[float], float]] = {
    "{}": lambda v: v,
    "the square of {}": lambda v: v * v,
    "1 divided by {}": lambda v: 1 / v,
    "the logarithm of {}": np.log,
}
MULTIPLES = ((1.0, ""), (-1.0, " and with the opposite sign"), (2.0, " and times 2"), (0.5, " and times ½"))


def scalings(leaf: Leaf, around: Around) -> Iterator[Output]:
    """The factors and terms that fit one entry of this array; whether they fit all is for the caller to see."""
    if leaf.got.shape != leaf.right.shape or not leaf.got.size:
        return
    both = np.isfinite(leaf.right) & np.isfinite(leaf.got)
    if not both.any():
        return
    size = np.where(both, np.abs(leaf.right), -1.0)
    at = np.unravel_index(np.argmax(size), size.shape)
    got, right = float(leaf.got[at]), float(leaf.right[at])
    if right:
        yield from _factors(got / right, around)
    yield from _terms(got - right, around)
    yield from _arrays(leaf, around)


def _near(one, other):
    return abs(one - other) <= 1e-6 * abs(other)


def _factors(factor, around):
    if factor == 0 or abs(factor - 1) < 1e-3 or not np.isfinite(factor):
        return
    for value, words in FIXED.items():
        if _near(factor, value):
            yield Output(words, SIGN if value == -1 else SCALE, lambda r, _, value=value: value * r)
    for name, value in around.numbers.items():
        if not np.isfinite(value) or value in (0.0, 1.0):
            continue
        for words, make in POWERS.items():
            for k, more in MULTIPLES:
                if value > 0 and _near(factor, k * make(value)):
                    text = words.format(name) + ("," if more and "," in name else "") + more
                    yield Output(text, _hint(name), _scaled(name, make, k))
    yield Output(f"times {factor:.4g}", SCALE, lambda r, _: factor * r, free=True)


def _scaled(name, make, k):
    return lambda r, a: r * k * make(a.numbers[name]) if name in a.numbers else None


def _shifted(name, make, k):
    return lambda r, a: r + k * make(a.numbers[name]) if name in a.numbers else None


def _hint(name):
    counted = "the number of" in name or "the length of" in name
    return SIZE if counted else f"Where does {name} stand in the formula, and how often do you use it?"


def _terms(term, around):
    if term == 0 or not np.isfinite(term):
        return
    sign = "minus" if term < 0 else "plus"
    for name, value in around.numbers.items():
        if value and _near(abs(term), abs(value)):
            k = term / value
            yield Output(
                f"{'plus' if k > 0 else 'minus'} {name}", _hint(name), _shifted(name, lambda v: v, round(k))
            )
    yield Output(f"{sign} {abs(term):.4g}", TERM, lambda r, _: r + term, free=True)
    for name, value in around.numbers.items():
        for words, make in TERMS.items():
            if value <= 0 or not make(value):
                continue
            k = term / make(value)
            text = f"{sign} {_so_often(abs(k), words.format(name))}"
            yield Output(text, TERM, _shifted(name, make, k), free=True)


def _arrays(leaf, around):
    """Arguments that enter entry by entry: as a factor, as a term, or as the result itself."""
    for name, value in around.arrays.items():
        if value.dtype.kind not in "fiu" or not np.isfinite(value).all():
            continue
        fitting = _fitted(value, leaf.right)
        if fitting is None or not fitting.any():
            continue
        twice = f"Where does {name} stand in the formula, and how often do you use it?"
        yield Output(f"times {name}, entry by entry", twice, _with(name, lambda r, x: r * x))
        yield Output(f"divided by {name}, entry by entry", twice, _with(name, lambda r, x: r / x))
        at = np.unravel_index(np.argmax(np.abs(fitting)), fitting.shape)
        if not (np.isfinite(leaf.got[at]) and np.isfinite(leaf.right[at])):
            continue
        term = float((leaf.got[at] - leaf.right[at]) / fitting[at])
        factor = float(leaf.got[at] / fitting[at])
        if np.isfinite(term) and term:
            text = f"{'plus' if term > 0 else 'minus'} {_multiple(abs(term))}{name}"
            yield Output(text, TERM, _with(name, lambda r, x, term=term: r + term * x))
        if np.isfinite(factor) and factor:
            own = f"{name} itself" if _near(factor, 1.0) else f"{_multiple(factor)}{name}"
            hint = "Where do the other arguments come in? Your result does not depend on them."
            yield Output(own, hint, _with(name, lambda r, x, factor=factor: factor * x), alone=True)


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "σ({})": lambda x: 1 / (1 + np.exp(-np.clip(x, -700, 700))),
    "1 − σ({})": lambda x: 1 / (1 + np.exp(np.clip(x, -700, 700))),
    "σ({})(1 − σ({}))": lambda x: 1 / (2 + np.exp(-np.clip(x, -700, 700)) + np.exp(np.clip(x, -700, 700))),
    "tanh({})": np.tanh,
    "1 − tanh²({})": lambda x: 1 - np.tanh(x) ** 2,
    "exp({})": np.exp,
    "exp(−{})": lambda x: np.exp(-x),
    "log({})": np.log,
    "max(0, {})": lambda x: np.maximum(x, 0),
    "1 where {} > 0, else 0": lambda x: (x > 0) * 1.0,
    "the square of {}": np.square,
    "|{}|": np.abs,
    "1 − {}": lambda x: 1 - x,
    "1 divided by {}": lambda x: 1 / x,
    "the sign of {}": np.sign,
}


def of_one_argument(leaf: Leaf, around: Around) -> Iterator[Output]:
    """Well-known functions of one argument, entry by entry, in the place of the result."""
    for name, value in around.arrays.items():
        if value.shape != leaf.got.shape or value.dtype.kind not in "fiu":
            continue
        for words, function in FUNCTIONS.items():
            text = words.replace("{}", name)
            yield Output(text, ALONE, _with(name, lambda r, x, function=function: function(x)), alone=True)


def affine(found: list[Leaf]) -> Output | None:
    """One factor and one term that together explain all numbers, where there are enough of them; else None."""
    if any(leaf.got.shape != leaf.right.shape for leaf in found):
        return None
    got = np.concatenate([leaf.got.ravel() for leaf in found])
    right = np.concatenate([leaf.right.ravel() for leaf in found])
    if not (np.isfinite(got).all() and np.isfinite(right).all()) or np.unique(np.round(right, 9)).size < 5:
        return None
    low, high = int(np.argmin(right)), int(np.argmax(right))
    k = float((got[high] - got[low]) / (right[high] - right[low]))
    c = float(got[low] - k * right[low])
    if not k or not c or abs(k) > 1e6 or abs(k - 1) < 1e-9:
        return None
    sign = "plus" if c > 0 else "minus"
    return Output(f"times {k:.4g}, {sign} {abs(c):.4g}", SCALE, lambda r, _: k * r + c, free=True)


def _so_often(k, words):
    """'0.5 times h', '0.5 divided by n'."""
    if _near(k, 1.0):
        return words
    return f"{k:.4g}{words[1:]}" if words.startswith("1 ") else f"{k:.4g} times {words}"


def _multiple(k):
    return "" if _near(k, 1.0) else f"{k:.4g} times "


def _fitted(value, like):
    """The argument in the result's shape: one number per entry, or per row, or per column."""
    if value.shape == like.shape:
        return value.astype(float)
    if value.ndim == 1 and like.ndim == 2:
        if len(value) == like.shape[1] and len(value) != like.shape[0]:
            return np.broadcast_to(value.astype(float), like.shape)
        if len(value) == like.shape[0]:
            return np.broadcast_to(value.astype(float)[:, None], like.shape)
    return None


def _with(name, combine):
    def of(right, around):
        value = _fitted(around.arrays[name], right) if name in around.arrays else None
        return None if value is None else combine(right, value)

    return of
