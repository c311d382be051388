"""The export of a learning platform in, the file for its import out."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mlpkit.grading.records import Graded
from mlpkit.grading.rosters import canvas, gradebook, sheets, worksheet
from mlpkit.grading.rosters.columns import NAMES, Columns
from mlpkit.grading.rosters.grades import Grades, feedback, grades, with_feedback
from mlpkit.grading.rosters.people import Matches, Person, match
from mlpkit.grading.rosters.report import Report, RosterError
from mlpkit.grading.submissions.texts import shown

FORMATS = (canvas, worksheet, gradebook)
COLUMNS = tuple(NAMES)  # the keys of `columns`


def write(
    export: Path | str,
    results: Iterable[Graded],
    to: Path | str,
    assignment: str | None = None,
    *,
    totals: Mapping[str, float | None] | None = None,
    scale: bool = False,
    columns: Mapping[str, str] | None = None,
    feedbacks: Mapping[str, str] | None = None,
) -> Report:
    """Fill in the grades of `results` and write the file `to` for the platform's import.

    `to` may be a folder: then the file is called after the platform, `canvas-import.csv` for example.
    `assignment`: the column of Canvas's or Moodle's gradebook. `totals`: {student: points, or None for no
    grade} in place of the records' own points, which count what was given by hand. `scale`: points are scaled
    to the platform's maximum. `columns`: what this file calls a column that is not recognised, {"grade":
    "Nota"}, keys in `COLUMNS`. `feedbacks`: {student: HTML} for a worksheet's feedback; else the points of
    each question. A submission that was not graded has an empty cell, a row without a submission what it had.

    RosterError, a ValueError: no format is recognised, the assignment is not clear, a file cannot be read, a
    student comes twice. ResultsError: the file cannot be written.
    """
    export, to, records = Path(export), Path(to), list(results)
    if len({record.student for record in records}) < len(records):
        raise RosterError("a student comes twice in the results: give each submission once")
    sheet, known, system, found = _opened(export, assignment, columns)
    if to.is_dir():
        to = to / f"{system.SYSTEM.lower().replace(' ', '-')}-import.csv"
    if os.path.realpath(export) == os.path.realpath(to):
        raise RosterError(f"{shown(str(to), 300)} is the export itself: choose another file to write")
    people = system.people(sheet, known)
    matches = match(people, records, system.OWN)
    points = grades(records, totals)
    factor, notes = points.factor(system.maximum(sheet, known, found), scale, system.SYSTEM)
    if found is None:
        widened = tuple((*row, "") for row in sheet.rows)
        sheet = replace(sheet, header=(*sheet.header, str(assignment)), rows=widened)
    header, place = sheet.header, len(sheet.header) - 1 if found is None else found
    kept = system.kept(sheet, known, place)
    comma = sheet.decimal_comma([place, *known.places("maximum")])
    rows = [list(row) for row in sheet.rows]
    for student, row in matches.rows.items():
        rows[row][place] = points.written(student, comma, factor)
    notes += _worksheet(known, rows, matches, records, feedbacks) if system is worksheet else []
    notes += canvas.notes(header[place]) if system is canvas else []
    sheet.write(to, tuple(header[i] for i in kept), [tuple(row[i] for i in kept) for row in rows])
    return _report(to, system.SYSTEM, header[place], people, matches, points, notes)


def check(
    export: Path | str, assignment: str | None = None, columns: Mapping[str, str] | None = None
) -> None:
    """RosterError where `write` could not use this export, to be asked before a long run."""
    _opened(Path(export), assignment, columns)


def _opened(export: Path, assignment: str | None, columns: Mapping[str, str] | None):
    """The sheet, its columns, its format, and the place of the assignment's column (None: a new one)."""
    sheet = sheets.read(export)
    known = Columns(sheet, columns)
    system = recognised(known)
    found: int | None = system.grade_column(sheet, known, assignment)
    return sheet, known, system, found


def recognised(columns: Columns):
    """The format (one of FORMATS) that has these columns; ValueError names what was expected."""
    for one in FORMATS:
        if one.recognise(columns):
            return one
    expected = "; ".join(one.EXPECTED for one in FORMATS)
    raise RosterError(
        f"the columns are of no known export: {columns.listed()}. Expected {expected}. "
        "Name the columns where they are called otherwise"
    )


def _worksheet(columns: Columns, rows: list[list[str]], matches: Matches, records, feedbacks) -> list[str]:
    """Fill in the feedback of a grading worksheet; notes on what Moodle will not take."""
    place = columns.find("feedback")
    locked = [student for student, row in matches.rows.items() if worksheet.locked(columns, tuple(rows[row]))]
    notes = []
    if place is None:
        notes.append("the worksheet has no column for feedback: only grades were entered")
    else:
        for record in records:
            if (row := matches.rows.get(record.student)) is not None:
                text = (feedbacks or {}).get(record.student) or feedback(record)
                rows[row][place] = with_feedback(rows[row][place], text)
    if locked:
        notes.append(
            f"Moodle will not change the grade of {', '.join(sorted(locked)[:20])}: it is locked there"
        )
    return notes


def _report(
    to: Path,
    system: str,
    column: str,
    people: list[Person],
    matches: Matches,
    points: Grades,
    notes: list[str],
) -> Report:
    label = {person.row: person.label for person in people}
    taken = set(matches.rows.values())
    return Report(
        to,
        system,
        shown(column),
        tuple((student, label[row]) for student, row in sorted(matches.rows.items())),
        tuple(student for student in sorted(matches.rows) if points.points[student] is None),
        tuple(person.label for person in people if person.row not in taken),
        tuple((shown(student), shown(reason, 300)) for student, reason in matches.unmatched),
        tuple(notes),
    )
