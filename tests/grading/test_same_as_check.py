"""`check` in a notebook and the grader say the same of every right and every wrong solution of the course."""

import linecache
from itertools import zip_longest

import pytest
from grading.as_cells import MODULES, as_cell

from mlpkit.exercises.checking import examine
from mlpkit.exercises.registry import exercise_set, set_names
from mlpkit.grading.guest.job import Limits
from mlpkit.grading.judge import Judge, Settings, answer_of
from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.sandboxes import faults

pytestmark = pytest.mark.slow
SAID = ("points", "of", "status", "misconception", "explanation", "hint")
LIMITS = Limits(cell=20.0, cells=60.0, question=20.0)  # machines may be busy
WITHOUT_WARNINGS = {"sigmoid"}  # only a warning of overflow shows it, and WebAssembly has no such flags


def rounds(name):
    """Submissions to a set: the first has every question's solution, the next ones other functions."""
    each = [[(one, f) for f in functions(one)] for one in exercise_set(name).questions]
    return [[pair for pair in pairs if pair] for pairs in zip_longest(*each)]


def functions(question):
    return [question.solution, *question.right, *(known.wrong for known in question.misconceptions)]


def in_this_python(name, cell):
    """What `check` says of the function that a cell defines."""
    space = {}
    exec(MODULES, space)
    linecache.cache["<cell 1>"] = (len(cell), None, cell.splitlines(keepends=True), "<cell 1>")
    exec(compile(cell, "<cell 1>", "exec"), space)
    return answer_of(examine(space[name], seconds=LIMITS.question, space={name: space[name]}))


@pytest.fixture(scope="module")
def judge(request):
    if problem := faults()[request.param]:
        pytest.skip(problem)
    names = tuple(question.name for name in set_names() for question in exercise_set(name).questions)
    with Judge(Settings(names, limits=LIMITS, sandbox=request.param)) as one:
        yield one


def compare(judge, pairs):
    """Grade these functions in one notebook -> names of those of which something else was said."""
    cells = {question.name: as_cell(question.name, function) for question, function in pairs}
    result = judge.grade(Submission("s", (Notebook("a.ipynb", (MODULES, *cells.values())),)), tuple(cells))
    assert result.status == "graded", result.reason
    assert result.notes == ()
    different = {}
    for question, function in pairs:
        expected, got = in_this_python(question.name, cells[question.name]), result.answer(question.name)
        if any(getattr(expected, field) != getattr(got, field) for field in SAID):
            different[f"{question.name}: {function.__name__}"] = [
                (getattr(expected, field), getattr(got, field)) for field in SAID
            ]
    return different


ROUNDS = [(name, i) for name in set_names() for i in range(len(rounds(name)))]


@pytest.mark.parametrize("judge", ["bubblewrap"], indirect=True)
@pytest.mark.parametrize(("name", "i"), ROUNDS)
def test_the_grader_says_what_check_says(judge, name, i):
    assert compare(judge, rounds(name)[i]) == {}


@pytest.mark.parametrize("judge", ["wasm"], indirect=True)
@pytest.mark.parametrize(("name", "i"), [(name, i) for name, i in ROUNDS if i % 6 == 0])
def test_so_does_the_grader_in_webassembly(judge, name, i):
    different = compare(judge, rounds(name)[i])
    assert {one for one in different if one.partition(":")[0] not in WITHOUT_WARNINGS} == set(), different
