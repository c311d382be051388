"""One record and no other edit: each kind is added to a copy of the repository, whose tests then pass."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from architecture.additions import ADDITIONS, Addition

ROOT = Path(__file__).parents[2]
COPIED = ("mlpkit", "tests", "lectures", "exercises", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "browser")


def copy_with(addition: Addition, folder: Path) -> Path:
    """A copy of what the tests need, with the addition written into it."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, folder / name)
    for name, pairs in addition.replaced.items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, f"{name} has not one but {text.count(old)} of {old!r}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in addition.appended.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


def run_tests(folder: Path, *arguments: str):
    """Pytest in the copy, with the copy's package."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ADDITIONS)
def test_a_record_is_added_by_itself_and_the_tests_of_its_kind_pass(kind, tmp_path):
    folder = copy_with(ADDITIONS[kind], tmp_path)
    done = run_tests(folder, *ADDITIONS[kind].tests)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_a_record_with_a_wrong_fact_fails_in_the_copy(tmp_path):
    """The test above can fail: it is the copy that is tested, and a wrong range is noticed."""
    right = ADDITIONS["activation"]
    file = "mlpkit/activations/__init__.py"
    wrong = [(old, new.replace("-0.3088434", "-0.2")) for old, new in right.replaced[file]]
    folder = copy_with(Addition({file: wrong}, right.appended, ()), tmp_path)
    done = run_tests(folder, "tests/activations/test_activations.py", "-k", "mish and range")
    assert done.returncode == 1, done.stdout[-5000:]
    assert "1 failed" in done.stdout
