"""The table slides ↔ cells ↔ figures ↔ exercises, made from what is there."""

import html
import json
from pathlib import Path

import mlpkit
from mlpkit.explore.deck_map import MARKS, deck
from mlpkit.explore.registry import EXPLORABLES

COURSE = Path(mlpkit.__file__).parents[1]
HEAD = ("slide", "title", "lecture, cells", "figures", "notes", "exercises")


def concordance(course: Path = COURSE):
    """A row for each of the 23 slides: number, title, lecture, cells, figures, notes, exercise.

    `lecture` and `exercise` are paths relative to the lectures, None where there is no such notebook yet;
    `cells` counts the cells of the lecture that belong to the slide; `notes` has E for an erratum, F for fine
    print, D for a restored formula.
    """
    return [row(slide, course) for slide in deck()]


def row(slide, course):
    """The row of one slide."""
    name, lectures = slide["lecture"], course / "lectures"
    notebook, practice = lectures / f"{name}.ipynb", lectures / f"../exercises/student/ex{name}.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"] if notebook.exists() else []
    marks = [{"E": "E", "Q": "F"}[note["mark"]] for note in slide.get("fine_print", [])]
    return dict(
        number=slide["number"],
        title=slide["title"],
        lecture=notebook.name if notebook.exists() else None,
        cells=sum(slide["id"] in cell["metadata"]["mlpkit"]["slides"] for cell in cells),
        figures=[figure for figure, e in EXPLORABLES.items() if slide["id"] in e.slides],
        notes="".join(marks) or MARKS[slide["verdict"]],
        exercise=f"../exercises/student/{practice.name}" if practice.exists() else None,
    )


class Concordance:
    """The concordance as a table with links, for the first notebook."""

    def __init__(self, course: Path = COURSE):
        self.rows = concordance(course)

    def __repr__(self):
        return f"Concordance of {len(self.rows)} slides"

    def _repr_html_(self):
        head = "".join(f"<th style='text-align:left'>{title}</th>" for title in HEAD)
        return f"<table><tr>{head}</tr>{''.join(map(line, self.rows))}</table>"


def line(row):
    """One row as HTML."""
    lecture = row["lecture"] and f"{link(row['lecture'], row['lecture'][:2])}, {row['cells']}"
    exercise = row["exercise"] and link(row["exercise"], Path(row["exercise"]).name[:4])
    figures = ", ".join(row["figures"])
    fields = (row["number"], html.escape(row["title"]), lecture, figures, row["notes"], exercise)
    return "<tr>" + "".join(f"<td style='text-align:left'>{field or '–'}</td>" for field in fields) + "</tr>"


def link(target, words):
    """A link as HTML."""
    return f"<a href='{html.escape(target)}'>{html.escape(words)}</a>"
