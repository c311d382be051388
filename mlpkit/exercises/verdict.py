"""From observations to points: what is missing property by property, and which misconception explains it.

This is the grader's half: it knows the solutions, and never handles an object of the student's.
"""

from functools import lru_cache

from mlpkit.exercises.records import Misconception, Property, Question
from mlpkit.exercises.result import CheckResult, Finding
from mlpkit.exercises.sandboxed.plain import Nothing
from mlpkit.exercises.sandboxed.run import Observation, observations

NOT_WRITTEN = "not written yet"
STOPPED = "stopped"


def grade(question: Question, seen: list[Observation], seed: int = 0) -> CheckResult:
    """Grade the observations of `question.calls(seed)`, one per probe, in their order."""
    wanted = _wanted(question, seed)
    if len(seen) != len(wanted):
        raise ValueError(f"{question.name} has {len(wanted)} probes; got {len(seen)} observations")
    if _untouched(question, seen, seed):
        findings = tuple(Finding(p.name, 0.0, p.points) for p in question.properties)
        hint = "Write your solution into the cell above, run it, and check again."
        return CheckResult(question.name, NOT_WRITTEN, findings, hint=hint)
    findings = tuple(_finding(question, prop, seen, wanted) for prop in question.properties)
    stopped = any(o.raised == "TimeLimit" for o in seen)
    result = CheckResult(
        question.name,
        STOPPED if stopped else "checked",
        findings,
        printed=next((o.printed for o in seen if o.printed), ""),
        notes=_notes(seen),
    )
    if result.passed:
        return result
    known = None if stopped else diagnose(question, seen, seed)
    if known:
        return result.explained(known.id, known.name, known.hint)
    return result.explained(None, "", _advice(question, findings, seen))


@lru_cache(maxsize=256)
def _wanted(question, seed):
    return observations(question.solution, question.calls(seed), 60.0)


@lru_cache(maxsize=256)
def _calls(question, seed):
    return question.calls(seed)


@lru_cache(maxsize=16384)
def _mistaken(question, index, seed, place):
    """A wrong solution on one probe: for most of them one is enough to tell it from the student's."""
    (seen,) = observations(question.misconceptions[index].wrong, [_calls(question, seed)[place]], 60.0)
    return seen


@lru_cache(maxsize=2048)
def _loses(question, index, seed):
    seen = [_mistaken(question, index, seed, place) for place in range(len(question.probes))]
    wanted = _wanted(question, seed)
    return frozenset(p.name for p in question.properties if not _finding(question, p, seen, wanted).points)


def _nothing(*arguments):
    """A stub with `pass` or `...` in it."""


@lru_cache(maxsize=256)
def _idle(question, seed):
    return observations(_nothing, question.calls(seed), 60.0)


def _untouched(question, seen, seed):
    """Whether this is what the stub does: NotImplementedError, or nothing at all."""
    if all(o.raised == "NotImplementedError" for o in seen):
        return True
    if any(o.raised for o in seen) and not all(isinstance(o.value, Nothing) for o in seen):
        return False
    idle = _idle(question, seed)
    if all(isinstance(o.value, Nothing) and not o.raised and not o.changed for o in seen):
        return True
    return all(_alike(question, o, other) for o, other in zip(seen, idle, strict=True)) and not any(
        o.changed for o in seen
    )


def _alike(question: Question, one: Observation, other: Observation, also=lambda prop: True) -> bool:
    """Whether no property that looks at this probe can tell the two observations apart."""
    if one.raised or other.raised:
        return one.raised == other.raised
    comparisons = [p.compare for p in question.properties if p.looks_at(one.probe) and also(p)]
    return all(compare(one, other) is None and compare(other, one) is None for compare in comparisons)


def _finding(question, prop: Property, seen, wanted) -> Finding:
    for probe, got, right in zip(question.probes, seen, wanted, strict=True):
        if prop.looks_at(probe.name):
            mismatch = prop.compare(got, right)
            if mismatch is not None:
                return Finding(prop.name, 0.0, prop.points, mismatch, probe.about or probe.name, prop.advice)
    return Finding(prop.name, prop.points, prop.points)


def diagnose(question: Question, seen: list[Observation], seed: int = 0) -> Misconception | None:
    """The misconception whose wrong solution gives what the student's function gives.

    First one that agrees on all probes in everything that is compared. Then one that explains all wrong
    values: it agrees in them wherever the student's are wrong, and loses no property that the student has.
    Last, where there are two mistakes at once, one that explains a whole property, such as the ordinary
    values where those at ±1000 are wrong for a second reason.
    """
    wanted = _wanted(question, seed)
    places = range(len(seen))

    def agrees(i, where, also=lambda prop: True):
        return all(_alike(question, seen[j], _mistaken(question, i, seed, j), also) for j in where)

    for i, known in enumerate(question.misconceptions):
        if agrees(i, places) and _same_messages(seen, [_mistaken(question, i, seed, j) for j in places]):
            return known
    lost = {p.name for p in question.properties if not _finding(question, p, seen, wanted).points}
    wrong = [j for j in places if not _alike(question, seen[j], wanted[j], _is_value)]
    parts = [p for p in question.properties if len(p.on) > 1 and _is_value(p) and p.name in lost]
    for part in (wrong, *([j for j in places if seen[j].probe in p.on] for p in parts)) if wrong else ():
        if any(seen[j].raised for j in part):
            continue
        for i, known in enumerate(question.misconceptions):
            if agrees(i, part, _is_value) and _loses(question, i, seed) <= lost:
                return known
    return None


def _same_messages(seen, theirs):
    """Where every call raised, only the same message tells that the reason is the same."""
    return not all(o.raised for o in seen) or [o.message for o in seen] == [o.message for o in theirs]


def _is_value(prop: Property) -> bool:
    return prop.name != "inputs left unchanged"


def _advice(question, findings, seen):
    """A hint where no misconception is known: from the first mismatch."""
    if any(o.raised == "TimeLimit" for o in seen):
        return "Does every loop end? Look for a `while` whose condition never becomes false."
    raised = next((o for o in seen if o.raised), None)
    if raised is not None:
        where = f" in {raised.line}" if raised.line else ""
        if raised.raised == "RecursionError":
            return f"Your function calls itself without end{where}. Which call should not call again?"
        if raised.raised == "NotImplementedError":
            return "Some inputs still lead to `raise NotImplementedError`."
        return (
            f"Your function raised {raised.raised}{where}. Call it in a cell of your own with small arrays."
        )
    missing = next(f for f in findings if not f.points)
    return missing.advice or "Work one small example out by hand and compare it with your function."


def _notes(seen):
    """Remarks that cost no points."""
    notes = []
    kinds = {getattr(o.value, "kind", "") for o in seen}
    if kinds & {"MaskedArray", "matrix"}:
        notes.append("You return a special array (masked array or matrix); a plain np.ndarray is expected.")
    warned = next((o.warned[0] for o in seen if o.warned), None)
    if warned:
        notes.append(f"NumPy or Python warned: {warned}")
    return tuple(notes)
