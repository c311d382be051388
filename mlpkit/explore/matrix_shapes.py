"""Slide 20: the matrices of two layers as blocks of cells, and the effect of a wrong transpose."""

import numpy as np
from matplotlib.patches import Rectangle

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure
from mlpkit.stage import Stage, choice, steps

MISTAKES = {
    "none: X W + b": (),
    "W¹ transposed": ("W¹",),
    "W² transposed": ("W²",),
    "X transposed": ("X",),
}
GAPS = (3.6, 3.6, 7.0)  # between blocks, room for the signs · + → g →
WIDTH, HEIGHT, LABEL = 50.0, 29.0, 3.0  # of the picture, and of a line of text, in the same unit


def plan(n, d, n1, n2, transposed):
    """Two products as [(left, right, bias, result), …], blocks (name, rows, columns); a result may be None.

    The second product is not reached when the first is impossible.
    """
    shapes = {"X": (n, d), "W¹": (d, n1), "b¹": (1, n1), "W²": (n1, n2), "b²": (1, n2)}
    shapes |= {name: shapes[name][::-1] for name in transposed}
    products, left = [], ("X", *shapes["X"])
    for W, b, A in (("W¹", "b¹", "A¹"), ("W²", "b²", "A²")):
        (_, rows, inner), (k, columns) = left, shapes[W]
        result = (A, rows, columns) if inner == k else None
        products.append((left, (W, *shapes[W]), (b, *shapes[b]), result))
        if result is None:
            break
        left = result
    return products


def label(name, transposed):
    """The name of a block, with ᵀ if it is transposed."""
    return f"{name}ᵀ" if name in transposed else name


@explorable(
    slides=["universality-and-depth"],
    notice="neighbours must agree in one number; a square matrix hides a wrong transpose",
)
def shapes(n=6, d=3, n1=5, n2=2, mistake="none: X W + b"):
    """A¹ = g(X W¹ + b¹) and A² = g(A¹ W² + b²) as blocks: N examples, d inputs, n₁ and n₂ units."""
    fig, ax = figure(7.4, 4.3, xlabel="", ylabel="")
    ax.set(xlim=(-1, WIDTH + 1), ylim=(-HEIGHT + LABEL - 0.4, LABEL), aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    blocks = [ax.add_patch(Rectangle((0, 0), 0, 0, lw=2)) for _ in range(8)]
    kinds = ("target", "unit", "other_unit", "network") * 2
    for block, kind in zip(blocks, kinds, strict=True):
        block.set(edgecolor=COLOURS[kind], facecolor=(*_rgb(COLOURS[kind]), 0.18))
    (cells,) = ax.plot([], [], color=COLOURS["guide"], lw=0.6)
    (meet,) = ax.plot([], [], color=COLOURS["error"], lw=5, solid_capstyle="butt")
    names = [ax.text(0, 0, "", fontsize=10.5, ha="center", va="bottom") for _ in range(8)]
    signs = [ax.text(0, 0, "", fontsize=14, ha="center", va="center") for _ in range(6)]
    mismatch = ax.text(0, 0, "", fontsize=11.5, color=COLOURS["error"], ha="left", va="center")

    def update(n, d, n1, n2, mistake):
        transposed = MISTAKES[mistake]
        products = plan(n, d, n1, n2, transposed)
        inside, edges = [], []
        for artist in (*names, *signs, mismatch):
            artist.set_text("")
        for block in blocks:
            block.set_bounds(0, 0, 0, 0)
        size, top = cell_size(products), 0.0
        for i, product in enumerate(products):
            possible = product[3] is not None
            height = size * max(rows for _, rows, _ in filter(None, product))
            x, middle = 0.0, top - height / 2
            for j, (name, rows, columns) in enumerate(product if possible else product[:2]):
                wide, high = size * columns, size * rows
                y = middle - high / 2
                blocks[4 * i + j].set_bounds(x, y, wide, high)
                inside += _cells(x, y, rows, columns, size)
                if j < 2:  # the two sides that must agree
                    side = x + wide if j == 0 else x
                    edges += [(side, y), (side, y + high), (np.nan, np.nan)]
                names[4 * i + j].set_position((x + wide / 2, y + high + 0.3))
                names[4 * i + j].set_text(f"{label(name, transposed)}  {rows}×{columns}")
                if j < 3:
                    sign = ("·" if possible else "≠", "+" if possible else "", "→ g →")[j]
                    signs[3 * i + j].set_position((x + wide + GAPS[j] / 2, middle))
                    signs[3 * i + j].set_text(sign)
                    x += wide + GAPS[j]
            if not possible:
                mismatch.set_position((x, middle))
                mismatch.set_text(f"{product[0][2]} columns\nmeet {product[1][1]} rows")
            top -= height + LABEL
        cells.set_data(*np.array(inside).T)
        meet.set_data(*np.array(edges).T)

    def describe(n, d, n1, n2, mistake):
        transposed = MISTAKES[mistake]
        products = plan(n, d, n1, n2, transposed)
        left, right, _, result = products[-1]
        count = d * n1 + n1 + n1 * n2 + n2
        numbers = f"W¹ has {d}·{n1}, b¹ {n1}, W² {n1}·{n2}, b² {n2} numbers: {count} parameters, for any N."
        if result is None:
            return (
                f"{label(left[0], transposed)} is {left[1]}×{left[2]} and {label(right[0], transposed)} is "
                f"{right[1]}×{right[2]}: {left[2]} columns meet {right[1]} rows, no product. {numbers}"
            )
        hidden = "No error, and yet all is wrong: the transposed matrix is square. " if transposed else ""
        return f"{hidden}From X {n}×{d} through A¹ {n}×{n1} to A² {result[1]}×{result[2]}. {numbers}"

    return Stage(
        fig, update, [*blocks, cells, meet, *names, *signs, mismatch], describe,
        n=steps(1, 10, n, label="batch N"),
        d=steps(1, 8, d, label="inputs d"),
        n1=steps(1, 8, n1, label="units n₁"),
        n2=steps(1, 8, n2, label="units n₂"),
        mistake=choice({text: text for text in MISTAKES}, mistake, label="mistake"),
    )  # fmt: skip


def _rgb(colour):
    """'#RRGGBB' -> three numbers in [0, 1]."""
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def cell_size(products):
    """The side of a cell with which all blocks fit into the picture, at most 3."""
    wide = max(sum(part[2] for part in product if part) for product in products)
    high = sum(max(part[1] for part in product if part) for product in products)
    return min((WIDTH - sum(GAPS)) / wide, (HEIGHT - LABEL * len(products)) / high, 3.0)


def _cells(x, y, rows, columns, size):
    """The lines between the cells of a block, as points with gaps."""
    gap, right, top = (np.nan, np.nan), x + columns * size, y + rows * size
    upright = [p for k in range(1, columns) for p in ((x + k * size, y), (x + k * size, top), gap)]
    level = [p for k in range(1, rows) for p in ((x, y + k * size), (right, y + k * size), gap)]
    return [*upright, *level, gap]
