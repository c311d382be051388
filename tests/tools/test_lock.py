"""tools/lock.py writes and checks requirements.lock, with a little program in the place of uv."""

import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PYPROJECT = """\
[project]
name = "course"
[project.optional-dependencies]
good = ["thing"]
bad = ["other"]
"""
# Answers `uv pip compile … --extra NAME …` with one line, or as uv does when there is no solution.
UV = """\
import pathlib, sys
arguments = sys.argv[1:]
with pathlib.Path("asked").open("a") as file:
    print(*arguments, file=file)
if "--output-file" in arguments:
    pathlib.Path("requirements.lock").write_text("# by uv\\nother==2.0\\nthing==1.0\\n")
elif "--extra" in arguments and arguments[arguments.index("--extra") + 1] == "bad":
    {bad}
else:
    print("thing==1.0")
"""


@pytest.fixture
def lock(monkeypatch, tmp_path):
    """lock.main on a little checkout; `bad` is what uv does for the extra of that name."""
    monkeypatch.syspath_prepend(str(CHECKOUT / "tools"))
    import lock

    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("thing==1.0\n", encoding="utf-8")

    def run(*arguments, bad="print('thing==1.0')"):
        (tmp_path / "uv.py").write_text(UV.format(bad=bad), encoding="utf-8")
        return lock.main(list(arguments), tmp_path, [sys.executable, "uv.py"])

    return run


def asked(folder):
    """What uv was asked, a line per call."""
    return (folder / "asked").read_text(encoding="utf-8").splitlines()


def test_it_resolves_all_extras_together_and_keeps_the_versions_that_are_locked(lock, tmp_path, capsys):
    assert lock() == 0
    (call,) = asked(tmp_path)
    assert "--all-extras" in call
    assert "--output-file requirements.lock" in call
    assert "--upgrade" not in call
    text = (tmp_path / "requirements.lock").read_text(encoding="utf-8")
    assert text.startswith("# The exact versions that `make` installs.")
    assert text.endswith("by hand.\nother==2.0\nthing==1.0\n")
    assert capsys.readouterr().out == "requirements.lock: 2 packages\n"


def test_upgrade_asks_for_the_newest_versions(lock, tmp_path):
    assert lock("--upgrade") == 0
    assert "--upgrade" in asked(tmp_path)[0]


def test_check_resolves_each_extra_by_itself_and_writes_nothing(lock, tmp_path, capsys):
    assert lock("--check") == 0
    assert [call.count("--constraint requirements.lock") for call in asked(tmp_path)] == [1, 1, 1]
    assert capsys.readouterr().out == "  no extra: yes\n  good: yes\n  bad: yes\n"
    assert (tmp_path / "requirements.lock").read_text(encoding="utf-8") == "thing==1.0\n"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("sys.exit('no solution: setuptools==84 is too new')", "bad: no solution: setuptools==84 is too new"),
        ("print('other==2.0')", "bad: other==2.0 not in requirements.lock; run `make lock`"),
    ],
)
def test_check_names_the_extra_that_does_not_install_from_the_lock(lock, capsys, bad, said):
    assert lock("--check", bad=bad) == 1
    out, err = capsys.readouterr()
    assert "  good: yes\n  bad: no\n" in out
    assert err == f"{said}\n"


def test_without_uv_it_says_how_to_get_it(lock, monkeypatch, capsys):
    import lock as module

    monkeypatch.setattr(module, "find_uv", lambda: [])
    assert module.main(["--check"]) == 1
    assert "`make lock` installs that first" in capsys.readouterr().err
