"""Figures made with pyplot, and what happens to them before and after they are given to a stage."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from stage.authors.frame import X, entered, moving


def small(**given):
    return plt.subplots(figsize=(3, 2.2), **given)


@entered
def subplots():
    fig, ax = small()
    line, update = moving(ax, label="sin")
    ax.legend()
    ax.set_xlabel("x")
    return fig, update, [line]


@entered
def plot_and_title_of_the_state_machine():
    fig = plt.figure(figsize=(3, 2.2))
    (line,) = plt.plot(X, X)
    title = plt.title("k")
    plt.ylim(-1, 1)
    plt.grid()

    def update(k):
        line.set_ydata(np.sin(k * 3 * X))
        title.set_text(f"k = {k}")

    return fig, update, [line, title]


@entered
def constrained_layout():
    fig, axs = small(nrows=2, sharex=True, layout="constrained")
    axs[0].plot(X, X**2)
    line, update = moving(axs[1])
    fig.suptitle("two rows")
    return fig, update, line


@entered
def tight_layout():
    fig, axs = small(ncols=2)
    line, update = moving(axs[0])
    axs[1].set_ylabel("a label that needs room")
    fig.tight_layout()
    return fig, update, [line]


@entered
def a_mosaic():
    fig, axs = plt.subplot_mosaic("AB;CC", figsize=(3, 2.2), layout="constrained")
    line, update = moving(axs["C"])
    axs["A"].bar([0, 1], [1, 2])
    title = axs["B"].set_title("k")

    def both(k):
        update(k)
        title.set_text(f"k = {k}")

    return fig, both, [line, title]


@entered
def a_dark_style_context():
    with plt.style.context("dark_background"):
        fig, ax = small()
        line, update = moving(ax)
        ax.set_title("dark")
    return fig, update, [line]


@entered
def ggplot():
    with plt.style.context("ggplot"):
        fig, ax = small()
        line, update = moving(ax, color="C1")
        ax.fill_between(X, X / 2, alpha=0.4)
    return fig, update, [line]


@entered
def sketched():
    with mpl.rc_context({"path.sketch": (1, 100, 2), "axes.linewidth": 1.5, "lines.linewidth": 2.0}):
        fig, ax = small()
        ax.plot(X, X**2)
        bars = ax.bar([0.2, 0.5, 0.8], [0, 0, 0], width=0.2)
        ax.set_ylim(0, 1)

    def update(k):
        for i, bar in enumerate(bars):
            bar.set_height(k / (6 + i))

    return fig, update, bars


@entered
def drawn_before():
    fig, ax = small()
    line, update = moving(ax)
    fig.canvas.draw()
    fig.savefig("/dev/null", format="png")
    return fig, update, [line]


@entered
def closed_before():
    fig, ax = small()
    line, update = moving(ax)
    plt.close(fig)
    return fig, update, [line]


@entered
def a_canvas_of_another_backend():
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    fig, ax = small()
    FigureCanvasPdf(fig)
    line, update = moving(ax)
    return fig, update, [line]


@entered
def update_draws_the_canvas():
    fig, ax = small()
    line, move = moving(ax)

    def update(k):
        move(k)
        fig.canvas.draw_idle()
        fig.canvas.flush_events()

    return fig, update, [line]


@entered
def animated_as_for_blitting():
    fig, ax = small()
    line, update = moving(ax, animated=True)
    ax.plot(X, 1 - X, animated=True)
    return fig, update, [line]


@entered
def a_helper_that_takes_the_current_axes():
    def trend(x, y, ax=None, **style):
        ax = ax or plt.gca()
        ax.scatter(x, y, s=15, color="k")
        (fitted,) = ax.plot(x, y, **style)
        return fitted

    fig, axs = small(ncols=2, sharey=True)
    plt.sca(axs[1])
    line = trend(X[::6], X[::6] ** 2, color="C2", lw=4)
    return fig, lambda k: line.set_ydata(X[::6] ** k), line


@entered
def subplots_adjust():
    fig, ax = small()
    fig.subplots_adjust(0.3, 0.3, 0.7, 0.7)
    line, update = moving(ax)
    ax.set_title("narrow")
    return fig, update, [line]


@entered
def mathtext_in_another_font():
    with mpl.rc_context({"mathtext.fontset": "stix", "font.family": "serif"}):
        fig, ax = small()
        text = ax.text(0.1, 0.5, "", fontsize=16)

    return fig, lambda k: text.set_text(rf"$\int_0^{k} x^2\,dx$"), [text]
