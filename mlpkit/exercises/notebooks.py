"""Master notebooks: their cells, and which of them come from the questions' records.

A master is a notebook like any other and may be edited in JupyterLab. Three kinds of cells are made anew by
every build (`refreshed`): the seed, each question's stub with its solution, each question's check. The rest
is the author's; `insert` and `write` put new cells into a master (README.md, "The notebook"). nbformat is
imported where a file is read or a cell is made: who only checks a function does without it.
"""

import ast
import inspect
import re
import textwrap
from pathlib import Path

from mlpkit._checks import look_up
from mlpkit._moved import renamed
from mlpkit.exercises.records import Question
from mlpkit.exercises.registry import exercise_set, question, set_of

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SEED = "seed"  # id of the cell that holds it
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def prose(name: str, text: str):
    """A Markdown cell with that id; common indentation is taken out."""
    from nbformat.v4 import new_markdown_cell

    return new_markdown_cell(textwrap.dedent(text).strip(), id=name)


def code(name: str, source: str, **metadata):
    """A code cell with that id, not yet run."""
    from nbformat.v4 import new_code_cell

    return new_code_cell(textwrap.dedent(source).strip(), id=name, metadata=metadata)


def graded(name: str, source: str, *, solution=False, points=None):
    """A cell that nbgrader knows by its id: the student's part, a graded check, or (neither) read-only."""
    grading: dict = {"grade": points is not None, "grade_id": name, "locked": not solution}
    grading |= {"schema_version": 3, "solution": solution, "task": False}
    if points is not None:
        grading["points"] = points
    return code(name, source, nbgrader=grading)


def seed_cell(seed: int = 0):
    """The cell that says on which numbers everything of this notebook is tried."""
    return graded(SEED, f"SEED = {seed}  # chooses the numbers that your functions are tried on")


def hyphens(name: str) -> str:
    """A function's name as an id."""
    return name.replace("_", "-")


def stub_cell(asked: Question):
    """The solution between nbgrader's marks; what is around them is the stub."""
    return graded(hyphens(asked.name), marked(inspect.getsource(asked.solution)), solution=True)


def check_cell(asked: Question):
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


def exercise(name: str) -> list:
    """The two cells of a question: the stub with its solution, and the check."""
    asked = question(name)
    return [stub_cell(asked), check_cell(asked)]


def figure_cell(*names: str, **start):
    """The cell whose figure appears when the functions of these names are right."""
    arguments = [*names, *(f"{key}={value!r}" for key, value in start.items())]
    return code(f"{hyphens(names[0])}-alive", f"solution_figure({', '.join(arguments)})")


def notebook(cells: list):
    """A notebook of these cells."""
    from nbformat.v4 import new_notebook

    return new_notebook(cells=cells, metadata=METADATA)


def refreshed(book, name: str, seed: int = 0):
    """The master with seed, stubs and checks made anew from the records of the set `name`; no outputs.

    Raises ValueError where a cell's question is of another set, or the questions of the master are not those
    of the set in its order.
    """
    cells, asked = [], []
    for cell in book.cells:
        fresh = cell
        if cell.id == SEED:
            fresh = seed_cell(seed)
        elif is_question(cell):
            record = question(cell.id.replace("-", "_"))
            if set_of(record.name) != name:
                raise ValueError(f"{name}: the cell {cell.id!r} belongs to {set_of(record.name)}")
            asked.append(record.name)
            fresh = stub_cell(record)
        elif is_check(cell):
            fresh = check_cell(question(cell.id.removesuffix("-check").replace("-", "_")))
        elif cell.cell_type == "code":
            fresh = code(cell.id, cell.source, **cell.metadata)
        cells.append(fresh)
    _compare_questions(name, asked)
    return notebook(cells)


def _compare_questions(name, asked):
    wanted = [record.name for record in exercise_set(name).questions]
    if missing := [question for question in wanted if question not in asked]:
        raise ValueError(
            f"exercises/masters/{name}.ipynb has no cells for {', '.join(missing)}: put them in with "
            'mlpkit.exercises.notebooks.insert, as mlpkit/exercises/README.md says in "A new question in a '
            'master", then run `mlpkit exercises build`'
        )
    if asked != wanted:
        raise ValueError(
            f"{name} asks for {', '.join(wanted)}, in this order; its master has {', '.join(asked)}"
        )


def is_question(cell) -> bool:
    """Whether a cell holds a stub with its solution."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_check(cell) -> bool:
    """Whether a cell is a graded check."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def read(path: Path):
    """A notebook file, as nbformat has it."""
    import nbformat

    return nbformat.read(path, as_version=4)


def as_text(book) -> str:
    """The text of the notebook's file: Jupyter's own format, so that saving it there changes nothing."""
    import nbformat

    return nbformat.writes(book) + "\n"


def write(cells: list, path: Path) -> None:
    """Write a master from its cells; `path` is named like its set. ValueError as in `refreshed`."""
    path = Path(path)
    if not re.fullmatch(r"ex\d\d_\w+\.ipynb", path.name):
        raise ValueError(
            f"a master is named like its set: ex03_activation_functions.ipynb; got {path.name!r}"
        )
    text = as_text(refreshed(notebook(cells), path.stem))
    path.write_text(text, encoding="utf-8", newline="\n")


def insert(cells: list, path: Path, after: str) -> None:
    """Put cells into the master at `path`, behind its cell with the id `after`; ValueError as in `refreshed`.

    An unknown id is a ValueError that names the nearest one, an id that the master has already is one too.
    """
    there = read(path).cells
    ids = [cell.id for cell in there]
    look_up("cell", after, dict.fromkeys(ids))
    if twice := sorted(set(ids) & {cell.id for cell in cells}):
        raise ValueError(f"{Path(path).name} has already a cell {twice[0]!r}: an id is given once")
    place = ids.index(after) + 1
    write([*there[:place], *cells, *there[place:]], path)


__getattr__ = renamed(__name__, {"come_alive": "figure_cell"})
