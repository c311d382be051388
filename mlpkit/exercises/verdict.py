"""From observations to points: what is missing property by property, and what explains it.

This is the grader's half: it knows the solutions, and never handles an object of the student's.
"""

from dataclasses import replace

from mlpkit.exercises.diagnosis import Diagnosis, diagnose
from mlpkit.exercises.diagnosis.known import calls, expected
from mlpkit.exercises.failing_call import as_text, size
from mlpkit.exercises.records import Property, Question
from mlpkit.exercises.result import CheckResult, Finding
from mlpkit.exercises.sandboxed.quiet import KEPT
from mlpkit.exercises.sandboxed.run import Observation

NOT_WRITTEN = "not written yet"
STOPPED = "stopped"
NOT_CHECKED = "not checked"
REPORT = (
    "Your function was not checked, and that is no fault of yours: something in mlpkit failed. Restart the "
    "kernel and try again; if it happens again, please report this line: {}"
)
UNEXPLAINED = "mlpkit failed when it looked for an explanation; please report: {}"
ENDLESS = "Does every loop end? Look for a `while` whose condition never becomes false."
PRINTS = "It prints a great deal, and printing takes time. Does it still take so long without the `print`?"
FURTHER = (
    "Copy the failing call into a cell of your own, and work out its first number on paper, step by step.",
    "Read the part of the lecture once more that the task links to, and say each line of your function in "
    "the formula's letters.",
)


def grade(question: Question, seen: list[Observation], seed: int = 0) -> CheckResult:
    """Grade the observations of `question.calls(seed)`, one per probe, in their order, and explain them."""
    result = _scored(question, seen, seed, as_text)
    if result.passed or result.status != "checked":
        return result
    return _explained(question, seen, seed, result)


def score(question: Question, seen: list[Observation], seed: int = 0) -> CheckResult:
    """The points alone, without what explains them: quick, whatever the answer is."""
    return _scored(question, seen, seed, lambda *_: "")


def _scored(question, seen, seed, call_as_text):
    """The points and mismatches; `call_as_text` writes down the calls that fail."""
    wanted = expected(question, seed)
    if len(seen) != len(wanted):
        raise ValueError(f"{question.name} has {len(wanted)} probes; got {len(seen)} observations")
    if fault := next((o.fault for o in (*wanted, *seen) if o.fault), ""):
        return CheckResult(question.name, NOT_CHECKED, _nothing_of(question), hint=REPORT.format(fault))
    if not any(o.written for o in seen):
        hint = "Write your solution into the cell above, run it, and check again."
        return CheckResult(question.name, NOT_WRITTEN, _nothing_of(question), hint=hint)
    findings = tuple(
        _finding(question, prop, seen, wanted, seed, call_as_text) for prop in question.properties
    )
    stopped = any(o.raised == "TimeLimit" for o in seen)
    result = CheckResult(
        question.name,
        STOPPED if stopped else "checked",
        findings,
        printed=next((o.printed for o in seen if o.printed), ""),
        notes=_notes(seen),
    )
    if stopped and not result.passed:
        return result.diagnosed(hint=PRINTS if len(result.printed) >= KEPT else ENDLESS)
    return result


def _explained(question, seen, seed, result):
    """The result with what explains it."""
    try:
        why = diagnose(question, seen, seed)
    except Exception as error:  # the points are right all the same; the hint is a general one
        why = Diagnosis()
        result = replace(
            result, notes=(*result.notes, UNEXPLAINED.format(f"{type(error).__name__}: {error}"))
        )
    known = why.misconception
    return result.diagnosed(
        misconception=known.id if known else None,
        mistake=known.name if known else "",
        relation=why.relation,
        hint=why.hint or _advice(question, result.findings),
        more=why.more,
        explained=why.explained,
        further=(known.further if known else ()) or question.further or FURTHER,
    )


def _nothing_of(question):
    return tuple(Finding(p.name, 0.0, p.points) for p in question.properties)


def _finding(question, prop: Property, seen, wanted, seed, call_as_text) -> Finding:
    """The property's points, or its mismatch on the smallest probe that shows one, as a call to be copied."""
    asked = calls(question, seed)
    best = None
    for i, (probe, got, right) in enumerate(zip(question.probes, seen, wanted, strict=True)):
        if not prop.looks_at(probe.name) or (mismatch := prop.compare(got, right)) is None:
            continue
        if best is None or size(asked[i]) < size(asked[best[0]]):
            best = i, mismatch
    if best is None:
        return Finding(prop.name, prop.points, prop.points)
    i, mismatch = best
    probe = question.probes[i]
    call = call_as_text(question, asked[i], seen[i], wanted[i], mismatch)
    return Finding(
        prop.name, 0.0, prop.points, mismatch, probe.about or probe.name, probe.ask or prop.advice, call
    )


def _advice(question, findings):
    """A hint where nothing explains the result: from the first mismatch."""
    missing = next(f for f in findings if not f.points)
    return (
        missing.advice or "Work the failing call out by hand, and compare it with your function line by line."
    )


def _notes(seen):
    """Remarks that cost no points."""
    notes = []
    kinds = {getattr(o.value, "kind", "") for o in seen}
    if kinds & {"MaskedArray", "matrix"}:
        notes.append("You return a special array (masked array or matrix); a plain np.ndarray is expected.")
    if any(o.shown for o in seen):
        notes.append("Your function shows pictures; `check` keeps them out of the notebook.")
    warned = next((o.warned[0] for o in seen if o.warned), None)
    if warned:
        notes.append(f"NumPy or Python warned: {warned}")
    return tuple(notes)
