"""overrides.csv: what an instructor writes by hand or with a spreadsheet."""

from dataclasses import replace

import pytest
from grading.classroom import HOSTILE, student
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.grading.records import Answer, Graded, Override
from mlpkit.grading.results import ResultsError, apply, read, read_overrides, write
from mlpkit.grading.results.overrides import parsed

GELU = Answer("gelu", 2.0, 5.0, "not yet right")
SIGMOID = Answer("sigmoid", 1.0, 5.0, "not yet right")
QUESTIONS = ["gelu", "sigmoid"]
CLASS = [student("ada", GELU, SIGMOID), student("bob", GELU), Graded("42", status="not graded", reason="zip")]
HEAD = "student,question,points,comment\n"


def given_by_hand(text, records=CLASS):
    """(student -> overrides, problems) for the text of a file."""
    rows, problems = parsed(text.encode() if isinstance(text, str) else text)
    found, more = apply(records, rows, QUESTIONS)
    return {one.student: one.overrides for one in found if one.overrides}, problems + more


class TestReading:
    def test_points_and_comments_reach_their_student_and_question(self):
        text = (
            HEAD
            + 'ada,gelu,4,"right idea, see the forum"\nada,sigmoid,,look at the sign\n42,total,6,on paper\n'
        )
        assert given_by_hand(text) == (
            {
                "ada": (
                    Override("gelu", 4.0, "right idea, see the forum"),
                    Override("sigmoid", None, "look at the sign"),
                ),
                "42": (Override("", 6.0, "on paper"),),
            },
            [],
        )

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + HEAD + "ada,gelu,2.5,well\n",
            HEAD.replace(",", ";") + "ada;gelu;2,5;well\n",
            HEAD.replace(",", "\t") + "ada\tgelu\t2,5\twell\n",
            HEAD + 'ada,gelu,"2,5",well\n',
            "sep=;\r\n" + HEAD.replace(",", ";").replace("\n", "\r\n") + "ada;gelu;2,5;well\r\n",
            "\n  \n" + HEAD + "\n,,,\n  ada , gelu ,  2.50 , well  \n\n;\n".replace(";", ",,"),
            "Student, Question ,POINTS,Comment\nada,gelu,2.5,well",
            "points,student,note,comment,question\n2.5,ada,x,well,gelu\n",
            "\ufeff" + HEAD + '"ada","gelu","+2.5","well"\n',
        ],
        ids=["bom", "semicolons", "tabs", "quoted comma", "excel", "blanks", "capitals", "order", "quotes"],
    )
    def test_a_spreadsheet_may_have_written_it(self, text):
        assert given_by_hand(text) == ({"ada": (Override("gelu", 2.5, "well"),)}, [])

    def test_a_spreadsheet_may_have_written_utf_16(self):
        text = (HEAD + "ada,gelu,2.5,schön\n").encode("utf-16")
        assert given_by_hand(text) == ({"ada": (Override("gelu", 2.5, "schön"),)}, [])

    def test_another_encoding_is_read_and_said(self):
        found, problems = given_by_hand((HEAD + "ada,gelu,2,schön\n").encode("cp1252"))
        assert found == {"ada": (Override("gelu", 2.0, "schön"),)}
        assert len(problems) == 1
        assert "is not UTF-8: it is read as Windows-1252" in problems[0]

    @pytest.mark.parametrize("word", ["", "total", "Total", " TOTAL "])
    def test_an_empty_question_or_total_is_the_submission_as_a_whole(self, word):
        assert given_by_hand(f"{HEAD}bob,{word},3,\n")[0] == {"bob": (Override("", 3.0),)}

    def test_a_file_without_the_column_of_comments_is_fine(self):
        assert given_by_hand("student,question,points\nada,gelu,1\n")[0] == {"ada": (Override("gelu", 1.0),)}

    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            ("eve,gelu,1,", "no submission of a student 'eve'"),
            ("adaa,gelu,1,", "no submission of a student 'adaa': did you mean 'ada'"),
            ("ada,gellu,1,", "unknown question 'gellu': did you mean 'gelu'"),
            ("ada,bump,1,", "unknown question 'bump': this run does not grade it"),
            ("ada,gelu,50,", "50 points for gelu, expected 0 to 6"),
            ("ada,gelu,-1,", "-1 points for gelu, expected 0 to 6"),
            ("ada,,13.5,", "13.5 points for the total, expected 0 to 13"),
            ("ada,gelu,two,", "points is 'two', expected a number or nothing"),
            ("ada,gelu,nan,", "points is 'nan'"),
            ("ada,gelu,inf,", "points is 'inf'"),
            ("ada,gelu,1e1,", "points is '1e1'"),
            (
                "ada,gelu,2,5,good",
                r"5 cells for 4 columns: put a text or a number with commas between quotes",
            ),
            ("ada,gelu,,", "neither points nor a comment"),
            (",gelu,1,", "the student is missing"),
        ],
    )
    def test_a_row_that_cannot_be_applied_is_listed_with_its_line_and_the_others_count(self, row, problem):
        found, problems = given_by_hand(f"{HEAD}bob,gelu,1,\n{row}\nbob,,,late\n")
        assert found == {"bob": (Override("gelu", 1.0), Override("", None, "late"))}
        assert len(problems) == 1
        assert "line 3" in problems[0]
        assert problem in problems[0]

    def test_of_two_rows_with_points_the_later_counts_and_that_is_said(self):
        rows, _ = parsed((HEAD + "ada,gelu,1,first\nada,gelu,3,second\n").encode())
        records, problems = apply(CLASS, rows, QUESTIONS)
        assert records[0].points_of("gelu") == 3.0
        assert problems == ["overrides.csv, line 3: points for ada, gelu a second time; these count"]

    def test_a_name_as_grades_csv_shows_it_is_found(self):
        assert given_by_hand(HEAD + "'=ada,gelu,1,\n", [student("=ada", GELU)])[0] == {
            "=ada": (Override("gelu", 1.0),)
        }

    def test_a_persons_name_is_not_taken_for_the_student_but_proposed(self):
        records = [student("1234", GELU, name="Ada Lovelace")]
        assert "did you mean '1234'" in given_by_hand(HEAD + "ada lovelace,gelu,1,\n", records)[1][0]

    @pytest.mark.parametrize("text", ["ada,gelu,2\n", "name,points\nada,2\n", "PK\x03\x04 a workbook"])
    def test_a_file_without_the_header_is_an_error_that_shows_the_right_one(self, text):
        with pytest.raises(ResultsError, match=r"the first line must be student,question,points,comment"):
            parsed(text.encode())

    @pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", HEAD])
    def test_an_empty_file_gives_nothing(self, text):
        assert given_by_hand(text) == ({}, [])

    @given(
        st.binary(max_size=300)
        | st.text(max_size=300).map(lambda text: (HEAD + text).encode("utf-8", "replace"))
    )
    def test_whatever_stands_there_it_is_read_or_refused(self, content):
        try:
            rows, problems = parsed(content)
        except ResultsError:
            return
        apply(CLASS, rows, QUESTIONS)
        assert all(isinstance(problem, str) for problem in problems)

    def test_a_cell_of_a_megabyte_is_an_error_and_a_file_of_many_is_too(self):
        with pytest.raises(ResultsError, match="save it as CSV once more"):
            parsed(f'{HEAD}ada,gelu,1,"{"x" * 10**6}"\n'.encode())
        with pytest.raises(ResultsError, match="no table of points"):
            parsed(HEAD.encode() * 10**6)


