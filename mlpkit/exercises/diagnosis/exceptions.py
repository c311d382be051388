"""What an exception of the student's means here, in words: with both shapes, and the names of what has them."""

import re
from collections.abc import Callable

import numpy as np

from mlpkit.exercises.diagnosis.names import shapes
from mlpkit.exercises.sandboxed.run import Observation


def explained(question, arguments: tuple, seen: Observation) -> str:
    """One or two sentences about the exception of one call: what Python or NumPy means, and where to look."""
    at = f" in {seen.line}" if seen.line else ""
    if seen.helper:
        return f"{seen.helper} has no `return` with a value, so that None comes out of it{at}. Which of its lines gives the result back?"
    if seen.form and not seen.line:  # it came back, and cannot be looked at
        return (
            f"What your function returns is {KINDS.get(seen.form, 'a ' + seen.form)}, and not of the form that the "
            f"docstring asks for. Taking it apart ended with {seen.raised}: {seen.message}."
        )
    for pattern, say in TABLE:
        kind, _, text = pattern.partition(": ")
        if seen.raised in kind.split("|") or kind == "*":
            found = re.search(text, seen.message) if text else re.match("", "")
            if found:
                return say(found, question, arguments).replace("{at}", at)
    said = f": {seen.message}" if seen.message else ""
    return (
        f"Your function raised {seen.raised}{said}{at}. "
        "Call it in a cell of your own with the arguments shown here, and read the last lines of the traceback."
    )


KINDS = {"dict": "a dictionary"}


def _shapes(text) -> list[tuple[int, ...]]:
    found = re.findall(r"\(([\d, ]*)\)", text)
    return [tuple(int(n) for n in re.findall(r"\d+", one)) for one in found]


def _with_names(shape, question, arguments):
    """'(5, 3), like X (N, n_in)'; a number that has the shape of no argument stands alone."""
    names = [
        f"{name} ({', '.join(shapes(question)[name])})" if name in shapes(question) else name
        for name, value in zip(question.parameters, arguments, strict=False)
        if isinstance(value, np.ndarray) and value.shape == shape
    ]
    return f"{shape}, the shape of {' and of '.join(names)}" if names else f"{shape}"


def _broadcast(found, question, arguments):
    both = _shapes(found.string)
    said = " and ".join(_with_names(one, question, arguments) for one in both[:2])
    return (
        f"Two arrays do not fit together{{at}}: {said}. Axes are compared from the right, and each pair must be "
        "equal, or one of them 1. Which axis is missing or too many (keepdims=True keeps one), or should one be transposed?"
    )


def _too_large(found, question, arguments):
    one, other = _shapes(found.string)[:2]
    return (
        f"An array of shape {one} is to take in a result of shape {other}{{at}}. "
        "Did a row meet a column on the way? Print the shapes of both sides."
    )


def _product(found, question, arguments):
    one, other = found.group(2), found.group(1)
    arrays = [
        f"{name} is {value.shape}"
        for name, value in zip(question.parameters, arguments, strict=False)
        if isinstance(value, np.ndarray)
    ]
    given = f" ({', '.join(arrays)})" if arrays else ""
    return (
        f"A matrix product does not fit{{at}}: the left factor has {one} columns, the right one {other} rows{given}. "
        "Which factor has to be transposed, or are the two in the wrong order?"
    )


def _several_shapes(found, question, arguments):
    both = _shapes(found.string)
    said = " and ".join(_with_names(one, question, arguments) for one in both[:2])
    return f"A product does not fit{{at}}: {said}. The last axis of the left one must be as long as the first of the right one."


def _says(text) -> Callable:
    return lambda found, question, arguments: text


def _argument_count(found, question, arguments):
    line = f"def {question.name}({', '.join(question.parameters)}):"
    return f"The function is called with {len(arguments)} arguments. Its first line must be `{line}`; Python says: {found.string}."


def _no_name(found, question, arguments):
    name = found.group(1)
    if name in ("np", "numpy"):
        return f"The name {name} is not known{{at}}: run the notebook's first cell, which imports NumPy."
    if name in question.parameters or name.lower() in {p.lower() for p in question.parameters}:
        return f"The name {name} is not known{{at}}; the arguments are called {', '.join(question.parameters)}. Python minds small and capital letters."
    return f"The name {name} is not known{{at}}: is it spelled as where it is made, and is the cell that makes it run?"


