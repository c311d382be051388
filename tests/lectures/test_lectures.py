"""The stored outputs of the lectures are what the code gives now: proof that nbval's comparison is strict.

(The lectures themselves are collected by nbval in the same run of pytest: see pyproject.toml.)
"""

import json
import os
import re
import subprocess
import sys

import pytest
from notebooks import LECTURES, code

pytestmark = pytest.mark.slow
LECTURE = LECTURES / "05_backpropagation.ipynb"


def strict_nbval(path):
    """Run nbval on one notebook in a process of its own -> (exit code, output)."""
    command = [
        sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        f"--rootdir={path.parent}", "-c", os.devnull, str(path),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_altered_digit_in_a_stored_output_fails_its_cell_and_no_other(tmp_path):
    book = json.loads(LECTURE.read_text(encoding="utf-8"))
    (cell,) = [c for c in book["cells"] if c["id"] == "by-hand-numbers"]
    text = "".join(cell["outputs"][0]["text"])
    digit = re.search(r"0\.\d*[1-8]", text).end() - 1
    altered = text[:digit] + str(int(text[digit]) + 1) + text[digit + 1 :]
    cell["outputs"][0]["text"] = altered
    path = tmp_path / LECTURE.name
    path.write_text(json.dumps(book), encoding="utf-8")
    exit_code, output = strict_nbval(path)
    assert exit_code == 1, output
    assert f"1 failed, {len(code(LECTURE)) - 1} passed" in output
