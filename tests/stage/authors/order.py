"""What covers what: twins, axes over axes, legends and texts of the figure, insets, subfigures, depth."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from mpl_toolkits.axes_grid1.inset_locator import inset_axes
from stage.authors.frame import X, entered, moving

WIDE = {"lw": 8, "color": "C0"}


def figure(**given):
    return Figure(figsize=(3, 2.2), **given)


@entered
def a_raised_twin():
    fig = figure()
    ax = fig.add_subplot()
    line, update = moving(ax)
    twin = ax.twinx()
    twin.plot(X, 1 - X, **WIDE)
    ax.set_zorder(twin.get_zorder() + 1)
    ax.patch.set_visible(False)
    return fig, update, [line]


@entered
def a_still_twin_above():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax)
    twin = ax.twinx()
    twin.fill_between(X, 0.3, 0.6, color="C0")
    twin.set_ylabel("still")
    return fig, update, [line]


@entered
def both_twins_move():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax)
    twin = ax.twinx()
    twin.axhspan(0.4, 0.6, color="0.7")
    (other,) = twin.plot(X, X, **WIDE)

    def both(k):
        update(k)
        other.set_ydata(X * k / 5)

    return fig, both, [line, other]


@entered
def the_axes_of_a_twin_are_live():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    ax.plot(X, 1 - X, **WIDE)
    twin = ax.twinx()
    _line, update = moving(twin)

    def scaled(k):
        update(k)
        twin.set_ylim(0, k)

    return fig, scaled, [twin]


@entered
def the_axes_below_a_twin_are_live():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    _line, update = moving(ax)
    ax.twinx().plot(X, 1 - X, **WIDE)

    def scaled(k):
        update(k)
        ax.set_ylim(0, k)

    return fig, scaled, [ax]


@entered
def axes_over_axes():
    fig = figure()
    below = fig.add_axes((0.1, 0.15, 0.8, 0.75))
    line, update = moving(below)
    above = fig.add_axes((0.4, 0.4, 0.4, 0.4), facecolor="wheat")
    above.plot(X, X)
    return fig, update, [line]


@entered
def moving_axes_over_moving_axes():
    fig = figure()
    line, update = moving(fig.add_axes((0.1, 0.15, 0.8, 0.75)))
    above = fig.add_axes((0.4, 0.4, 0.4, 0.4), facecolor="wheat")
    other, move = moving(above, color="C2")

    def both(k):
        update(k)
        move(6 - k)

    return fig, both, [line, other]


@entered
def axes_that_are_below_by_zorder():
    fig = figure()
    first = fig.add_axes((0.4, 0.4, 0.4, 0.4), facecolor="wheat", zorder=5)
    first.plot(X, X)
    line, update = moving(fig.add_axes((0.1, 0.15, 0.8, 0.75)))
    return fig, update, [line]


@entered
def a_legend_of_the_figure():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax, label="moves")
    fig.legend(loc="center", framealpha=1)
    return fig, update, [line]


@entered
def a_text_of_the_figure_over_lines():
    fig, axs = plt.subplots(1, 2, figsize=(3, 2.2))
    line, update = moving(axs[0])
    fig.text(0.5, 0.5, "DRAFT", fontsize=40, ha="center", va="center", color="k")
    fig.lines.append(plt.Line2D([0, 1], [0, 1], transform=fig.transFigure, figure=fig, lw=3))
    return fig, update, [line]


@entered
def a_live_text_of_the_figure_under_axes():
    fig = figure()
    text = fig.text(0.5, 0.5, "", fontsize=30, ha="center", zorder=-1)
    fig.add_axes((0.4, 0.2, 0.5, 0.7)).plot(X, X)
    return fig, lambda k: text.set_text(str(k) * 9), [text]


@entered
def an_inset_of_add_axes_moves():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    ax.plot(X, X, **WIDE)
    inset = fig.add_axes((0.2, 0.55, 0.3, 0.3))
    line, update = moving(inset, lw=3)
    return fig, update, [line]


@entered
def an_inset_lies_above():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax)
    inset = ax.inset_axes((0.3, 0.3, 0.4, 0.4))
    inset.plot(X, X)
    return fig, update, [line]


@entered
def a_line_and_its_inset_move():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax)
    inset = ax.inset_axes((0.3, 0.3, 0.4, 0.4), xlim=(0.4, 0.6))
    other, move = moving(inset, lw=4)
    ax.indicate_inset_zoom(inset, edgecolor="k")

    def both(k):
        update(k)
        move(k)

    return fig, both, [line, other]


@entered
def an_inset_of_axes_grid1():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax)
    inset = inset_axes(ax, width="40%", height="40%", loc=4)
    inset.imshow(np.eye(4))
    return fig, update, [line]


@entered
def subfigures():
    fig = plt.figure(figsize=(4, 2.2), layout="constrained")
    left, right = fig.subfigures(1, 2)
    left.set_facecolor("0.85")
    ax = left.subplots()
    line, update = moving(ax, label="moves")
    ax.plot(X, 1 - X, label="still")
    ax.legend()
    right.subplots(2, 1)
    right.suptitle("right")
    return fig, update, [line]


@entered
def a_title_of_a_subfigure_moves():
    fig = figure(layout="constrained")
    top, bottom = fig.subfigures(2, 1, hspace=0.1)
    title = top.suptitle("k")
    top.subplots()
    line, update = moving(bottom.subplots())

    def both(k):
        update(k)
        title.set_text(f"k = {k}")

    return fig, both, [title, line]


@entered
def depth_in_space():
    fig = plt.figure(figsize=(3, 2.5))
    ax = fig.add_subplot(projection="3d")
    ax.bar3d([0], [0], [0], 1, 1, 1, color="C0")
    ax.set(xlim=(-2, 3), ylim=(-2, 3), zlim=(0, 2))
    points = ax.scatter([0], [0], [0.5], s=300, c="C3", depthshade=False)

    def update(k):
        points._offsets3d = ([0.5], [5.5 - 2 * k], [0.5])

    return fig, update, [points]


@entered
def a_camera_that_turns():
    fig = plt.figure(figsize=(3, 2.5))
    ax = fig.add_subplot(projection="3d")
    a, b = np.meshgrid(np.linspace(-1, 1, 8), np.linspace(-1, 1, 8))
    ax.plot_surface(a, b, a * b, cmap="viridis")
    return fig, lambda k: ax.view_init(azim=30 * k), [ax]


@entered
def a_line_in_space_beside_still_axes():
    fig = plt.figure(figsize=(4, 2.2))
    flat = fig.add_subplot(1, 2, 1)
    other, move = moving(flat)
    ax = fig.add_subplot(1, 2, 2, projection="3d")
    (line,) = ax.plot(X, X, X)

    def update(k):
        move(k)
        line.set_data_3d(np.cos(k * X), np.sin(k * X), X)

    ax.set(xlim=(-1, 1), ylim=(-1, 1))
    return fig, update, [line, other]


@entered
def a_title_that_grows_into_the_axes_above():
    fig, axs = plt.subplots(2, 1, figsize=(3, 2.6))
    axs[0].axhspan(0, 0.3, color="C0")
    title = axs[1].set_title("k")
    line, update = moving(axs[0])

    def both(k):
        update(k)
        title.set_text("\n".join(["row"] * k))

    return fig, both, [line, title]


@entered
def a_text_that_wanders_over_other_axes():
    fig, axs = plt.subplots(1, 2, figsize=(3, 2.2))
    text = axs[0].text(0.1, 0.5, "wanders", fontsize=14)
    axs[1].axhspan(0.4, 0.6, color="wheat")
    return fig, lambda k: text.set_x(0.1 + 0.4 * k), [text]


@entered
def a_line_that_is_not_clipped():
    fig, axs = plt.subplots(2, 1, figsize=(3, 2.2))
    line, _ = moving(axs[0], clip_on=False)
    axs[0].set_ylim(0, 1)
    axs[1].set_facecolor("wheat")
    return fig, lambda k: line.set_ydata(X * -k), [line]


@entered
def still_artists_between_live_ones():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax, zorder=1)
    ax.axhspan(0.3, 0.5, color="wheat", zorder=2)
    ax.imshow(np.eye(3), extent=(0.2, 0.4, 0.6, 0.9), zorder=3, aspect="auto")
    ax.text(0.5, 0.5, "still", fontsize=20, zorder=4)
    (other,) = ax.plot(X, X, lw=3, zorder=5)

    def both(k):
        update(k)
        other.set_ydata(X**k)

    return fig, both, [line, other]


@entered
def a_colorbar_beside():
    fig, ax = plt.subplots(figsize=(3, 2.2), layout="constrained")
    image = ax.imshow(np.eye(5), cmap="magma", vmin=0, vmax=5)
    fig.colorbar(image)
    line, _ = moving(ax)
    return fig, lambda k: (image.set_data(np.eye(5) * k), line.set_ydata(X * k))[0], [image, line]
