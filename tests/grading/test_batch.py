"""A run over a class: what is graded, what is known, what a run that was killed leaves behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from grading.little_class import set_called, source_of, write_class

from mlpkit.grading import batch, workers
from mlpkit.grading.journal import JOURNAL, Journal
from mlpkit.grading.judge import Settings
from mlpkit.grading.records import Answer, Graded, Notebook, Submission
from mlpkit.grading.results import ResultsError, read, write
from mlpkit.grading.versions import version_of

NAMES = tuple(question.name for question in set_called("ex02").questions)
SETTINGS = Settings(NAMES, (0, 7))


def submission(student, *cells):
    return Submission(student, (Notebook(f"{student}.ipynb", cells or (f"# {student}",)),))


def answered(submission, questions, settings=SETTINGS):
    """A result as the judge gives it, without running anything."""
    answers = [Answer(n, 1.0, 2.0, "not yet right", version=version_of(n)) for n in questions]
    return Graded(
        submission.student,
        answers=tuple(answers),
        content=batch.content_of(submission),
        settings=settings.name,
    )


class Runner:
    """Grades without a sandbox, and remembers what it was asked."""

    def __init__(self):
        self.asked = {}

    def __call__(self, settings, tasks):
        for one, questions in tasks:
            self.asked[one.student] = questions
            yield answered(one, questions, settings)


def run(folder, submissions, settings=SETTINGS, force=()):
    """One whole run -> {student: questions that were graded}."""
    runner = Runner()
    with Journal(folder) as journal:
        records = batch.run(submissions, settings, journal, force=force, runner=runner)
        write(folder, records, settings.questions)
        journal.finish()
    return runner.asked


def test_a_second_run_grades_only_what_changed(tmp_path):
    ada, bob = submission("ada"), submission("bob")
    assert run(tmp_path, [ada, bob]) == {"ada": NAMES, "bob": NAMES}
    assert run(tmp_path, [ada, bob]) == {}
    assert run(tmp_path, [ada, submission("bob", "x = 2"), submission("cy")]) == {"bob": NAMES, "cy": NAMES}


def test_other_seeds_and_other_limits_grade_everybody_again(tmp_path):
    ada = submission("ada")
    run(tmp_path, [ada])
    assert run(tmp_path, [ada], replace(SETTINGS, seeds=(0, 8))) == {"ada": NAMES}
    slower = replace(SETTINGS, seeds=(0, 8), limits=replace(SETTINGS.limits, question=6.0))
    assert run(tmp_path, [ada], slower) == {"ada": NAMES}


def test_a_question_of_another_version_is_graded_again_alone(tmp_path, monkeypatch):
    ada = submission("ada")
    run(tmp_path, [ada])
    monkeypatch.setattr(batch, "version_of", lambda name: "new" if name == NAMES[1] else version_of(name))
    assert run(tmp_path, [ada]) == {"ada": (NAMES[1],)}


def test_one_question_can_be_graded_again_and_the_others_stay(tmp_path):
    ada = submission("ada")
    run(tmp_path, [ada])
    assert run(tmp_path, [ada], force=(NAMES[2],)) == {"ada": (NAMES[2],)}
    (record,) = read(tmp_path)
    assert [answer.question for answer in record.answers] == list(NAMES)


def test_what_was_not_graded_is_tried_again(tmp_path):
    with Journal(tmp_path) as journal:
        failed = replace(answered(submission("ada"), ()), status="not graded", reason="the sandbox failed")
        batch.run([submission("ada")], SETTINGS, journal, runner=lambda s, t: iter([failed]))
    assert run(tmp_path, [submission("ada")]) == {"ada": NAMES}


def test_a_run_that_ends_early_goes_on_and_grades_nobody_twice(tmp_path):
    everybody = [submission(f"s{i}") for i in range(6)]

    def three(settings, tasks):
        for one, questions in list(tasks)[:3]:
            yield answered(one, questions)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Journal(tmp_path) as journal:
        batch.run(everybody, SETTINGS, journal, runner=three)
    assert set(run(tmp_path, everybody)) == {"s3", "s4", "s5"}
    assert not (tmp_path / JOURNAL).exists()
    assert [record.student for record in read(tmp_path)] == [f"s{i}" for i in range(6)]


def test_a_line_of_the_journal_that_is_torn_does_not_count(tmp_path):
    with Journal(tmp_path) as journal:
        journal.add(answered(submission("ada"), NAMES))
        journal.add(answered(submission("bob"), NAMES))
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes()[:-40])
    with Journal(tmp_path) as journal:
        assert set(journal.known) == {"ada"}
        journal.add(answered(submission("cy"), NAMES))
    with Journal(tmp_path) as journal:
        assert set(journal.known) == {"ada", "cy"}


def test_two_runs_in_one_folder_are_refused(tmp_path):
    with Journal(tmp_path), pytest.raises(ResultsError, match="another mlpkit grade is at work"):
        Journal(tmp_path).__enter__()
    with Journal(tmp_path):
        pass


def test_a_file_in_place_of_the_results_folder_is_told(tmp_path):
    (tmp_path / "results").write_text("mine")
    with pytest.raises(ResultsError, match="is no folder"):
        Journal(tmp_path / "results").__enter__()
    assert (tmp_path / "results").read_text() == "mine"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_ends_the_run_and_keeps_what_is_graded(tmp_path):
    with Journal(tmp_path) as journal:
        journal.add(answered(submission("ada"), NAMES))
        os.dup2(os.open("/dev/full", os.O_WRONLY), journal._file)
        with pytest.raises(ResultsError, match=r"No space left.*kept"):
            journal.add(answered(submission("bob"), NAMES))
    with Journal(tmp_path) as journal:
        assert set(journal.known) == {"ada"}


def test_the_sets_are_those_whose_functions_are_defined():
    def with_functions(short, share):
        questions = set_called(short).questions
        some = questions[: max(1, round(share * len(questions)))]
        return submission(short, *[source_of(q.solution, q.name) for q in some])

    assert batch.sets_in([with_functions("ex02", 1.0)]) == ("ex02_output_units_and_losses",)
    both = [with_functions("ex02", 1.0), with_functions("ex05", 0.5), with_functions("ex05", 1.0)]
    assert [name[:4] for name in batch.sets_in(both)] == ["ex02", "ex05"]
    most = [with_functions("ex02", 1.0)] * 20 + [with_functions("ex05", 1.0)]
    assert [name[:4] for name in batch.sets_in(most)] == ["ex02"]
    assert [name[:4] for name in batch.sets_in([with_functions("ex05", 0.2)])] == ["ex05"]
    assert batch.sets_in([submission("ada", "x = 1")]) == ()


def dies(settings, fatal):
    """A judge whose process ends with one submission."""

    class Judge:
        def __init__(self, settings):
            pass

        def grade(self, one, questions):
            if one.student in fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return answered(one, questions)

        def close(self):
            pass

    return Judge


@pytest.mark.skipif(sys.platform != "linux", reason="the judge of this test is handed on by fork")
def test_a_worker_that_dies_costs_only_the_submission_it_dies_with(monkeypatch):
    monkeypatch.setattr(workers, "Judge", dies(SETTINGS, {"s4", "s7"}))
    tasks = [(submission(f"s{i}"), NAMES) for i in range(10)]
    found = list(workers.grade_in_processes(SETTINGS, tasks, 2))
    assert sorted(record.student for record in found) == [f"s{i}" for i in range(10)]
    not_graded = {record.student: record.reason for record in found if record.status != "graded"}
    assert set(not_graded) == {"s4", "s7"}
    assert "ended twice" in not_graded["s4"]


GRADE = """
import sys
from mlpkit.cli.main import main
sys.exit(main(["grade", *sys.argv[1:]]))
"""


def grade(*arguments, **options):
    command = [sys.executable, "-c", GRADE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, **options)


@pytest.fixture(scope="module")
def little_class(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "submissions"
    return folder, write_class(folder, 24)


def usable():
    from mlpkit.grading.sandboxes import faults

    return not faults()["bubblewrap"]


needs_bubblewrap = pytest.mark.skipif("not usable()", reason="bubblewrap does not work here: mlpkit doctor")


@pytest.mark.slow
@needs_bubblewrap
def test_right_wrong_and_missing_answers_of_a_class_get_their_points(little_class, tmp_path):
    folder, kinds = little_class
    done = grade(folder, "-o", tmp_path, "--workers", 2)
    assert done.returncode == 0, done.stderr
    points = {question.name: question.points for question in set_called("ex02").questions}
    for record in read(tmp_path):
        for answer in record.answers:
            kind = kinds[record.student][answer.question]
            if kind == "right":
                assert (answer.status, answer.points) == ("passed", points[answer.question])
            else:
                assert answer.points < points[answer.question]
            if kind == "missing":
                assert answer.status == "missing"
    assert "24 graded, 0 not graded; sandbox bubblewrap" in done.stdout


@pytest.mark.slow
@needs_bubblewrap
def test_a_run_that_is_killed_fifty_times_loses_no_grade_and_gives_none_twice(little_class, tmp_path):
    folder, _ = little_class
    key = tmp_path / "key.txt"
    key.write_text("a key of this class only\n")
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    arguments = [folder, "--key", key, "--workers", 2, "--set", "ex02", "--quiet"]
    assert grade(*arguments, "-o", whole).returncode == 0
    choose = random.Random(1)
    kills = 0
    while kills < 50:
        command = [sys.executable, "-c", GRADE, *map(str, arguments), "-o", str(torn)]
        command += ["--all"] if kills % 5 == 4 else []
        process = subprocess.Popen(command, start_new_session=True)
        try:
            process.wait(choose.uniform(0.2, 2.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        else:
            (torn / "results.jsonl").unlink()
        for path in torn.rglob("*.html") if torn.exists() else ():
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        if (torn / "results.jsonl").exists():
            assert all(json.loads(line) for line in (torn / "results.jsonl").read_text().splitlines())
    time.sleep(0.5)
    assert grade(*arguments, "-o", torn).returncode == 0
    for name in ("results.jsonl", "grades.csv"):
        assert (torn / name).read_bytes() == (whole / name).read_bytes()
