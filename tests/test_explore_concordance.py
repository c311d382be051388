"""The table of slides, cells, figures and exercises says what is there, and nothing else."""

import re

from notebooks import LECTURES, PATHS, cells

from mlpkit.explore import EXPLORABLES
from mlpkit.explore.concordance import Concordance, concordance


def test_every_slide_has_its_row_with_the_cells_and_figures_that_belong_to_it():
    rows = concordance()
    assert [row["number"] for row in rows] == list(range(1, 24))
    code = [cell["source"] for path in PATHS for cell in cells(path) if cell["cell_type"] == "code"]
    for row in rows:
        assert (row["lecture"] is None) == (row["cells"] == 0)
        assert row["lecture"] is None or (LECTURES / row["lecture"]).exists()
        for figure in row["figures"]:
            assert any(f"explore.{figure}(" in source for source in code), figure
    assert {figure for row in rows for figure in row["figures"]} == set(EXPLORABLES)


def test_an_exercise_is_linked_where_its_notebook_exists_and_nowhere_else(tmp_path):
    (tmp_path / "lectures").mkdir()
    (tmp_path / "exercises" / "student").mkdir(parents=True)
    (tmp_path / "exercises" / "student" / "ex03_activation_functions.ipynb").write_text("{}")
    linked = {row["number"]: row["exercise"] for row in concordance(tmp_path) if row["exercise"]}
    assert sorted(linked) == list(range(10, 18))
    assert set(linked.values()) == {"../exercises/student/ex03_activation_functions.ipynb"}
    assert not any(row["lecture"] for row in concordance(tmp_path))


def test_the_links_of_the_table_lead_somewhere():
    page = Concordance()._repr_html_()
    targets = re.findall(r"href='([^']+)'", page)
    assert len(targets) >= 22
    assert all((LECTURES / target).exists() for target in targets)
    assert page.count("<tr>") == 24
    assert repr(Concordance()) == "Concordance of 23 slides"
