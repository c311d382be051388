"""The processes that the measurements of grading start: contenders, and `mlpkit grade` itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from mlpkit.grading.journal import JOURNAL

HERE = Path(__file__).resolve().parent
MIB = 2**20
LOOK = 0.5  # seconds between two looks at the memory


class Contender:
    """A way to grade in its own process, on one core; `grade` tells it what to grade next."""

    def __init__(self, name, folder):
        folder.mkdir(parents=True)
        self.name, self._log = name, folder / "log.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(HERE / "_grading_contenders.py"), name, str(folder)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
                env=with_checkout(),
            )  # fmt: skip

    def grade(self, path):
        """Grade one notebook -> {"seconds", "processor", "points"}; RuntimeError where it does not."""
        with suppress(BrokenPipeError):
            print(path, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            said = self._log.read_text(encoding="utf-8", errors="replace").strip()[-1500:]
            raise RuntimeError(f"{self.name} has ended:\n{said}")
        return json.loads(line)

    def close(self):
        """End it, and wait until it has."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def with_checkout():
    """The environment in which this checkout's mlpkit is the one that is imported."""
    paths = [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def memory(pid):
    """Bytes that a process and all below it hold together; pages that several share count once.

    Where a system does not tell shared pages apart they are left out, and where a process may not be looked
    at, all that is in memory of it counts.
    """
    total = 0
    with suppress(psutil.NoSuchProcess):
        for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                try:
                    found = process.memory_full_info()
                    total += getattr(found, "pss", found.uss)
                except psutil.AccessDenied:
                    total += process.memory_info().rss
    return total


@contextmanager
def grading(folder, *options):
    """`mlpkit grade FOLDER` into a new folder, as a context: (process, results folder)."""
    hear_interrupt()
    with tempfile.TemporaryDirectory() as made:
        results = Path(made, "results")
        command = [sys.executable, "-m", "mlpkit.cli", "grade", str(folder), "-o", str(results), *options]
        with Path(made, "log.txt").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=with_checkout())
            try:
                yield process, results
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                process.wait()


def hear_interrupt():
    """A shell's background job does not hear Ctrl-C, nor do the programs that it starts: let them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def whole_run(folder, *options, look=LOOK):
    """One run to its end -> (seconds, most bytes of all its processes together)."""
    most, done = [0], threading.Event()

    def watch(pid):
        while not done.wait(look):
            most[0] = max(most[0], memory(pid))

    begun = time.perf_counter()
    with grading(folder, *options) as (process, results):
        watcher = threading.Thread(target=watch, args=(process.pid,), daemon=True)
        watcher.start()
        code = process.wait()
        seconds = time.perf_counter() - begun
        done.set()
        watcher.join()
        if code:
            said = (results.parent / "log.txt").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"mlpkit grade ended with {code}:\n{said[-1500:]}")
    return seconds, most[0]


def first_result(folder, *options):
    """Seconds from the start of the command until its first result is kept on the disk."""
    begun = time.perf_counter()
    with grading(folder, *options) as (process, results):
        while process.poll() is None:
            for name in (JOURNAL, "results.jsonl"):
                with suppress(OSError):
                    if (results / name).stat().st_size:
                        return time.perf_counter() - begun
            time.sleep(0.002)
        said = (results.parent / "log.txt").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"mlpkit grade ended before its first result:\n{said[-1500:]}")


def few_of(paths, folder, count):
    """Copy the first notebooks into a folder of their own."""
    folder.mkdir()
    for path in paths[:count]:
        shutil.copy(path, folder)
    return folder
