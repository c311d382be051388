"""Who is who: a submission's id and name beside the ids and names of a platform's rows."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from mlpkit.grading.records import Graded
from mlpkit.grading.submissions.found import key


@dataclass(frozen=True)
class Person:
    """A row of the export. `own`: the platform's own number, which its downloads carry; `ids`: other ids."""

    row: int
    label: str
    own: str = ""
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    email: str = ""


@dataclass
class Matches:
    """`rows`: student -> row; `unmatched`: pairs of a student and the reason."""

    rows: dict[str, int] = field(default_factory=dict)
    unmatched: list[tuple[str, str]] = field(default_factory=list)


def spelled(name: str) -> str:
    """A name without case, accents, order of parts and what is between them.

    >>> spelled("Müller-Lüdenscheidt, Ada") == spelled("ADA Müller Lüdenscheidt")
    True
    """
    return " ".join(sorted(_parts(name)))


def joined(name: str) -> set[str]:
    """The name in one word as Canvas writes it in file names: last name first, and as it stands.

    >>> sorted(joined("Ada Lovelace"))
    ['adalovelace', 'lovelaceada']
    """
    parts = _parts(name)
    if "," in name:
        last, _, first = name.partition(",")
        return {"".join(_parts(last) + _parts(first)), "".join(_parts(first) + _parts(last))}
    return {"".join(parts), "".join(parts[-1:] + parts[:-1])}


def _parts(name: str) -> list[str]:
    name = re.sub(r"\([^()]*\)", " ", name[:500])  # pronouns, "(inactive)"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`´")
    return re.findall(r"\w+", plain.replace("_", " "))


def match(people: Iterable[Person], records: Iterable[Graded], own: str) -> Matches:
    """Each submission's row: by the platform's number, by other ids, then by name. Two candidates are none.

    `own`: the layout ("canvas", "moodle") whose ids are the platform's numbers. Such an id is compared with
    nothing else, since another person's other id may be the same number.
    """
    index = _Index(people)
    found = Matches()
    for record in sorted(records, key=lambda record: record.student):
        rows = index.by_id(record, own) or index.by_name(record)
        if len(rows) == 1:
            found.rows[record.student] = rows.pop()
        elif rows:
            found.unmatched.append((record.student, f"{len(rows)} rows of the export fit, none was taken"))
        else:
            found.unmatched.append((record.student, "no row of the export fits"))
    return _once(found)


def _once(found: Matches) -> Matches:
    """Without the rows that two submissions have: which of them counts is not guessed."""
    students: dict[int, list[str]] = {}
    for student, row in found.rows.items():
        students.setdefault(row, []).append(student)
    for several in students.values():
        for student in several if len(several) > 1 else ():
            others = ", ".join(other for other in several if other != student)
            found.unmatched.append((student, f"the same row fits {others}, none was taken"))
            del found.rows[student]
    found.unmatched.sort()
    return found


class _Index:
    """The rows by what may identify them."""

    def __init__(self, people: Iterable[Person]):
        self.own: dict[str, set[int]] = {}
        self.ids: dict[str, set[int]] = {}
        self.local: dict[str, set[int]] = {}  # what stands before the @ of an address
        self.names: dict[str, set[int]] = {}
        for person in people:
            self._add(self.own, person.own, person.row)
            for one in (*person.ids, person.email):
                self._add(self.ids, one, person.row)
                self._add(self.ids, one.partition(": ")[2], person.row)  # "UID: 12345"
                if "@" in one:
                    self._add(self.local, one.partition("@")[0], person.row)
            for name in person.names:
                for form in (spelled(name), *joined(name)):
                    if form:
                        self.names.setdefault(form, set()).add(person.row)

    @staticmethod
    def _add(to: dict[str, set[int]], one: str, row: int) -> None:
        if one.strip():
            to.setdefault(_id(one), set()).add(row)

    def by_id(self, record: Graded, own: str) -> set[int]:
        """The rows that a submission's id fits."""
        student = _id(record.student)
        if record.layout == own:
            return set(self.own.get(student, ()))
        if record.layout in ("canvas", "moodle"):
            return set()  # a number of the other platform
        found = self.ids.get(student, set()) | self.own.get(student, set())
        return set(found or self.local.get(student, ()))

    def by_name(self, record: Graded) -> set[int]:
        """The rows that a submission's name fits, or its id where that is a name."""
        found: set[int] = set()
        for name in (record.name, record.student if record.layout not in ("canvas", "moodle") else ""):
            for form in {spelled(name), *(joined(name) if name else ())} - {""}:
                found |= self.names.get(form, set())
        return found


def _id(text: str) -> str:
    """An id as it is compared: as submissions' keys are made, without case; leading zeros count."""
    return key(re.sub(r"^([0-9]+)\.0$", r"\1", text.strip())).lower()
