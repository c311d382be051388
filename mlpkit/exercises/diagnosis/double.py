"""Two things wrong at once: a known mistake or changed arguments, and something on top of it.

Each look takes a view of some cases, and gives a Relation that holds for all of them, or None.
"""

import numpy as np

from mlpkit.exercises.diagnosis.known import fitted
from mlpkit.exercises.diagnosis.leaves import alike, close, informative, scaled
from mlpkit.exercises.diagnosis.single import SHAPED, Relation, changed
from mlpkit.exercises.diagnosis.slips import double_slips, slips

SEVERAL = 4  # numbers that must agree where many pairs are tried
DIFFERENT = 3  # numbers that differ: much can be cut down to 0 and 1
FITTED = 5  # the same for whole numbers, and where a factor or a term was fitted


def on_top(view):
    """A known mistake, and its result changed; alone where something in words is wrong besides."""
    for i, known in view.mistakes():
        if view.explains(lambda case, i=i: view.mistaken(i, case), SEVERAL):
            return Relation(f"it is as if {known.name}", known.hint)
        if out := _changed_after(view, lambda case, i=i: view.mistaken(i, case)):
            then = _shape(view) if out.text.startswith(SHAPED) else f"what comes of that is then {out.text}"
            return Relation(f"it is as if {known.name}, and {then}", f"{known.hint} {out.hint}")
    return None


def both_changed(view):
    """The solution on changed arguments, and its result changed as well."""
    for i, change in enumerate(view.changes()):
        if out := _changed_after(view, lambda case, i=i: view.on_changed(i, case)):
            then = _shape(view) if out.text.startswith(SHAPED) else f"then {out.text}"
            text = f"your result is what the right function gives {change.text}, and {then}"
            return Relation(text, f"{change.hint} {out.hint}")
    return None


def _shape(view):
    """The shape that came and the one that is asked for, which the known mistake alone may not have either."""
    one = next((leaf for leaf in view.found if leaf.got.shape != leaf.right.shape), view.telling)
    return f"the shape of your result is {one.got.shape} instead of {one.right.shape}"


def _changed_after(view, function):
    """What was done to the results of a function, so that they became what came."""
    here = view.at_the_telling_place(function(view.telling.case))
    if here is None:
        return None
    if here.wrong and (not informative([here]) or not changed([here], view.around, 1)):
        return None
    found = view.everywhere(function)
    if not found or not any(leaf.wrong for leaf in found):
        return None
    out = changed(found, view.around)
    got = np.concatenate([leaf.got[np.isfinite(leaf.got)].ravel() for leaf in found if leaf.wrong])
    if out is None or out.alone or out.undo:  # "not yet averaged" says nothing on top of another mistake
        return None
    different = np.unique(got).size
    return out if different >= (FITTED if out.free or np.all(got == np.rint(got)) else DIFFERENT) else None


def mistake_on_changed(view):
    """A known mistake, on changed arguments."""
    for k, change in enumerate(view.changes()):
        for i, known in view.mistakes():
            here = view.at_the_telling_place(view.mistaken_on_changed(i, k, view.telling.case))
            if here is None or here.wrong:
                continue
            if view.explains(lambda case, i=i, k=k: view.mistaken_on_changed(i, k, case), SEVERAL):
                other = f"as {change.text}" if change.text.startswith("if ") else change.text
                text = f"it is as if {known.name}, and that is computed {other}"
                return Relation(text, f"{known.hint} {change.hint}")
    return None


def two_changes(view):
    """The solution on arguments that were changed twice."""
    for i, one in enumerate(view.changes()):
        for k, other in enumerate(view.changes()[:i]):
            here = view.at_the_telling_place(view.on_both_changed(i, k, view.telling.case))
            if here is None or here.wrong:
                continue
            if view.explains(lambda case, i=i, k=k: view.on_both_changed(i, k, case), SEVERAL):
                text = f"your result is what the right function gives {other.text} and {one.text}"
                return Relation(text, f"{other.hint} {one.hint}")
    return None


