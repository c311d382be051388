"""The stored outputs of the lectures are what the code gives now: strict nbval, and proof that it is strict.

(The lectures themselves are collected by nbval in the same run of pytest: see pyproject.toml.)
"""

import json
import os
import re
import subprocess
import sys

import pytest
from notebooks import LECTURES

NAME = "07_universal_approximation.ipynb"


def strict_nbval(path):
    """Run nbval on one notebook in a process of its own -> (exit code, output)."""
    command = [
        sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        f"--rootdir={path.parent}", "-c", os.devnull, str(path),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of lecture 07 that may be spoilt."""
    return tmp_path / NAME, json.loads((LECTURES / NAME).read_text(encoding="utf-8"))


def test_a_lecture_passes_twice_in_a_row(copy):
    path, book = copy
    path.write_text(json.dumps(book), encoding="utf-8")
    for _ in range(2):
        code, output = strict_nbval(path)
        assert code == 0, output
        assert "passed" in output


def test_an_altered_number_in_a_stored_output_is_noticed(copy):
    path, book = copy
    (cell,) = [c for c in book["cells"] if c["id"] == "sharper-table"]
    text = "".join(cell["outputs"][0]["text"])
    digit = re.search(r"0\.\d*[1-8]", text).end() - 1
    altered = text[:digit] + str(int(text[digit]) + 1) + text[digit + 1 :]
    cell["outputs"][0]["text"] = altered
    path.write_text(json.dumps(book), encoding="utf-8")
    code, output = strict_nbval(path)
    assert code == 1, output
    assert re.search(r"1 failed, \d+ passed", output)
