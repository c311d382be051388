"""What readers add, move or delete in their copies of the lectures breaks nothing that reads them."""

import json
import shutil

import pytest
from notebooks import LECTURES

from mlpkit.cli import main
from mlpkit.cli.checkout import find_lecture
from mlpkit.cli.errors import CommandError
from mlpkit.explore.concordance import Concordance, concordance
from mlpkit.figures.deck import lecture_names
from mlpkit.present import fallback, read_deck
from mlpkit.present.plan import plan
from mlpkit.present.server import for_page

START = "00_start_here"


def own(kind, source, **more):
    """A cell as JupyterLab writes it: without metadata."""
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": "c0ffee12", "metadata": {}, "source": source, **outputs, **more}


def between(cells, cell):
    """The cell at the beginning, after every other one, and at the end; all copies have one id."""
    return [cell, *(c for pair in cells for c in (pair, dict(cell)))]


def without(cells, *keys):
    return [{key: value for key, value in cell.items() if key not in keys} for cell in cells]


EDITS = {
    "code": lambda cells: between(cells, own("code", "x = 1\nx + 1")),
    "code-that-fails": lambda cells: between(cells, own("code", "1 / 0")),
    "code-that-is-not-python": lambda cells: between(cells, own("code", "%matplotlib inline\n!ls")),
    "empty-code": lambda cells: between(cells, own("code", "")),
    "code-with-an-output": lambda cells: [
        *cells, own("code", "2", outputs=[{"output_type": "execute_result", "data": {"text/plain": "2"}}])
    ],
    "text": lambda cells: between(cells, own("markdown", "My own note, $x^2$.")),
    "a-heading": lambda cells: between(cells, own("markdown", "# Mine")),
    "raw": lambda cells: between(cells, own("raw", "<b>raw</b>")),
    "lines": lambda cells: between(cells, own("markdown", ["one\n", "two"])),
    "another-slide-type": lambda cells: between(
        cells, own("markdown", "x", metadata={"slideshow": {"slide_type": "-"}})
    ),
    "others-metadata": lambda cells: between(
        cells, own("markdown", "x", metadata={"slideshow": None, "mlpkit": None, "editable": True})
    ),
    "no-metadata": lambda cells: between(cells, without([own("markdown", "x")], "metadata")[0]),
    "only-own": lambda cells: [own("code", "1 + 1")],
    "no-ids": lambda cells: without(cells, "id"),
    "no-metadata-anywhere": lambda cells: [{**cell, "metadata": {}} for cell in cells],
    "copied": lambda cells: [cell for one in cells for cell in (one, dict(one))],
    "moved": lambda cells: cells[::-1],
    "deleted": lambda cells: cells[::3],
    "notes-first": lambda cells: [cells[-1], *(c for c in cells if "notes" in c["id"]), *cells[:-1]],
}  # fmt: skip
every_edit = pytest.mark.parametrize("edit", EDITS)


def edited(folder, edit, name=START):
    """A copy of the lectures in folder/lectures in which one is edited -> the path of that one."""
    shutil.copytree(LECTURES, folder / "lectures", dirs_exist_ok=True)
    path = folder / "lectures" / f"{name}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"] = EDITS[edit](book["cells"])
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


@every_edit
def test_the_table_of_lecture_00_is_made(edit, tmp_path):
    for name in lecture_names():
        edited(tmp_path, edit, name)
    page = Concordance(tmp_path)._repr_html_()
    assert page.count("<tr>") == 24


@pytest.mark.parametrize("edit", ["code", "raw", "text", "others-metadata", "no-metadata", "moved", "no-ids"])
def test_a_cell_without_metadata_changes_nothing_in_the_table(edit, tmp_path):
    edited(tmp_path, edit, "03_activation_functions")
    assert [{**row, "exercises": {}} for row in concordance(tmp_path)] == [
        {**row, "exercises": {}} for row in concordance()
    ]


