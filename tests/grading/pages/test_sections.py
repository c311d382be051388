"""The sections of lectures that treat a question: the package's file against the notebooks."""

import json
from pathlib import Path

import pytest

from mlpkit.exercises.registry import questions
from mlpkit.grading.pages import sections as module
from mlpkit.grading.pages.sections import linked, sections

CHECKOUT = Path(__file__).parents[3]
EACH = [(name, section) for name in questions() for section in sections(name)]


def test_the_file_has_what_the_masters_link_so_that_nobody_edits_it():
    text = (CHECKOUT / "mlpkit" / "grading" / "pages" / module.FILE).read_text(encoding="utf-8")
    assert text == linked(CHECKOUT / "exercises" / "masters"), "run `mlpkit exercises build`"


def test_every_question_has_a_section():
    assert [name for name in questions() if not sections(name)] == []


@pytest.mark.parametrize(("name", "section"), EACH, ids=[f"{name}-{s.cell}" for name, s in EACH])
def test_a_section_begins_in_its_lecture_with_its_title(name, section):
    path = CHECKOUT / "lectures" / f"{section.lecture}.ipynb"
    cells = {cell["id"]: cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    assert section.title in "".join(cells[section.cell]["source"]).partition("\n\n")[0]


def test_a_question_that_is_not_there_has_none():
    assert sections("no_such_question") == ()


def test_a_build_writes_the_file_into_a_checkout_and_nowhere_else(tmp_path):
    module.write(CHECKOUT / "exercises" / "masters", tmp_path)
    assert list(tmp_path.iterdir()) == []
    folder = tmp_path / "mlpkit" / "grading" / "pages"
    folder.mkdir(parents=True)
    module.write(CHECKOUT / "exercises" / "masters", tmp_path)
    assert json.loads((folder / module.FILE).read_text(encoding="utf-8"))["gelu"][0][2] == "GELU"
