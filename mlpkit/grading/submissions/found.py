"""A student whose files were found and not read yet; the key that stands for the student in file names."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from mlpkit.grading.submissions.limits import KEY_CHARACTERS
from mlpkit.grading.submissions.texts import shown
from mlpkit.grading.submissions.tree import File

DEVICES = {"con", "prn", "aux", "nul"}
DEVICES |= {f"{name}{number}" for name in ("com", "lpt") for number in range(10)}


@dataclass(frozen=True)
class Found:
    """One student's files. `original` is the id as the layout has it, `student` the key made from it.

    `others`: files that were not taken. The rest is as in `Submission`.
    """

    original: str
    layout: str
    files: tuple[File, ...] = ()
    name: str = ""
    sent: str = ""
    late: bool = False
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    problem: str = ""
    student: str = field(default="")


def key(original: str) -> str:
    """The id with letters, digits and -_. only, not too long, no device of Windows; not yet unique.

    >>> [key(name) for name in ("Zoë Müller", "../../etc", "CON", "a.", "王")]
    ['Zoe_Muller', 'etc', '_CON', 'a', 'student']
    """
    plain = unicodedata.normalize("NFKD", original[:1000])
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", plain)[:KEY_CHARACTERS].strip("._")
    if not re.search("[A-Za-z0-9]", plain):
        return "student"
    return "_" + plain if plain[0] == "-" or plain.split(".")[0].lower() in DEVICES else plain


def with_keys(found: list[Found]) -> list[Found]:
    """Each with a `student` that no other has, also where capitals do not count; sorted by it."""
    counts = Counter(key(one.original).lower() for one in found)
    taken: set[str] = set()
    named = []
    for one in sorted(found, key=lambda one: counts[key(one.original).lower()]):  # the unchanged ones first
        student = key(one.original)
        if counts[student.lower()] > 1 or student == "student":
            student = _with_hash(student, one, 0)
        attempt = 0
        while student.lower() in taken:  # somebody bears the very name that another one's hash gives
            attempt += 1
            student = _with_hash(key(one.original), one, attempt)
        taken.add(student.lower())
        name = one.name or (one.original if student != one.original else "")
        named.append(replace(one, student=student, name=shown(name)))
    return sorted(named, key=lambda one: one.student)


def _with_hash(student: str, one: Found, attempt: int) -> str:
    text = f"{one.layout}/{one.original}/{attempt}"
    short = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{student[: KEY_CHARACTERS - 9]}-{short}"
