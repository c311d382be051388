"""Reading notebooks as plain JSON, for tests."""

import json
from pathlib import Path

LECTURES = Path(__file__).parents[1] / "lectures"
PATHS = sorted(LECTURES.glob("*.ipynb"))


def cells(path):
    """The notebook's cells, each with its source as one text; missing metadata is there, but empty."""
    book = json.loads(path.read_text(encoding="utf-8"))
    return [
        {"id": "", **cell, "source": "".join(cell["source"]), "metadata": _completed(cell["metadata"])}
        for cell in book["cells"]
    ]


def _completed(metadata):
    """The metadata of a cell with all entries that tests ask for: `test_notebooks` finds the empty ones."""
    slideshow, ours = metadata.get("slideshow", {}), metadata.get("mlpkit", {})
    return {
        **metadata,
        "slideshow": {"slide_type": "", **slideshow},
        "mlpkit": {"slides": [], **ours},
    }


def code(path):
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def prose(path):
    return [cell for cell in cells(path) if cell["cell_type"] == "markdown"]


EXERCISES = Path(__file__).parents[1] / "exercises"
MASTERS = sorted((EXERCISES / "masters").glob("ex*.ipynb"))


def student_of(master):
    """The students' notebook that is built from a master."""
    return EXERCISES / "student" / master.name
