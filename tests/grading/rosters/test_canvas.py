"""Canvas: an export of its gradebook becomes the file for its import."""

import csv
import io

import pytest

from mlpkit.grading.records import Answer, Graded, Override
from mlpkit.grading.rosters import RosterError, check, write

EXPORT = """\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11),"HW 5: backpropagation, part 1 (22)",Final Score
,,,,,,Manual Posting,
    Points Possible,,,,,10,5,(read only)
"Lovelace, Ada",12345,s100,ada@uni.edu,A,3,,77
"Müller-Lüdenscheidt, Zoë",23456,s200,zoe@uni.edu,A,,2,
"O'Neil, Ben",34567,s300,ben@uni.edu,"A and B",,,
"Student, Test",99999,,8a7b,A,,,
"""
HW5 = "HW 5: backpropagation, part 1 (22)"


def graded(student, points=4.0, of=5.0, **rest):
    """A graded submission."""
    return Graded(student, answers=(Answer("bump", points, of, "not yet right"),), **rest)


def filled(tmp_path, results, text=EXPORT, assignment=HW5, encoding="utf-8", **options):
    """The report, and the rows of the file that was written."""
    (tmp_path / "export.csv").write_bytes(text.encode(encoding))
    report = write(tmp_path / "export.csv", results, tmp_path / "out" / "import.csv", assignment, **options)
    raw = (tmp_path / "out" / "import.csv").read_bytes().decode("utf-8-sig")
    delimiter = ";" if ";" in raw.splitlines()[0] else ","
    return report, list(csv.reader(raw.splitlines(), delimiter=delimiter))


def test_the_import_has_who_it_is_and_the_one_assignment(tmp_path):
    report, rows = filled(
        tmp_path, [graded("12345", layout="canvas"), graded("34567", 2.25, layout="canvas")]
    )
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", HW5],
        ["", "", "", "", "", "Manual Posting"],
        ["    Points Possible", "", "", "", "", "5"],
        ["Lovelace, Ada", "12345", "s100", "ada@uni.edu", "A", "4"],
        ["Müller-Lüdenscheidt, Zoë", "23456", "s200", "zoe@uni.edu", "A", "2"],
        ["O'Neil, Ben", "34567", "s300", "ben@uni.edu", "A and B", "2.25"],
        ["Student, Test", "99999", "", "8a7b", "A", ""],
    ]
    assert report.system == "Canvas"
    assert report.matched == (("12345", "Lovelace, Ada"), ("34567", "O'Neil, Ben"))
    assert report.without_submission == ("Müller-Lüdenscheidt, Zoë", "Student, Test")
    assert (report.without_row, report.not_graded, report.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("student", "name", "layout"),
    [
        ("12345", "", "canvas"),
        ("s100", "", "nbgrader"),
        ("S100", "", "folder"),
        ("ada", "", "nbgrader"),
        ("ada_uni.edu", "ada@uni.edu", "folder"),
        ("x", "Ada Lovelace", "moodle"),
        ("x", "LOVELACE, ADA", "gradescope"),
        ("x", "lovelaceada", "canvas"),
        ("Lovelace_Ada", "Lovelace Ada", "folder"),
        ("lovelaceada", "", "folder"),
        ("x", "A\u0301da Lovelace", "folder"),
        ("12345", "", "folder"),
    ],
)
def test_a_row_is_found_by_ids_and_by_names(student, name, layout, tmp_path):
    report, rows = filled(tmp_path, [graded(student, name=name, layout=layout)])
    assert report.matched == ((student, "Lovelace, Ada"),)
    assert rows[3][5] == "4"


@pytest.mark.parametrize(
    ("student", "name", "layout"),
    [
        ("100", "", "canvas"),
        ("s100", "", "canvas"),
        ("12345", "", "moodle"),
        ("ad", "", "folder"),
        ("lovelace", "Lovelace", "folder"),
        ("", "", "folder"),
    ],
)
def test_what_fits_no_row_is_listed_and_changes_nothing(student, name, layout, tmp_path):
    report, rows = filled(tmp_path, [graded(student, name=name, layout=layout)])
    assert report.without_row == ((student, "no row of the export fits"),)
    assert [row[5] for row in rows[3:]] == ["", "2", "", ""]


