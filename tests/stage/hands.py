"""Small stages for tests, one per kind of interaction: dragged, drawn, typed, played; and a slow one."""

import time

import numpy as np
from matplotlib.figure import Figure

from mlpkit.stage import Handle, Movable, Sketch, Stage, choice, line_of_text, points, slider, steps

X = np.linspace(0, 1, 200)


def axes(**given):
    """A figure of 400 x 300 CSS pixels with one axes over [0, 1] x [-1, 1]."""
    fig = Figure(figsize=(4, 3), dpi=100, layout="constrained")
    return fig, fig.add_subplot(**{"xlim": (0, 1), "ylim": (-1, 1), **given})


def simple(update=None, **given):
    """A stage of one line over [0, 1] x [-1, 1] with one slider k."""
    fig = Figure(figsize=(3, 2), dpi=100)
    (line,) = fig.add_subplot(xlim=(0, 1), ylim=(-1, 1)).plot([0, 1], [0, 0])
    given = given or {"k": steps(1, 9, 3, label="k")}
    return Stage(fig, update or (lambda k: line.set_ydata([0, k / 9])), [line], **given)


def dragged():
    """A peak that is dragged at its top."""
    fig, ax = axes()
    (line,) = ax.plot(X, X)

    def update(s, h):
        line.set_ydata(h * np.exp(-80 * (X - s) ** 2))

    return Stage(
        fig, update, [line], lambda s, h: f"The peak stands at {s:.2f} and is {h:.2f} high.",
        handles=[Handle(ax, x="s", y="h", label="top of the peak")],
        s=slider(0, 1, 0.3, label="place"), h=slider(-1, 1, 0.5, label="height"),
    )  # fmt: skip


def dragged_on_logarithmic_axes():
    """A handle that moves along x only, where x is logarithmic."""
    fig, ax = axes(xscale="log", xlim=(1, 1000), ylim=(0, 1))
    (line,) = ax.plot([1, 1], [0, 1])
    return Stage(
        fig, lambda c: line.set_xdata([c, c]), [line], lambda c: f"The cut is at {c}.",
        handles=[Handle(ax, x="c", label="cut")], c=steps(1, 1000, 10, label="cut at"),
    )  # fmt: skip


def moved():
    """Points that are dragged along y; a click adds one."""
    fig, ax = axes()
    (line,) = ax.plot([], [])

    def update(at):
        line.set_data(*np.asarray(sorted(at)).reshape(-1, 2).T)

    return Stage(
        fig, update, [line], lambda at: f"{len(at)} points, mean height {np.mean(at, axis=0)[1]:.2f}.",
        handles=[Movable(ax, "at", along="y", grow=True)],
        at=points([(0.2, 0.0), (0.5, 0.5), (0.8, 0.0)], label="points"),
    )  # fmt: skip


def drawn():
    """A curve drawn by hand."""
    fig, ax = axes()
    (line,) = ax.plot([], [])

    def update(curve):
        line.set_data(*np.asarray(curve).reshape(-1, 2).T)

    return Stage(
        fig, update, [line], lambda curve: f"{len(curve)} points drawn.",
        handles=[Sketch(ax, "curve")], curve=points(label="curve"),
    )  # fmt: skip


def typed():
    """A number that is typed, beside a slider."""
    fig, ax = axes()
    (line,) = ax.plot(X, X)

    def update(amplitude, k):
        line.set_ydata(float(amplitude) * np.sin(k * X))

    return Stage(
        fig, update, [line], lambda amplitude, k: f"Amplitude {amplitude}, k is {k}.",
        amplitude=line_of_text("0.5", label="amplitude"), k=steps(1, 9, 3, label="k"),
    )  # fmt: skip


def played():
    """An animation: a moving point."""
    fig, ax = axes()
    (dot,) = ax.plot([0], [0], "o")
    return Stage(
        fig, lambda t: dot.set_data([t / 20], [np.sin(t)]), [dot], lambda t: f"The time is {t}.",
        play="t", t=steps(0, 20, 0, label="time"),
    )  # fmt: skip


def slow():
    """An update that takes a third of a second, and two seconds at the last position."""
    fig, ax = axes()
    (line,) = ax.plot(X, X)

    def update(n):
        time.sleep(2 if n == 200 else 0.33)
        line.set_ydata(np.sin(n * X))

    return Stage(fig, update, [line], lambda n: f"n is {n}.", n=steps(1, 200, 100, label="n"))


def small():
    """Two controls with 24 positions in all: small enough for a page that has every one."""
    fig, ax = axes(xlim=(0, 12))
    (line,) = ax.plot(12 * X, X)

    def update(k, shape):
        line.set_ydata(np.sin(k * X) if shape == "sin" else np.cos(k * X))

    return Stage(
        fig, update, [line], lambda k, shape: f"{shape} of {k}x.",
        handles=[Handle(ax, x="k", label="frequency")],
        k=steps(1, 12, 3, label="frequency k"), shape=choice(["sin", "cos"], label="shape"),
    )  # fmt: skip
