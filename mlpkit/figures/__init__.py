"""One palette and one style for every figure of the course: `Figure` objects, never pyplot."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import NullLocator

from mlpkit.graph import Value, gradients, layout

# Okabe & Ito's colours (2008), told apart by colour-blind viewers too, under the part they play.
COLOURS = {
    "target": "#767676",
    "network": "#0072B2",
    "unit": "#D55E00",
    "other_unit": "#009E73",
    "error": "#CC79A7",
    "guide": "#9A9A9A",
}

TEXT_SIZE = 11  # points: readable from the last row when the figure fills half a slide


def figure(width=7.2, height=3.6, *, rows=(1,), xlabel="x", ylabel=("y",), sharex=True) -> tuple[Figure, Any]:
    """A figure of `width` x `height` inches with one axes for each entry of `rows` (relative heights).

    `ylabel`: one text for each row; `xlabel` goes under the last. Returns (figure, axes) for one
    row and (figure, [axes, ...]) for several.

    >>> fig, (top, bottom) = figure(rows=(3, 1), ylabel=("f", "error"))
    >>> bottom.get_xlabel()
    'x'
    """
    fig = Figure(figsize=(width, height), dpi=100, layout="constrained")
    axes = fig.subplots(len(rows), 1, sharex=sharex, squeeze=False, height_ratios=rows)[:, 0]
    labels = [ylabel] if isinstance(ylabel, str) else list(ylabel)
    for ax, label in zip(axes, labels, strict=True):
        ax.set_ylabel(label, fontsize=TEXT_SIZE)
        ax.tick_params(labelsize=TEXT_SIZE - 1)
        ax.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel(xlabel, fontsize=TEXT_SIZE)
    return fig, axes[0] if len(rows) == 1 else list(axes)


def powers_of_ten(ax, low, high, *exponents):
    """A logarithmic y axis from low to high with labels at these powers of ten and nowhere else.

    >>> _, ax = figure()
    >>> powers_of_ten(ax, 1e-7, 2, -6, -3, 0)
    >>> [float(tick) for tick in ax.get_yticks()]
    [1e-06, 0.001, 1.0]
    """
    ax.set(yscale="log", ylim=(low, high), yticks=[10.0**k for k in exponents])
    ax.yaxis.set_minor_locator(NullLocator())


def legend(ax, **where):
    """The legend in the course's style: small, with a plain frame."""
    return ax.legend(fontsize=TEXT_SIZE - 1, framealpha=0.85, edgecolor="none", **where)


def panels(width=7.2, height=3.2, *, titles, xlabel="", ylabel="", ratios=None) -> tuple[Figure, list[Any]]:
    """A figure with one axes beside the other, each under its title; `ratios` are their relative widths.

    >>> fig, (left, right) = panels(titles=("z", "a = g(z)"))
    >>> right.get_title()
    'a = g(z)'
    """
    fig = Figure(figsize=(width, height), dpi=100, layout="constrained")
    axes = fig.subplots(1, len(titles), squeeze=False, width_ratios=ratios)[0]
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title, fontsize=TEXT_SIZE)
        ax.set_xlabel(xlabel, fontsize=TEXT_SIZE)
        ax.tick_params(labelsize=TEXT_SIZE - 1)
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel(ylabel, fontsize=TEXT_SIZE)
    return fig, list(axes)


