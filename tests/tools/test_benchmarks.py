"""`python benchmarks` runs the measurements that are named, or all, and says which failed."""

import runpy
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """main() of the measurements in a folder with two of them, the first of which fails."""
    module = runpy.run_path(str(BENCHMARKS / "__main__.py"))
    monkeypatch.setitem(module["main"].__globals__, "FOLDER", tmp_path)
    (tmp_path / "_common.py").write_text("raise SystemExit('not a measurement')", encoding="utf-8")
    (tmp_path / "broken.py").write_text("raise SystemExit(3)", encoding="utf-8")
    (tmp_path / "good.py").write_text("open('ran', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return module["main"]


def test_all_are_run_and_those_that_failed_are_named(run, tmp_path, capfd):
    assert run([]) == 1
    assert (tmp_path / "ran").exists()
    out, err = capfd.readouterr()
    assert out.split() == ["broken", "good"]
    assert f"failed: broken; to repeat: {sys.executable}" in err


def test_one_is_run_by_its_name(run, tmp_path):
    assert run(["good"]) == 0


def test_an_unknown_name_is_answered_with_those_there_are(run, capfd):
    assert run(["fast"]) == 2
    assert capfd.readouterr().err == "unknown: fast; the measurements are broken, good\n"


def test_every_measurement_of_the_readme_is_found():
    found = runpy.run_path(str(BENCHMARKS / "__main__.py"))["measurements"]()
    text = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert found
    assert all(f"[{name}.py]({name}.py)" in text for name in found)
