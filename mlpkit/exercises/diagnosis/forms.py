"""Results whose numbers are there, but packed otherwise: a tuple around it, a dictionary, another order."""

from dataclasses import replace
from itertools import permutations

import numpy as np

from mlpkit.exercises.diagnosis.leaves import alike
from mlpkit.exercises.diagnosis.names import results
from mlpkit.exercises.sandboxed.plain import Items, Nothing, Numbers, Other, Text

KINDS = {
    "ndarray": "an array",
    "float": "a number",
    "float64": "a number",
    "int": "a number",
    "dict": "a dictionary",
}


def packing(question, seen, wanted) -> str | None:
    """What the form of the results is, where that is wrong in every case and can be said; else None."""
    if any(o.raised for o in seen):
        return None
    got, right = [o.value for o in seen], [o.value for o in wanted]
    for say in (_wrapped, _one_part, _reordered, _flat, _other):
        if text := say(question, got, right):
            return text
    return None


def unpacked(seen, wanted):
    """Results whose arrays are as many as expected, in another form: ("You return a dictionary", the arrays).

    The text and the observations, their values in the form that is expected; "" and the same where there is
    nothing to say.
    """
    values, chosen = [], _one_of_several(seen, wanted)
    if chosen is not None:
        several = f"you return a {seen[0].value.kind} of {len(seen[0].value.items)} entries"
        taken = [replace(o, value=o.value.items[chosen]) for o in seen]
        return f"{several}, of which number {chosen + 1} is what is asked for", taken
    for got, right in zip(seen, wanted, strict=True):
        if got.raised or not isinstance(got.value, Items) or not isinstance(right.value, Items):
            return "", seen
        flat = arrays(got.value)
        if not got.value.names or right.value.names or len(flat) != len(arrays(right.value)):
            return "", seen
        order = _natural(got.value) if len(flat) == len(got.value.items) else range(len(flat))
        values.append(_refilled(right.value, iter([flat[i] for i in order])))
    return "you return a dictionary", [replace(o, value=value) for o, value in zip(seen, values, strict=True)]


