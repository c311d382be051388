"""Set 03: the student's derivatives as tangents, and their backward steps through one layer and ten."""

from dataclasses import replace

import numpy as np

from mlpkit.activations import activation
from mlpkit.figures import COLOURS, figure, legend, panels
from mlpkit.figures.activations import ActivationPlot
from mlpkit.figures.lines import cased
from mlpkit.figures.numbers import format_number
from mlpkit.figures.plane import picture_of_plane
from mlpkit.figures.slopes import numeric_slope, one_sided_slopes
from mlpkit.stage import Handle, Stage, log_slider, slider

T = np.linspace(-1, 1, 1001)
Z = np.linspace(-5, 5, 401)
LAYERS = np.arange(11)


def sigmoid(function, z=0.25, reach=8.0):
    """σ from −reach to +reach: a line under the microscope, a step from far away."""
    fig, ax = figure(height=3.4, xlabel="z / reach", ylabel="your σ(z)")
    ax.set(xlim=(-1, 1), ylim=(-0.06, 1.1))
    for level in (0, 1):
        ax.axhline(level, color=COLOURS["guide"], lw=1, ls=":")
    (inside,) = ax.plot([], [], color=COLOURS["unit"], lw=8, alpha=0.45, label="from 10 % to 90 %")
    (curve,) = ax.plot(T, T, color=COLOURS["network"], lw=2.5, label="your sigmoid")
    (tangent,) = ax.plot([], [], color=COLOURS["other_unit"], lw=2, ls="--", label="slope σ(z) (1 − σ(z))")
    (point,) = ax.plot([], [], "o", ms=8, color=COLOURS["network"])
    legend(ax, loc="upper left")

    def at(z):
        return np.asarray(function(np.array(z, dtype=float)), dtype=float)

    def update(z, reach):
        half = min(np.log(9), reach)  # σ(±log 9) = 0.9, 0.1
        between = np.linspace(-half, half, 41)
        curve.set_ydata(at(reach * T))
        inside.set_data(between / reach, at(between))
        (a,) = at([z * reach])
        slope = reach * a * (1 - a)
        run = min(0.3, 0.25 / max(slope, 1e-9)) * np.array([-1, 1])
        tangent.set_data(z + run, a + slope * run)
        point.set_data([z], [a])

    def describe(z, reach):
        (a,) = at([z * reach])
        return (
            f"At z = {format_number(z * reach, 4)} your sigmoid is {format_number(a)} with slope "
            f"{format_number(a * (1 - a))}. "
            f"Its climb from 10 % to 90 % takes {min(np.log(9) / reach, 1):.1%} of this picture's width, "
            f"which goes from z = −{format_number(reach, 4)} to {format_number(reach, 4)}."
        )

    return Stage(
        fig, update, [inside, curve, tangent, point], describe,
        z=slider(-1, 1, z, step=0.05, label="probe, z / reach"),
        reach=log_slider(0.5, 1024, reach, per_octave=2, label="reach, the largest z"),
    )  # fmt: skip


def _slopes(function, name, parameter, label, start, z, bounds, low, high):
    """A record's g with the student's g′: the tangent at z is theirs, the dots are measured."""
    lab = ActivationPlot(low=low)
    lab.ax.set_title("g, and your slope as its tangent", fontsize=11)
    lab.below.set(ylim=(-0.25, high), ylabel="your g′(z)")

    def record(value):
        def slope(points):
            flat = np.array(points, dtype=float).reshape(-1)
            flat[flat == 0] = 1e-12  # a corner may be there, whose slope the question leaves open
            found = np.asarray(function(flat, value), dtype=float)
            return found.reshape(np.shape(points))

        return replace(activation(name, **{parameter: value}), dg=slope)

    def update(z, **values):
        lab.show([record(values[parameter]), None, None], z)

    def describe(z, **values):
        g = record(values[parameter])
        here = f"{label} = {format_number(values[parameter])}, z = {format_number(z)}"
        if z in g.kinks:
            left, right = one_sided_slopes(g, z)
            return (
                f"{here}: a corner, slope {format_number(left, 2)} on the left and {format_number(right, 2)} "
                "on the right."
            )
        measured = float(numeric_slope(g, z))
        return (
            f"{here}: your slope is {format_number(float(g.dg(z)), 4)}, two calls of g measure "
            f"{format_number(measured, 4)}. "
            f"Your smallest slope on this picture is {format_number(float(g.dg(Z).min()))}."
        )

    controls = {
        "z": slider(-5, 5, z, step=0.1, label="probe z", format=".1f"),
        parameter: slider(bounds[0], bounds[1], start, step=0.1, label=label, format=".1f"),
    }
    handle = Handle(lab.ax, x="z", at=lambda z, **_: (z, low + 0.3), label="probe z")
    return Stage(lab.fig, update, lab.live, describe, handles=[handle], **controls)


