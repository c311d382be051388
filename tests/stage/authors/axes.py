"""Axes that move, and axes that are not plain: limits set by update, dates, scales, polar, aspect."""

import datetime

import matplotlib.pyplot as plt
import numpy as np
from stage.authors.frame import T, X, entered, moving


def small(**given):
    return plt.subplots(figsize=(3, 2.2), **given)


@entered
def limits_set_by_update():
    fig, ax = small()
    _line, move = moving(ax)

    def update(k):
        move(k)
        ax.set_xlim(0, k)

    return fig, update, [ax]


@entered
def autoscaled_by_update():
    fig, ax = small()
    line, _ = moving(ax)

    def update(k):
        line.set_ydata(X * 10.0**k)
        ax.relim()
        ax.autoscale_view()

    return fig, update, ax


@entered
def cleared_and_drawn_again():
    fig, ax = small()

    def update(k):
        ax.clear()
        ax.fill_between(X, X**k, alpha=0.5)
        ax.plot(X, X**k)
        ax.set_title(f"x^{k}")

    return fig, update, [ax]


@entered
def shared_limits():
    fig, axs = small(nrows=2, sharex=True)
    _line, move = moving(axs[0])
    axs[1].plot(X, X)

    def update(k):
        move(k)
        axs[1].set_xlim(0, k / 2)

    return fig, update, axs


@entered
def dates():
    fig, ax = small()
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(7 * i) for i in range(10)]
    (line,) = ax.plot(days, range(10), "o-")
    fig.autofmt_xdate()
    return fig, lambda k: line.set_ydata(np.arange(10) * k / 5), [line]


@entered
def categories():
    fig, ax = small()
    bars = ax.barh(["a", "b", "c"], [5, 5, 5])
    return fig, lambda k: next(bar.set_width(k / (i + 1)) for i, bar in enumerate(bars)), list(bars)


@entered
def polar():
    fig, ax = small(subplot_kw={"projection": "polar"})
    (line,) = ax.plot(T, np.ones_like(T), lw=3)
    ax.set_rmax(2)
    return fig, lambda k: line.set_ydata(1 + 0.8 * np.sin(k * T)), [line]


@entered
def polar_bars():
    fig, ax = small(subplot_kw={"projection": "polar"})
    bars = ax.bar([0, 1, 2, 3], [1, 1, 1, 1], width=0.8)
    ax.set_rmax(5)
    return fig, lambda k: next(bar.set_height(k / (1 + i / 3)) for i, bar in enumerate(bars)), bars


@entered
def a_map_projection():
    fig, ax = small(subplot_kw={"projection": "mollweide"})
    ax.grid()
    points = ax.scatter([0, 1, 2], [0, 0.5, 1])
    return fig, lambda k: points.set_offsets([[0.5 * k - 2, 0], [1, k / 5], [2, 1]]), [points]


@entered
def symlog_and_logit():
    fig, axs = small(ncols=2, layout="constrained")
    axs[0].set_yscale("symlog")
    axs[1].set_yscale("logit")
    line, _ = moving(axs[0])
    other, _ = moving(axs[1])
    axs[0].set_ylim(-100, 100)
    axs[1].set_ylim(0.001, 0.999)

    def update(k):
        line.set_ydata((X - 0.5) * 40 * k)
        other.set_ydata(0.01 + 0.98 * X ** (k / 2))

    return fig, update, [line, other]


@entered
def an_equal_aspect():
    fig, ax = small()
    ax.set_aspect("equal")
    ax.set(xlim=(0, 4), ylim=(0, 1))
    line, update = moving(ax)
    return fig, update, [line]


@entered
def reversed_axes():
    fig, ax = small()
    ax.invert_yaxis()
    ax.xaxis.tick_top()
    line, update = moving(ax)
    return fig, update, [line]


@entered
def a_second_axis():
    fig, ax = small(layout="constrained")
    line, update = moving(ax)
    ax.secondary_xaxis("top", functions=(lambda x: x * 10, lambda x: x / 10)).set_xlabel("ten times")
    return fig, update, [line]


@entered
def axes_that_are_moved():
    fig, ax = small()
    _line, move = moving(ax)

    def update(k):
        move(k)
        ax.set_position((0.1 + 0.05 * k, 0.2, 0.5, 0.6))

    return fig, update, [ax]