def _one_of_several(seen, wanted):
    """Which entry of a tuple or list has the form of the result, in all cases and alone; None where none has."""
    values = [o.value for o in seen]
    if any(o.raised for o in seen) or not all(isinstance(v, Items) and not v.names for v in values):
        return None
    if len({len(v.items) for v in values}) != 1 or any(
        _formed_like(v, o.value) for v, o in zip(values, wanted, strict=True)
    ):
        return None
    fitting = [
        i
        for i in range(len(values[0].items))
        if all(_formed_like(v.items[i], o.value) for v, o in zip(values, wanted, strict=True))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _formed_like(one, other):
    """Whether a value has as many arrays as another, nested in the same way; shapes count but for axes of length 1."""
    if isinstance(other, Numbers):
        return isinstance(one, Numbers) and one.values.squeeze().shape == other.values.squeeze().shape
    if isinstance(other, Items):
        same_length = isinstance(one, Items) and len(one.items) == len(other.items)
        return same_length and all(map(_formed_like, one.items, other.items))
    return type(one) is type(other)


def _natural(value):
    """The places of a dictionary's entries: dW1, db1, dW2, db2 in the order of their numbers."""
    numbers = [int("".join(filter(str.isdigit, name)) or 0) for name in value.names]
    return sorted(range(len(numbers)), key=lambda i: numbers[i])


def _refilled(like, found):
    if isinstance(like, Items):
        return Items(like.kind, tuple(_refilled(entry, found) for entry in like.items))
    return Numbers(next(found), "float64", "ndarray") if isinstance(like, Numbers) else like


def _wrapped(question, got, right):
    """A tuple or dictionary in which the result is one of several entries."""
    if not all(isinstance(one, Items) for one in got) or len({len(one.items) for one in got}) != 1:
        return None
    if all(
        isinstance(other, Items) and len(other.items) == len(one.items) and not one.names
        for one, other in zip(got, right, strict=True)
    ):
        return None
    kind = {"dict": "a dictionary"}.get(got[0].kind, f"a {got[0].kind} of {len(got[0].items)} entries")
    for i in range(len(got[0].items)):
        if all(same(one.items[i], other) for one, other in zip(got, right, strict=True)):
            place = f"'{got[0].names[i]}'" if got[0].names else str(i + 1)
            return f"You return {kind}; its entry {place} alone is what is asked for, and it is right"
    if got[0].names and all(
        same(Items("tuple", one.items), other) or _stacked(one, other)
        for one, other in zip(got, right, strict=True)
    ):
        return "You return a dictionary; its entries are right: return them as a tuple, in the order of the docstring"
    return None


def _stacked(one, other):
    """Whether the numbers of a dictionary are those of one array, in its order."""
    found = arrays(one)
    fits = isinstance(other, Numbers) and len(found) == len(one.items) and len({a.shape for a in found}) == 1
    return fits and alike(np.stack(found), other.values)


def _one_part(question, got, right):
    """One part of several is returned alone."""
    if not all(isinstance(one, Items) for one in right) or len({len(one.items) for one in right}) != 1:
        return None
    names = results(question)
    for i in range(len(right[0].items)):
        if all(same(one, other.items[i]) for one, other in zip(got, right, strict=True)):
            name = names[i] if i < len(names) else f"entry {i + 1}"
            return f"You return {name} alone, which is right; {len(right[0].items)} results are asked for"
    return None


def _reordered(question, got, right):
    """All parts are there and right, in another order."""
    if not all(
        isinstance(one, Items) and isinstance(other, Items) and len(one.items) == len(other.items)
        for one, other in zip(got, right, strict=True)
    ):
        return None
    if all(
        same(Items(one.kind, one.items[::-1]), other) for one, other in zip(got, right, strict=True)
    ) and not all(same(one, other) for one, other in zip(got, right, strict=True)):
        return "The entries of your result are right, in reverse order"
    n = len(right[0].items)
    if n > 4 or any(len(one.items) != n for one in right):
        return _inner_order(got, right)
    names = results(question) or tuple(f"entry {i + 1}" for i in range(n))
    for order in permutations(range(n)):
        if list(order) == list(range(n)):
            continue
        if all(
            same(Items(one.kind, tuple(one.items[i] for i in order)), other)
            for one, other in zip(got, right, strict=True)
        ):
            came = [""] * n
            for place, i in enumerate(order):
                came[i] = names[place] if place < len(names) else f"entry {place + 1}"
            return f"The parts of your result are right, in the order ({', '.join(came)})"
    return _inner_order(got, right)


def _inner_order(got, right):
    """A list of pairs whose pairs are the other way round."""

    def turned(one):
        pairs = all(isinstance(entry, Items) and len(entry.items) == 2 for entry in one.items)
        return (
            Items(one.kind, tuple(Items(e.kind, e.items[::-1]) for e in one.items))
            if pairs and one.items
            else None
        )

    both = [(turned(one), other) for one, other in zip(got, right, strict=True)]
    if all(one is not None and same(one, other) for one, other in both):
        return "The two entries of every pair are right, and the other way round"
    return None


def _flat(question, got, right):
    """The same arrays, nested otherwise: two lists for a list of pairs, everything in one list."""
    both = [(arrays(one), arrays(other)) for one, other in zip(got, right, strict=True)]
    if not all(len(one) == len(other) and len(other) > 1 for one, other in both):
        return None
    if all(_equal(one, other) for one, other in both):
        if all(same(one, other) for one, other in zip(got, right, strict=True)):
            return None
        return "All arrays are right and in their order, and nested otherwise than the docstring says"
    if all(_equal(one, other[::2] + other[1::2]) for one, other in both):
        return "All arrays are right, as two lists; a list of pairs is asked for"
    return None


def _other(question, got, right):
    """No numbers at all, or a text."""
    if all(isinstance(one, Text) for one in got):
        return "You return a text; numbers are asked for"
    if all(isinstance(one, Other) for one in got):
        return f"You return {got[0].what}, which is no {'list of arrays' if isinstance(right[0], Items) else 'array of numbers'}"
    if all(isinstance(one, Numbers) for one in got) and all(isinstance(one, Items) for one in right):
        return f"You return {KINDS.get(got[0].kind, 'a ' + got[0].kind)}; a {right[0].kind} of {_many(right)} is asked for"
    if all(isinstance(one, Nothing) for one in got) and not any(isinstance(one, Nothing) for one in right):
        return "You return None"
    return None


def _many(right):
    counts = {len(one.items) for one in right}
    return f"{counts.pop()} entries" if len(counts) == 1 else "several entries"


def arrays(value) -> list[np.ndarray]:
    """All arrays of a result in their order."""
    if isinstance(value, Numbers):
        return [value.values]
    return [one for entry in value.items for one in arrays(entry)] if isinstance(value, Items) else []


def _equal(some, others):
    return len(some) == len(others) and all(
        alike(one, other) for one, other in zip(some, others, strict=True)
    )


def same(one, other) -> bool:
    """Whether two results are equal in form and numbers."""
    if isinstance(one, Numbers) and isinstance(other, Numbers):
        return alike(one.values, other.values, one.dtype == "float32")
    if isinstance(one, Items) and isinstance(other, Items):
        return len(one.items) == len(other.items) and all(
            same(a, b) for a, b in zip(one.items, other.items, strict=True)
        )
    return type(one) is type(other) and not isinstance(one, Numbers | Items) and one == other
