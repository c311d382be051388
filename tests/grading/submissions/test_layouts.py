"""The layouts of learning platforms, as they document them, and what each student's id is in them."""

import pytest
from submission_files import notebook, write, zipped

from mlpkit.grading.submissions import RULES, read

LAYOUTS = {
    "moodle with folders": (
        {
            "Ada Lovelace_123456_assignsubmission_file_/ex05.ipynb": "a = 1",
            "Zoë O'Neil-Çelik_7_assignsubmission_file/sub/ex05.ipynb": "z = 1",
            "Max_Power_99_assignsubmission_file_/ex05.ipynb": "m = 1",
        },
        {"123456": "Ada Lovelace", "7": "Zoë O'Neil-Çelik", "99": "Max Power"},
    ),
    "moodle without folders": (
        {
            "Ada Lovelace_123456_assignsubmission_file_ex05.ipynb": "a = 1",
            "Ben_7_assignsubmission_file_Ada_123456_assignsubmission_file_x.ipynb": "b = 1",
            "Participant_8_assignsubmission_file_ex05 (1).ipynb": "c = 1",
        },
        {"123456": "Ada Lovelace", "7": "Ben", "8": ""},
    ),
    "canvas": (
        {
            "lovelaceada_12345_67890_ex05.ipynb": "a = 1",
            "powermax_LATE_23456_67891_ex05-1.ipynb": "m = 1",
            "group1_34567_67892_my_1_2_ex05.ipynb": "g = 1",
        },
        {"12345": "lovelaceada", "23456": "powermax", "34567": "group1"},
    ),
    "canvas anonymous": (
        {"anon_a1B2c_67890_ex05.ipynb": "a = 1", "anon_LATE_Zz9y8_67891_ex05.ipynb": "b = 1"},
        {"a1B2c": "", "Zz9y8": ""},
    ),
    "nbgrader": (
        {
            "submitted/ada/ex05/ex05.ipynb": "a = 1",
            "submitted/ada/ex05/timestamp.txt": "2015-02-02 15:58:23.948203 UTC",
            "submitted/ben/ex05/ex05.ipynb": "b = 1",
            "source/ex05/ex05.ipynb": "secret = 1",
            "nbgrader_config.py": "c = get_config()",
        },
        {"ada": "", "ben": ""},
    ),
    "gradescope": (
        {
            "submission_111/ex05.ipynb": "a = 1",
            "submission_222/ex05.ipynb": "b = 1",
            "submission_metadata.yml": (
                "---\nsubmission_111:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '3034'\n"
                "    :email: a@b.edu\n  :created_at: 2020-02-22 03:12:43.126463000 Z\n  :score: 1.0\n"
                "submission_222:\n  :submitters:\n"
                '  - :name: "Zo\\xEB"\n    :email: z@b.edu\n    :sid: \n  :results:\n    output: |-\n'
                "      - :name: Eve\n      :submitters:\n"
            ),
        },
        {"3034": "Ada Lovelace", "z_b.edu": "Zoë"},
    ),
    "folders": (
        {
            "ada/ex05.ipynb": "a = 1",
            "Ben Müller/exercises/ex05.ipynb": "b = 1",
            "notes.txt": "no",
            "grades.csv": "",
        },
        {"ada": "", "Ben_Muller": "Ben Müller"},
    ),
    "notebooks": (
        {"ada.ipynb": "a = 1", "ben.py": "b = 1", "cem.IPYNB": notebook("c = 1")},
        {"ada": "", "ben": "", "cem": ""},
    ),
}


FORMS = ("folder", "folder in a folder", "zip", "zip with a folder in it")
# a folder of notebooks in a folder is a student's
CASES = [(layout, form) for layout in LAYOUTS for form in FORMS if (layout, form) != ("notebooks", FORMS[1])]


@pytest.mark.parametrize(("layout", "form"), CASES)
def test_each_layout_gives_ids_and_names_from_a_folder_and_from_a_zip(layout, form, tmp_path):
    files, expected = LAYOUTS[layout]
    folder = write(tmp_path / "given" / "download", files)
    given = {
        "folder": lambda: folder,
        "folder in a folder": lambda: folder.parent,
        "zip": lambda: zipped(folder, tmp_path / "download.zip"),
        "zip with a folder in it": lambda: zipped(folder.parent, tmp_path / "download.zip"),
    }[form]()
    found = read([given])
    assert {one.student: one.name for one in found} == expected
    assert [one.student for one in found] == sorted(expected)
    assert all(one.problem == "" and len(one.notebooks) == 1 for one in found)
    assert all(len(one.notebooks[0].cells) == 1 for one in found)


