"""Slide 22 with two inputs: one tower, a surface of towers, and their number in d dimensions."""

from functools import lru_cache
from math import ceil

import numpy as np
from matplotlib.collections import PolyCollection

from mlpkit.activations import sigmoid
from mlpkit.approximation import (
    TARGETS_2D,
    bump,
    errors_2d,
    evaluate_grid,
    naive_tower_units,
    tower,
    tower_network,
)
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, figure, legend, panels
from mlpkit.figures.numbers import format_number, superscript
from mlpkit.stage import Stage, choice, log_slider, slider, steps

CELLS = np.linspace(0.0, 1.0, 101)
FINE = 240  # intervals on which errors are measured, or a little more
SLICES = np.arange(0, 101, 4)  # of which rows the landscape shows the profile
DEPTH, LEAN, RISE = 0.9, 0.35, 1.0  # the drawn length of the axis of x₂, upwards and to the right; of 1


def landscape(ax, colour="network"):
    """An empty collection for `show`: slices through a surface on the unit square, one behind the other."""
    ax.set(xlim=(-0.05, 1.4), ylim=(-0.3, 2.0))
    ax.set_axis_off()
    ax.text(0.5, -0.07, "x₁", ha="center", va="top", fontsize=TEXT_SIZE)
    ax.text(1.24, 0.36, "x₂", ha="left", va="top", fontsize=TEXT_SIZE)
    slices = PolyCollection([], facecolors="white", edgecolors=COLOURS[colour], linewidths=1.1)
    ax.add_collection(slices, autolim=False)
    return slices


def show(slices, Y):
    """Draw Y (101, 101), first index for x₁, values about 0 to 1, as slices, the farthest first."""
    ribbons = []
    for j in SLICES[::-1]:
        x, ground = CELLS + LEAN * CELLS[j], np.full(len(CELLS), DEPTH * CELLS[j])
        top = ground + RISE * np.clip(Y[:, j], -0.3, 1.3)
        ribbons.append(np.column_stack([np.r_[x, x[::-1]], np.r_[top, ground]]))
    slices.set_verts(ribbons)


EDGES = (0.3, 0.7)
LOCKS = {"locked to −3h/2": True, "from its slider": False}


@explorable(
    slides=["visual-proof"],
    notice="σ(h(u + v) + b) says and: with b = −3h/2 the threshold lies between one bump and two",
)
def one_tower(h=0.3, lock=True, b=-20.0, w=128.0):
    """Two crossing bumps u(x₁) + v(x₂), and a unit of the second hidden layer with a threshold on the sum."""
    titles = ("σ(h(u + v) + b) over the square", "the unit of the second layer")
    fig, (ax, unit) = panels(7.4, 3.5, titles=titles, ratios=(1.15, 1))
    slices = landscape(ax)
    T = np.linspace(-0.15, 2.15, 301)
    unit.set(xlim=(-0.15, 2.15), ylim=(-0.05, 1.3), xticks=(0, 1, 2), xlabel="u + v")
    (middle,) = unit.plot([], [], color=COLOURS["guide"], lw=1.4, ls="--", label="threshold −b/h")
    (curve,) = unit.plot(T, T, color=COLOURS["network"], lw=2.4, label="σ(h(u + v) + b)")
    looks = (("outside, 0 bumps", "D"), ("beside, 1 bump", "s"), ("inside, 2 bumps", "o"))
    colours = (COLOURS["guide"], COLOURS["other_unit"], COLOURS["unit"])
    dots = [
        unit.plot([], [], mark, ms=10, mew=2, color=colour, ls="", label=label)[0]
        for (label, mark), colour in zip(looks, colours, strict=True)
    ]
    legend(unit, loc="upper left", ncols=1)

    def bias(h, lock, b):
        return -1.5 * h if lock else b

    def update(h, lock, b, w):
        b = bias(h, lock, b)
        show(slices, tower(CELLS[:, None], CELLS, EDGES, EDGES, h, w, b))
        curve.set_ydata(sigmoid(h * T + b))
        at = -b / h if h else np.nan
        middle.set_data([at, at], [-0.05, 1.3])
        for k, dot in enumerate(dots):
            dot.set_data([k], [sigmoid(h * k + b)])

    def describe(h, lock, b, w):
        b, top = bias(h, lock, b), float(bump(0.5, *EDGES, 1.0, w))
        inside, beside, outside = (float(sigmoid(h * k * top + b)) for k in (2, 1, 0))
        return (
            f"h = {format_number(h)}, b = {format_number(b)}{', which is −3h/2' if lock else ''}: inside "
            "the square "
            f"{inside:.3f}, beside it, where one bump is up, {beside:.3f}, and outside both {outside:.3f}."
        )

    return Stage(
        fig, update, [slices, middle, curve, *dots], describe,
        h=slider(0, 50, h, step=0.1, label="weight h", format=".1f"),
        lock=choice(LOCKS, lock, label="bias b is"),
        b=slider(-100, 0, b, step=0.5, label="bias b", format=".1f"),
        w=log_slider(4, 1024, w, label="steepness w"),
    )  # fmt: skip


