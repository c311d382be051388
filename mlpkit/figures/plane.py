"""The plane of two inputs x₁ and x₂, and a function on it as a picture."""

import numpy as np

from mlpkit.figures.colour_maps import LOW_TO_HIGH

_axis = np.linspace(-2.5, 2.5, 61)
PLANE = np.stack(np.meshgrid(_axis, _axis), axis=-1)  # (61, 61, 2), x₁ to the right, x₂ upwards
EXTENT = (-2.54, 2.54, -2.54, 2.54)


def plane_axes(ax):
    """Square axes for x₁ and x₂."""
    ax.set(xlim=EXTENT[:2], ylim=EXTENT[2:], xticks=(-2, 0, 2), yticks=(-2, 0, 2), aspect="equal")
    ax.set_xlabel("x₁", labelpad=0)
    ax.set_ylabel("x₂", labelpad=-6)


def picture_of_plane(ax, low, high):
    """An empty image for the values (61, 61) of a function on PLANE, blue for low, orange for high."""
    empty = np.zeros(PLANE.shape[:2])
    return ax.imshow(
        empty, cmap=LOW_TO_HIGH, vmin=low, vmax=high, origin="lower", extent=EXTENT, interpolation="nearest"
    )
