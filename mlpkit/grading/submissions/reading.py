"""From a student's files to the text of the code cells: zips are looked into, everything is bounded."""

import atexit
import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import closing

from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.submissions import kinds, limits
from mlpkit.grading.submissions.archives import Archive, Unreadable
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.notebooks import read_notebook, read_script
from mlpkit.grading.submissions.texts import natural_path, shown_path
from mlpkit.grading.submissions.tree import File, listed, open_plain, read_plain

HANDED_IN = {".ipynb", ".py", ".zip"}
LECTURE = re.compile(r"0[0-8]_.*\.ipynb", re.IGNORECASE)
READ = {".ipynb": read_notebook, ".py": read_script}
NOTHING = "no notebook was handed in"
SPENT = "was not read: the submission is too large in all; hand in the notebook alone"


class _OpenZip:
    """The zip of a class that was read last stays open, so that its contents are listed once a process."""

    def __init__(self):
        self._lock = threading.Lock()
        self._key, self._archive = (), None

    def get(self, path: str) -> Archive:
        """The open zip at this path."""
        with self._lock:
            try:
                status = os.stat(path)
            except OSError:
                raise Unreadable("the zip is gone: start again") from None
            # a forked process shares the place in the file: it opens its own; so does who finds another file
            key = (path, os.getpid(), status.st_ino, status.st_size, status.st_mtime_ns)
            if self._archive is None or self._key != key:
                self.clear()
                file = open_plain(path)
                self._archive = Archive(file, limits.CLASS_ENTRIES, limits.CLASS_DIRECTORY_BYTES)
                self._key = key
            return self._archive

    def clear(self) -> None:
        """Close it."""
        if self._archive is not None:
            self._archive.close()
        self._archive = None


OPEN = _OpenZip()
atexit.register(OPEN.clear)


def contents(file: File, limit: int) -> bytes:
    """The bytes of a file, at most `limit` + 1; `Unreadable` says in a sentence why not."""
    if file.problem:
        raise Unreadable(file.problem)
    if not file.archive:
        return read_plain(str(file.where), limit)
    archive = OPEN.get(file.archive)
    number = int(file.where)
    if number >= len(archive.members) or archive.members[number][0] != file.parts:
        raise Unreadable("the zip has changed while it was read: start again")
    return archive.read(archive.members[number][2], limit)


def load(found: Found) -> Submission:
    """Read what one student handed in. Never an exception, whatever the files are."""
    try:
        return _load(found)
    except Exception as error:  # whatever no test has thought of: it must not cost other students anything
        problem = f"could not be read ({type(error).__name__}): hand in the notebook alone"
        return Submission(found.student, name=found.name, layout=found.layout, problem=problem)


def _load(found: Found) -> Submission:
    budget = _Budget()
    others: list[str] = list(found.others)
    files = sorted(found.files, key=lambda file: natural_path(file.parts))
    all_of_them = (notebook for file in files for notebook in _notebooks(file, budget, others))
    notebooks = _limited(all_of_them, budget)
    problem = found.problem
    if not problem and not notebooks:
        problem = budget.notes[0] if budget.notes else _nothing(others)
    elif not problem and all(one.problem for one in notebooks):
        problem = f"{notebooks[0].path}: {notebooks[0].problem}"
    notes = (*found.notes[: limits.NOTES], *budget.notes)
    return Submission(
        found.student, tuple(notebooks), found.name, found.layout, found.sent, found.late, problem, notes
    )


def _limited(notebooks: Iterator[Notebook], budget: "_Budget") -> list[Notebook]:
    """As many notebooks as are read of one student; a note says where some were left out."""
    kept: list[Notebook] = []
    characters = 0
    for notebook in notebooks:
        if len(kept) == limits.NOTEBOOKS:
            budget.note(f"only the first {limits.NOTEBOOKS} notebooks were read")
            break
        characters += sum(map(len, notebook.cells))
        if characters > limits.STUDENT_CHARACTERS:
            budget.note(f"{notebook.path} and the following were left out: too much code in all")
            break
        kept.append(notebook)
    return kept


class _Budget:
    """How many bytes may still be read for this student, and what has to be said about it."""

    def __init__(self):
        self.left = limits.STUDENT_BYTES
        self.notes: list[str] = []

    def spend(self, size: int) -> None:
        """Count these bytes; `Unreadable` where they are too many."""
        self.left -= size
        if self.left < 0:
            raise Unreadable(SPENT)

    def note(self, text: str) -> None:
        """Say it once."""
        if text not in self.notes and len(self.notes) < limits.NOTES:
            self.notes.append(text)


