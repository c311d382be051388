"""A real nbgrader course: built, generated, handed in, graded; scores read back through nbgrader itself."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from grading.little_class import set_called, source_of

from mlpkit.cli import main
from mlpkit.cli.checkout import merged_environment
from mlpkit.exercises.registry import question
from mlpkit.grading import nbgrader as course_of
from mlpkit.grading import sandboxes
from mlpkit.grading.errors import OtherSystemError
from mlpkit.grading.records import GRADED, Answer, Graded
from mlpkit.grading.versions import version_of

pytest.importorskip("nbgrader", reason="nbgrader is not installed (extra test or instructor)")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of nbgrader and what it uses
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange of files needs Unix"),
]
with_sandbox = pytest.mark.skipif(all(sandboxes.faults().values()), reason="no sandbox works on this machine")
FIRST, SECOND = "ex01_linear_models_and_neurons", "ex02_output_units_and_losses"
GENERATE = """
import sys
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader
config = PyFileConfigLoader("nbgrader_config.py", path=sys.argv[1]).load_config()
api = NbGraderAPI(CourseDirectory(config=config), config=config)
for name in sys.argv[2:]:
    done = api.generate_assignment(name)
    assert done["success"], done
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course with two assignments and a cell of the instructor's own, as generate_assignment leaves it."""
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    assert main(["exercises", "build", "--course", str(course), "--quiet"]) == 0
    place = course / "source" / SECOND / f"{SECOND}.ipynb"
    book = json.loads(place.read_text(encoding="utf-8"))
    metadata = {"grade": True, "grade_id": "essay", "locked": False, "points": 3, "schema_version": 3,
                "solution": True, "task": False}  # fmt: skip
    essay = {"cell_type": "markdown", "id": "essay", "metadata": {"nbgrader": metadata}, "source": "Why?"}
    book["cells"].append(essay)
    place.write_text(json.dumps(book), encoding="utf-8")
    command = [sys.executable, "-c", GENERATE, str(course), FIRST, SECOND]
    done = subprocess.run(command, capture_output=True, text=True, env=merged_environment())
    assert done.returncode == 0, done.stderr[-2000:]
    return course


@pytest.fixture
def course(made, tmp_path, monkeypatch):
    """A copy of it, with the current folder beside it."""
    shutil.copytree(made, tmp_path / "course", ignore=shutil.ignore_patterns("source", "lectures"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "course"


def hand_in(course, student, answers, assignment=FIRST, stamp="2026-01-10 12:00:00.5 UTC", name=""):
    """The released notebook with these answers {question: function} in submitted/."""
    released = course / "release" / assignment / f"{assignment}.ipynb"
    book = json.loads(released.read_text(encoding="utf-8"))
    for asked, function in answers.items():
        cell = next(one for one in book["cells"] if one["id"] == asked.replace("_", "-"))
        cell["source"] = source_of(function, asked) if callable(function) else function
    place = course / "submitted" / student / assignment
    place.mkdir(parents=True, exist_ok=True)
    (place / (name or f"{assignment}.ipynb")).write_text(json.dumps(book), encoding="utf-8")
    if stamp:
        (place / "timestamp.txt").write_text(stamp, encoding="utf-8")
    (place / "submission_secret.txt").write_text("secret", encoding="utf-8")


def right(short="ex01"):
    return {asked.name: asked.solution for asked in set_called(short).questions}


def gradebook(course):
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{course}/gradebook.db", course_of.Course(course).name)


def scores(course, student, assignment=FIRST):
    """{graded cell: (auto_score, manual_score, score, needs_manual_grade)} of a submission."""
    with gradebook(course) as book:
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.score, grade.needs_manual_grade)
            for notebook in book.find_submission(assignment, student).notebooks
            for grade in notebook.grades
        }


def grade(course, assignment=FIRST, *more):
    return main(["grade", "--nbgrader", str(course), assignment, "--workers", "1", *more])


def run_nbgrader(course, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=merged_environment())
    assert done.returncode == 0, done.stderr[-2000:]


def stand_in(points=1.0, status=GRADED):
    """A `grade` that runs nothing: so many points for every question."""

    def made(submissions, questions):
        answers = tuple(Answer(n, points, question(n).points, "not yet right", None, "why <b>", "do",
                               version=version_of(n)) for n in questions)  # fmt: skip
        return [
            Graded(one.student, status=status, reason="" if status == GRADED else "broken", late=one.late,
                   answers=answers if status == GRADED else ())
            for one in submissions
        ]  # fmt: skip

    return made


