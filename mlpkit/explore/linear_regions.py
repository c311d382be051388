"""Slide 23, how many linear regions: in the plane, and on a line for weights by hand, at random, trained."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import PolyCollection

from mlpkit import MLP
from mlpkit.depth import (
    deep_bound,
    folded_network,
    line_regions,
    montufar_bound,
    plane_regions,
    shallow_bound,
)
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, panels
from mlpkit.program import TrainingProgram
from mlpkit.stage import Stage, choice, steps

TINTS = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#D0D0D0")  # Okabe and Ito, and grey
MOST_DRAWN = 3000  # cells; more would be too small to see
BY_HAND, AT_RANDOM, TRAINED = "folding, by hand", "random", "trained"


def random_network(widths, seed):
    """He weights, biases N(0, 0.1²) in the hidden layers."""
    rng = np.random.default_rng(seed)
    net = MLP(widths, "relu", "gaussian", init="he", rng=rng)
    for layer in net.layers[:-1]:
        layer.b[:] = rng.normal(0, 0.1, layer.n_out)
    return net


@lru_cache(maxsize=128)
def regions_of(width, depth, weights, seed):
    """The regions of 2-width-…-width-1: by hand in the unit square, at random in [-2, 2]²."""
    widths = [2, *[width] * depth]
    if weights == BY_HAND:
        return plane_regions(folded_network(widths))
    return plane_regions(random_network([*widths, 1], seed), ((-2.0, 2.0), (-2.0, 2.0)))


@explorable(
    slides=["advantages-of-depth"],
    notice="folding by hand reaches Montúfar's bound, far above one layer; random weights do not",
)
def region_counter(width=8, depth=2, weights=BY_HAND, seed=0):
    """The linear regions of a network with two inputs, drawn and counted exactly, beside the bounds."""
    fig, (ax, bars) = panels(8.4, 3.4, titles=("linear regions", "how many (log scale)"), ratios=(1, 1.15))
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], aspect="equal")
    cells = PolyCollection([], edgecolors="black", linewidths=0.4)
    ax.add_collection(cells, autolim=False)
    zoom = ax.text(0.5, -0.03, "", ha="center", va="top", fontsize=TEXT_SIZE - 1)
    names = (
        "no net of this shape\nhas more",
        "Montúfar: some\nnet has",
        "one hidden layer,\nsame units",
        "counted here",
    )
    bars.set(xscale="log", xlim=(1, 3e6), ylim=(-0.6, 3.6), yticks=range(4))
    bars.set_yticklabels(names[::-1], fontsize=TEXT_SIZE - 1)
    colours = ("guide", "other_unit", "unit", "network")
    rows = [bars.plot([], [], color=COLOURS[colour], lw=13, solid_capstyle="butt")[0] for colour in colours]
    numbers = [bars.text(1, 3 - row, "", fontsize=TEXT_SIZE, va="center") for row in range(4)]

    def counts(width, depth, found):
        widths = [2, *[width] * depth]
        return deep_bound(widths), montufar_bound(widths), shallow_bound(2, width * depth), found.count

    def update(width, depth, weights, seed):
        found = regions_of(width, depth, weights, seed)
        polygons, region = found.polygons, found.region
        low, side = (
            (0.0, 1.0) if weights == BY_HAND else (-2.0, 4.0)
        )  # the window is drawn as the unit square
        if found.cells > MOST_DRAWN:
            low, side = 0.0, 0.25
            inside = [i for i, polygon in enumerate(polygons) if polygon.max() <= side + 1e-9]
            polygons, region = [polygons[i] for i in inside], region[inside]
        zoom.set_text("a sixteenth of the square, enlarged" if found.cells > MOST_DRAWN else "")
        cells.set_verts([(polygon - low) / side for polygon in polygons])
        tint = np.random.default_rng(0).integers(len(TINTS), size=found.count)
        cells.set_facecolor([TINTS[tint[number]] for number in region])
        for row, (line, text, n) in enumerate(zip(rows, numbers, counts(width, depth, found), strict=True)):
            line.set_data([1, n], [3 - row] * 2)
            text.set_position((n * 1.25, 3 - row))
            text.set_text(f"{n:,}")

    def describe(width, depth, weights, seed):
        found = regions_of(width, depth, weights, seed)
        _, some, shallow, here = counts(width, depth, found)
        layers = f"{depth} layer{'s' * (depth > 1)} of {width} units"
        how = "folding by hand" if weights == BY_HAND else f"random weights, draw {seed}"
        return (
            f"{layers}, 2 inputs, {how}: {here:,} linear regions. Montúfar's bound says that some weights "
            f"give {some:,}; one hidden layer of {width * depth} units has at most {shallow:,}."
        )

    return Stage(
        fig, update, [cells, zoom, *rows, *numbers], describe,
        width=steps(2, 8, width, step=2, label="units a layer"),
        depth=steps(1, 3, depth, label="layers"),
        weights=choice([BY_HAND, AT_RANDOM], weights, label="weights"),
        seed=steps(0, 9, seed, label="draw (if random)"),
    )  # fmt: skip


SHAPES = {"1 × 32": [32], "2 × 16": [16] * 2, "4 × 8": [8] * 4, "8 × 4": [4] * 8}
LOW, HIGH = -4.0, 4.0
SEEDS, DRAWS = 40, 5  # networks for a mean, and those that can be chosen
XS = np.linspace(LOW, HIGH, 161)[:, None]


def teeth(x):
    """A target of sixteen straight pieces on [-4, 4], between 0 and 1, which a deep network can represent."""
    return np.abs((2 * x) % 2 - 1)


@lru_cache(maxsize=64)
def on_the_line(shape, weights, seed):
    """The linear regions on [-4, 4] of a net with one input and 32 hidden units in the given shape."""
    widths = [1, *SHAPES[shape]]
    if weights == BY_HAND:
        net = folded_network(widths)
        first = net.layers[0]
        first.b[:] += first.W[0] * -LOW / (HIGH - LOW)
        first.W[:] /= HIGH - LOW  # [-4, 4] is stretched onto [0, 1]
    else:
        net = random_network([*widths, 1], seed)
    if weights == TRAINED:
        program = TrainingProgram(net, len(XS), "adam", 0.01, dtype="float64")
        for _ in range(500):
            program.step(XS, teeth(XS))
    return line_regions(net, [LOW], [HIGH])


COLUMNS = 600  # of the picture; finer detail cannot be seen, and takes a browser minutes to draw


def visible(x, y):
    """A curve, reduced to its lowest and its highest point in each column of the picture, if it has more."""
    if len(x) <= 2 * COLUMNS:
        return x, y
    column = np.minimum((x - LOW) / (HIGH - LOW) * COLUMNS, COLUMNS - 1).astype(int)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    ends = np.stack([np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)], axis=1)
    return np.repeat(x[starts], 2), ends.ravel()


@lru_cache(maxsize=1)
def means():
    """{shape: mean number of pieces over 40 random nets}."""
    return {
        shape: float(np.mean([on_the_line.__wrapped__(shape, AT_RANDOM, s).count for s in range(SEEDS)]))
        for shape in SHAPES
    }


@explorable(
    slides=["advantages-of-depth", "universality-and-depth"],
    notice="by hand depth makes thousands of pieces; random or trained nets have about one a unit",
)
def honesty_switch(shape="4 × 8", weights=AT_RANDOM, seed=0):
    """32 hidden units in four shapes: the pieces of the function by hand, at random, after training."""
    fig, (ax, count) = panels(
        8.4, 3.2, titles=("the network, a mark at each kink", "linear pieces on [−4, 4]"), ratios=(1.35, 1)
    )
    ax.set(xlim=(LOW, HIGH), ylim=(-0.22, 1.1), xlabel="x", ylabel="ŷ, scaled to 0 … 1", yticks=[0, 1])
    (curve,) = ax.plot([], [], color=COLOURS["network"], lw=2)
    (kinks,) = ax.plot([], [], "|", ms=11, mew=1, color=COLOURS["unit"])
    at = np.arange(len(SHAPES))
    best = [montufar_bound([1, *hidden]) for hidden in SHAPES.values()]
    count.set(yscale="log", xlim=(-0.5, 3.5), ylim=(1, 3e5), xticks=at, xlabel="layers × units")
    count.set_xticklabels(SHAPES)
    count.plot(at, best, "s--", ms=7, color=COLOURS["other_unit"], label="by hand")
    (random,) = count.plot([], [], "o-", ms=7, color=COLOURS["network"], label="random, mean")
    (here,) = count.plot([], [], "D", ms=12, mew=2.5, mfc="none", color=COLOURS["unit"], label="this net")
    count.legend(fontsize=TEXT_SIZE - 1, framealpha=0.85, edgecolor="none", loc="upper left")

    def update(shape, weights, seed):
        found = on_the_line(shape, weights, seed)
        x, y = found.X[:, 0], found.Y[:, 0]
        curve.set_data(*visible(x, (y - y.min()) / (np.ptp(y) + 1e-12)))
        marks = np.unique(visible(x[1:-1], x[1:-1])[0])
        kinks.set_data(marks, np.full(len(marks), -0.13))
        here.set_data([list(SHAPES).index(shape)], [found.count])
        random.set_data(([], []) if weights == BY_HAND else (at, list(means().values())))

    def describe(shape, weights, seed):
        found = on_the_line(shape, weights, seed)
        how = {
            BY_HAND: "weights that fold, set by hand",
            AT_RANDOM: f"random weights, draw {seed}",
            TRAINED: f"random weights, draw {seed}, after 500 steps of training on 16 pieces",
        }[weights]
        pieces = f"{found.count:,} linear piece{'s' * (found.count != 1)}"
        return (
            f"{shape} units, {how}: {pieces}. By hand {shape} reaches {best[list(SHAPES).index(shape)]:,}"
            + ("." if weights == BY_HAND else f"; the mean of {SEEDS} random nets is {means()[shape]:.1f}.")
        )

    return Stage(
        fig, update, [curve, kinks, random, here], describe,
        shape=choice(list(SHAPES), shape, label="layers × units"),
        weights=choice([BY_HAND, AT_RANDOM, TRAINED], weights, label="weights"),
        seed=steps(0, DRAWS - 1, seed, label="draw"),
    )  # fmt: skip