def test_the_rules_name_every_layout():
    for name in ("Moodle", "Canvas", "nbgrader", "Gradescope", "folders", "notebooks"):
        assert f"  {name} " in RULES
    assert all(len(line) <= 110 for line in RULES.splitlines())


def test_moodle_online_text_is_no_notebook_and_is_said(tmp_path):
    write(tmp_path, {"Ada_1_assignsubmission_onlinetext_/onlinetext.html": "<p>x</p>"})
    write(tmp_path, {"Ben_2_assignsubmission_onlinetext_onlinetext.html": "<p>x</p>"})
    write(tmp_path, {"Ben_2_assignsubmission_file_ex05.ipynb": "b = 1"})
    ada, ben = read([tmp_path])
    assert (ada.student, ada.notebooks) == ("1", ())
    assert ada.problem == (
        "no notebook was handed in, only a web page (onlinetext.html): hand in the .ipynb file"
    )
    assert (ben.student, ben.problem, len(ben.notebooks)) == ("2", "", 1)


def test_canvas_counts_the_file_that_was_handed_in_again_and_says_so(tmp_path):
    write(tmp_path, {"lovelaceada_12345_67890_ex05.ipynb": "old = 1"})
    write(tmp_path, {"lovelaceada_LATE_12345_67999_ex05-1.ipynb": "new = 1"})
    write(tmp_path, {"powermax_7_67891_part-1.ipynb": "a = 1", "powermax_7_67892_part-2.ipynb": "b = 1"})
    ada, powermax = read([tmp_path])
    assert [one.cells for one in ada.notebooks] == [("new = 1",)]
    assert ada.notes == ("ex05.ipynb was left out: ex05-1.ipynb was handed in later",)
    assert (ada.late, ada.layout, powermax.late) == (True, "canvas", False)
    assert [one.cells for one in powermax.notebooks] == [("a = 1",), ("b = 1",)]


def test_canvas_text_entries_are_said_and_cost_nobody_else(tmp_path):
    write(tmp_path, {"lovelaceada_12345_text.html": "hello", "powermax_7_67891_ex05.ipynb": "m = 1"})
    ada, powermax = read([tmp_path])
    assert "text.html" in ada.problem
    assert powermax.notebooks[0].cells == ("m = 1",)


def test_names_that_only_look_like_canvas_stay_names(tmp_path):
    write(tmp_path, {"ada_2024_05.ipynb": "a = 1", "ben.ipynb": "b = 1", "x_1_234_y.ipynb": "c = 1"})
    assert [one.student for one in read([tmp_path])] == ["ada_2024_05", "ben", "x_1_234_y"]


@pytest.mark.parametrize("given", ["", "submitted", "submitted/ada"])
def test_nbgrader_is_recognised_from_three_folders(given, tmp_path):
    write(tmp_path, LAYOUTS["nbgrader"][0])
    found = read([tmp_path / given])
    assert [one.student for one in found][:1] == ["ada"]
    assert found[0].layout == "nbgrader"
    assert found[0].sent == "2015-02-02T15:58:23+00:00"
    assert len(found) == (1 if given.endswith("ada") else 2)


def test_gradescope_counts_the_later_submission_and_all_of_a_group(tmp_path):
    metadata = "".join(
        f"submission_{number}:\n  :created_at: 2020-02-{day} 03:12:43.1 Z\n  :submitters:\n"
        + "".join(f"  - :name: {name}\n    :sid: '{sid}'\n" for name, sid in people)
        for number, day, people in ((9, "23", [("Ada", "1")]), (10, "22", [("Ada", "1"), ("Ben", "2")]))
    )
    write(tmp_path, {"submission_9/ex05.ipynb": "later = 1", "submission_10/ex05.ipynb": "earlier = 1"})
    write(tmp_path, {"submission_metadata.yml": metadata})
    ada, ben = read([tmp_path])
    assert ada.notebooks[0].cells == ("later = 1",)
    assert ada.notes == ("an earlier submission was left out: submission_10",)
    assert ada.sent == "2020-02-23T03:12:43+00:00"
    assert ben.notes == ("handed in together with Ada",)


def test_gradescope_without_metadata_gives_the_numbers(tmp_path):
    write(tmp_path, {"submission_9/ex05.ipynb": "a = 1", "submission_10/ex05.ipynb": "b = 1"})
    assert [one.student for one in read([tmp_path])] == ["10", "9"]


def test_what_a_student_printed_cannot_name_somebody_else_in_gradescopes_metadata(tmp_path):
    printed = "      submission_9:\n        :submitters:\n        - :name: Eve\n          :sid: '666'\n"
    write(tmp_path, {"submission_9/ex05.ipynb": "a = 1"})
    head = "submission_9:\n  :submitters:\n  - :name: Ada\n    :sid: '1'\n  :results:\n    output: |\n"
    write(tmp_path, {"submission_metadata.yml": head + printed})
    assert [(one.student, one.name) for one in read([tmp_path])] == [("1", "Ada")]


