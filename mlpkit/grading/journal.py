"""What a run has graded so far, kept line by line, so that a run that dies anywhere goes on where it was."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from mlpkit.grading.records import Graded
from mlpkit.grading.results import RESULTS, ResultsError, read
from mlpkit.grading.results.lines import as_lines

JOURNAL = ".unfinished.jsonl"
LOCK = ".lock"
_held: set[int] = set()  # locks of this process, which its workers must not hold on to


def _let_go():
    for handle in _held:
        with suppress(OSError):
            os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class Journal:
    """The journal in a results folder, as a context manager; `known`: student -> what is graded already.

    `known` holds the results of the last run and, newer, those of a run that did not come to its end. A last
    line that was not written to its end does not count. One run at a time: ResultsError where another one
    works in the folder.
    """

    def __init__(self, folder: Path):
        self.folder, self.known = Path(folder), {}
        self.damaged: list[str] = []
        self._file = self._lock = -1

    def __enter__(self):
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = locked(self.folder / LOCK)
            _held.add(self._lock)
            if (self.folder / RESULTS).exists():
                self.known = {one.student: one for one in read(self.folder, self.damaged)}
            path = self.folder / JOURNAL
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
            self._file = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o600)
        except (FileExistsError, NotADirectoryError) as error:
            self.close()
            raise ResultsError(f"{self.folder} is no folder: choose another one with -o") from error
        except OSError as error:
            self.close()
            raise ResultsError(
                f"{self.folder} cannot be written: {error.strerror}; choose another folder with -o"
            ) from error
        except BaseException:
            self.close()
            raise
        self._read()
        return self

    def __exit__(self, *error):
        self.close()

    def _read(self):
        """Take over the lines of a run that did not come to its end; what is torn is cut off."""
        with os.fdopen(os.dup(self._file), "rb") as file:
            content = file.read()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) != len(content):
            os.ftruncate(self._file, len(whole))
        for line in whole.splitlines():
            with suppress(ValueError, RecursionError):
                record = Graded.from_dict(json.loads(line))
                self.known[record.student] = record

    def add(self, record: Graded):
        """Keep a result; ResultsError where the disk is full."""
        self.known[record.student] = record
        data = as_lines([record])
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise ResultsError(
                f"{self.folder / JOURNAL} cannot be written: {error.strerror}; what is graded so far is "
                "kept: free some space and run the same command again"
            ) from error

    def finish(self):
        """The results are written: nothing is unfinished any more."""
        os.ftruncate(self._file, 0)
        self.close()
        with suppress(OSError):
            (self.folder / JOURNAL).unlink()

    def close(self):
        """Let another run begin."""
        _held.discard(self._lock)
        for handle in (self._file, self._lock):
            if handle >= 0:
                os.close(handle)
        self._file = self._lock = -1


def locked(path: Path) -> int:
    """Hold the lock of a results folder -> its file; ResultsError where another run holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    for wait in (0.0, 0.3, 1.0):  # the workers of a run that was killed need a moment to end
        time.sleep(wait)
        try:
            _lock(handle)
            return handle
        except OSError:
            continue
    os.close(handle)
    raise ResultsError(
        f"another mlpkit grade is at work in {path.parent}: wait until it ends, or choose another "
        "folder with -o"
    )


def _lock(handle):
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # pyright: ignore[reportAttributeAccessIssue]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
