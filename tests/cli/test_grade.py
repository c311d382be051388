"""`mlpkit grade` as an instructor types it."""

import csv
import signal
import subprocess
import sys
import time

import pytest
from grading.little_class import notebook, set_called, source_of

from mlpkit.cli.main import main
from mlpkit.grading import sandboxes
from mlpkit.grading.results import read

SET = set_called("ex01")
QUESTIONS = [question.name for question in SET.questions]


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    """ada solves everything, bob makes a mistake in the first question, cy's file is damaged."""
    folder = tmp_path_factory.mktemp("class")
    right = [source_of(question.solution, question.name) for question in SET.questions]
    first = SET.questions[0]
    wrong = [source_of(first.misconceptions[0].wrong, first.name), *right[1:]]
    (folder / "ada.ipynb").write_text(notebook("import numpy as np", *right))
    (folder / "bob.ipynb").write_text(notebook("import numpy as np", *wrong))
    (folder / "cy.ipynb").write_text("{")
    return folder


@pytest.fixture(scope="module")
def graded(submissions, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    assert grade(submissions, "-o", folder, "--quiet") == 1  # cy is not graded
    return folder


def grade(*arguments):
    return main(["grade", "--unsafe-no-sandbox", "--workers", "1", *map(str, arguments)])


def rows(folder):
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_the_table_has_a_row_per_submission_and_a_column_per_question(graded):
    table = rows(graded)
    assert list(table["ada"]) == ["student", *QUESTIONS, "total", "status"]
    full = sum(question.points for question in SET.questions)
    assert float(table["ada"]["total"]) == full
    assert float(table["bob"]["total"]) < full
    assert table["cy"] == dict.fromkeys(["student", *QUESTIONS, "total", "status"], "") | {
        "student": "cy",
        "status": "not graded",
    }


def test_pages_tell_the_mistake_and_no_page_tells_the_key(graded):
    misconception = SET.questions[0].misconceptions[0]
    assert misconception.name[:30] in (graded / "students" / "bob.html").read_text(encoding="utf-8")
    key = (graded / "class-key.txt").read_text().strip()
    assert len(key) >= 16
    for path in (*graded.rglob("*.html"), graded / "results.jsonl", graded / "grades.csv"):
        assert key not in path.read_text(encoding="utf-8")


def test_a_second_run_grades_only_what_was_not_graded(submissions, graded, capsys):
    before = (graded / "results.jsonl").read_bytes()
    assert grade(submissions, "-o", graded) == 1
    assert "3 submissions, 2 of them graded already" in capsys.readouterr().out
    assert (graded / "results.jsonl").read_bytes() == before


def test_points_by_hand_survive_a_regrade_and_show_in_the_comparison(submissions, tmp_path, capsys):
    old, new = tmp_path / "old", tmp_path / "new"
    key = tmp_path / "key.txt"
    assert grade(submissions / "bob.ipynb", "-o", old, "--key", key, "--quiet") == 0
    new.mkdir()
    (new / "overrides.csv").write_text(
        f"student,question,points,comment\nbob,{QUESTIONS[0]},1,seen by hand\n"
    )
    for _ in range(2):
        assert grade(submissions / "bob.ipynb", "-o", new, "--key", key, "--all", "--quiet") == 0
    assert float(rows(new)["bob"][QUESTIONS[0]]) == 1.0
    assert "seen by hand" in (new / "students" / "bob.html").read_text(encoding="utf-8")
    assert main(["grade", "--diff", str(old), str(new)]) == 1
    assert "bob" in capsys.readouterr().out
    assert main(["grade", "--diff", str(old), str(old)]) == 0


def test_an_export_of_canvas_gets_its_grades(submissions, tmp_path, capsys):
    export = tmp_path / "export.csv"
    export.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (77)\n"
        "    Points Possible,,,,,100\nAda,1,ada,ada,A,\nDora,4,dora,dora,A,\n"
    )
    results = tmp_path / "results"
    assert grade(submissions / "ada.ipynb", "-o", results, "--roster", export, "--scale") == 0
    said = capsys.readouterr().out
    assert "Dora" in said or "dora" in said
    text = (results / "canvas-import.csv").read_text(encoding="utf-8-sig")
    assert "Ada,1,ada,ada,A,100" in text