@with_sandbox
def test_a_class_is_graded_into_the_gradebook_and_nbgrader_exports_its_points(course, capsys):
    hand_in(course, "ada", right())
    hand_in(course, "ben", {"pre_activation": question("pre_activation").misconceptions[0].wrong})
    hand_in(course, "eve", {"neuron": "import os\ndef neuron(X, w, b, g):\n    os._exit(0)"})
    with gradebook(course) as book:
        book.add_student("zoe")
    assert grade(course) == 0
    said = capsys.readouterr().out
    assert "3 of 3 submissions" in said
    assert "handed in nothing: zoe" in said
    full = {f"{asked.name.replace('_', '-')}-check": asked.points for asked in set_called("ex01").questions}
    assert {name: one[0] for name, one in scores(course, "ada").items()} == full
    assert not any(one[3] for one in scores(course, "ada").values())
    assert 0 <= scores(course, "ben")["pre-activation-check"][0] < full["pre-activation-check"]
    assert scores(course, "eve")["neuron-check"][0] == 0
    page = (course / "feedback" / "ben" / FIRST / f"{FIRST}.html").read_text(encoding="utf-8")
    assert "pre_activation" in page
    run_nbgrader(course, "export")
    with (course / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == FIRST}
    assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) == sum(full.values())
    assert float(rows["zoe"]["score"]) == 0
    assert rows["ada"]["timestamp"].startswith("2026-01-10 12:00:00")


@with_sandbox
def test_nbgrader_hands_the_pages_out_as_feedback(course):
    hand_in(course, "ada", right())
    assert grade(course, FIRST, "--quiet") == 0
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "\nc.Exchange.root = str(HERE / 'exchange')\n"
                      "c.Exchange.assignment_dir = str(HERE / 'home')\n", encoding="utf-8")  # fmt: skip
    (course / "exchange").mkdir(mode=0o777)
    (course / "exchange").chmod(0o777)
    run_nbgrader(course, "release_feedback", FIRST)
    (released,) = (course / "exchange").rglob("*.html")
    page = (course / "feedback" / "ada" / FIRST / f"{FIRST}.html").read_bytes()
    assert released.read_bytes() == page


def test_points_and_comments_by_hand_survive_a_second_grading_and_the_autograders_follow(course):
    hand_in(course, "ada", {})
    assert course_of.grade_course(course, FIRST, stand_in(1.0), say=str) == 0
    with gradebook(course) as book:
        (notebook,) = book.find_submission(FIRST, "ada").notebooks
        by_hand = next(one for one in notebook.grades if one.name == "neuron-check")
        by_hand.manual_score, by_hand.extra_credit = 4.5, 0.5
        comment = next(one for one in notebook.comments if one.name == "neuron")
        assert comment.auto_comment == "why &lt;b&gt;\n\nHint: do"
        comment.manual_comment = "well argued"
        book.db.commit()
    assert course_of.grade_course(course, FIRST, stand_in(1.0), say=str) == 0
    assert scores(course, "ada")["neuron-check"] == (1.0, 4.5, 5.0, False)
    assert course_of.grade_course(course, FIRST, stand_in(2.0), say=str) == 0
    assert scores(course, "ada")["neuron-check"] == (2.0, 4.5, 5.0, True), "to be looked at once more"
    assert scores(course, "ada")["pre-activation-check"] == (2.0, None, 2.0, False)
    with gradebook(course) as book:
        assert book.find_comment("neuron", FIRST, FIRST, "ada").comment == "well argued"


def test_what_was_not_graded_keeps_its_scores_and_is_never_a_zero(course):
    hand_in(course, "ada", {})
    said = []
    assert course_of.grade_course(course, FIRST, stand_in(status="not graded"), say=said.append) == 1
    assert "not graded, their scores there are as they were: ada" in said[0]
    assert set(scores(course, "ada").values()) == {(None, None, 0.0, True)}, "a person has to look"
    course_of.grade_course(course, FIRST, stand_in(1.0), say=str)
    course_of.grade_course(course, FIRST, stand_in(status="not graded"), say=str)
    assert {one[0] for one in scores(course, "ada").values()} == {1.0}


def test_late_submissions_are_counted_and_get_the_penalty_of_the_course(course):
    with gradebook(course) as book:
        book.update_or_create_assignment(FIRST, duedate="2026-01-10 12:00:00 UTC")
    hand_in(course, "ada", {}, stamp="2026-01-10 13:00:00 UTC")
    hand_in(course, "ben", {}, stamp="2026-01-10 13:00:00 +0200")
    hand_in(course, "kim", {}, stamp="no time at all")
    said = []
    course_of.grade_course(course, FIRST, stand_in(1.0), say=said.append)
    assert "1 of them late" in said[0]
    with gradebook(course) as book:
        assert book.find_submission(FIRST, "ada").total_seconds_late == 3600
        assert book.find_submission(FIRST, "ada").late_submission_penalty == 0
        assert book.find_submission(FIRST, "kim").timestamp is None
    config = course / "nbgrader_config.py"
    more = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    course_of.grade_course(course, FIRST, stand_in(1.0), say=str)
    with gradebook(course) as book:
        assert book.find_submission(FIRST, "ada").notebooks[0].late_submission_penalty == 4.0
        assert book.find_submission(FIRST, "ben").late_submission_penalty == 0


