"""Every artist class of matplotlib: how one is made, or why it cannot be live."""

import inspect
from importlib import import_module

import matplotlib
import numpy as np
from matplotlib import collections as c
from matplotlib import image, lines, offsetbox, patches, quiver, table, text
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from mlpkit.stage import Stage, steps
from mlpkit.stage.arguments import parents

X = np.linspace(0, 4, 30)
GRID = np.stack(np.meshgrid(np.arange(4.0), np.arange(4.0)), axis=-1).reshape(-1, 2)
SQUARES = [[(x, y), (x + 0.7, y), (x + 0.7, y + 0.7), (x, y + 0.7)] for x, y in GRID]
CELLS = np.arange(20.0).reshape(4, 5) % 7
OFFSETS = dict(offsets=GRID, facecolor="C1", edgecolor="k")


def at_data(ax):
    return {**OFFSETS, "offset_transform": ax.transData}


def non_uniform(ax):
    made = image.NonUniformImage(ax, extent=(0, 4, 0, 3))
    made.set_data([0, 0.5, 1, 2, 4], [0, 0.5, 1, 3], CELLS)
    return made


def of_the_axes(ax):
    return TransformedBbox(Bbox([[0.2, 0.2], [0.6, 0.7]]), ax.transAxes)


def image_of_box(ax):
    made = image.BboxImage(of_the_axes(ax))
    made.set_data(CELLS)
    return made


MADE = {
    c.AsteriskPolygonCollection: lambda ax: c.AsteriskPolygonCollection(6, sizes=(200,), **at_data(ax)),
    c.CircleCollection: lambda ax: c.CircleCollection((100, 300), **at_data(ax)),
    c.EllipseCollection: lambda ax: c.EllipseCollection([0.8], [0.3], [30], units="xy", **at_data(ax)),
    c.EventCollection: lambda ax: c.EventCollection([0, 1, 3], linelength=2, lineoffset=2),
    c.FillBetweenPolyCollection: lambda ax: ax.fill_between(X, X, X + np.sin(X), color="C2"),
    c.LineCollection: lambda ax: c.LineCollection([GRID[:8], GRID[8:]], linewidths=[2, 5], color="C0"),
    c.PatchCollection: lambda ax: c.PatchCollection([patches.Circle(p, 0.3) for p in GRID], array=GRID[:, 0]),
    c.PathCollection: lambda ax: ax.scatter(*GRID.T, s=120, c=GRID[:, 0], marker="*"),
    c.PolyCollection: lambda ax: c.PolyCollection(SQUARES, array=GRID[:, 0], edgecolor="k"),
    c.PolyQuadMesh: lambda ax: ax.pcolor(CELLS, edgecolor="k"),
    c.QuadMesh: lambda ax: ax.pcolormesh(CELLS),
    c.RegularPolyCollection: lambda ax: c.RegularPolyCollection(5, rotation=1, sizes=(200,), **at_data(ax)),
    c.StarPolygonCollection: lambda ax: c.StarPolygonCollection(5, sizes=(200,), **at_data(ax)),
    c.TriMesh: lambda ax: ax.tripcolor(*GRID.T, GRID[:, 0] % 3, shading="gouraud"),
    image.AxesImage: lambda ax: ax.imshow(CELLS, extent=(0, 4, 0, 3), aspect="auto"),
    image.BboxImage: image_of_box,
    image.NonUniformImage: non_uniform,
    image.PcolorImage: lambda ax: ax.pcolorfast([0, 0.5, 1, 2, 3, 4], [0, 0.5, 1, 2, 3], CELLS),
    lines.Line2D: lambda ax: lines.Line2D(X, np.sin(3 * X) + 2, marker="o", markevery=5, ls="--"),
    lines.AxLine: lambda ax: ax.axline((0, 0), slope=0.7),
    patches.Annulus: lambda ax: patches.Annulus((2, 2), 1.5, 0.4),
    patches.Arc: lambda ax: patches.Arc((2, 2), 3, 2, theta1=20, theta2=300),
    patches.Arrow: lambda ax: patches.Arrow(0, 0, 3, 3),
    patches.Circle: lambda ax: patches.Circle((2, 2), 1),
    patches.CirclePolygon: lambda ax: patches.CirclePolygon((2, 2), 1.5, resolution=7),
    patches.Ellipse: lambda ax: patches.Ellipse((2, 2), 3, 1, angle=20),
    patches.FancyArrow: lambda ax: patches.FancyArrow(0, 0, 2, 2, width=0.3),
    patches.FancyArrowPatch: lambda ax: patches.FancyArrowPatch((0, 0), (3, 3), mutation_scale=20),
    patches.FancyBboxPatch: lambda ax: patches.FancyBboxPatch((1, 1), 2, 1, "round,pad=.3"),
    patches.PathPatch: lambda ax: patches.PathPatch(
        Path.unit_circle().transformed(Affine2D().scale(2, 1)), alpha=0.5
    ),
    patches.Polygon: lambda ax: patches.Polygon(GRID[[0, 3, 9]], hatch="//", fill=False),
    patches.Rectangle: lambda ax: patches.Rectangle((1, 1), 2, 1.5, ec="k", lw=3),
    patches.RegularPolygon: lambda ax: patches.RegularPolygon((2, 2), 5, radius=1.5),
    patches.Shadow: lambda ax: patches.Shadow(patches.Circle((2, 2), 1), 0.1, -0.1),
    patches.StepPatch: lambda ax: ax.stairs([1, 3, 2], [0, 1, 3, 4], fill=True),
    patches.Wedge: lambda ax: patches.Wedge((2, 2), 1.5, 30, 250),
    quiver.Barbs: lambda ax: ax.barbs(*GRID[:4].T, [30] * 4, [40] * 4, length=8),
    quiver.Quiver: lambda ax: ax.quiver(*GRID.T, 1, GRID[:, 0]),
    text.Text: lambda ax: text.Text(1, 2, "some text"),
}


