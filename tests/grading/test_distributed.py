"""A Dask cluster of processes here: the same results as one worker's, whatever happens to workers."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from grading.little_class import set_called, write_class

import mlpkit
from mlpkit.cli import main
from mlpkit.grading import batch, on_worker, sandboxes
from mlpkit.grading import distributed as on_dask
from mlpkit.grading.errors import OtherSystemError
from mlpkit.grading.journal import Journal
from mlpkit.grading.judge import Settings
from mlpkit.grading.records import Graded, Notebook, Submission
from mlpkit.grading.results import write
from mlpkit.grading.submissions import read

distributed = pytest.importorskip("distributed", reason="Dask is not installed (extra test or grade)")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
NAMES = tuple(question.name for question in set_called("ex02").questions)[:3]
WORKING = [name for name, fault in sandboxes.faults().items() if not fault]
with_sandbox = pytest.mark.skipif(not WORKING, reason="no sandbox works on this machine")
SETTINGS = Settings(NAMES, (0, 7), sandbox=WORKING[0] if WORKING else "bubblewrap")


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as made:
        yield made


@pytest.fixture
def submissions(tmp_path):
    write_class(tmp_path / "class", 60)
    return read([tmp_path / "class"])


def results(folder, submissions, runner=None, tell=lambda record: None, settings=SETTINGS):
    """The bytes of results.jsonl of a whole run."""
    with Journal(folder) as journal:
        records = batch.run(submissions, settings, journal, tell=tell, runner=runner)
        write(folder, records, settings.questions)
        journal.finish()
    return (folder / "results.jsonl").read_bytes()


def tasks_of(submissions):
    return [(one, NAMES) for one in submissions]


def all_of(runner, submissions, settings=SETTINGS):
    return list(runner(settings, tasks_of(submissions)))


def few(count=3):
    """Submissions that say nothing."""
    return [Submission(f"s{i}", (Notebook(f"s{i}.ipynb", ("x = 1",)),)) for i in range(count)]


def pids(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        return client.run(os.getpid)


@with_sandbox
def test_a_worker_that_is_killed_midway_changes_no_result_and_loses_none(cluster, submissions, tmp_path):
    alone = results(tmp_path / "alone", submissions)
    before, seen = pids(cluster), []

    def tell(record):
        seen.append(record.student)
        if len(seen) == 1:  # its second batch is at work by now
            os.kill(next(iter(before.values())), signal.SIGKILL)

    found = results(tmp_path / "dask", submissions, on_dask.on_cluster(cluster.scheduler_address), tell)
    assert found == alone
    assert sorted(seen) == [one.student for one in submissions], "each one once"
    cluster_is_whole_again(cluster)
    assert set(pids(cluster).values()) != set(before.values()), "a worker was really lost"


def cluster_is_whole_again(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


@with_sandbox
def test_after_a_run_no_sandbox_is_left_open_on_a_worker(cluster):
    all_of(on_dask.on_cluster(cluster.scheduler_address), few())
    with distributed.Client(cluster, set_as_default=False) as client:
        assert set(client.run(lambda: len(on_worker._idle)).values()) == {0}


@with_sandbox
def test_a_sandbox_stays_open_between_the_batches_of_a_worker():
    made = []

    class Opened(on_worker.Judge):
        def __init__(self, settings):
            super().__init__(settings)
            made.append(self)

    judge, on_worker.Judge = on_worker.Judge, Opened
    try:
        first = on_worker._take(SETTINGS)
        on_worker._give_back(SETTINGS, first, "a run")
        assert on_worker._take(SETTINGS) is first
        on_worker._give_back(SETTINGS, first, "a run")
        assert on_worker._take(replace(SETTINGS, seeds=(0,))) is not first, "other seeds are another judge"
        assert len(made) == 2
    finally:
        on_worker.Judge = judge
        on_worker._idle.clear()


def test_a_scheduler_that_is_not_there_is_said_within_ten_seconds():
    start = time.monotonic()
    with pytest.raises(
        OtherSystemError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9.*dask worker"
    ):
        all_of(on_dask.on_cluster("tcp://127.0.0.1:9"), few())
    assert time.monotonic() - start < 11


@pytest.mark.parametrize("address", ["", "nonsense://x", "tcp://", "///"])
def test_an_address_that_is_none_is_said(address):
    with pytest.raises(OtherSystemError, match="scheduler"):
        all_of(on_dask.on_cluster(address), few())


def test_a_scheduler_without_workers_is_said(monkeypatch):
    monkeypatch.setattr(on_dask, "JOIN", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(OtherSystemError, match="has no workers: start some with"),
    ):
        all_of(on_dask.on_cluster(empty.scheduler_address), few())


@with_sandbox
def test_the_command_grades_on_a_cluster_and_takes_a_sandbox_that_works_there(cluster, tmp_path, capsys):
    write_class(tmp_path / "class", 3)
    arguments = ["grade", str(tmp_path / "class"), "-o", str(tmp_path / "out"), "--set", "ex02"]
    assert main([*arguments, "--scheduler", cluster.scheduler_address]) == 0
    said = capsys.readouterr().out
    assert f"on {cluster.scheduler_address}" in said
    assert "3 graded, 0 not graded" in said
    assert main(["grade", str(tmp_path / "class"), "-o", str(tmp_path / "o"), "--scheduler", "x://"]) == 1
    assert "no Dask scheduler answers at x://" in capsys.readouterr().err


def test_a_sandbox_is_chosen_that_works_on_every_worker(monkeypatch):
    faults = {"one": {"bubblewrap": "not here", "wasm": ""}, "two": {"bubblewrap": "", "wasm": ""}}
    found = {name: {"faults": dict(missing)} for name, missing in faults.items()}
    monkeypatch.setattr(on_dask, "_connected", lambda address: contextlib.nullcontext())
    monkeypatch.setattr(on_dask, "_surroundings", lambda client: found)
    assert on_dask.sandbox_of("tcp://somewhere") == "wasm"
    found["two"]["faults"]["wasm"] = "nor here"
    with pytest.raises(
        OtherSystemError, match=r"(?s)on all workers.*one, bubblewrap: not here.*two, wasm: nor"
    ):
        on_dask.sandbox_of("tcp://somewhere")


def test_nothing_to_grade_needs_no_cluster():
    assert all_of(on_dask.on_cluster("tcp://127.0.0.1:9"), []) == []


def own_worker(folder, address):
    """A worker whose mlpkit has one more line in a question than ours."""
    copy = folder / "other"
    shutil.copytree(
        Path(mlpkit.__file__).parent, copy / "mlpkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    place = copy / "mlpkit" / "questions" / "ex02_output_units_and_losses" / "softmax.py"
    place.write_text(place.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")
    path = os.pathsep.join([str(copy), *[entry for entry in sys.path if entry]])
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    command += ["--nworkers", "1", "--local-directory", str(folder), "--host", "127.0.0.1", "--no-nanny"]
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@with_sandbox
def test_a_worker_with_other_questions_grades_nothing(tmp_path):
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as mixed:
        process = own_worker(tmp_path, mixed.scheduler_address)
        try:
            with distributed.Client(mixed, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=60)
            with pytest.raises(
                OtherSystemError, match="would give other results: the same version of mlpkit with"
            ):
                all_of(on_dask.on_cluster(mixed.scheduler_address), few())
        finally:
            process.kill()
            process.wait()


def test_a_worker_that_joins_later_is_looked_at_with_every_batch(monkeypatch):
    monkeypatch.setattr(distributed, "get_worker", lambda: type("Worker", (), {"address": "here"}))
    packed = on_dask.pickle.dumps(("run", {**on_worker.installed(), "mlpkit": "9.9"}, SETTINGS, []))
    said = json.loads(on_worker.grade_batch(packed))
    assert said == {"worker": "here", "differs": f"mlpkit {mlpkit.__version__} instead of 9.9"}
    with pytest.raises(OtherSystemError, match=r"worker here would give other results: mlpkit"):
        on_dask._results(Done(said), SETTINGS, [], 1)


def test_a_worker_without_a_working_sandbox_refuses(monkeypatch):
    monkeypatch.setattr(distributed, "get_worker", lambda: type("Worker", (), {"address": "here"}))
    monkeypatch.setattr(on_worker, "faults", lambda: {SETTINGS.sandbox: "not installed here"})
    said = json.loads(
        on_worker.grade_batch(on_dask.pickle.dumps(("run", on_worker.installed(), SETTINGS, [])))
    )
    with pytest.raises(OtherSystemError, match="worker here has no working sandbox: not installed here"):
        on_dask._results(Done(said), SETTINGS, [], 1)


def test_a_scheduler_that_ends_and_workers_that_stay_away_end_the_run(monkeypatch):
    monkeypatch.setattr(on_dask, "LOST", 0.0)

    class Client:
        def as_current(self):
            return contextlib.nullcontext()

        def nthreads(self):
            return {}

    def waiting(error):
        def wait(*arguments, **more):
            raise error

        return wait

    monkeypatch.setattr(distributed, "wait", waiting(TimeoutError()))
    with pytest.raises(OtherSystemError, match="all workers are lost; start new ones; what is graded"):
        on_dask._first_done(Client(), {})
    monkeypatch.setattr(distributed, "wait", waiting(on_dask.CancelledError()))
    with pytest.raises(OtherSystemError, match="the scheduler has ended or dropped this run"):
        on_dask._first_done(Client(), {})


def test_no_cluster_grades_without_a_sandbox(cluster):
    with pytest.raises(OtherSystemError, match="in a sandbox only"):
        all_of(on_dask.on_cluster(cluster.scheduler_address), few(), replace(SETTINGS, sandbox="none"))


class Done:
    """A batch that is ready."""

    def __init__(self, said):
        self.said = said

    def result(self):
        """What the worker sent, or the error."""
        if isinstance(self.said, Exception):
            raise self.said
        return self.said if isinstance(self.said, str) else json.dumps(self.said)


def record_of(task):
    """A result with which everything is in order."""
    from mlpkit.grading.judge import nothing
    from mlpkit.grading.versions import version_of

    answers = tuple(replace(nothing(n, "missing"), version=version_of(n)) for n in task[1])
    content = batch.content_of(task[0])
    return Graded(task[0].student, answers=answers, content=content, settings=SETTINGS.name)


def lies():
    """Results that a worker may not give, by what is wrong."""
    (task,) = tasks_of(few(1))
    good = record_of(task)
    first = good.answers[0]

    def changed(**more):
        return replace(good, answers=(replace(first, **more), *good.answers[1:])).to_dict()

    return {
        "not JSON": "{",
        "a number": "7",
        "no records": {"worker": "w"},
        "too few": {"worker": "w", "records": []},
        "twice": {"worker": "w", "records": [good.to_dict()] * 2},
        "another student": {"worker": "w", "records": [replace(good, student="eve").to_dict()]},
        "another content": {"worker": "w", "records": [replace(good, content="0").to_dict()]},
        "other seeds": {"worker": "w", "records": [replace(good, settings="0").to_dict()]},
        "a new status": {"worker": "w", "records": [replace(good, status="fine").to_dict()]},
        "answers left out": {"worker": "w", "records": [replace(good, answers=()).to_dict()]},
        "too many points": {"worker": "w", "records": [changed(points=first.of + 1)]},
        "points that are none": {"worker": "w", "records": [changed(points=float("nan"))]},
        "other full points": {"worker": "w", "records": [changed(points=50.0, of=50.0)]},
        "another version": {"worker": "w", "records": [changed(version="old")]},
        "text for points": {"worker": "w", "records": [changed(points="5")]},
    }


@pytest.mark.parametrize("lie", lies().items(), ids=list(lies()))
def test_what_is_not_the_result_of_a_task_is_never_taken_for_one(lie):
    tasks = tasks_of(few(1))
    good = {"worker": "w", "records": [record_of(tasks[0]).to_dict()]}
    assert on_dask._results(Done(good), SETTINGS, tasks, 1) == ([record_of(tasks[0])], [])
    with pytest.raises(OtherSystemError, match="sent something else than the results"):
        on_dask._results(Done(lie[1]), SETTINGS, tasks, 1)


def test_a_fault_of_one_worker_is_tried_on_another_before_it_counts():
    tasks = tasks_of(few(2))
    fault = Graded("s1", status="not graded", reason="the sandbox has failed", settings=SETTINGS.name)
    fault = replace(fault, content=batch.content_of(tasks[1][0]))
    said = {"worker": "w", "records": [record_of(tasks[0]).to_dict(), fault.to_dict()]}
    records, again = on_dask._results(Done(said), SETTINGS, tasks, 1)
    assert ([one.student for one in records], again) == (["s0"], [([tasks[1]], 2, "w")])
    records, again = on_dask._results(Done(said), SETTINGS, tasks, on_dask.TRIES)
    assert (records[1], again) == (fault, [])


def test_a_batch_with_which_workers_are_lost_is_graded_one_by_one_and_never_a_zero():
    tasks = tasks_of(few(2))
    lost = Done(distributed.KilledWorker("key", None, 3))
    assert on_dask._results(lost, SETTINGS, tasks, 1) == ([], [([task], 1, "") for task in tasks])
    (record,), again = on_dask._results(lost, SETTINGS, tasks[:1], 1)
    assert (record.status, again) == ("not graded", [])


def test_batches_have_twenty_to_fifty_submissions_and_not_too_many_bytes():
    def sizes(count, threads):
        return [len(one) for one in on_dask.batches(tasks_of(few(count)), threads)]

    assert sizes(1000, 2) == [50] * 20
    assert sizes(200, 2) == [25] * 8
    assert sizes(30, 2) == [15, 15], "both workers have something to do"
    assert sizes(6, 2) == [3, 3]
    large = [replace(one, notebooks=(Notebook("n", ("#" * 3_000_000,)),)) for one in few(3)]
    assert [len(one) for one in on_dask.batches(tasks_of(large), 2)] == [1, 1, 1]


@with_sandbox
def test_stopping_a_run_ends_the_work_on_the_cluster_within_a_submission(cluster):
    slow = [replace(one, notebooks=(Notebook("n", ("import time; time.sleep(2)\ndef softmax(Z): pass",)),))
            for one in few(40)]  # fmt: skip
    running = on_dask.on_cluster(cluster.scheduler_address)(SETTINGS, tasks_of([few(1)[0], *slow]))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in the background
    timer = threading.Timer(8.0, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(running)
    timer.join()
    with distributed.Client(cluster, set_as_default=False) as client:
        end = time.monotonic() + 15
        while any(client.processing().values()) and time.monotonic() < end:
            time.sleep(0.2)
        assert not any(client.processing().values())
        start = time.monotonic()
        client.submit(os.getpid, pure=False).result(timeout=20)  # a thread is free again
        assert time.monotonic() - start < 10


def test_seeds_stand_in_no_name_that_the_cluster_shows(monkeypatch):
    class Client:
        submitted = None

        def submit(self, function, packed, **more):
            self.submitted = more

        def nthreads(self):
            return {}

    client = Client()
    on_dask._submit(client, "run", replace(SETTINGS, seeds=(0, 123456789)), [], "")
    assert "123456789" not in str(client.submitted)
    assert set(client.submitted) == {"key", "pure"}
