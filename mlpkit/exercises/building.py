"""Student versions from masters, by nbgrader's own preprocessors in its own order. Needs nbgrader."""

import copy
from pathlib import Path

from mlpkit.exercises.notebooks import as_text, read, refreshed


def preprocessors():
    """Those of `nbgrader generate_assignment`, as far as they work without its database."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells

    steps = GenerateAssignment(coursedir=CourseDirectory()).preprocessors
    return [step() for step in steps if step is not SaveCells]


def student_version(master):
    """A master (as from `read`) as students get it: no solutions, no outputs, locked checks."""
    import nbformat
    from nbconvert.exporters.exporter import ResourcesDict

    book = copy.deepcopy(master)
    resources = ResourcesDict(unique_key="exercises")
    for step in preprocessors():
        book, _ = step.preprocess(book, resources)
    nbformat.validate(book)
    return book


def build(master: Path, seed: int = 0) -> tuple[str, str]:
    """The text of the master's file, made anew with this seed, and that of its student version."""
    book = refreshed(read(master), Path(master).stem, seed)
    return as_text(book), as_text(student_version(book))
