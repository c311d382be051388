"""Slides 13 and 15: the printed gradient of swish against the right one, and swish between x/2 and ReLU."""

import numpy as np

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.activations.functions import sigmoid, swish
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.numbers import format_number
from mlpkit.figures.slopes import numeric_slope
from mlpkit.stage import Handle, Stage, choice, slider

X = np.linspace(-5, 5, 401)
DOTS = np.linspace(-4.8, 4.8, 49)
RELU = ACTIVATIONS["relu"]


def slide_slope(z, beta):
    """βg(βz) + σ(βz)(1 - βg(βz)): what slide activations-more prints as the gradient of swish."""
    g = swish(beta * z, beta)
    return beta * g + sigmoid(beta * z) * (1 - beta * g)


def corrected_slope(z, beta):
    """βg(z) + σ(βz)(1 - βg(z)): the gradient of swish."""
    return activation("swish", beta=beta).dg(z)


def five_digits(value):
    """A slope with five digits, a true minus sign and no negative zero."""
    return f"{round(float(value), 5) + 0.0:.5f}".replace("-", "−")


FORMULAS = {"the slide's, with g(βz)": slide_slope, "corrected, with g(z)": corrected_slope}


@explorable(
    slides=["activations-more"],
    notice="the slide's formula is right for β = 1 only; the corrected one follows the measured slopes",
)
def swish_slope(formula="the slide's, with g(βz)", beta=2.0, z=0.5):
    """A formula for the gradient of swish against measured slopes."""
    fig, (ax, below) = figure(height=4.1, rows=(3, 1), xlabel="z", ylabel=("g′(z)", "difference"))
    ax.set(xlim=(-5, 5), ylim=(-0.5, 3.8))
    below.set(ylim=(-0.6, 2.8))
    below.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    (dots,) = ax.plot(
        DOTS, DOTS, "o", ms=5, color=COLOURS["target"], label="measured: (g(z + h) − g(z − h))/2h"
    )
    (line,) = ax.plot(X, X, color=COLOURS["unit"], lw=2.2, label="the formula")
    (gap,) = ax.plot([], [], color=COLOURS["error"], lw=5, alpha=0.6, label="how far it is off at the probe")
    (error,) = below.plot(X, X, color=COLOURS["error"], lw=2)
    (probe,) = below.plot([], [], color=COLOURS["guide"], lw=1.2)
    legend(ax, loc="upper left")

    def update(formula, beta, z):
        g, claimed = activation("swish", beta=beta), FORMULAS[formula]
        dots.set_ydata(numeric_slope(g, DOTS))
        line.set_ydata(claimed(X, beta))
        gap.set_data([z, z], [numeric_slope(g, z), claimed(z, beta)])
        error.set_ydata(claimed(X, beta) - numeric_slope(g, X))
        probe.set_data([z, z], [-0.6, 2.8])

    def describe(formula, beta, z):
        g, claimed = activation("swish", beta=beta), FORMULAS[formula]
        worst = float(np.abs(claimed(X, beta) - numeric_slope(g, X)).max())
        verdict = (
            "they agree"
            if worst < 1e-6
            else f"the largest difference in the picture is {format_number(worst)}"
        )
        return (
            f"β = {beta:.1f}, formula {formula}: at z = {z:.1f} it says {five_digits(claimed(z, beta))}, "
            f"measured is {five_digits(numeric_slope(g, z))}; {verdict}."
        )

    return Stage(
        fig, update, [dots, line, gap, error, probe], describe,
        handles=[Handle(below, x="z", at=lambda formula, beta, z: (z, 0), label="probe z")],
        formula=choice({text: text for text in FORMULAS}, formula, label="formula"),
        beta=slider(0, 10, beta, step=0.1, label="β", format=".1f"),
        z=slider(-5, 5, z, step=0.1, label="probe z", format=".1f"),
    )  # fmt: skip


def zero_of(f, low, high):
    """A zero of f between low and high, where f has opposite signs, by bisection."""
    sign = np.sign(f(low))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.sign(f(middle)) == sign else (low, middle)
    return (low + high) / 2


LOWEST = zero_of(ACTIVATIONS["swish"].dg, -3.0, -0.5)  # of swish with β = 1; with another β at LOWEST/β
STEEPEST = zero_of(lambda z: numeric_slope(ACTIVATIONS["swish"].dg, z), 1.0, 4.0)


@explorable(
    slides=["swish"],
    notice="β leads from the line x/2 to ReLU; the lowest point rises, the largest slope stays 1.0998",
)
def swish_between(beta=1.0):
    """Swish and its first derivative between its two limits, with its lowest point and its largest slope."""
    fig, (ax, below) = figure(height=4.3, rows=(3, 2), ylabel=("f(x) = x σ(βx)", "f′(x)"))
    ax.set(xlim=(-5, 5), ylim=(-1.5, 4))
    below.set(ylim=(-0.3, 1.3))
    for axes, limits in ((ax, (X / 2, RELU(X))), (below, (np.full(X.shape, 0.5), RELU.dg(X)))):
        axes.plot(X, limits[0], color=COLOURS["target"], lw=1.5, ls=":", label="β = 0: the line x/2")
        axes.plot(X, limits[1], color=COLOURS["target"], lw=1.5, ls="--", label="β → ∞: ReLU")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=2.5, label="swish")
    (slope,) = below.plot(X, X, color=COLOURS["network"], lw=2.5)
    (lowest,) = ax.plot([], [], "o", ms=8, color=COLOURS["unit"], label="lowest point")
    (steepest,) = below.plot([], [], "s", ms=8, color=COLOURS["other_unit"])
    ax.plot([], [], "s", ms=8, color=COLOURS["other_unit"], label="largest slope (below)")
    legend(ax, loc="upper left")

    def update(beta):
        g = activation("swish", beta=beta)
        curve.set_ydata(g(X))
        slope.set_ydata(g.dg(X))
        lowest.set_data(([LOWEST / beta], [g(LOWEST / beta)]) if beta else ([], []))
        steepest.set_data(([STEEPEST / beta], [g.dg(STEEPEST / beta)]) if beta else ([], []))

    def describe(beta):
        if not beta:
            return "β = 0: swish is the straight line x/2 with slope 0.5 everywhere, and has no lowest point."
        g = activation("swish", beta=beta)
        return (
            f"β = {beta:.1f}: lowest point {format_number(g(LOWEST / beta), 4)} at x = "
            f"{format_number(LOWEST / beta, 4)}, "
            f"largest slope {g.dg(STEEPEST / beta):.5f} at x = {format_number(STEEPEST / beta, 4)}; the "
            "largest "
            f"distance from ReLU is {format_number(np.abs(g(X) - RELU(X)).max())}."
        )

    return Stage(
        fig, update, [curve, lowest, slope, steepest], describe,
        beta=slider(0, 10, beta, step=0.1, label="β", format=".1f"),
    )  # fmt: skip
