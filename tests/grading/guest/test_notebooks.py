# ruff: noqa: E501 (code of notebooks in texts)
"""Notebooks as students write them: what a kernel would do with a cell, a sandbox does, or it says why not."""

import re
from textwrap import dedent

import pytest

from mlpkit.grading.guest.job import Limits
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.sandboxes import faults

NAMES = ("sigmoid", "pre_activation")
LIMITS = Limits(cell=3.0, cells=6.0, question=2.0)
NUMPY = "import numpy as np"
SIGMOID = (
    "def sigmoid(z):\n    e = np.exp(-np.abs(z))\n    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)"
)
AFFINE = "def pre_activation(X, w, b):\n    return X @ w + b"

pytestmark = pytest.mark.parametrize(
    "judge", ["bubblewrap", pytest.param("wasm", marks=pytest.mark.slow)], indirect=True
)


@pytest.fixture(scope="module")
def judge(request):
    if problem := faults()[request.param]:
        pytest.skip(problem)
    with Judge(Settings(NAMES, (0, 12345), LIMITS, request.param)) as one:
        yield one


def graded(judge, *cells):
    cells = tuple(dedent(cell).strip("\n") for cell in cells)
    result = judge.grade(Submission("s", (Notebook("a.ipynb", cells),)))
    assert result.status == "graded", result.reason
    return result


def full(result, *names):
    for name in names:
        answer = result.answer(name)
        assert answer.points == answer.of, (answer.explanation, answer.call, result.notes)


SILENT = {
    "matplotlib inline": (
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
        NUMPY,
        SIGMOID,
    ),
    "extensions": ("%load_ext autoreload\n%autoreload 2\n%precision 3", NUMPY, SIGMOID),
    "time before a call": (NUMPY, SIGMOID, "%time sigmoid(0.0)", "%timeit -n 1 -r 1 sigmoid(0.0)"),
    "a value of a magic": (NUMPY, SIGMOID, "y = %time sigmoid(0.0)\nassert y == 0.5"),
    "a cell that is timed": (NUMPY, f"%%time\n{SIGMOID}"),
    "help": (NUMPY, "np.exp?\n?np.exp\nnp.exp??", SIGMOID),
    "installing": ("!pip install numpy\n%pip install scipy", NUMPY, SIGMOID),
    "display": (
        "from IPython.display import display, HTML, Markdown, Latex, clear_output, Image",
        NUMPY,
        SIGMOID,
        "display(sigmoid(0.0), HTML('<b>x</b>'))\nclear_output(wait=True)",
        "import IPython\nIPython.display.display(Markdown('x'))\nIPython.get_ipython().run_line_magic('ls', '')",
    ),
    "check and progress": (
        "from mlpkit.exercises import check, progress\n" + NUMPY,
        SIGMOID,
        "check(sigmoid)",
        "result = check(sigmoid, seed=3)\nprint(result.score, result)",
        "progress()\nprogress('ex03')",
    ),
    "figures of solutions and explorables": (
        "from mlpkit.exercises import check, solution_figure, come_alive\nfrom mlpkit import explore",
        NUMPY,
        SIGMOID,
        "solution_figure(sigmoid)\ncome_alive(sigmoid)",
        "explore.activations()\nfigure = explore.bump_builder(w=3)\nfigure.w = 5\nfigure",
        "import mlpkit.explore as e\ne.what_is_not_there.at_all[3](x=1)",
    ),
    "widgets": (
        "import ipywidgets as widgets\nfrom ipywidgets import interact, interactive, FloatSlider",
        NUMPY,
        "@interact(w=(0.0, 1.0))\ndef show(w=0.5):\n    print(w)",
        "slider = FloatSlider(value=1.0)\nslider.observe(lambda change: 1, names='value')\nwidgets.HBox([slider])",
        SIGMOID,
        "interact(sigmoid, z=(-5, 5))",
        "for child in widgets.VBox([slider]).children: print(child)",
    ),
    "plots": (
        NUMPY,
        SIGMOID,
        """
        import matplotlib.pyplot as plt
        x = np.linspace(-5, 5, 100)
        fig, axes = plt.subplots(1, 2)
        axes[0].plot(x, sigmoid(x), label="$\\\\sigma$"); axes[0].legend()
        plt.title("a sigmoid"); plt.show()
        """,
    ),
    "google colab": ("from google.colab import drive\ndrive.mount('/content/drive')", NUMPY, SIGMOID),
    "top-level await": (
        NUMPY,
        "import asyncio\nasync def one():\n    return 1\nvalue = await one()\nassert value == 1",
        SIGMOID,
    ),
    "the main module": (
        NUMPY,
        SIGMOID,
        "if __name__ == '__main__':\n    SCALE = 1.0",
        "_sigmoid = sigmoid\ndef sigmoid(z):\n    return SCALE * _sigmoid(z)",
    ),
    "global variables": (
        NUMPY,
        "n = 0",
        SIGMOID,
        "def sigmoid(z, _s=sigmoid):\n    global n\n    n += 1\n    return _s(z)",
    ),
    "everything from numpy": ("from numpy import *", SIGMOID.replace("np.", "")),
    "a lambda": (NUMPY, "sigmoid = lambda z: np.exp(-np.logaddexp(0, -np.asarray(z)))"),
    "the seed of the global generator": (NUMPY + "\nnp.random.seed(0)\nx = np.random.rand(3)", SIGMOID),
    "a decorator": (
        "import functools, time\n" + NUMPY,
        """
        def timed(function):
            @functools.wraps(function)
            def inner(*a, **o):
                start = time.perf_counter()
                try: return function(*a, **o)
                finally: print("took", time.perf_counter() - start)
            return inner
        """,
        f"@timed\n{SIGMOID}",
    ),
    "a class": (
        NUMPY,
        SIGMOID.replace("sigmoid", "inside"),
        "class Unit:\n    def forward(self, z):\n        return inside(z)\nsigmoid = Unit().forward",
    ),
    "a static method": (
        NUMPY,
        "class Unit:\n    @staticmethod\n    def s(z):\n        return np.exp(-np.logaddexp(0, -np.asarray(z)))",
        "sigmoid = Unit.s",
    ),
    "a class with a dataclass and an enum": (
        NUMPY,
        "from dataclasses import dataclass\nfrom enum import Enum\nfrom typing import NamedTuple",
        "@dataclass\nclass P:\n    w: float = 1.0\nclass K(Enum):\n    a = 1\nclass N(NamedTuple):\n    x: int",
        "p = P()",
        SIGMOID,
    ),
    "a file of its own": (
        NUMPY,
        SIGMOID,
        "np.savetxt('mine.txt', np.eye(2))\nassert np.loadtxt('mine.txt').shape == (2, 2)",
    ),
    "printing and logging": (
        NUMPY,
        SIGMOID,
        "import logging\nlogging.basicConfig(level='DEBUG')\nlogging.info('x')\nprint(sigmoid(np.zeros(3)))",
    ),
    "warnings": (NUMPY, "import warnings\nwarnings.warn('look')\nwarnings.filterwarnings('ignore')", SIGMOID),
    "semicolons, underscores, outputs": (NUMPY, SIGMOID, "sigmoid(0.0);", "_ = 5\nprint(_, In, Out)"),
    "f strings, walrus, match": (
        NUMPY,
        SIGMOID,
        "if (n := 3) > 2:\n    print(f'{n=}')\nmatch n:\n    case 3: pass",
    ),
    "the solution's name in another cell": (NUMPY, "# sigmoid is done below, def sigmoid(z): ...", SIGMOID),
    "a comment alone": (NUMPY, "# nothing here", "", "   \n", SIGMOID),
    "tabs and windows lines": (NUMPY, SIGMOID.replace("    ", "\t").replace("\n", "\r\n")),
}


