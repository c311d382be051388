"""`mlpkit grade --diff OLD NEW`: whose points changed from one run to the next, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlpkit.grading.records import GRADED, Graded
from mlpkit.grading.results.lines import read
from mlpkit.grading.results.tables import BY_HAND, points_of, state, total
from mlpkit.grading.results.visible import in_one_line

WIDEST = 40  # characters of a name in the table for the terminal


@dataclass(frozen=True)
class Change:
    """One difference: the points for a question ("total": for the submission) before and after, and why.

    None: there were no points, since there was no submission or it was not graded.
    """

    student: str
    question: str
    old: float | None
    new: float | None
    why: str


@dataclass(frozen=True)
class Differences:
    """What changed between two runs, sorted by student; it is true where something has."""

    changes: tuple[Change, ...]
    students: int  # in both runs together

    def __bool__(self):
        return bool(self.changes)

    def __str__(self):
        return f"{self.table}\n\n{self.summary}" if self.changes else self.summary

    @property
    def table(self) -> str:
        """One line a change, in columns."""
        rows = [("student", "question", "old", "new", "why")]
        rows += [
            (in_one_line(c.student, WIDEST), c.question, _shown(c.old), _shown(c.new), c.why)
            for c in self.changes
        ]
        widths = [max(len(row[i]) for row in rows) for i in range(4)]
        return "\n".join(
            f"{who:<{widths[0]}}  {what:<{widths[1]}}  {old:>{widths[2]}}  {new:>{widths[3]}}  {why}".rstrip()
            for who, what, old, new, why in rows
        )

    @property
    def summary(self) -> str:
        """All of it in one line."""
        totals = [c for c in self.changes if c.question == "total"]
        up = sum(1 for c in totals if c.old is not None and c.new is not None and c.new > c.old)
        down = sum(1 for c in totals if c.old is not None and c.new is not None and c.new < c.old)
        new = sum(1 for c in totals if c.why.startswith(NEW))
        gone = sum(1 for c in totals if c.why == GONE)
        changed = len({c.student for c in self.changes})
        if not changed:
            return f"no changes in {_count(self.students)}"
        others = [f"{up} with more points", f"{down} with fewer", f"{new} new", f"{gone} gone"]
        return f"{changed} of {_count(self.students)} changed: {', '.join(others)}"


NEW = "a new submission"
GONE = "no longer among the submissions"
UNKNOWN = "no cause found: does the answer depend on chance or on time?"


def differences(old, new) -> Differences:
    """The differences between the results in two folders; ResultsError where one of them cannot be read."""
    return compared(read(old), read(new))


def compared(old: Iterable[Graded], new: Iterable[Graded]) -> Differences:
    """The differences between two lists of results.

    >>> print(compared([Graded("ada")], [Graded("ada"), Graded("bob", status="not graded", reason="empty")]))
    student  question  old  new  why
    bob      total       -    -  a new submission, not graded: empty
    <BLANKLINE>
    1 of 2 students changed: 0 with more points, 0 with fewer, 1 new, 0 gone
    """
    before, after = ({one.student: one for one in some} for some in (old, new))
    students = sorted(before.keys() | after.keys())
    changes = [one for student in students for one in _changes(before.get(student), after.get(student))]
    return Differences(tuple(changes), len(students))


def _changes(old: Graded | None, new: Graded | None) -> list[Change]:
    if old is None or new is None:
        only = old or new
        assert only is not None
        why = (GONE if new is None else NEW) + (_not_graded(only) if new else "")
        here = (total(only), None) if new is None else (None, total(only))
        return [Change(only.student, "total", *here, why)]
    names = dict.fromkeys(
        [a.question for record in (old, new) for a in record.answers]
        + [o.question for record in (old, new) for o in record.overrides if o.question]
    )
    found = []
    for name in names:
        points = points_of(old, name), points_of(new, name)
        if points[0] != points[1]:
            found.append(Change(new.student, name, *points, _why(old, new, name)))
    whole = total(old), total(new)
    if whole[0] != whole[1] or state(old) != state(new):
        causes = dict.fromkeys(change.why for change in found)
        why = _why(old, new, "") if not found or _states_differ(old, new) else "; ".join(causes)
        if old.by_hand("") != new.by_hand(""):
            why = HAND
        found.append(Change(new.student, "total", *whole, why))
    return found


HAND = "points by hand"


def _states_differ(old, new):
    return (old.status == GRADED) != (new.status == GRADED)


def _why(old, new, name):
    """The causes of a difference that the records tell, as one text."""
    if old.by_hand(name) != new.by_hand(name):
        return HAND if new.by_hand(name) is not None else "no points by hand any more"
    if _states_differ(old, new):
        if state(new) == BY_HAND:
            return HAND
        return (
            "graded now" if new.status == GRADED else f"not graded any more: {in_one_line(new.reason, 100)}"
        )
    causes = []
    if old.content != new.content:
        causes.append("another submission was handed in")
    before, after = (record.answer(name) for record in (old, new))
    if name and (before is None or after is None):
        causes.append("the question is new in this run" if before is None else "not in this run any more")
    elif before and after and before.version != after.version:
        causes.append("the question or its grading changed")
    if old.settings != new.settings:
        causes.append("seeds or limits changed")
    if after and after.status == "not checked":
        causes.append("not checked, a fault of mlpkit or the machine")
    elif before and before.status == "not checked":
        causes.append("checked now")
    return ", ".join(causes) or UNKNOWN


def _not_graded(record):
    return f", not graded: {in_one_line(record.reason, 100)}" if record.status != GRADED else ""


def _shown(points):
    return "-" if points is None else f"{points:g}"


def _count(students):
    return f"{students} student{'' if students == 1 else 's'}"
