"""The table slides ↔ cells ↔ figures ↔ exercises, read from the deck, the lectures and the registry."""

import html
import json
import re
from pathlib import Path

import mlpkit
from mlpkit.explore.registry import EXPLORABLES
from mlpkit.figures.deck import MARKS, deck, lecture_names

COURSE = Path(mlpkit.__file__).parents[1]
EXERCISE = re.compile(r"\[(\d+\.\d+) [^]]+\]\((\S+/ex\d\d_\S+)\)")  # a link to one exercise, with its number
HEAD = ("slide", "title", "lecture, cells", "figures", "notes", "exercises")


def concordance(course: Path = COURSE):
    """A row for each of the 23 slides: number, title, lecture, cells, figures, notes, exercises.

    `lecture` is the slide's notebook, None where there is no such file; `cells` counts its cells that belong
    to the slide; `notes` has E for an erratum, F for fine print, D for a restored formula;
    `exercises` is {number: link}, from the slide's cells in all lectures. Links are relative to the lectures.
    Other notebooks in the folder and cells without metadata, which readers add, belong to no slide.
    """
    found = {name: cells_of(course / "lectures" / f"{name}.ipynb") for name in lecture_names()}
    lectures = {name: cells for name, cells in found.items() if cells is not None}
    return [row(slide, lectures) for slide in deck()]


def cells_of(path):
    """The cells of a notebook; None where there is no such file, or it is not a notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict)]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def row(slide, lectures):
    """The row of one slide, from the cells of each lecture."""
    name = slide["lecture"]
    cells = {lecture: [c for c in book if belongs(c, slide)] for lecture, book in lectures.items()}
    text = "".join("".join(cell.get("source", "")) for book in cells.values() for cell in book)
    marks = [{"E": "E", "Q": "F"}[note["mark"]] for note in slide.get("fine_print", [])]
    return dict(
        number=slide["number"],
        title=slide["title"],
        lecture=f"{name}.ipynb" if name in lectures else None,
        cells=len(cells.get(name, ())),
        figures=[figure for figure, e in EXPLORABLES.items() if slide["id"] in e.slides],
        notes="".join(marks) or MARKS[slide["verdict"]],
        exercises=dict(sorted(EXERCISE.findall(text))),
    )


def belongs(cell, slide):
    """Whether a cell says that it belongs to a slide: a reader's own cell says nothing."""
    ours = (cell.get("metadata") or {}).get("mlpkit")
    return isinstance(ours, dict) and slide["id"] in (ours.get("slides") or [])


class Concordance:
    """The concordance as a table with links, for the first notebook."""

    def __init__(self, course: Path = COURSE):
        self.rows = concordance(course)
        paths = [course / "lectures" / f"{name}.ipynb" for name in lecture_names()]
        self.unread = [path.name for path in paths if cells_of(path) is None]

    def __repr__(self):
        return f"Concordance of {len(self.rows)} slides"

    def _repr_html_(self):
        head = "".join(f"<th style='text-align:left'>{title}</th>" for title in HEAD)
        return f"<table><tr>{head}</tr>{''.join(map(line, self.rows))}</table>{self._missing()}"

    def _missing(self):
        """What is not there, as HTML: lectures, and slides whose cells were deleted; empty if nothing is."""
        empty = [str(row["number"]) for row in self.rows if row["lecture"] and not row["cells"]]
        parts = [
            f"{what}: {html.escape(', '.join(names))}."
            for what, names in (
                ("Lectures that are missing or cannot be read", self.unread),
                ("Slides without a cell in their lecture", empty),
            )
            if names
        ]
        return f"<p>{' '.join(parts)} A fresh copy of the lectures has them.</p>" if parts else ""


def line(row):
    """One row as HTML."""
    lecture = row["lecture"] and f"{link(row['lecture'], row['lecture'][:2])}, {row['cells']}"
    exercises = ", ".join(link(target, number) for number, target in row["exercises"].items())
    figures = ", ".join(row["figures"])
    fields = (row["number"], html.escape(row["title"]), lecture, figures, row["notes"], exercises)
    return "<tr>" + "".join(f"<td style='text-align:left'>{field or '–'}</td>" for field in fields) + "</tr>"


def link(target, words):
    """A link as HTML."""
    return f"<a href='{html.escape(target)}'>{html.escape(words)}</a>"
