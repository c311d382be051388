"""Plain data: a student's value without any object of the student's, and its form as JSON."""

import base64
import json
import sys
from contextlib import suppress
from dataclasses import dataclass, fields

import numpy as np

LONGEST = 2000  # characters of a text
LARGEST = 2_000_000  # numbers of an array
DEEPEST = 8
MOST = 2000  # entries of a list


@dataclass(frozen=True, eq=False)
class Numbers:
    """An array of float64, with the dtype and the kind that it came as (ndarray, list, float, …)."""

    values: np.ndarray
    dtype: str
    kind: str


@dataclass(frozen=True)
class Items:
    """A list, tuple or dictionary whose entries are not all single numbers."""

    kind: str
    items: tuple
    names: tuple = ()


@dataclass(frozen=True)
class Text:
    """A str."""

    text: str


@dataclass(frozen=True)
class Nothing:
    """None, or `...`."""


@dataclass(frozen=True)
class Other:
    """What cannot be compared, described: 'a function', 'an array of complex numbers'."""

    what: str


def plain(value, depth=0):
    """Any value -> Numbers, Items, Text, Nothing or Other; whatever the value is, nothing is raised.

    >>> plain([1, 2.5]).values, plain(np.float32(3)).dtype
    (array([1. , 2.5]), 'float32')
    >>> plain(print)
    Other(what='a builtin_function_or_method')
    """
    try:
        return _plain(value, depth)
    except Exception as error:
        return Other(f"an object that cannot be read ({type(error).__name__})")


def _plain(value, depth):
    kind = type(value)
    if value is None or value is ... or value is NotImplemented:
        return Nothing()
    if issubclass(kind, str):
        return Text(str.__str__(value)[:LONGEST])
    if issubclass(kind, list | tuple):
        return _sequence(value, kind, depth)
    if issubclass(kind, dict):
        entries = list(dict.items(value))[:MOST]
        names = tuple(str(key)[:100] for key, _ in entries)
        return Items("dict", tuple(plain(entry, depth + 1) for _, entry in entries), names)
    if issubclass(kind, bool | int | float | complex | np.ndarray | np.generic) or hasattr(kind, "__array__"):
        return _numbers(value, kind.__name__)
    return Other(f"a {kind.__name__}")


def _sequence(value, kind, depth):
    entries = list(kind.__iter__(value))
    if (len(entries) > MOST and depth) or len(entries) > LARGEST:
        return Other(f"a {kind.__name__} of {len(entries)} entries")
    if entries and _single_numbers(entries):
        with suppress(ValueError):  # rows of rows that differ in length further down
            return _numbers(entries, kind.__name__)
    if depth >= DEEPEST:
        return Other("a list of lists that never ends")
    if len(entries) > MOST:
        return Other(f"a {kind.__name__} of {len(entries)} entries")
    return Items(kind.__name__, tuple(plain(entry, depth + 1) for entry in entries))


def _single_numbers(entries, depth=0):
    """Whether these are numbers, or rows of one length of numbers, with no array among them."""
    if all(isinstance(entry, bool | int | float | np.generic) or _is_single(entry) for entry in entries):
        return True
    if depth > 4 or not all(type(entry) in (list, tuple) for entry in entries):
        return False
    return len({len(entry) for entry in entries}) == 1 and all(
        entry and _single_numbers(entry, depth + 1) for entry in entries
    )


def _is_single(entry):
    return isinstance(entry, np.ndarray) and entry.ndim == 0


def _numbers(value, kind):
    masked = sys.modules.get("numpy.ma")  # which NumPy imports at its first use: that takes a while
    if masked and isinstance(value, masked.MaskedArray):
        value = np.ma.filled(value.astype(float), np.nan)  # what is masked is missing
    array = np.asarray(value)
    if array.size > LARGEST:
        return Other(f"an array of {array.size} numbers")
    dtype = str(array.dtype)
    if array.dtype.kind == "c":
        if np.any(np.imag(array)):
            return Other("an array of complex numbers")
        array = np.real(array)
    elif array.dtype.kind not in "fiubO":
        return Other(f"an array of {dtype}")
    return Numbers(np.array(array, dtype=np.float64, order="C", subok=False), dtype, kind)


def unchanged(before, after):
    """Whether an argument is bit for bit what it was; an object of another kind counts as so."""
    if type(before) is np.ndarray:
        same_form = type(after) is np.ndarray and before.shape == after.shape and before.dtype == after.dtype
        return same_form and before.tobytes() == after.tobytes()
    if type(before) in (list, tuple):
        return len(before) == len(after) and all(map(unchanged, before, after))
    if type(before) is dict:
        return before.keys() == after.keys() and all(unchanged(before[k], after[k]) for k in before)
    if type(before) in (bool, int, float, str):
        return before == after
    return True


KINDS = {cls.__name__: cls for cls in (Numbers, Items, Text, Nothing, Other)}


def to_json(node):
    """Plain data as what `json` can write: dictionaries, lists, texts and numbers."""
    if isinstance(node, np.ndarray):
        little = np.ascontiguousarray(node, dtype="<f8")
        return {"shape": list(node.shape), "data": base64.b64encode(little.tobytes()).decode("ascii")}
    if isinstance(node, tuple | list):
        return [to_json(entry) for entry in node]
    if type(node).__name__ in KINDS:
        return {"is": type(node).__name__, **{f.name: to_json(getattr(node, f.name)) for f in fields(node)}}
    return node


def pack(node) -> str:
    """Plain data as one line of JSON, to be sent out of the student's process."""
    return json.dumps(to_json(node))


def unpack(text: str):
    """The plain data that `pack` wrote, checking everything: ValueError for anything else.

    >>> unpack(pack(plain((1.0, 2.0)))).values
    array([1., 2.])
    """
    try:
        return from_json(json.loads(text))
    except (TypeError, KeyError, AttributeError, RecursionError, UnicodeError) as error:
        raise ValueError(f"not plain data: {error}") from error


def from_json(node, depth=0):
    """The plain data of `to_json`; ValueError, TypeError or KeyError for anything else."""
    if depth > 4 * DEEPEST:
        raise ValueError("plain data is not that deep")
    wanted = {"Items": ("kind", "items", "names"), "Text": ("text",), "Nothing": (), "Other": ("what",)}
    if node["is"] == "Numbers":
        shape = tuple(int(n) for n in node["values"]["shape"])
        if any(n < 0 for n in shape) or len(shape) > 32:
            raise ValueError("no such shape")
        data = base64.b64decode(node["values"]["data"], validate=True)
        values = np.frombuffer(data, dtype="<f8").astype(np.float64)
        return Numbers(values.reshape(shape), str(node["dtype"])[:40], str(node["kind"])[:100])
    found: dict = {name: node[name] for name in wanted[node["is"]]}
    for name, value in found.items():
        found[name] = str(value)[:LONGEST]
    if node["is"] == "Items":
        found["items"] = tuple(from_json(entry, depth + 1) for entry in node["items"])
        found["names"] = tuple(str(name)[:100] for name in node["names"])
    return KINDS[node["is"]](**found)
