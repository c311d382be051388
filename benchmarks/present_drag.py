"""A drag in slides mode: frames a second while a slider moves, as `mlpkit present` shows a lecture.

    python benchmarks/present_drag.py            three runs, with and without the server extension

Two figures on slides: one whose states are tabulated ahead, and the same with every frame from the kernel.
The hand, the frame counter and the figures are those of slider_latency.py. Needs a Chromium.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests"), str(HERE)]

from _common import environment, store, table  # noqa: E402
from browser.pages import notebook_of  # noqa: E402
from browser.talk import Talk, presentation, viewport  # noqa: E402

from mlpkit.cli.browser import CHROMIUM_FLAGS, find_browser  # noqa: E402

SECONDS = 3
CELLS = {"curve": "_slider_stages.curve()", "without": "_slider_stages.without_table()"}
LABELS = {"curve": "curve + title, tabulated", "without": "curve + title, every frame from the kernel"}


def deck(folder):
    """A notebook of two slides, a figure on each."""
    imports = f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]; import _slider_stages"
    path = notebook_of(folder, CELLS, imports) / "root" / "stages.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["metadata"] = {"slideshow": {"slide_type": "slide"}}
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def drags(browser, folder, tune):
    """Frames a second of each figure in one run."""
    found = {}
    with presentation(deck(folder), folder, tune) as address:
        page = browser.new_context(viewport=viewport((1280, 720))).new_page()
        page.add_init_script(path=str(HERE / "slider_probe.js"))
        talk = Talk(page, address)
        for name in CELLS:
            cell = f"mlpkitShow.notebook.widgets[{talk.look()['number']}].node"
            handle, canvas = f"{cell}.querySelector('.noUi-handle')", f"{cell}.querySelector('canvas')"
            page.evaluate(f"{handle}.focus()")
            page.wait_for_timeout(2000)  # the tables are there
            drag = f"() => probe.drag({handle}, () => {canvas}, {SECONDS})"
            page.evaluate(drag)  # warms up
            found[name] = page.evaluate(drag)["fps"]
            talk.press("PageDown")
        page.context.close()
    return found


def main():
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    from playwright.sync_api import sync_playwright

    found = {(name, tune): [] for tune in (True, False) for name in CELLS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=CHROMIUM_FLAGS)
        for _ in range(runs):
            for tune in (True, False):
                folder = Path(tempfile.mkdtemp(prefix="present-drag-"))
                for name, fps in drags(browser, folder, tune).items():
                    found[name, tune].append(fps)
        browser.close()
    cell = {key: f"{statistics.median(fps):.0f} ({min(fps):.0f})" for key, fps in found.items()}
    rows = [[LABELS[name], cell[name, True], cell[name, False]] for name in CELLS]
    head = ["frames/s in slides mode", "as it is", "--no-tune"]
    text = "\n".join(
        [
            environment(["ipywidgets", "jupyterlab", "jupyterlab-deck", "anywidget", "matplotlib"]),
            f"{runs} runs, drags of {SECONDS} s; median run (worst run)",
            "",
            table(head, rows),
        ]
    )
    print(text)
    store("present_drag", text)


if __name__ == "__main__":
    main()
