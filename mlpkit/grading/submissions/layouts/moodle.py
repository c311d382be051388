"""Moodle's "Download all submissions": `Name_123456_assignsubmission_file_`, with folders or without.

The number is the participant's in this assignment, as in the grading worksheet ("Participant 123456").
Moodle turns underscores in names into spaces: the first marker is its own, later ones are the student's.
"""

import re

from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.root import Root

MARK = "_assignsubmission_"
BLIND = "participant"  # stands for the name where identities are hidden


def recognise(root: Root) -> list[Found] | None:
    """The students, or None where nothing bears Moodle's marker; what bears none is left to `plain`."""
    if not any(MARK in name for name in root.entries):
        return None
    return [_found(name, root) for name in root.entries if MARK in name]


def claimed(root: Root) -> set[str]:
    """The entries that `recognise` has taken."""
    return {name for name in root.entries if MARK in name}


def split(name: str) -> tuple[str, str, str]:
    """The student's id, the name, and the kind of submission (file, onlinetext).

    >>> split("Ada Lovelace_123456_assignsubmission_file_ex05.ipynb")
    ('123456', 'Ada Lovelace', 'file')
    """
    head, _, tail = name.partition(MARK)
    kind = re.match("[a-z]*", tail)
    matched = re.fullmatch(r"(.*)_([0-9]{1,20})", head, re.DOTALL)
    person, number = (matched[1], matched[2]) if matched else (head, "")
    if not number and (first := re.fullmatch(r"([A-Za-z]?[0-9]{4,20})_(.+)", head, re.DOTALL)):
        number, person = first[1], first[2]  # as some universities have it: z1234567_Ada Lovelace
    person = person.replace("_", " ").strip()
    return number or head, "" if person.lower() == BLIND else person, kind[0] if kind else ""


def _found(name: str, root: Root) -> Found:
    original, person, kind = split(name)
    files = tuple(root.entries[name])
    if kind == "onlinetext":  # what was typed on the platform: a page, which holds no notebook
        return Found(original, "moodle", name=person, others=tuple(f.name for f in files if not f.folder))
    return Found(original, "moodle", files, name=person)
