"""What the pages have in common: the document, its style, and text of strangers in it.

A page has no script, loads nothing and says so in its content security policy: even markup that slipped
through could do nothing. Text of strangers goes through `text` or `isolated` alone.
"""

import base64
import hashlib
from html import escape

from mlpkit.grading.pages.style import STYLE
from mlpkit.grading.results.visible import visible

MOST = 1500  # characters of a text of strangers that are shown
MANY = 40  # notes, rows and files that are shown


def text(content: str, most: int = MOST) -> str:
    """A text of strangers as HTML: escaped, cut, its hidden characters written out."""
    return escape(visible(content, most))


def isolated(content: str, most: int = MOST) -> str:
    """The same inside a sentence of ours: its direction of writing changes nothing around it.

    >>> isolated("<b>\\u202eevil")
    '<bdi>&lt;b&gt;\\\\u202eevil</bdi>'
    """
    return f"<bdi>{text(content, most)}</bdi>"


def code(name: str) -> str:
    """The name of a question; a narrow page may divide it after an underscore."""
    return f"<code>{text(name, 100).replace('_', '_<wbr>')}</code>"


def document(title: str, body: str, made: str) -> str:
    """A whole page: `title` is text, `body` HTML; `made` says what it is, for who finds the file."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f"{beginning(made)}"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title, 200)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def beginning(made: str) -> str:
    """How a page of ours begins: by that it is known."""
    return f'<!doctype html>\n<html lang="en">\n<head>\n<meta name="generator" content="mlpkit: {made}">\n'


def points(number: float | None) -> str:
    """A number of points, a dash for none."""
    return "–" if number is None else f"{round(number, 3):g}"


def bar(share: float, label: str = "") -> str:
    """A horizontal bar, `share` (0 to 1) of it filled; without a label it repeats what stands beside it."""
    width = round(100 * min(1.0, max(0.0, share)), 1)
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" {said}>'
        f'<rect class="of" width="100" height="6"/><rect class="is" width="{width:g}" height="6"/></svg>'
    )


def histogram(counts: list[int], labels: list[str], what: str) -> str:
    """Columns, one a class of values; the same as text for who does not see them."""
    most = max([*counts, 1])
    said = ", ".join(f"{label}: {count}" for label, count in zip(labels, counts, strict=True))
    width = 16 * len(counts)
    columns = "".join(
        f'<rect class="is" x="{16 * i + 2}" y="{32 - high:g}" width="12" height="{high:g}">'
        f"<title>{escape(label)}: {count}</title></rect>"
        for i, (label, count) in enumerate(zip(labels, counts, strict=True))
        if (high := round(max(1.5, 30 * count / most), 1) if count else 0)
    )
    return (
        f'<svg class="histogram" width="{width}" height="34" viewBox="0 0 {width} 34" role="img" '
        f'aria-label="{escape(what)}: {escape(said)}">{columns}'
        f'<rect class="base" x="0" y="32" width="{width}" height="1"/></svg>'
        f'<span class="ends"><span>{escape(labels[0])}</span><span>{escape(labels[-1])}</span></span>'
    )
