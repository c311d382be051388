"""Slides 21 and 22: one step, one bump, and N bumps."""

from functools import lru_cache

import numpy as np

from mlpkit.approximation import (
    TARGETS,
    bump,
    bump_network,
    errors,
    merged_network,
    step,
)
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.lines import UNIT_INTERVAL as X
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, choice, log_slider, slider, steps

BUILDS = {"2N units: N bumps": bump_network, "N − 1 units: merged steps": merged_network}


@explorable(
    slides=["visual-proof"],
    notice="a large weight turns the sigmoid into a step; −b/w says where it stands",
)
def one_step(w=8.0, s=0.4):
    """One hidden unit σ(w(x − s)): weight w, bias b = −ws."""
    fig, ax = figure(height=3.2, ylabel="a")
    ax.set(xlim=(0, 1), ylim=(-0.05, 1.1))
    ax.axhline(0.5, color=COLOURS["guide"], lw=1, ls=":")
    (place,) = ax.plot([s, s], [-0.05, 1.1], color=COLOURS["guide"], lw=1.5, ls="--", label="s = −b/w")
    (climb,) = ax.plot([], [], color=COLOURS["error"], lw=7, alpha=0.45, label="from 10 % to 90 %")
    (curve,) = ax.plot(X, X, color=COLOURS["unit"], lw=2.5, label="σ(wx + b)")
    legend(ax, loc="upper left")

    def update(w, s):
        half = np.log(9) / w  # σ(±log 9) = 0.9, 0.1
        inside = np.linspace(s - half, s + half, 50)
        place.set_xdata([s, s])
        climb.set_data(inside, step(inside, s, w))
        curve.set_ydata(step(X, s, w))

    def describe(w, s):
        return (
            f"Weight w = {format_number(w)} and bias b = −ws = {format_number(-w * s)}: the unit switches "
            f"on at s = {s:.2f} "
            f"and climbs from 10\u00a0% to 90\u00a0% within 4.39/w = {format_number(2 * np.log(9) / w, 2)}."
        )

    return Stage(
        fig, update, [place, climb, curve], describe,
        handles=[Handle(ax, x="s", at=lambda w, s: (s, 0.5), label="place of the step")],
        w=log_slider(1, 1024, w, label="weight w"),
        s=slider(0, 1, s, label="place of the step s"),
    )  # fmt: skip


@explorable(
    slides=["visual-proof"],
    notice="two units with weights +h and −h make a bump; it falls short of h when they stand too close",
)
def one_bump(s1=0.3, s2=0.7, h=0.8, w=32.0):
    """Two hidden units with output weights +h and −h: a bump of height h between s₁ and s₂."""
    fig, ax = figure(height=3.4, ylabel="output")
    ax.set(xlim=(0, 1), ylim=(-2.15, 2.15))
    ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    (up,) = ax.plot(X, X, color=COLOURS["unit"], lw=1.5, ls="--", label="h σ(w(x − s₁))")
    (down,) = ax.plot(X, X, color=COLOURS["other_unit"], lw=1.5, ls="-.", label="−h σ(w(x − s₂))")
    (total,) = ax.plot(X, X, color=COLOURS["network"], lw=2.8, label="their sum: the bump")
    legend(ax, loc="lower left", ncols=3)

    def update(s1, s2, h, w):
        up.set_ydata(h * step(X, s1, w))
        down.set_ydata(-h * step(X, s2, w))
        total.set_ydata(bump(X, s1, s2, h, w))

    def describe(s1, s2, h, w):
        middle = float(bump((s1 + s2) / 2, s1, s2, h, w))
        order = " The second step stands before the first: the bump is upside down." if s1 > s2 else ""
        return (
            f"Two units of weight w = {format_number(w)} with biases {format_number(-w * s1)} and "
            f"{format_number(-w * s2)} "
            f"and output weights {format_number(h, sign='+')} and {format_number(-h, sign='+')}. "
            f"In the middle the bump reaches {format_number(middle)} where h = {format_number(h)}.{order}"
        )

    return Stage(
        fig, update, [up, down, total], describe,
        handles=[
            Handle(ax, x="s1", at=lambda s1, s2, h, w: (s1, h / 2), label="first step"),
            Handle(ax, x="s2", at=lambda s1, s2, h, w: (s2, h / 2), label="second step"),
            Handle(ax, y="h", at=lambda s1, s2, h, w: ((s1 + s2) / 2, h), label="height"),
        ],
        s1=slider(0, 1, s1, label="first step s₁"),
        s2=slider(0, 1, s2, label="second step s₂"),
        h=slider(-2, 2, h, step=0.05, label="height h"),
        w=log_slider(1, 1024, w, label="weight w"),
    )  # fmt: skip


@explorable(
    slides=["universality", "visual-proof"],
    notice="more bumps, smaller error, except at the two ends; and the sharpest steps are not the best",
)
def n_bumps(n=5, steepness=8.0, target="nielsen", build="2N units: N bumps"):
    """N bumps side by side approximate a function: the curve is `predict` of an ordinary `MLP`."""
    fig, (ax, below) = figure(height=4.2, rows=(3, 1), ylabel=("y", "f − ŷ"))
    ax.set(xlim=(0, 1), ylim=(-0.25, 1.4))
    below.set(xlim=(0, 1), ylim=(-0.65, 0.65))
    below.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    (wanted,) = ax.plot(X, X, color=COLOURS["target"], lw=4, alpha=0.6, label="target f")
    (edges,) = ax.plot(
        [], [], "|", ms=9, mew=1.2, color=COLOURS["unit"], clip_on=False, label="a unit's step"
    )
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=2, label="network ŷ")
    (worst,) = ax.plot(
        [], [], "o", ms=9, mew=2, mfc="none", color=COLOURS["error"], clip_on=False, label="worst place"
    )
    (gap,) = below.plot(X, X, color=COLOURS["error"], lw=1.5)
    legend(ax, loc="upper left", ncols=4)

    @lru_cache(maxsize=2)
    def approximation(n, steepness, target, build):
        f = TARGETS[target].f
        net = BUILDS[build](f, n, steepness * n)
        y = net.predict(X[:, None])[:, 0]
        return net, f(X), y, errors(f, net)

    def update(**state):
        net, f, y, found = approximation(**state)
        hidden = net.layers[0]
        at = -hidden.b / hidden.W[0]  # a unit's step stands where wx + b = 0
        wanted.set_ydata(f)
        curve.set_ydata(y)
        edges.set_data(at, np.full(at.shape, -0.2))
        worst.set_data([found.at], [np.interp(found.at, X, y)])
        gap.set_ydata(f - y)

    def describe(n, steepness, target, build):
        net, _, _, found = approximation(n=n, steepness=steepness, target=target, build=build)
        pieces = f"{n} bump{'s' * (n > 1)}" if BUILDS[build] is bump_network else f"{n} level{'s' * (n > 1)}"
        units = net.hidden_units
        return (
            f"{pieces} from {units} hidden unit{'s' * (units != 1)} of weight w = "
            f"{format_number(steepness * n)}. "
            f"Mean error {found.l1:.4f}, root mean square {found.l2:.4f}, "
            f"largest error {found.sup:.3f} at x = {found.at:.2f}."
        )

    return Stage(
        fig, update, [wanted, edges, curve, worst, gap], describe,
        n=steps(1, 200, n, label="bumps N"),
        steepness=log_slider(1, 128, steepness, label="steepness w/N"),
        target=choice({t.label: name for name, t in TARGETS.items()}, target, label="target"),
        build=choice({text: text for text in BUILDS}, build, label="network"),
    )  # fmt: skip
