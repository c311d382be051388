"""Reading notebooks as plain JSON, for tests."""

import json
from pathlib import Path

LECTURES = Path(__file__).parents[1] / "lectures"
PATHS = sorted(LECTURES.glob("*.ipynb"))


def cells(path):
    """The notebook's cells, each with its source as one text."""
    book = json.loads(path.read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in book["cells"]]


def code(path):
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def prose(path):
    return [cell for cell in cells(path) if cell["cell_type"] == "markdown"]


EXERCISES = Path(__file__).parents[1] / "exercises"
MASTERS = sorted((EXERCISES / "masters").glob("ex*.ipynb"))


def student_of(master):
    """The students' notebook that is built from a master."""
    return EXERCISES / "student" / master.name