def two_mistakes(view):
    """Two known mistakes whose effects add up, or multiply, entry by entry."""
    finite = sum(
        int((np.isfinite(x.got) & ~close(x.got, x.right, x.single)).sum())
        for x in view.found
        if x.got.shape == x.right.shape
    )
    if informative(view.found) < SEVERAL or finite < SEVERAL:
        return None
    first = view.telling
    known = []
    for i, one in view.mistakes():
        here = view.at_the_telling_place(view.mistaken(i, first.case))
        if here is not None and here.right.shape == first.right.shape == first.got.shape:
            known.append((i, one, here.right))
    for number, (i, one, a) in enumerate(known):
        for k, other, b in known[:number]:
            for both in (_sum_of_effects, _product_of_effects):
                came = both(first.right, a, b)
                if not alike(first.got, came, first.single) or alike(came, a) or alike(came, b):
                    continue
                if _everywhere_both(view, i, k, both):
                    return Relation(
                        f"it is as if {other.name}, and as if {one.name}", f"{other.hint} {one.hint}"
                    )
    return None


def _sum_of_effects(right, a, b):
    with np.errstate(all="ignore"):
        return a + b - right


def _product_of_effects(right, a, b):
    with np.errstate(all="ignore"):
        return a * b / right


def _everywhere_both(view, i, k, both):
    some, others = (view.everywhere(lambda case, n=n: view.mistaken(n, case)) for n in (i, k))
    if not some or not others or not len(some) == len(others) == len(view.found):
        return False
    for leaf, one, other in zip(view.found, some, others, strict=True):
        if not leaf.right.shape == one.right.shape == other.right.shape:
            return False
        if not alike(leaf.got, both(leaf.right, one.right, other.right), leaf.single):
            return False
    return True


def fitted_on_top(view):
    """A mistake with a number of its own, and its result scaled: summed instead of averaged, negated."""
    everywhere = set.intersection(*(set(around.numbers) for around in view.around))
    sizes = [name for name in everywhere if "the number of rows" in name or "the length of" in name]
    scales = [
        ("with the opposite sign", lambda a: -1.0),
        ("times 2", lambda a: 2.0),
        ("times ½", lambda a: 0.5),
    ]
    for name in sorted(sizes)[:2]:
        scales.append((f"times {name}", lambda a, name=name: a.numbers[name]))
        scales.append((f"divided by {name}", lambda a, name=name: 1 / a.numbers[name]))
    for known in view.question.misconceptions:
        if not known.fits:
            continue
        for words, scale in scales:
            back = [scaled(o, 1 / scale(a)) for o, a in zip(view.seen, view.around, strict=True)]
            if found := fitted(view.question, known, back, view.seed):
                text = f"it is as if {found.name}, and what comes of that is then {words}"
                return Relation(text, found.hint)
    return None


def one_slip(view):
    """A right solution with one slip in it, of a kind that is known; a slip and its result changed."""
    for i, slip in enumerate(slips(view.question)):
        here = view.at_the_telling_place(view.slipped(i, view.telling.case))
        if here is not None and not here.wrong and view.explains(lambda case, i=i: view.slipped(i, case)):
            return Relation(f"your result is what comes where {slip.text}", slip.hint)
    for i, slip in enumerate(slips(view.question)):
        if out := _changed_after(view, lambda case, i=i: view.slipped(i, case)):
            then = _shape(view) if out.text.startswith(SHAPED) else f"then {out.text}"
            text = f"your result is what comes where {slip.text}, and {then}"
            return Relation(text, f"{slip.hint} {out.hint}")
    return None


def two_slips(view):
    """The solution with two slips in it."""
    for i, slip in enumerate(double_slips(view.question)):
        here = view.at_the_telling_place(view.slipped_twice(i, view.telling.case))
        if here is None or here.wrong:
            continue
        if view.explains(lambda case, i=i: view.slipped_twice(i, case), SEVERAL):
            return Relation(f"your result is what comes where {slip.text}", slip.hint)
    return None