def test_a_cell_of_the_instructors_own_is_left_for_a_person_and_other_full_points_scale(course):
    with gradebook(course) as book:
        book.update_or_create_grade_cell("softmax-check", SECOND, SECOND, max_score=14, cell_type="code")
    hand_in(course, "ada", {}, SECOND)
    hand_in(course, "ada", {})
    said = []
    course_of.grade_course(course, SECOND, stand_in(3.5), say=said.append)
    assert "to be graded by hand: essay" in said[0]
    found = scores(course, "ada", SECOND)
    assert found["essay"] == (None, None, 0.0, True)
    assert found["softmax-check"][0] == 7.0
    assert found["log-softmax-check"][0] == 3.5
    with gradebook(course) as book:
        assert len(book.student_submissions("ada")) == 1, "the other assignment was not touched"


def test_the_assignments_notebook_counts_and_another_name_is_found_where_there_is_none(course):
    hand_in(course, "ada", {})
    hand_in(course, "ada", {}, name="old copy.ipynb")
    hand_in(course, "ben", {}, name="mine.ipynb")
    (course / "submitted" / "kim").mkdir()
    (course / "submitted" / "eve" / FIRST).mkdir(parents=True)
    (course / "submitted" / "eve" / FIRST / f"{FIRST}.ipynb").symlink_to(course / "gradebook.db")
    (course / "submitted" / "lin").symlink_to(course / "submitted" / "ada")
    found = {one.original: one for one in course_of.handed_in(course / "submitted", FIRST, [FIRST])}
    assert sorted(found) == ["ada", "ben", "eve"]
    assert [file.name for file in found["ada"].files] == [f"{FIRST}.ipynb"]
    assert "old copy.ipynb" in found["ada"].notes[0]
    assert [file.name for file in found["ben"].files] == ["mine.ipynb"]
    assert found["eve"].files[0].problem


def test_ids_that_differ_in_odd_characters_stay_two_students(course):
    hand_in(course, "zoë", {})
    hand_in(course, "zoe", {})
    course_of.grade_course(course, FIRST, stand_in(1.0), say=str)
    with gradebook(course) as book:
        assert sorted(one.student.id for one in book.assignment_submissions(FIRST)) == ["zoe", "zoë"]
    assert (course / "feedback" / "zoë" / FIRST / f"{FIRST}.html").is_file()


def test_odd_names_of_folders_are_said_and_cost_nobody_else_anything(course):
    for name in ("a\u202eb\x1b[31m", "=1+1", "x" * 200, os.fsdecode(b"\xff\xfe")):
        hand_in(course, name, {})
    said = []
    assert course_of.grade_course(course, FIRST, stand_in(status="not graded"), say=said.append) == 1
    assert "3 submissions" in said[0]
    assert "rename \\udcff\\udcfe" in said[0]
    assert "\u202e" not in said[0]
    assert "\x1b" not in said[0]
    with gradebook(course) as book:
        assert len(book.assignment_submissions(FIRST)) == 3


def test_a_link_in_place_of_a_feedback_folder_is_not_followed(course, tmp_path):
    from mlpkit.grading.results import ResultsError

    hand_in(course, "ada", {})
    (course / "feedback").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (course / "feedback" / "ada").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ResultsError, match="symbolic link"):
        course_of.grade_course(course, FIRST, stand_in(1.0), say=str)
    assert os.listdir(tmp_path / "elsewhere") == []


@pytest.mark.parametrize(("change", "assignment", "match"), [
    (lambda course: None, "ex9", "no assignment 'ex9'; its assignments: ex01_.*, ex02_"),
    (lambda course: None, FIRST, "has no submission of ex01_.*nbgrader collect"),
    (lambda course: (course / "gradebook.db").unlink(), FIRST, "no gradebook .*generate_assignment"),
    (shutil.rmtree, FIRST, "is no folder"),
    (lambda course: (course / "gradebook.db").write_bytes(b"x" * 5000), FIRST, "cannot be used"),
    (lambda course: (course / "nbgrader_config.py").write_text("1 /"), FIRST, "cannot be used: SyntaxError"),
])  # fmt: skip
def test_what_is_not_as_it_should_be_is_said_with_what_to_do(course, change, assignment, match):
    change(course)
    with pytest.raises(OtherSystemError, match=match):
        course_of.grade_course(course, assignment, stand_in(), say=str)


def test_an_assignment_without_a_question_of_mlpkit_is_refused(course):
    with gradebook(course) as book:
        book.add_assignment("poems")
        book.add_notebook("poem", "poems")
        book.add_grade_cell("rhyme", "poem", "poems", max_score=1, cell_type="markdown")
    with pytest.raises(OtherSystemError, match="no graded cell of 'poems' belongs to a question"):
        course_of.grade_course(course, "poems", stand_in(), say=str)


def test_without_nbgrader_the_command_says_how_to_install_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "nbgrader.coursedir", None)
    assert main(["grade", "--nbgrader", str(tmp_path), FIRST]) == 1
    assert "[instructor]" in capsys.readouterr().err


def test_importing_the_module_loads_nothing_of_nbgrader():
    code = "import sys, mlpkit.grading.nbgrader, mlpkit.grading.gradescope, mlpkit.grading.distributed\n"
    code += "heavy = 'nbgrader', 'nbformat', 'dask', 'distributed', 'matplotlib'\n"
    code += "print([name for name in heavy if name in sys.modules])"
    here = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=here, check=True)
    assert done.stdout.strip() == "[]"
