"""Folders and notebooks named after students, as an instructor collects them: no platform's layout."""

import os
import re
from collections import Counter

from mlpkit.grading.submissions import kinds
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts.root import Root
from mlpkit.grading.submissions.tree import File

NOTEBOOKS = {".ipynb", ".py"}
HANDED_IN = {*NOTEBOOKS, ".zip"}
COURSE_FOLDERS = {
    "lectures",
    "exercises",
    "student",
    "masters",
    "notebooks",
    "mlpkit",
    "tests",
    "docs",
    "tools",
}
SERIES = re.compile(
    r"(?:week|woche|ex|exercise|hw|homework|sheet|blatt|set|assignment|part)[ _-]*[0-9]+", re.IGNORECASE
)
TITLES = (
    "linear_models_and_neurons",
    "output_units_and_losses",
    "activation_functions",
    "feedforward_networks",
    "backpropagation",
    "training",
    "universal_approximation",
    "advantages_of_depth",
)
COURSE_NAME = re.compile(
    r"(?:copy of |kopie von |copie de |copia de )?"
    rf"ex_?0?[1-8](?:_(?:{'|'.join(TITLES)}))?"
    r"[ _-]*(?:\(?\d{1,2}\)?|copy[ (]?\d{0,2}\)?|final|solution|submission)?",
    re.IGNORECASE,
)


def stem(name: str) -> str:
    """The name of a file without .ipynb, .py or .zip (and without what a browser appended to it)."""
    return re.sub(r"\.(ipynb(\.txt|\.json)?|py|zip)$", "", name, flags=re.IGNORECASE) or name


def is_course_name(name: str) -> bool:
    """True where a notebook has a name that the course gave it, which says nothing about the student.

    >>> [is_course_name(n) for n in ("ex05_backpropagation (1).ipynb", "ex05_ada.ipynb")]
    [True, False]
    """
    return COURSE_NAME.fullmatch(stem(name)) is not None


def recognise(root: Root, skip: set[str] = frozenset()) -> list[Found]:  # type: ignore[assignment]
    """The students: each folder and zip one, and each notebook one, or the folder itself."""
    files = {name: file for name, file in root.plain_files.items() if name not in skip}
    if not skip and is_one_student(root):
        return [Found(root.name, "folder", root.files, notes=_same_exercise(root))]
    found = [Found(name, "folder", tuple(inner)) for name, inner in root.folders.items() if name not in skip]
    for name, file in files.items():
        if file.extension in HANDED_IN or file.problem or kinds.is_often_wrong(file.extension):
            layout = "notebook" if file.extension in NOTEBOOKS else "folder"
            taken = file.extension in HANDED_IN or bool(file.problem)
            others = () if taken else (name,)
            found.append(Found(stem(name), layout, (file,) if taken else (), others=others))
    return found


def is_one_student(root: Root) -> bool:
    """True for the folder of one student: it holds the course's folders or only files named by the course."""
    notebooks = [name for name, file in root.plain_files.items() if file.extension in NOTEBOOKS]
    if any(not is_course_name(name) for name in notebooks):
        return False
    if any(file.extension == ".zip" for file in root.plain_files.values()):
        return False
    if root.folders:
        return set(map(str.lower, root.folders)) <= COURSE_FOLDERS
    return bool(notebooks)


def _same_exercise(root: Root) -> tuple[str, ...]:
    """A note where several notebooks are of one exercise: they could be of several students."""
    numbers = Counter(
        found[1] for name in root.plain_files if (found := re.search(r"ex_?0?([1-8])", name, re.I))
    )
    if not any(count > 1 for count in numbers.values()):
        return ()
    return ("the notebooks have the names that the course gave them: they are read as those of one student",)


def is_class(inner: Root, name: str) -> bool:
    """True where the one folder in a folder or zip of that name holds students and is not a student itself.

    A zip that is made of a folder holds a folder of its own name; otherwise only folders may lie in it, and
    not only such as "week1", "week2", which are one student's.
    """
    if is_one_student(inner) or (inner.folders and all(SERIES.fullmatch(folder) for folder in inner.folders)):
        return False
    return inner.name == name or (len(inner.folders) > 1 and not with_content([*inner.plain_files.values()]))


def with_content(files: list[File]) -> list[File]:
    """Those that are notebooks, scripts or zips."""
    return [file for file in files if file.extension in HANDED_IN and not file.folder]


def only_zip(root: Root) -> File | None:
    """The one zip in a folder where nothing else was handed in: the download itself, not yet unpacked."""
    zips = [file for file in root.plain_files.values() if file.extension == ".zip"]
    alone = len(zips) == 1 and not root.folders and len(with_content([*root.plain_files.values()])) == 1
    return zips[0] if alone else None


def only_folder(root: Root) -> str:
    """The name of the one folder in which everything lies, or "": unpacked zips often have such a folder."""
    if len(root.folders) != 1 or any(f.extension in HANDED_IN for f in root.plain_files.values()):
        return ""
    return os.fspath(next(iter(root.folders)))
