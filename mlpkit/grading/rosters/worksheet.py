"""Moodle's grading worksheet of one assignment: Identifier ("Participant 123456"), Grade, Maximum Grade.

The number in Identifier is the one in the names of Moodle's download of all submissions.
"""

import re

from mlpkit.grading.rosters.columns import Columns
from mlpkit.grading.rosters.people import Person
from mlpkit.grading.rosters.report import RosterError
from mlpkit.grading.rosters.sheets import Sheet
from mlpkit.grading.submissions.texts import shown

SYSTEM, OWN = "Moodle grading worksheet", "moodle"
NUMBER = re.compile(r"\D*?([0-9]{1,20})\s*")  # "Participant 123456", "Teilnehmer/in123456"
NO = {"no", "nein", "non"}
EXPECTED = "Moodle's grading worksheet (Identifier, Full name, Email address, Grade, Maximum Grade)"


def recognise(columns: Columns) -> bool:
    """True for a grading worksheet."""
    return "identifier" in columns and "grade" in columns and "section" not in columns


def people(sheet: Sheet, columns: Columns) -> list[Person]:
    """The participants of the worksheet."""
    found = []
    for row, cells in enumerate(sheet.rows):
        number_ = NUMBER.fullmatch(columns.cell(cells, "identifier"))
        name = columns.cell(cells, "full name") or names(columns, cells)
        ids = (columns.cell(cells, "id number"), columns.cell(cells, "username"))
        label = shown(name or columns.cell(cells, "identifier"))
        email = columns.cell(cells, "email")
        found.append(Person(row, label, number_[1] if number_ else "", ids, (name,), email))
    return found


def names(columns: Columns, cells: tuple[str, ...]) -> str:
    """First and last name in one."""
    return f"{columns.cell(cells, 'first name')} {columns.cell(cells, 'last name')}".strip()


def grade_column(sheet: Sheet, columns: Columns, assignment: str | None) -> int:
    """The place of the column Grade: a worksheet is of one assignment, whatever its name."""
    place = columns.find("grade")
    if place is None:
        raise RosterError(f"the worksheet has no column Grade; it has {columns.listed()}")
    return place


def maximum(sheet: Sheet, columns: Columns, place: int) -> float | None:
    """The maximum grade, where the worksheet has one."""
    found = {sheet.number(columns.cell(cells, "maximum")) for cells in sheet.rows} - {None}
    return max(found) if found else None  # type: ignore[type-var]


def kept(sheet: Sheet, columns: Columns, place: int) -> list[int]:
    """All columns: Moodle's import expects the worksheet as it was."""
    return list(range(len(sheet.header)))


def locked(columns: Columns, cells: tuple[str, ...]) -> bool:
    """True where Moodle says that it will not change this grade."""
    return columns.cell(cells, "can be changed").casefold() in NO