def test_a_roster_of_no_known_kind_is_told_before_anything_is_graded(submissions, tmp_path, capsys):
    export = tmp_path / "export.csv"
    export.write_text("a,b\n1,2\n")
    assert grade(submissions, "-o", tmp_path / "results", "--roster", export) == 1
    assert "of no known export" in capsys.readouterr().err
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name the notebooks"),
        (("nowhere",), "nowhere is not there"),
        (("{class}", "--question", "pre_activaton"), "did you mean 'pre_activation'"),
        (("{class}", "--set", "ex99"), "there is no set 'ex99'"),
        (("{class}", "--set", "ex01", "--question", "bump"), "none of these questions"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(arguments, said, submissions, tmp_path, capsys):
    given = [text.replace("{class}", str(submissions)) for text in arguments]
    assert grade(*given, "-o", tmp_path / "results") == 2
    assert said in capsys.readouterr().err


def test_a_class_without_any_known_function_is_asked_for_the_set(tmp_path, capsys):
    (tmp_path / "ada.ipynb").write_text(notebook("x = 1"))
    assert grade(tmp_path / "ada.ipynb", "-o", tmp_path / "results") == 2
    assert "--set ex05" in capsys.readouterr().err
    assert grade(tmp_path / "ada.ipynb", "-o", tmp_path / "results", "--set", "ex01", "--quiet") == 0
    assert {answer.status for answer in read(tmp_path / "results")[0].answers} == {"missing"}


def test_without_a_sandbox_it_refuses_and_says_what_to_do(submissions, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sandboxes, "faults", lambda: {"bubblewrap": "no bwrap", "wasm": "no wasmtime"})
    assert main(["grade", str(submissions), "-o", str(tmp_path / "results")]) == 1
    said = capsys.readouterr().err
    assert "no bwrap" in said
    assert "no wasmtime" in said
    assert "--unsafe-no-sandbox" in said


def test_a_key_that_is_too_short_is_refused(submissions, tmp_path, capsys):
    key = tmp_path / "key.txt"
    key.write_text("short")
    assert grade(submissions, "-o", tmp_path / "results", "--key", key) == 1
    assert "at least 16 characters" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_stops_cleanly_says_how_to_go_on_and_the_next_run_does(tmp_path):
    (tmp_path / "class").mkdir()
    for i in range(30):
        (tmp_path / "class" / f"s{i:02d}.ipynb").write_text(notebook(f"x = {i}"))
    command = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from mlpkit.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = [
        "grade",
        tmp_path / "class",
        "-o",
        tmp_path / "results",
        "--unsafe-no-sandbox",
        "--set",
        "ex01",
    ]
    cells = "import time\ntime.sleep(0.3)\n" + source_of(SET.questions[0].solution, QUESTIONS[0])
    for path in (tmp_path / "class").iterdir():
        path.write_text(notebook("import numpy as np", cells + f"\n# {path.name}"))
    process = subprocess.Popen(
        [sys.executable, "-c", command, *map(str, arguments)], stderr=subprocess.PIPE, text=True
    )
    journal = tmp_path / "results" / ".unfinished.jsonl"
    end = time.monotonic() + 60
    while (not journal.exists() or not journal.read_bytes().count(b"\n")) and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "run the same command again to go on" in said
    assert "Traceback" not in said
    kept = journal.read_bytes().count(b"\n")
    assert 0 < kept < 30
    again = subprocess.run(
        [sys.executable, "-c", command, *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    assert f"30 submissions, {kept} of them graded already" in again.stdout
    assert len(read(tmp_path / "results")) == 30
