"""Slides 4 and 9: one neuron, the terms of its sum in numbers, and z and a over the plane of its inputs."""

import numpy as np

from mlpkit.activations import ACTIVATIONS
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, panels
from mlpkit.figures.lines import cased, level_line
from mlpkit.figures.numbers import format_number, signed
from mlpkit.figures.plane import PLANE, picture_of_plane, plane_axes
from mlpkit.stage import Handle, Stage, choice, slider

ROWS = ("w₁x₁", "w₂x₂", "b", "z", "a = g(z)")
FIRST = ("sigmoid", "tanh", "relu", "step", "linear")  # of the menu; the others follow
NAMES = list(dict.fromkeys((*FIRST, *ACTIVATIONS)))


def full(g):
    """The a of the fullest colour: the bound of a bounded g, else 6."""
    low, high = ACTIVATIONS[g].range
    return max(-low, high) if np.isfinite([low, high]).all() else 6


def terms(x1, x2, w1, w2, b, g):
    """The numbers of one neuron: w₁x₁, w₂x₂, b, their sum z and a = g(z)."""
    parts = [w1 * x1, w2 * x2, b]
    z = sum(parts)
    return [*parts, z, float(ACTIVATIONS[g](z))]


@explorable(
    slides=["neuron", "hidden-unit"],
    notice="the sum is a tilted plane with straight level lines; g bends the height, never the lines",
)
def one_neuron(x1=2.0, x2=2.0, w1=2.0, w2=-1.0, b=-1.0, g="sigmoid"):
    """z = b + w₁x₁ + w₂x₂ and a = g(z): at one input with all numbers, and over the plane of all inputs."""
    titles = ("the sum, term by term", "z over the plane", "a = g(z) over the plane")
    fig, (ax, *planes) = panels(8.0, 3.1, titles=titles, ratios=(1.25, 1, 1))
    ax.set(xlim=(-12, 21), ylim=(4.6, -0.6), xticks=(-10, 0, 10), yticks=range(5), yticklabels=ROWS)
    ax.tick_params(axis="y", length=0, labelsize=TEXT_SIZE)
    ax.axvline(0, color=COLOURS["guide"], lw=1)
    ax.axhline(2.5, color=COLOURS["guide"], lw=1)
    colours = [COLOURS[name] for name in ("unit", "unit", "unit", "target", "network")]
    bars = [ax.plot([], [], color=c, lw=15, solid_capstyle="butt")[0] for c in colours]
    (steps,) = ax.plot([], [], color=COLOURS["target"], lw=1.2, ls=":")
    numbers = [ax.text(20.5, row, "", ha="right", va="center", fontsize=TEXT_SIZE) for row in range(5)]
    for plane in planes:
        plane_axes(plane)
    images = [picture_of_plane(plane, -1, 1) for plane in planes]
    borders = [line for plane in planes for line in cased(plane, 1.6)]
    points = [plane.plot([], [], "o", ms=9, mew=2, color="black", mfc="white", ls="")[0] for plane in planes]

    def update(x1, x2, w1, w2, b, g):
        found = terms(x1, x2, w1, w2, b, g)
        ends = np.cumsum(found[:3])
        starts = [0, *ends[:2], 0, 0]
        for row, (bar, start, end) in enumerate(zip(bars, starts, [*ends, *found[3:]], strict=True)):
            bar.set_data([start, end], [row, row])
        steps.set_data(np.repeat(ends, 2), [0, 1, 1, 2, 2, 3])
        for number, value in zip(numbers, found, strict=True):
            number.set_text(format_number(value, sign="+"))
        w = np.array([w1, w2])
        z = PLANE @ w + b
        images[0].set_data(z / 6)  # white at 0, full colour from ±6 on
        images[1].set_data(ACTIVATIONS[g](z) / full(g))
        for line in borders:
            line.set_data(*level_line(w, -b).T)
        for point in points:
            point.set_data([x1], [x2])

    def describe(x1, x2, w1, w2, b, g):
        *parts, z, a = terms(x1, x2, w1, w2, b, g)
        total = f"{format_number(parts[0])} {signed(parts[1])} {signed(parts[2])}"
        side = (
            "on the line z = 0"
            if z == 0
            else f"on the {'positive' if z > 0 else 'negative'} side of the line"
        )
        return (
            f"At x = ({format_number(x1)}, {format_number(x2)}) the terms are w₁x₁ + w₂x₂ + b = {total} = "
            f"{format_number(z)} = z, "
            f"{side}; the {ACTIVATIONS[g].label} makes it a = {format_number(a)}."
        )

    return Stage(
        fig, update, [*bars, steps, *numbers, *images, *borders, *points], describe,
        handles=[Handle(plane, x="x1", y="x2", label="input x") for plane in planes],
        x1=slider(-2.5, 2.5, x1, step=0.125, label="input x₁"),
        x2=slider(-2.5, 2.5, x2, step=0.125, label="input x₂"),
        w1=slider(-2, 2, w1, step=0.125, label="weight w₁"),
        w2=slider(-2, 2, w2, step=0.125, label="weight w₂"),
        b=slider(-2, 2, b, step=0.125, label="bias b"),
        g=choice({ACTIVATIONS[name].label: name for name in NAMES}, g, label="g"),
    )  # fmt: skip
