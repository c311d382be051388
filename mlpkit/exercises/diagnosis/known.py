"""The question's own wrong solutions on its probes, and which of them explains what came."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mlpkit.exercises.diagnosis.fitting import fit
from mlpkit.exercises.diagnosis.leaves import leaves
from mlpkit.exercises.mistakes import Misconception
from mlpkit.exercises.records import Property, Question
from mlpkit.exercises.sandboxed.run import Built, Observation, observations

PATIENCE = 60.0  # seconds; our own functions need milliseconds


@dataclass(frozen=True)
class Known:
    """A misconception that explains what came: everything where `whole`, all that is wrong about it where `values`."""

    misconception: Misconception
    whole: bool
    values: bool = True


@lru_cache(maxsize=256)
def expected(question: Question, seed: int) -> list[Observation]:
    """What the solution gives, one observation per probe."""
    return observations(question.solution, calls(question, seed), PATIENCE)


@lru_cache(maxsize=256)
def calls(question: Question, seed: int):
    """The calls of a seed, made once."""
    return question.calls(seed)


@lru_cache(maxsize=256)
def given(question: Question, seed: int) -> list[tuple]:
    """The arguments of every call, arrays with gaps in memory as the arrays that they are."""
    return [tuple(map(_without_gaps, call.arguments)) for call in calls(question, seed)]


def _without_gaps(argument):
    gaps = isinstance(argument, Built) and argument.maker == "functions.strided"
    return argument.options["values"] if gaps else argument


@lru_cache(maxsize=16384)
def mistaken(question: Question, index: int, seed: int, place: int) -> Observation:
    """A wrong solution on one probe: for most of them one is enough to tell it from the student's."""
    wrong = question.misconceptions[index].wrong
    (seen,) = observations(wrong, [calls(question, seed)[place]], PATIENCE)
    return seen


@lru_cache(maxsize=2048)
def _loses(question, index, seed):
    seen = [mistaken(question, index, seed, place) for place in range(len(question.probes))]
    return frozenset(lost(question, seen, seed))


def lost(question: Question, seen: list[Observation], seed: int) -> set[str]:
    """The names of the properties that these observations do not have."""
    wanted = expected(question, seed)
    return {p.name for p in question.properties if not has(question, p, seen, wanted)}


def has(question: Question, prop: Property, seen, wanted) -> bool:
    """Whether every probe that the property looks at is as expected."""
    triples = zip(question.probes, seen, wanted, strict=True)
    return all(prop.compare(got, right) is None for probe, got, right in triples if prop.looks_at(probe.name))


def is_value(prop: Property) -> bool:
    """Whether a property is about what came, and not about the arguments."""
    return prop.name != "inputs left unchanged"


def indistinct(question: Question, one: Observation, other: Observation, also=lambda prop: True) -> bool:
    """Whether no property that looks at this probe can tell the two observations apart."""
    if one.raised or other.raised:
        return one.raised == other.raised
    compared = [p.compare for p in question.properties if p.looks_at(one.probe) and also(p)]
    return all(compare(one, other) is None and compare(other, one) is None for compare in compared)


def known_mistake(question: Question, seen: list[Observation], seed: int) -> Known | None:
    """The misconception whose wrong solution gives what the student's function gives.

    First one that agrees on all probes in everything that is compared, its numbers fitted if it has any. Then
    one that explains all wrong values: it agrees in them wherever the student's are wrong, and loses no
    property that the student has. Last, where there are two mistakes at once, one that explains a whole
    property, such as the ordinary values where those at ±1000 are wrong for a second reason.
    """
    wanted = expected(question, seed)
    places = range(len(seen))

    def agrees(i, where, also=lambda prop: True):
        return all(indistinct(question, seen[j], mistaken(question, i, seed, j), also) for j in where)

    for i, known in enumerate(question.misconceptions):
        if agrees(i, places) and _same_messages(seen, [mistaken(question, i, seed, j) for j in places]):
            return Known(known.fitted({}), True)
        if known.fits and (found := fitted(question, known, seen, seed)):
            return Known(found, True)
    losses = lost(question, seen, seed)
    wrong = [j for j in places if not indistinct(question, seen[j], wanted[j], is_value)]
    groups = [p for p in question.properties if len(p.on) > 1 and is_value(p) and p.name in losses]
    for part in (wrong, *([j for j in places if seen[j].probe in p.on] for p in groups)) if wrong else ():
        if any(seen[j].raised for j in part) or (part is not wrong and not _say_enough(seen, wanted, part)):
            continue
        for i, known in enumerate(question.misconceptions):
            if agrees(i, part, is_value) and _loses(question, i, seed) <= losses:
                everything = set(part) >= set(wrong)
                same = _loses(question, i, seed) == losses
                return Known(known.fitted({}), everything and same, values=everything)
    return None


def _say_enough(seen, wanted, part):
    """Whether these cases have three numbers or more, and arrays more than one: these agree by chance."""
    found = leaves(seen, wanted, part)
    if not found:
        return True
    wrong = [leaf.got.ravel() for leaf in found if leaf.wrong and leaf.got.size > 1]
    constant = bool(wrong) and np.ptp(np.concatenate(wrong)) == 0  # nan where something is infinite
    return sum(leaf.got.size for leaf in found) > 2 and not constant


def one_for_each_property(question: Question, seen: list[Observation], seed: int) -> list[Misconception]:
    """Two mistakes at once, where results are facts: for each lost property one that explains it alone.

    It agrees in what that property compares and loses no property that the student has. Empty where a lost
    property has none, or where the arguments are changed.
    """
    losses = lost(question, seen, seed)
    found: list[int] = []
    for prop in question.properties:
        if prop.name not in losses:
            continue
        places = [j for j, probe in enumerate(question.probes) if prop.looks_at(probe.name)]
        for i in (*found, *range(len(question.misconceptions))):
            theirs = [mistaken(question, i, seed, j) for j in places]
            if any(
                prop.compare(seen[j], o) or prop.compare(o, seen[j])
                for j, o in zip(places, theirs, strict=True)
            ):
                continue
            losing = _loses(question, i, seed)
            if prop.name in losing and losing <= losses:
                found += [i] if i not in found else []
                break
        else:
            return []
    return [question.misconceptions[i].fitted({}) for i in found]


def fitted(
    question: Question, known: Misconception, seen: list[Observation], seed: int
) -> Misconception | None:
    """The misconception with its numbers, where some make it agree on all probes; else None."""
    asked = calls(question, seed)
    values = fit(known, asked, seen, expected(question, seed))
    if values is None:
        return None
    theirs = observations(with_numbers(known.wrong, values), asked, PATIENCE)
    agrees = all(indistinct(question, one, other) for one, other in zip(seen, theirs, strict=True))
    return known.fitted(values) if agrees and _same_messages(seen, theirs) else None


def with_numbers(wrong, values):
    """The wrong solution with these values for its fitted parameters."""

    def fitted(*arguments):
        return wrong(*arguments, **values)

    return fitted


def _same_messages(seen, theirs):
    """Where every call raised, only the same message tells that the reason is the same."""
    return not all(o.raised for o in seen) or [o.message for o in seen] == [o.message for o in theirs]
