"""`results.jsonl`: everything that is known about each submission, one line each."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import fields
from itertools import pairwise

from mlpkit.grading.records import Answer, Graded, Override, Row
from mlpkit.grading.results.files import Folder, ResultsError

RESULTS = "results.jsonl"
# Characters that a file for people should not hold raw: controls, bidi marks, halves of surrogate pairs.
ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
KINDS = {
    str: str,
    bool: bool,
    int: int,
    float: (int, float),
    float | None: (int, float, type(None)),
    str | None: (str, type(None)),
    tuple[str, ...]: tuple,
}


def as_lines(records: Iterable[Graded]) -> bytes:
    """The file's bytes: a line a submission, sorted by student; the same records give the same bytes.

    ValueError where a student comes twice, or a number is not finite.
    """
    ordered = sorted(records, key=lambda record: record.student)
    for one, next_ in pairwise(ordered):
        if one.student == next_.student:
            raise ValueError(f"two results of one student: {one.student!r:.80}")
    return b"".join(_line(record) for record in ordered)


def _line(record):
    text = json.dumps(record.to_dict(), ensure_ascii=False, allow_nan=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"


def read(folder, damaged: list[str] | None = None) -> list[Graded]:
    """The records of `results.jsonl` in a folder, sorted by student.

    A line that cannot be read is a ResultsError with its number; where a list `damaged` is given, the message
    is put there and the other lines are read. ResultsError also where there is no such file.
    """
    with Folder(folder, make=False) as opened:
        content = opened.read(RESULTS)
    if content is None:
        raise ResultsError(f"{folder} has no {RESULTS}: give the folder of an earlier run of mlpkit grade")
    found: dict[str, Graded] = {}
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            if record.student in found:
                raise ValueError(f"a second line of {record.student!r:.80}")
            found[record.student] = record
        except (ValueError, RecursionError, MemoryError) as error:
            message = (
                f"{folder}/{RESULTS}, line {number}: {_short(error)}; remove that line and run "
                "`mlpkit grade` again: it grades that submission anew"
            )
            if damaged is None:
                raise ResultsError(message) from error
            damaged.append(message)
    return [found[student] for student in sorted(found)]


def _record(line):
    found = json.loads(line.decode())
    if not isinstance(found, dict):
        raise ValueError("not a line of results.jsonl: no object")
    record = Graded.from_dict(found)
    for part in (record, *record.answers, *(r for a in record.answers for r in a.rows), *record.overrides):
        _check(part)
    if not record.student:
        raise ValueError("the student's name is empty")
    return record


def _check(part: Graded | Answer | Row | Override):
    """ValueError where a field has a value of another type than it should."""
    for field in fields(part):
        value, kind = getattr(part, field.name), KINDS.get(field.type)
        if kind is None:  # tuples of records
            continue
        wrong = isinstance(value, bool) != (kind is bool) or not isinstance(value, kind)
        if isinstance(value, tuple):
            wrong = wrong or not all(isinstance(entry, str) for entry in value)
        if isinstance(value, float) and not math.isfinite(value):
            wrong = True
        if wrong:
            raise ValueError(
                f"{field.name} is {value!r:.40}, expected {getattr(field.type, '__name__', field.type)}"
            )


def _short(error):
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg}, character {error.pos + 1})"
    if isinstance(error, RecursionError | MemoryError):
        return "nested too deeply"
    return str(error)[:200]
