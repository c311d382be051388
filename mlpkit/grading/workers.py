"""Several processes that grade, each with a sandbox of its own; one that dies harms no other submission."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from multiprocessing import util

from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.records import NOT_GRADED, Graded, Submission

Task = tuple[Submission, tuple[str, ...]]  # a submission, and the questions that are to be graded
ENDED = "the grader's own process ended twice while it graded this; run the same command to try again"
_judge: list[Judge] = []


def grade_here(settings: Settings, tasks: Iterable[Task]) -> Iterator[Graded]:
    """Grade one after the other in this process."""
    with Judge(settings) as judge:
        for submission, questions in tasks:
            yield judge.grade(submission, questions)


def grade_in_processes(settings: Settings, tasks: Iterable[Task], workers: int) -> Iterator[Graded]:
    """Grade in several processes; results come as they are ready.

    Where a process dies, what was at work is graded again, alone; a submission with which it dies twice is
    not graded.
    """
    todo, suspects = deque(tasks), deque()
    while todo or suspects:
        alone = not todo
        running: dict = {}
        with _pool(settings, 1 if alone else workers) as pool:
            try:
                while todo or running or (alone and suspects):
                    while len(running) < (1 if alone else 2 * workers) and (suspects if alone else todo):
                        task = (suspects if alone else todo).popleft()
                        running[pool.submit(_grade, task)] = task
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        result = future.result()
                        del running[future]
                        yield result
            except BrokenProcessPool:
                if alone:
                    (task,) = running.values()
                    yield replace(_empty(task[0]), reason=ENDED)
                else:
                    finished = [f for f in running if f.done() and not f.exception()]
                    for future in finished:
                        del running[future]
                        yield future.result()
                    suspects.extend(running.values())
            except BaseException:
                for process in list((pool._processes or {}).values()):
                    process.terminate()
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _pool(settings, workers):
    kind = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context(kind), initializer=_open, initargs=(settings, os.getpid())
    )


def _open(settings, parent):
    """In a worker: one judge for its life; Ctrl-C is the first process's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    _end_with(parent)
    _judge[:] = [Judge(settings)]
    util.Finalize(None, _judge[0].close, exitpriority=10)


def _end(*_):
    """End this worker at once: an exception would only end the submission that is at work."""
    for judge in _judge:
        with suppress(Exception):
            judge.close()
    os._exit(1)


def _end_with(parent):
    """On Linux a worker ends when the first process does, however that ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            sys.exit(1)


def _grade(task):
    submission, questions = task
    return _judge[0].grade(submission, questions)


def _empty(submission):
    return Graded(
        submission.student,
        submission.name,
        status=NOT_GRADED,
        files=tuple(notebook.path for notebook in submission.notebooks),
        layout=submission.layout,
        sent=submission.sent,
        late=submission.late,
    )
