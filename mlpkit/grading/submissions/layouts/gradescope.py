"""Gradescope's "Export Submissions": `submission_123456789/` and who handed it in, submission_metadata.yml.

Of that file only three things are read, line by line: submitters, their names and ids, and the time. What
students printed stands in it too, but indented deeper than the lines that are read.
"""

import re

from mlpkit.grading.submissions.archives import Unreadable
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.nbgrader import iso
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.limits import METADATA_BYTES
from mlpkit.grading.submissions.texts import decode, shown

METADATA = "submission_metadata.yml"
FOLDER = re.compile(r"submission_([0-9]{1,20})(?:\.zip)?")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
ESCAPES = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))
FIELD = re.compile(r"(?P<indent> *)(?P<dash>- +)?['\"]?:?(?P<name>\w+)['\"]?: *(?P<value>.*)")


def recognise(root: Root) -> list[Found] | None:
    """The students, or None where neither the metadata nor folders `submission_…` alone are there."""
    names = [name for name in root.entries if FOLDER.fullmatch(name)]
    if not names or not (METADATA in root.plain_files or len(names) == len(root.entries)):
        return None
    people, times = _metadata(root)
    students: dict[str, list[Found]] = {}
    for name in names:
        for found in _found(name, root, people, times):
            students.setdefault(found.original, []).append(found)
    return [_latest(attempts) for attempts in students.values()]


def claimed(root: Root) -> set[str]:
    """The entries that `recognise` has taken."""
    return {name for name in root.entries if FOLDER.fullmatch(name) or name == METADATA}


def _found(name: str, root: Root, people: dict, times: dict) -> list[Found]:
    number = FOLDER.fullmatch(name)[1]  # type: ignore[index]
    folder = f"submission_{number}"
    files, sent = tuple(root.entries[name]), times.get(folder, "")
    submitters = people.get(folder) or [{}]
    found = []
    for person in submitters:
        original = person.get("sid") or person.get("email") or number
        others = [shown(p.get("name") or p.get("sid") or "") for p in submitters if p is not person]
        notes = (f"handed in together with {', '.join(others[:10])}",) if others else ()
        found.append(Found(original, "gradescope", files, person.get("name", ""), sent, notes=notes))
    return found


def _latest(attempts: list[Found]) -> Found:
    """The latest of a student's submissions, with a note on the others."""
    attempts = sorted(attempts, key=lambda one: (one.sent, len(_folder(one)), _folder(one)))
    found = attempts[-1]
    if len(attempts) == 1:
        return found
    older = ", ".join(_folder(one) for one in attempts[:-1][:10])
    return Found(
        **{**found.__dict__, "notes": (*found.notes, f"an earlier submission was left out: {older}")}
    )


def _folder(found: Found) -> str:
    parts = found.files[0].parts if found.files else ()
    return next((part for part in parts if FOLDER.fullmatch(part)), "")


def _metadata(root: Root) -> tuple[dict[str, list[dict[str, str]]], dict[str, str]]:
    """For each folder its submitters, and for each folder the time; both empty without the file."""
    file = root.plain_files.get(METADATA)
    if file is None:
        return {}, {}
    try:
        text = decode(root.read(file, METADATA_BYTES)[:METADATA_BYTES])[0]
    except Unreadable:
        return {}, {}
    return submitters(text)


def submitters(text: str) -> tuple[dict[str, list[dict[str, str]]], dict[str, str]]:
    """The people and the time of each submission in the text of submission_metadata.yml.

    >>> submitters("submission_7:\\n  :submitters:\\n  - :name: Ada\\n    :sid: '42'\\n")[0]
    {'submission_7': [{'name': 'Ada', 'sid': '42'}]}
    """
    people: dict[str, list[dict[str, str]]] = {}
    times: dict[str, str] = {}
    folder, inside = "", False
    for line in text.split("\n"):  # not splitlines: what students print may hold other ends of lines
        found = FIELD.fullmatch(line.rstrip(" \t\r")[:2000])
        if not found:
            continue
        indent, name, value = len(found["indent"]), found["name"], found["value"]
        if indent == 0 and not found["dash"]:
            folder, inside = (name if FOLDER.fullmatch(name) else ""), False
        elif not folder:
            continue
        elif indent == 2 and not found["dash"]:
            inside = name == "submitters" and not value
            if name == "created_at":
                times[folder] = iso(_scalar(value))
        elif inside and (found["dash"] or people.get(folder)):
            if found["dash"]:
                people.setdefault(folder, []).append({})
            if name in ("name", "sid", "email"):
                people[folder][-1][name] = _scalar(value)
    return people, times


def _scalar(value: str) -> str:
    """A YAML scalar of one line as text."""
    value = value.strip(" \t\r")
    if value[:1] == value[-1:] == "'" and len(value) > 1:
        return value[1:-1].replace("''", "'")
    if value[:1] == value[-1:] == '"' and len(value) > 1:
        return ESCAPE.sub(_escaped, value[1:-1])
    return "" if value in ("null", "~") else value


def _escaped(found: re.Match) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return ESCAPES.get(str(found[4]), str(found[4]))