def computational_graph(J: Value, *, backward=True) -> Figure:
    """The graph of all that J is computed from: values above, dJ/dnode below, local gradients at the edges.

    With backward=False the forward pass alone. A node without parents shows its name; a number in a formula
    is a constant, which gets no derivative. The picture grows with the graph: about 1.4 x 0.9 inches a node.

    >>> from mlpkit.graph import Value
    >>> fig = computational_graph(Value(2.0, "x") * Value(-3.0, "w"))
    >>> [text.get_text() for text in fig.axes[0].texts][-3:]
    ['value', 'dJ/dnode', 'local gradient']
    """
    nodes, edges = layout(J)
    grads = gradients(J) if backward else {}
    box = max(0.5, 0.2 + 0.088 * max(len(node.label) for node in nodes))  # inches
    words = {node.value: _value_text(node) for node in nodes}
    step = max(box + 0.75, 0.2 + 0.095 * max(map(len, words.values())))  # inches from column to column
    xs, ys = [node.x * step for node in nodes], [node.y * 0.95 for node in nodes]
    width, height = max(xs) - min(xs) + step, max(ys) - min(ys) + 1.3
    fig = Figure(figsize=(width, height), dpi=100)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(min(xs) - step / 2, max(xs) + step / 2), ylim=(min(ys) - 0.75, max(ys) + 0.55))
    ax.set_axis_off()
    for edge in edges:
        _draw_edge(ax, edge, step, box, backward)
    for node, x, y in zip(nodes, xs, ys, strict=True):
        constant = not (node.value.parents or node.value.name)
        _draw_box(ax, x, y, box, node.label, constant)
        if not constant:
            _text(ax, x, y + 0.21, words[node.value], COLOURS["network"], va="bottom")
        if not constant and backward:
            _text(ax, x, y - 0.22, f"{grads[node.value]:.3g}", COLOURS["unit"], va="top")
    key = (("value", "network"), (f"d{J.name or 'J'}/dnode", "unit"), ("local gradient", "other_unit"))
    for i, (what, colour) in enumerate(key if backward else key[:1]):
        x = min(xs) - box / 2 + 1.15 * i
        _text(ax, x, min(ys) - 0.7, what, COLOURS[colour], ha="left", va="bottom")
    return fig


def _value_text(node) -> str:
    """A value, with the name of what was computed."""
    named = f"{node.value.name} = " if node.value.parents and node.value.name else ""
    return f"{named}{node.value.value:.3g}"


def _text(ax, x, y, words, colour, *, ha="center", va="center", size=TEXT_SIZE, zorder=4):
    """Text on a ground of the page's colour, so that no line runs through it; no $ in it is mathematics."""
    ground = dict(facecolor="white", edgecolor="none", pad=0.8)
    ax.text(
        x, y, words, color=colour, ha=ha, va=va, fontsize=size, zorder=zorder, bbox=ground, parse_math=False
    )


def _draw_box(ax, x, y, box, label, constant):
    """A node: rounded for what is computed and for variables, none for a constant."""
    if not constant:
        corner = (x - box / 2, y - 0.18)
        shape = FancyBboxPatch(
            corner, box, 0.36, "round,pad=0,rounding_size=0.1", facecolor="white", edgecolor="black", zorder=3
        )
        ax.add_patch(shape)
    symbol = {"*": "×", "-": "−"}.get(label, label)
    ax.text(x, y, symbol, ha="center", va="center", fontsize=TEXT_SIZE + 1, zorder=5, parse_math=False)


def _draw_edge(ax, edge, step, box, backward):
    """From the right of the parent, level through every column, to the left of the user."""
    constant = not (edge.start.parents or edge.start.name)
    beside = 0.1 + 0.05 * len(f"{edge.start.value:.6g}") if constant else box / 2
    points = [(edge.path[0][0] * step + beside, edge.path[0][1] * 0.95)]
    codes = [Path.MOVETO]
    for column, row in edge.path[1:]:
        x0, y0 = points[-1]
        x1, y1 = column * step - box / 2 - 0.42, row * 0.95  # level from here on: room for the label
        points += [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1), (column * step + box / 2, y1)]
        codes += [Path.CURVE4] * 3 + [Path.LINETO]
    points[-1] = (points[-1][0] - box, points[-1][1])
    ax.add_patch(PathPatch(Path(points, codes), facecolor="none", edgecolor=COLOURS["guide"], zorder=1))
    if backward and not constant:
        x, y = points[-1]
        words, colour = f"{edge.local_grad:.3g}", COLOURS["other_unit"]
        _text(ax, x - 0.06, y, words, colour, ha="right", size=TEXT_SIZE - 2, zorder=2)
