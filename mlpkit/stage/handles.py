"""Direct manipulation in the picture: handles to drag, points to move, axes to draw on by hand.

All three set controls, in data coordinates, so that dragging in the picture has the same effect as moving a
slider. The browser transforms pixels to data coordinates by what `geometry` says about each axes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from mlpkit.stage.frame import all_axes

DIRECTIONS = ("x", "y", "xy")


@dataclass(frozen=True)
class Handle:
    """A ring that is dragged along x, along y or freely, and moves one or two controls.

    ax      the axes whose data coordinates it uses
    x, y    names of the controls that get the x and the y of the pointer (the nearest of their positions);
            without one the handle does not move in that direction
    at      function of the controls' values -> (x, y), where the ring is; by default the controls' own
            values, and the middle of the axes where there is no control
    label   its name for screen readers; arrow keys move a handle that has the focus
    """

    ax: Axes
    x: str | None = None
    y: str | None = None
    at: Callable[..., tuple[float, float]] | None = None
    label: str = "handle"

    def targets(self):
        """The controls that it moves."""
        return [name for name in (self.x, self.y) if name]

    def places(self, parameters):
        """Data coordinates of its one ring at these values."""
        if self.at is not None:
            return [self.at(**parameters)]
        middle = self.ax.transData.inverted().transform(self.ax.transAxes.transform((0.5, 0.5)))
        return [[parameters[name] if name else middle[i] for i, name in enumerate((self.x, self.y))]]

    def message(self):
        """What the browser must know."""
        return dict(kind="handle", x=self.x, y=self.y, label=self.label)


@dataclass(frozen=True)
class Movable:
    """A ring on every point of a `points` control: each is dragged along `along`, "x", "y" or "xy".

    grow    a click in the axes, beside all points, adds a point there; Delete removes the one in focus
    """

    ax: Axes
    into: str
    along: str = "xy"
    grow: bool = False
    label: str = "point"

    def __post_init__(self):
        if self.along not in DIRECTIONS:
            raise ValueError(f"Movable moves along 'x', 'y' or 'xy'; got {self.along!r}")

    def targets(self):
        """The control that it moves."""
        return [self.into]

    def places(self, parameters):
        """Data coordinates of all rings at these values."""
        return parameters[self.into]

    def message(self):
        """What the browser must know."""
        return dict(kind="points", into=self.into, along=self.along, grow=self.grow, label=self.label)


@dataclass(frozen=True)
class Sketch:
    """Axes to draw on by hand: a stroke over them becomes the points of a `points` control.

    A stroke replaces the points in the same range of x, so that a curve can be corrected in parts. The points
    are ordered by x.
    """

    ax: Axes
    into: str
    label: str = "draw here"

    def targets(self):
        """The control that it writes."""
        return [self.into]

    def places(self, parameters):
        """No places: a sketch has no rings."""
        return []

    def message(self):
        """What the browser must know."""
        return dict(kind="sketch", into=self.into, label=self.label)


def check(handles, fig, controls, is_points):
    """Raise when a handle is of another figure, cannot move, or moves a control of the wrong kind."""
    for handle in handles:
        name = type(handle).__name__
        if not isinstance(handle, Handle | Movable | Sketch):
            raise TypeError(
                f"handles takes Handle, Movable and Sketch of mlpkit.stage; got {name}: write "
                "handles=[Handle(ax, x='k')]"
            )
        if handle.ax not in all_axes(fig):
            raise ValueError(f"{name} {handle.label!r} belongs to axes of another figure")
        if geometry(handle.ax) is None:
            scales = f"{handle.ax.name}, x {handle.ax.get_xscale()}, y {handle.ax.get_yscale()}"
            raise ValueError(
                f"{name} {handle.label!r} cannot move on these axes ({scales}): only on plain ones whose "
                "directions are linear or logarithmic; use a slider there"
            )
        for target in handle.targets():
            if target not in controls:
                raise ValueError(
                    f"{name} {handle.label!r} moves {target!r}; the controls are {list(controls)}"
                )
            wants, control = isinstance(handle, Movable | Sketch), controls[target]
            moves = wants == is_points(control) and (wants or _is_number(control))
            if not moves:
                kind = "a control made by points()" if wants else "a slider"
                raise TypeError(
                    f"{name} {handle.label!r} moves {kind}; got {type(control).__name__} {target!r}"
                )
        if isinstance(handle, Handle) and not handle.targets():
            raise ValueError(
                f"Handle {handle.label!r} moves nothing: give it x= or y=, the names of controls"
            )


def _is_number(control):
    """Whether a control takes numbers: no menu, check box or text."""
    value = getattr(control, "value", None)
    return isinstance(value, int | float) and not isinstance(value, bool) and not hasattr(control, "options")


def look(ax):
    """What `geometry` depends on, to notice a change; cheap."""
    return (
        ax.get_xscale(), ax.get_yscale(), ax.viewLim.extents.tobytes(), ax.bbox.extents.tobytes(),
        ax.xaxis_inverted(), ax.yaxis_inverted(),
    )  # fmt: skip


def geometry(ax) -> dict[str, Any] | None:
    """The axes' transform for the browser: its box, and pixel = a + b·f(value) for each direction.

    f is the identity or log10. None for axes that are neither (polar, symlog, 3-D): they show no coordinates.
    """
    scales = [ax.get_xscale(), ax.get_yscale()]
    if ax.name != "rectilinear" or not set(scales) <= {"linear", "log"}:
        return None
    height = ax.figure.canvas.get_width_height()[1]
    box, directions = ax.bbox, {}
    for i, scale in enumerate(scales):
        low, high = (ax.get_xlim, ax.get_ylim)[i]()
        pixels = ax.transData.transform(
            [(ax.get_xlim()[0], ax.get_ylim()[0]), (ax.get_xlim()[1], ax.get_ylim()[1])]
        )
        first, last = pixels[:, i] if i == 0 else height - pixels[:, i]
        u, v = np.log10([low, high]) if scale == "log" else (low, high)
        slope = (last - first) / (v - u)
        directions["xy"[i]] = dict(log=scale == "log", a=float(first - slope * u), b=float(slope))
    return dict(box=[float(v) for v in (box.x0, height - box.y1, box.width, box.height)], **directions)


def pixels(handle, parameters):
    """The rings of a handle at these values, [x0, y0, x1, y1, ...] in pixels of the picture, y downwards.

    None where there is no number (a logarithm of 0): such a ring is not shown.
    """
    places = np.asarray(handle.places(parameters), dtype=float).reshape(-1, 2)
    height = handle.ax.figure.canvas.get_width_height()[1]
    at = handle.ax.transData.transform(places) if len(places) else places
    at = np.column_stack([at[:, 0], height - at[:, 1]]).round(2).ravel().tolist()
    return [v if math.isfinite(v) else None for v in at]
