"""Lines of every kind: steps, error bars, stems, coloured edges, polar and twin axes, 3-D."""

import numpy as np
from matplotlib.collections import LineCollection
from stage.gallery.frame import framed, shown

X = np.linspace(0, 1, 60)
RNG = np.random.default_rng(1)
T = np.linspace(0, 2 * np.pi, 90)


@shown
def steps_line():
    def draw(ax):
        (line,) = ax.plot(X[::4], X[::4], drawstyle="steps-mid", lw=2)
        return [line], lambda k: line.set_ydata(np.sin(k * X[::4]) ** 2)

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def markers_every_fifth_with_dashes():
    def draw(ax):
        (line,) = ax.plot(X, X, "--D", markevery=5, ms=7, mfc="w", dashes=(5, 2, 1, 2))
        return [line], lambda k: line.set_ydata(np.cos(k * X))

    return framed(draw, xlim=(0, 1), ylim=(-1, 1))


@shown
def twin_axes():
    def draw(ax):
        (a,) = ax.plot(X, X)
        other = ax.twinx()
        other.set_ylim(0, 80)
        (b,) = other.plot(X, X, "C3:", lw=3)

        def update(k):
            a.set_ydata(X ** (k / 3))
            b.set_ydata(10 * k * X)

        return [a, b], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def symmetric_logarithmic_axis():
    def draw(ax):
        (line,) = ax.plot(X, X)
        return [line], lambda k: line.set_ydata((X - 0.5) * 10.0 ** (k / 2))

    return framed(draw, xlim=(0, 1), ylim=(-1e4, 1e4), yscale="symlog")


@shown
def polar_line():
    def draw(ax):
        (line,) = ax.plot(T, T)
        ax.set_ylim(0, 2)
        return [line], lambda k: line.set_ydata(1 + np.cos(k * T))

    return framed(draw, projection="polar")


@shown
def error_bars():
    def draw(ax):
        bars = ax.errorbar(range(6), np.ones(6), np.ones(6), capsize=4, fmt="o")
        line, (low, high), (sticks,) = bars.lines

        def update(k):
            y, e = np.sin(np.arange(6) * k / 3), np.full(6, k / 20)
            line.set_ydata(y)
            low.set_ydata(y - e)
            high.set_ydata(y + e)
            sticks.set_segments([[(i, y[i] - e[i]), (i, y[i] + e[i])] for i in range(6)])

        return [line, low, high, sticks], update

    return framed(draw, ylim=(-1.5, 1.5))


@shown
def stems():
    def draw(ax):
        stem = ax.stem(range(8), range(8))

        def update(k):
            y = np.abs(np.sin(np.arange(8) * k))
            stem.markerline.set_ydata(y)
            stem.stemlines.set_segments([[(i, 0), (i, v)] for i, v in enumerate(y)])

        return [stem.markerline, stem.stemlines], update

    return framed(draw, ylim=(0, 1.1))


@shown
def events_and_spans():
    def draw(ax):
        events = ax.vlines([1], 0, 1, colors=["C1"], linewidths=2)
        span = ax.axvspan(0, 1, color="C2", alpha=0.3)
        level = ax.axhline(0.5, color="k", ls="-.")

        def update(k):
            events.set_segments([[(x, 0.1), (x, 0.9)] for x in np.arange(k) * 1.13 + 0.4])
            span.set_x(k / 2)
            level.set_ydata([k / 9, k / 9])

        return [events, span, level], update

    return framed(draw, xlim=(0, 10), ylim=(0, 1))


@shown
def network_of_coloured_edges():
    ends = [[(0, a), (1, b)] for a in range(6) for b in range(10)] + [
        [(1, b), (2, c)] for b in range(10) for c in range(6)
    ]
    base, turn = RNG.normal(size=(2, len(ends)))

    def draw(ax):
        lines = ax.add_collection(LineCollection(ends, cmap="coolwarm", clim=(-2, 2)))

        def update(k):
            weights = base + turn * np.sin(k)
            lines.set_array(weights)
            lines.set_linewidths(0.3 + 2 * abs(weights))

        return [lines], update

    return framed(draw, xlim=(-0.2, 2.2), ylim=(-0.5, 9.5))


@shown
def line_in_three_dimensions():
    def draw(ax):
        (line,) = ax.plot(np.cos(T), np.sin(T), T)
        return [line], lambda k: line.set_data_3d(np.cos(k * T), np.sin(k * T), T)

    return framed(draw, projection="3d")


@shown
def surface_in_three_dimensions():
    x, y = np.meshgrid(np.linspace(-2, 2, 15), np.linspace(-2, 2, 15))

    def draw(ax):
        def update(k):
            ax.clear()
            ax.set_zlim(-1, 1)
            ax.plot_surface(x, y, np.sin(k / 3 * x) * np.cos(y), cmap="viridis", vmin=-1, vmax=1)

        update(1)
        return [ax], update

    return framed(draw, projection="3d")