def swish_derivative(function, beta=2.0, z=0.6):
    """Swish, the student's slope as a tangent, and measured slopes as dots: for every β."""
    return _slopes(function, "swish", "beta", "β", beta, z, (0.1, 10), -1.6, 1.3)


def elu_derivative(function, alpha=2.0, z=-0.5):
    """ELU, the student's slope as a tangent, and measured slopes as dots: where is the corner?"""
    return _slopes(function, "elu", "alpha", "α", alpha, z, (0.1, 2), -2.4, 2.2)


def gelu(function, z=1.0):
    """GELU beside ReLU, and below the share of z that it lets through."""
    fig, (ax, below) = figure(height=4.3, rows=(3, 2), xlabel="z", ylabel=("g(z)", "g(z) / z"))
    ax.set(xlim=(-4, 4), ylim=(-0.6, 3.4))
    below.set(ylim=(-0.1, 1.15))
    for axes in (ax, below):
        axes.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    points = np.linspace(-4, 4, 400)  # an even number: z = 0 is not among them
    ax.plot(points, np.maximum(points, 0), color=COLOURS["target"], lw=4, alpha=0.5, label="ReLU")
    found = np.asarray(function(points.copy()), dtype=float)
    ax.plot(points, found, color=COLOURS["network"], lw=2.5, label="your GELU")
    below.plot(points, (points > 0) * 1.0, color=COLOURS["target"], lw=4, alpha=0.5)
    below.plot(points, found / points, color=COLOURS["unit"], lw=2.5)
    legend(ax, loc="upper left")
    (value,) = ax.plot([], [], "o", ms=8, color=COLOURS["network"])
    (gate,) = below.plot([], [], "o", ms=8, color=COLOURS["unit"])
    probes = [axes.plot([], [], color=COLOURS["guide"], lw=1.2)[0] for axes in (ax, below)]

    def at(z):
        return float(np.asarray(function(np.array([z])), dtype=float)[0])

    def share(z):
        return at(z) / z if z else at(1e-9) / 1e-9

    def update(z):
        value.set_data([z], [at(z)])
        gate.set_data([z], [share(z)])
        for probe, axes in zip(probes, (ax, below), strict=True):
            probe.set_data([z, z], axes.get_ylim())

    def describe(z):
        return (
            f"At z = {format_number(z)} your GELU is {format_number(at(z), 4)}, ReLU "
            f"{format_number(max(z, 0.0))}. "
            f"GELU lets {share(z):.1%} of z through: the share of a normal sample that lies below z."
        )

    return Stage(
        fig, update, [*probes, value, gate], describe,
        handles=[Handle(ax, x="z", at=lambda z: (z, -0.45), label="probe z")],
        z=slider(-4, 4, z, step=0.1, label="z", format=".1f"),
    )  # fmt: skip


