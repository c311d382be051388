"""`mlpkit lab --copy`: a reader works in notebooks of his own, and git has nothing to report."""

import subprocess
from pathlib import Path

import pytest

from mlpkit.cli import lab, main

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def started(monkeypatch):
    """What `mlpkit lab` would start: a list of (command, environment)."""
    found = []
    monkeypatch.setattr(lab, "exec_command", lambda *given: found.append(given) or 0)
    return found


@pytest.fixture
def little_checkout(monkeypatch, tmp_path):
    """A checkout with one lecture and one exercise in the place of the true one."""
    for name in ("lectures/00_start_here.ipynb", "exercises/student/ex01_a.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(lab, "find_checkout", lambda: tmp_path)
    return tmp_path


def opened(command):
    """The address that JupyterLab opens first."""
    return next(part.split("=", 1)[1] for part in command if part.startswith("--LabApp.default_url"))


def test_copy_opens_the_readers_own_lecture_beside_the_readers_own_exercises(
    little_checkout, started, capsys
):
    assert main(["lab", "--copy", "--no-browser"]) == 0
    ((command, _),) = started
    assert opened(command) == "/lab/tree/mine/lectures/00_start_here.ipynb"
    assert (little_checkout / "mine" / "exercises" / "student" / "ex01_a.ipynb").read_text() == "{}"
    assert "(2 of them new)" in capsys.readouterr().out


def test_what_a_reader_did_in_a_copy_is_never_overwritten(little_checkout, started, capsys):
    main(["lab", "--copy", "--no-browser"])
    copy = little_checkout / "mine" / "lectures" / "00_start_here.ipynb"
    copy.write_text("my work", encoding="utf-8")
    (little_checkout / "lectures" / "01_new.ipynb").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    main(["lab", "--copy", "01", "--no-browser"])
    assert copy.read_text(encoding="utf-8") == "my work"
    assert "(1 of them new)" in capsys.readouterr().out
    assert opened(started[-1][0]) == "/lab/tree/mine/lectures/01_new.ipynb"


def test_git_ignores_the_copies():
    names = ["mine/lectures/00_start_here.ipynb", "exercises/mine/ex01.ipynb"]
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", "check-ignore", *names], cwd=CHECKOUT, capture_output=True
    )
    if done.returncode == 128:
        pytest.skip("this folder is no git repository")
    assert done.stdout.decode().split() == names
