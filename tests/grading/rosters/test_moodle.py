"""Moodle: the grading worksheet of an assignment, and exports of its gradebook."""

import csv
import io

import pytest

from mlpkit.grading.records import Answer, Graded, Override
from mlpkit.grading.rosters import write

WORKSHEET = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments
Participant 123456,Ada Lovelace,s100,ada@uni.edu,Submitted for grading,,10.00,Yes,"Friday, 1 May 2020",-,
Participant 123457,Zoë Çelik,s200,zoe@uni.edu,Submitted for grading,3.00,10.00,Yes,-,-,"<p>See me,
please</p>"
Participant 123458,Ben O'Neil,s300,ben@uni.edu,No submission,,10.00,No,-,-,
"""  # noqa: E501
GERMAN = """\
ID;"Vollständiger Name";E-Mail-Adresse;Status;Bewertung;Bestwertung;"Bewertung kann geändert werden";"Zuletzt geändert (Bewertung)";"Feedback als Kommentar"
Teilnehmer/in123456;"Ada Lovelace";ada@uni.de;"Zur Bewertung abgegeben";;10,00;Ja;-;
"""  # noqa: E501
FRENCH = "Identifiant,Nom complet,Adresse de courriel,Note,Note maximale,Feedback par commentaires\n"
FRENCH += "Participant 123456,Ada Lovelace,ada@uni.fr,,10.00,\n"
SPANISH = "Identificador,Nombre completo,Dirección de correo,Calificación,Calificación máxima\n"
SPANISH += "Participante 123456,Ada Lovelace,ada@uni.es,,10.00\n"
GRADEBOOK = """\
First name,Last name,ID number,Institution,Email address,Assignment: HW 5 (Real),Assignment: HW 6 (Real),Course total (Real)
Ada,Lovelace,s100,Uni,ada@uni.edu,-,3.00,3.00
Zoë,Çelik,s200,Uni,zoe@uni.edu,2.00,-,2.00
"""  # noqa: E501


def graded(student, points=4.0, of=10.0, layout="moodle", **rest):
    """A graded submission."""
    return Graded(student, answers=(Answer("bump", points, of, "not yet right"),), layout=layout, **rest)


def filled(tmp_path, text, results, assignment=None, encoding="utf-8", **options):
    """The report, and the rows of the file that was written."""
    (tmp_path / "export.csv").write_bytes(text.encode(encoding))
    report = write(tmp_path / "export.csv", results, tmp_path / "import.csv", assignment, **options)
    raw = (tmp_path / "import.csv").read_bytes().decode("utf-8-sig")
    return report, list(csv.reader(io.StringIO(raw, newline=""), delimiter=";" if ";" in raw[:5] else ","))


def test_a_worksheet_keeps_its_rows_and_gets_grades_and_feedback(tmp_path):
    report, rows = filled(tmp_path, WORKSHEET, [graded("123456"), graded("123457", 2.5)])
    assert len(rows) == 4
    assert rows[0] == next(csv.reader([WORKSHEET.splitlines()[0]]))
    assert rows[1][:6] == [
        "Participant 123456",
        "Ada Lovelace",
        "s100",
        "ada@uni.edu",
        "Submitted for grading",
        "4",
    ]
    assert rows[1][10] == "<p>mlpkit: bump 4 of 10</p>"
    assert rows[2][5] == "2.5"
    assert rows[2][10] == "<p>See me,\nplease</p>\n<p>mlpkit: bump 2.5 of 10</p>"
    assert rows[3] == [
        "Participant 123458",
        "Ben O'Neil",
        "s300",
        "ben@uni.edu",
        "No submission",
        "",
        "10.00",
        "No",
        "-",
        "-",
        "",
    ]
    assert report.system == "Moodle grading worksheet"
    assert report.without_submission == ("Ben O'Neil",)
    assert report.notes == ()


def test_feedback_of_an_earlier_run_is_replaced_and_the_instructors_stays(tmp_path):
    filled(tmp_path, WORKSHEET, [graded("123457", 2.5)])
    first = (tmp_path / "import.csv").read_text()
    _, rows = filled(tmp_path, first, [graded("123457", 9.0, overrides=(Override("bump", 9.5, "nice <b>"),))])
    assert rows[2][10] == "<p>See me,\nplease</p>\n<p>mlpkit: bump 9.5 of 10; nice &lt;b&gt;</p>"
    _, rows = filled(tmp_path, WORKSHEET, [graded("123456")], feedbacks={"123456": "<p>own</p>"})
    assert rows[1][10] == "<p>own</p>"


def test_what_was_not_graded_is_empty_and_says_why(tmp_path):
    broken = Graded("123456", status="not graded", reason="<script>x</script> is broken", layout="moodle")
    report, rows = filled(tmp_path, WORKSHEET, [broken])
    assert rows[1][5] == ""
    assert rows[1][10] == "<p>mlpkit: not graded: &lt;script&gt;x&lt;/script&gt; is broken</p>"
    assert report.not_graded == ("123456",)
    open_ = Graded("123456", layout="moodle", answers=(Answer("bump", 0, 5, "not checked"),))
    _, rows = filled(tmp_path, WORKSHEET, [open_])
    assert (rows[1][5], rows[1][10]) == ("", "<p>mlpkit: bump not checked</p>")


def test_a_grade_that_moodle_will_not_change_is_said(tmp_path):
    report, _ = filled(tmp_path, WORKSHEET, [graded("123458")])
    assert report.notes == ("Moodle will not change the grade of 123458: it is locked there",)


@pytest.mark.parametrize(
    ("student", "name", "layout"),
    [
        ("123456", "", "moodle"),
        ("s100", "", "nbgrader"),
        ("ada", "", "folder"),
        ("x", "Lovelace, Ada", "canvas"),
        ("Lovelace_Ada", "Lovelace Ada", "folder"),
        ("adalovelace", "", "notebook"),
    ],
)
def test_a_participant_is_found_by_ids_and_by_names(student, name, layout, tmp_path):
    report, rows = filled(tmp_path, WORKSHEET, [graded(student, name=name, layout=layout)])
    assert report.matched == ((student, "Ada Lovelace"),)
    assert rows[1][5] == "4"


@pytest.mark.parametrize(
    ("text", "grade", "place"), [(GERMAN, "2,5", 4), (FRENCH, "2.5", 3), (SPANISH, "2.5", 3)]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_worksheets_in_other_languages_are_recognised(text, grade, place, encoding, tmp_path):
    report, rows = filled(tmp_path, text, [graded("123456", 2.5)], encoding=encoding)
    assert report.system == "Moodle grading worksheet"
    assert rows[1][place] == grade
    assert report.matched == (("123456", "Ada Lovelace"),)


def test_a_worksheet_without_names_is_matched_by_its_numbers(tmp_path):
    blind = "Identifier,Status,Grade,Maximum Grade\nParticipant 7,Submitted for grading,,10.00\n"
    report, rows = filled(tmp_path, blind, [graded("7")])
    assert report.matched == (("7", "Participant 7"),)
    assert rows[1] == ["Participant 7", "Submitted for grading", "4", "10.00"]
    assert report.notes == ("the worksheet has no column for feedback: only grades were entered",)


def test_columns_of_another_language_may_be_named(tmp_path):
    text = "Identificatiecode,Volledige naam,Cijfer,Hoogste\nDeelnemer 7,Ada Lovelace,,10.00\n"
    with pytest.raises(
        ValueError, match=r"no known export: 'Identificatiecode'.*Expected Canvas's gradebook"
    ):
        filled(tmp_path, text, [])
    names = {
        "identifier": "Identificatiecode",
        "grade": "cijfer",
        "maximum": "Hoogste",
        "full name": "Volledige naam",
    }
    report, rows = filled(tmp_path, text, [graded("7")], columns=names)
    assert rows[1][2] == "4"
    assert report.matched == (("7", "Ada Lovelace"),)
    with pytest.raises(ValueError, match="unknown column 'note': choose one of student"):
        filled(tmp_path, text, [], columns={"note": "Cijfer"})
    with pytest.raises(ValueError, match="has no column 'Nota'; it has 'Identificatiecode'"):
        filled(tmp_path, text, [], columns={"grade": "Nota"})


def test_a_gradebook_becomes_a_file_with_addresses_and_one_column(tmp_path):
    report, rows = filled(
        tmp_path, GRADEBOOK, [graded("s100", layout="folder"), graded("9", name="Zoe Celik")], "HW 5"
    )
    assert rows == [
        ["First name", "Last name", "ID number", "Email address", "Assignment: HW 5 (Real)"],
        ["Ada", "Lovelace", "s100", "ada@uni.edu", "4"],
        ["Zoë", "Çelik", "s200", "zoe@uni.edu", "4"],
    ]
    assert report.system == "Moodle gradebook"
    assert report.notes == ("the export does not say the maximum: check that it is 10 in Moodle gradebook",)
    _, rows = filled(tmp_path, GRADEBOOK, [graded("s100", layout="folder")], "HW 7")
    assert [row[-1] for row in rows] == ["HW 7", "4", ""]


def test_a_gradebook_asks_for_an_assignment_that_is_clear(tmp_path):
    with pytest.raises(ValueError, match=r"which assignment\? .*'Assignment: HW 5 \(Real\)'"):
        filled(tmp_path, GRADEBOOK, [])
    with pytest.raises(ValueError, match="more than one column fits 'HW'"):
        filled(tmp_path, GRADEBOOK, [], "HW")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"PK\x03\x04", "Excel"),
        (b"a,b\n1,2\n", "no known export"),
        (b'Identifier,Grade\n"' + b"x" * 200_000, "no CSV file that can be read"),
        (b"Identifier,Grade,Grade\nParticipant 1,,\n", "'Grade' twice"),
    ],
)
def test_what_is_no_export_is_a_clear_error(data, error, tmp_path):
    (tmp_path / "export.csv").write_bytes(data)
    with pytest.raises(ValueError, match=error):
        write(tmp_path / "export.csv", [], tmp_path / "import.csv")
    with pytest.raises(ValueError, match="cannot be read"):
        write(tmp_path / "nothing.csv", [], tmp_path / "import.csv")
    with pytest.raises(ValueError, match="cannot be read"):
        write(tmp_path, [], tmp_path / "import.csv")
    assert not (tmp_path / "import.csv").exists()


def test_rows_that_are_too_short_or_too_long_do_no_harm(tmp_path):
    text = WORKSHEET + "Participant 9\nParticipant 10,Eve,,,,,,,,,,extra,extra\n"
    report, rows = filled(tmp_path, text, [graded("9"), graded("10")])
    assert {len(row) for row in rows} == {11}
    assert [row[5] for row in rows[4:]] == ["4", "4"]
    assert len(report.matched) == 2
