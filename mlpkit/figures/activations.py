"""Activation functions and their derivatives in two axes, one above the other, with a probe at one z."""

import numpy as np

from mlpkit.figures import COLOURS, figure
from mlpkit.figures.numbers import format_number
from mlpkit.figures.slopes import numeric_slope, slopes_at

Z = np.union1d(np.linspace(-5, 5, 401), [-1e-9, 1e-9])  # both sides of 0: a jump is drawn upright
DOTS = np.linspace(-4.8, 4.8, 25)
LOOKS = (("unit", "-"), ("other_unit", "--"), ("network", "-."))


class ActivationPlot:
    """Two axes: up to three functions above, their derivatives below, and a probe at one z.

    Above, the probe shows the tangent, or two half tangents at a corner; below, the dots are slopes measured
    by difference quotients. A function that is None is not drawn.

    fig, ax, below   the figure and its two axes
    live             the artists that `show` changes
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
