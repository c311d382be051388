"""What holds between what came and what was expected, where no known mistake fits: facts, never guesses.

The layer knows no question. It compares on all cases: the right result changed (`outputs`), the solution on
changed arguments (`inputs`), a known mistake with something on top, parts and regions that are right, digits.

Imports: maths.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mlpkit.exercises.diagnosis.forms import packing
from mlpkit.exercises.diagnosis.inputs import Change, changes
from mlpkit.exercises.diagnosis.known import PATIENCE, calls, expected, given, indistinct, is_value, mistaken
from mlpkit.exercises.diagnosis.leaves import Leaf, informative, layers, leaves, parts
from mlpkit.exercises.diagnosis.names import numbers_around, part_name
from mlpkit.exercises.diagnosis.outputs import SIMPLE, Output, permuted, reshaped, scalings
from mlpkit.exercises.diagnosis.regions import region
from mlpkit.exercises.sandboxed.run import Call, Observation, observations

ENOUGH = 2  # numbers that say something, below which agreement may be chance


@dataclass(frozen=True)
class Relation:
    """A fact about a function's results, in one sentence without its full stop, and a question that it raises."""

    text: str
    hint: str


def relation(question, seen: list[Observation], seed: int) -> Relation | None:
    """The first fact that holds on all cases, or on all that are wrong; None where there is none."""
    if not question.relations or any(o.raised == "TimeLimit" for o in seen):
        return None
    wanted = expected(question, seed)
    if text := packing(question, seen, wanted):
        return Relation(text, "Compare the form of your result with the docstring's last line.")
    places = list(range(len(seen)))
    wrong = [j for j in places if not indistinct(question, seen[j], wanted[j], is_value)]
    if not wrong:
        return None
    numbers = [numbers_around(question, arguments) for arguments in given(question, seed)]
    for cases in (places, wrong) if len(wrong) < len(places) else (places,):
        where = "On every input" if cases is places else _cases(question, cases)
        found = leaves(seen, wanted, cases)
        if not found:
            continue
        view = _View(question, seen, seed, cases, found, numbers)
        for look in (
            _right_one_changed,
            _arguments_changed,
            _by_parts,
            _regions,
            _on_top,
            _digits,
            _call_before,
        ):
            if fact := look(view):
                text = fact.text.replace("{where}", where)
                return Relation(text[0].upper() + text[1:], fact.hint)
    return None


@dataclass(frozen=True)
class _View:
    question: object
    seen: list
    seed: int
    cases: list
    found: list
    numbers: list

    def with_right(self, found):
        return _View(self.question, self.seen, self.seed, self.cases, found, self.numbers)


def _cases(question, cases):
    named = [question.probes[j].about or question.probes[j].name for j in cases]
    some = "; ".join(named[:3]) + (" …" if len(named) > 3 else "")
    return f"Where it is wrong ({some})"


def _right_one_changed(view):
    name = "your result"
    fact = _changed(view.found, view.numbers)
    return fact and Relation(f"{{where}} {name} is the right one {fact.text}", fact.hint)


def _changed(found: list[Leaf], numbers, enough=ENOUGH) -> Output | None:
    """The first output that holds for all these arrays, where `enough` of their numbers say something."""
    if informative(found) < enough:
        return None
    first = max(found, key=lambda leaf: (min(informative([leaf]), 3), -leaf.right.size))
    around = [numbers[leaf.case] for leaf in found]
    if all(reshaped(leaf) or not leaf.wrong for leaf in found) and any(map(reshaped, found)):
        one = next(filter(reshaped, found))
        text = f"in another shape: {one.got.shape} instead of {one.right.shape}"
        return Output(text, "The numbers are right. Which axis is too many, or missing?", lambda r, n: r)
    for one in (*scalings(first, numbers[first.case]), *SIMPLE):
        if one.holds(first, numbers[first.case]) and all(map(one.holds, found, around)):
            return one
    if all(map(permuted, found)) and all(leaf.right.size > 2 for leaf in found):
        return Output(
            "in another order: the numbers are there",
            "In which order do you go through the input?",
            lambda r, n: r,
        )
    return None