def test_the_folder_of_one_student_is_one_student(tmp_path):
    ada = write(tmp_path / "ada", {"lectures/05_backpropagation.ipynb": "lecture = 1"})
    write(ada, {"exercises/ex05_backpropagation.ipynb": "a = 5", "exercises/ex10.ipynb": "a = 10"})
    (found,) = read([ada])
    assert (found.student, [one.cells for one in found.notebooks]) == ("ada", [("a = 5",), ("a = 10",)])
    (found,) = read(
        [write(tmp_path / "ben", {"ex05_backpropagation (1).ipynb": "b = 1", "ex06.ipynb": "b = 2"})]
    )
    assert (found.student, len(found.notebooks)) == ("ben", 2)


def test_only_lectures_are_no_submission(tmp_path):
    write(tmp_path, {"ada/lectures/05_backpropagation.ipynb": "lecture = 1", "ben/05_mine.ipynb": "b = 1"})
    ada, ben = read([tmp_path])
    assert "only files of the course itself" in ada.problem
    assert ben.notebooks[0].cells == ("b = 1",)


def test_notebooks_are_in_the_natural_order_of_their_names(tmp_path):
    write(tmp_path, {f"ada/{name}.ipynb": f"x = {name[2:]}" for name in ("ex10", "ex2", "Ex1")})
    (ada,) = read([tmp_path])
    assert [one.path for one in ada.notebooks] == ["ada/Ex1.ipynb", "ada/ex2.ipynb", "ada/ex10.ipynb"]


def test_several_paths_of_a_command_line_are_read_together(tmp_path):
    write(tmp_path, {"ada/ex05.ipynb": "a = 1", "ben/ex05.ipynb": "b = 1", "cem/mine.ipynb": "c = 1"})
    zipped(write(tmp_path / "there", {"mine.ipynb": "d = 1"}), tmp_path / "dana.zip")
    given = [tmp_path / "ada/ex05.ipynb", tmp_path / "ben", tmp_path / "cem", tmp_path / "dana.zip"]
    assert [one.student for one in read(given)] == ["ada", "ben", "cem", "dana"]


def test_one_student_in_two_places_is_one_submission_with_a_note(tmp_path):
    write(tmp_path, {"ada.ipynb": "a = 1", "ada/ex05.ipynb": "b = 1"})
    zipped(write(tmp_path / "there", {"more.ipynb": "c = 1"}), tmp_path / "ada.zip")
    (ada, _) = read([tmp_path])
    assert len(ada.notebooks) == 3
    assert "handed in at two places" in ada.notes[0]


def test_documents_instead_of_notebooks_are_said(tmp_path):
    write(tmp_path, {"ada/ex05.docx": "x", "ben/ex05.rar": "x", "cem/readme": "x", "dora.pdf": "%PDF"})
    (tmp_path / "emil").mkdir()
    problems = {one.student: one.problem for one in read([tmp_path])}
    assert (
        problems["ada"]
        == "no notebook was handed in, only a text document (ex05.docx): hand in the .ipynb file"
    )
    assert "packed file of another kind than zip (ex05.rar)" in problems["ben"]
    assert "only readme" in problems["cem"]
    assert "a PDF (dora.pdf)" in problems["dora.pdf"]
    assert problems["emil"] == "no notebook was handed in: the folder is empty"


def test_what_a_browser_appends_to_a_name_is_no_obstacle(tmp_path):
    write(tmp_path, {"ada.ipynb.txt": notebook("a = 1"), "ben.ipynb.json": notebook("b = 1")})
    assert [(one.student, one.problem) for one in read([tmp_path])] == [("ada", ""), ("ben", "")]