@every_edit
def test_a_lecture_has_slides_a_plan_and_a_deck_for_the_page(edit, tmp_path):
    deck = read_deck(edited(tmp_path, edit))
    assert deck.slides
    assert plan(deck).startswith(f"{deck.title}: {len(deck.slides)} slides")
    assert json.loads(json.dumps(for_page(deck)))["title"] == deck.title
    ids = [cell["id"] for cell in deck.cells]
    assert len(set(ids)) == len(ids)


@every_edit
def test_the_page_without_a_kernel_is_made(edit, tmp_path, monkeypatch):
    monkeypatch.setattr(fallback, "POSITIONS", 1)
    lecture, said = edited(tmp_path, edit), []
    fallback.write(lecture, tmp_path / "page.html", said.append)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('<section class="mlpkit-slide"') == len(read_deck(lecture).slides)
    failing = [text for text in said if text.startswith("this cell fails")]
    if edit == "code-that-fails":
        assert set(failing) == {"this cell fails: ZeroDivisionError: division by zero"}
        assert "ZeroDivisionError: division by zero</pre>" in page
    elif edit not in {"code-that-is-not-python", "moved", "deleted"}:
        assert not failing


def test_other_notebooks_in_the_folder_are_left_alone(tmp_path):
    edited(tmp_path, "code")
    folder = tmp_path / "lectures"
    shutil.copy(folder / f"{START}.ipynb", folder / f"{START}-Copy1.ipynb")
    shutil.copy(
        folder / "07_universal_approximation.ipynb", folder / "07_universal_approximation-Copy1.ipynb"
    )
    (folder / "Untitled.ipynb").write_text("", encoding="utf-8")
    (folder / "01.ipynb").write_text("{", encoding="utf-8")
    (folder / "02_old.ipynb").write_text('{"worksheets": [], "nbformat": 3}', encoding="utf-8")
    (folder / "notes.txt").write_bytes(b"\xff")
    assert Concordance(tmp_path)._repr_html_() == Concordance()._repr_html_()
    for name in ("00", "07", "universal", "start"):
        assert find_lecture(name, tmp_path).stem in lecture_names()
    with pytest.raises(CommandError, match="'02' fits 02_old, 02_output_units_and_losses; take the name"):
        find_lecture("02", tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"worksheets": []}', '{"cells": [1]}', '{"cells": null}'])
def test_a_lecture_that_cannot_be_read_is_named(text, tmp_path, capsys, monkeypatch):
    path = edited(tmp_path, "code", "03_activation_functions")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"03_activation_functions\.ipynb is not a notebook of format 4"):
        read_deck(path)
    page = Concordance(tmp_path)._repr_html_()
    assert page.count("<tr>") == 24
    if text != '{"cells": [1]}':
        assert "Lectures that are missing or cannot be read: 03_activation_functions.ipynb." in page
    monkeypatch.setattr("mlpkit.cli.present.find_checkout", lambda: tmp_path)
    for option in ("--plan", "--fallback"):
        assert main(["present", "03", option]) == 1
        assert "take a fresh copy of the lecture" in capsys.readouterr().err


def test_a_lecture_without_slides_is_named(tmp_path, capsys, monkeypatch):
    path = edited(tmp_path, "code")
    path.write_text('{"cells": []}', encoding="utf-8")
    monkeypatch.setattr("mlpkit.cli.present.find_checkout", lambda: tmp_path)
    assert main(["present", "00", "--fallback"]) == 1
    assert "00_start_here.ipynb has no cell that is shown as a slide" in capsys.readouterr().err


def test_what_was_deleted_is_said_under_the_table(tmp_path):
    edited(tmp_path, "only-own", "04_feedforward_networks")
    (tmp_path / "lectures" / "08_advantages_of_depth.ipynb").unlink()
    page = Concordance(tmp_path)._repr_html_()
    assert "cannot be read: 08_advantages_of_depth.ipynb. " in page
    assert "Slides without a cell in their lecture: 18, 19, 20. " in page
    assert "<p>" not in Concordance()._repr_html_()