def _notebooks(file: File, budget: _Budget, others: list[str]) -> Iterator[Notebook]:
    """The notebooks in a file: one, or those in a zip."""
    path = shown_path(file.parts)
    if file.extension not in HANDED_IN:
        budget.note(f"{path} {file.problem}")
    elif file.folder:
        yield Notebook(path, problem=file.problem or "is an empty folder: hand in the .ipynb file itself")
    elif file.extension == ".zip":
        yield from _unpacked(file, budget, others)
    elif file.extension in READ:
        try:
            budget.spend(0)
            data = contents(file, limits.FILE_BYTES)
            budget.spend(len(data))
        except Unreadable as error:
            yield Notebook(path, problem=str(error))
        else:
            yield _cells(file, path, data)


def _cells(file: File, path: str, data: bytes) -> Notebook:
    if len(data) > limits.FILE_BYTES:
        return Notebook(path, problem=kinds.TOO_LARGE)
    return READ[file.extension](path, data)


def _unpacked(file: File, budget: _Budget, others: list[str]) -> Iterator[Notebook]:
    """What a student's zip holds."""
    try:
        if file.problem:
            raise Unreadable(file.problem)
        if file.archive:
            data = contents(file, limits.PACKED_BYTES)
            if len(data) > limits.PACKED_BYTES:
                raise Unreadable(
                    f"larger than {limits.PACKED_BYTES // limits.MEBIBYTE} MiB: hand in the notebook alone"
                )
            budget.spend(len(data))
            opened = io.BytesIO(data)
        else:
            opened = open_plain(str(file.where))
        archive = Archive(opened, limits.ENTRIES, limits.DIRECTORY_BYTES)
    except Unreadable as error:
        yield Notebook(shown_path(file.parts), problem=str(error))
        return
    with closing(archive):
        yield from _members(archive, file.parts, budget, others, 1)


def _members(
    archive: Archive, parts: tuple, budget: _Budget, others: list[str], depth: int
) -> Iterator[Notebook]:
    """The notebooks in an open zip, and those of the zips in it, one level deep."""
    for file in sorted(chosen(listed(archive), others), key=lambda f: natural_path(f.parts)):
        path = shown_path((*parts, *file.parts))
        try:
            if file.problem:
                raise Unreadable(file.problem)
            if file.extension == ".zip":
                if depth > 1:
                    raise Unreadable("a zip in a zip in a zip is not read: hand in the notebook alone")
                data = archive.read(archive.members[int(file.where)][2], limits.PACKED_BYTES)
                budget.spend(len(data))
                inner = Archive(io.BytesIO(data), limits.ENTRIES, limits.DIRECTORY_BYTES)
                with closing(inner):
                    yield from _members(inner, (*parts, *file.parts), budget, others, depth + 1)
                continue
            data = archive.read(archive.members[int(file.where)][2], limits.FILE_BYTES)
            budget.spend(len(data))
        except Unreadable as error:
            yield Notebook(path, problem=str(error))
            continue
        yield _cells(file, path, data)


def chosen(files: list[File], others: list[str]) -> list[File]:
    """The notebooks, scripts and zips among a student's files, without those of the course itself.

    The names of the rest are appended to `others`, for the sentence that says why nothing was found.
    """
    kept = []
    for file in files:
        if is_the_courses(file.parts):
            others.append("")
        elif file.extension in HANDED_IN or file.problem:
            kept.append(file)
        elif not file.folder:
            others.append(shown_path(file.parts[-1:]))
    return kept


def is_the_courses(parts: tuple[str, ...]) -> bool:
    """True for what the course hands out: lectures/00_….ipynb to 08_….ipynb, masters, the package mlpkit."""
    folders, name = [part.lower() for part in parts[:-1]], parts[-1] if parts else ""
    if name.endswith(".py"):
        return "mlpkit" in folders
    return folders[-1:] == ["masters"] or (folders[-1:] == ["lectures"] and LECTURE.match(name) is not None)


def _nothing(others: list[str]) -> str:
    """Why a student's folder has no notebook."""
    names = [name for name in others if name]
    if others and not names:
        return f"{NOTHING}, only files of the course itself: hand in the notebook of the exercises"
    for name in names:
        if kind := kinds.unread(os.path.splitext(name)[1]):
            return f"{NOTHING}, only {kind} ({name}): hand in the .ipynb file"
    if names:
        return f"{NOTHING}, only {names[0]}: hand in the .ipynb file"
    return f"{NOTHING}: the folder is empty"
