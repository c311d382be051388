"""What the solution gives on other arguments: one negated, two exchanged, one left out, taken from the call before.

A `Change` turns the arguments of a call into others; when the solution on these gives what the student's
function gave, that is a fact about the function. It knows no question.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpkit.exercises.sandboxed.run import Built


@dataclass(frozen=True)
class Change:
    """`text` completes "your result is what the right function gives …"; `of(arguments) -> arguments or None`."""

    text: str
    hint: str
    of: Callable[[tuple], tuple | None]

    def made(self, arguments: tuple) -> tuple | None:
        """The changed arguments; None where these do not allow the change."""
        try:
            return self.of(arguments)
        except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError):
            return None


def _sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))


def _softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _more_than_one(x):
    return x.ndim and len(x) > 1


USE = "Follow {0} through your lines: where does it first become something else?"
ONCE = "Where does {0} stand in the formula? Is it used there as it comes?"
# arrays of floats: what is put in place of the argument
ARRAYS: tuple[tuple[str, str, Callable], ...] = (
    ("for −{0} instead of {0}", "Follow the signs: which one in front of {0} is on the slide?", lambda x: -x),
    ("if {0} is 0 everywhere", "Where does {0} enter your result?", np.zeros_like),
    ("if {0} is 1 everywhere", "Where does {0} enter your result?", np.ones_like),
    ("for |{0}| instead of {0}", "Can {0} be negative? What becomes of its sign?", np.abs),
    ("for 2{0} instead of {0}", ONCE, lambda x: 2 * x),
    ("for {0}/2 instead of {0}", ONCE, lambda x: x / 2),
    ("for {0}² instead of {0}", ONCE, np.square),
    (
        "for the transposed {0}",
        "Which axis of {0} is which? A square matrix hides it.",
        lambda x: x.T if x.ndim == 2 else None,
    ),
    (
        "with the rows of {0} in reverse order",
        "In which order do you go through {0}?",
        lambda x: x[::-1] if _more_than_one(x) else None,
    ),
    (
        "with the columns of {0} in reverse order",
        "In which order do you go through {0}?",
        lambda x: x[:, ::-1] if x.ndim == 2 and x.shape[1] > 1 else None,
    ),
    (
        "for σ({0}) instead of {0}",
        "Is {0} already what you take it for: a logit, or a probability?",
        _sigmoid,
    ),
    ("for σ({0})(1 − σ({0})) instead of {0}", ONCE, lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    (
        "for the softmax of {0} instead of {0}",
        "Is {0} already what you take it for: logits, or probabilities?",
        lambda x: _softmax(x) if x.ndim else None,
    ),
    ("for tanh({0}) instead of {0}", ONCE, np.tanh),
    ("for exp({0}) instead of {0}", ONCE, np.exp),
    ("for log({0}) instead of {0}", ONCE, np.log),
    (
        "for max(0, {0}) instead of {0}",
        "What becomes of the negative entries of {0}?",
        lambda x: np.maximum(x, 0),
    ),
    (
        "for min(0, {0}) instead of {0}",
        "What becomes of the positive entries of {0}?",
        lambda x: np.minimum(x, 0),
    ),
    ("for 1 − {0} instead of {0}", ONCE, lambda x: 1 - x),
    (
        "for {0} minus its mean",
        "Is {0} centred on the slide?",
        lambda x: x - x.mean() if x.size > 1 else None,
    ),
    ("for {0} minus its largest entry", USE, lambda x: x - x.max() if x.size > 1 else None),
    ("for {0} cut to whole numbers", "Is there an array of whole numbers on the way of {0}?", np.trunc),
    ("for {0} rounded to whole numbers", "Is there an array of whole numbers on the way of {0}?", np.rint),
    (
        "if every row of {0} is like the first",
        "Which row of {0} do you read?",
        lambda x: np.broadcast_to(x[:1], x.shape) if _more_than_one(x) else None,
    ),
    (
        "if every row of {0} is like the last",
        "Which row of {0} do you read?",
        lambda x: np.broadcast_to(x[-1:], x.shape) if _more_than_one(x) else None,
    ),
    (
        "if all of {0} but its first entry is 0",
        "How many entries of {0} do you use?",
        lambda x: (
            x * (np.arange(len(x)) == 0).reshape(-1, *[1] * (x.ndim - 1)) if _more_than_one(x) else None
        ),
    ),
    (
        "if the last row of {0} is 0",
        "Where does your loop end? range(n) stops before n.",
        lambda x: (
            x * (np.arange(len(x)) < len(x) - 1).reshape(-1, *[1] * (x.ndim - 1))
            if _more_than_one(x)
            else None
        ),
    ),
    (
        "if the last column of {0} is 0",
        "Where does your loop end? range(n) stops before n.",
        lambda x: x * (np.arange(x.shape[1]) < x.shape[1] - 1) if x.ndim == 2 and x.shape[1] > 1 else None,
    ),
    (
        "for {0} shifted by one place",
        "Does your index start at 0, and where does it end?",
        lambda x: np.roll(x, 1, 0) if _more_than_one(x) else None,
    ),
    (
        "for {0} shifted by one place the other way",
        "Does your index start at 0, and where does it end?",
        lambda x: np.roll(x, -1, 0) if _more_than_one(x) else None,
    ),
    (
        "for the mean of {0} in place of its entries",
        USE,
        lambda x: np.full_like(x, x.mean()) if x.size > 1 else None,
    ),
    (
        "for the sum of {0} in place of its entries",
        USE,
        lambda x: np.full_like(x, x.sum()) if x.size > 1 else None,
    ),
    (
        "for the means of the columns of {0}",
        USE,
        lambda x: np.broadcast_to(x.mean(axis=0), x.shape) if x.ndim == 2 else None,
    ),
)
LABELS: tuple[tuple[str, str, Callable], ...] = (
    ("for 1 − {0} instead of {0}, the labels exchanged", "What does {0} = 1 stand for?", lambda y: 1 - y),
    (
        "for 2{0} − 1 instead of {0}",
        "Which labels does your formula expect: 0 and 1, or −1 and +1?",
        lambda y: 2 * y - 1,
    ),
    (
        "for {0} − 1 instead of {0}, although labels start at 0",
        "Do the labels start at 0 or at 1?",
        lambda y: y - 1,
    ),
    (
        "for {0} + 1 instead of {0}, although labels start at 0",
        "Do the labels start at 0 or at 1?",
        lambda y: y + 1,
    ),
    ("if {0} is 0 everywhere", "Where does {0} enter your result?", np.zeros_like),
    ("if {0} is 1 everywhere", "Where does {0} enter your result?", np.ones_like),
    ("with {0} in reverse order", "In which order do you go through {0}?", lambda y: y[::-1]),
    (
        "if every label is like the first",
        "Which entry of {0} do you read?",
        lambda y: np.full_like(y, y[0]) if y.size else None,
    ),
)
SCALARS: tuple[tuple[str, str, Callable], ...] = (
    ("for −{0} instead of {0}", "Follow the signs: which one in front of {0} is on the slide?", lambda v: -v),
    ("if {0} is 0", "Where does {0} enter your result?", lambda v: 0 * v),
    ("if {0} is 1", "Where does {0} enter your result?", lambda v: 0 * v + 1),
    ("for 2{0} instead of {0}", ONCE, lambda v: 2 * v),
    ("for {0}/2 instead of {0}", ONCE, lambda v: v / 2),
    ("for {0}² instead of {0}", "How often do you use {0}?", lambda v: v * v),
    (
        "for √{0} instead of {0}",
        "Is {0} itself asked for, or its square? A variance is the square of a deviation.",
        np.sqrt,
    ),
    ("for 1/{0} instead of {0}", "Is divided by {0}, or multiplied?", lambda v: 1 / v if v else None),
    ("for |{0}| instead of {0}", "Can {0} be negative?", abs),
    ("for {0} − 1 instead of {0}", "Do you count from 0 or from 1? Where does range end?", lambda v: v - 1),
    ("for {0} + 1 instead of {0}", "Do you count from 0 or from 1? Where does range end?", lambda v: v + 1),
    (
        "for {0} cut to a whole number",
        "Is there a division with //, or int(…)?",
        lambda v: float(np.trunc(v)) if isinstance(v, float) else None,
    ),
    ("for −1/{0} instead of {0}", ONCE, lambda v: -1 / v if v else None),
)
# a count is never made much larger: what doubles with each step would take for ever
COUNTS = (
    ("for {0} − 1 instead of {0}", "Do you count from 0 or from 1? Where does range end?", lambda v: v - 1),
    ("for {0} + 1 instead of {0}", "Do you count from 0 or from 1? Where does range end?", lambda v: v + 1),
    ("for {0} − 2 instead of {0}", "Do you count from 0 or from 1? Where does range end?", lambda v: v - 2),
    ("for {0}/2 instead of {0}", ONCE, lambda v: v // 2 if v % 2 == 0 else None),
    ("if {0} is 1", "Where does {0} enter your result?", lambda v: 1),
    ("if {0} is 2", "Where does {0} enter your result?", lambda v: 2),
)
EXCHANGED = "Read the order of the arguments in the first line of the function once more."
LAYERS: tuple[tuple[str, str, Callable], ...] = (
    ("with the layers of {0} in reverse order", "Which layer comes first?", lambda p: p[::-1]),
    (
        "without the last layer of {0}",
        "Where does your loop over the layers end?",
        lambda p: p[:-1] if len(p) > 1 else None,
    ),
    (
        "without the first layer of {0}",
        "Where does your loop over the layers start?",
        lambda p: p[1:] if len(p) > 1 else None,
    ),
    (
        "if all biases of {0} are 0",
        "Where do the biases enter?",
        lambda p: [(W, np.zeros_like(b)) for W, b in p],
    ),
    ("for −b instead of b in every layer", "Follow the signs.", lambda p: [(W, -b) for W, b in p]),
    ("for transposed weights", "Which axis of W holds the inputs?", lambda p: [(W.T, b) for W, b in p]),
)


def changes(parameters: tuple[str, ...], arguments: tuple) -> list[Change]:
    """All changes that make sense for arguments like these."""
    found = []
    for i, (name, value) in enumerate(zip(parameters, arguments, strict=False)):
        for text, hint, one in _of_kind(value):
            found.append(Change(text.format(name), hint.format(name), _replace(i, one)))
    found += _exchanges(parameters, arguments)
    return found


def _of_kind(value):
    if isinstance(value, np.ndarray):
        return LABELS + ARRAYS if value.dtype.kind in "iu" or _two_valued(value) else ARRAYS
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return LAYERS
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return COUNTS
    if isinstance(value, float | np.floating):
        return SCALARS
    return IDENTITY if isinstance(value, Built) and value.maker == "functions.named" else ()


IDENTITY = (
    (
        "if {0} is left out, {0}(z) = z",
        "Where is {0} called, and with what?",
        lambda g: Built("functions.named", {"name": "identity"}),
    ),
)


def _two_valued(value):
    return value.size > 0 and set(np.unique(value)) <= {0.0, 1.0}


def _replace(i, one):
    def of(arguments):
        with np.errstate(all="ignore"):
            value = one(arguments[i])
        return None if value is None else (*arguments[:i], value, *arguments[i + 1 :])

    return of


def _exchanges(parameters, arguments):
    found = []
    for i in range(len(arguments)):
        for j in range(len(arguments)):
            if i == j or _sort(arguments[i]) != _sort(arguments[j]):
                continue
            one, other = parameters[i], parameters[j]
            if i < j:
                found.append(Change(f"with {one} and {other} exchanged", EXCHANGED, _exchange(i, j)))
            text = f"if {other} stands in the place of {one}"
            found.append(Change(text, f"Where do you write {other} and mean {one}?", _put(i, j)))
    return found


def _sort(value):
    """What an argument may be exchanged with: numbers of both kinds with numbers, arrays with arrays."""
    return "number" if isinstance(value, int | float | np.generic) else type(value)


def _exchange(i, j):
    def of(arguments):
        swapped = list(arguments)
        swapped[i], swapped[j] = arguments[j], arguments[i]
        return tuple(swapped)

    return of


def _put(i, j):
    def of(arguments):
        swapped = list(arguments)
        swapped[i] = arguments[j]
        return tuple(swapped)

    return of
