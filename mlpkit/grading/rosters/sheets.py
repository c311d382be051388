"""A CSV file of a learning platform: it is written again with its delimiter and its kind of numbers."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mlpkit.grading.results.files import Folder
from mlpkit.grading.results.tables import neutral
from mlpkit.grading.rosters.report import RosterError
from mlpkit.grading.submissions.archives import Unreadable
from mlpkit.grading.submissions.texts import decode, shown, without_surrogates
from mlpkit.grading.submissions.tree import read_plain, real

FILE_BYTES = 64 * 2**20
ROWS = 200_000
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")


@dataclass(frozen=True)
class Sheet:
    """The header and the rows of a CSV file, each row as long as the header, and how it was written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    mark: bool = False  # a byte order mark, which Excel asks for
    newline: str = "\r\n"

    def decimal_comma(self, columns: list[int]) -> bool:
        """True where the numbers in these columns have a comma; without a sign of it: the delimiter ";"."""
        cells = [row[i].strip() for row in self.rows for i in columns if NUMBER.fullmatch(row[i].strip())]
        if any("," in cell and not self._has_thousands(cell) for cell in cells):
            return True
        return self.delimiter == ";" and not any("." in cell for cell in cells)

    def number(self, cell: str) -> float | None:
        """A number as platforms write it ("10,00", "10.00", "1,000.5"), None for anything else."""
        cell = cell.strip()
        cell = cell.replace(",", "" if self._has_thousands(cell) else ".")
        return float(cell) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,15})?", cell) else None

    def _has_thousands(self, cell: str) -> bool:
        """True for "1,000" where commas divide cells: there a decimal comma is no habit."""
        return self.delimiter == "," and THOUSANDS.fullmatch(cell) is not None

    def write(self, to: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        """Write these rows as this file is written, whole or not at all; no cell is a formula."""
        held = io.StringIO()
        writer = csv.writer(held, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerow([harmless(cell) for cell in header])
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        data = without_surrogates(held.getvalue()).encode("utf-8-sig" if self.mark else "utf-8")
        with Folder(to.parent) as folder:
            folder.write({to.name: data})


def harmless(cell: str) -> str:
    """The cell such that no spreadsheet takes it for a formula; numbers and a lone dash stay what they are.

    >>> harmless("=1+1"), harmless("-2,5"), harmless("-"), harmless("\\t=1")
    ("'=1+1", '-2,5', '-', "'\\t=1")
    """
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")  # csv writes a lone "\r" without quotes
    if cell.strip() == "-" or NUMBER.fullmatch(cell.strip()):
        return cell
    return f"'{cell}" if cell[:1] in ("\t", "\n") else neutral(cell)


def read(path: Path) -> Sheet:
    """The CSV file at this path; ValueError where it is none, is empty or too large."""
    try:
        data = read_plain(real(path), FILE_BYTES)
    except Unreadable:
        raise RosterError(
            f"{shown(str(path), 300)} cannot be read: give the CSV file that was exported"
        ) from None
    if len(data) > FILE_BYTES:
        raise RosterError(
            f"{shown(str(path), 300)} is larger than {FILE_BYTES // 2**20} MiB: no export of grades"
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise RosterError(f"{shown(str(path), 300)} is an Excel file: export it as CSV (plain text)")
    return parse(data, shown(str(path), 300))


def parse(data: bytes, name: str = "the export") -> Sheet:
    """The sheet in these bytes: UTF-8, UTF-16 or Windows-1252; divided by commas, semicolons or tabs."""
    text = decode(data)[0].removeprefix("\ufeff")
    mark = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    first = re.match(r'(?:[^"\r\n]|"[^"]*")*', text[:100_000])
    counts = Counter(re.sub(r'"[^"]*"', "", first[0] if first else ""))
    delimiter = max(",;\t", key=lambda c: counts[c])
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > ROWS:
                raise RosterError(f"{name} has more than {ROWS:,} rows: no export of grades")
    except csv.Error as error:
        raise RosterError(f"{name} is no CSV file that can be read ({error}): export it again") from None
    if not rows:
        raise RosterError(f"{name} is empty: export it again")
    header = tuple(cell.strip() for cell in rows[0])
    width = len(header)
    padded = tuple((*row, *[""] * (width - len(row)))[:width] for row in rows[1:])
    return Sheet(header, padded, delimiter, mark, "\r\n" if "\r\n" in text else "\n")
