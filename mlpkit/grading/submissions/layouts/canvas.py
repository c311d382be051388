"""Canvas's "Download Submissions": `lastnamefirstname_LATE_USER_ATTACHMENT_file`, all in one folder.

USER is the user's id in Canvas, the column ID of its gradebook. Canvas replaces numbers between underscores
in names, so the first two numbers are its own.
"""

import os
import re

from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.texts import shown
from mlpkit.grading.submissions.tree import File

FILE = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE|_late)?_(?P<user>[0-9]{1,20})_(?P<attachment>[0-9]{3,20})_(?P<file>.+)",
    re.DOTALL,
)
ANONYMOUS = re.compile(
    r"(?P<name>anon(?:ymous)?)(?P<late>_LATE|_late)?_(?P<user>[A-Za-z0-9]{2,12})_(?P<attachment>[0-9]{2,20})_(?P<file>.+)",
    re.DOTALL,
)
TYPED = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE|_late)?_(?P<user>[0-9]{1,20})_(?P<attachment>)(?P<file>(?:text|link)\.html)",
    re.DOTALL,
)
AGAIN = re.compile(r"-([0-9]{1,3})$")  # Canvas appends -1, -2 to a file that is handed in again


def matched(name: str) -> re.Match | None:
    """The parts of a name that Canvas gave, or None.

    >>> matched("lovelaceada_LATE_12345_67890_ex05-1.ipynb")["user"]
    '12345'
    """
    for pattern in (ANONYMOUS, FILE, TYPED):
        if found := pattern.fullmatch(name):
            return found
    return None


def recognise(root: Root) -> list[Found] | None:
    """The students, or None where fewer than half of the files have names as Canvas gives them."""
    names = claimed(root)
    if not names or 2 * len(names) < len(root.plain_files):
        return None
    users: dict[str, list[tuple[re.Match, File]]] = {}
    for name in sorted(names):
        if found := matched(name):
            users.setdefault(found["user"], []).append((found, root.plain_files[name]))
    return [_found(user, files) for user, files in users.items()]


def claimed(root: Root) -> set[str]:
    """The entries that `recognise` has taken."""
    return {name for name in root.plain_files if matched(name)}


def _found(user: str, files: list[tuple[re.Match, File]]) -> Found:
    kept, dropped = _latest(files)
    name = files[0][0]["name"]
    notes = [
        f"{shown(old['file'])} was left out: {shown(new['file'])} was handed in later" for old, new in dropped
    ]
    typed = tuple(file.name for match, file in kept if match.re is TYPED)
    return Found(
        user,
        "canvas",
        tuple(file for match, file in kept if match.re is not TYPED),
        name="" if files[0][0].re is ANONYMOUS else name,
        late=any(match["late"] for match, _ in kept),
        notes=tuple(notes),
        others=typed,
    )


def _latest(files: list[tuple[re.Match, File]]):
    """The files without those that were handed in again, and pairs of an old and its newer file.

    `ex05` is older than `ex05-1`; `part-1` and `part-2` without a `part` may be two parts: both are kept.
    """
    groups: dict[tuple[str, str], list] = {}
    for match, file in files:
        stem, extension = os.path.splitext(match["file"])
        again = AGAIN.search(stem)
        base = stem[: again.start()] if again else stem
        order = (int(again[1]) if again else 0, int(match["attachment"] or 0))
        groups.setdefault((base.lower(), extension.lower()), []).append((order, match, file))
    kept, dropped = [], []
    for group in groups.values():
        group.sort(key=lambda one: one[0])
        if group[0][0][0] == 0 and len(group) > 1:
            dropped += [(match, group[-1][1]) for _, match, _ in group[:-1]]
            group = group[-1:]
        kept += [(match, file) for _, match, file in group]
    return kept, dropped
