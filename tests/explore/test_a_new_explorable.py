"""A new explorable is one file, its cells and one command: the guide is followed in a copy of the course."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAME, SLIDE, LECTURE = "tanh_slope", "hidden-unit", "01_linear_models_and_neurons.ipynb"
ANSWER = "<details><summary><b>Answer</b></summary>\n\nAt 0: its slope is 1.\n</details>"
NOTES = "Ask for the slope at 3. What goes wrong: 0 is said. Minutes: 5."
CELLS = {  # id: kind, slide type, content
    "tanh-slope-predict": ("markdown", "subslide", "**Predict first:** Where is tanh steepest?"),
    "tanh-slope-explorable": ("code", "fragment", f"explore.{NAME}()"),
    "tanh-slope-answer": ("markdown", "subslide", ANSWER),
    "tanh-slope-notes": (
        "markdown",
        "notes",
        f"<details><summary>For the speaker</summary>\n\n{NOTES}\n</details>",
    ),
}


def run(copy, *command):
    """A Python command in the copy, which imports the copy's package -> (exit code, output)."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def checks(copy):
    """The tests that look at a new explorable -> (exit code, output)."""
    wanted = f"({NAME} or test_rooms or test_concordance or 00_start or 01_linear) and not minutes"
    return run(
        copy, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "-k", wanted,
        "tests/explore/test_rooms.py", "tests/explore/test_registry.py", "tests/explore/test_concordance.py",
        "tests/lectures/test_notebooks.py",
    )  # fmt: skip


def add_cells(path):
    """Put CELLS at the end of the slide's section of a lecture."""
    book = json.loads(path.read_text(encoding="utf-8"))
    places = [i for i, c in enumerate(book["cells"]) if SLIDE in c["metadata"]["mlpkit"]["slides"]]
    for name, (kind, slide_type, source) in reversed(CELLS.items()):
        cell = {"cell_type": kind, "id": name, "source": source, "metadata": {
            "slideshow": {"slide_type": slide_type}, "mlpkit": {"slides": [SLIDE]}
        }}  # fmt: skip
        code = {"execution_count": None, "outputs": []} if kind == "code" else {}
        book["cells"].insert(places[-1] + 1, cell | code)
    path.write_text(json.dumps(book), encoding="utf-8")


@pytest.fixture
def copy(tmp_path):
    """A copy of what the tests of an explorable read."""
    for name in ("mlpkit", "tests", "lectures", "exercises", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_guide_leads_to_an_explorable_that_passes_all_tests_and_each_failure_before_says_what_to_do(copy):
    guide = (copy / "mlpkit" / "explore" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    (copy / "mlpkit" / "explore" / "my_topic.py").write_text(example, encoding="utf-8")
    code, output = checks(copy)
    assert code == 1, output
    assert "needs a code cell explore.tanh_slope() with that slide in its metadata" in output
    assert "KeyError" not in output

    add_cells(copy / "lectures" / LECTURE)
    code, output = checks(copy)
    assert code == 1, output
    assert "tanh-slope-explorable: run make lectures" in output
    assert "lecture 00's table of slides and figures is out of date: run `make lectures`" in output
    assert "KeyError" not in output

    notebooks = [f"lectures/{name}" for name in ("00_start_here.ipynb", LECTURE)]
    code, output = run(copy, "-m", "mlpkit.cli", "lectures", *notebooks)
    assert code == 0, output
    code, output = checks(copy)
    assert code == 0, output
