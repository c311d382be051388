"""All files below a path or in a zip, listed without opening them; links are not followed."""

import io
import os
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mlpkit.grading.submissions import limits
from mlpkit.grading.submissions.archives import LINK, Archive, Unreadable

LEFT_OUT = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "Thumbs.db", "desktop.ini"}
NO_FILE = "is no ordinary file and was not read: hand in the .ipynb file itself"
NO_ACCESS = "cannot be read (permission denied): the instructor may change its permissions"


@dataclass(frozen=True)
class File:
    """A file that was found: its path inside what was given, and where it is.

    `where` is a real path, or the number of a member of the zip at `archive`. `problem`: why it must not be
    read. `folder`: a folder that holds no file, or one that cannot be listed.
    """

    parts: tuple[str, ...]
    where: str | int
    archive: str = ""
    problem: str = ""
    folder: bool = False
    modified: float = field(default=0.0, compare=False)

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.parts[-1] if self.parts else ""

    @property
    def extension(self) -> str:
        """.ipynb, .py, .zip … in small letters; browsers add .txt or .json to a notebook's name."""
        name = self.name.lower()
        for added in (".txt", ".json"):
            if name.endswith(".ipynb" + added):
                return ".ipynb"
        return os.path.splitext(name)[1]


def left_out(name: str) -> bool:
    """True for what operating systems and editors put into folders: hidden files, caches, resource forks."""
    return name in LEFT_OUT or name.startswith((".", "~$"))


def folder(path: str) -> list[File]:
    """The files below this folder in no certain order; folders that cannot be listed have a problem."""
    found: list[File] = []
    counts: Counter[tuple[str, ...]] = Counter()
    waiting: list[tuple[str, tuple[str, ...]]] = [(path, ())]
    while waiting:
        here, parts = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = [entry for entry in entries if not left_out(entry.name)]
        except OSError:
            found.append(File(parts, here, problem=NO_ACCESS, folder=True))
            continue
        counts[parts[:3]] += len(listed)
        if (
            parts and counts[parts[:3]] > limits.FOLDER_ENTRIES
        ):  # of one student: it costs nobody else anything
            many = f"holds more than {limits.FOLDER_ENTRIES:,} files: hand in the notebook alone"
            found.append(File(parts, here, problem=many, folder=True))
            continue
        if not listed and parts:
            found.append(File(parts, here, folder=True))
        for entry in listed:
            inner = (*parts, entry.name)
            problem, is_folder, modified = _kind(entry)
            if is_folder and len(inner) < limits.DEPTH:
                waiting.append((entry.path, inner))
            else:
                found.append(File(inner, entry.path, problem=problem, folder=is_folder, modified=modified))
        if len(found) + len(waiting) > limits.CLASS_ENTRIES:
            raise ValueError(
                f"more than {limits.CLASS_ENTRIES:,} files below {path}: give the folder with the submissions"
            )
    return found


def _kind(entry: os.DirEntry) -> tuple[str, bool, float]:
    """Why an entry of a folder must not be read, whether it is a folder, when it was changed."""
    try:
        is_junction = getattr(entry, "is_junction", bool)  # Windows has them, Python knows of them since 3.12
        if entry.is_symlink() or is_junction():
            return LINK, False, 0.0
        if entry.is_dir(follow_symlinks=False):
            return "lies too deep in folders: hand in the notebook alone", True, 0.0
        status = entry.stat(follow_symlinks=False)
        return ("" if stat.S_ISREG(status.st_mode) else NO_FILE), False, status.st_mtime
    except OSError:
        return NO_ACCESS, False, 0.0


def members(path: str) -> list[File]:
    """The files in the zip that was given on the command line; `Unreadable` says why not."""
    with opened(path) as archive:
        return listed(archive, path)


def listed(archive: Archive, path: str = "") -> list[File]:
    """The files of an open zip; where two have the same path the later one counts."""
    found = {}
    for number, (parts, problem, _) in enumerate(archive.members):
        if parts and not any(left_out(part) for part in parts):
            found[parts, bool(problem)] = File(parts, number, path, problem)
    return list(found.values())


@contextmanager
def opened(path: str) -> Iterator[Archive]:
    """The zip at this path, which holds a whole class."""
    archive = Archive(open_plain(path), limits.CLASS_ENTRIES, limits.CLASS_DIRECTORY_BYTES)
    try:
        yield archive
    finally:
        archive.close()


def open_plain(path: str) -> io.BufferedReader:
    """An ordinary file opened for reading: no link, no pipe, no device; `Unreadable` says what it is."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        number = os.open(path, flags)
    except PermissionError:
        raise Unreadable(NO_ACCESS) from None
    except (OSError, ValueError):
        raise Unreadable(NO_FILE) from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise Unreadable(NO_FILE)
    return os.fdopen(number, "rb")


def read_plain(path: str, limit: int) -> bytes:
    """The bytes of an ordinary file, at most `limit` + 1; `Unreadable` says why not."""
    with open_plain(path) as file:
        try:
            return file.read(min(os.fstat(file.fileno()).st_size, limit) + 1)
        except OSError:
            raise Unreadable("cannot be read: the disk reports an error") from None


def real(path: Path) -> str:
    """A path of the command line as text; a link that the instructor gives is followed."""
    return os.path.realpath(path)
