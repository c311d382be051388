"""Arbitrary and mutated exports: a report or a clear error, and a file that is no formula."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mlpkit.grading.records import Answer, Graded
from mlpkit.grading.rosters import Report, write
from mlpkit.grading.rosters.people import joined, spelled
from mlpkit.grading.rosters.sheets import NUMBER, harmless, parse

HEADERS = [
    "Student,ID,SIS User ID,SIS Login ID,Section,HW (1)",
    "Identifier,Full name,Email address,Grade,Maximum Grade,Feedback comments",
    "First name,Last name,Email address,HW",
    "ID;Vollständiger Name;E-Mail-Adresse;Bewertung;Bestwertung",
]
CELL = st.text(max_size=12) | st.sampled_from(
    ["ada", "1", "=1+1", "Participant 1", "ada@x.edu", '"', "1,5", "-"]
)
RESULTS = [
    Graded("1", name="ada", layout="moodle", answers=(Answer("bump", 1.0, 2.0, "not yet right"),)),
    Graded("ada", layout="folder", status="not graded", reason="\x00=1+1\n</p>"),
    Graded("2", layout="canvas", answers=(Answer("bump", 2.0, 2.0, "passed"),)),
]


def tried(data):
    """Write an import for this export: the report, or None for an error in a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "export.csv").write_bytes(data)
        try:
            report = write(Path(folder, "export.csv"), RESULTS, Path(folder, "import.csv"), "HW")
        except ValueError as error:
            assert 10 < len(str(error)) < 3000  # noqa: PT017
            assert not Path(folder, "import.csv").exists()
            return None
        assert isinstance(report, Report)
        assert len(report.matched) + len(report.without_row) == len(RESULTS)
        text = Path(folder, "import.csv").read_bytes().decode("utf-8-sig")
        delimiter = max(",;\t", key=text.split("\n")[0].count)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert (
                    cell[:1] not in tuple("=+-@\t\r") or cell.strip() == "-" or NUMBER.fullmatch(cell.strip())
                )
        return report


@given(st.binary(max_size=300))
def test_any_bytes_are_a_clear_error_or_a_report(data):
    tried(data)


@given(
    st.sampled_from(HEADERS),
    st.lists(st.lists(CELL, max_size=7), max_size=6),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_any_rows_below_a_known_header_give_a_report(header, rows, encoding):
    held = io.StringIO()
    csv.writer(held, delimiter=";" if ";" in header else ",").writerows(rows)
    data = f"{header}\r\n{held.getvalue()}".encode(encoding, "replace")
    report = tried(data)
    assert report is None or report.system


@given(st.sampled_from(HEADERS), st.integers(0, 60), st.text(max_size=5))
def test_a_damaged_header_is_a_clear_error_or_a_report(header, place, text):
    tried(
        (header[:place] + text + header[place:] + "\r\nParticipant 1,Ada,a@x,1,2\r\n").encode(
            "utf-8", "replace"
        )
    )


@given(st.text(max_size=60))
def test_names_and_cells_may_be_any_text(text):
    assert spelled(text) == spelled(spelled(text))
    assert isinstance(joined(text), set)
    made = harmless(text)
    assert made.removeprefix("'").split() == text.removeprefix("'").split()
    assert "\r" not in made
    assert made[:1] not in tuple("=+@\t\r") or NUMBER.fullmatch(made.strip())


@given(st.binary(max_size=200))
def test_the_reader_gives_rows_of_one_length(data):
    try:
        sheet = parse(data)
    except ValueError:
        return
    assert {len(row) for row in sheet.rows} <= {len(sheet.header)}
