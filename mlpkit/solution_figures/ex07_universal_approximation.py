"""Set 07: the student's bump, many of them along a target, a gate for two, and units for a given error."""

from functools import lru_cache

import numpy as np

from mlpkit.approximation import TARGETS
from mlpkit.figures import COLOURS, figure, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, choice, log_slider, slider, steps

X = np.linspace(0, 1, 801)
SIDE = np.linspace(0, 1, 61)


def bump(function, s1=0.3, s2=0.7, h=0.8, w=32.0):
    """The student's bump over the box that it stands for."""
    fig, ax = figure(height=3.4, ylabel="output")
    ax.set(xlim=(0, 1), ylim=(-2.15, 2.15))
    ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    (box,) = ax.plot([], [], color=COLOURS["target"], lw=4, alpha=0.5, label="the box it is to be")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=2.6, label="your bump")
    legend(ax, loc="lower left", ncols=2)

    def at(x, s1, s2, h, w):
        if s1 >= s2:  # no bump; the question leaves it open
            return np.full(np.shape(x), np.nan)
        with np.errstate(over="ignore"):
            return np.asarray(function(np.array(x, dtype=float), s1, s2, h, w), dtype=float)

    def update(s1, s2, h, w):
        box.set_data([0, s1, s1, s2, s2, 1], [0, 0, h, h, 0, 0])
        curve.set_ydata(at(X, s1, s2, h, w))

    def describe(s1, s2, h, w):
        if s1 >= s2:
            return "No bump: the first step must stand before the second. Your function is not asked."
        (middle,) = at([(s1 + s2) / 2], s1, s2, h, w)
        return (
            f"Two units of weight w = {format_number(w)} step at {format_number(s1)} and "
            f"{format_number(s2)}. Half-way your bump is "
            f"{format_number(float(middle))} high, asked for is {format_number(h)}."
        )

    return Stage(
        fig, update, [box, curve], describe,
        handles=[
            Handle(ax, x="s1", at=lambda s1, s2, h, w: (s1, h / 2), label="first step"),
            Handle(ax, x="s2", at=lambda s1, s2, h, w: (s2, h / 2), label="second step"),
            Handle(ax, y="h", at=lambda s1, s2, h, w: ((s1 + s2) / 2, h), label="height"),
        ],
        s1=slider(0, 1, s1, step=0.02, label="first step s₁"),
        s2=slider(0, 1, s2, step=0.02, label="second step s₂"),
        h=slider(-2, 2, h, step=0.1, label="height h"),
        w=log_slider(1, 1024, w, per_octave=2, label="weight w"),
    )  # fmt: skip


def bump_network(function, edges, n=10, steepness=8.0, target="nielsen"):
    """The student's network along a target, the student's edges, and where it is farthest off."""
    fig, ax = figure(height=3.7)
    ax.set(xlim=(0, 1), ylim=(-0.3, 1.5))
    (wanted,) = ax.plot(X, X, color=COLOURS["target"], lw=4, alpha=0.6, label="target f")
    (marks,) = ax.plot([], [], "|", ms=10, mew=1.3, color=COLOURS["unit"], clip_on=False, label="your edges")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=2, label="your network")
    (worst,) = ax.plot([], [], "o", ms=10, mew=2, mfc="none", color=COLOURS["error"], clip_on=False)
    legend(ax, loc="upper left", ncols=3)

    @lru_cache(maxsize=256)
    def network(n, steepness, target):
        parts = function(TARGETS[target].f, n, steepness * n)
        W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in parts)
        z = X[:, None] @ W1.reshape(1, -1) + b1
        a = (1 + np.tanh(z / 2)) / 2
        return (a @ W2.reshape(-1, 1) + b2)[:, 0], b1.size

    def gaps(n, steepness, target):
        return np.abs(network(n, steepness, target)[0] - TARGETS[target].f(X))

    def update(n, steepness, target):
        y = network(n, steepness, target)[0]
        at = int(gaps(n, steepness, target).argmax())
        wanted.set_ydata(TARGETS[target].f(X))
        curve.set_ydata(y)
        places = np.asarray(edges(n), dtype=float)
        marks.set_data(places, np.full(places.shape, -0.24))
        worst.set_data([X[at]], [y[at]])

    def describe(n, steepness, target):
        off = gaps(n, steepness, target)
        return (
            f"{n} pieces from {network(n, steepness, target)[1]} hidden units of weight "
            f"{format_number(steepness * n)}. Mean error {off.mean():.4f}, "
            f"largest {off.max():.3f} at x = {X[off.argmax()]:.2f}."
        )

    return Stage(
        fig, update, [wanted, marks, curve, worst], describe, play="n",
        n=steps(2, 100, n, label="pieces N"),
        steepness=log_slider(1, 128, steepness, per_octave=1, label="steepness w/N"),
        target=choice({t.label: name for name, t in TARGETS.items()}, target, label="target"),
    )  # fmt: skip


