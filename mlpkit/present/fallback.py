"""`mlpkit present --fallback`: the slides of a lecture as one page with the stages' tables, without a kernel.

nbconvert's own slides fetch reveal.js and MathJax from the network. This page has the same slides, notes and
steps, and asks for nothing: formulas are MathML, the layout is that of the slides in JupyterLab, stages are
those of `Stage.to_html`. The lecture is run once to make it.
"""

import ast
import builtins
import contextlib
import functools
import hashlib
import html
import io
import json
import os
import threading
import time
import webbrowser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import mlpkit
from mlpkit.present.deck import read_deck
from mlpkit.present.prose import to_html
from mlpkit.present.server import KEYS, for_page
from mlpkit.present.workspace import EXTENSIONS, NAME

SLIDES = EXTENSIONS / NAME / "slides"
# A stage with more positions, or one that would take longer, has a table for each control alone, the
# others kept where they are; it says so where it has no picture.
POSITIONS, SECONDS = 600, 12


def write(lecture, path, report=lambda text: None):
    """Write the page of a lecture to `path`. `report` is called with progress and with cells that fail.

    ValueError for a file that is not a notebook, or has no slide.
    """
    deck = read_deck(lecture)
    if not deck.slides:
        raise ValueError(f"{Path(lecture).name} has no cell that is shown as a slide")
    figures, failed = run(deck, lecture, report)
    slides = [[cell_html(cell, figures, failed) for cell in slide.cells] for slide in deck.slides]
    page = PAGE.format(
        title=html.escape(deck.title),
        style=(SLIDES / "slides.css").read_text(encoding="utf-8") + STYLE + code_style(),
        slides="\n".join(
            f'<section class="mlpkit-slide" hidden>{"".join(cells)}</section>' for cells in slides
        ),
        deck=json.dumps(for_page(deck)).replace("</", "<\\/"),
        script="\n".join(script(name) for name in ("fit.js", "page.js")),
        stages=stage_module(),
    )
    Path(path).write_text(page, encoding="utf-8")


def run(deck, lecture, report):
    """Run all code cells in one namespace, as a kernel would -> {id: element of its stage}, {id: error}.

    A cell that fails, such as one that a reader has added, is reported and shown with its error.
    """
    from mlpkit.stage import Stage
    from mlpkit.stage.export import element

    code = [cell for cell in deck.cells if cell["cell_type"] == "code"]
    shown = {name for slide in deck.slides for name in slide.ids}
    names, figures, failed = {"__name__": "__main__", "__builtins__": builtins}, {}, {}
    with contextlib.chdir(Path(lecture).parent):
        for done, cell in enumerate(code, 1):
            report(f"cell {done} of {len(code)}: {cell['id']}")
            try:
                value = evaluate(cell, names)
            except (Exception, SystemExit) as error:
                failed[cell["id"]] = f"{type(error).__name__}: {error}"
                report(f"this cell fails: {failed[cell['id']]}")
                continue
            if isinstance(value, Stage):
                if cell["id"] in shown:
                    figures[cell["id"]] = element(value, affordable(value))
                value.close()
    return figures, failed


def affordable(stage):
    """How many positions of a stage to compute: at most POSITIONS, about SECONDS long."""
    took = []
    for _ in range(2):  # the first fills caches
        begun = time.process_time()
        stage.states.state(stage.position)
        took.append(time.process_time() - begun)
    return min(POSITIONS, int(SECONDS / max(min(took), 1e-4)))