def relu_backward(function, z=1.0, G=-1.5):
    """dJ/dz over the plane of z and G: which half is open?"""
    fig, (ax,) = panels(5.4, 4.2, titles=("your dJ/dz: blue below 0, orange above",))
    ax.set(
        xlim=(-2.5, 2.5),
        ylim=(-2.5, 2.5),
        xlabel="z, the unit's input",
        ylabel="G, the gradient that arrives",
    )
    image = picture_of_plane(ax, -2.5, 2.5)
    at = np.linspace(-2.5, 2.5, 60)  # an even number: z = 0 is not among them
    inputs, upstream = np.meshgrid(at, at)
    image.set_data(np.asarray(function(inputs.copy(), upstream.copy()), dtype=float))
    cross = [*cased(ax, 1.4, "--"), *cased(ax, 1.4, "--")]
    (point,) = ax.plot([], [], "o", ms=9, mew=2, color="black", mfc="white")

    def passed(z, G):
        return float(np.asarray(function(np.array([[z]]), np.array([[G]])), dtype=float)[0, 0])

    def update(z, G):
        for line in cross[:2]:
            line.set_data([z, z], [-2.5, 2.5])
        for line in cross[2:]:
            line.set_data([-2.5, 2.5], [G, G])
        point.set_data([z], [G])

    def describe(z, G):
        if z == 0:
            return "z = 0 is the corner of the ReLU: every number from 0 to 1 may stand for the slope there."
        state = "on" if z > 0 else "off"
        return (
            f"A unit with z = {format_number(z)} is {state}. The gradient {format_number(G)} arrives, and "
            "your function "
            f"hands on {format_number(passed(z, G) + 0.0)}."
        )

    return Stage(
        fig, update, [*cross, point], describe,
        handles=[Handle(ax, x="z", y="G", at=lambda z, G: (z, G), label="unit and gradient")],
        z=slider(-2.5, 2.5, z, step=0.25, label="input z"),
        G=slider(-2.5, 2.5, G, step=0.25, label="gradient G"),
    )  # fmt: skip


def sigmoid_backward(function, sigma, relu, z=1.0):
    """A gradient of 1 goes back through ten layers whose units all stand at z: sigmoids, and ReLUs."""
    fig, ax = figure(
        height=3.7, xlabel="layers passed on the way back", ylabel="what is left of the gradient"
    )
    ax.set(xlim=(-0.3, 10.3), yscale="log", ylim=(1e-18, 30))
    (whole,) = ax.plot(
        LAYERS, LAYERS + 1, "s--", color=COLOURS["unit"], lw=1.8, ms=6, label="your relu_backward"
    )
    (left,) = ax.plot(
        LAYERS, LAYERS + 1, "o-", color=COLOURS["network"], lw=2.2, ms=6, label="your sigmoid_backward"
    )
    legend(ax, loc="lower left")

    def passed(step):
        G = [np.ones((1, 1))]
        for _ in LAYERS[1:]:
            G.append(np.asarray(step(G[-1].copy()), dtype=float))
        return np.array(G).reshape(-1)

    def sigmoids(z):
        a = np.asarray(sigma(np.array([[z]])), dtype=float)
        return passed(lambda G: function(a.copy(), G))

    def relus(z):
        return passed(lambda G: relu(np.array([[z or 1e-9]]), G))  # just on, where z = 0

    def update(z):
        left.set_ydata(sigmoids(z))
        whole.set_ydata(np.where(relus(z) > 0, relus(z), np.nan))

    def describe(z):
        a = float(np.asarray(sigma(np.array([[z]])), dtype=float)[0, 0])
        one, ten = sigmoids(z)[[1, 10]]
        other = "All of it" if relus(z)[10] > 0 else "Nothing"
        return (
            f"Every sigmoid stands at z = {format_number(z)}, a = {format_number(a)}: one layer lets "
            f"{format_number(one)} of the "
            f"gradient through, ten layers {format_number(ten)}. {other} passes the ReLUs."
        )

    return Stage(
        fig, update, [whole, left], describe,
        z=slider(-4, 4, z, step=0.25, label="z of all units"),
    )  # fmt: skip
