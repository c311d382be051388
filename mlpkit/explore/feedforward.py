"""Slides 19 and 20: a composition of three maps, and the moons on their way through a network."""

from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, panels
from mlpkit.figures.lines import square_grid
from mlpkit.figures.numbers import format_number
from mlpkit.figures.trained_moons import KEPT_STEPS, linear_accuracy, trained_on_moons
from mlpkit.stage import Handle, Stage, choice, slider, steps
from mlpkit.training import accuracy

MAPS = {
    "stretch, 2u": lambda u: 2 * u,
    "shift, u − 1": lambda u: u - 1,
    "fold, |u|": np.abs,
    "ReLU, max(0, u)": lambda u: np.maximum(0, u),
    "squash, tanh u": np.tanh,
    "square, u²": np.square,
}
U = np.linspace(-3, 3, 241)


@explorable(
    slides=["feedforward-intro"],
    notice="the output of one map is the input of the next; another order is another function",
)
def composition(first="stretch, 2u", second="shift, u − 1", third="fold, |u|", x=1.25):
    """f³(f²(f¹(x))): one number on its way through three maps, and the function that they make together."""
    fig, axes = panels(7.6, 2.7, titles=("f¹(x)", "f²(f¹(x))", "f³(f²(f¹(x)))", "f, all three"))
    for ax, name in zip(axes, ("x", "u = f¹", "u = f²", "x"), strict=True):
        ax.set(xlim=(-3, 3), ylim=(-3, 3), xlabel=name, xticks=(-2, 0, 2), yticks=(-2, 0, 2))
        ax.axhline(0, color=COLOURS["guide"], lw=0.8, ls=":")
        ax.axvline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    names = ("unit", "other_unit", "error")
    curves = [ax.plot(U, U, color=COLOURS[c], lw=2.4)[0] for ax, c in zip(axes[:3], names, strict=True)]
    ways = [ax.plot([], [], color=COLOURS["target"], lw=1.6)[0] for ax in axes]
    points = [ax.plot([], [], "o", ms=7, color=COLOURS["network"])[0] for ax in axes]
    (swapped,) = axes[3].plot(U, U, color=COLOURS["target"], lw=1.6, ls="--")
    (whole,) = axes[3].plot(U, U, color=COLOURS["network"], lw=2.6)
    axes[3].text(0.03, 0.04, "dashed: f¹(f²(f³(x)))", fontsize=8.5, transform=axes[3].transAxes)

    def values(names, x):
        """[x, f¹(x), f²(f¹(x)), f³(…)]."""
        found = [x]
        for name in names:
            found.append(MAPS[name](found[-1]))
        return found

    def update(first, second, third, x):
        names = (first, second, third)
        at = values(names, x)
        for curve, name in zip(curves, names, strict=True):
            curve.set_ydata(MAPS[name](U))
        for way, point, u, v in zip(ways, points, [*at[:3], x], [*at[1:], at[3]], strict=True):
            way.set_data([u, u, -3], [-3, v, v])  # up from the input, then across to the output
            point.set_data([u], [v])
        whole.set_ydata(values(names, U)[3])
        swapped.set_ydata(values(names[::-1], U)[3])

    def describe(first, second, third, x):
        names = (first, second, third)
        way = " → ".join(format_number(v) for v in values(names, x))
        return (
            f"{first}; then {second}; then {third}: {way}. "
            f"In the reverse order {format_number(x)} becomes {format_number(values(names[::-1], x)[3])}."
        )

    return Stage(
        fig, update, [*curves, *ways, *points, swapped, whole], describe,
        handles=[Handle(axes[0], x="x", at=lambda first, second, third, x: (x, -2.6), label="input x")],
        first=choice(list(MAPS), first, label="f¹"),
        second=choice(list(MAPS), second, label="f²"),
        third=choice(list(MAPS), third, label="f³"),
        x=slider(-2, 2, x, step=0.05, label="input x"),
    )  # fmt: skip


