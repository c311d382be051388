"""Names of files for students' pages, safe on every system, whatever a student is called."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST = 80  # characters
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?", re.IGNORECASE)


def page_names(students: Iterable[str]) -> dict[str, str]:
    """{student: name of a file}: letters, digits, `.`, `-`, `_`, `@`; a hash makes up for all that is lost.

    No two names are equal, also where capitals or forms of a letter make no difference.

    >>> page_names(["20037", "ada", "../Ada"])["20037"]
    '20037.html'
    """
    students = list(students)
    plain = {student: _plain(student) for student in students}
    twice = Counter(map(_folded, plain.values()))
    return {
        student: f"{name}.html"
        if name == student and twice[_folded(name)] == 1
        else _with_hash(name, student)
        for student, name in plain.items()
    }


def _plain(student):
    name = re.sub(r"[^\w.@-]+", "_", unicodedata.normalize("NFC", student)[: 4 * LONGEST])
    name = name.strip("._-")[:LONGEST]
    while len(name.encode("utf-8", "replace")) > 2 * LONGEST:
        name = name[:-1]
    return "" if RESERVED.fullmatch(name) else name


def _with_hash(name, student):
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{name or 'student'}~{digest}.html"  # no name that is left as it was has a ~


def _folded(name):
    return unicodedata.normalize("NFKC", name).casefold()