def _none(found, question, arguments):
    return (
        "Something is None{at} where a value is needed. A helper without `return` gives None; so do `list.append`, "
        "`list.sort` and `rng.shuffle`, which work in place. Which of your calls has no result?"
    )


TABLE: tuple[tuple[str, Callable], ...] = (
    (
        "ValueError: truth value of an array",
        _says(
            "An `if`, `while`, `and`, `or`, `min` or `max` asks a whole array for one yes or no{at}. Each entry decides for itself: "
            "np.where, a mask, np.minimum or np.maximum work entry by entry."
        ),
    ),
    ("ValueError: non-broadcastable output operand", _too_large),
    ("ValueError: could not be broadcast|not broadcastable|could not broadcast", _broadcast),
    (
        "ValueError: all the input array",
        _says(
            "The arrays that are joined do not fit together{at}. They need the same number of axes, and the same lengths "
            "along all but the one along which they are joined; x[:, None] makes a column (N, 1) of (N,)."
        ),
    ),
    (
        "ValueError: boolean array indexing assignment",
        _says(
            "The places that a mask chooses, and the values for them, are not as many{at}. Is the mask on both sides of the `=`?"
        ),
    ),
    (
        "ValueError: array split does not result",
        _says(
            "np.split makes parts of equal length{at}, and these cannot be equal. np.split can also be told the places to cut at."
        ),
    ),
    (
        "TypeError: return arrays must be of ArrayType|output must be an array",
        _says(
            "A function of NumPy takes its second argument for the place of its result{at}: np.tanh(x, y) writes into y. How many arguments does it need?"
        ),
    ),
    (
        'TypeError: can only concatenate (\\w+) \\(not "(\\w+)"\\)',
        lambda f, q, c: (
            f"A {f.group(1)} and a {f.group(2)} are joined with +{{at}}. Both must be of one kind; to add up numbers entry by entry, make arrays of them."
        ),
    ),
    ("ValueError: mismatch in its core dimension \\d+.*size (\\d+) is different from (\\d+)", _product),
    ("ValueError: shapes .* not aligned", _several_shapes),
    (
        "ValueError: does not have enough dimensions|Input operand \\d does not have",
        _says(
            "A matrix product meets a single number{at}. Is one of the factors a number, for which * is meant?"
        ),
    ),
    (
        "ValueError: cannot reshape array of size (\\d+) into shape (.*)",
        lambda f, q, c: (
            f"{f.group(1)} numbers do not fill the shape {f.group(2).replace(',', ', ')}{{at}}. Where does that shape come from?"
        ),
    ),
    (
        "ValueError: setting an array element with a sequence",
        _says(
            "One place of an array is to take several numbers{at}. Should the line compute one number, or does the array need another shape?"
        ),
    ),
    (
        "ValueError: assignment destination is read-only|output array is read-only",
        _says("An array that may not be written to is changed{at}. Make one of your own: .copy()."),
    ),
    (
        "ValueError: zip\\(\\) argument|too many values to unpack|not enough values to unpack",
        _says(
            "The two sides do not have the same number of entries{at}. How long is the list, and how many entries has each of its elements?"
        ),
    ),
    (
        "ValueError: math domain error|expected a (nonnegative|positive) input",
        _says("A logarithm or root of a number that has none{at}. Which one can be 0 or negative?"),
    ),
    (
        "TypeError: only (length-1|0-dimensional|size-1) arrays|can only be converted|only integer scalar arrays",
        _says(
            "A function or an index that takes one number gets an array{at}. `math` works on single numbers; np.exp, np.log, np.tanh take arrays."
        ),
    ),
    ("TypeError|AttributeError|ValueError: NoneType", _none),
    (
        "UFuncTypeError|_UFuncOutputCastingError|TypeError: Cannot cast|casting rule|same_kind",
        _says(
            "Numbers with a fraction are to be stored in an array of whole numbers{at}. Where is it made: zeros_like of labels, np.zeros(…, int), a copy of whole numbers?"
        ),
    ),
    (
        "UFuncNoLoopError|_UFuncNoLoopError|TypeError: ufunc .* not supported|did not contain a loop",
        _says(
            "A NumPy function gets something that is no array of numbers{at}: a list of arrays of several shapes, a text or None."
        ),
    ),
    ("TypeError: positional argument|required positional|unexpected keyword", _argument_count),
    (
        "TypeError: object is not callable",
        _says(
            "Something is called that is no function{at}: is a `*` missing before a bracket, or does a variable have a function's name?"
        ),
    ),
    (
        "TypeError: is not subscriptable|invalid index to scalar",
        _says(
            "A single number has no entries{at}: has a sum, a product or a loop already reduced it? keepdims=True keeps an axis."
        ),
    ),
    (
        "TypeError: object is not iterable|cannot unpack non-iterable|iteration over a 0-d",
        _says("A single number is gone through like a list{at}. What is it, and what should it be?"),
    ),
    (
        "TypeError: has no len|object of type",
        _says("A single number has no length{at}. What is it, and what should it be?"),
    ),
    (
        "TypeError: unsupported operand|can.t multiply sequence|bad operand type",
        _says(
            "An operation gets something that is neither a number nor an array{at}: a list or tuple where an array is meant (np.array makes one), a function that is not called, a text."
        ),
    ),
    (
        "TypeError: cannot be interpreted as an integer|expected a sequence of integers|slice indices must be|indices must be integers",
        _says(
            "A whole number is needed{at}: / gives a float also where it divides evenly, // a whole number."
        ),
    ),
    (
        "TypeError: not supported between instances",
        _says("Two things are compared that have no order{at}. What is on each side?"),
    ),
    (
        "IndexError: out of bounds|out of range",
        _says(
            "An index is larger than its axis is long{at}. Where does the loop end, and along which axis does it run? Indices start at 0."
        ),
    ),
    (
        "IndexError: too many indices",
        _says(
            "An array has fewer axes than it gets indices{at}. Which axis was lost? A sum over an axis removes it; keepdims=True keeps it."
        ),
    ),
    (
        "IndexError: arrays used as indices|only integers, slices|boolean index did not match|shape mismatch",
        _says(
            "An index does not fit{at}: labels must be whole numbers, and a mask must have the shape of what it chooses from."
        ),
    ),
    (
        "AxisError: ",
        _says(
            "An axis is asked for that the array does not have{at}. How many axes has it there? A sum removes one; keepdims=True keeps it."
        ),
    ),
    ("NameError: name '(\\w+)' is not defined", _no_name),
    (
        "UnboundLocalError: ",
        _says(
            "A variable is read before it has a value{at}. Does every way through the function set it? A name that is assigned anywhere in the function is its own there."
        ),
    ),
    (
        "AttributeError: 'list' object has no attribute",
        _says("A list is used like an array{at}: np.array(…) makes one."),
    ),
    (
        "AttributeError: '(float|int)' object has no attribute|has no attribute '(\\w+)'",
        lambda f, q, c: (
            f"Python says{{at}}: {f.string}. What is the object there, and is the name spelled right?"
        ),
    ),
    (
        "KeyError: ",
        lambda f, q, c: "A dictionary is asked for a key that it does not have{at}. Which keys are put in?",
    ),
    (
        "ZeroDivisionError: ",
        _says("Something is divided by 0{at}. Which value can become 0, and what should come out then?"),
    ),
    (
        "OverflowError: ",
        _says(
            "A number becomes too large{at}: `math.exp` raises where np.exp gives infinity. Which exponent can be large, and is there a form in which none is positive?"
        ),
    ),
    (
        "FloatingPointError: ",
        _says("NumPy was told to raise at overflow or at an invalid value, and there is one{at}."),
    ),
    (
        "RecursionError: ",
        _says("Your function calls itself without end{at}. Which call should not call again?"),
    ),
    ("NotImplementedError: ", _says("Some inputs still lead to `raise NotImplementedError`{at}.")),
    ("AssertionError: ", _says("An `assert` of your own does not hold{at}. Which case did you not expect?")),
    (
        "LinAlgError: ",
        _says("A matrix cannot be inverted, or has the wrong form{at}. Is an inverse needed here at all?"),
    ),
    ("MemoryError: ", _says("An array would be too large for the memory{at}. Which shape is asked for?")),
    (
        "ModuleNotFoundError|ImportError: ",
        lambda f, q, c: f"Python says{{at}}: {f.string}. NumPy is all that is needed.",
    ),
    ("SystemExit: ", _says("Your function ends Python{at}. It should return a value instead.")),
    (
        "EOFError: ",
        _says("Your function asks for input{at}; it is called with arguments, and nobody can type."),
    ),
    ("StopIteration: ", _says("`next` is called where nothing is left{at}.")),
)
