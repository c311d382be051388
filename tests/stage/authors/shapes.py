"""Images and meshes where the fast way does not hold, tables, annotations, legends."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.image import NonUniformImage
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, TextArea
from matplotlib.patches import ConnectionPatch, FancyArrowPatch
from matplotlib.transforms import Affine2D
from stage.authors.frame import X, entered, moving

CELLS = np.arange(20.0).reshape(4, 5) % 7


def small(**given):
    fig, ax = plt.subplots(figsize=(3, 2.2))
    ax.set(**{"xlim": (-1, 5), "ylim": (-1, 5), **given})
    return fig, ax


def image_of(ax, **given):
    return ax.imshow(CELLS, **{"aspect": "auto", "extent": (0, 4, 0, 3), **given})


@entered
def an_image_that_turns():
    fig, ax = small()
    made = image_of(ax)
    ax.set(xlim=(-1, 5), ylim=(-1, 5))
    return fig, lambda k: made.set_transform(Affine2D().rotate_deg_around(2, 2, 15 * k) + ax.transData), made


@entered
def an_image_that_is_sheared():
    fig, ax = small()
    made = image_of(ax, interpolation="nearest")
    ax.set(xlim=(-1, 5), ylim=(-1, 5))
    return fig, lambda k: made.set_transform(Affine2D().skew_deg(8 * k, 0) + ax.transData), made


@entered
def an_image_with_its_extent_reversed():
    fig, ax = small()
    made = image_of(ax, extent=(4, 0, 3, 0))
    ax.set(xlim=(-1, 5), ylim=(-1, 5))
    return fig, lambda k: made.set_extent((4, k / 2, 3, 0)), made


@entered
def an_image_whose_extent_moves():
    fig, ax = small()
    made = image_of(ax)
    ax.set(xlim=(-1, 5), ylim=(-1, 5), autoscale_on=False)
    return fig, lambda k: made.set_extent((0, k, 0, 3)), made


@entered
def an_image_on_logarithmic_axes():
    fig, ax = small()
    made = image_of(ax, extent=(1, 100, 1, 4))
    ax.set(xscale="log", xlim=(1, 100), ylim=(1, 4))
    return fig, lambda k: made.set_data(CELLS * k % 7), made


@entered
def a_smoothed_image():
    fig, ax = small()
    made = image_of(ax, interpolation="bicubic", cmap="gray")
    return fig, lambda k: made.set_data(CELLS * k % 7), made


@entered
def an_image_with_alpha_per_cell():
    fig, ax = small(facecolor="wheat")
    made = image_of(ax, alpha=CELLS / 7)
    return fig, lambda k: made.set_data(CELLS * k % 7), made


@entered
def an_image_of_colours():
    fig, ax = small(facecolor="wheat")
    made = ax.imshow(np.random.default_rng(0).random((4, 5, 3)), alpha=0.5, extent=(0, 4, 0, 3))
    return fig, lambda k: made.set_alpha(k / 5), made


@entered
def a_non_uniform_image():
    fig, ax = small()
    made = NonUniformImage(ax, extent=(0, 4, 0, 3))
    made.set_data([0, 0.5, 1, 2, 4], [0, 0.5, 1, 3], CELLS)
    ax.add_image(made)
    return fig, lambda k: made.set_data([0, 0.5, 1, 2, 4], [0, 0.5, 1, 3], CELLS * k % 7), made


@entered
def a_picture_of_unequal_cells():
    fig, ax = small()
    made = ax.pcolorfast([0, 0.5, 1, 2, 3, 4], [0, 0.5, 1, 2, 3], CELLS)
    return fig, lambda k: made.set_data([0, 0.5, 1, 2, 3, 4], [0, 0.5, 1, 2, 3], CELLS * k % 7), made


@entered
def a_mesh_that_turns():
    fig, ax = small()
    made = ax.pcolormesh(CELLS, edgecolors="k", lw=0.5)
    return fig, lambda k: made.set_transform(Affine2D().rotate_deg(10 * k) + ax.transData), made


@entered
def a_smooth_mesh():
    fig, ax = small()
    made = ax.pcolormesh(CELLS, shading="gouraud")
    return fig, lambda k: made.set_array(CELLS * k % 7), made


@entered
def a_picture_of_the_figure():
    fig, _ax = small()
    made = fig.figimage(np.tile(CELLS, (10, 10)), 20, 20, alpha=0.5)
    return fig, lambda k: made.set_alpha(k / 5), made


@entered
def a_table():
    fig, ax = small()
    ax.set_axis_off()
    made = ax.table([["1", "2"], ["3", "4"]], colLabels=["a", "b"], loc="center")
    return fig, lambda k: made[1, 0].get_text().set_text(f"{k}{k}"), made


@entered
def annotations():
    fig, ax = small()
    made = ax.annotate(
        "here", (1, 1), (3, 3), arrowprops={"arrowstyle": "->", "connectionstyle": "arc3,rad=.3"}
    )
    ax.plot(4 * X, 4 * X)

    def update(k):
        made.xy = (k - 0.5, 1)
        made.set_text(f"here: {k}")

    return fig, update, made


@entered
def arrows_and_boxes():
    fig, ax = small()
    arrow = ax.add_patch(FancyArrowPatch((0, 0), (3, 3), mutation_scale=20, lw=2))
    anchored = ax.add_artist(AnchoredText("anchored", loc="upper left"))
    box = ax.add_artist(AnnotationBbox(TextArea("in a box"), (2, 1)))

    def update(k):
        arrow.set_positions((0, 0), (k, 3))
        box.xyann = (k - 0.5, 1)
        anchored.set_alpha(k / 5)

    return fig, update, [arrow, anchored, box]


@entered
def a_connection_between_axes():
    fig, (a, b) = plt.subplots(1, 2, figsize=(3, 2.2))
    line, move = moving(a)
    link = ConnectionPatch((0.5, 0.5), (0.5, 0.5), "data", "data", axesA=a, axesB=b, color="k", lw=3)
    fig.add_artist(link)

    def update(k):
        move(k)
        link.xy2 = (0.5, k / 6)

    return fig, update, [line, link]


@entered
def a_live_legend_of_the_figure():
    fig, ax = small(ylim=(0, 1))
    line, move = moving(ax, label="a line")
    legend = fig.legend(loc="upper center")

    def update(k):
        move(k)
        legend.get_texts()[0].set_text(f"k = {k}")

    return fig, update, [line, legend]
