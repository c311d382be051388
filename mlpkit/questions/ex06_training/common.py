"""What the questions of this set share: properties of facts that an observer has found."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpkit.exercises.comparisons import custom, failed, form
from mlpkit.exercises.records import Mismatch
from mlpkit.exercises.sandboxed.plain import Items, Numbers, Text
from mlpkit.exercises.sandboxed.run import Built


def generator(r):
    """A generator of its own for the student's function, made from the probe's."""
    return Built("ex06.generator", {"seed": int(r.integers(2**31))})


def facts(observation) -> dict[str, Any]:
    """The observer's dictionary: arrays, numbers and texts by name; {"came": its kind} for anything else."""
    value = observation.value
    if not isinstance(value, Items) or value.kind != "dict":
        return {"came": form(value)}
    return {name: _fact(one) for name, one in zip(value.names, value.items, strict=True)}


def _fact(one):
    if isinstance(one, Text):
        return one.text
    if isinstance(one, Numbers):
        return one.values if one.values.ndim else float(one.values)
    return form(one)


def same_facts(name, points, texts, on=(), advice=""):
    """The property that facts are the solution's; texts: {fact: (text if true, text if not) or a function}."""
    return custom(name, points, SameFacts(texts), on, advice)


@dataclass(frozen=True)
class SameFacts:
    """The comparison that `same_facts` makes."""

    texts: dict[str, Any] = field(hash=False)

    def __call__(self, got, wanted):
        if mismatch := failed(got, wanted):
            return mismatch
        one, other = facts(got), facts(wanted)
        if one.get("came") != other.get("came"):
            return Mismatch(
                other.get("came", "an answer that can be read"), one.get("came", "another answer")
            )
        for fact, texts in self.texts.items():
            if not _equal(one.get(fact), other.get(fact)):
                return Mismatch(_text_of(texts, other.get(fact)), _text_of(texts, one.get(fact)))
        return None


def _equal(a, b):
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return np.array_equal(a, b, equal_nan=True)
    return type(a) is type(b) and bool(a == b)


def _text_of(texts: Any, fact) -> str:
    if callable(texts):
        return str(texts(fact))
    return texts[0] if fact else texts[1]


def as_shape(fact):
    """'shape (3, 5)'."""
    return f"shape {tuple(int(n) for n in fact)}" if np.ndim(fact) else "no shape"
