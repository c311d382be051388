"""What the numbers around a call are called: sizes and arguments, as the question's docstring names them."""

import re
from functools import lru_cache

import numpy as np

AXES = ("rows", "columns", "entries along the third axis")
MANY = 4  # numbers in an enumeration, above which they are counted
SYMBOL = re.compile(r"[A-Za-z]\w*")


@lru_cache(maxsize=256)
def shapes(question) -> dict[str, tuple[str, ...]]:
    """The symbols of each argument's shape in the docstring: {"X": ("N", "d"), "w": ("d",)}.

    >>> from mlpkit.exercises.registry import question
    >>> shapes(question("dense_forward"))["W"]
    ('n_in', 'n_out')
    """
    text = (question.solution.__doc__ or "").partition("->")[0]
    text = re.sub(r"(\w+) and (\w+) \(([^()]*)\)", r"\1 (\3) and \2 (\3)", text)
    found = {}
    for name, inside in re.findall(r"(\w+) \(([^()]*)\)", text):
        if name in question.parameters:
            found[name] = tuple(one.strip() for one in inside.split(",") if one.strip())
    return found


@lru_cache(maxsize=256)
def results(question) -> tuple[str, ...]:
    """The names of the parts of a result: ("dX", "dW", "db"); none for a single one.

    >>> from mlpkit.exercises.registry import question
    >>> results(question("mlp_backward"))
    ('dW', 'db')
    """
    text = (question.solution.__doc__ or "").partition("->")[2]
    inside = re.search(r"\(((?:[^()]|\([^()]*\))*)\)", text.partition("\n\n")[0])
    names = re.sub(r"\([^()]*\)", "", inside.group(1)).split(",") if inside else []
    names = [name.strip() for name in names]
    fine = len(names) > 1 and all(SYMBOL.fullmatch(name) for name in names)
    bare = text.strip().startswith("(") or "list of (" in text
    return tuple(names) if fine and bare and not _is_a_shape(question, names) else ()


def _is_a_shape(question, names):
    return set(names) <= {one for shape in shapes(question).values() for one in shape}


def numbers_around(question, arguments) -> dict[str, float]:
    """Sizes and numbers of one call, by the words for them: {"N, the number of rows of X": 5.0, "b": 0.7}."""
    found: dict[str, float] = {}
    symbols: set[str] = set()
    for name, value in zip(question.parameters, arguments, strict=False):
        if isinstance(value, np.ndarray):
            for axis, length in enumerate(value.shape[:3]):
                said = shapes(question).get(name, ())
                symbol = said[axis] if axis < len(said) else ""
                if symbol in symbols:
                    continue
                words = f"the number of {AXES[axis]} of {name}" if value.ndim > 1 else f"the length of {name}"
                if SYMBOL.fullmatch(symbol):
                    symbols.add(symbol)
                    words = f"{symbol}, {words}"
                found[words] = float(length)
            if value.ndim > 1:
                found[f"the number of entries of {name}"] = float(value.size)
        elif isinstance(value, list | tuple):
            found[f"the length of {name}"] = float(len(value))
        elif isinstance(value, int | float | np.generic) and not isinstance(value, bool):
            found[name] = float(value)
    return found


def part_name(question, key: str) -> str:
    """How a part of a result is called: 'dW', 'the W of every layer', 'entry 2', 'your result'."""
    if not key:
        return "your result"
    steps = re.findall(r"\[([\d·]+)\]|\.([^\[.]+)", key)
    last = steps[-1][0] or steps[-1][1]
    names = results(question)
    if not last.isdigit():
        if last == "·":
            return "your result"
        return f"the {last}" if " " in last else f"your {last}"
    of = next((inner for _, inner in reversed(steps) if inner), "result")
    name = names[int(last)] if int(last) < len(names) else f"entry {int(last) + 1} of your {of}"
    pairs = (
        len(steps) > 1 and not steps[0][1]
    )  # a list of pairs, and no list in a dictionary of an observer's
    return f"the {name} of every layer" if pairs and names else (f"your {name}" if names else name)


def listed(names: list[str]) -> str:
    """Names with their verb.

    >>> listed(["your dX"]), listed(["your dX", "your dW", "your db"])
    ('your dX is', 'your dX, your dW and your db are')
    >>> listed([f"entry {i} of your list" for i in (1, 2, 3)])
    'entries 1, 2 and 3 of your list are'
    """
    if len(names) == 1:
        return f"{names[0]} is"
    entries: dict[str, list[str]] = {}
    for name in names:
        if one := re.fullmatch(r"entry (\d+) (of .*)", name):
            entries.setdefault(one.group(2), []).append(one.group(1))
    said = [name for name in names if not name.startswith("entry ")]
    for of, numbers in entries.items():
        if len(numbers) > MANY:
            said.append(f"{len(numbers)} entries {of}")
        else:
            said.append(f"entr{'ies' if len(numbers) > 1 else 'y'} {_enumerated(numbers)} {of}")
    return f"{_enumerated(said)} are"


def _enumerated(words):
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def arrays_around(question, arguments) -> dict[str, np.ndarray]:
    """The arrays of one call by their names."""
    pairs = zip(question.parameters, arguments, strict=False)
    return {name: value for name, value in pairs if isinstance(value, np.ndarray)}


def layer_name(question, key: str) -> str:
    """How an entry of the outer list is called: 'entry 2 of your list'."""
    number = re.search(r"\d+", key)
    return f"entry {int(number.group()) + 1} of your list" if number else part_name(question, key)
