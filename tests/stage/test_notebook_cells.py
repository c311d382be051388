"""Cells of a real notebook, run by a kernel with the inline backend: one picture a cell, steady memory."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

IMPORTS = """%matplotlib inline
import numpy as np, matplotlib.pyplot as plt
from mlpkit.stage import Stage, steps
x = np.linspace(0, 1, 50)"""
FIGURE = """fig, ax = plt.subplots()
line, = ax.plot(x, x)
def update(k): line.set_ydata(np.sin(k * x))"""
STAGE = "stage = Stage(fig, update, [line], k=steps(1, 9))\nstage"
MEMORY = """import gc, psutil
from matplotlib.figure import Figure
gc.collect()
figures = sum(isinstance(o, Figure) for o in gc.get_objects())
print(psutil.Process().memory_info().rss // 1_000_000, figures)"""


def run(*sources):
    """-> the outputs of each cell, run by a fresh kernel."""
    cells = [nbformat.v4.new_code_cell(source) for source in (IMPORTS, *sources)]
    book = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(book, kernel_name="python3", timeout=300).execute()
    return [cell.outputs for cell in book.cells[1:]]


def test_a_pyplot_figure_is_shown_once_at_its_size():
    (shown, again, dpi) = run(
        f"{FIGURE}\n{STAGE}", STAGE, "print(fig.dpi, stage.picture.size, plt.get_fignums())"
    )
    for outputs in (shown, again):
        (only,) = outputs
        assert "application/vnd.jupyter.widget-view+json" in only["data"]
    assert dpi[0]["text"] == "100.0 [640, 480] []\n"


def test_a_figure_of_an_earlier_cell_is_not_shown_again():
    static, shown, after = run(FIGURE, STAGE, "stage.controls['k'].value = 4; line.set_lw(3); None")
    assert ["image/png" in one["data"] for one in static] == [True]  # the cell itself showed it
    assert len(shown) == 1
    assert after == []


def test_a_cell_that_is_run_fifty_times_gives_back_what_its_stages_took():
    cell = f"{FIGURE}\n{STAGE}"
    outputs = run(*[cell] * 20, MEMORY, *[cell] * 50, MEMORY)
    early, late = (list(map(int, re.findall(r"\d+", outputs[i][0]["text"]))) for i in (20, 71))
    assert late[0] - early[0] < 25  # MB; a stage with its figure takes about 2
    assert late[1] - early[1] <= 2


def test_show_and_gcf_know_nothing_of_a_staged_figure():
    *_, shown, other = run(FIGURE, STAGE, "plt.show()", "print(plt.gcf() is fig); plt.close('all')")
    assert shown == []
    assert other[0]["text"] == "False\n"
