"""Set 08: the student's folds, their network, their count of its pieces, and the units in one layer."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from mlpkit.figures import COLOURS, figure, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, slider, steps

X = np.linspace(0, 1, 1025)  # holds every kink of up to ten folds
LOW, HIGH = -2.0, 2.0
LINE = np.linspace(LOW, HIGH, 1601)
ENDS = np.round(np.linspace(LOW, HIGH, 41)[1:], 2)
FOLDS = np.arange(1, 13)


def curve_of(params, x):
    """A ReLU network with one input and one output, along x."""
    A = x[:, None]
    for i, (W, b) in enumerate(params):
        A = (np.maximum(A, 0) if i else A) @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float)
    return A[:, 0]


def plural(count, word):
    """'1 piece', '8 pieces'."""
    return f"{count:,} {word}{'s' * (count != 1)}"


def sawtooth(function, k=3, x=0.3):
    """The student's k folds over [0, 1], and one x followed through them."""
    fig, (ax, path) = panels(
        8.0, 3.4, titles=("your sawtooth", "one x, fold by fold"), xlabel="x", ratios=(1.5, 1)
    )
    ax.set(xlim=(0, 1), ylim=(-0.03, 1.06), ylabel="y")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=1.8)
    (here,) = ax.plot([], [], "o", ms=9, color=COLOURS["unit"])
    (stem,) = ax.plot([], [], color=COLOURS["unit"], lw=1.2, ls="--")
    path.set(xlim=(-0.3, 8.3), ylim=(-0.03, 1.06), xlabel="folds")
    (places,) = path.plot([], [], "o-", color=COLOURS["unit"], lw=1.2, ms=6)

    def folded(x, k):
        return np.asarray(function(np.array(x, dtype=float), k), dtype=float) if k else np.asarray(x)

    def followed(k, x):
        return [float(folded([x], j)[0]) for j in range(k + 1)]

    def update(k, x):
        curve.set_ydata(folded(X, k))
        here.set_data([x], [followed(k, x)[-1]])
        stem.set_data([x, x], [0, followed(k, x)[-1]])
        places.set_data(range(k + 1), followed(k, x))

    def describe(k, x):
        way = " → ".join(format_number(value) for value in followed(k, x))
        return f"{plural(k, 'fold')}, {plural(2**k, 'piece')} of slope ±{2**k}: x goes {way}."

    return Stage(
        fig, update, [curve, stem, here, places], describe, play="k",
        handles=[Handle(ax, x="x", at=lambda k, x: (x, 0.0), label="x")],
        k=steps(1, 8, k, label="folds k"), x=slider(0, 1, x, step=0.02, label="x"),
    )  # fmt: skip


def sawtooth_network(function, count, k=3, shift=0.0):
    """The student's network, its pieces by the student's count, and what a bias that moves makes of them."""
    fig, ax = figure(height=3.6)
    ax.set(xlim=(0, 1), ylim=(-0.6, 1.25))
    ax.axhline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    (right,) = ax.plot(X, X, color=COLOURS["target"], lw=4, alpha=0.4, label="the bias where you put it")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=1.8, label="your network")
    legend(ax, loc="lower left", ncols=2)

    @lru_cache(maxsize=64)
    def network(k, shift):
        params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in function(k)]
        params[0][1][-1] += shift * np.abs(params[0][0]).max()  # of the last unit of the first layer
        pieces = int(count([(W.copy(), b.copy()) for W, b in params], 0.0, 1.0))
        return curve_of(params, X), pieces, [len(b) for _, b in params[:-1]]

    def update(k, shift):
        curve.set_ydata(network(k, shift)[0])
        right.set_ydata(network(k, 0.0)[0] if shift else np.full(X.shape, np.nan))

    def describe(k, shift):
        _, pieces, widths = network(k, shift)
        moved = f" One bias of the first layer has moved by {format_number(shift)}." if shift else ""
        return (
            f"{plural(len(widths), 'hidden layer')} with {plural(sum(widths), 'unit')} in all: "
            f"your count finds {plural(pieces, 'piece')} between 0 and 1.{moved}"
        )

    return Stage(
        fig, update, [right, curve], describe,
        k=steps(1, 8, k, label="folds k"),
        shift=slider(-0.2, 0.2, shift, step=0.02, label="move one bias by"),
    )  # fmt: skip


