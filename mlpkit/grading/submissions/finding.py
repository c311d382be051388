"""From the paths of a command line to one entry per student: layouts are recognised, no file is opened."""

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from mlpkit.grading.records import Submission
from mlpkit.grading.submissions import limits
from mlpkit.grading.submissions.archives import Archive, Unreadable
from mlpkit.grading.submissions.found import Found, with_keys
from mlpkit.grading.submissions.layouts import LAYOUTS, plain
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.reading import OPEN, chosen, contents, load
from mlpkit.grading.submissions.texts import shown
from mlpkit.grading.submissions.tree import File, folder, listed, open_plain, real


def read(paths: Iterable[Path | str]) -> list[Submission]:
    """All submissions below these paths, sorted by student, each student once; RULES says how.

    ValueError: a path is not there, cannot be listed, or no submission is found. Whatever else is wrong
    stands in a submission's or a notebook's `problem`.
    """
    try:
        return [load(found) for found in find(paths)]
    finally:
        OPEN.clear()


def find(paths: Iterable[Path | str]) -> list[Found]:
    """The students below these paths, sorted, with their files, which `load` reads; errors as in `read`."""
    given = [Path(path) for path in paths]
    found: dict[tuple[str, str], Found] = {}
    for one in (one for path in given for one in _below(path, len(given) > 1)):
        place = (one.layout.replace("notebook", "folder"), unicodedata.normalize("NFC", one.original))
        found[place] = _joined(found[place], one) if place in found else one
    if not found:
        names = ", ".join(shown(str(path)) for path in given[:3]) or "no path was given"
        raise ValueError(
            f"no submissions found ({names}): give notebooks (.ipynb), .py files, folders or zips"
        )
    return with_keys([_chosen(one) for one in found.values()])


def _below(path: Path, one_of_many: bool) -> list[Found]:
    """What one path of the command line holds."""
    name = os.path.basename(os.path.abspath(path))
    try:
        path.lstat()
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError):
        raise ValueError(f"{shown(str(path), 300)} is not there: give notebooks, folders or zips") from None
    if is_folder:
        try:
            os.scandir(path).close()
        except OSError:
            raise ValueError(f"{shown(str(path), 300)} cannot be listed: no permission") from None
        parent = os.path.basename(os.path.dirname(os.path.abspath(path)))
        return _students(Root(name, tuple(folder(real(path))), contents, parent=parent), one_of_many)
    file = File((name,), real(path))
    if not is_file:
        file = replace(file, problem="is no ordinary file and was not read: hand in the .ipynb file itself")
    if file.extension == ".zip" and is_file:
        return _zip(file, one_of_many)
    if file.extension not in plain.NOTEBOOKS:
        raise ValueError(f"{shown(str(path), 300)} is no notebook, .py file, folder or zip")
    parent = os.path.basename(os.path.dirname(os.path.abspath(path)))
    student = parent if one_of_many and parent and plain.is_course_name(name) else plain.stem(name)
    return [Found(student, "notebook", (file,))]


def _zip(file: File, one_of_many: bool) -> list[Found]:
    """What a zip of the command line holds; one that cannot be read is a submission with a problem."""
    student = plain.stem(file.name)
    try:
        archive = Archive(open_plain(str(file.where)), limits.CLASS_ENTRIES, limits.CLASS_DIRECTORY_BYTES)
    except Unreadable:
        return [Found(student, "folder", (file,))]
    try:
        root = Root(student, tuple(listed(archive, str(file.where))), contents)
    finally:
        archive.close()
    return _students(root, one_of_many)


def _students(root: Root, one_of_many: bool) -> list[Found]:
    """The students in a folder or zip: a platform's layout, here or one folder below, or plain names."""
    if (only := plain.only_zip(root)) and not only.archive and not only.problem:
        return _zip(only, one_of_many)
    below = plain.only_folder(root)
    inner = root.inside(below) if below else None
    for layout in LAYOUTS:
        for candidate in (root, inner) if inner else (root,):
            if (found := layout.recognise(candidate)) is not None:
                rest = set(candidate.entries) - layout.claimed(candidate)
                return found + (plain.recognise(candidate, layout.claimed(candidate)) if rest else [])
    if inner and plain.is_class(inner, root.name):
        return plain.recognise(inner)
    if one_of_many and not root.folders and len(plain.with_content(list(root.files))) == 1:
        return [Found(root.name, "folder", root.files)]
    return plain.recognise(root)


def _joined(first: Found, second: Found) -> Found:
    """The files of one student that were found in two places: all are read."""
    where: Sequence[str] = [shown("/".join(one.files[0].parts)) for one in (first, second) if one.files]
    notes = (f"handed in at two places, all of it was read: {' and '.join(where)}",) if len(where) > 1 else ()
    return replace(
        first,
        files=first.files + second.files,
        name=first.name or second.name,
        sent=max(first.sent, second.sent),
        late=first.late or second.late,
        notes=first.notes + second.notes + notes,
        others=first.others + second.others,
    )


def _chosen(one: Found) -> Found:
    """Without files that are no notebooks: their names remain, for the reason why nothing was found."""
    others = list(one.others)
    files = chosen(list(one.files), others)
    return replace(one, files=tuple(files), others=tuple(others[:50]))
