"""Cells in IPython's syntax become Python, whatever a student has written; none of it costs much time."""

import ast
import time

import pytest

from mlpkit.grading.magics import MOST, as_python


@pytest.mark.parametrize(
    "cell",
    [
        "%time x = 1",
        "%%time\nx = 1",
        "!pip install numpy",
        "files = !ls",
        "now = %pwd",
        "np.dot?",
        "?np.dot",
        "%matplotlib inline\nimport numpy as np",
        "for i in range(3):\n    %time f(i)",
        "%%writefile a.py\nnot python at all (",
        "%%html\n<b>x</b>",
        "  %timeit f(1)",
    ],
)
def test_every_form_becomes_python(cell):
    (found,), notes = as_python([cell])
    ast.parse(found)
    assert "get_ipython()" in found
    assert notes == []


@pytest.mark.parametrize(
    "cell", ["x = 5 % 3", "text = 'why?'", "y = a != b", "", "\n\n", "def f(x):\n    return x"]
)
def test_plain_python_stays_as_it_is(cell):
    assert as_python([cell]) == ([cell], [])


def test_the_cells_keep_their_number_and_order():
    cells = ["a = 1", "%time a", "b = 2"]
    found, _ = as_python(cells)
    assert [found[0], found[2]] == ["a = 1", "b = 2"]
    assert len(found) == 3


@pytest.mark.parametrize(
    "cell",
    [
        "%time x\n" * 5000,
        "!" * 100_000,
        "\n" * 200_000,
        " " * 200_000 + "?",
        "\n \t" * 60_000 + "x",
        "=" * 100_000 + "%",
        "%%time " + "(" * 50_000,
        "?" * 50_000,
        "%time '''\n" * 300,
        "\0%time x",
        "%\ud800",
        "%time \\\n" * 2000,
        "(" * 5000 + "\n%time x",
    ],
    ids=range(13),
)
def test_hostile_cells_take_little_time_and_raise_nothing(cell):
    start = time.perf_counter()
    (found,), notes = as_python([cell])
    assert time.perf_counter() - start < 8  # on a machine at work; some hundredths of a second alone
    assert isinstance(found, str)
    assert len(notes) <= 1


def test_a_cell_of_too_many_magics_is_left_as_it_is_and_said():
    cell = "%time x\n" * 1000
    assert len(cell) * 1000 > MOST
    (found,), (note,) = as_python([cell])
    assert found == cell
    assert note == "cell 1 is read as plain Python: too many lines in IPython's syntax"
