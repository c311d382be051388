"""The notebooks as they are given out get no points and no alarming note, the masters' all of them."""

from pathlib import Path

import pytest

from mlpkit.exercises.registry import exercise_set, set_names
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.sandboxes import faults
from mlpkit.grading.submissions import read

COURSE = Path(__file__).parents[2] / "exercises"
BACK_ENDS = ["bubblewrap", pytest.param("wasm", marks=pytest.mark.slow)]
pytestmark = pytest.mark.skipif(not COURSE.is_dir(), reason="the course's notebooks are not beside the tests")


@pytest.fixture(scope="module")
def judge(request):
    if problem := faults()[request.param]:
        pytest.skip(problem)
    names = tuple(question.name for name in set_names() for question in exercise_set(name).questions)
    with Judge(Settings(names, (0, 998877), sandbox=request.param)) as one:
        yield one


def graded(judge, folder, name):
    (submission,) = read([COURSE / folder / f"{name}.ipynb"])
    result = judge.grade(submission, tuple(question.name for question in exercise_set(name).questions))
    assert result.status == "graded", result.reason
    return result


@pytest.mark.parametrize("judge", BACK_ENDS, indirect=True)
@pytest.mark.parametrize("name", set_names())
def test_the_students_notebook_unchanged_has_no_points(judge, name):
    result = graded(judge, "student", name)
    assert result.points == 0
    assert {answer.status for answer in result.answers} == {"not written yet"}
    assert result.notes == ()


@pytest.mark.parametrize("judge", BACK_ENDS, indirect=True)
@pytest.mark.parametrize("name", set_names())
def test_the_masters_solutions_have_all_points(judge, name):
    result = graded(judge, "masters", name)
    assert [(one.question, one.points) for one in result.answers] == [
        (one.question, one.of) for one in result.answers
    ]
    assert result.notes == ()