def tower_gate(function, bump, h=4.0, w=64.0):
    """Two of the student's bumps, one along each input, and the student's gate on their sum: a tower."""
    fig, (ax, plane) = panels(
        8.0, 3.7, titles=("your gate for two bumps", "the tower over two inputs"), ratios=(1.2, 1)
    )
    sums = np.linspace(-0.2, 2.2, 241)
    ax.set(xlim=(-0.2, 2.2), ylim=(-0.05, 1.08), xlabel="sum s of the bumps", ylabel="gate", xticks=(0, 1, 2))
    ax.axvline(1.5, color=COLOURS["guide"], lw=1, ls=":")
    (curve,) = ax.plot(sums, sums, color=COLOURS["network"], lw=2.5)
    (levels,) = ax.plot([], [], "o", ms=9, color=COLOURS["unit"])
    plane.set(xlabel="x₁", ylabel="x₂", xticks=(0, 0.3, 0.7, 1), yticks=(0, 0.3, 0.7, 1))
    image = plane.imshow(
        np.zeros((61, 61)), cmap="cividis", vmin=0, vmax=1, origin="lower", extent=(0, 1, 0, 1),
        interpolation="nearest",
    )  # fmt: skip

    def gate(s, h):
        with np.errstate(over="ignore"):
            return np.asarray(function(np.array(s, dtype=float), h, 2), dtype=float)

    def tower(h, w):
        with np.errstate(over="ignore"):
            one = np.asarray(bump(SIDE.copy(), 0.3, 0.7, 1.0, w), dtype=float)
        return gate(one[:, None] + one[None, :], h)

    def update(h, w):
        curve.set_ydata(gate(sums, h))
        levels.set_data([0, 1, 2], gate([0, 1, 2], h))
        image.set_data(tower(h, w))

    def describe(h, w):
        none, one, both = gate([0, 1, 2], h)
        return (
            f"Gate of weight h = {format_number(h)}: {format_number(none, 2)} where no bump is on, "
            f"{format_number(one, 2)} where one "
            f"is, {format_number(both, 2)} where both are. In the middle the tower "
            f"reaches {format_number(tower(h, w)[30, 30], 2)}."
        )

    return Stage(
        fig, update, [curve, levels, image], describe,
        h=slider(1, 40, h, step=1, label="gate's weight h"),
        w=log_slider(4, 512, w, per_octave=1, label="bumps' weight w"),
    )  # fmt: skip


def units_for_error(function, L=4.0, eps=0.25):
    """A zigzag of slope ±L, ideal steps as many as the student's count allows, and the band of ±eps."""
    fig, ax = figure(height=3.6)
    ax.set(xlim=(0, 1), ylim=(-0.15, 1.75))
    (band,) = ax.plot([], [], color=COLOURS["other_unit"], lw=1.2, ls="--", label="f ± ε")
    (wanted,) = ax.plot(X, X, color=COLOURS["target"], lw=4, alpha=0.6, label="f, slope ±L")
    (curve,) = ax.plot([], [], color=COLOURS["network"], lw=2, label="as many steps as you allow")
    legend(ax, loc="upper right", ncols=3)

    def f(x, L):
        return L * np.abs((x + 1 / L) % (2 / L) - 1 / L)  # between 0 and 1

    def levels(L, eps):
        units = int(function(L, eps))
        ends = np.linspace(0, 1, units + 2)
        return units, ends, f((ends[:-1] + ends[1:]) / 2, L)

    def update(L, eps):
        _, ends, y = levels(L, eps)
        wanted.set_ydata(f(X, L))
        band.set_data(np.r_[X, np.nan, X], np.r_[f(X, L) - eps, np.nan, f(X, L) + eps])
        curve.set_data(np.repeat(ends, 2)[1:-1], np.repeat(y, 2))

    def describe(L, eps):
        units, _, y = levels(L, eps)
        piece = np.minimum((X * len(y)).astype(int), len(y) - 1)
        off = float(np.abs(f(X, L) - y[piece]).max())
        return (
            f"L = {format_number(L)}, ε = {format_number(eps)}: your count is {units} "
            f"unit{'s' * (units != 1)}, {units + 1} "
            f"piece{'s' * (units != 0)}. The bound L/2N is {format_number(L / (2 * (units + 1)))}, here the "
            f"error is {format_number(off)}."
        )

    return Stage(
        fig, update, [band, wanted, curve], describe,
        L=slider(1, 10, L, step=0.5, label="slope L"),
        eps=slider(0.05, 0.5, eps, step=0.05, label="error ε"),
    )  # fmt: skip
