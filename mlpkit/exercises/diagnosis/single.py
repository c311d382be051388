"""One thing wrong: the right result changed, the solution on changed arguments, parts, regions, digits.

Each look takes a view of some cases, and gives a Relation that holds for all of them, or None.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlpkit.exercises.diagnosis.known import expected
from mlpkit.exercises.diagnosis.leaves import Leaf, agreeing, close, informative, layers, parts
from mlpkit.exercises.diagnosis.names import layer_name, listed, part_name
from mlpkit.exercises.diagnosis.outputs import SIMPLE, Output, permuted, reshaped
from mlpkit.exercises.diagnosis.regions import region, splits, tails
from mlpkit.exercises.diagnosis.scaling import affine, of_one_argument, scalings

ENOUGH = 2  # numbers that say something, below which agreement may be chance
SHAPED = "in another shape"
WRONG, RIGHT = "wrong as well", "right"
LAST = {WRONG: 1, RIGHT: 2}
SEVERAL_CASES = 3  # in which a part must be there, if there are as many
APPROXIMATE = "The formula is nearly right. Is there an approximation in it, a small number added, a coarse step or a rounded constant?"


@dataclass(frozen=True)
class Relation:
    """A fact about a function's results, one sentence without its full stop, and a question that it raises."""

    text: str
    hint: str


def changed(found: list[Leaf], around, enough=ENOUGH) -> Output | None:
    """The first output that holds for all these arrays, where `enough` of their numbers say something."""
    if informative(found) < enough:
        return None
    if all(reshaped(leaf) or not leaf.wrong for leaf in found) and any(map(reshaped, found)):
        one = next(filter(reshaped, found))
        hint = "The numbers are right. Which axis is too many, or missing?"
        return Output(f"{SHAPED}: {one.got.shape} instead of {one.right.shape}", hint, lambda r, _: r)
    out = _held(found, around)
    if out is None and any(leaf.got.ndim != leaf.right.ndim for leaf in found):
        flat = [replace(leaf, got=leaf.got.squeeze(), right=leaf.right.squeeze()) for leaf in found]
        one = next(leaf for leaf in found if leaf.got.ndim != leaf.right.ndim)
        if (out := _held(flat, around)) and not out.undo:
            return replace(
                out, text=f"{out.text}, and its shape is {one.got.shape} instead of {one.right.shape}"
            )
    if out is None and all(map(permuted, found)) and all(leaf.right.size > 2 for leaf in found):
        hint = "In which order do you go through the input?"
        return Output("in another order: the numbers are there", hint, lambda r, _: r)
    return out


def _held(found, around):
    first = max(found, key=lambda leaf: (leaf.wrong, min(informative([leaf]), 3), -leaf.right.size))
    for one in candidates(first, around[first.case]):
        everywhere = one.holds(first, around[first.case]) and all(
            one.holds(leaf, around[leaf.case]) for leaf in found
        )
        if everywhere and (not one.signs or _of_both_signs(found)):
            return one
    one = affine(found)
    return one if one and all(one.holds(leaf, around[leaf.case]) for leaf in found) else None


def _of_both_signs(found):
    """Whether there are positive and negative numbers among the finite right ones."""
    right = np.concatenate([leaf.right.ravel() for leaf in found])
    right = right[np.isfinite(right)]
    return bool((right > 0).any() and (right < 0).any())


def candidates(leaf, around) -> Iterator[Output]:
    """Everything that a result may be beside the right one."""
    yield from scalings(leaf, around)
    yield from SIMPLE
    yield from of_one_argument(leaf, around)


def constant(view):
    """One number for all inputs and entries."""
    numbers = np.concatenate([leaf.got.ravel() for leaf in view.found])
    right = np.concatenate([leaf.right.ravel() for leaf in view.found])
    if (
        len(view.cases) < 2
        or not numbers.size
        or not np.isfinite(numbers[0])
        or (numbers != numbers[0]).any()
    ):
        return None
    if (right == right[0]).all():
        return None
    text = (
        f"your result is {numbers[0]:.4g} everywhere, whatever the arguments are"
        if numbers[0]
        else "your result is 0 everywhere"
    )
    return Relation(
        text, "Which line of your function uses the arguments, and does what it makes reach the `return`?"
    )


def right_one_changed(view):
    """The right result scaled, shifted, transposed, added up, rounded …"""
    out = changed(view.found, view.around)
    return out and Relation(f"your result is {out.phrase}", out.hint)


def arguments_changed(view):
    """The solution on changed arguments."""
    for i, change in enumerate(view.changes()):
        here = view.at_the_telling_place(view.on_changed(i, view.telling.case))
        if here is not None and not here.wrong and view.explains(lambda case, i=i: view.on_changed(i, case)):
            return Relation(f"your result is what the right function gives {change.text}", change.hint)
    return None


def by_parts(view):
    """Part by part, where each wrong one is explained: which are right, and what the others are."""
    return _parts(view, lambda known, wrong: len(known) == len(wrong))


def some_parts(view):
    """Part by part, where some wrong ones are explained."""
    return _parts(view, lambda known, wrong: bool(known))


