"""From a slider's move to the pixels: stages beside their peers, in a real JupyterLab and Chromium.

    python benchmarks/slider_latency.py            three runs, every candidate in each of them
    python benchmarks/slider_latency.py --runs 1

Peers: `interact` with an inline figure, ipympl (where it is installed), and the *floor*: a progress bar that
ipywidgets links to a slider in the browser, which draws no figure at all. All stand in one notebook and are
measured one after the other; a run starts with a fresh server and page. Needs a Chromium.
"""

import argparse
import importlib.util
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests"), str(HERE)]

from _common import environment, store, table  # noqa: E402
from browser.lab import Notebook, jupyterlab  # noqa: E402
from browser.pages import notebook_of  # noqa: E402

from mlpkit.cli.browser import CHROMIUM_FLAGS, find_browser  # noqa: E402

MOVES, SECONDS = 40, 3
CELLS = {
    "floor": "_slider_stages.floor()",
    "curve": "_slider_stages.curve()",
    "heat": "_slider_stages.heat()",
    "edges": "_slider_stages.edges()",
    "without": "_slider_stages.without_table()",
    "interact": "_slider_stages.interact_curve()",
}
LABELS = {
    "floor": "empty link in the browser (floor)",
    "curve": "curve + title, with table",
    "heat": "100×100 heat map, with table",
    "edges": "network of 120 edges, with table",
    "without": "curve + title, without table",
    "page": "curve + title, page without Python",
    "interact": "interact, inline figure",
    "ipympl": "ipympl",
}
TARGETS = {"floor": ".progress-bar, .widget-progress", "interact": "img"}


def javascript(cell, what):
    """An expression that finds a slider's handle or a picture in the output of a cell."""
    code = f"[...document.querySelectorAll('.jp-CodeCell')].find(c => c.textContent.includes('{cell}'))"
    return f"{code}?.querySelector('{what}')"


def measure(page, handle, target):
    """Latency of single moves and a drag, for one slider and its picture."""
    page.evaluate(f"() => {{ const h = {handle}; h.scrollIntoView({{block: 'center'}}); h.focus?.(); }}")
    page.wait_for_timeout(1500)  # tables are there, the page is quiet
    find = f"() => {target}"
    moves = page.evaluate(f"() => probe.moves({handle}, {find}, {MOVES})")
    drags = [page.evaluate(f"() => probe.drag({handle}, {find}, {SECONDS})") for _ in range(2)]
    return dict(
        p50=statistics.median(moves),
        p95=sorted(moves)[int(0.95 * (len(moves) - 1))],
        fps=drags[1]["fps"],
        lag=drags[1]["lag"],
    )


def in_jupyterlab(browser, folder, cells):
    """One run of all candidates in a fresh page -> {name: figures}, and the figures of the kernel's side."""
    found = {}
    with jupyterlab(folder) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(path=str(HERE / "slider_probe.js"))
        notebook = Notebook.open(page, address, "stages.ipynb")
        notebook.run_all()
        if notebook.errors():
            raise RuntimeError("\n".join(notebook.errors()))
        for index, (name, source) in enumerate(cells.items()):
            notebook.show_cell(index)
            page.wait_for_timeout(500)
            handle = javascript(source, ".noUi-handle")
            found[name] = measure(page, handle, javascript(source, TARGETS.get(name, "canvas")))
            print(LABELS[name], {key: round(value) for key, value in found[name].items()}, file=sys.stderr)
        page.context.close()
    return found


def on_a_page(browser, folder):
    """The same for a page of its own, from disk; raises when it asks for anything else."""
    import _slider_stages

    path = folder / "curve.html"
    _slider_stages.curve().to_html(path)
    page, asked = browser.new_context(viewport={"width": 1280, "height": 900}).new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(path=str(HERE / "slider_probe.js"))
    page.goto(path.as_uri())
    page.wait_for_selector("canvas[data-right=true]")
    found = measure(page, "document.querySelector('input[type=range]')", "document.querySelector('canvas')")
    if asked != [path.as_uri()]:
        raise RuntimeError(f"the page asked for {asked[1:]}")
    page.context.close()
    return found


def kernel_side():
    """What the kernel needs: recording, a table after another slider moved, start, memory, waiting."""
    import _slider_stages

    return _slider_stages.kernel_figures()


def main():
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    from playwright.sync_api import sync_playwright

    cells = dict(CELLS)
    peers = ["ipywidgets", "jupyterlab", "anywidget", "matplotlib"]
    if importlib.util.find_spec("ipympl"):
        cells["ipympl"] = "_slider_stages.ipympl_curve()"
        peers.append("ipympl")
    folder = Path(tempfile.mkdtemp(prefix="slider-latency-"))
    collected = {name: [] for name in [*cells, "page"]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=CHROMIUM_FLAGS)
        for run in range(runs):
            home = folder / str(run)
            home.mkdir()
            imports = (
                f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]; import _slider_stages"
            )
            notebook_of(home, cells, imports=imports)
            for name, figures in in_jupyterlab(browser, home, cells).items():
                collected[name].append(figures)
            collected["page"].append(on_a_page(browser, home))
        browser.close()
    report = [
        environment(peers),
        f"{runs} runs, {MOVES} moves and a drag of {SECONDS} s each; median run (worst run)",
        "",
    ]
    rows = []
    for name, figures in collected.items():
        middle = {key: statistics.median(run[key] for run in figures) for key in figures[0]}
        worst = dict(
            p95=max(r["p95"] for r in figures),
            fps=min(r["fps"] for r in figures),
            lag=max(r["lag"] for r in figures),
        )
        cells_of = [f"{middle[k]:.0f} ({worst[k]:.0f})" for k in ("p95", "fps", "lag")]
        rows.append([LABELS[name], f"{middle['p50']:.0f}", *cells_of])
    report += [table(["", "p50 ms", "p95 ms", "frames/s in a drag", "last frame late, ms"], rows), ""]
    report += [table(["in the kernel", "measured"], kernel_side())]
    if "ipympl" not in cells:
        report += ["", "ipympl is not installed here: no row."]
    text = "\n".join(report)
    print(text)
    store("slider_latency", text)


if __name__ == "__main__":
    main()