@explorable(
    slides=["visual-proof"],
    notice="M × M towers follow a surface; the mean error falls, the corners where no tower stands remain",
)
def towers(m=6, steepness=32.0, target="waves"):
    """A network with two hidden layers, one tower over each of M × M squares."""
    fig, (left, right) = panels(7.4, 3.5, titles=("target f", "network ŷ"))
    wanted, slices = landscape(left, "target"), landscape(right)

    @lru_cache(maxsize=2)
    def approximation(m, steepness, target):
        f = TARGETS_2D[target].f
        net = tower_network(f, m, steepness * m)
        Y = evaluate_grid(net, CELLS, CELLS)
        x = np.linspace(0.0, 1.0, m * ceil(FINE / m) + 1)  # has the corners of all squares
        fine = evaluate_grid(net, x, x)

        def surface(X1, X2):
            points = np.column_stack([X1.ravel(), X2.ravel()])
            return fine if X1.shape == fine.shape else net.predict(points).reshape(X1.shape)

        return net, Y, errors_2d(f, surface, len(x))

    def update(m, steepness, target):
        show(wanted, TARGETS_2D[target](*np.meshgrid(CELLS, CELLS, indexing="ij")))
        show(slices, approximation(m, steepness, target)[1])

    def describe(m, steepness, target):
        net, _, found = approximation(m, steepness, target)
        return (
            f"{m} × {m} towers share their steps: {net.hidden_units} hidden units; with four steps for each "
            f"5M² = {naive_tower_units(m, 2)}. Mean error {found.l1:.4f}, "
            f"largest {found.sup:.3f} at ({found.at[0]:.2f}, {found.at[1]:.2f})."
        )

    return Stage(
        fig, update, [wanted, slices], describe,
        m=steps(1, 30, m, label="towers M a side"),
        steepness=log_slider(4, 128, steepness, label="steepness w/M"),
        target=choice({t.label: name for name, t in TARGETS_2D.items()}, target, label="target"),
    )  # fmt: skip


DIMENSIONS = np.arange(1, 11)


def tower_weights(m, d):
    """Numbers in mᵈ towers: for each 2d steps (w, b), a unit of 2d weights and b, an output weight."""
    return (6 * d + 2) * m**d


@explorable(
    slides=["universality", "visual-proof"],
    notice="each further input multiplies the units by the number of bins: the curse of dimension",
)
def curse(d=2, bins=10):
    """How many hidden units it takes to put a tower into every cell, from 1 input to 10."""
    fig, ax = figure(height=3.6, xlabel="inputs d", ylabel="hidden units")
    ax.set(
        yscale="log", xlim=(0.5, 10.5), ylim=(1, 1e15), xticks=DIMENSIONS, yticks=10.0 ** np.arange(0, 16, 3)
    )
    for level, name in ((1e6, "a million"), (1e9, "a billion"), (1e12, "a trillion")):
        ax.axhline(level, color=COLOURS["guide"], lw=1, ls=":")
        ax.text(0.6, level * 1.3, name, fontsize=TEXT_SIZE - 1, color=COLOURS["target"])
    (line,) = ax.plot(
        DIMENSIONS, DIMENSIONS, "o-", color=COLOURS["network"], lw=2, ms=6, label="a tower in each cell"
    )
    (drop,) = ax.plot([], [], color=COLOURS["error"], lw=2, ls="--")
    (here,) = ax.plot([], [], "o", ms=13, mew=2.5, mfc="none", color=COLOURS["error"], label="this d")
    legend(ax, loc="upper left", ncols=2)

    def update(d, bins):
        line.set_ydata([float(naive_tower_units(bins, int(k))) for k in DIMENSIONS])
        count = float(naive_tower_units(bins, d))
        drop.set_data([d, d], [1, count])
        here.set_data([d], [count])

    def describe(d, bins):
        count, size = naive_tower_units(bins, d), 4 * tower_weights(bins, d)
        return (
            f"{d} input{'s' * (d > 1)} with {bins} bins each: {bins}{superscript(d)} = {amount(bins**d)} "
            f"cells. 2d + 1 units for each make {amount(count)}; their weights fill {memory(size)} in "
            "float32."
        )

    return Stage(
        fig, update, [line, drop, here], describe,
        d=steps(1, 10, d, label="inputs d"),
        bins=steps(2, 20, bins, label="bins an axis"),
    )  # fmt: skip


def amount(count):
    """A whole number with thin spaces between its thousands."""
    return f"{count:,}".replace(",", "\u202f")


def memory(size):
    """Bytes in the largest unit that leaves at least one."""
    names = ("bytes", "kB", "MB", "GB", "TB", "PB")
    thousands = min(int(np.log10(size) // 3), len(names) - 1)
    return f"{size / 1000**thousands:.3g} {names[thousands]}"