def random_params(width, depth, draw):
    """A ReLU network 1-width-…-1 with He weights and biases N(0, 1) in its first layer, N(0, 0.3²) behind."""
    rng = np.random.default_rng(draw)
    widths = [1, *[width] * depth, 1]
    return [
        (rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), rng.normal(0, 0.3 if i else 1.0, n_out))
        for i, (n_in, n_out) in enumerate(pairwise(widths))
    ]


def count_linear_pieces(function, width=8, depth=2, draw=2, hi=2.0):
    """A random network's curve; below, the student's count from −2 to every place on the right."""
    fig, (ax, below) = figure(height=4.3, rows=(3, 2), ylabel=("network", "your count"))
    ax.set(xlim=(LOW, HIGH), ylim=(-1.15, 1.15))
    below.set(ylim=(0, 26))
    (grey,) = ax.plot(LINE, LINE, color=COLOURS["target"], lw=1.5)
    (curve,) = ax.plot([], [], color=COLOURS["network"], lw=2.6)
    (counts,) = below.plot([], [], color=COLOURS["unit"], lw=2, drawstyle="steps-pre")
    (now,) = below.plot([], [], "o", ms=8, color=COLOURS["unit"])

    @lru_cache(maxsize=32)
    def network(width, depth, draw):
        params = random_params(width, depth, draw)
        y = curve_of(params, LINE)
        middle = (y.max() + y.min()) / 2
        return params, (y - middle) / max(np.ptp(y) / 2, 1e-9)

    @lru_cache(maxsize=4096)
    def pieces(width, depth, draw, hi):
        params = [(W.copy(), b.copy()) for W, b in network(width, depth, draw)[0]]
        return int(function(params, LOW, hi))

    def update(width, depth, draw, hi):
        y = network(width, depth, draw)[1]
        inside = hi + 1e-9 >= LINE
        grey.set_ydata(y)
        curve.set_data(LINE[inside], y[inside])
        ends = [float(end) for end in ENDS if end <= hi + 1e-9]
        counts.set_data(ends, [pieces(width, depth, draw, end) for end in ends])
        now.set_data(ends[-1:], [pieces(width, depth, draw, ends[-1])])

    def describe(width, depth, draw, hi):
        layers = plural(depth, "hidden layer")
        return (
            f"{layers} of {plural(width, 'unit')}, {plural(width * depth, 'unit')} in all, random weights: "
            f"your count finds {plural(pieces(width, depth, draw, hi), 'piece')} between −2 and "
            f"{format_number(hi)}."
        )

    return Stage(
        fig, update, [grey, curve, counts, now], describe,
        width=steps(2, 8, width, label="units a layer"),
        depth=steps(1, 3, depth, label="hidden layers"),
        draw=steps(0, 9, draw, label="draw of the weights"),
        hi=slider(float(ENDS[0]), HIGH, hi, step=0.1, label="count up to"),
    )  # fmt: skip


def shallow_units_needed(function, k=3):
    """Units for the sawtooth of k folds: in one layer by the student's formula, and two per fold."""
    fig, ax = figure(height=3.6, xlabel="folds k", ylabel="hidden units")
    ax.set(xlim=(0.5, 12.5), ylim=(1, 9000), yscale="log", xticks=FOLDS)
    ax.plot(FOLDS, 2 * FOLDS, "s-", color=COLOURS["other_unit"], lw=1.8, ms=6, label="k layers: 2k")
    wide = [int(function(int(fold))) for fold in FOLDS]
    ax.plot(FOLDS, wide, "o-", color=COLOURS["unit"], lw=1.8, ms=6, label="one layer: your count")
    legend(ax, loc="upper left")
    (gap,) = ax.plot([], [], color=COLOURS["network"], lw=2)
    (ends,) = ax.plot([], [], "o", ms=11, mew=2.2, mfc="none", color=COLOURS["network"])

    def update(k):
        gap.set_data([k, k], [2 * k, wide[k - 1]])
        ends.set_data([k, k], [2 * k, wide[k - 1]])

    def describe(k):
        one = wide[k - 1]
        return (
            f"{plural(k, 'fold')}: {plural(2 * k, 'unit')} in {plural(k, 'layer')}, or "
            f"{plural(one, 'unit')} in one layer by your count, {format_number(one / (2 * k))} times as many."
        )

    return Stage(fig, update, [gap, ends], describe, play="k", k=steps(1, 12, k, label="folds k"))
