"""`grades.csv`, a row a submission and a column a question; it is written together with `results.jsonl`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mlpkit.grading.records import GRADED, NOT_GRADED, Graded
from mlpkit.grading.results.files import Folder
from mlpkit.grading.results.lines import RESULTS, as_lines
from mlpkit.grading.results.visible import in_one_line

GRADES = "grades.csv"
BY_HAND = "graded by hand"
IN_PART = "partly graded"
NOT_CHECKED = "not checked"  # the status of an answer that a fault of mlpkit's kept from being graded
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")


def write(folder, records: Iterable[Graded], questions: Sequence[str]) -> None:
    """Write `grades.csv` and `results.jsonl` into a folder, both or none.

    `questions`: the columns, in this order. The records may have overrides (`apply`): the table shows their
    points, `results.jsonl` has them beside the automatic ones. The same records give the same bytes.
    ResultsError where the folder cannot be written, ValueError where a student comes twice.
    """
    records = list(records)
    files = {GRADES: table(records, questions).encode(), RESULTS: as_lines(records)}
    with Folder(folder) as opened:
        opened.write(files)


def table(records: Iterable[Graded], questions: Sequence[str]) -> str:
    """The text of `grades.csv`.

    An empty cell is a question that was not graded; a total is empty unless all of them were.

    >>> print(table([Graded("ada", status="not graded", reason="the zip is damaged")], ["bump"]), end="")
    student,bump,total,status
    ada,,,not graded
    """
    lines = [",".join(["student", *questions, "total", "status"])]
    for record in sorted(records, key=lambda record: record.student):
        points = [points_of(record, question) for question in questions]
        cells = [cell(record.student), *map(_number, points), _number(total(record)), state(record)]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def points_of(record: Graded, question: str) -> float | None:
    """The points for a question as they count; None where it was not graded."""
    if (given := record.by_hand(question)) is not None:
        return given
    answer = record.answer(question)
    if record.status != GRADED or answer is None or answer.status == NOT_CHECKED:
        return None
    return answer.points


def total(record: Graded) -> float | None:
    """The points of a submission as they count; None where some of it was not graded."""
    return record.points if state(record) in (GRADED, BY_HAND) else None


def state(record: Graded) -> str:
    """ "graded", "graded by hand", "partly graded" (a question was not checked) or "not graded"."""
    if record.by_hand("") is not None:
        return GRADED if record.status == GRADED else BY_HAND
    if record.status != GRADED:
        return BY_HAND if any(one.points is not None for one in record.overrides) else NOT_GRADED
    open_ = [a.question for a in record.answers if a.status == NOT_CHECKED]
    return IN_PART if any(record.by_hand(question) is None for question in open_) else GRADED


def final(record: Graded) -> Graded:
    """The record with the points that count in its answers, for another system; its overrides are gone.

    Points by hand for the submission as a whole have no answer: `record.points` has them, this has not.
    """
    answers = tuple(replace(a, points=record.points_of(a.question) or 0.0) for a in record.answers)
    return replace(record, answers=answers, overrides=())


def neutral(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula: a quote in front of what could be one.

    >>> neutral("=1+1"), neutral("Ada")
    ("'=1+1", 'Ada')
    """
    return f"'{text}" if FORMULA.match(text) else text


def cell(text: str) -> str:
    """A text of strangers as one cell of a CSV file, in quotes where a spreadsheet could divide it."""
    text = neutral(in_one_line(text))
    if re.search(r"[,;\"'|]|^\s|\s$", text):
        return '"{}"'.format(text.replace('"', '""'))
    return text


def _number(points):
    return "" if points is None else f"{points:g}"
