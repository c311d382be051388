"""What the columns of exports are called, in English, German, French and Spanish."""

import re
from collections.abc import Mapping

from mlpkit.grading.rosters.report import RosterError
from mlpkit.grading.rosters.sheets import Sheet
from mlpkit.grading.submissions.texts import shown

# From Moodle's language packs (mod_assign: recordid, maxgrade, gradecanbechanged …) and Canvas's exports.
NAMES = {
    "student": ("student",),
    "id": ("id",),
    "sis user id": ("sis user id",),
    "sis login id": ("sis login id",),
    "integration id": ("integration id",),
    "root account": ("root account",),
    "section": ("section",),
    "identifier": ("identifier", "id", "identifiant", "identificador"),
    "full name": ("full name", "vollständiger name", "nom complet", "nombre completo"),
    "first name": ("first name", "vorname", "prénom", "nombre"),
    "last name": ("last name", "surname", "nachname", "nom", "nom de famille", "apellido(s)", "apellidos"),
    "email": ("email address", "e-mail-adresse", "adresse de courriel", "dirección de correo", "email"),
    "id number": ("id number", "id-nummer", "matrikelnummer", "numéro d'identification", "número de id"),
    "username": ("username", "anmeldename", "nom d'utilisateur", "nombre de usuario"),
    "grade": ("grade", "bewertung", "note", "calificación"),
    "maximum": ("maximum grade", "bestwertung", "note maximale", "calificación máxima"),
    "can be changed": (
        *("grade can be changed", "bewertung kann geändert werden", "la note peut être modifiée"),
        "la calificación puede ser cambiada",
    ),
    "feedback": ("feedback comments", "feedback als kommentar", "feedback par commentaires"),
}


MAILS = re.compile(r"e-?mail|courriel|correo", re.IGNORECASE)
FEEDBACK = re.compile(r"feedback|retroalimentación|commentaires", re.IGNORECASE)
ALIKE = {"email": MAILS, "feedback": FEEDBACK}  # where no name is known: the one column that looks like it


class Columns:
    """The places of known columns in a sheet; `given` names some as this file does: {"grade": "Nota final"}.

    ValueError: `given` has an unknown key, or a name that this file has not or has twice.
    """

    def __init__(self, sheet: Sheet, given: Mapping[str, str] | None = None):
        self.header = sheet.header
        self._folded = [name.casefold().strip() for name in sheet.header]
        self._given = dict(given or {})
        self._places: dict[str, int | None] = {}
        if unknown := [name for name in self._given if name not in NAMES]:
            raise RosterError(f"unknown column {unknown[0]!r}: choose one of {', '.join(NAMES)}")
        for name in self._given.values():
            if name.casefold().strip() not in self._folded:
                raise RosterError(f"the export has no column {name!r}; it has {self.listed()}")

    def listed(self) -> str:
        """The names of this file's columns, for an error."""
        names = ", ".join(repr(shown(name, 40)) for name in self.header[:20])
        return names + (" …" if len(self.header) > 20 else "")

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def find(self, name: str) -> int | None:
        """The place of a column, or None; ValueError where the file has it twice."""
        if name not in self._places:
            self._places[name] = self._find(name)
        return self._places[name]

    def _find(self, name: str) -> int | None:
        names = (self._given[name].casefold().strip(),) if name in self._given else NAMES[name]
        places = [i for i, folded in enumerate(self._folded) if folded in names]
        if not places and name in ALIKE:
            places = [i for i, folded in enumerate(self._folded) if ALIKE[name].search(folded)]
            return places[0] if len(places) == 1 else None
        if len(places) > 1:
            raise RosterError(
                f"the export has the column {shown(self.header[places[0]], 40)!r} twice: remove one of them"
            )
        return places[0] if places else None

    def places(self, *names: str) -> list[int]:
        """The places of those of these columns that the file has, in the file's order."""
        return sorted({place for name in names if (place := self.find(name)) is not None})

    def cell(self, row: tuple[str, ...], name: str) -> str:
        """What stands in this column of a row, "" where there is none."""
        place = self.find(name)
        return row[place].strip() if place is not None else ""