def _arguments_changed(view):
    """The solution on changed arguments."""
    for change, here, full in _on_changed_arguments(view):
        if not here.wrong and (found := full()) and not any(leaf.wrong for leaf in found):
            return Relation(
                f"{{where}} your result is what the right function gives {change.text}", change.hint
            )
    return None


def _both_changed(view):
    """The solution on changed arguments, and its result changed as well."""
    for change, here, full in _on_changed_arguments(view):
        if here.wrong and _changed([here], view.numbers, 1) and (found := full()):
            if out := _changed(found, view.numbers):
                text = f"{{where}} it is as if two things were wrong: your result is what the right function gives {change.text}, {out.text}"
                return Relation(text, f"{change.hint} {out.hint}")
    return None


def _on_changed_arguments(view):
    """Each change with the leaf of the telling case, and a function that computes all leaves (or None)."""
    first = _smallest(view)
    for i, change in enumerate(_changes(view.question, view.seed)):
        swapped = _rebased(_on_changed(view.question, view.seed, i, first.case), view, [first.case])
        here = [leaf for leaf in swapped or [] if leaf.where == first.where]
        if here:
            yield change, here[0], lambda i=i: _all_rebased(view, i)


def _smallest(view):
    useful = [leaf for leaf in view.found if leaf.wrong] or view.found
    return min(useful, key=lambda leaf: (informative([leaf]) < 2, leaf.right.size))


@lru_cache(maxsize=64)
def _changes(question, seed) -> list[Change]:
    return changes(question.parameters, given(question, seed)[0])


@lru_cache(maxsize=8192)
def _on_changed(question, seed, index, place):
    call = calls(question, seed)[place]
    try:
        arguments = _changes(question, seed)[index].of(given(question, seed)[place])
    except Exception:
        arguments = None
    if arguments is None:
        return None
    (seen,) = observations(question.solution, [Call(call.probe, arguments, call.observer)], PATIENCE)
    return None if seen.raised else seen


def _rebased(other, view, cases):
    """The leaves with another observation in the place of the right one."""
    if other is None:
        return None
    (case,) = cases
    theirs = [None] * len(view.seen)
    theirs[case] = other
    return leaves(view.seen, theirs, [case])


def _all_rebased(view, index):
    found = []
    for case in view.cases:
        one = _rebased(_on_changed(view.question, view.seed, index, case), view, [case])
        if one is None:
            return None
        found += one
    return found


def _says_something(found, view):
    """Whether the changed expectation differs from the right one, and holds enough numbers."""
    varied = sum(leaf.right.size for leaf in found)
    return varied >= ENOUGH and any(leaf.right.size and np.isfinite(leaf.right).any() for leaf in found)


def _by_parts(view):
    """Part by part: which are right, and what the others are."""
    for group in (parts(view.found), layers(view.found)):
        if len(group) < 2:
            continue
        wrong = {key: some for key, some in group.items() if any(leaf.wrong for leaf in some)}
        if not wrong:
            continue
        said, hints, unknown = [], [], []
        for key, some in wrong.items():
            fact = _part_fact(view, key, some)
            name = part_name(view.question, key)
            if fact is None:
                unknown.append(name)
            else:
                said.append(f"{name} is {fact.text}")
                hints.append(fact.hint)
        right = [part_name(view.question, key) for key in group if key not in wrong]
        if not said:
            continue
        text = f"{{where}} {'; '.join(said)}"
        if unknown:
            text += f"; {', '.join(unknown)} {'are' if len(unknown) > 1 else 'is'} wrong as well"
        if right:
            text += f"; {', '.join(right)} {'are' if len(right) > 1 else 'is'} right"
        return Relation(text, hints[0])
    return None


