"""What became of each submission and of each row of the export."""

from dataclasses import dataclass
from pathlib import Path

from mlpkit.grading.results.files import ResultsError


class RosterError(ResultsError):
    """An export that cannot be read or is not clear, with what to do; a ValueError."""


@dataclass(frozen=True)
class Report:
    """The result of `write`; `str` of it is the text for a terminal.

    `system`: "Canvas", "Moodle grading worksheet", "Moodle gradebook". `column`: the one that was filled.
    `matched`: pairs of a student and the row's person; `not_graded`: those without a grade among them;
    `without_submission`: people in the export; `without_row`: pairs of a student and the reason.
    """

    to: Path
    system: str
    column: str
    matched: tuple[tuple[str, str], ...] = ()
    not_graded: tuple[str, ...] = ()
    without_submission: tuple[str, ...] = ()
    without_row: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self):
        lines = [
            f"{self.to}: {self.system}, column {self.column!r}, submissions entered: {len(self.matched)}"
        ]
        lines += [f"  note: {note}" for note in self.notes]
        if self.not_graded:
            lines.append(f"  entered without a grade, since they were not graded: {len(self.not_graded)}")
            lines += [f"    {student}" for student in self.not_graded]
        if self.without_row:
            lines.append(f"  submissions without a row in the export, not entered: {len(self.without_row)}")
            lines += [f"    {student}: {reason}" for student, reason in self.without_row]
        if self.without_submission:
            lines.append(f"  people in the export without a submission: {len(self.without_submission)}")
            lines += [f"    {person}" for person in self.without_submission]
        return "\n".join(lines)
