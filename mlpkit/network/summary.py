"""A network as a table for notebooks: in the colours of the page, with headers for screen readers."""

from __future__ import annotations

from html import escape

LINE = "border-top:1px solid var(--jp-border-color1, currentColor)"
CELL = "text-align:right;padding:0.1em 0.7em"


def table(caption: str, rows: list[tuple]) -> str:
    """HTML of `rows`: (layer, units, activation, shape of W, shape of b, parameters) for each layer.

    >>> html = table("MLP 2-1", [("1", 1, "linear unit", (2, 1), (1,), 3)])
    >>> "<caption" in html, "2 × 1" in html
    (True, True)
    """
    names = ("layer", "units", "activation", "W", "b", "parameters")
    head = "".join(f"<th scope='col' style='{CELL}'>{name}</th>" for name in names)
    body = "".join(_row(*row) for row in rows)
    total = sum(row[-1] for row in rows)
    return (
        "<table style='border-collapse:collapse;color:inherit'>"
        f"<caption style='text-align:left;color:inherit'>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"<tfoot><tr style='{LINE}'><th scope='row' colspan='5' style='{CELL}'>total</th>"
        f"<td style='{CELL}'>{total}</td></tr></tfoot></table>"
    )


def _row(layer, units, activation, W, b, parameters) -> str:
    """One layer; its number is the row's header."""
    sizes = [" × ".join(map(str, shape)) for shape in (W, b)]
    cells = [str(units), escape(activation), *sizes, str(parameters)]
    columns = "".join(f"<td style='{CELL}'>{cell}</td>" for cell in cells)
    return f"<tr style='{LINE}'><th scope='row' style='{CELL}'>{escape(layer)}</th>{columns}</tr>"