# Drawn with a transform of their own, whatever set_transform says: compared as they are, moving otherwise.
OWN = {
    image.FigureImage: (
        lambda ax: ax.figure.figimage(np.tile(CELLS, (9, 9)), 9, 9), lambda a, k: a.set_alpha(k / 4),
    ),
    matplotlib.contour.QuadContourSet: (lambda ax: ax.contour(CELLS), lambda a, k: a.set_linewidth(k)),
    matplotlib.tri.TriContourSet: (
        lambda ax: ax.tricontourf(*GRID.T, GRID[:, 0] * GRID[:, 1]), lambda a, k: a.set_alpha(k / 4),
    ),
    matplotlib.legend.Legend: (
        lambda ax: ax.legend([lines.Line2D([], [])], ["a line"]),
        lambda a, k: a.get_texts()[0].set_text(f"line {k}"),
    ),
    matplotlib.axis.XAxis: (lambda ax: ax.xaxis, lambda a, k: a.set_ticks(range(k))),
    matplotlib.axis.YAxis: (lambda ax: ax.yaxis, lambda a, k: a.set_label_text("y" * k)),
    matplotlib.spines.Spine: (lambda ax: ax.spines["left"], lambda a, k: a.set_linewidth(k)),
    matplotlib.axes.Axes: (lambda ax: ax, lambda a, k: a.set_xlim(0, k)),
    text.Annotation: (
        lambda ax: ax.annotate("note", (1, 1), (2, 3), arrowprops=dict(arrowstyle="->")),
        lambda a, k: a.set_position((k, 3)),
    ),
    table.Table: (
        lambda ax: ax.table([["a", "b"]], loc="center"), lambda a, k: a[0, 0].set_facecolor(f"C{k}"),
    ),
    offsetbox.AnchoredText: (
        lambda ax: offsetbox.AnchoredText("anchored", "upper left"),
        lambda a, k: a.txt.set_text("anchored" * k),
    ),
    offsetbox.AnnotationBbox: (
        lambda ax: offsetbox.AnnotationBbox(offsetbox.TextArea("in a box"), (2, 1)),
        lambda a, k: setattr(a, "xyann", (k, 2)),
    ),
    quiver.QuiverKey: (
        lambda ax: ax.quiverkey(ax.quiver(*GRID.T, 1, 1), 0.5, 0.5, 2, "key"),
        lambda a, k: a.text.set_text("key" * k),
    ),
    patches.ConnectionPatch: (
        lambda ax: patches.ConnectionPatch((0, 0), (3, 3), "data", "data", axesA=ax, axesB=ax, lw=3),
        lambda a, k: setattr(a, "xy2", (k, 3)),
    ),
    matplotlib.inset.InsetIndicator: (
        lambda ax: ax.indicate_inset((0, 0, 2, 2), ax.inset_axes((0.6, 0.6, 0.3, 0.3)), edgecolor="C3"),
        lambda a, k: a.set_linewidth(k),
    ),
}  # fmt: skip

# What cannot be live alone: a base of others, or a part of what is live as a whole.
REFUSED = {
    "bases": {Artist, c.Collection, patches.Patch, matplotlib.axis.Axis, matplotlib.contour.ContourSet,
              offsetbox.OffsetBox, offsetbox.PackerBase, offsetbox.AnchoredOffsetbox},
    "parts": {matplotlib.axis.Tick, matplotlib.axis.XTick, matplotlib.axis.YTick, table.Cell,
              offsetbox.TextArea, offsetbox.VPacker, offsetbox.HPacker, offsetbox.PaddedBox,
              offsetbox.DrawingArea, offsetbox.OffsetImage, offsetbox.AuxTransformBox},
    "figures": {matplotlib.figure.FigureBase, matplotlib.figure.Figure, matplotlib.figure.SubFigure},
}  # fmt: skip

MODULES = ("artist", "axes", "axis", "collections", "contour", "figure", "image", "inset", "legend", "lines",
           "offsetbox", "patches", "quiver", "spines", "table", "text", "tri")  # fmt: skip


def classes():
    """Every public artist class of the modules that draw."""
    found = set()
    for name in MODULES:
        for _, one in inspect.getmembers(import_module(f"matplotlib.{name}"), inspect.isclass):
            if (
                issubclass(one, Artist)
                and one.__module__.startswith("matplotlib.")
                and one.__name__[0] != "_"
            ):
                found.add(one)
    return found


TRANSFORMS = {
    1: Affine2D(),
    2: Affine2D().scale(0.6, 1.3),
    3: Affine2D().rotate_deg_around(2, 2, 30),
    4: Affine2D().skew_deg(25, 10),
}


def staged(kind):
    """A stage in which an artist of this class is live, under the transforms or moving in its own way."""
    fig = Figure(figsize=(2.5, 2), dpi=100)
    ax = fig.add_subplot()
    make, move = OWN[kind] if kind in OWN else (MADE[kind], None)
    artist = make(ax)
    if artist not in parents(fig):
        ax.add_artist(artist)
    ax.set(xlim=(-1, 5), ylim=(-1, 5))
    own = Artist.get_transform(artist)  # without what a patch adds

    def under(k):
        artist.set_transform(TRANSFORMS[k] + own)

    return Stage(fig, (lambda k: move(artist, k)) if move else under, artist, k=steps(1, 4))