def test_a_path_that_is_not_there_or_holds_nothing_is_a_wrong_use(tmp_path):
    with pytest.raises(ValueError, match="is not there: give"):
        read([tmp_path / "nowhere"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match=r"no submissions found .*give notebooks"):
        read([tmp_path / "empty"])
    with pytest.raises(ValueError, match="is no notebook"):
        read([write(tmp_path, {"x.csv": ""}) / "x.csv"])
    with pytest.raises(ValueError, match="no path was given"):
        read([])
    with pytest.raises(ValueError, match="is not there"):
        read(["a\0b"])


def test_a_file_of_one_student_does_not_change_the_layout_of_the_class(tmp_path):
    hostile = {
        "eve/timestamp.txt": "2020-01-01 00:00:00 UTC",
        "eve/submission_metadata.yml": "submission_1:\n",
    }
    hostile |= {"eve/Ada_1_assignsubmission_file_/x.ipynb": "e = 1", "eve/a_1_23456_x.ipynb": "e = 2"}
    hostile |= {
        "mallory/x/timestamp.txt": "",
        "submitted/x/ex05.ipynb": "s = 1",
        "submitted/x/timestamp.txt": "",
    }
    write(
        tmp_path, {"ada/ex05.ipynb": "a = 1", "ben.ipynb": "b = 1", "mallory/ex05.ipynb": "m = 1", **hostile}
    )
    found = {one.student: one for one in read([tmp_path])}
    assert set(found) == {"ada", "ben", "eve", "mallory", "submitted"}
    assert found["ada"].notebooks[0].cells == ("a = 1",)
    assert len(found["eve"].notebooks) == 2


def test_an_exchanges_inbound_counts_the_latest_of_each_assignment(tmp_path):
    write(tmp_path, {"ada+ex05+2020-01-01 10:00:00 UTC/ex05.ipynb": "old = 1"})
    write(tmp_path, {"ada+ex05+2020-01-02 10:00:00 UTC/ex05.ipynb": "new = 1"})
    write(tmp_path, {"ada+ex05+2020-01-02 10:00:00 UTC/timestamp.txt": "2020-01-02 10:00:00 UTC"})
    write(tmp_path, {"ben+ex+05+2020-01-01 10:00:00 UTC+0a1b/ex05.ipynb": "b = 1"})
    ada, ben = read([tmp_path])
    assert [one.cells for one in ada.notebooks] == [("new = 1",)]
    assert ada.sent == "2020-01-02T10:00:00+00:00"
    assert "2020-01-01" in ada.notes[0]
    assert (ben.student, ben.layout) == ("ben", "nbgrader")


def test_a_folder_that_holds_the_download_alone_is_the_download(tmp_path):
    files, expected = LAYOUTS["moodle with folders"]
    zipped(write(tmp_path / "x", files), (tmp_path / "given").with_suffix(".zip"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "given.zip").rename(tmp_path / "folder" / "course-ex05-99.zip")
    assert {one.student for one in read([tmp_path / "folder"])} == set(expected)


def test_the_masters_and_the_package_of_the_course_are_not_graded(tmp_path):
    write(tmp_path, {"ada/exercises/masters/ex05_backpropagation.ipynb": "solution = 1"})
    write(
        tmp_path,
        {"ada/exercises/student/ex05_backpropagation.ipynb": "a = 1", "ada/mlpkit/losses.py": "x = 1"},
    )
    (ada,) = read([tmp_path])
    assert [one.cells for one in ada.notebooks] == [("a = 1",)]


def test_the_copy_that_a_browser_numbers_comes_after_the_original(tmp_path):
    names = ("ex05.ipynb", "ex05 (1).ipynb", "ex05-Copy1.ipynb", "ex05-checkpoint.ipynb", "ex05.py")
    write(tmp_path, {f"ada/{name}": "a = 1" for name in names})
    (ada,) = read([tmp_path])
    found = [one.path for one in ada.notebooks]
    copies = ["ada/ex05 (1).ipynb", "ada/ex05-Copy1.ipynb"]
    assert found == ["ada/ex05-checkpoint.ipynb", "ada/ex05.ipynb", "ada/ex05.py", *copies]


def test_notebooks_that_the_course_named_are_one_students_and_a_note_says_so(tmp_path):
    ada = write(
        tmp_path / "ada", {"ex05.ipynb": "a = 1", "ex05 (1).ipynb": "b = 1", "Copy of ex06.ipynb": "c = 1"}
    )
    (found,) = read([ada])
    assert (found.student, len(found.notebooks)) == ("ada", 3)
    assert "those of one student" in found.notes[0]


def test_moodle_names_of_other_places_are_recognised(tmp_path):
    write(tmp_path, {"z1234567_Ada Lovelace_assignsubmission_file_/ex05.ipynb": "a = 1"})
    write(tmp_path, {"Петров Пётр_assignsubmission_file_ex05.ipynb": "b = 1"})
    first, second = read([tmp_path])
    assert (second.student, second.name) == ("z1234567", "Ada Lovelace")
    assert first.name == "Петров Пётр"
    assert first.student.startswith("student-")


def test_the_only_folder_is_one_student_where_it_holds_weeks_and_a_class_where_it_holds_names(tmp_path):
    write(tmp_path / "one", {"ada/week1/ex05.ipynb": "a = 1", "ada/week2/ex06.ipynb": "a = 2"})
    write(tmp_path / "class", {"ws2026/ada/ex05.ipynb": "a = 1", "ws2026/ben/ex05.ipynb": "b = 1"})
    assert [one.student for one in read([tmp_path / "one"])] == ["ada"]
    assert [one.student for one in read([tmp_path / "class"])] == ["ada", "ben"]
