"""Slides 10 to 13: any three activation functions with their slopes, a microscope, and the three families."""

import numpy as np

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, choice, log_slider, slider

Z = np.union1d(np.linspace(-5, 5, 401), [-1e-9, 1e-9])  # both sides of 0: a jump is drawn upright
DOTS = np.linspace(-4.8, 4.8, 25)
STEP = 1e-5  # of the difference quotients
LOOKS = (("unit", "-"), ("other_unit", "--"), ("network", "-."))


def numeric_slope(g, z):
    """(g(z + h) - g(z - h))/2h, the derivative as a measurement."""
    return (g(z + STEP) - g(z - STEP)) / (2 * STEP)


def sides(g, z, h=STEP):
    """The difference quotients to the left and to the right of z."""
    return float((g(z) - g(z - h)) / h), float((g(z + h) - g(z)) / h)


def slopes_at(g, z):
    """The slopes of a record at z as (left, right), rounded at a corner to five digits; () at a jump."""
    if z not in g.kinks:
        return (float(g.dg(z)),) * 2
    left, right = (round(slope, 5) for slope in sides(g, z))
    return (left, right) if max(abs(left), abs(right)) < 1e3 else ()


class Lab:
    """Two axes: up to three functions above, their derivatives below, and a probe at one z.

    Above, the probe shows the tangent, or the two half tangents at a corner; below, dots are measured
    slopes, which know no formula. A function that is None is not drawn.
    """

    def __init__(self, low=-1.6, high=3.6):
        self.fig, (self.ax, self.below) = figure(
            height=4.3, rows=(3, 2), xlabel="z", ylabel=("g(z)", "g′(z)")
        )
        self.ax.set(xlim=(-5, 5), ylim=(low, high))
        self.below.set(ylim=(-0.25, 1.3))
        for ax in (self.ax, self.below):
            ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
        self.probes = [
            ax.plot([0, 0], ax.get_ylim(), color=COLOURS["guide"], lw=1.2)[0] for ax in (self.ax, self.below)
        ]
        self.rows = [self._row(i, COLOURS[name], style) for i, (name, style) in enumerate(LOOKS)]
        self.live = [*self.probes, *(artist for row in self.rows for artist in row)]

    def _row(self, i, colour, style):
        """The artists of one function: curve, tangent, point; slope, dots, point; its name and a sample."""
        (tangent,) = self.ax.plot([], [], color=colour, lw=7, alpha=0.3)
        (curve,) = self.ax.plot(Z, Z, color=colour, lw=2.4, ls=style)
        (point,) = self.ax.plot([], [], "o", ms=7, color=colour)
        (slope,) = self.below.plot(Z, Z, color=colour, lw=2, ls=style)
        (dots,) = self.below.plot([], [], ".", ms=7, color=colour)
        (level,) = self.below.plot([], [], "o", ms=7, color=colour)
        y = 0.93 - 0.1 * i
        (sample,) = self.ax.plot(
            [0.015, 0.075], [y, y], color=colour, lw=2.4, ls=style, transform=self.ax.transAxes
        )
        name = self.ax.text(0.09, y, "", color=colour, fontsize=11, va="center", transform=self.ax.transAxes)
        return tangent, curve, point, slope, dots, level, sample, name

    def show(self, functions, z):
        """Draw the functions (records or None) with the probe at z."""
        for probe in self.probes:
            probe.set_xdata([z, z])
        for g, (tangent, curve, point, slope, dots, level, sample, name) in zip(
            functions, self.rows, strict=True
        ):
            nothing = g is None
            blank = np.full(Z.shape, np.nan)
            slopes = slopes_at(g, z) if g else ()
            curve.set_ydata(blank if nothing else g(Z))
            slope.set_ydata(blank if nothing else g.dg(Z))
            dots.set_data(([], []) if nothing else (DOTS, np.minimum(numeric_slope(g, DOTS), 9)))
            tangent.set_data([], [])
            if slopes:  # two half tangents, which are one line unless there is a corner
                tangent.set_data(
                    [z - 0.9, z, z + 0.9], g(z) + np.array([-0.9 * slopes[0], 0, 0.9 * slopes[1]])
                )
            point.set_data(([], []) if nothing else ([z], [g(z)]))
            level.set_data([z] * len(slopes), slopes)
            sample.set_xdata([np.nan, np.nan] if nothing else [0.015, 0.075])
            each = " | ".join(format_number(slope) for slope in dict.fromkeys(slopes)) or "none"
            name.set_text("" if nothing else f"{g.label}: g = {format_number(g(z))}, g′ = {each}")


