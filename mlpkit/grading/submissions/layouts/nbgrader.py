"""nbgrader's `submitted/STUDENT/ASSIGNMENT/`, with the time of each submission in timestamp.txt."""

import re
from datetime import datetime

from mlpkit.grading.submissions.archives import Unreadable
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.texts import decode
from mlpkit.grading.submissions.tree import File

SUBMITTED, STAMP = "submitted", "timestamp.txt"


def recognise(root: Root) -> list[Found] | None:
    """The students, or None: given are the course's folder, its `submitted`, or the folder of one student."""
    if SUBMITTED in root.folders:
        return _students(root.inside(SUBMITTED))
    depths = {len(file.parts) - root.start for file in root.files if file.name == STAMP}
    if 3 in depths or (root.name == SUBMITTED and _deep(root)):
        return _students(root)
    if 2 in depths:
        return [_found(root.name, list(root.files), root)]
    return None


def claimed(root: Root) -> set[str]:
    """All entries: what lies beside `submitted` in a course's folder is the instructor's."""
    if SUBMITTED in root.folders:
        return set(root.entries)
    depths = {len(file.parts) - root.start for file in root.files if file.name == STAMP}
    return set(root.entries) if 2 in depths and 3 not in depths else set(root.folders)


def _deep(root: Root) -> bool:
    return any(len(file.parts) - root.start == 3 for file in root.files)


def _students(root: Root) -> list[Found]:
    return [_found(student, files, root) for student, files in root.folders.items()]


def _found(student: str, files: list[File], root: Root) -> Found:
    stamps = [file for file in files if file.name == STAMP and not file.problem]
    sent = max((iso(_content(file, root)) for file in stamps), default="")
    return Found(student, "nbgrader", tuple(f for f in files if f.name != STAMP), sent=sent)


def _content(file: File, root: Root) -> str:
    try:
        return decode(root.read(file, 200)[:200])[0]
    except Unreadable:
        return ""


def iso(text: str) -> str:
    """nbgrader's "2015-02-02 15:58:23.948203 UTC" as an ISO time, "" for anything else.

    >>> iso("2015-02-02 15:58:23.948203 UTC")
    '2015-02-02T15:58:23+00:00'
    """
    found = re.match(
        r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]*)? *(.{0,40})", text
    )
    if not found:
        return ""
    try:
        time = datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        return ""
    zone = re.match(r"[+-][0-9]{2}:?[0-9]{2}", found[3])
    if zone:
        return f"{time.isoformat()}{zone[0][:3]}:{zone[0][-2:]}"
    return time.isoformat() + ("+00:00" if found[3].strip().upper() in ("UTC", "Z", "GMT") else "")
