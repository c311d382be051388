"""Grading on a Dask cluster: batches of submissions go to its workers, results come back as they are ready.

Dask gives the batches of a worker that is lost to another one. A submission with which several workers are
lost is not graded. Workers with another version of mlpkit or without a working sandbox grade nothing.
"""

import json
import logging
import math
import pickle
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from mlpkit.exercises.registry import question
from mlpkit.grading import on_worker
from mlpkit.grading.errors import OtherSystemError, is_fault
from mlpkit.grading.judge import Settings, content_of
from mlpkit.grading.records import GRADED, NOT_GRADED, Graded
from mlpkit.grading.sandboxes import SAFE
from mlpkit.grading.versions import version_of
from mlpkit.grading.workers import ENDED, Task, _empty

CONNECT = 8.0  # seconds for the scheduler to answer
JOIN = 10.0  # seconds for the first worker to be there
LOST = 60.0  # seconds without any worker, after which a run ends
LEAST, MOST = 20, 50  # submissions in a batch
BYTES = 4 * 2**20  # of text in a batch
TRIES = 2  # workers that may fail with a submission until it is not graded
AGAIN = "what is graded so far is kept: run the same command again to go on"
Runner = Callable[[Settings, Iterable[Task]], Iterator[Graded]]


def on_cluster(address: str) -> Runner:
    """A runner for `batch.run` that grades on the cluster of the scheduler at this address.

    It raises OtherSystemError where the scheduler cannot be reached or has no workers, and where a worker has
    another mlpkit, no working sandbox, or sends something else than results.
    """
    return lambda settings, tasks: _grade(address, settings, list(tasks))


def _grade(address, settings, tasks):
    if not tasks:
        return
    with _quiet_logs(), _connected(address) as client:
        run = f"mlpkit-{uuid.uuid4().hex}"
        running: dict[Any, tuple[list[Task], int]] = {}
        try:
            threads = _checked_workers(client, settings)
            waiting = deque((batch, 1, "") for batch in batches(tasks, threads))
            while waiting or running:
                while waiting and len(running) < 2 * threads:
                    batch, attempt, avoid = waiting.popleft()
                    future = _submit(client, run, settings, batch, avoid)
                    running[future] = batch, attempt
                for future in _first_done(client, running):
                    batch, attempt = running.pop(future)
                    records, again = _results(future, settings, batch, attempt)
                    waiting.extend(again)
                    yield from records
        finally:
            _stop(client, run, list(running))


