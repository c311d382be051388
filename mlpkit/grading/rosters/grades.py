"""The number and the words that a submission gets in an export."""

import html
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mlpkit.grading.records import GRADED, Answer, Graded
from mlpkit.grading.results.tables import points_of, total
from mlpkit.grading.results.visible import in_one_line
from mlpkit.grading.rosters.report import RosterError

OURS = re.compile(r"<p>mlpkit: .*?</p>", re.DOTALL)  # what an earlier run has written


@dataclass(frozen=True)
class Grades:
    """The points of each student, None where there is no grade, and how many there are in all."""

    points: Mapping[str, float | None]
    of: float

    def written(self, student: str, comma: bool, factor: float = 1.0) -> str:
        """The grade as a cell: at most five digits after the point, "" where there is none."""
        points = self.points.get(student)
        if points is None:
            return ""
        text = f"{points * factor:.5f}".rstrip("0").rstrip(".")
        text = "0" if text == "-0" else text
        return text.replace(".", ",") if comma else text

    def factor(self, maximum: float | None, scale: bool, system: str) -> tuple[float, list[str]]:
        """By what points are multiplied, and notes on a maximum that differs from ours."""
        if maximum is None:
            return 1.0, [f"the export does not say the maximum: check that it is {self.of:g} in {system}"]
        if not self.of or math.isclose(maximum, self.of):
            return 1.0, []
        if scale and maximum > 0:
            return maximum / self.of, [f"points were scaled from {self.of:g} to {maximum:g}"]
        note = (
            f"the maximum is {maximum:g} in {system}, here it is {self.of:g}: points are entered as they are"
        )
        most = max((p for p in self.points.values() if p is not None), default=0.0)
        if most > maximum:
            note += f"; {most:g} is above it, which {system} may refuse"
        return 1.0, [note]


def grades(records: Iterable[Graded], totals: Mapping[str, float | None] | None) -> Grades:
    """What each submission gets: its entry in `totals`, else its own points, None where it was not graded.

    ValueError for a total that is no finite number.
    """
    points: dict[str, float | None] = {}
    of = 0.0
    for record in records:
        value = totals[record.student] if totals and record.student in totals else total(record)
        if value is not None and not math.isfinite(value):
            raise RosterError(f"the total of {record.student!r} is {value}: a number was expected, or None")
        points[record.student] = value
        of = max(of, record.of)
    return Grades(points, of)


def feedback(record: Graded) -> str:
    """A paragraph of HTML: points of each question, comments of the instructor; no markup of a student's."""
    if record.status != GRADED and not record.overrides:
        text = f"not graded: {in_one_line(record.reason, 200)}"
    else:
        parts = [_points(record, answer) for answer in record.answers]
        in_all = record.by_hand("")
        parts += [f"{in_all:g} in all, given by hand"] if in_all is not None else []
        text = ", ".join(parts) or "graded by hand"
    text += "".join(f"; {in_one_line(one.comment, 2000)}" for one in record.overrides if one.comment)
    return f"<p>mlpkit: {html.escape(text)}</p>"


def _points(record: Graded, answer: Answer) -> str:
    points = points_of(record, answer.question)
    return f"{answer.question} " + ("not checked" if points is None else f"{points:g} of {answer.of:g}")


def with_feedback(old: str, new: str) -> str:
    """The cell with the new paragraph: in place of an earlier one, else behind what the instructor wrote."""
    if OURS.search(old):
        return OURS.sub(lambda _: new, old, count=1)
    return f"{old}\n{new}" if old.strip() else new
