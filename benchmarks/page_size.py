"""The pages of all explorables: their bytes, and how soon the first picture and the tables are there.

    python benchmarks/page_size.py                     all of them; takes some minutes
    python benchmarks/page_size.py n_bumps one_tower   these two, printed but not stored
    python benchmarks/page_size.py --keep FOLDER       pages that are in the folder are measured as they are

The first picture counts from the page's load event, the tables from the first picture to the last state
decoded, both in Chromium (median of three). Without a Chromium the bytes alone are told.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _common import environment, store, table  # noqa: E402

from mlpkit import explore  # noqa: E402, F401
from mlpkit.cli.browser import CHROMIUM_FLAGS, find_browser  # noqa: E402
from mlpkit.explore.registry import EXPLORABLES  # noqa: E402

GOALS = dict(median=120, largest=800, together=10_000)  # kB
FIRST_MS = 100

# When the picture is first drawn, and when the last table is there: the page says both in its canvas.
WATCH = """() => {
    const note = name => { window[name] ??= performance.now(); };
    new MutationObserver(() => {
        const canvas = document.querySelector('canvas');
        if (canvas?.dataset.right === 'true') note('firstPicture');
        if (canvas?.dataset.loaded === 'true') note('allTables');
    }).observe(document, {subtree: true, childList: true, attributes: true});
}"""
READ = """() => [
    firstPicture - performance.getEntriesByType('navigation')[0].loadEventEnd,
    allTables - firstPicture,
]"""


def bytes_of(path):
    """kB of a page: all, its pictures, its tables."""
    text = path.read_text(encoding="utf-8")
    page = json.loads(re.search(r'application/json">(.*?)</script>', text, re.DOTALL)[1])
    pictures = sum(len(part) for parts in page["pictures"].values() for part in parts.values())
    return [round(size / 1000) for size in (path.stat().st_size, pictures, len(page["tables"]))]


def times_of(browser, path, rounds=3):
    """Milliseconds until the first picture after the load event, and from it until all tables are there."""
    found = []
    for _ in range(rounds):
        page = browser.new_page()
        page.add_init_script(f"({WATCH})()")
        page.goto(path.as_uri())
        page.wait_for_function("window.allTables", timeout=60_000)
        found.append(page.evaluate(READ))
        page.close()
    return [max(0, round(statistics.median(column))) for column in zip(*found, strict=True)]


def measure(names, folder):
    """{name: [kB, kB of pictures, kB of tables]}, and milliseconds where there is a browser."""
    for name in names:
        if not (folder / f"{name}.html").exists():
            stage = EXPLORABLES[name].build()
            stage.to_html(folder / f"{name}.html")
            stage.close()
    rows = {name: bytes_of(folder / f"{name}.html") for name in names}
    executable = find_browser()
    if executable:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(executable), args=CHROMIUM_FLAGS)
            for name in names:
                rows[name] += times_of(browser, folder / f"{name}.html")
            browser.close()
    return rows


def main():
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in EXPLORABLES]:
        parser.error(f"unknown: {', '.join(unknown)}; the explorables are {', '.join(EXPLORABLES)}")
    folder = given.keep or Path(tempfile.mkdtemp(prefix="page-size-"))
    folder.mkdir(parents=True, exist_ok=True)
    rows = measure(given.names or list(EXPLORABLES), folder)
    head = ["page", "kB", "pictures kB", "tables kB", "first picture ms", "tables ms"]
    columns = list(zip(*rows.values(), strict=True))
    sizes = columns[0]
    text = [environment(["matplotlib"]), f"{len(rows)} pages", ""]
    goals = [
        ["median", f"{statistics.median(sizes):.0f} kB", f"{GOALS['median']} kB"],
        ["largest", f"{max(sizes)} kB", f"{GOALS['largest']} kB"],
        ["together", f"{sum(sizes)} kB", f"{GOALS['together']} kB"],
    ]
    if len(columns) > 3:
        spent = columns[3]
        goals.append(["first picture after the load event, median (worst)",
                      f"{statistics.median(spent):.0f} ({max(spent)}) ms", f"{FIRST_MS} ms"])  # fmt: skip
    text += [table(["", "measured", "goal"], goals), ""]
    text += [table(head[: len(columns) + 1], [[name, *row] for name, row in rows.items()])]
    print("\n".join(text))
    if not given.names:
        store("page_size", "\n".join(text))


if __name__ == "__main__":
    main()
