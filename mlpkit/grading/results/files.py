"""Files in one folder, written whole or not at all, and never through a symbolic link.

The folder is opened once and everything is done relative to that handle: who swaps it, or a folder inside of
it, for a link in the meantime gains nothing. Where the system has no such handles (Windows), paths are
checked before each step instead.
"""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

HANDLES = {os.open, os.stat, os.unlink, os.mkdir} <= os.supports_dir_fd and os.listdir in os.supports_fd
MOST = 2**30  # bytes of a file that is read
OLD = 3600.0  # seconds, after which an unfinished file is a left-over of a run that died
UNFINISHED = re.compile(r"\..+\.(\d+)-[0-9a-f]{8}\.part", re.DOTALL)
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NONBLOCK = getattr(os, "O_NONBLOCK", 0)  # a pipe in place of a file does not stop us

FULL = "the disk is full: free some space and run the same command again; the old files are as they were"
ADVICE = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: "the file would be larger than this system allows; the old files are as they were",
    errno.EROFS: "it is on a read-only disk: choose another folder with -o",
    errno.EACCES: "you may not write there: choose another folder with -o, or ask for the right to write",
    errno.EPERM: "you may not write there: choose another folder with -o, or ask for the right to write",
    errno.ELOOP: "a symbolic link stands in its place: remove the link and run the same command again",
    errno.ENAMETOOLONG: "the name is too long for this disk",
}


class ResultsError(ValueError):
    """Results that cannot be written or read, with what to do."""


class Folder:
    """A folder that is held open, as a context manager.

    Made where it is missing, unless `make` is False. It may itself be reached through links: it is the one
    that the instructor named. ResultsError where it cannot be opened.
    """

    def __init__(self, path, make: bool = True, _parent: "Folder | None" = None):
        self.path, self._handle = Path(path), None
        name = self.path.name if _parent else self.path
        at: dict[str, Any] = {"dir_fd": _parent._handle} if _parent and HANDLES else {}
        place = name if at else self.path
        try:
            if make and _parent:
                with suppress(FileExistsError):
                    os.mkdir(place, **at)
            elif make:
                self.path.mkdir(parents=True, exist_ok=True)
            found = os.stat(place, follow_symlinks=not _parent, **at)
            if not stat.S_ISDIR(found.st_mode):
                raise _in_the_way(self.path, found.st_mode, "folder")
            if HANDLES:
                flags = os.O_RDONLY | os.O_DIRECTORY | (NOFOLLOW if _parent else 0)
                self._handle = os.open(place, flags, **at)
        except (FileExistsError, NotADirectoryError) as error:
            raise ResultsError(f"{self.path} is no folder: choose another one with -o") from error
        except FileNotFoundError as error:
            raise ResultsError(f"{self.path} is not there: give the folder of an earlier run") from error
        except OSError as error:
            raise _as_results_error(self.path, error) from error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def folder(self, name: str, make: bool = True) -> "Folder":
        """The folder of that name in this one, which is no link; ResultsError as for this one."""
        return Folder(self.path / _single(name), make, self)

    def names(self) -> list[str]:
        """The names of all that is in it, sorted."""
        try:
            return sorted(os.listdir(self.path if self._handle is None else self._handle))
        except OSError as error:
            raise _as_results_error(self.path, error) from error

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None where there is none; ResultsError for a link or another thing."""
        place, at = self._at(name)
        try:
            self._refuse_links(name)
            handle = os.open(place, os.O_RDONLY | NOFOLLOW | NONBLOCK, **at)
            with os.fdopen(handle, "rb") as file:
                found = os.fstat(handle)
                if not stat.S_ISREG(found.st_mode):
                    raise _in_the_way(self.path / name, found.st_mode, "file")
                if found.st_size > MOST:
                    raise ResultsError(f"{self.path / name} has {found.st_size} bytes: it is no file of ours")
                return file.read(MOST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _as_results_error(self.path / name, error, reading=True) from error

    def write(self, files: Mapping[str, bytes], sync: bool = True) -> None:
        """Write all of these files {name: bytes}, or none: each is finished before the first gets its name.

        `sync`: they are on the disk before an old one goes. ResultsError where that fails; then the old files
        are as they were.
        """
        self._clean()
        made: dict[str, str] = {}
        name = ""
        try:
            for name, content in files.items():
                self._refuse_links(name)
                made[name] = f".{_single(name)[:200]}.{os.getpid()}-{secrets.token_hex(4)}.part"
                self._create(made[name], content, sync)
            for name in files:
                self._rename(made[name], name)
                del made[name]
            if sync and self._handle is not None:
                os.fsync(self._handle)
        except OSError as error:
            raise _as_results_error(self.path / name, error) from error
        finally:
            for left in made.values():
                with suppress(OSError):
                    self._unlink(left)

    def remove(self, name: str) -> None:
        """Remove a file (of a link, the link itself); what is not there is no error."""
        try:
            with suppress(FileNotFoundError):
                self._unlink(_single(name))
        except OSError as error:
            raise _as_results_error(self.path / name, error) from error

    def _at(self, name) -> tuple[Any, dict[str, Any]]:
        if self._handle is None:
            return self.path / _single(name), {}
        return _single(name), {"dir_fd": self._handle}

    def _create(self, name, content, sync):
        place, at = self._at(name)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW, 0o666, **at)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if sync:
                os.fsync(handle)

    def _rename(self, old, new):
        if self._handle is None:
            os.replace(self.path / old, self.path / new)
        else:
            os.replace(old, new, src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def _unlink(self, name):
        place, at = self._at(name)
        os.unlink(place, **at)

    def _refuse_links(self, name):
        """ResultsError where something else than a file has the name."""
        place, at = self._at(name)
        with suppress(FileNotFoundError):
            found = os.stat(place, follow_symlinks=False, **at)
            if not stat.S_ISREG(found.st_mode):
                raise _in_the_way(self.path / name, found.st_mode, "file")

    def _clean(self):
        """Remove what a run that died left unfinished."""
        for name in self.names():
            unfinished = UNFINISHED.fullmatch(name)
            with suppress(OSError):
                place, at = self._at(name)
                if unfinished and _left_over(int(unfinished[1]), os.stat(place, **at).st_mtime):
                    self._unlink(name)


def _left_over(process, made):
    if time.time() - made > OLD:
        return True
    try:
        return os.name == "posix" and bool(os.kill(process, 0))
    except OverflowError:
        return True
    except OSError as error:
        return error.errno == errno.ESRCH


def _single(name):
    """The name itself, where it is one of a file in this folder; a path is a mistake of the caller."""
    if not name or name in (".", "..") or re.search(r"[/\\\0]", name):
        raise ValueError(f"a name of a file expected, without a folder; got {name!r:.80}")
    return name


def _in_the_way(path, mode, wanted):
    what = "a symbolic link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "a special file"
    if stat.S_ISREG(mode):
        what = "a file"
    return ResultsError(
        f"{path} is {what}, where mlpkit writes a {wanted}: remove or rename it and run the same command "
        "again, or choose another folder with -o"
    )


def _as_results_error(path, error, reading=False):
    if reading and error.errno in (errno.EACCES, errno.EPERM):
        return ResultsError(f"{path} cannot be read: ask for the right to read it")
    advice = ADVICE.get(error.errno, f"{error.strerror or error}")
    return ResultsError(f"{path} cannot be {'read' if reading else 'written'}: {advice}")