class TestApplying:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_the_problems_of_hostile_names_are_one_short_printable_line_each(self, name):
        rows, _ = parsed((HEAD + "eve,gelu,1,\n").encode())
        rows = [replace(rows[0], student=name)]
        (problem,) = apply(CLASS, rows, QUESTIONS)[1]
        assert problem.isprintable()
        assert len(problem) < 400

    def test_they_survive_a_new_run_and_never_add_up(self, tmp_path):
        (tmp_path / "overrides.csv").write_text(HEAD + "ada,gelu,4,\n42,,7,on paper\n", encoding="utf-8")
        before = (tmp_path / "overrides.csv").read_bytes()
        records = CLASS
        for _ in range(3):
            records, problems = apply(records, read_overrides(tmp_path)[0], QUESTIONS)
            write(tmp_path, records, QUESTIONS)
            records = read(tmp_path)
            assert not problems
        assert (tmp_path / "overrides.csv").read_bytes() == before
        assert {one.student: one.points for one in records} == {"42": 7.0, "ada": 5.0, "bob": 2.0}
        assert "42,,,7,graded by hand" in (tmp_path / "grades.csv").read_text(encoding="utf-8")
        (tmp_path / "overrides.csv").unlink()
        records, _ = apply(records, read_overrides(tmp_path)[0], QUESTIONS)
        assert sorted(records, key=lambda one: one.student) == sorted(CLASS, key=lambda one: one.student)