@pytest.mark.parametrize("case", SILENT)
def test_what_only_shows_something_costs_nothing(judge, case):
    result = graded(judge, *SILENT[case])
    full(result, "sigmoid")
    unexpected = [note for note in result.notes if "stopped with" in note or "left out" in note]
    if case == "installing":
        unexpected = [note for note in unexpected if "a command of the shell" not in note]
    if judge.settings.sandbox == "wasm" and case == "top-level await":
        unexpected = [note for note in unexpected if "await" not in note]
    assert unexpected == []


def test_a_failing_cell_does_not_stop_the_following_ones(judge):
    result = graded(judge, NUMPY, "1 / 0", "def f(:", SIGMOID, "undefined_name", AFFINE)
    full(result, *NAMES)
    assert result.notes[0] == "cell 2 stopped with ZeroDivisionError: division by zero"
    assert result.notes[1].startswith("cell 3 stopped with SyntaxError")
    assert result.notes[2].startswith("cell 5 stopped with NameError")


def test_what_a_failing_cell_has_defined_is_kept(judge):
    full(graded(judge, NUMPY, f"{SIGMOID}\nraise ValueError('after it')"), "sigmoid")


def test_a_missing_module_is_named_and_the_other_imports_of_its_cell_count(judge):
    result = graded(judge, "import not_there_at_all\nimport numpy as np\nfrom not_there import x, y", SIGMOID)
    full(result, "sigmoid")
    assert "not imported: No module named 'not_there_at_all'" in result.notes
    assert "not imported: No module named 'not_there'" in result.notes


