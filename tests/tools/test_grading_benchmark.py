"""The parts of `benchmarks/grading.py`: its class, its goals, and the memory of a run with all below it."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "XLA_FLAGS")
HELPERS = ("_common", "_grading_class", "_grading_runs", "grading")
HOLDS = "import sys; held = b'x' * (64 << 20); print('ready', flush=True); sys.stdin.read()"


@pytest.fixture
def bench(monkeypatch):
    """import_module, with the folder of measurements on the path; what it sets is taken back."""
    for name in THREADS:
        monkeypatch.setenv(name, "1")  # is set already, so that it is not set for all later tests
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module
    for name in HELPERS:
        sys.modules.pop(name, None)


def test_the_same_seed_gives_the_same_class_with_right_wrong_and_unwritten_answers(bench, tmp_path):
    write_class = bench("_grading_class").write_class
    first, again = (write_class(tmp_path / name, 12) for name in ("one", "two"))
    assert [path.name for path in first] == [f"student{i:04d}.ipynb" for i in range(12)]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]
    answers = [
        "".join(cell["source"])
        for path in first
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["id"] == "dense-backward"
    ]
    assert all(text.startswith("def dense_backward(X, W, G):") for text in answers)
    stubs = [text for text in answers if "NotImplementedError" in text]
    assert 0 < len(stubs) < 12
    assert len(set(answers)) > 3


@pytest.mark.slow
def test_the_answers_of_a_class_are_graded_as_right_wrong_and_not_written(bench, tmp_path):
    from mlpkit.grading.judge import Judge, Settings
    from mlpkit.grading.submissions import read

    paths = bench("_grading_class").write_class(tmp_path / "class", 6)
    with Judge(Settings(("dense_backward", "graph_backward"), sandbox="none")) as judge:
        records = [judge.grade(submission) for submission in read(paths)]
    found = {answer.status for record in records for answer in record.answers}
    assert found == {"passed", "not yet right", "not written yet"}


def test_memory_counts_the_processes_below(bench):
    runs = bench("_grading_runs")
    below = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", below], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().strip() == b"ready"
        assert 64 * runs.MIB < runs.memory(process.pid) < 200 * runs.MIB
        process.stdin.close()
        process.wait()
    assert runs.memory(process.pid) == 0


def test_a_goal_says_whether_it_is_reached(bench):
    goal = bench("grading").goal
    assert goal("time", 0.05, "0.050", (0.05, "0.05")) == ["time", "0.050", "≤ 0.05", "yes"]
    assert goal("time", 0.06, "0.060", (0.05, "0.05"))[-1] == "no"
    assert goal("ratio", 1.6, "1.60", (1.7, "1.7 times"), least=True)[2:] == ["≥ 1.7 times", "no"]
    assert goal("ratio", 1.8, "1.80", (1.7, "1.7 times"), least=True)[-1] == "yes"


def test_speed_is_compared_with_the_peers_that_took_part_alone(bench):
    module, one = bench("grading"), {"processor": 0.01, "points": [1.0, 2.0]}
    found = {"bubblewrap": one | {"seconds": 0.04}, "otter": one | {"seconds": 4.0, "points": [1.0, 0.0]}}
    labels = {row[0]: row[1:] for row in module.speed_rows(found)}
    assert labels == {
        "seconds per submission, one core, bubblewrap": ["0.040", "≤ 0.05", "yes"],
        "as fast as otter-grader, Python API, bubblewrap": ["100 times", "≥ 60 times", "yes"],
    }
    assert module.contender_rows(found)[1] == [
        "otter-grader, Python API", "4.000", "0.010", "100.0", "1 of 2"
    ]  # fmt: skip


def test_only_what_is_installed_takes_part(bench, monkeypatch):
    module = bench("grading")
    monkeypatch.setattr(module, "faults", lambda: {"bubblewrap": "", "wasm": "not installed"})
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: name == "otter" or None)
    assert module.contenders() == ["bubblewrap", "otter"]


def test_without_a_sandbox_nothing_is_measured(bench, monkeypatch, capsys):
    module = bench("grading")
    monkeypatch.setattr(module, "faults", lambda: {"bubblewrap": "none", "wasm": "none"})
    monkeypatch.setattr(module, "two_cores", lambda: None)
    assert module.main(4) == 1
    assert "mlpkit doctor" in capsys.readouterr().err


def test_a_contender_that_ends_says_why(bench, tmp_path):
    contender = bench("_grading_runs").Contender("no such thing", tmp_path / "made")
    with pytest.raises(RuntimeError, match="no such thing has ended"):
        contender.grade(tmp_path / "missing.ipynb")
    contender.close()
