"""Canvas's gradebook: Student, ID, SIS User ID, SIS Login ID, Section, then a column per assignment.

Between the header and the students stand a row of flags (manual posting, muted) and the points possible.
The file for the import has these rows as well, the columns that identify a student, and the one assignment.
"""

import re

from mlpkit.grading.rosters.columns import Columns
from mlpkit.grading.rosters.people import Person
from mlpkit.grading.rosters.report import RosterError
from mlpkit.grading.rosters.sheets import Sheet
from mlpkit.grading.submissions.texts import shown

SYSTEM, OWN = "Canvas", "canvas"
IDENTITY = ("student", "id", "sis user id", "sis login id", "integration id", "root account", "section")
HAS_ID = re.compile(r"(?P<name>.*?)\s*\((?P<id>[0-9]+)\)", re.DOTALL)
EXPECTED = "Canvas's gradebook (Student, ID, SIS Login ID, Section, assignments)"


def recognise(columns: Columns) -> bool:
    """True for an export of Canvas's gradebook."""
    return "student" in columns and "id" in columns and ("section" in columns or "sis login id" in columns)


def people(sheet: Sheet, columns: Columns) -> list[Person]:
    """The students of the export; the rows above them are none."""
    found = []
    for row, cells in enumerate(sheet.rows):
        name, own = columns.cell(cells, "student"), columns.cell(cells, "id")
        ids = tuple(columns.cell(cells, one) for one in ("sis user id", "sis login id", "integration id"))
        if not (own or any(ids)) or name.casefold().startswith("points possible"):
            continue
        found.append(Person(row, shown(name or own or ids[0]), own, ids, (name,)))
    return found


def grade_column(sheet: Sheet, columns: Columns, assignment: str | None) -> int:
    """The place of the assignment's column, by name, "name (id)" or id; ValueError lists what there is."""
    fixed = set(columns.places(*IDENTITY))
    names = {i: name for i, name in enumerate(sheet.header) if i not in fixed and HAS_ID.fullmatch(name)}
    wanted = (assignment or "").strip().casefold()
    fitting = [i for i, name in names.items() if not wanted or wanted in _forms(name)]
    if assignment and not fitting:  # as in "HW 5" for "HW 5: backpropagation (123)", where it is the only one
        fitting = [i for i, name in names.items() if wanted in name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(repr(shown(name, 60)) for name in list(names.values())[:20]) or "none"
    if not assignment:
        raise RosterError(f"which assignment? Name one of the export's columns: {listed}")
    what = "no assignment" if not fitting else "more than one assignment"
    raise RosterError(f"{what} {assignment!r} in the export: name one of {listed}")


def _forms(name: str) -> set[str]:
    found = HAS_ID.fullmatch(name)
    return {name.casefold(), *(part.casefold() for part in (found.groups() if found else ()))}


def maximum(sheet: Sheet, columns: Columns, place: int) -> float | None:
    """The points possible, where the export has that row."""
    for cells in sheet.rows[:5]:
        if columns.cell(cells, "student").casefold().startswith("points possible"):
            return sheet.number(cells[place])
    return None


def kept(sheet: Sheet, columns: Columns, place: int) -> list[int]:
    """The columns of the file for the import."""
    return [*columns.places(*IDENTITY), place]


def notes(name: str) -> list[str]:
    """What Canvas is known to do to this column."""
    if "final" in name.casefold():  # instructure/canvas-lms issue 2134
        return ["Canvas may ignore a column whose name contains 'final': rename the assignment if it does"]
    return []