def test_two_candidates_are_none_on_either_side(tmp_path):
    text = EXPORT + '"Lovelace, Ada",55555,s500,lovelace@uni.edu,B,,,\n'
    report, rows = filled(tmp_path, [graded("x", name="Ada Lovelace")], text)
    assert report.without_row == (("x", "2 rows of the export fit, none was taken"),)
    assert [row[5] for row in rows[3:]] == ["", "2", "", "", ""]
    report, rows = filled(tmp_path, [graded("s300"), graded("34567")])
    assert report.without_row == (
        ("34567", "the same row fits s300, none was taken"),
        ("s300", "the same row fits 34567, none was taken"),
    )
    assert rows[5][5] == ""
    doubled = EXPORT + '"Lovelace, Ada",12345,s100,ada@uni.edu,B,,,\n'
    report, _ = filled(tmp_path, [graded("12345", layout="canvas")], doubled)
    assert "2 rows" in report.without_row[0][1]


def test_a_submission_that_was_not_graded_has_an_empty_grade_never_zero(tmp_path):
    broken = Graded("12345", status="not graded", reason="the zip is broken", layout="canvas")
    partly = Graded(
        "34567", layout="canvas", answers=(Answer("a", 1, 5, "passed"), Answer("b", 0, 5, "not checked"))
    )
    zero = graded("23456", 0.0, layout="canvas")
    report, rows = filled(tmp_path, [broken, partly, zero])
    assert [row[5] for row in rows[3:6]] == ["", "0", ""]
    assert report.not_graded == ("12345", "34567")
    assert "since they were not graded: 2" in str(report)


def test_totals_and_points_by_hand_count(tmp_path):
    by_hand = graded("12345", layout="canvas", overrides=(Override("bump", 4.5),))
    _report, rows = filled(tmp_path, [by_hand, graded("23456", layout="canvas")], totals={"23456": 1 / 3})
    assert [row[5] for row in rows[3:5]] == ["4.5", "0.33333"]
    _, rows = filled(tmp_path, [by_hand], totals={"12345": None})
    assert rows[3][5] == ""
    with pytest.raises(ValueError, match="a number was expected"):
        filled(tmp_path, [by_hand], totals={"12345": float("nan")})


