"""nbgrader's `submitted/STUDENT/ASSIGNMENT/`, with the time of each submission in timestamp.txt."""

import re
from dataclasses import replace
from datetime import datetime

from mlpkit.grading.submissions.archives import Unreadable
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.texts import decode, shown
from mlpkit.grading.submissions.tree import File

SUBMITTED, STAMP = "submitted", "timestamp.txt"
COURSE = {"source", "release", "autograded", "feedback", "gradebook.db", "nbgrader_config.py"}
INBOUND = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>.+)\+(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}[^+]*)(\+[^+]*)?", re.DOTALL
)


def recognise(root: Root) -> list[Found] | None:
    """The students, or None: of a course, its `submitted`, a student's folder in it, an exchange's `inbound`.

    A file timestamp.txt of one student does not make the folder of a class nbgrader's.
    """
    if _is_course(root):
        return _students(root.inside(SUBMITTED))
    if root.folders and all(INBOUND.fullmatch(name) for name in root.folders):
        return _inbound(root)
    if root.name == SUBMITTED and (_depths(root, {STAMP}) & {3} or _deep(root)):
        return _students(root)
    if root.parent == SUBMITTED and 2 in _depths(root, {STAMP}):
        return [_found(root.name, list(root.files), root)]
    return _students(root) if _all_stamped(root) else None


def claimed(root: Root) -> set[str]:
    """The entries that `recognise` has taken; what is beside `submitted` in a course is the instructor's."""
    if _is_course(root) or root.parent == SUBMITTED:
        return set(root.entries)
    return set(root.folders)


def _is_course(root: Root) -> bool:
    if SUBMITTED not in root.folders:
        return False
    return len(root.folders) == 1 or bool(COURSE & set(root.entries))


def _depths(root: Root, names: set[str]) -> set[int]:
    return {len(file.parts) - root.start for file in root.files if file.name in names}


def _all_stamped(root: Root) -> bool:
    """True where each folder holds STUDENT/ASSIGNMENT/timestamp.txt: a renamed `submitted`."""
    stamped = {f.parts[root.start] for f in root.files if f.name == STAMP and len(f.parts) - root.start == 3}
    return bool(root.folders) and stamped == set(root.folders)


def _inbound(root: Root) -> list[Found]:
    """The students of an exchange's `inbound`: STUDENT+ASSIGNMENT+TIME; the latest of each counts."""
    latest: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for name in root.folders:
        if found := INBOUND.fullmatch(name):
            attempts = latest.setdefault(found["student"], {}).setdefault(found["assignment"], [])
            attempts.append((found["time"], name))
    students = []
    for student, assignments in latest.items():
        files: list[File] = []
        notes: list[str] = []
        for attempts in assignments.values():
            *older, (_, newest) = sorted(attempts)
            files += root.folders[newest]
            notes += [f"an earlier submission was left out: {shown(name)}" for _, name in older]
        students.append(replace(_found(student, files, root), notes=tuple(notes)))
    return students


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
