"""Why a function is wrong: a known mistake, or a fact about its results, or what its exception means.

`diagnose` tries them in this order; `known` has the question's own mistakes, everything else here knows no
question.
"""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from mlpkit.exercises.diagnosis.exceptions import explained
from mlpkit.exercises.diagnosis.known import (
    calls,
    expected,
    given,
    known_mistake,
    lost,
    one_for_each_property,
)
from mlpkit.exercises.diagnosis.relations import PACKED, relation
from mlpkit.exercises.diagnosis.unfinished import unfinished
from mlpkit.exercises.failing_call import size
from mlpkit.exercises.mistakes import Misconception
from mlpkit.exercises.records import Question
from mlpkit.exercises.sandboxed.plain import Items, Numbers
from mlpkit.exercises.sandboxed.run import Observation

__all__ = ["Diagnosis", "diagnose"]


@dataclass(frozen=True)
class Diagnosis:
    """A misconception, or a relation, or an exception explained; `hint` what to look at.

    `more`: whether something else is wrong as well; `explained`: the hint itself says what is wrong.
    """

    misconception: Misconception | None = None
    relation: str | None = None
    hint: str = ""
    more: bool = False
    explained: bool = False


def diagnose(question: Question, seen: list[Observation], seed: int = 0) -> Diagnosis:
    """The best that can be said about observations that lose points; an empty Diagnosis where it is nothing."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _diagnosed(question, seen, seed)


def _diagnosed(question, seen, seed):
    known = known_mistake(question, seen, seed)
    if known and known.whole:
        return Diagnosis(known.misconception, hint=known.misconception.hint)
    missing = unfinished(question, seen, expected(question, seed))
    listed = with_entries(seen)
    if missing and listed is seen:
        return Diagnosis(hint=missing, explained=True)
    if missing:  # a generator or another iterator: what it gives one by one is looked at as well
        more, hint = _about_entries(question, listed, seed)
        return Diagnosis(relation=missing + more, hint=hint)
    if known and any(o.raised for o in seen):
        return Diagnosis(known.misconception, hint=known.misconception.hint, more=True)
    found = None if any(o.raised for o in seen) else relation(question, seen, seed)
    if found and (
        not known or (not known.values and found.text.startswith("On every input your result is "))
    ):
        return Diagnosis(relation=found.text, hint=found.hint)
    if known:
        return Diagnosis(known.misconception, hint=known.misconception.hint, more=True)
    raised = [j for j, o in enumerate(seen) if o.raised]
    if not raised:
        both = one_for_each_property(question, seen, seed)
        text = ", and as if ".join(one.name for one in both)
        return Diagnosis(relation=f"It is as if {text}", hint=both[0].hint) if both else Diagnosis()
    asked = calls(question, seed)
    first = min(raised, key=lambda j: size(asked[j]))  # the one that is shown as a failing call
    hint = explained(question, given(question, seed)[first], seen[first])
    if len(raised) < len(seen):
        some = "; ".join(question.probes[j].about or question.probes[j].name for j in raised[:3])
        hint = f"Only for some inputs an exception comes ({some}). {hint}"
    return Diagnosis(hint=hint, explained=True)


def _about_entries(question, listed, seed):
    """What is to be said of the entries of an iterator, as the end of a sentence, and a hint."""
    if not lost(question, listed, seed):
        return "; its entries are right: make a list of them", PACKED
    known = known_mistake(question, listed, seed)
    if known and known.values:
        return f"; besides, it looks as if {known.misconception.name}", known.misconception.hint
    found = relation(question, listed, seed)
    return (f"; besides, {found.text[0].lower()}{found.text[1:]}", found.hint) if found else ("", PACKED)


def with_entries(seen: list[Observation]) -> list[Observation]:
    """The observations with the entries of generators and other iterators as their values; the same where there are none."""
    if not all(isinstance(o.entries, Numbers | Items) for o in seen):
        return seen
    return [replace(o, value=o.entries) for o in seen]
