"""Many shapes in one artist: quivers, ellipses, sizes, line collections, meshes, triangles, hatches."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import (
    EllipseCollection,
    LineCollection,
    PatchCollection,
    PolyCollection,
    RegularPolyCollection,
)
from matplotlib.patches import Circle, Wedge
from matplotlib.transforms import Affine2D
from stage.authors.frame import X, entered

GRID = np.stack(np.meshgrid(np.arange(4.0), np.arange(4.0)), axis=-1).reshape(-1, 2)


def small(**given):
    fig, ax = plt.subplots(figsize=(3, 2.2))
    ax.set(**{"xlim": (-1, 4), "ylim": (-1, 4), **given})
    return fig, ax


@entered
def a_quiver():
    fig, ax = small()
    arrows = ax.quiver(*GRID.T, 1, 1)
    return fig, lambda k: arrows.set_UVC(np.cos(k * GRID[:, 0]), np.sin(k * GRID[:, 1])), arrows


@entered
def a_quiver_in_units_of_the_data():
    fig, ax = small()
    arrows = ax.quiver(*GRID.T, 1, 1, GRID[:, 0], units="xy", angles="xy", scale_units="xy", scale=2)
    return fig, lambda k: arrows.set_UVC(np.cos(k * GRID[:, 0]), np.sin(k * GRID[:, 1]), GRID[:, 1]), arrows


@entered
def barbs():
    fig, ax = small()
    made = ax.barbs(*GRID.T, 20.0 * np.ones(16), np.zeros(16), length=5)
    return fig, lambda k: made.set_UVC(20.0 * k * np.cos(GRID[:, 0]), 20.0 * k * np.sin(GRID[:, 1])), made


@entered
def ellipses_that_turn():
    fig, ax = small()
    made = EllipseCollection(
        np.full(16, 0.8),
        np.full(16, 0.3),
        np.zeros(16),
        units="xy",
        offsets=GRID,
        offset_transform=ax.transData,
    )
    made.set(facecolor="C1", edgecolor="k")
    ax.add_collection(made)
    return fig, lambda k: made.set_angles(k * 20 + 10 * np.arange(16)), made


@entered
def circles_that_are_ellipses_in_data():
    fig, ax = small(ylim=(-1, 10))
    made = EllipseCollection(
        np.full(16, 0.8),
        np.full(16, 0.8),
        np.zeros(16),
        units="xy",
        offsets=GRID,
        offset_transform=ax.transData,
    )
    ax.add_collection(made)
    return fig, lambda k: made.set_offsets(GRID * [1, k / 2]), made


@entered
def a_scatter_whose_sizes_change():
    fig, ax = small()
    made = ax.scatter(*GRID.T, s=50, c=GRID[:, 0], marker="*", edgecolors="k")
    return (
        fig,
        lambda k: (made.set_sizes(20.0 * k * (1 + np.arange(16) % 3)), made.set_array(GRID[:, k % 2]))[0],
        made,
    )


@entered
def a_scatter_of_rotated_markers():
    fig, ax = small()
    made = ax.scatter(*GRID.T, s=200, marker=(3, 0, 30), color="C2", alpha=0.6)
    return fig, lambda k: made.set_transform(Affine2D().rotate_deg(20 * k).scale(1, k / 3)), [made]


@entered
def regular_polygons():
    fig, ax = small()
    made = RegularPolyCollection(
        5, rotation=0.4, sizes=(100, 200, 300), offsets=GRID, offset_transform=ax.transData
    )
    ax.add_collection(made)
    return fig, lambda k: made.set_offsets(GRID * k / 4), made


@entered
def a_line_collection():
    fig, ax = small()
    curves = [np.column_stack([3 * X, i + 0 * X]) for i in range(4)]
    made = LineCollection(
        curves, array=np.arange(4.0), linewidths=[1, 2, 4, 8], linestyles=["-", "--", ":", "-."]
    )
    ax.add_collection(made)
    return fig, lambda k: made.set_segments([np.add(c, [0, np.sin(k)]) for c in curves]), made


@entered
def a_line_coloured_along_itself():
    fig, ax = small()
    at = np.column_stack([3 * X, 1 + np.sin(6 * X)])
    made = LineCollection(np.stack([at[:-1], at[1:]], axis=1), array=X[:-1], linewidths=6)
    ax.add_collection(made)
    return fig, lambda k: made.set_array(np.sin(k * 3 * X[:-1])), made


@entered
def patches_of_all_kinds():
    fig, ax = small()
    made = PatchCollection(
        [Circle((0, 0), 0.7), Wedge((2, 2), 1, 20, 200), Circle((3, 0), 0.4)], array=np.arange(3.0), alpha=0.7
    )
    ax.add_collection(made)
    return fig, lambda k: made.set_array(np.arange(3.0) * k % 4), made


@entered
def a_polygon_with_an_offset_for_each():
    fig, ax = small()
    made = PolyCollection(
        [[(0, 0), (30, 0), (15, 20)]],
        offsets=GRID,
        offset_transform=ax.transData,
        facecolors=["C0", "C1", "C2"],
    )
    ax.add_collection(made)
    return fig, lambda k: made.set_offsets(np.add(GRID, [0, k / 4])), made


@entered
def hatched_bars_and_areas():
    fig, ax = small()
    bars = ax.bar([0, 1, 2], [1, 2, 3], hatch=["/", "o", "x"], facecolor="w", edgecolor="k")
    area = ax.fill_between(3 * X, X, hatch="...", facecolor="none", edgecolor="C3")

    def update(k):
        for bar in bars:
            bar.set_height(k / 2)
        area.set_data(3 * X, X * 0, X * k / 2)

    return fig, update, [bars, area]


@entered
def hexagonal_bins():
    fig, ax = small()
    rng = np.random.default_rng(0)
    made = ax.hexbin(*rng.normal(1.5, 1, (2, 500)), gridsize=10)
    values = made.get_array()
    return fig, lambda k: made.set_array(np.roll(values, 3 * k)), made


@entered
def events():
    fig, ax = small()
    made = ax.eventplot([[0, 1, 2], [0.5, 1.5]], colors=["C0", "C1"], lineoffsets=[1, 2])
    return fig, lambda k: next(m.set_positions(np.arange(k) * 0.7) for m in made), made


@entered
def stems():
    fig, ax = small()
    made = ax.stem([0, 1, 2, 3], [1, 2, 3, 1])

    def update(k):
        heights = np.array([1, 2, 3, 1]) * k / 4
        made.markerline.set_ydata(heights)
        made.stemlines.set_segments([[(x, 0), (x, y)] for x, y in enumerate(heights)])

    return fig, update, made


@entered
def contours():
    fig, ax = small()
    a = np.linspace(-1, 4, 30)
    made = ax.contourf(a, a, np.sin(a)[:, None] * np.cos(a), levels=6)
    return fig, lambda k: made.set_alpha(k / 5), made


@entered
def streamlines():
    fig, ax = small()
    a = np.linspace(0, 3, 8)
    made = ax.streamplot(a, a, np.ones((8, 8)), np.sin(a)[:, None] * np.ones((8, 8)), density=0.5)
    return fig, lambda k: made.lines.set(linewidth=k), [made.lines]