def _part_fact(view, key, some):
    out = _changed(some, view.numbers)
    if out:
        return Relation(f"the right one {out.text}", out.hint)
    for i, change in enumerate(_changes(view.question, view.seed)):
        if (full := _all_rebased(view, i)) is None:
            continue
        here = [
            leaf for leaf in full if any(leaf.where == one.where and leaf.case == one.case for one in some)
        ]
        if len(here) == len(some) and not any(leaf.wrong for leaf in here) and _says_something(here, view):
            return Relation(f"what the right function gives {change.text}", change.hint)
    for known in _mistakes_rebased(view):
        here = [
            leaf
            for leaf in known[1]
            if any(leaf.where == one.where and leaf.case == one.case for one in some)
        ]
        if len(here) == len(some) and not any(leaf.wrong for leaf in here):
            return Relation(f"as if {known[0].name}", known[0].hint)
    return None


def _mistakes_rebased(view):
    """Each known mistake with the leaves compared with it."""
    for i, known in enumerate(view.question.misconceptions):
        found = []
        for case in view.cases:
            other = mistaken(view.question, i, view.seed, case)
            one = None if other.raised else _rebased(other, view, [case])
            if one is None:
                break
            found += one
        else:
            yield known.fitted({}), found


def _regions(view):
    found = region(view.found, view.question.parameters, given(view.question, view.seed))
    return found and Relation(f"{{where}} your result is {found.text}", found.hint)


def _on_top(view):
    """A known mistake, and an output of it."""
    first = _smallest(view)
    for i, known in enumerate(view.question.misconceptions):
        other = mistaken(view.question, i, view.seed, first.case)
        swapped = None if other.raised else _rebased(other, view, [first.case])
        here = [leaf for leaf in swapped or [] if leaf.where == first.where]
        if not here or informative(here) < 1:
            continue
        if not any(
            one.holds(here[0], view.numbers[first.case])
            for one in (*scalings(here[0], view.numbers[first.case]), *SIMPLE)
        ):
            continue
        full = []
        for case in view.cases:
            other = mistaken(view.question, i, view.seed, case)
            one = None if other.raised else _rebased(other, view, [case])
            if one is None:
                break
            full += one
        else:
            if out := _changed(full, view.numbers):
                shown = known.fitted({})
                text = f"{{where}} it is as if {shown.name}, and on top of that: your result is then right {out.text}"
                return Relation(text, f"{shown.hint} {out.hint}")
    return None


def _digits(view):
    """Near, but not exact: how many digits are right."""
    worst, single = 0.0, all(leaf.single for leaf in view.found)
    for leaf in view.found:
        if leaf.got.shape != leaf.right.shape or not np.isfinite(leaf.got).all():
            return None
        used = np.abs(leaf.right) > 0
        if not np.array_equal(np.isfinite(leaf.right), np.isfinite(leaf.got)):
            return None
        if used.any():
            worst = max(worst, float(np.max(np.abs(leaf.got - leaf.right)[used] / np.abs(leaf.right)[used])))
    if not 0 < worst <= 1e-2 or informative(view.found) < ENOUGH:
        return None
    digits = max(1, int(-np.log10(worst)))
    why = "; it comes as float32, which has seven" if single else ""
    return Relation(
        f"{{where}} your result is near the right one: about {digits} digits agree{why}",
        "The formula is nearly right. Is there an approximation in it, a small number added, a coarse step or a rounded constant?",
    )


def _call_before(view):
    """The call before: state that is kept between calls."""
    if len(view.seen) < 3 or len(view.cases) < len(view.seen):
        return None
    wanted = expected(view.question, view.seed)
    shifted = [None, *wanted[:-1]]
    found = leaves(view.seen, shifted, list(range(1, len(view.seen))))
    if found and not any(leaf.wrong for leaf in found) and informative(found) >= ENOUGH:
        return Relation(
            "your result is the right one of the call before",
            "Something is kept between two calls. What is made outside of your function, or as a default value?",
        )
    return None


LOOKS = (
    _right_one_changed,
    _arguments_changed,
    _by_parts,
    _regions,
    _on_top,
    _both_changed,
    _digits,
    _call_before,
)
