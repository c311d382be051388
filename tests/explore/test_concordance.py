"""The table of slides, cells, figures and exercises says what is there, and nothing else."""

import json
import re

from notebooks import LECTURES, MASTERS, PATHS, cells, prose, student_of

from mlpkit.explore import EXPLORABLES
from mlpkit.explore.concordance import Concordance, belongs, concordance
from mlpkit.figures.deck import deck


def test_every_slide_has_its_row_with_the_cells_and_figures_that_belong_to_it():
    rows = concordance()
    assert [row["number"] for row in rows] == list(range(1, 24))
    code = [cell["source"] for path in PATHS for cell in cells(path) if cell["cell_type"] == "code"]
    for row in rows:
        assert (row["lecture"] is None) == (row["cells"] == 0)
        assert row["lecture"] is None or (LECTURES / row["lecture"]).exists()
        for figure in row["figures"]:
            assert any(f"explore.{figure}(" in source for source in code), (
                f"lecture {row['lecture']} needs a cell that shows explore.{figure}"
            )
    assert {figure for row in rows for figure in row["figures"]} == set(EXPLORABLES)


def test_the_exercises_are_those_that_the_slides_cells_link_in_any_lecture(tmp_path):
    target = "../exercises/student/ex03_activation_functions.ipynb#cell-id=gelu-recall"
    links = {"source": [f"[3.4 GELU, exactly]({target}) and\n", "[set 03](../exercises/student/ex03.ipynb)"]}
    other = {
        "source": ["[1.1 Another](../exercises/student/ex01_x.ipynb)"],
        "metadata": {"mlpkit": {"slides": []}},
    }
    book = {"cells": [{**links, "metadata": {"mlpkit": {"slides": ["gelu", "swish"]}}}, other]}
    (tmp_path / "lectures").mkdir()
    (tmp_path / "lectures" / "06_training.ipynb").write_text(json.dumps(book))
    rows = concordance(tmp_path)
    assert {row["number"]: row["exercises"] for row in rows if row["exercises"]} == {
        15: {"3.4": target}, 16: {"3.4": target}
    }  # fmt: skip
    assert not any(row["lecture"] or row["cells"] for row in rows)


def exercises_of(notebook):
    """{number: (heading, id of its cell)} of a set of exercises."""
    found = [(re.match(r"## (\d\.\d) .+", cell["source"]), cell["id"]) for cell in cells(notebook)]
    return {match[1]: (match[0][3:], name) for match, name in found if match}


def practice_cell(master, name):
    """The cell that should lead to an exercise, described: that of the slide which the exercise links."""
    (recall,) = [cell["source"] for cell in cells(master) if cell["id"] == name]
    link = re.search(r"\]\(\.\./\.\./lectures/([^)#]+)#cell-id=([^)]+)\)", recall)
    if link is None:
        return "the last cell of the part of the lecture that it practises (it should link that part itself)"
    slides = {cell["id"]: cell["metadata"]["mlpkit"]["slides"] for cell in cells(LECTURES / link[1])}
    return f"the cell {slides[link[2]][0]}-practice of lectures/{link[1]}"


def test_every_section_leads_to_the_exercises_that_practise_it_and_every_exercise_is_reached():
    """A link ends in #cell-id=…: JupyterLab finds a heading only in cells that it has already shown."""
    reached = set()
    for path in PATHS:
        for cell in prose(path):
            links = re.findall(r"\[((\d\.\d) [^]]+)\]\(([^)#]+)#cell-id=([^)]+)\)", cell["source"])
            for words, number, notebook, name in links:
                heading = exercises_of(path.parent / notebook).get(number)
                assert (words, name) == heading, f"{path.name}, cell {cell['id']}: {notebook} has {heading}"
                reached.add(number)
    for master in MASTERS:
        for number, (words, name) in exercises_of(student_of(master)).items():
            link = f"[{words}](../exercises/student/{master.name}#cell-id={name})"
            advice = f"{practice_cell(master, name)} needs the link {link}; then run `make lectures`"
            assert number in reached, f"no lecture leads to exercise {number}: {advice}"
    for slide in deck()[1:]:  # not the title page
        own = [c["source"] for c in prose(LECTURES / f"{slide['lecture']}.ipynb") if belongs(c, slide)]
        assert any(source.startswith("**Practice:** [") for source in own), slide["id"]


def test_the_links_of_the_table_lead_somewhere():
    page = Concordance()._repr_html_()
    targets = re.findall(r"href='([^']+)'", page)
    assert len(targets) >= 22
    assert all((LECTURES / target.split("#")[0]).exists() for target in targets)
    assert page.count("<tr>") == 24
    assert repr(Concordance()) == "Concordance of 23 slides"


def test_the_table_stored_in_the_first_lecture_is_the_present_one():
    (cell,) = [c for c in cells(LECTURES / "00_start_here.ipynb") if "Concordance(" in c["source"]]
    stored = "".join(cell["outputs"][0]["data"]["text/html"])
    assert stored == Concordance()._repr_html_(), (
        "lecture 00's table of slides and figures is out of date: run `make lectures` and commit the change"
    )


def test_a_cell_that_a_reader_has_added_belongs_to_no_slide():
    assert not belongs({"metadata": {}}, deck()[0])
