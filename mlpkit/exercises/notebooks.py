"""Master notebooks as plain data: their cells, and which of them come from the questions' records.

A master is a notebook like any other and may be edited in JupyterLab. Three kinds of cells are made anew by
every build (`refreshed`): the seed, each question's stub with its solution, each question's check. The rest
is the author's. A first version is easiest made by a few lines of Python (README.md, "The notebook").
"""

import ast
import inspect
import json
import re
import textwrap
from pathlib import Path

from mlpkit.exercises.records import Question
from mlpkit.exercises.registry import exercise_set, question, set_of

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SEED = "seed"  # id of the cell that holds it
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def prose(name: str, text: str) -> dict:
    """A Markdown cell with that id; common indentation is taken out."""
    source = textwrap.dedent(text).strip()
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def code(name: str, source: str, **metadata) -> dict:
    """A code cell with that id, not yet run."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": textwrap.dedent(source).strip(),
    }


def graded(name: str, source: str, *, solution=False, points=None) -> dict:
    """A cell that nbgrader knows by its id: the student's part, a graded check, or (neither) read-only."""
    told: dict = {"grade": points is not None, "grade_id": name, "locked": not solution}
    told |= {"schema_version": 3, "solution": solution, "task": False}
    if points is not None:
        told["points"] = points
    return code(name, source, nbgrader=told)


def seed_cell(seed: int = 0) -> dict:
    """The cell that says on which numbers everything of this notebook is tried."""
    return graded(SEED, f"SEED = {seed}  # chooses the numbers that your functions are tried on")


def hyphens(name: str) -> str:
    """A function's name as an id."""
    return name.replace("_", "-")


def stub_cell(asked: Question) -> dict:
    """The solution between nbgrader's marks; what is around them is the stub."""
    return graded(hyphens(asked.name), marked(inspect.getsource(asked.solution)), solution=True)


def check_cell(asked: Question) -> dict:
    """The check of a question, worth its points; its value is the score, shown with all that was found."""
    points = int(asked.points) if asked.points == int(asked.points) else asked.points
    return graded(f"{hyphens(asked.name)}-check", f"check({asked.name}, seed=SEED).points", points=points)


def marked(source: str) -> str:
    """A function's source with nbgrader's marks around its body, under the docstring.

    >>> print(marked('def f(x):\\n    "Half of x."\\n    return x / 2'))
    def f(x):
        "Half of x."
        ### BEGIN SOLUTION
        return x / 2
        ### END SOLUTION
    """
    lines = textwrap.dedent(source).rstrip().splitlines()
    (function,) = ast.parse("\n".join(lines)).body
    if not isinstance(function, ast.FunctionDef) or ast.get_docstring(function) is None:
        raise ValueError("a solution is a function with a docstring, which becomes the stub's")
    end = function.body[0].end_lineno
    return "\n".join([*lines[:end], f"    {BEGIN}", *lines[end:], f"    {END}"])


def exercise(name: str) -> list[dict]:
    """The two cells of a question: the stub with its solution, and the check."""
    asked = question(name)
    return [stub_cell(asked), check_cell(asked)]


def figure_cell(*names: str, **start) -> dict:
    """The cell whose figure appears when the functions of these names are right."""
    arguments = [*names, *(f"{key}={value!r}" for key, value in start.items())]
    return code(f"{hyphens(names[0])}-alive", f"solution_figure({', '.join(arguments)})")


def notebook(cells: list) -> dict:
    """A notebook of these cells; lists among them are laid flat."""
    flat = [cell for entry in cells for cell in (entry if isinstance(entry, list) else [entry])]
    return {"cells": flat, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def refreshed(book: dict, name: str, seed: int = 0) -> dict:
    """The master with seed, stubs and checks made anew from the records of the set `name`; no outputs.

    Raises ValueError where a cell's question is of another set, or a question has no cell.
    """
    cells, asked = [], []
    for cell in book["cells"]:
        fresh = cell
        if cell["id"] == SEED:
            fresh = seed_cell(seed)
        elif is_question(cell):
            record = question(cell["id"].replace("-", "_"))
            if set_of(record.name) != name:
                raise ValueError(f"{name}: the cell {cell['id']!r} belongs to {set_of(record.name)}")
            asked.append(record.name)
            fresh = stub_cell(record)
        elif is_check(cell):
            fresh = check_cell(question(cell["id"].removesuffix("-check").replace("-", "_")))
        elif cell["cell_type"] == "code":
            fresh = {**cell, "execution_count": None, "outputs": []}
        cells.append(fresh)
    if asked != (wanted := [record.name for record in exercise_set(name).questions]):
        raise ValueError(
            f"{name} asks for {', '.join(wanted)}, in this order; its master has {', '.join(asked)}"
        )
    return notebook(cells)


def is_question(cell) -> bool:
    """Whether a cell holds a stub with its solution."""
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def is_check(cell) -> bool:
    """Whether a cell is a graded check."""
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def read(path: Path) -> dict:
    """A notebook file as data, each source one text."""
    book = json.loads(Path(path).read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
    return book


def as_text(book: dict) -> str:
    """The notebook as the text of its file: Jupyter's own format, so that saving it there changes nothing."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in book["cells"]]
    text = json.dumps({**book, "cells": cells}, indent=1, sort_keys=True, ensure_ascii=False)
    return text + "\n"


def write(cells: list, path: Path) -> None:
    """Write a master from its cells; `path` is named like its set. ValueError as in `refreshed`."""
    path = Path(path)
    if not re.fullmatch(r"ex\d\d_\w+\.ipynb", path.name):
        raise ValueError(
            f"a master is named like its set: ex03_activation_functions.ipynb; got {path.name!r}"
        )
    path.write_text(as_text(refreshed(notebook(cells), path.stem)), encoding="utf-8", newline="\n")
