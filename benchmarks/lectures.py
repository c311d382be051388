"""Restart and run all: the seconds of every lecture, in a kernel alone and in JupyterLab in a browser.

    python benchmarks/lectures.py            three runs
    python benchmarks/lectures.py --costs    the dearest cells of each lecture too, not stored

The time that passes, from the start of a new kernel, or from the click on Restart and Run All in a notebook
that has been run before, to the end of the last cell. Needs a Chromium.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

import nbformat  # noqa: E402
from _common import environment, store, table  # noqa: E402
from browser.lab import Notebook, jupyterlab, lectures_copy  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from notebooks import PATHS  # noqa: E402

from mlpkit.cli.browser import CHROMIUM_FLAGS, find_browser  # noqa: E402

for name in [name for name in os.environ if name.endswith("_NUM_THREADS")]:
    del os.environ[name]  # the kernels take the cores that a student's take


SHUT_DOWN = "async () => await window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


def kernel_alone(path):
    """Seconds from nothing to the end of the last cell, and those of each cell, dearest first."""
    notebook, costs = nbformat.read(path, nbformat.NO_CONVERT), []
    start = time.perf_counter()
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", store_widget_state=False)
    with client.setup_kernel():
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                before = time.perf_counter()
                client.execute_cell(cell, number)
                costs.append((time.perf_counter() - before, number, cell.source.splitlines()[0]))
        total = time.perf_counter() - start
    return total, sorted(costs, reverse=True)


def in_jupyterlab(page, address, path):
    """Seconds of Restart and Run All in a notebook that has been run once."""
    notebook = Notebook.open(page, address, path.name)
    notebook.run_all()
    seconds = notebook.run_all(restart=True)
    page.evaluate(SHUT_DOWN)  # its figures would go on computing tables beside the next measurement
    return seconds


def main():
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--costs", action="store_true")
    wanted = parser.parse_args()
    if wanted.costs:
        for path in PATHS:
            total, costs = kernel_alone(path)
            print(f"{path.name}: {total:.1f} s")
            for seconds, number, line in costs[:8]:
                print(f"    {seconds:5.2f} s  cell {number:2d}  {line}")
        return
    from playwright.sync_api import sync_playwright

    alone, shown = {path: [] for path in PATHS}, {path: [] for path in PATHS}
    folder = lectures_copy(Path(tempfile.mkdtemp(prefix="lectures-")))
    with sync_playwright() as playwright, jupyterlab(folder) as address:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=CHROMIUM_FLAGS)
        for _ in range(wanted.runs):
            for path in PATHS:
                alone[path].append(kernel_alone(path)[0])
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                shown[path].append(in_jupyterlab(page, address, path))
                page.context.close()
        browser.close()

    def format_number(seconds):
        return f"{statistics.median(seconds):.1f} ({max(seconds):.1f})"

    rows = [[path.stem, format_number(alone[path]), format_number(shown[path])] for path in PATHS]
    head = ["restart and run all, seconds: median (slowest)", "kernel alone", "in JupyterLab"]
    text = "\n".join([environment(), f"{wanted.runs} runs", "", table(head, rows)])
    print(text)
    store("lectures", text)


if __name__ == "__main__":
    main()