def test_using_a_missing_module_fails_where_it_is_used(judge):
    result = graded(judge, "import not_there\n" + NUMPY, "not_there.tensor([1.0])", SIGMOID)
    full(result, "sigmoid")
    assert any("cell 2 stopped with NameError" in note for note in result.notes)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("name = input('your name? ')", r"EOFError: the function asks for input\(\)"),
        (
            "import sys\nline = sys.stdin.readline()\nassert line, 'nothing to read'",
            "AssertionError: nothing to read",
        ),
        (
            "import matplotlib.pyplot as plt\nplt.switch_backend('TkAgg')",
            "cell 2 stopped with (ImportError|ModuleNotF)",
        ),
        (
            "from mlpkit.activations import sigmoid as s\ns(0.0)",
            "it asks for mlpkit.activations.sigmoid, which",
        ),
        (
            "import mlpkit.losses\nmlpkit.losses.cross_entropy(1, 2)",
            "it asks for mlpkit.losses.cross_entropy, which",
        ),
    ],
)
def test_what_cannot_be_done_here_ends_with_a_clear_note(judge, cell, said):
    result = graded(judge, NUMPY, cell, SIGMOID)
    full(result, "sigmoid")
    assert re.search(said, " ".join(result.notes)), result.notes


def test_a_window_ends_with_a_note_and_costs_nothing(judge):
    result = graded(judge, NUMPY, "import tkinter\nroot = tkinter.Tk()\nroot.mainloop()", SIGMOID)
    full(result, "sigmoid")
    assert result.notes


def test_commands_and_unknown_magics_are_named(judge):
    result = graded(judge, "!ls\nfiles = !ls\n%lsmagic", "%%bash\nls", "%%html\n<b>x</b>", NUMPY, SIGMOID)
    full(result, "sigmoid")
    assert "a command of the shell (!) is left out" in result.notes
    assert "%lsmagic is left out" in result.notes
    assert "a cell that begins with %%bash is left out" in result.notes


def test_writefile_defines_nothing(judge):
    result = graded(judge, NUMPY, f"%%writefile mine.py\n{SIGMOID}")
    assert result.answer("sigmoid").status == "missing"


def test_a_function_may_use_those_of_earlier_questions_and_itself(judge):
    helper = "def dot(a, c):\n    return a[0] * c[0] + dot(a[1:], c[1:]) if len(a) else 0.0"
    loops = "def pre_activation(X, w, b):\n    return np.array([dot(list(x), list(w)) + b for x in X])"
    result = graded(judge, NUMPY, SIGMOID, helper, loops)
    full(result, *NAMES)


def test_the_last_definition_counts_also_across_cells(judge):
    result = graded(judge, NUMPY, SIGMOID, "def sigmoid(z):\n    return 0 * z", AFFINE, AFFINE)
    assert result.answer("sigmoid").points < result.answer("sigmoid").of
    full(result, "pre_activation")
    assert any("sigmoid is defined 2 times (cells 2, 3)" in note for note in result.notes)


def test_a_function_inside_of_a_class_or_a_function_is_none_of_the_notebook(judge):
    inside = "class Mine:\n" + "\n".join("    " + line for line in SIGMOID.splitlines())
    result = graded(judge, NUMPY, inside)
    assert result.answer("sigmoid").status == "missing"
    assert result.answer("sigmoid").explanation == "There is no function called sigmoid."


def test_the_stub_as_given_out_is_not_written_yet(judge):
    result = graded(judge, NUMPY, "def sigmoid(z):\n    raise NotImplementedError", "sigmoid(0.0)")
    assert result.answer("sigmoid").status == "not written yet"
    assert result.notes == ()


def test_exit_in_a_cell_is_said_and_the_rest_is_graded(judge):
    result = graded(judge, NUMPY, "exit()", "quit()", SIGMOID, "import sys\nsys.exit()", AFFINE)
    full(result, *NAMES)
    assert "cell 2 stopped with SystemExit: exit() is left out" in result.notes


def test_a_long_cell_is_stopped_and_the_others_are_run(judge):
    result = graded(judge, NUMPY, SIGMOID, "while True:\n    pass", AFFINE)
    full(result, *NAMES)
    assert "cell 3 stopped with TimeLimit: not finished after 3 s" in result.notes


def test_cells_that_take_all_the_time_leave_the_rest_out_with_a_note(judge):
    result = graded(judge, NUMPY, SIGMOID, *["while True:\n    pass"] * 4, AFFINE)
    full(result, "sigmoid")
    assert any("nothing was run: the time for all cells was over" in note for note in result.notes)


def test_a_notebook_without_any_of_the_functions_runs_nothing(judge):
    result = graded(judge, "while True:\n    pass")
    assert {answer.status for answer in result.answers} == {"missing"}
    assert result.notes == ()


def test_unicode_names_and_surrogates_in_output_come_through(judge):
    result = graded(judge, NUMPY, "β = 1.0\nprint('\\ud800 ← →')\nraise ValueError('\\ud800 ä')", SIGMOID)
    full(result, "sigmoid")
    assert any("ValueError: ? ä" in note for note in result.notes)


def test_recursion_without_an_end_is_an_ordinary_error(judge):
    result = graded(judge, NUMPY, AFFINE, "def sigmoid(z):\n    return sigmoid(z)")
    full(result, "pre_activation")
    assert result.answer("sigmoid").points == 0
