"""The plane of two inputs, coloured by what a network with one output predicts there."""

import numpy as np

from mlpkit.figures.colour_maps import TWO_CLASSES
from mlpkit.figures.lines import zero_lines
from mlpkit.program.surface import surface

SIDE, CELLS = 1.7, 60
AXIS = np.linspace(-SIDE, SIDE, CELLS)


class DecisionSurface:
    """An image of the predictions, the lines z = 0 of the first layer's units, and the examples.

    live   the artists that `show` changes
    """

    def __init__(self, ax):
        ax.set(
            xlim=(-SIDE, SIDE),
            ylim=(-SIDE, SIDE),
            xlabel="x₁",
            ylabel="x₂",
            xticks=[-1, 0, 1],
            yticks=[-1, 0, 1],
        )
        extent = (-SIDE, SIDE, -SIDE, SIDE)
        self.image = ax.imshow(
            np.zeros((CELLS, CELLS)), cmap=TWO_CLASSES, vmin=0, vmax=1, origin="lower", extent=extent,
            aspect="auto", interpolation="nearest",
        )  # fmt: skip
        (self.lines,) = ax.plot([], [], color="black", lw=1.1, ls="--")
        self.marks = [
            ax.plot([], [], marker, ms=4.5, mew=1.4, mfc=fill, color=colour)[0]
            for marker, fill, colour in (("o", "none", "#00456e"), ("x", "none", "#8f3d00"))
        ]
        self.live = [self.image, self.lines, *self.marks]

    def show(self, net, X, y):
        """Draw a network with two inputs and one output, and the examples X (n, 2), y (n,)."""
        self.image.set_data(surface(net, AXIS, AXIS)[:, :, 0])
        first = net.layers[0]
        self.lines.set_data(*zero_lines(np.vstack([first.W, first.b]), 12))
        for label, mark in enumerate(self.marks):
            mark.set_data(*X[y == label].T)
