"""What holds between what came and what was expected, where no known mistake fits: facts, never guesses.

The layer knows no question. It compares on all cases: the right result changed (`outputs`), the solution on
changed arguments (`inputs`), a known mistake with something on top, parts and regions that are right, digits.
"""

import numpy as np

from mlpkit.exercises.comparisons import pairs
from mlpkit.exercises.diagnosis import double, single
from mlpkit.exercises.diagnosis.forms import packing, unpacked
from mlpkit.exercises.diagnosis.known import expected, indistinct, is_value
from mlpkit.exercises.diagnosis.leaves import close, leaves
from mlpkit.exercises.diagnosis.names import results
from mlpkit.exercises.diagnosis.single import Relation
from mlpkit.exercises.diagnosis.view import View
from mlpkit.exercises.sandboxed.plain import Text
from mlpkit.exercises.sandboxed.run import Observation

PACKED = "Compare the form of your result with the docstring's last line."


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
    form, split = form or _in_words(question, seen, wanted, wrong), len(results(question))
    if form and not wrong:
        return Relation(form[0].upper() + form[1:], PACKED)
    partly = _lost_cases(question, seen, wanted, wrong)
    for looks, several in ((LOOKS, [every, wrong, *partly]), (WEAK, [every, wrong])):
        for cases in several:
            if not cases or (cases is wrong and len(wrong) == len(every)):
                continue
            found = leaves(seen, wanted, cases, split)
            if not found or (set(cases) < set(wrong) and _wrong_numbers(found) < SOME):
                continue
            if not any(leaf.wrong for leaf in found):
                return Relation(form[0].upper() + form[1:], PACKED) if form else _last_digits(found)
            view = View(question, seed, seen, cases, found, split)
            shaped = all(leaf.got.shape == leaf.right.shape for leaf in found)
            fact = next(
                (fact for look in looks if (shaped or look not in SHAPED) and (fact := look(view))), None
            )
            if fact:
                where = (
                    "on every input " if cases is every else f"where it is wrong ({_about(question, cases)}) "
                )
                more = "; that does not explain all that is wrong" if set(cases) < set(wrong) else ""
                text = f"{form}; besides, {where}{fact.text}" if form else f"{where}{fact.text}{more}"
                return Relation(text[0].upper() + text[1:], fact.hint)
    return Relation(form[0].upper() + form[1:], PACKED) if form else None


SOME = 5  # wrong numbers, below which a fact about some of the wrong cases may be chance


def _wrong_numbers(found):
    shaped = [leaf for leaf in found if leaf.got.shape == leaf.right.shape]
    return sum(int((~close(leaf.got, leaf.right, leaf.single)).sum()) for leaf in shaped) + sum(
        leaf.got.size for leaf in found if leaf.got.shape != leaf.right.shape
    )


def _in_words(question, seen, wanted, wrong):
    """The shapes of a network, which are told in words, where they differ."""
    for j in wrong:
        both = [] if seen[j].raised else pairs(seen[j].value, wanted[j].value)
        for where, got, right in both:
            if not (where and isinstance(got, Text) and isinstance(right, Text)) or got == right:
                continue
            if got.text.startswith("(") and right.text.startswith("("):
                return f"{where.lstrip('.')}: {got.text} instead of {right.text}"
    return ""


def _lost_cases(question, seen, wanted, wrong):
    """The wrong cases of each lost property that looks at some of them only."""
    found = []
    for prop in question.properties:
        cases = [j for j in wrong if prop.on and prop.looks_at(seen[j].probe)]
        if (
            1 < len(cases) < len(wrong)
            and cases not in found
            and any(prop.compare(seen[j], wanted[j]) for j in cases)
        ):
            found.append(cases)
    return found


def _overwritten(question, seen, wanted):
    """Results that are right, and arguments that are no longer what they were."""
    changed = {
        i for got, right in zip(seen, wanted, strict=True) for i in set(got.changed) - set(right.changed)
    }
    if not changed or not all(
        indistinct(question, got, right, is_value) for got, right in zip(seen, wanted, strict=True)
    ):
        return None
    names = " and ".join(question.parameters[i] for i in sorted(changed))
    hint = f"Look at {names} after the call. Which line writes into an array that the caller still needs?"
    return Relation(f"Your results are right, and your function overwrites {names}", hint)


def _last_digits(found):
    """All numbers are right to seven digits or more, and that is not enough."""
    gap = max(float(np.max(np.abs(leaf.got - leaf.right), initial=0.0)) for leaf in found)
    if not gap or not np.isfinite(gap):
        return None
    text = f"Your result is near the right one, and not exact: it is off by up to {gap:.1g}"
    hint = "Where do digits get lost: a float where whole numbers would do, a small number added, float32?"
    return Relation(text, hint)


def _about(question, cases):
    named = [question.probes[j].about or question.probes[j].name for j in cases]
    return "; ".join(named[:3]) + (" …" if len(named) > 3 else "")


LOOKS = (
    single.constant,
    single.right_one_changed,
    single.arguments_changed,
    single.by_parts,
    single.splits_apart,
    double.on_top,
    double.both_changed,
    double.fitted_on_top,
    double.two_mistakes,
    single.kept,
)
WEAK = (
    double.one_slip,
    single.digits,
    double.mistake_on_changed,
    double.two_changes,
    double.two_slips,
    single.some_parts,
    single.near,
    single.right_far_out,
    single.right_parts,
)
# Pairs of anything take long, and say nothing of results that have another shape.
SHAPED = (double.two_mistakes, double.mistake_on_changed, double.two_changes, double.two_slips)
