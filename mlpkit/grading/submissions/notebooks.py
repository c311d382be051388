"""The code cells of one file: a notebook read as JSON, or a Python script. No file is opened here.

Nothing in a notebook but the text of its code cells is used: metadata, outputs and ids can say anything.
Whatever the bytes are, the answer is a `Notebook`; what is wrong stands in its `problem`.
"""

import json
import re

from mlpkit.grading.records import Notebook
from mlpkit.grading.submissions import kinds, limits
from mlpkit.grading.submissions.texts import decode, without_surrogates

SAVE_AGAIN = "open the notebook in Jupyter, save it, and hand in that file"
PERCENT = re.compile(r"^#[ \t]*%%(.*)$", re.MULTILINE)


class _Unreadable(Exception):
    """Says in a sentence why a file has no cells."""


def read_notebook(path: str, data: bytes) -> Notebook:
    """The code cells of the notebook in these bytes (nbformat 3 or 4); never an exception.

    >>> read_notebook("a.ipynb", b'{"cells": [{"cell_type": "code", "source": ["x = 1"]}]}').cells
    ('x = 1',)
    >>> read_notebook("a.ipynb", b"").problem
    'the file is empty: open the notebook in Jupyter, save it, and hand in that file'
    """
    notes: list[str] = []
    try:
        cells = _limited(_code_cells(_parsed(data, notes), notes), notes)
    except _Unreadable as error:
        return Notebook(path, problem=str(error), notes=tuple(notes))
    except (RecursionError, MemoryError):
        return Notebook(path, problem=f"the file is nested too deep to be a notebook: {SAVE_AGAIN}")
    return Notebook(path, tuple(cells), notes=tuple(notes[: limits.NOTES]))


def read_script(path: str, data: bytes) -> Notebook:
    """The cells of a Python file: one, or what lies between lines `# %%`; those of Markdown are left out.

    >>> read_script("a.py", b"x = 1\\n# %% [markdown]\\n# text\\n# %%\\ny = 2\\n").cells
    ('x = 1', 'y = 2')
    """
    notes: list[str] = []
    if problem := kinds.not_text(data):
        return Notebook(path, problem=problem)
    text, note = decode(data)
    notes += [note] if note else []
    text = without_surrogates(text).replace("\r\n", "\n").replace("\r", "\n")
    pieces = PERCENT.split(text)  # text, rest of the marker's line, text, rest, text …
    cells = [pieces[0]] + [
        cell
        for marker, cell in zip(pieces[1::2], pieces[2::2], strict=True)
        if not re.search(r"\[(markdown|md|raw)\]", marker)
    ]
    cells = _limited([cell.strip("\n") for cell in cells if cell.strip()], notes)
    return Notebook(path, tuple(cells), notes=tuple(notes[: limits.NOTES]))


def _parsed(data: bytes, notes: list[str]) -> dict:
    """The notebook as JSON gives it, after checks that bound time and memory."""
    if len(data) > limits.FILE_BYTES:
        raise _Unreadable(kinds.TOO_LARGE)
    if problem := kinds.not_a_notebook(data):
        raise _Unreadable(problem)
    text, note = decode(data)
    notes += [note] if note else []
    text = text.rstrip("\0 \t\r\n")  # a file that was not synchronised to its end is filled with zeros
    if text.count("[") + text.count("{") > limits.BRACKETS or text.count(",") > limits.COMMAS:
        raise _Unreadable(
            f"the outputs hold too much data: clear them (Edit, Clear Outputs of All Cells) and {SAVE_AGAIN}"
        )
    try:
        # float: integers of any length, without the time that long ones take; outputs: no longer needed
        found = json.loads(text, parse_int=float, object_hook=_without_outputs)
    except ValueError as error:
        raise _Unreadable(kinds.broken(text, error)) from None
    if not isinstance(found, dict):
        raise _Unreadable(f"the file is JSON but no notebook: {SAVE_AGAIN}")
    return found


def _without_outputs(found: dict) -> dict:
    for name in ("outputs", "attachments", "metadata"):
        if name in found:
            found[name] = None
    return found


def _code_cells(found: dict, notes: list[str]) -> list[str]:
    """The text of each code cell in its order."""
    cells = []
    for cell in _all_cells(found):
        if not isinstance(cell, dict):
            _note(notes, "an entry that is no cell was left out")
            continue
        kind = cell.get("cell_type")
        if kind is None and ("source" in cell or "input" in cell):
            _note(notes, "a cell without a type was read as code")
        elif kind != "code":
            continue
        text = _text(cell.get("source", cell.get("input")), notes)
        if text.strip():
            cells.append(text)
    if not cells:
        _note(notes, "the notebook has no code")
    return cells


def _all_cells(found: dict) -> list:
    """The cells of nbformat 4, or those of all worksheets of nbformat 3."""
    cells = found.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = found.get("worksheets")
    if not isinstance(sheets, list):
        raise _Unreadable(f"the file is JSON but has no cells: {SAVE_AGAIN}")
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _text(source, notes: list[str]) -> str:
    """A cell's text, which is stored as one string or as a list of lines."""
    if isinstance(source, list):
        try:
            source = "".join(source)
        except TypeError:
            _note(notes, "lines that are no text were left out of a cell")
            source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        _note(notes, "a cell without text was left out")
        return ""
    return without_surrogates(source).replace("\r\n", "\n").replace("\r", "\n")


def _limited(cells: list[str], notes: list[str]) -> list[str]:
    """The cells without those that are too long or too many, which a note says."""
    if len(cells) > limits.CELLS:
        _note(notes, f"only the first {limits.CELLS} of {len(cells)} cells were read")
    kept, total = [], 0
    for number, cell in enumerate(cells[: limits.CELLS], 1):
        if len(cell) > limits.CELL_CHARACTERS:
            _note(
                notes,
                f"code cell {number} was left out: it is longer than {limits.CELL_CHARACTERS:,} characters",
            )
            continue
        total += len(cell)
        if total > limits.CODE_CHARACTERS:
            _note(notes, f"code cell {number} and the following were left out: too much code in all")
            break
        kept.append(cell)
    return kept


def _note(notes: list[str], text: str) -> None:
    if text not in notes and len(notes) < limits.NOTES:
        notes.append(text)
