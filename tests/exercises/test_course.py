"""A course's folder: masters, lectures and a configuration that is written once."""

from notebooks import LECTURES, MASTERS

from mlpkit.cli import main
from mlpkit.exercises.course import assignment, configuration


def test_the_course_is_called_like_its_folder(tmp_path):
    assert 'course_id = "mlp-2026"' in configuration(tmp_path / "mlp 2026")


def test_a_link_of_a_lecture_to_exercises_leads_to_the_assignment_beside_this_one(tmp_path):
    (tmp_path / "01_x.ipynb").write_text(
        "[1.1 A](../exercises/student/ex02_y.ipynb#cell-id=a), [2](02_y.ipynb)"
    )
    _, (place, text) = assignment(tmp_path, "ex01_x", "", tmp_path)
    assert text == "[1.1 A](../../ex02_y/ex02_y.ipynb#cell-id=a), [2](02_y.ipynb)"
    assert (place.parent / "../../ex02_y/ex02_y.ipynb").resolve() == tmp_path / "source/ex02_y/ex02_y.ipynb"


def test_a_master_of_a_course_leads_to_the_lectures_in_its_own_folder(tmp_path):
    (place, text), *lectures = assignment(
        tmp_path, "ex01_x", "see [lecture](../../lectures/01_a.ipynb#cell-id=b)", LECTURES
    )
    assert place == tmp_path / "source" / "ex01_x" / "ex01_x.ipynb"
    assert text == "see [lecture](lectures/01_a.ipynb#cell-id=b)"
    assert {path.name for path, _ in lectures} == {path.name for path in LECTURES.glob("*.ipynb")}


def test_a_configuration_that_is_there_is_left_alone_and_that_is_said(tmp_path, capsys):
    place = tmp_path / "nbgrader_config.py"
    place.write_text("c = get_config()")
    assert main(["exercises", "build", str(MASTERS[0]), "--course", str(tmp_path)]) == 0
    assert place.read_text() == "c = get_config()"
    assert "is there already and stays as it is" in capsys.readouterr().out
    place.unlink()
    assert main(["exercises", "build", str(MASTERS[0]), "--course", str(tmp_path)]) == 0
    assert "course_id" in place.read_text()
    assert "nbgrader_config.py written" in capsys.readouterr().out
