"""Slides 10 to 13: activation functions with their slopes, their parameters, and their kinks enlarged."""

import numpy as np

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.activations import ActivationPlot
from mlpkit.figures.numbers import format_number
from mlpkit.figures.slopes import numeric_slope, one_sided_slopes, slopes_at
from mlpkit.stage import Handle, Stage, choice, log_slider, slider


def slope_in_words(g, z):
    """One function at z as a part of a sentence: its slope, its two slopes at a corner, or that it jumps."""
    slopes = slopes_at(g, z)
    if not slopes:
        return f"{g.label} jumps"
    left, right = slopes
    if left == right:
        return f"{g.label} {format_number(g(z))} with slope {format_number(left)}"
    return (
        f"{g.label} has a corner, slope {format_number(left, 2)} on its left "
        f"and {format_number(right, 2)} on its right"
    )


MENU = {g.label: name for name, g in ACTIVATIONS.items()}


@explorable(
    slides=["activations-table", "activations-panels", "activations-hidden"],
    notice="a slope is small where the curve is flat; dots measure the slope, and only corners deceive them",
)
def activation_lab(first="sigmoid", second="tanh", third="relu", z=1.0):
    """Up to three of the ten functions, their derivatives, and the tangents at a probe z."""
    plot = ActivationPlot()

    def functions(names):
        return [None if name == "none" else ACTIVATIONS[name] for name in names]

    def update(first, second, third, z):
        plot.show(functions((first, second, third)), z)

    def describe(first, second, third, z):
        each = [slope_in_words(g, z) for g in functions((first, second, third)) if g]
        return f"At z = {z:.1f}: {'; '.join(each)}."

    return Stage(
        plot.fig, update, plot.live, describe,
        handles=[Handle(plot.ax, x="z", at=lambda first, second, third, z: (z, -1.35), label="probe z")],
        first=choice(MENU, first, label="solid"),
        second=choice({**MENU, "none": "none"}, second, label="dashed"),
        third=choice({**MENU, "none": "none"}, third, label="dash-dotted"),
        z=slider(-5, 5, z, step=0.1, label="probe z", format=".1f"),
    )  # fmt: skip


@explorable(
    slides=["activations-more"],
    notice="leaky ReLU and ELU keep a slope on the left; only ELU with α = 1 has no jump in g′",
)
def parameter_lab(leaky=0.1, alpha=2.0, beta=1.0, z=-0.5):
    """Leaky ReLU (α), ELU (α) and swish (β), each with the slider of its parameter."""
    plot = ActivationPlot(low=-2.4)
    plot.below.set(ylim=(-0.25, 2.2))

    def functions(leaky, alpha, beta):
        return [
            activation("leaky_relu", alpha=leaky),
            activation("elu", alpha=alpha),
            activation("swish", beta=beta),
        ]

    def update(leaky, alpha, beta, z):
        plot.show(functions(leaky, alpha, beta), z)

    def describe(leaky, alpha, beta, z):
        left, right = one_sided_slopes(activation("elu", alpha=alpha), 0.0)
        jump = (
            "no jump"
            if abs(right - left) < 1e-3
            else f"a jump from {format_number(left, 2)} to {format_number(right, 2)}"
        )
        each = "; ".join(slope_in_words(g, z) for g in functions(leaky, alpha, beta))
        return f"At z = {z:.1f}: {each}. The slope of ELU has {jump} at 0."

    return Stage(
        plot.fig, update, plot.live, describe,
        handles=[Handle(plot.ax, x="z", at=lambda leaky, alpha, beta, z: (z, -2.1), label="probe z")],
        leaky=slider(0, 1, leaky, step=0.05, label="leaky ReLU's α"),
        alpha=slider(0.1, 2, alpha, step=0.1, label="ELU's α", format=".1f"),
        beta=slider(0, 10, beta, step=0.1, label="swish's β", format=".1f"),
        z=slider(-5, 5, z, step=0.1, label="probe z", format=".1f"),
    )  # fmt: skip


T = np.linspace(-1, 1, 401)  # the window of the microscope: z = T/zoom


def off_the_best_line(y):
    """How far the straight line that comes nearest to y (401,) on T is from it, at most.

    >>> round(off_the_best_line(np.maximum(T, 0)), 4)  # ReLU: the line z/2 + 1/4
    0.25
    """
    low, high = -3.0, 3.0  # slopes; the error is a convex function of the slope
    for _ in range(80):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if np.ptp(y - left * T) < np.ptp(y - right * T):
            high = right
        else:
            low = left
    return float(np.ptp(y - low * T) / 2)


@explorable(
    slides=["activations-table", "activations-more"],
    notice="under the microscope a smooth curve turns into a straight line, and a corner stays a corner",
)
def microscope(name="relu", alpha=0.5, zoom=1.0):
    """The surroundings of z = 0, enlarged equally in both directions."""
    fig, ax = figure(height=3.9, xlabel="zoom · z", ylabel="zoom · (g(z) − g(0))")
    ax.set(xlim=(-1, 1), ylim=(-1.05, 1.05))
    ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    (left,) = ax.plot([], [], color=COLOURS["unit"], lw=7, alpha=0.35, label="slope on the left of 0")
    (right,) = ax.plot([], [], color=COLOURS["other_unit"], lw=7, alpha=0.35, label="slope on the right of 0")
    (curve,) = ax.plot(T, T, color=COLOURS["network"], lw=2.5, label="g, enlarged")
    legend(ax, loc="upper left")

    def function(name, alpha):
        return activation(name, alpha=alpha) if "alpha" in ACTIVATIONS[name].params else ACTIVATIONS[name]

    def update(name, alpha, zoom):
        g = function(name, alpha)
        at_left, at_right = one_sided_slopes(g, 0.0)
        curve.set_ydata(zoom * (g(T / zoom) - g(0.0)))
        left.set_data([-1, 0], [-at_left, 0])
        right.set_data([0, 1], [0, at_right])

    def describe(name, alpha, zoom):
        g = function(name, alpha)
        at_left, at_right = one_sided_slopes(g, 0.0)
        slope = numeric_slope(g, 0.0)
        bend = off_the_best_line(zoom * (g(T / zoom) - g(0.0)))
        parameter = f" with α = {alpha:.1f}" if "alpha" in g.params else ""
        verdict = (
            f"The two slopes at 0 agree, {format_number(slope)}: the best straight line is off by "
            f"{format_number(bend, 2)}"
            if abs(at_right - at_left) < 1e-3
            else f"Slope {format_number(at_left, 2)} on the left of 0 and {format_number(at_right, 2)} on "
            f"the right: a corner, and the best straight line is off by {format_number(bend, 2)}"
        )
        size = "at its own size" if zoom == 1 else f"enlarged {format_number(zoom, 3)} times"
        return f"{g.label}{parameter}, {size}. {verdict}, in a window from −1 to 1."

    first = ("elu", "relu", "leaky_relu", "softplus", "swish", "gelu", "tanh", "sigmoid")
    names = [key for key in dict.fromkeys((*first, *ACTIVATIONS)) if slopes_at(ACTIVATIONS[key], 0.0)]
    return Stage(
        fig, update, [left, right, curve], describe,
        name=choice({ACTIVATIONS[key].label: key for key in names}, name, label="function"),
        alpha=slider(0.1, 1, alpha, step=0.1, label="α (ELU, leaky ReLU)", format=".1f"),
        zoom=log_slider(0.25, 256, zoom, per_octave=2, label="zoom"),
    )  # fmt: skip
