"""Papers and sizes: transparent figures, odd numbers of pixels, hidden artists, filters of still artists."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from stage.authors.frame import X, entered, moving


@entered
def a_transparent_figure():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    fig.patch.set_alpha(0)
    ax.patch.set_alpha(0)
    line, update = moving(ax)
    return fig, update, [line]


@entered
def a_figure_without_paper():
    fig = Figure(figsize=(3, 2.2), facecolor="none")
    line, update = moving(fig.add_subplot(facecolor="none"), alpha=0.4)
    return fig, update, [line]


@entered
def half_transparent():
    fig = Figure(figsize=(3, 2.2), facecolor=(1, 0.9, 0.7, 0.5))
    line, update = moving(fig.add_subplot(facecolor=(1, 1, 1, 0.5)))
    return fig, update, [line]


@entered
def frameless():
    fig = Figure(figsize=(3, 2.2), frameon=False)
    ax = fig.add_subplot()
    ax.set_axis_off()
    line, update = moving(ax)
    return fig, update, [line]


@entered
def an_odd_number_of_pixels():
    fig, ax = plt.subplots(figsize=(3.005, 2.215))
    fig.patch.set(edgecolor="C0", linewidth=6)
    line, update = moving(ax)
    return fig, update, [line]


@entered
def another_dpi():
    fig, ax = plt.subplots(figsize=(3, 2.2), dpi=72.5)
    line, update = moving(ax)
    return fig, update, [line]


@entered
def an_artist_that_starts_hidden():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, _ = moving(ax)
    line.set_visible(False)
    dot = ax.axvline(0.5, visible=False)

    def update(k):
        line.set_visible(k > 2)
        dot.set_visible(k % 2 == 0)

    return fig, update, [line, dot]


@entered
def axes_that_start_hidden():
    fig, axs = plt.subplots(1, 2, figsize=(3, 2.2))
    axs[1].plot(X, X)
    axs[1].set_visible(False)
    return fig, lambda k: axs[1].set_visible(k > 2), [axs[1]]


@entered
def an_image_that_starts_hidden():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    image = ax.imshow(np.eye(4), visible=False)
    return fig, lambda k: image.set_visible(k != 3), [image]


@entered
def a_still_filter_between_live_lines():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax, zorder=1)
    span = ax.axhspan(0.3, 0.5, color="C0", zorder=2)
    span.set_agg_filter(lambda image, dpi: (image * [1, 1, 1, 0.5], 0, 0))
    other, move = moving(ax, zorder=3, color="C2", lw=3)

    def both(k):
        update(k)
        move(6 - k)

    return fig, both, [line, other]


@entered
def path_effects():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    line, update = moving(ax, lw=3, path_effects=[withStroke(linewidth=7, foreground="k")])
    text = ax.text(0.5, 0.5, "", fontsize=18, path_effects=[withStroke(linewidth=3, foreground="w")])

    def both(k):
        update(k)
        text.set_text(f"k = {k}")

    return fig, both, [line, text]


@entered
def a_container_of_bars_and_errors():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    bars = ax.bar([1, 2, 3], [1, 2, 3], color="0.8")
    error = ax.errorbar([1, 2, 3], [1, 2, 3], yerr=0.3, fmt="o", capsize=4)
    ax.set_ylim(0, 6)

    def update(k):
        for bar, height in zip(bars, (k, 6 - k, k / 2), strict=True):
            bar.set_height(height)
        points, caps, lines = error
        points.set_ydata([k, 6 - k, k / 2])
        caps[0].set_ydata([k - 0.3, 5.7 - k, k / 2 - 0.3])
        caps[1].set_ydata([k + 0.3, 6.3 - k, k / 2 + 0.3])
        at = zip((1, 2, 3), (k, 6 - k, k / 2), strict=True)
        lines[0].set_segments([[(x, y - 0.3), (x, y + 0.3)] for x, y in at])

    return fig, update, [bars, error]


@entered
def a_boxplot():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    parts = ax.boxplot([[1, 2, 3], [2, 3, 5]])
    ax.set_ylim(0, 8)

    def update(k):
        for line in parts["medians"]:
            line.set_ydata([k, k])

    return fig, update, parts["medians"]


@entered
def the_axis_alone():
    fig, ax = plt.subplots(figsize=(3, 2.2))
    ax.plot(X, X)
    return fig, lambda k: ax.xaxis.set_ticks(np.linspace(0, 1, k + 1)), [ax.xaxis]
