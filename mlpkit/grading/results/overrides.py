"""`overrides.csv`: points and comments that the instructor gives by hand; mlpkit never writes it.

    student,question,points,comment
    ada,bump,2,"right idea, see the forum"
    42,,6,handed in on paper
    42,total,,please come to my office

Points replace the automatic ones of a question, a comment stands on the student's page. A row whose question
is empty or `total` is about the submission as a whole: its points are the total, whatever the questions give.
A row without points is a comment alone. They count for a submission that was not graded as well.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from mlpkit.exercises.registry import question as record_of
from mlpkit.grading.records import Graded, Override
from mlpkit.grading.results.files import Folder, ResultsError
from mlpkit.grading.results.tables import neutral
from mlpkit.grading.results.visible import in_one_line

OVERRIDES = "overrides.csv"
COLUMNS = ("student", "question", "points", "comment")
TOTAL = ("", "total")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
MOST = 10**7  # bytes


@dataclass(frozen=True)
class HandRow:
    """A row of the file, not yet looked up: for whom, what, and in which line it stands."""

    student: str
    override: Override
    line: int = 0


def read_overrides(folder) -> tuple[list[HandRow], list[str]]:
    """The rows of `overrides.csv` in a folder, and what is wrong with others, a sentence each.

    No file is no row. It may come from a spreadsheet: with a byte order mark, semicolons or tabs, a decimal
    comma, blank lines and spaces around. ResultsError where the file as a whole cannot be read.
    """
    with Folder(folder, make=False) as opened:
        content = opened.read(OVERRIDES)
    return ([], []) if content is None else parsed(content, f"{folder}/{OVERRIDES}")


def parsed(content: bytes, place: str = OVERRIDES) -> tuple[list[HandRow], list[str]]:
    """`read_overrides` for the file's bytes; `place` stands in messages."""
    if len(content) > MOST:
        raise ResultsError(f"{place} has {len(content)} bytes: it is no table of points")
    text, problems = _text(content, place)
    lines = text.splitlines()
    skipped = 0
    while skipped < len(lines) and not lines[skipped].strip(" \t;,"):
        skipped += 1
    if skipped < len(lines) and re.fullmatch(r"sep=.", lines[skipped].strip()):  # a spreadsheet's own line
        skipped += 1
    if skipped == len(lines):
        return [], problems
    columns, mark = _header(lines[skipped], place)
    rows = []
    try:
        reader = csv.reader(io.StringIO("\n".join(lines[skipped + 1 :]), newline=""), delimiter=mark)
        for fields in reader:
            line = skipped + 1 + reader.line_num
            fields = [field.strip() for field in fields]
            if not any(fields):
                continue
            try:
                rows.append(_row(fields, columns, line))
            except ValueError as error:
                problems.append(f"{place}, line {line}: {error}")
    except csv.Error as error:
        raise ResultsError(f"{place} cannot be read as a table: {error}; save it as CSV once more") from error
    return rows, problems


def _text(content, place):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = f"{place} is not UTF-8: it is read as Windows-1252; look whether names with accents are right"
        return content.decode("cp1252", "replace"), [note]


def _header(line, place):
    """(name -> position, the mark between the columns)."""
    for mark in ",;\t":
        names = [name.strip().casefold() for name in next(csv.reader([line], delimiter=mark))]
        if set(COLUMNS[:3]) <= set(names):
            return {name: names.index(name) for name in COLUMNS if name in names} | {"": len(names)}, mark
    raise ResultsError(
        f"{place} begins with {in_one_line(line, 80)!r}: the first line must be {','.join(COLUMNS)}"
    )


def _row(fields, columns, line):
    if any(fields[columns[""] :]):
        raise ValueError(
            f"{len(fields)} cells for {columns['']} columns: put a text or a number with commas between "
            'quotes ("2,5")'
        )
    fields += [""] * (columns[""] - len(fields))
    student, asked, points = (fields[columns[name]] for name in COLUMNS[:3])
    comment = fields[columns["comment"]] if "comment" in columns else ""
    if not student:
        raise ValueError("the student is missing")
    if points and not NUMBER.fullmatch(points):
        raise ValueError(f"points is {in_one_line(points, 40)!r}, expected a number or nothing")
    if not points and not comment:
        raise ValueError("neither points nor a comment")
    number = float(points.replace(",", ".")) if points else None
    asked = "" if asked.casefold() in TOTAL else asked
    return HandRow(student, Override(asked, number, comment), line)


def apply(
    records: Iterable[Graded], rows: Iterable[HandRow], questions: Sequence[str]
) -> tuple[list[Graded], list[str]]:
    """The records with these rows as their `overrides`, and what cannot be applied, a sentence a row.

    Overrides that the records had before are gone. Of two rows with points for one question the later counts,
    and that is said. `questions` are those of this run.
    """
    records = list(records)
    keys = {neutral(record.student): record.student for record in records}
    keys |= {record.student: record.student for record in records}
    found: dict[str, list[Override]] = {}
    problems = []
    for row in rows:
        where = f"{OVERRIDES}, line {row.line}"
        student = keys.get(row.student)
        if student is None:
            problems.append(f"{where}: {_unknown_student(row.student, records)}")
        elif problem := _problem(row.override, questions):
            problems.append(f"{where}: {problem}; the row is not applied")
        else:
            given = found.setdefault(student, [])
            if row.override.points is not None and any(
                one.question == row.override.question and one.points is not None for one in given
            ):
                about = row.override.question or "total"
                problems.append(
                    f"{where}: points for {in_one_line(student, 60)}, {about} a second time; these count"
                )
            given.append(row.override)
    return [replace(one, overrides=tuple(found.get(one.student, ()))) for one in records], problems


def _problem(override, questions):
    if override.question and override.question not in questions:
        near = get_close_matches(override.question[:80], questions, 1, 0.5)
        advice = f"did you mean {near[0]!r}?" if near else "this run does not grade it"
        return f"unknown question {in_one_line(override.question, 60)!r}: {advice}"
    highest = sum(
        record_of(name).points for name in ([override.question] if override.question else questions)
    )
    if override.points is not None and not 0 <= override.points <= highest:
        about = override.question or "the total"
        return f"{override.points:g} points for {about}, expected 0 to {highest:g}"
    return ""


def _unknown_student(student, records):
    named = [one.student for one in records if one.name and one.name.casefold() == student.casefold()]
    near = named or get_close_matches(student[:80], [one.student[:80] for one in records], 1, 0.6)
    advice = f": did you mean {in_one_line(near[0], 60)!r}?" if near else ""
    return f"no submission of a student {in_one_line(student, 60)!r}{advice}; the row is not applied"