PART = 12  # positions of the slider for half a layer: the linear map, then the activation
CONTOUR = np.linspace(-2.2, 2.2, 181)


@lru_cache(maxsize=len(KEPT_STEPS))
def boundary(trained):
    """Where the network predicts ½: curves in the plane of the inputs, points (n, 2) with gaps."""
    net = trained_on_moons()[2][trained]
    plane = np.stack(np.meshgrid(CONTOUR, CONTOUR), axis=-1)
    p = net.predict(plane.reshape(-1, 2)).reshape(plane.shape[:2])
    curves = Figure().subplots().contour(CONTOUR, CONTOUR, p, levels=[0.5]).allsegs[0]
    gap = [[np.nan, np.nan]]
    return np.concatenate([gap, *(part for curve in curves for part in (curve, gap))])


def on_the_way(net, A, at):
    """Points A (n, 2) after `at` positions of the slider, from A to Z = AW + b to g(Z), layer by layer.

    `net.forward`, but with values between two layers as well, for showing.
    """
    for layer in net.layers[:-1]:
        share = min(at / PART, 1.0)
        Z = A @ layer.W + layer.b
        A = (1 - share) * A + share * Z
        share = min(max(at / PART - 1, 0.0), 1.0)
        A = (1 - share) * A + share * layer.activation(A)
        at -= 2 * PART
        if at <= 0:
            break
    return A


@explorable(
    slides=["feedforward-intro"],
    notice="layer by layer the plane is bent until a straight line separates what no line could",
)
def untangle(way=0, trained=1000):
    """The moons and a grid on their way through three hidden layers of two tanh units each."""
    fig, ax = figure(6.4, 4.3, xlabel="first unit of the layer", ylabel="second unit")
    ax.set(xlim=(-1.12, 1.12), ylim=(-1.12, 1.12), xticks=[], yticks=[])
    (lines,) = ax.plot([], [], color=COLOURS["guide"], lw=0.8, alpha=0.7)
    (border,) = ax.plot([], [], color=COLOURS["error"], lw=3)
    X, y, nets = trained_on_moons()
    marks = [
        ax.plot([], [], marker, ms=5.5, mew=1.6, color=COLOURS[name], mfc=fill)[0]
        for marker, name, fill in (("o", "network", "none"), ("x", "unit", "none"))
    ]
    mesh, layers = square_grid(), len(nets[0].layers) - 1

    def update(way, trained):
        net = nets[trained]
        moved, bent, edge = (on_the_way(net, A, way) for A in (X, mesh, boundary(trained)))
        middle = (np.nanmax(bent, axis=0) + np.nanmin(bent, axis=0)) / 2
        size = np.nanmax(np.abs(bent - middle), axis=0) + 1e-12  # the picture is fitted to the grid
        lines.set_data(*((bent - middle) / size).T)
        border.set_data(*((edge - middle) / size).T)
        for label, mark in enumerate(marks):
            mark.set_data(*((moved[y == label] - middle) / size).T)

    def describe(way, trained):
        net = nets[trained]
        layer, rest = divmod(way, 2 * PART)
        if rest == 0:
            place = "The inputs" if layer == 0 else f"After layer {layer}"
        else:
            doing = "the linear map" if rest <= PART else "tanh"
            place = f"In layer {layer + 1} of {layers}, {doing}"
        share = linear_accuracy(on_the_way(net, X, way), y)
        return (
            f"{place}: a straight line (by least squares) gets {share:.1%} of the points right here. "
            f"The whole network, after {trained} steps of training, gets {accuracy(net, X, y):.1%}."
        )

    return Stage(
        fig, update, [lines, border, *marks], describe, play="way",
        way=steps(0, 2 * PART * layers, way, label="through the layers"),
        trained=choice({f"{step} steps": step for step in KEPT_STEPS}, trained, label="trained for"),
    )  # fmt: skip
