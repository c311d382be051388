"""Tables of activation functions for the slides: every entry is a field of the records.

>>> from mlpkit.activations import ACTIVATIONS
>>> Table([ACTIVATIONS["relu"], ACTIVATIONS["tanh"]])
ReLU: range [0, ∞), no derivative at 0
tanh: range (−1, 1), smooth
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable

import numpy as np

from mlpkit.activations.record import Activation

WINDOW = 4.0  # a small graph shows |z| ≤ 4 and -1.5 ≤ a ≤ 4
LOW, HIGH = -1.5, 4.0
GREEK = {"alpha": "α", "beta": "β"}
GRID = np.linspace(-6, 6, 12_001)  # has 0
FEW = 3  # values that are listed
WIDTH, HEIGHT = 120, 82  # its size in CSS pixels


class Table:
    """Name, formula, gradient, range, kinks and graph of some records; a page shows it with its formulas.

    In the graph g is a solid line and g′ a dashed one; the axes cross at 0.
    """

    def __init__(self, records: Iterable[Activation]):
        self.records = list(records)

    def __repr__(self):
        return "\n".join(f"{g.label}: range {bounds(g)}, {corners(g)}" for g in self.records)

    def _repr_html_(self):
        head = "".join(
            f"<th>{name}</th>"
            for name in ("name", "function g(z)", "gradient g′(z)", "range", "smooth?", "g and g′ (dashed)")
        )
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(row, self.records))}</tbody></table>"
        )


def row(g: Activation) -> str:
    """One record as a row of an HTML table; parameters stand under the name with their values."""
    values = "".join(f"<br>{GREEK.get(name, name)} = {value:g}" for name, value in g.values.items())
    cells = (
        f"{html.escape(g.label)}{values}",
        f"${html.escape(g.formula)}$",
        f"${html.escape(g.gradient)}$",
        bounds(g),
        corners(g),
        graph(g),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def bounds(g: Activation) -> str:
    """The range of g: an interval, closed at a bound that is a value of g, or its values if they are few.

    >>> from mlpkit.activations import ACTIVATIONS
    >>> [bounds(ACTIVATIONS[name]) for name in ("swish", "tanh", "step")]
    ['[−0.278…, ∞)', '(−1, 1)', '{0, ½, 1}']
    """
    found = np.unique(g(GRID))
    if len(found) <= FEW:
        return f"{{{', '.join(map(number, found))}}}"
    low, high = g.range
    opening, closing = ("[" if attained(g, low) else "("), ("]" if attained(g, high) else ")")
    return f"{opening}{number(low)}, {number(high)}{closing}"


def attained(g: Activation, bound: float) -> bool:
    """Whether a bound is a value of g: on |z| ≤ 6 no sigmoid is within 1e-6 of the bounds it approaches."""
    return math.isfinite(bound) and bool((np.abs(g(GRID) - bound) < 1e-6).any())


def number(value: float) -> str:
    """A bound in figures, with three decimals and … where there are more."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    short = math.trunc(1000 * value) / 1000 + 0.0
    return (f"{short:g}".replace("-", "−") + ("…" if abs(short - value) > 1e-9 else "")).replace("0.5", "½")


def corners(g: Activation) -> str:
    """Where g has no derivative, in words."""
    return f"no derivative at {', '.join(f'{z:g}' for z in g.kinks)}" if g.kinks else "smooth"


def graph(g: Activation) -> str:
    """A small SVG of g and g′ in the text colour of the page.

    >>> from mlpkit.activations import ACTIVATIONS
    >>> graph(ACTIVATIONS["relu"])[:50]
    '<svg width="120" height="82" role="img" aria-label'
    """
    x0, y0 = WIDTH / 2, HEIGHT * HIGH / (HIGH - LOW)
    axes = f"M0 {y0:.0f}H{WIDTH}M{x0:.0f} 0V{HEIGHT}"
    label = html.escape(f"graph of {g.label} and of its derivative")
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{label}" fill="none" '
        f'stroke="currentColor"><path d="{axes}" opacity=".35"/>'
        f'<path d="{_path(g, g.g)}" stroke-width="2"/>'
        f'<path d="{_path(g, g.dg)}" stroke-width="1.5" stroke-dasharray="4 3"/></svg>'
    )


def _path(g, f):
    """SVG path data of f on the window; the path is interrupted at a kink and outside of the picture."""
    data, down = "", False
    sides = [kink + side for kink in g.kinks for side in (-1e-6, 1e-6)]
    for z in sorted([*np.linspace(-WINDOW, WINDOW, 33), *sides]):
        a = float(f(z))
        if z in g.kinks or not LOW <= a <= HIGH:
            down = False
            continue
        x, y = WIDTH * (z + WINDOW) / (2 * WINDOW), HEIGHT * (HIGH - a) / (HIGH - LOW)
        data += f"{'L' if down else 'M'}{x:.1f} {y:.1f}"
        down = z + 1e-6 not in g.kinks
    return data
