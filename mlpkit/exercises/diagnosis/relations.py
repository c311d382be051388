"""What holds between what came and what was expected, where no known mistake fits: facts, never guesses.

The layer knows no question. It compares on all cases: the right result changed (`outputs`), the solution on
changed arguments (`inputs`), a known mistake with something on top, parts and regions that are right, digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlpkit.exercises.diagnosis.forms import packing, unpacked
from mlpkit.exercises.diagnosis.known import expected, indistinct, is_value
from mlpkit.exercises.diagnosis.leaves import Leaf, informative, layers, leaves, parts
from mlpkit.exercises.diagnosis.names import part_name
from mlpkit.exercises.diagnosis.outputs import SIMPLE, Output, permuted, reshaped
from mlpkit.exercises.diagnosis.regions import region, splits, tails
from mlpkit.exercises.diagnosis.scaling import scalings
from mlpkit.exercises.diagnosis.view import View
from mlpkit.exercises.sandboxed.run import Observation

ENOUGH = 2  # numbers that say something, below which agreement may be chance
PACKED = "Compare the form of your result with the docstring's last line."


@dataclass(frozen=True)
class Relation:
    """A fact about a function's results, one sentence without its full stop, and a question that it raises."""

    text: str
    hint: str


def relation(question, seen: list[Observation], seed: int) -> Relation | None:
    """The first fact that holds on all cases, or on all that are wrong; None where there is none."""
    if not question.relations:
        return None
    wanted = expected(question, seed)
    if fact := _overwritten(question, seen, wanted):
        return fact
    if text := packing(question, seen, wanted):
        return Relation(text, PACKED)
    form, seen = unpacked(seen, wanted)
    every = list(range(len(seen)))
    wrong = [j for j in every if not indistinct(question, seen[j], wanted[j], is_value)]
    if form and not wrong:
        return Relation(form, PACKED)
    for cases in (every, wrong) if 0 < len(wrong) < len(every) else (every,):
        found = leaves(seen, wanted, cases)
        if not found or not any(leaf.wrong for leaf in found):
            continue
        view = View(question, seed, seen, cases, found)
        for look in LOOKS:
            if fact := look(view):
                where = (
                    "on every input " if cases is every else f"where it is wrong ({_about(question, cases)}) "
                )
                text = f"{form}; besides, {where}{fact.text}" if form else f"{where}{fact.text}"
                return Relation(text[0].upper() + text[1:], fact.hint)
    return Relation(form, PACKED) if form else None


def _overwritten(question, seen, wanted):
    """Results that are right, and arguments that are no longer what they were."""
    changed = {
        i for got, right in zip(seen, wanted, strict=True) for i in set(got.changed) - set(right.changed)
    }
    if not changed or not all(map(lambda *pair: indistinct(question, *pair, is_value), seen, wanted)):
        return None
    names = " and ".join(question.parameters[i] for i in sorted(changed))
    hint = f"Look at {names} after the call. Which line writes into an array that the caller still needs?"
    return Relation(f"Your results are right, and your function overwrites {names}", hint)


def _about(question, cases):
    named = [question.probes[j].about or question.probes[j].name for j in cases]
    return "; ".join(named[:3]) + (" …" if len(named) > 3 else "")


def changed(found: list[Leaf], around, enough=ENOUGH) -> Output | None:
    """The first output that holds for all these arrays, where `enough` of their numbers say something."""
    if informative(found) < enough:
        return None
    if all(reshaped(leaf) or not leaf.wrong for leaf in found) and any(map(reshaped, found)):
        one = next(filter(reshaped, found))
        hint = "The numbers are right. Which axis is too many, or missing?"
        return Output(f"in another shape: {one.got.shape} instead of {one.right.shape}", hint, lambda r, _: r)
    out = _held(found, around)
    if out is None and any(leaf.got.ndim != leaf.right.ndim for leaf in found):
        flat = [replace(leaf, got=leaf.got.squeeze(), right=leaf.right.squeeze()) for leaf in found]
        one = next(leaf for leaf in found if leaf.got.ndim != leaf.right.ndim)
        if out := _held(flat, around):
            return replace(
                out, text=f"{out.text}, and its shape is {one.got.shape} instead of {one.right.shape}"
            )
    if out is None and all(map(permuted, found)) and all(leaf.right.size > 2 for leaf in found):
        hint = "In which order do you go through the input?"
        return Output("in another order: the numbers are there", hint, lambda r, _: r)
    return out


def _held(found, around):
    first = max(found, key=lambda leaf: (min(informative([leaf]), 3), -leaf.right.size))
    for one in candidates(first, around[first.case]):
        if one.holds(first, around[first.case]) and all(one.holds(leaf, around[leaf.case]) for leaf in found):
            return one
    return None


def candidates(leaf, around) -> Iterator[Output]:
    """Everything that a result may be beside the right one."""
    yield from scalings(leaf, around)
    yield from SIMPLE


def _right_one_changed(view):
    out = changed(view.found, view.around)
    return out and Relation(f"your result is {out.phrase}", out.hint)


def _arguments_changed(view):
    """The solution on changed arguments."""
    for i, change in enumerate(view.changes()):
        here = view.at_the_telling_place(view.on_changed(i, view.telling.case))
        if here is None or here.wrong:
            continue
        found = view.everywhere(lambda case, i=i: view.on_changed(i, case))
        if found and not any(leaf.wrong for leaf in found):
            return Relation(f"your result is what the right function gives {change.text}", change.hint)
    return None