def batches(tasks: list[Task], threads: int) -> Iterator[list[Task]]:
    """The tasks in batches of 20 to 50, fewer where else a thread had none; none has too many bytes."""
    size = min(MOST, max(LEAST, math.ceil(len(tasks) / (4 * threads))), math.ceil(len(tasks) / threads))
    batch, weight = [], 0
    for task in tasks:
        more = sum(len(cell) for notebook in task[0].notebooks for cell in notebook.cells)
        if batch and (len(batch) == size or weight + more > BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(task)
        weight += more
    if batch:
        yield batch


@contextmanager
def _quiet_logs():
    """Dask reports lost workers and connections itself, which are no news here."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def _connected(address):
    """A client of the scheduler, closed at the end; OtherSystemError where there is none."""
    try:
        from distributed import Client  # pyright: ignore[reportAttributeAccessIssue]
    except ImportError as error:
        raise OtherSystemError("--scheduler needs Dask", extra="grade") from error
    advice = (
        "start one with `dask scheduler` and workers with `dask worker ADDRESS --nthreads 1`, and give the "
        "address that it prints, such as tcp://host:8786"
    )
    if not address.strip():
        raise OtherSystemError(f"--scheduler needs the address of a scheduler: {advice}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of Dask: what matters is checked afterwards
            client = Client(address, timeout=CONNECT, set_as_default=False)
    except Exception as error:  # Dask raises many kinds for addresses and connections
        raise OtherSystemError(
            f"no Dask scheduler answers at {address:.200} ({type(error).__name__}): {advice}"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=5)


def sandbox_of(address: str) -> str:
    """The first sandbox that works on all workers of a cluster; OtherSystemError as for `on_cluster`."""
    with _quiet_logs(), _connected(address) as client:
        found: Any = _surroundings(client)
    for name in SAFE:
        if not any(said["faults"][name] for said in found.values()):
            return name
    reasons = [
        f"\n  {worker}, {name}: {said['faults'][name]}"
        for worker, said in found.items()
        for name in SAFE
        if said["faults"][name]
    ]
    raise OtherSystemError(f"no sandbox works on all workers of the cluster:{''.join(reasons[:10])}")


def _checked_workers(client, settings):
    """How many threads the cluster has; OtherSystemError names a worker that cannot grade."""
    for worker, said in _surroundings(client).items():
        _refuse(worker, "", on_worker.sandbox_fault(settings.sandbox, said["faults"]))
    return max(1, sum(client.nthreads().values()))


def _surroundings(client):
    """What each worker has; OtherSystemError where there is none, or one differs from what is here."""
    try:
        client.wait_for_workers(1, timeout=JOIN)
        found = client.run(on_worker.surroundings, on_error="return")
    except TimeoutError as error:
        raise OtherSystemError(
            "the scheduler has no workers: start some with `dask worker ADDRESS --nthreads 1`"
        ) from error
    except OSError as error:
        raise OtherSystemError(f"the scheduler does not answer any more; {AGAIN}") from error
    for worker, said in found.items():
        if not isinstance(said, dict):
            raise _as_error(worker, said)
        _refuse(worker, on_worker.differences(said["installed"], on_worker.installed()), "")
    return found


def _refuse(worker, differs, fault):
    """OtherSystemError where one of these is not ""."""
    if differs:
        raise OtherSystemError(
            f"worker {worker} would give other results: {differs}. Install the same mlpkit, Python and NumPy "
            f"there as here and start that worker anew; {AGAIN}"
        )
    if fault:
        raise OtherSystemError(f"worker {worker} has no working sandbox: {fault}")


def _as_error(worker, error):
    """OtherSystemError for an exception that came back from a worker."""
    if isinstance(error, ImportError | AttributeError):
        return OtherSystemError(
            f"worker {worker} has no mlpkit that can grade ({error!s:.200}): install the same version there "
            "as here, with the extra grade, and start the worker anew"
        )
    return OtherSystemError(f"worker {worker} has failed: {error!r:.300}; {AGAIN}")


def _submit(client, run, settings, batch, avoid):
    """Hand a batch to the cluster; `avoid`: a worker that has failed with it, used only where no other is."""
    packed = pickle.dumps((run, on_worker.installed(), settings, batch))
    others = [worker for worker in client.nthreads() if worker != avoid] if avoid else []
    where = {"workers": others, "allow_other_workers": True} if others else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a large batch is one large submission
        return client.submit(
            on_worker.grade_batch, packed, key=f"{run}-{uuid.uuid4().hex}", pure=False, **where
        )


def _first_done(client, running):
    """The batches that are ready, at least one; OtherSystemError where scheduler or workers stay away."""
    from distributed import wait  # pyright: ignore[reportAttributeAccessIssue]

    alone_since = None
    while True:
        try:
            with client.as_current():
                ready: Any = wait(list(running), timeout=2, return_when="FIRST_COMPLETED")
                return ready.done
        except TimeoutError:
            pass
        except CancelledError as error:
            raise OtherSystemError(f"the scheduler has ended or dropped this run; {AGAIN}") from error
        try:
            alone_since = None if client.nthreads() else alone_since or time.monotonic()
        except OSError as error:
            raise OtherSystemError(f"the scheduler does not answer any more; {AGAIN}") from error
        if alone_since and time.monotonic() - alone_since > LOST:
            raise OtherSystemError(f"all workers are lost; start new ones; {AGAIN}")


def _results(future, settings, batch, attempt):
    """What came of a batch: its records, and the smaller batches that have to be tried again."""
    from distributed import KilledWorker  # pyright: ignore[reportAttributeAccessIssue]

    try:
        said = future.result()
    except KilledWorker:
        if len(batch) == 1:
            return [replace(_empty(batch[0][0]), reason=ENDED)], []
        return [], [([task], attempt, "") for task in batch]
    except CancelledError as error:
        raise OtherSystemError(f"the scheduler has ended or dropped this run; {AGAIN}") from error
    except Exception as error:
        raise _as_error("of the cluster", error) from error
    worker = ""
    try:
        said = json.loads(said)
        worker = said["worker"]
        _refuse(worker, said.get("differs"), said.get("fault"))
        records = [Graded.from_dict(one) for one in said["records"]]
        for record, task in zip(records, batch, strict=True):
            _check(record, settings, *task)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OtherSystemError(
            f"worker {worker} sent something else than the results of what it was given ({error!s:.200}): "
            f"end that worker; {AGAIN}"
        ) from error
    again = [task for record, task in zip(records, batch, strict=True) if is_fault(record, task[0])]
    if not again or attempt == TRIES:
        return records, []
    good = [record for record, task in zip(records, batch, strict=True) if task not in again]
    return good, [(again, attempt + 1, worker)]


def _check(record, settings, submission, questions):
    """ValueError where this is not the result of that task."""
    if record.student != submission.student or record.content != content_of(submission):
        raise ValueError("the result of another submission")
    if record.settings != settings.name or record.status not in (GRADED, NOT_GRADED):
        raise ValueError("a result with other settings")
    if record.status != GRADED:
        return
    if tuple(answer.question for answer in record.answers) != tuple(questions):
        raise ValueError("answers to other questions")
    for answer in record.answers:
        if answer.status != "not checked" and answer.version != version_of(answer.question):
            raise ValueError(f"{answer.question} in another version")
        if not 0 <= answer.points <= answer.of or answer.of != question(answer.question).points:
            raise ValueError(f"{answer.points} of {answer.of} points for {answer.question}")


def _stop(client, run, running):
    """Cancel what is not done, and close the workers' sandboxes; the cluster itself goes on."""
    with suppress(Exception):
        if running:
            client.cancel(running, force=True)
        client.run(on_worker.stop, run, on_error="ignore")
