"""What a worker of a Dask cluster does: it says what is installed there, and grades with a warm sandbox.

These functions run in the worker's process. Between two batches its sandbox stays open; `stop` closes it.
"""

import hashlib
import json
import pickle
import platform
import threading
from functools import cache

import numpy as np

import mlpkit
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.sandboxes import BACK_ENDS, SAFE, faults
from mlpkit.grading.versions import PACKAGE

_idle: list[tuple[Settings, Judge]] = []
_stopped: set[str] = set()
_lock = threading.Lock()


@cache
def code() -> str:
    """A hash of all of mlpkit's Python files: questions, grader and what they import."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda path: path.relative_to(PACKAGE).as_posix()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + text + b"\0")
    return found.hexdigest()[:16]


def installed() -> dict[str, str]:
    """What has to be the same on all workers: versions, and a hash of mlpkit's code."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"mlpkit": mlpkit.__version__, "code": code(), "python": python, "numpy": np.__version__}


def surroundings() -> dict:
    """`installed()`, and for each safe sandbox why it does not work here, "" where it does."""
    return {"installed": installed(), "faults": faults()}


def grade_batch(packed: bytes) -> str:
    """Grade a batch -> JSON: the worker's address with its records, what `differs` there, or its `fault`.

    `packed`: pickled by the grader: the run's name, `installed()` of all the others, settings, tasks. After
    `stop` for that run the records end with the submission that is at work.
    """
    from distributed import get_worker  # pyright: ignore[reportAttributeAccessIssue]

    run, expected, settings, tasks = pickle.loads(packed)
    said = {"worker": get_worker().address}
    if installed() != expected:
        return json.dumps(said | {"differs": differences(installed(), expected)})
    if problem := sandbox_fault(settings.sandbox, faults()):
        return json.dumps(said | {"fault": problem})
    judge = _take(settings)
    try:
        records = [judge.grade(*task).to_dict() for task in tasks if run not in _stopped]
    except BaseException:
        judge.close()
        raise
    _give_back(settings, judge, run)
    return json.dumps(said | {"records": records})


def sandbox_fault(name: str, found: dict[str, str]) -> str:
    """Why that sandbox cannot be used where `faults()` is as given, or ""; without one, nothing is run."""
    if name not in SAFE or name not in BACK_ENDS:
        return "a cluster grades in a sandbox only: leave out --unsafe-no-sandbox"
    return found.get(name, f"there is no sandbox {name!r}")


def differences(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """What is not the same, in words."""
    words = [
        f"{name} {ours.get(name, 'missing')} instead of {there}"
        for name, there in theirs.items()
        if name != "code" and ours.get(name) != there
    ]
    if not words and ours.get("code") != theirs.get("code"):
        words = ["the same version of mlpkit with other code or other questions"]
    return ", ".join(words)


def _take(settings: Settings) -> Judge:
    """An idle judge for these settings, else a new one; those for other settings are closed."""
    with _lock:
        others = [judge for kept, judge in _idle if kept != settings]
        ours = [judge for kept, judge in _idle if kept == settings]
        _idle[:] = [(settings, judge) for judge in ours[1:]]
    for judge in others:
        judge.close()
    return ours[0] if ours else Judge(settings)


def _give_back(settings, judge, run):
    with _lock:
        if run not in _stopped:
            _idle.append((settings, judge))
            return
    judge.close()


def stop(run: str) -> None:
    """The run is over: grade nothing more of it, close the sandbox."""
    with _lock:
        _stopped.add(run)
        judges = [judge for _, judge in _idle]
        _idle.clear()
    for judge in judges:
        judge.close()
