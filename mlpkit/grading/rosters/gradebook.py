"""Moodle's gradebook: an export with names, ID numbers and addresses, for the import of grades from CSV."""

from mlpkit.grading.rosters.columns import Columns
from mlpkit.grading.rosters.people import Person
from mlpkit.grading.rosters.report import RosterError
from mlpkit.grading.rosters.sheets import Sheet
from mlpkit.grading.rosters.worksheet import names
from mlpkit.grading.submissions.texts import shown

SYSTEM, OWN = "Moodle gradebook", "none"
IDENTITY = ("email", "id number", "username", "first name", "last name", "full name")
EXPECTED = "Moodle's gradebook (First name, Last name, ID number, Email address, assignments)"


def recognise(columns: Columns) -> bool:
    """True for an export of Moodle's gradebook or list of participants."""
    return bool(columns.places("email", "id number", "username"))


def people(sheet: Sheet, columns: Columns) -> list[Person]:
    """The participants of the export."""
    found = []
    for row, cells in enumerate(sheet.rows):
        name = columns.cell(cells, "full name") or names(columns, cells)
        ids = (columns.cell(cells, "id number"), columns.cell(cells, "username"))
        email = columns.cell(cells, "email")
        found.append(
            Person(row, shown(name or email or next(filter(None, ids), "")), "", ids, (name,), email)
        )
    return found


def grade_column(sheet: Sheet, columns: Columns, assignment: str | None) -> int | None:
    """The place of the assignment's column, None for a new one; ValueError where that is not clear."""
    fixed = set(columns.places(*IDENTITY))
    others = {i: name for i, name in enumerate(sheet.header) if i not in fixed}
    if (place := columns.find("grade")) is not None:
        return place
    if not assignment:
        listed = ", ".join(repr(shown(name, 60)) for name in list(others.values())[:20]) or "none"
        raise RosterError(f"which assignment? Name one of the export's columns ({listed}) or a new one")
    wanted = assignment.casefold().strip()
    exact = [i for i, name in others.items() if _bare(name) == wanted or name.casefold() == wanted]
    within = [i for i, name in others.items() if wanted in name.casefold()]
    for fitting in (exact, within):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            listed = ", ".join(repr(shown(others[i], 60)) for i in fitting)
            raise RosterError(f"more than one column fits {assignment!r}: name one of {listed}")
    return None


def _bare(name: str) -> str:
    """The assignment's name in "Assignment: NAME (Real)"."""
    return name.casefold().partition(": ")[2].removesuffix(" (real)") or name.casefold()


def maximum(sheet: Sheet, columns: Columns, place: int | None) -> float | None:
    """Not in this export."""
    return None


def kept(sheet: Sheet, columns: Columns, place: int | None) -> list[int]:
    """The columns of the file for the import: who it is, and the grade where the export has it."""
    return columns.places(*IDENTITY) + ([place] if place is not None else [])