def evaluate(cell, names):
    """Run a cell's source -> the value of its last expression, or None. What it prints is stored already."""
    tree, value = ast.parse(cell["source"]), None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(compile(tree, cell["id"], "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
        except Exception:
            if "raises-exception" not in cell["metadata"].get("tags", []):
                raise
    return value


def cell_html(cell, figures, failed):
    """One cell as the element that fit.js lays out; a cell that failed with its error."""
    if cell["cell_type"] == "markdown":
        kind, inner = "text", f'<div class="jp-RenderedHTMLCommon">{to_html(cell["source"])}</div>'
    elif cell["id"] in figures:
        kind, inner = "figure", figures[cell["id"]]
    elif cell["cell_type"] == "raw":
        kind, inner = "code", f"<pre>{html.escape(cell['source'])}</pre>"
    else:
        kind, inner = "code", highlighted(cell["source"]) + "".join(map(output_html, cell["outputs"]))
        if cell["id"] in failed:
            inner += f"<pre>{html.escape(failed[cell['id']])}</pre>"
    return f'<div class="jp-Cell mlpkit-{kind}" data-id="{html.escape(cell["id"])}">{inner}</div>'


def output_html(output):
    """A stored output: HTML where there is some, else its text."""
    data = output.get("data", {})
    if "text/html" in data:
        return f'<div class="jp-RenderedHTMLCommon">{"".join(data["text/html"])}</div>'
    if output["output_type"] == "error":
        text = f"{output['ename']}: {output['evalue']}"
    else:
        text = "".join(output.get("text") or data.get("text/plain", ""))
    return f"<pre>{html.escape(text)}</pre>"


def highlighted(source):
    """Python in colours."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(source, PythonLexer(), HtmlFormatter(cssclass="code"))


def code_style():
    """The colours of `highlighted`."""
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(cssclass="code").get_style_defs(".code")


def script(name):
    """A script of the slides as part of one module."""
    lines = (SLIDES / name).read_text(encoding="utf-8").splitlines()
    kept = [line.removeprefix("export ") for line in lines if not line.startswith("import ")]
    return "\n".join(kept)


def stage_module():
    """The stages' code for the browser."""
    from mlpkit.stage.export import page_module

    return page_module()


def key(lecture):
    """A name for the page that changes with the lecture and with the package's own sources."""
    seen = hashlib.sha256(Path(lecture).read_bytes())
    for path in sorted(Path(mlpkit.__file__).parent.rglob("*")):
        if path.suffix in {".py", ".js", ".css"}:
            seen.update(path.read_bytes())
    return f"{Path(lecture).stem}-{seen.hexdigest()[:12]}.html"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves the page and the notes without printing a line for each request."""

    def log_message(self, format, *args):
        """Print nothing: the terminal is the speaker's."""


def server(folder, port=None):
    """A server of this folder on 127.0.0.1, not yet started."""
    return ThreadingHTTPServer(
        ("127.0.0.1", port or 0), functools.partial(QuietHandler, directory=str(folder))
    )


def prepare(lecture, folder, report=print):
    """Make the page and what belongs to it in `folder` -> the page's path. A page that is there is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / key(lecture)
    if not page.exists():
        report(f"Making the page of {Path(lecture).stem}; once, it takes a minute.")
        new = page.with_suffix(".new")
        write(lecture, new, lambda text: report(f"  {text}"))
        os.replace(new, page)
    for name in ("notes.html", "notes.js"):
        (folder / name).write_bytes((SLIDES / name).read_bytes())
    return page


def serve(lecture, folder, port, windows):
    """Make the page of a lecture, serve it to this machine and open it; ends with Ctrl-C."""
    page = prepare(lecture, folder / "fallback", lambda text: print(text, flush=True))
    with server(page.parent, port) as listening:
        address = f"http://127.0.0.1:{listening.server_address[1]}"
        print(
            f"\nThe slides:\n  {address}/{page.name}\nSpeaker's notes:\n  {address}/notes.html\nKeys:\n{KEYS}"
        )
        print(f"\nThe page is also a file that works by itself: {page}\nCtrl-C ends.", flush=True)
        if windows:
            webbrowser.open(f"{address}/{page.name}")
            threading.Timer(1.5, webbrowser.open_new, [f"{address}/notes.html"]).start()
        with contextlib.suppress(KeyboardInterrupt):
            listening.serve_forever()
    return 0


STYLE = """
  :root { color-scheme: light }
  body { margin: 0; font-family: system-ui, sans-serif; background: #fff; color: #212121 }
  .mlpkit-slide[hidden], .mlpkit-slide > .jp-Cell[hidden] { display: none !important }
  .jp-Cell:not(.mlpkit-shown) { visibility: hidden }
  pre, code { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace }
  .mlpkit-slide pre { font-size: var(--jp-code-font-size); margin: 0 }
  .mlpkit-slide pre { line-height: var(--jp-code-line-height) }
  .code { background: #f5f5f5; padding: .3em .6em; border-radius: 4px; margin-bottom: .4em }
  .jp-RenderedHTMLCommon code { font-size: .88em; background: #f0f0f0; padding: 0 .2em }
  .jp-RenderedHTMLCommon h1 { font-size: var(--jp-content-font-size5) }
  .jp-RenderedHTMLCommon blockquote { border-left: .3em solid #ddd }
  .jp-RenderedHTMLCommon table { border-collapse: collapse }
  .jp-RenderedHTMLCommon :is(td, th) { padding: .2em .8em; text-align: left }
  .jp-RenderedHTMLCommon tr:nth-child(even) { background: #f5f5f5 }
  math[display=block] { margin: .5em 0 }
  .controls { display: flex; flex-wrap: wrap; justify-content: center; gap: .2em 1.6em; margin-bottom: .3em }
  .controls label { display: flex; gap: .5em; align-items: center; font-size: var(--jp-widgets-font-size) }
  .controls :is(select, input) { font: inherit }
  .controls input[type=range] { width: 12em }
  .controls output { min-width: 3.5em; font-variant-numeric: tabular-nums }
"""
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
<body class="mlpkit-deck">
<main class="mlpkit-viewport" tabindex="-1">
{slides}
</main>
<div id="mlpkit-foot" aria-hidden="true"></div>
<script type="application/json" id="deck">{deck}</script>
<script type="module">
{stages}
</script>
<script type="module">
{script}
</script>
</body>
</html>
"""
