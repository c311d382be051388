"""grades.csv and results.jsonl: what stands in them, and that they are whole."""

import csv
import io
import json
from dataclasses import replace

import pytest
from grading.classroom import HOSTILE, SET, a_class, answers, missing, student

from mlpkit.grading.records import Answer, Graded, Override
from mlpkit.grading.results import ResultsError, final, read, write
from mlpkit.grading.results.tables import table

BUMP = Answer("bump", 1.5, 4.0, "not yet right")
GELU = Answer("gelu", 2.0, 5.0, "not yet right")


def cells(text):
    return list(csv.reader(io.StringIO(text, newline="")))


class TestGrades:
    def test_a_row_a_submission_a_column_a_question_sorted_by_student(self):
        text = table([student("bob", GELU), student("ada", BUMP, GELU)], ["bump", "gelu"])
        assert text == (
            "student,bump,gelu,total,status\nada,1.5,2,3.5,graded\nbob,,2,2,graded\n"
        )  # a question that was not graded is an empty cell

    def test_a_submission_that_was_not_graded_has_empty_cells_and_no_zero(self):
        record = Graded("ada", status="not graded", reason="no zip", answers=(BUMP,))
        assert table([record], ["bump"]) == "student,bump,total,status\nada,,,not graded\n"

    def test_a_question_that_was_not_checked_leaves_its_cell_and_the_total_empty(self):
        record = student("ada", replace(BUMP, status="not checked", points=0.0), GELU)
        assert cells(table([record], ["bump", "gelu"]))[1] == ["ada", "", "2", "", "partly graded"]

    def test_a_missing_function_is_a_zero(self):
        assert cells(table([student("ada", missing("bump"))], ["bump"]))[1] == ["ada", "0", "0", "graded"]

    def test_points_by_hand_replace_the_automatic_ones(self):
        record = replace(
            student("ada", BUMP, GELU), overrides=(Override("bump", 4.0), Override("gelu", None, "!"))
        )
        assert cells(table([record], ["bump", "gelu"]))[1] == ["ada", "4", "2", "6", "graded"]

    def test_points_by_hand_for_all_replace_the_total_alone(self):
        record = replace(student("ada", BUMP), overrides=(Override("", 3.0),))
        assert cells(table([record], ["bump"]))[1] == ["ada", "1.5", "3", "graded"]

    @pytest.mark.parametrize(
        ("override", "row"),
        [(Override("bump", 2.0), ["ada", "2", "2"]), (Override("", 3.0), ["ada", "", "3"])],
    )
    def test_points_by_hand_count_for_a_submission_that_was_not_graded(self, override, row):
        record = Graded("ada", status="not graded", reason="on paper", overrides=(override,))
        assert cells(table([record], ["bump"]))[1] == [*row, "graded by hand"]

    def test_a_comment_alone_grades_nothing(self):
        record = Graded(
            "ada", status="not graded", reason="on paper", overrides=(Override("", None, "come"),)
        )
        assert cells(table([record], ["bump"]))[1] == ["ada", "", "", "not graded"]

    @pytest.mark.parametrize("name", [name for name in HOSTILE if name.strip()])
    def test_a_hostile_name_stays_in_its_cell_and_is_no_formula(self, name):
        text = table([student(name, BUMP)], ["bump"])
        assert text.encode().count(b"\n") == 2
        assert text.isprintable() or set(text) - set(filter(str.isprintable, text)) == {"\n"}
        (_, row) = cells(text)
        assert row[1:] == ["1.5", "1.5", "graded"]
        assert row[0][0] not in "=+-@\t\r"

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1+1", "|calc", "%0A=1"])
    def test_what_a_spreadsheet_could_compute_gets_a_quote_in_front(self, name):
        assert cells(table([student(name, BUMP)], ["bump"]))[1][0].startswith("'")

    def test_a_semicolon_divides_no_cell_in_a_spreadsheet_that_divides_there(self):
        text = table([student("a;=1+1", BUMP)], ["bump"])
        assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][0].startswith("a;=1+1")

    def test_final_gives_the_points_that_count_to_other_systems(self):
        record = replace(student("ada", BUMP, GELU), overrides=(Override("bump", 4.0),))
        assert [a.points for a in final(record).answers] == [4.0, 2.0]
        assert final(record).points == record.points == 6.0