def test_semicolons_decimal_commas_and_the_byte_order_mark_are_kept(tmp_path):
    text = (
        EXPORT.replace('"Lovelace, Ada"', "Lovelace‚ Ada").replace(",", ";").replace(";5;(read", ";5,0;(read")
    )
    text = text.replace('"HW 5: backpropagation; part 1 (22)"', "HW 5 (22)")
    report, _rows = filled(tmp_path, [graded("12345", 2.5, layout="canvas")], text, "HW 5", "utf-8-sig")
    raw = (tmp_path / "out" / "import.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"12345;s100;ada@uni.edu;A;2,5\n" in raw
    assert report.notes == ()


@pytest.mark.parametrize("assignment", [HW5, "22", "HW 5: Backpropagation, part 1", "hw 5"])
def test_an_assignment_is_named_by_name_or_id(assignment, tmp_path):
    report, _ = filled(tmp_path, [], assignment=assignment)
    assert report.column == HW5


@pytest.mark.parametrize(
    ("assignment", "error"),
    [
        (None, r"which assignment\? Name one of the export's columns: 'Quiz \(11\)', 'HW 5"),
        ("HW 6", r"no assignment 'HW 6' in the export: name one of 'Quiz"),
        ("(", "more than one assignment"),
    ],
)
def test_an_assignment_that_is_not_clear_is_an_error_that_lists_them(assignment, error, tmp_path):
    with pytest.raises(ValueError, match=error):
        filled(tmp_path, [], assignment=assignment)
    assert not (tmp_path / "out").exists()


def test_another_maximum_is_said_and_scaled_only_if_asked(tmp_path):
    result = [graded("12345", 15.0, 20.0, layout="canvas")]
    report, rows = filled(tmp_path, result)
    assert rows[3][5] == "15"
    assert report.notes == (
        "the maximum is 5 in Canvas, here it is 20: points are entered as they are; "
        "15 is above it, which Canvas may refuse",
    )
    report, rows = filled(tmp_path, result, scale=True)
    assert rows[3][5] == "3.75"
    assert report.notes == ("points were scaled from 20 to 5",)


def test_a_name_with_final_in_it_is_said(tmp_path):
    report, _ = filled(tmp_path, [], EXPORT.replace("Quiz (11)", "Final homework (11)"), "11")
    assert "rename the assignment" in report.notes[-1]


HOSTILE = ["=cmd|' /C calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("x")']


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_the_import_is_a_formula(name, tmp_path):
    quoted = '"' + name.replace('"', '""') + '"'
    text = EXPORT.replace('"Lovelace, Ada"', quoted).replace("s100", quoted)
    report, _ = filled(tmp_path, [graded("12345", layout="canvas")], text)
    raw = (tmp_path / "out" / "import.csv").read_bytes().decode()
    rows = list(csv.reader(io.StringIO(raw, newline="")))
    row = next(row for row in rows if len(row) > 1 and row[1] == "12345")
    assert row[0][0] == row[2][0] == "'"
    assert row[5] == "4"
    assert str(report).isprintable() or "\n" in str(report)


def test_the_export_is_never_overwritten(tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT)
    with pytest.raises(ValueError, match="is the export itself"):
        write(tmp_path / "export.csv", [], tmp_path / "." / "export.csv", HW5)
    with pytest.raises(ValueError, match="comes twice"):
        write(tmp_path / "export.csv", [graded("a"), graded("a")], tmp_path / "x.csv", HW5)
    assert (tmp_path / "export.csv").read_text() == EXPORT


def test_the_import_is_read_again_and_gives_the_same(tmp_path):
    filled(tmp_path, [graded("12345", layout="canvas")])
    first = (tmp_path / "out" / "import.csv").read_bytes()
    report, _ = filled(tmp_path, [graded("12345", layout="canvas")], first.decode(), None)
    assert (tmp_path / "out" / "import.csv").read_bytes() == first
    assert report.column == HW5


def test_a_folder_gets_a_file_that_is_called_after_the_platform(tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT)
    report = write(tmp_path / "export.csv", [], tmp_path, HW5)
    assert report.to == tmp_path / "canvas-import.csv"
    assert report.to.exists()


def test_an_export_can_be_checked_before_a_long_run(tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT)
    check(tmp_path / "export.csv", HW5)
    with pytest.raises(RosterError, match="which assignment"):
        check(tmp_path / "export.csv")


def test_an_id_with_a_prefix_is_found(tmp_path):
    report, _ = filled(tmp_path, [graded("100")], EXPORT.replace("s100", "UID: 100"))
    assert report.matched == (("100", "Lovelace, Ada"),)


def test_pronouns_and_numbers_of_spreadsheets_are_no_obstacle(tmp_path):
    text = EXPORT.replace('"Lovelace, Ada",12345', '"Lovelace, Ada (she/her)",12345.0')
    report, _ = filled(tmp_path, [graded("12345", layout="canvas"), graded("x", name="ben oneil")], text)
    assert [person for _, person in report.matched] == ["Lovelace, Ada (she/her)", "O'Neil, Ben"]
    report, _ = filled(tmp_path, [graded("x", name="Ada Lovelace")], text)
    assert len(report.matched) == 1


def test_thousands_are_no_decimal_commas(tmp_path):
    text = EXPORT.replace(",5,(read only)", ',"1,000",(read only)').replace(",2,\n", ',"1,000",\n')
    report, rows = filled(tmp_path, [graded("12345", 2.5, 1000.0, layout="canvas")], text)
    assert [row[5] for row in rows[2:5]] == ["1,000", "2.5", "1,000"]
    assert report.notes == ()
