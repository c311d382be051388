"""Slide 23, layers as folds: the tent map, a sheet of paper, and x² from sawtooths."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import PolyCollection

from mlpkit import MLP
from mlpkit.depth import (
    plane_regions,
    sawtooth_network,
    shallow_sawtooth_network,
    square_network,
)
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, legend, panels
from mlpkit.figures.lines import UNIT_INTERVAL as X
from mlpkit.figures.numbers import format_number
from mlpkit.layers import Dense
from mlpkit.stage import Handle, Stage, slider, steps

DEEPEST = 12


@explorable(
    slides=["advantages-of-depth"],
    notice="every layer doubles the pieces; a layer of its own pays a unit for each",
)
def tent_map(k=3, n=6):
    """The tent map k times: 2ᵏ straight pieces from 2k units, and one hidden layer of n units beside it."""
    fig, (ax, count) = panels(
        8.4, 3.1, titles=("the network on [0, 1]", "hidden units needed"), ratios=(2, 1)
    )
    ax.set(xlim=(0, 1), ylim=(-0.55, 1.4), xlabel="x", yticks=(0, 0.5, 1))
    (deep,) = ax.plot([], [], color=COLOURS["network"], lw=4.5, label="k layers of 2 units")
    (wide,) = ax.plot([], [], color=COLOURS["unit"], lw=1.8, ls="--", label="one layer of n units")
    legend(ax, loc="upper left", ncols=2)
    every = np.arange(1, DEEPEST + 1)
    count.set(yscale="log", xlim=(0.5, DEEPEST + 0.5), ylim=(1, 9000), xlabel="k", xticks=(1, 4, 8, 12))
    count.plot(every, 2.0**every, "s--", ms=4, color=COLOURS["unit"], label="one layer: 2ᵏ")
    count.plot(every, 2 * every, "o-", ms=4, color=COLOURS["network"], label="deep: 2k")
    legend(count, loc="upper left")
    (here,) = count.plot([], [], "o", ms=11, mew=2.5, mfc="none", color=COLOURS["other_unit"])

    def update(k, n):
        kinks = np.arange(2**k + 1) / 2.0**k
        deep.set_data(kinks, sawtooth_network(k).predict(kinks[:, None])[:, 0])
        ends = np.append(kinks[: min(n, 2**k)], 1.0)
        wide.set_data(ends, shallow_sawtooth_network(k, n).predict(ends[:, None])[:, 0])
        here.set_data([k, k], [2 * k, 2**k])

    def describe(k, n):
        missing = 2**k - n
        verdict = (
            f"follows {n} of them and then runs out" if missing > 0 else "follows them all, a unit for each"
        )
        return (
            f"{k} layer{'s' * (k > 1)} of 2 units, {2 * k} units in all, fold [0, 1] into {2**k} straight "
            f"pieces. One hidden layer of {n} unit{'s' * (n > 1)} {verdict}."
        )

    return Stage(
        fig, update, [deep, wide, here], describe,
        k=steps(1, DEEPEST, k, label="folds k"),
        n=steps(1, 64, n, label="one layer: units n"),
    )  # fmt: skip


def paper_network(k, a, b):
    """2-4-…-4-1-1: layer by layer u ← |2u - 1| for both inputs (first |u|), then one unit cuts the stack.

    The cut goes from (a, 0) to (b, 1); the unit is active to the right of it.
    """
    absolute = np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])
    back = np.abs(absolute).T  # |u| = max(0, u) + max(0, -u)
    first = Dense(absolute, np.zeros(4), "relu")
    again = [Dense(2 * back @ absolute, -np.ones(2) @ absolute, "relu")] * (k - 1)
    cut = Dense(back @ [[1.0], [a - b]], [-a], "relu")
    return MLP.from_layers([first, *again, cut, Dense([[1.0]], [0.0])], output="gaussian")


@lru_cache(maxsize=64)
def paper(k, a, b):
    """-> polygons in [-1, 1]², their middles, whether the last unit is on there, the number of cut sheets."""
    found = plane_regions(paper_network(k, a, b), ((-1.0, 1.0), (-1.0, 1.0)))
    middles = np.array([polygon.mean(axis=0) for polygon in found.polygons])
    u = middles
    for layer in range(k):
        u = np.abs(2 * u - 1 if layer else u)
    on = u[:, 0] > a + (b - a) * u[:, 1]
    return found.polygons, middles, on, found.cells - 4**k


def creases(k):
    """(axis, place) of the 2k folds of a sheet [-1, 1]², in order: at 0, at ½ of what is left, and so on."""
    return [(axis, 1 - 0.5**layer) for layer in range(k) for axis in (0, 1)]


def folded(polygons, middles, k, done):
    """The polygons after `done` folds (2.5: in the middle of the third), and the order to draw them in."""
    points = np.concatenate(polygons)
    owner = np.repeat(np.arange(len(polygons)), [len(polygon) for polygon in polygons])
    places, height = middles.copy(), np.zeros(len(polygons))
    for number, (axis, c) in enumerate(creases(k)):
        turn = -np.cos(
            np.pi * np.clip(done - number, 0, 1)
        )  # -1: as it lay, 0: upright, 1: on the other side
        flap = places[:, axis] < c
        for at, moves in ((places, flap), (points, flap[owner])):
            at[moves, axis] = c + turn * (c - at[moves, axis])
        height += 2.0**number * flap * (done > number)
        if done <= number + 1:
            break
    ends = np.flatnonzero(np.diff(owner)) + 1
    return np.split(points, ends), np.argsort(height, kind="stable")


FOLDING = 48  # positions from the flat sheet to the stack


@explorable(
    slides=["advantages-of-depth"],
    notice="one straight cut through the stack is a pattern on the sheet: every fold repeats it",
)
def folding_paper(k=2, way=0, a=0.75, b=0.1):
    """A sheet folded k times in both directions and cut once, by one unit; the way from sheet to stack."""
    fig, (stack, sheet) = panels(
        7.0, 3.3, titles=("the stack: what the last unit sees", "the sheet: what the network does")
    )
    stack.set(xlim=(-0.06, 1.06), ylim=(-0.08, 1.08), xticks=(0, 1), yticks=(0, 1), aspect="equal")
    sheet.set(xlim=(-1.06, 1.06), ylim=(-1.06, 1.06), xticks=(-1, 0, 1), yticks=(-1, 0, 1), aspect="equal")
    stack.set(xlabel="u₁", ylabel="u₂")
    sheet.set(xlabel="x₁", ylabel="x₂")
    off_colour, on_colour = "#F4F4F4", COLOURS["network"]
    stack.fill([0, 1, 1, 0], [0, 0, 1, 1], facecolor=off_colour, edgecolor=COLOURS["guide"], lw=1)
    (on_side,) = stack.fill([0, 1, 1], [0, 0, 1], facecolor=on_colour, edgecolor="none")
    (cut,) = stack.plot([], [], color=COLOURS["unit"], lw=3)
    pieces = PolyCollection([], edgecolors=COLOURS["guide"], linewidths=0.8)
    sheet.add_collection(pieces, autolim=False)

    def update(k, way, a, b):
        polygons, middles, on, _ = paper(k, a, b)
        cut.set_data([a, b], [0, 1])
        on_side.set_xy([[a, 0], [1, 0], [1, 1], [b, 1]])
        moved, order = folded(polygons, middles, k, 2 * k * way / FOLDING)
        pieces.set_verts([moved[i] for i in order])
        pieces.set_facecolor([on_colour if on[i] else off_colour for i in order])

    def describe(k, way, a, b):
        cuts, done = paper(k, a, b)[3], 2 * k * way / FOLDING
        state = (
            "lies flat" if way == 0 else f"has been folded {format_number(round(done, 1))} of {2 * k} times"
        )
        return (
            f"{k} layer{'s' * (k > 1)} of 4 units fold the sheet into a stack of {4**k}; one more unit cuts "
            f"the stack from ({format_number(a)}, 0) to ({format_number(b)}, 1). The sheet {state}."
            f"{f' On it that is {cuts} cuts.' if way == 0 else ''}"
        )

    return Stage(
        fig, update, [on_side, cut, pieces], describe, play="way",
        handles=[
            Handle(stack, x="a", at=lambda k, way, a, b: (a, 0), label="lower end of the cut"),
            Handle(stack, x="b", at=lambda k, way, a, b: (b, 1), label="upper end of the cut"),
        ],
        k=steps(1, 3, k, label="layers that fold"),
        way=steps(0, FOLDING, way, label="fold the sheet"),
        a=slider(0, 1, a, step=0.05, label="cut, lower end"),
        b=slider(0, 1, b, step=0.05, label="cut, upper end"),
    )  # fmt: skip


MOST_LAYERS = 10


def best_shallow(n):
    """1/(8(n + 1)²): no curve of n + 1 straight pieces comes nearer to x² on [0, 1], in the largest error."""
    return 1 / (8 * (n + 1.0) ** 2)


@explorable(
    slides=["advantages-of-depth"],
    notice="every layer divides the error by 4; in one layer that takes twice the units",
)
def square_by_folding(m=5):
    """x² from m sawtooths, by m layers of three units, and how fast the error falls with the units."""
    fig, (ax, below, right) = panels(
        8.4, 3.1, titles=("x² and the network", "network − x²", "largest error"), ratios=(1, 1, 1.2)
    )
    ax.set(xlim=(0, 1), ylim=(-0.03, 1.03), xlabel="x", xticks=(0, 0.5, 1))
    ax.plot(X, X**2, color=COLOURS["target"], lw=5, alpha=0.5, label="x²")
    (curve,) = ax.plot([], [], "o-", ms=3.5, color=COLOURS["network"], lw=1.5, label="network")
    legend(ax, loc="upper left")
    below.set(xlim=(0, 1), ylim=(0, 1.25), xlabel="x", xticks=(0, 0.5, 1), yticks=(0, 1))
    (gap,) = below.plot([], [], color=COLOURS["error"], lw=1.2)
    scale = below.text(0.5, 0.9, "", ha="center", fontsize=TEXT_SIZE, transform=below.transAxes)
    units = 3 * np.arange(1, MOST_LAYERS + 1)
    right.set(yscale="log", xlim=(0, units[-1] + 2), ylim=(1e-8, 1), xlabel="hidden units")
    right.plot(units, best_shallow(units), "s--", ms=4, color=COLOURS["unit"], label="one layer, the best")
    right.plot(units, 4.0 ** -(units / 3 + 1), "-", color=COLOURS["guide"], lw=1.5, label="deep: 4⁻⁽ᵐ⁺¹⁾")
    (seen,) = right.plot([], [], "o", ms=7, color=COLOURS["network"], label="deep, measured")
    legend(right, loc="lower left")

    @lru_cache
    def measured(m):
        """The largest error of square_network(m): it is half-way between two kinks."""
        x = (2 * np.arange(2**m) + 1.0) / 2 ** (m + 1)
        return float((square_network(m).predict(x[:, None])[:, 0] - x**2).max())

    def update(m):
        kinks = np.arange(2**m + 1) / 2.0**m
        curve.set_data(kinks, square_network(m).predict(kinks[:, None])[:, 0])
        x = np.arange(2 ** (m + 3) + 1) / 2.0 ** (m + 3)
        gap.set_data(x, (square_network(m).predict(x[:, None])[:, 0] - x**2) * 4.0 ** (m + 1))
        scale.set_text(f"height {4.0 ** -(m + 1):.1e}".replace("-", "−"))
        seen.set_data(units[:m], [measured(i) for i in range(1, m + 1)])

    def describe(m):
        fewest = int(np.ceil(np.sqrt(1 / (8 * measured(m))))) - 1
        return (
            f"{m} layer{'s' * (m > 1)} of 3 units, {3 * m} units: {2**m} straight pieces, largest error "
            f"{measured(m):.2e}. One hidden layer of {3 * m} units cannot do better than "
            f"{best_shallow(3 * m):.2e}; for this error it needs at least {fewest} unit{'s' * (fewest != 1)}."
        )

    return Stage(
        fig, update, [curve, gap, scale, seen], describe, m=steps(1, MOST_LAYERS, m, label="layers m")
    )