@pytest.mark.slow
class TestLines:
    def test_what_is_written_is_read_again(self, tmp_path):
        records = a_class(40)
        write(tmp_path, records, SET)
        assert read(tmp_path) == sorted(records, key=lambda one: one.student)

    def test_the_same_records_give_the_same_bytes_in_any_order(self, tmp_path):
        records = a_class(20)
        write(tmp_path / "one", records, SET)
        write(tmp_path / "two", records[::-1], SET)
        for name in ("grades.csv", "results.jsonl"):
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()

    def test_hostile_text_comes_back_as_it_was_from_a_file_of_utf_8_with_a_line_a_submission(self, tmp_path):
        records = [student(name, BUMP, notes=HOSTILE) for name in HOSTILE]
        write(tmp_path, records, ["bump"])
        text = (tmp_path / "results.jsonl").read_bytes().decode()
        assert len(text.splitlines()) == text.count("\n") == len(HOSTILE)
        assert {record.student for record in read(tmp_path)} == set(HOSTILE)
        assert read(tmp_path)[0].notes == HOSTILE

    def test_automatic_points_stay_beside_those_by_hand(self, tmp_path):
        write(tmp_path, [replace(student("ada", BUMP), overrides=(Override("bump", 4.0, "ok"),))], ["bump"])
        line = json.loads((tmp_path / "results.jsonl").read_text(encoding="utf-8"))
        assert line["answers"][0]["points"] == 1.5
        assert line["overrides"] == [{"question": "bump", "points": 4.0, "comment": "ok"}]

    def test_lines_of_before_there_were_overrides_are_read(self):
        line = student("ada", BUMP).to_dict()
        del line["overrides"]
        assert Graded.from_dict(line) == student("ada", BUMP)

    def test_two_results_of_one_student_are_refused_and_nothing_is_written(self, tmp_path):
        with pytest.raises(ValueError, match="two results of one student: 'ada'"):
            write(tmp_path / "new", [student("ada"), student("ada")], ["bump"])
        assert not (tmp_path / "new").exists()

    GOOD = json.dumps(student("ada", BUMP).to_dict())

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("{", "not JSON"),
            ("[]", "no object"),
            ("17", "no object"),
            ("\ud800", "not UTF-8"),
            ("[" * 100_000, "nested too deeply|not JSON"),
            ('{"student": "bob"}', "not a line"),
            (GOOD.replace('"student": "ada"', '"student": ""'), "name is empty"),
            (GOOD.replace('"student": "ada"', '"student": 7'), "student is 7, expected str"),
            (GOOD.replace('"points": 1.5', '"points": "1.5"'), "points is '1.5', expected float"),
            (GOOD.replace('"points": 1.5', '"points": NaN'), "points is nan"),
            (GOOD.replace('"points": 1.5', '"points": true'), "points is True"),
            (GOOD.replace('"late": false', '"late": 0'), "late is 0, expected bool"),
            (GOOD.replace('"notes": []', '"notes": [1]'), "notes is"),
            (GOOD.replace('"notes": []', '"notes": "text"'), "notes is"),
            (GOOD.replace('"late"', '"later"'), "unknown field 'later'"),
            (GOOD, "a second line of 'ada'"),
        ],
    )
    def test_a_damaged_line_is_reported_with_its_number_and_the_others_can_be_read(
        self, line, problem, tmp_path
    ):
        content = f"{self.GOOD}\n\n{line}\n".encode("utf-8", "surrogatepass")
        (tmp_path / "results.jsonl").write_bytes(content)
        with pytest.raises(ResultsError, match=rf"results.jsonl, line 3: .*({problem}).*remove that line"):
            read(tmp_path)
        damaged = []
        assert read(tmp_path, damaged) == [student("ada", BUMP)]
        assert len(damaged) == 1

    def test_a_folder_without_results_is_an_error_that_says_which_one_to_give(self, tmp_path):
        with pytest.raises(ResultsError, match=r"has no results\.jsonl: give the folder of an earlier run"):
            read(tmp_path)
        with pytest.raises(ResultsError, match="is not there"):
            read(tmp_path / "none")
        assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_the_class_of_the_tests_is_what_check_says():
    statuses = {answer.status for record in a_class() for answer in record.answers}
    assert {"passed", "not yet right", "missing", "not checked"} <= statuses
    assert all(answer.misconception for answer in answers("gelu")[3:])