def _parts(view, enough):
    for group, name in ((parts(view.found), part_name), (layers(view.found), layer_name)):
        wrong = {key: some for key, some in group.items() if any(leaf.wrong for leaf in some)}
        if len(group) < 2 or not wrong:
            continue
        facts = {key: _part_fact(view, some) for key, some in wrong.items()}
        known = {key: fact for key, fact in facts.items() if fact}
        if not enough(known, wrong):
            continue
        together: dict[str, list[str]] = {}
        for key in group:
            text = known[key].text if key in known else WRONG if key in wrong else RIGHT
            together.setdefault(text, []).append(name(view.question, key))
        order = sorted(together, key=lambda text: LAST.get(text, 0))
        said = [
            f"{listed(together[text])} {'' if text in LAST or len(together[text]) == 1 else 'each '}{text}"
            for text in order
        ]
        return Relation("; ".join(said), next(iter(known.values())).hint)
    return None


def right_parts(view):
    """Which parts are right everywhere, where others are not: the least that can be said; no hint of its own."""
    group = parts(view.found)
    wrong = {key for key, some in group.items() if any(leaf.wrong for leaf in some)}
    if not wrong or len(wrong) == len(group) or any(not informative(group[key]) for key in group):
        return None
    named = {bad: [part_name(view.question, key) for key in group if (key in wrong) == bad] for bad in (0, 1)}
    return Relation(f"{listed(named[0])} {RIGHT}; {listed(named[1])} not", "")


def _part_fact(view, some):
    if out := changed(some, view.around):
        return Relation(out.phrase, out.hint)
    ours = {(leaf.case, leaf.where) for leaf in some}
    if len({leaf.case for leaf in some}) < min(SEVERAL_CASES, len(view.cases)):
        return None

    def fits(function):
        found = view.everywhere(function) or []
        here = [leaf for leaf in found if (leaf.case, leaf.where) in ours]
        right = not any(leaf.wrong for leaf in here)
        return len(here) == len(some) and right and agreeing(here, some) >= ENOUGH

    for i, change in enumerate(view.changes()):
        if fits(lambda case, i=i: view.on_changed(i, case)):
            return Relation(f"what the right function gives {change.text}", change.hint)
    for i, known in view.mistakes():
        if fits(lambda case, i=i: view.mistaken(i, case)):
            return Relation(f"as if {known.name}", known.hint)
    return None


def near(view):
    """Never far from it: how far, beside the size of what is wrong."""
    if any(leaf.got.shape != leaf.right.shape for leaf in view.found) or informative(view.found) < 6:
        return None
    got = np.concatenate([leaf.got.ravel() for leaf in view.found])
    right = np.concatenate([leaf.right.ravel() for leaf in view.found])
    wrong = ~np.concatenate([close(leaf.got, leaf.right, leaf.single).ravel() for leaf in view.found])
    if not (np.isfinite(got).all() and np.isfinite(right).all()) or wrong.sum() < 3:
        return None
    off = np.abs(got - right)[wrong]
    low, high = np.percentile(right, [25, 75])  # a few huge numbers do not make an error small
    gap, size = float(off.max()), float(high - low)
    if not (0 < gap <= 0.25 * size and np.sqrt(np.mean(off**2)) <= 0.06 * size):
        return None
    low, high = right[wrong].min(), right[wrong].max()
    text = f"your result is near the right one: never further from it than {gap:.2g}, where the right ones go from {low:.3g} to {high:.3g}"
    return Relation(text, APPROXIMATE)


def splits_apart(view):
    """Right in some rows, or for one sign of an argument, or up to a size, and wrong elsewhere."""
    found = region(view.found, view.around, splits)
    return found and Relation(f"your result is {found.text}", found.hint)


def right_far_out(view):
    """Right where results are 0 or 1 anyway, or but for a few values; it says little, and comes last."""
    found = region(view.found, view.around, tails)
    return found and Relation(f"your result is {found.text}", found.hint)


def digits(view):
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
        APPROXIMATE,
    )


def kept(view):
    """State between calls: an argument of an earlier call, or results that add up from call to call."""
    if len(view.cases) < len(view.seen) or len(view.seen) < 3:
        return None
    wanted = expected(view.question, view.seed)
    hint = (
        "Something is kept between two calls. What is made outside of your function, or as a default value?"
    )

    def before(case):
        return wanted[case - 1].value if case else wanted[0].value

    if view.explains(before):
        return Relation("your result is the right one of the call before", hint)
    added = _added_up(view, wanted)
    if added and not any(leaf.wrong for leaf in added) and agreeing(added, view.found) >= ENOUGH:
        return Relation("your results add up from call to call, where they have one shape", hint)
    for i, name in enumerate(view.question.parameters):
        if view.explains(lambda case, i=i: view.with_earlier_argument(i, case)):
            return Relation(
                f"your result is the right one for the {name} of an earlier call of that shape", hint
            )
    return None


def _added_up(view, wanted):
    """The leaves beside the sums of all right results so far that have their shape."""
    sums: dict = {}
    found = []
    for leaf in view.found:
        key = leaf.where, leaf.right.shape
        sums[key] = sums.get(key, 0.0) + leaf.right
        found.append(replace(leaf, right=sums[key]))
    return found
