"""A question more, as the guide in mlpkit/exercises/README.md says, in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from notebooks import LECTURES
from seeds import VARIABLE

pytestmark = pytest.mark.slow
COURSE = LECTURES.parent
GUIDE = COURSE / "mlpkit" / "exercises" / "README.md"
SET = "ex03_activation_functions"
NEITHER_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "*.egg-info")
QUESTION = '''"""The question `half`: every number divided by 2."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex03_activation_functions.common import away_from_zero


def half(z):
    """h(z) = z / 2, number by number.

    z array of any shape -> like z
    """
    return z / 2


def half_by_a_product(z):
    return 0.5 * z


def half_in_a_loop(z):
    return np.array([number / 2 for number in z.ravel()]).reshape(z.shape)


def halved_twice(z):
    return z / 4


def half_in_place(z):
    z /= 2
    return z


QUESTION = Question(
    half,
    "h",
    probes=(
        Probe("row", lambda r: (away_from_zero(7)(r),), "seven numbers"),
        Probe("table", lambda r: (away_from_zero(3, 4)(r),), "z is (3, 4)"),
    ),
    properties=(shape(1), values(2, Tolerance(1e-9, 1e-12, "one operation")), unchanged(1)),
    right=(half_by_a_product, half_in_a_loop),
    misconceptions=(
        Misconception(halved_twice, "a quarter is left", "What is left of the number 8?"),
        Misconception(half_in_place, "your function overwrites z", "Who else uses that array?"),
    ),
)
'''


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the repository, whose mlpkit is the one that `run` imports."""
    folder = tmp_path_factory.mktemp("repository") / "course"
    shutil.copytree(COURSE, folder, ignore=NEITHER_COPIED)
    return folder


def run(course, *arguments):
    """Python with these arguments in the copy -> (exit code, all that it printed)."""
    environment = os.environ | {"PYTHONPATH": str(course), VARIABLE: "2"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=course, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def quick_tests(course, *arguments):
    """pytest in the copy, in this process's Python alone."""
    return run(course, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *arguments)


def mlpkit(course, *arguments):
    """The command `mlpkit` of the copy."""
    return run(course, "-m", "mlpkit.cli", *arguments)


def replace(path, old, new):
    """Write the file anew with one place changed."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def add_to_cell(path, name, text):
    """Put text at the end of a Markdown cell, in the place of its full stop."""
    book = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in book.cells if cell.id == name]
    cell.source = cell.source.removesuffix(".") + text
    nbformat.write(book, path)


def script_of_the_guide():
    """The guide's own script: what a reader copies."""
    text = GUIDE.read_text(encoding="utf-8").split("### A new question in a master")[1]
    return re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]


def test_a_question_added_as_the_guide_says_passes_the_tests_and_every_step_left_out_is_named(course):
    master = f"exercises/masters/{SET}.ipynb"
    questions = course / "mlpkit" / "questions" / SET
    (questions / "half.py").write_text(QUESTION, encoding="utf-8")
    replace(questions / "__init__.py", '"sigmoid_backward"]', '"sigmoid_backward", "half"]')

    code, said = mlpkit(course, "exercises", "build", master, "--quiet")
    assert code == 1, said
    assert f"{master} has no cells for half" in said
    assert "insert" in said

    code, said = run(course, "-c", script_of_the_guide())
    assert code == 0, said
    code, said = quick_tests(course, "tests/exercises", "-k", "exactly_what_the_build_gives and ex03")
    assert code == 1, said
    assert "run `mlpkit exercises build` and commit what it writes" in said
    code, said = mlpkit(course, "exercises", "build", master, "--quiet")
    assert code == 0, said

    code, said = quick_tests(course, "tests/explore/test_concordance.py", "-k", "every_exercise_is_reached")
    assert code == 1, said
    needed = re.search(r"the cell (\S+) of (\S+) needs the link (\[3\.7 .+?\]\(.+?\));", said)
    assert needed, said
    name, lecture, link = needed.groups()
    add_to_cell(course / lecture, name, f", {link}.")
    code, said = mlpkit(course, "lectures", "lectures/00_start_here.ipynb", "--quiet")
    assert code == 0, said

    code, said = quick_tests(
        course,
        *("tests/questions/test_questions.py", "tests/explore/test_concordance.py", "tests/exercises"),
        *("tests/lectures/test_notebooks.py", "-m", "not slow and not browser"),
        *("-k", "half or ex03 or 00_start or 03_activation or concordance or every_set or readme"),
    )
    assert code == 0, said[-3000:]
    assert int(re.search(r"(\d+) passed", said)[1]) > 50, said