def _by_parts(view):
    """Part by part: which are right, and what the others are."""
    for group in (parts(view.found), layers(view.found)):
        wrong = {key: some for key, some in group.items() if any(leaf.wrong for leaf in some)}
        if len(group) < 2 or not wrong:
            continue
        facts = {key: _part_fact(view, some) for key, some in wrong.items()}
        known = {key: fact for key, fact in facts.items() if fact}
        if not known:
            continue
        said = [f"{part_name(view.question, key)} is {fact.text}" for key, fact in known.items()]
        for keys, words in (
            ([k for k in wrong if k not in known], "wrong as well"),
            ([k for k in group if k not in wrong], "right"),
        ):
            if keys:
                named = ", ".join(part_name(view.question, key) for key in keys)
                said.append(f"{named} {'are' if len(keys) > 1 else 'is'} {words}")
        return Relation("; ".join(said), next(iter(known.values())).hint)
    return None


def _part_fact(view, some):
    if out := changed(some, view.around):
        return Relation(out.phrase, out.hint)
    ours = {(leaf.case, leaf.where) for leaf in some}

    def fits(function):
        found = view.everywhere(function) or []
        here = [leaf for leaf in found if (leaf.case, leaf.where) in ours]
        return len(here) == len(some) and not any(leaf.wrong for leaf in here)

    for i, change in enumerate(view.changes()):
        if fits(lambda case, i=i: view.on_changed(i, case)):
            return Relation(f"what the right function gives {change.text}", change.hint)
    for i, known in view.mistakes():
        if fits(lambda case, i=i: view.mistaken(i, case)):
            return Relation(f"as if {known.name}", known.hint)
    return None


def _on_top(view):
    """A known mistake, and its result changed."""
    for i, known in view.mistakes():
        if out := _changed_after(view, lambda case, i=i: view.mistaken(i, case)):
            text = f"it is as if {known.name}, and your result is then the right one {out.text}"
            return Relation(text, f"{known.hint} {out.hint}")
    return None


def _both_changed(view):
    """The solution on changed arguments, and its result changed as well."""
    for i, change in enumerate(view.changes()):
        if out := _changed_after(view, lambda case, i=i: view.on_changed(i, case)):
            text = f"your result is what the right function gives {change.text}, and that {out.text}"
            return Relation(text, f"{change.hint} {out.hint}")
    return None


def _changed_after(view, function):
    """What was done to the results of a function, so that they became what came."""
    here = view.at_the_telling_place(function(view.telling.case))
    if here is None or not here.wrong or not informative([here]):
        return None
    if not changed([here], view.around, 1):
        return None
    found = view.everywhere(function)
    out = changed(found, view.around) if found else None
    return None if out is None or out.alone else out


def _mistake_on_changed(view):
    """A known mistake, on changed arguments."""
    for k, change in enumerate(view.changes()):
        for i, known in view.mistakes():
            here = view.at_the_telling_place(view.mistaken_on_changed(i, k, view.telling.case))
            if here is None or here.wrong or informative([here]) < 1:
                continue
            found = view.everywhere(lambda case, i=i, k=k: view.mistaken_on_changed(i, k, case))
            if found and not any(leaf.wrong for leaf in found) and informative(found) > ENOUGH:
                text = f"it is as if {known.name}, and that {change.text}"
                return Relation(text, f"{known.hint} {change.hint}")
    return None


def _split(view):
    found = region(view.found, view.around, splits)
    return found and Relation(f"your result is {found.text}", found.hint)


def _tail(view):
    found = region(view.found, view.around, tails)
    return found and Relation(f"your result is {found.text}", found.hint)


def _digits(view):
    """Near, but not exact: how many digits are right."""
    worst, single = 0.0, all(leaf.single for leaf in view.found)
    for leaf in view.found:
        same = leaf.got.shape == leaf.right.shape and np.array_equal(
            np.isfinite(leaf.right), np.isfinite(leaf.got)
        )
        if not same or not np.isfinite(leaf.got).all():
            return None
        used = np.abs(leaf.right) > 1e-300
        if used.any():
            worst = max(worst, float(np.max(np.abs(leaf.got - leaf.right)[used] / np.abs(leaf.right)[used])))
    if not 0 < worst <= 1e-2 or informative(view.found) < ENOUGH:
        return None
    digits = max(1, int(-np.log10(worst)))
    why = "; it comes as float32, which has seven" if single else ""
    return Relation(
        f"your result is near the right one: {digits} digit{'s' if digits > 1 else ''} agree{'' if digits > 1 else 's'}{why}",
        "The formula is nearly right. Is there an approximation in it, a small number added, a coarse step or a rounded constant?",
    )


def _call_before(view):
    """State that is kept between calls."""
    wanted = expected(view.question, view.seed)
    if len(view.cases) < len(view.seen) or len(view.seen) < 3:
        return None
    found = leaves(view.seen, [wanted[-1], *wanted[:-1]], view.cases[1:])
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
    _split,
    _on_top,
    _both_changed,
    _digits,
    _mistake_on_changed,
    _call_before,
    _tail,
)