def slope_in_words(g, z):
    """One function at z: its slope, or its two slopes at a corner, or that it jumps."""
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
    lab = Lab()

    def functions(names):
        return [None if name == "none" else ACTIVATIONS[name] for name in names]

    def update(first, second, third, z):
        lab.show(functions((first, second, third)), z)

    def describe(first, second, third, z):
        told_each = [slope_in_words(g, z) for g in functions((first, second, third)) if g]
        return f"At z = {z:.1f}: {'; '.join(told_each)}."

    return Stage(
        lab.fig, update, lab.live, describe,
        handles=[Handle(lab.ax, x="z", at=lambda first, second, third, z: (z, -1.35), label="probe z")],
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
    lab = Lab(low=-2.4)
    lab.below.set(ylim=(-0.25, 2.2))

    def functions(leaky, alpha, beta):
        return [
            activation("leaky_relu", alpha=leaky),
            activation("elu", alpha=alpha),
            activation("swish", beta=beta),
        ]

    def update(leaky, alpha, beta, z):
        lab.show(functions(leaky, alpha, beta), z)

    def describe(leaky, alpha, beta, z):
        left, right = sides(activation("elu", alpha=alpha), 0.0)
        jump = (
            "no jump"
            if abs(right - left) < 1e-3
            else f"a jump from {format_number(left, 2)} to {format_number(right, 2)}"
        )
        each = "; ".join(slope_in_words(g, z) for g in functions(leaky, alpha, beta))
        return f"At z = {z:.1f}: {each}. The slope of ELU has {jump} at 0."

    return Stage(
        lab.fig, update, lab.live, describe,
        handles=[Handle(lab.ax, x="z", at=lambda leaky, alpha, beta, z: (z, -2.1), label="probe z")],
        leaky=slider(0, 1, leaky, step=0.05, label="leaky ReLU's α"),
        alpha=slider(0.1, 2, alpha, step=0.1, label="ELU's α", format=".1f"),
        beta=slider(0, 10, beta, step=0.1, label="swish's β", format=".1f"),
        z=slider(-5, 5, z, step=0.1, label="probe z", format=".1f"),
    )  # fmt: skip


T = np.linspace(-1, 1, 401)  # the window of the microscope: z = T/zoom


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
        at_left, at_right = sides(g, 0.0)
        curve.set_ydata(zoom * (g(T / zoom) - g(0.0)))
        left.set_data([-1, 0], [-at_left, 0])
        right.set_data([0, 1], [0, at_right])

    def describe(name, alpha, zoom):
        g = function(name, alpha)
        at_left, at_right = sides(g, 0.0)
        slope = numeric_slope(g, 0.0)
        bend = float(np.abs(zoom * (g(T / zoom) - g(0.0)) - slope * T).max())
        told_alpha = f" with α = {alpha:.1f}" if "alpha" in g.params else ""
        verdict = (
            f"The two slopes at 0 agree, {format_number(slope)}: the curve is off a straight line by "
            f"{format_number(bend, 2)}"
            if abs(at_right - at_left) < 1e-3
            else f"Slope {format_number(at_left, 2)} on the left of 0 and {format_number(at_right, 2)} on "
            f"the right: a corner, "
            f"off every straight line by {format_number(bend, 2)} or more"
        )
        return f"{g.label}{told_alpha}, enlarged {format_number(zoom, 3)} times. {verdict} of the window."

    names = ("elu", "relu", "leaky_relu", "softplus", "swish", "gelu", "tanh", "sigmoid")
    return Stage(
        fig, update, [left, right, curve], describe,
        name=choice({ACTIVATIONS[key].label: key for key in names}, name, label="function"),
        alpha=slider(0.1, 1, alpha, step=0.1, label="α (ELU, leaky ReLU)", format=".1f"),
        zoom=log_slider(0.25, 256, zoom, per_octave=2, label="zoom"),
    )  # fmt: skip
