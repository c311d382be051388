"""What statistics and data analysis draw: box plots, dates, categories, tables, broken and turned axes."""

import datetime

import numpy as np
from matplotlib.dates import AutoDateFormatter, AutoDateLocator
from stage.gallery.frame import framed, shown

RNG = np.random.default_rng(4)
SAMPLES = [RNG.normal(i, 1 + i / 3, 80) for i in range(3)]
X = np.linspace(0, 1, 60)


def drawn_anew(draw, **axes):
    """A figure whose whole axes is live and drawn from scratch: `draw(ax, k)`."""

    def build(ax):
        def update(k):
            ax.clear()
            draw(ax, k)

        update(1)
        return [ax], update

    return framed(build, **axes)


@shown
def box_plot():
    def draw(ax, k):
        ax.boxplot([s * k / 3 for s in SAMPLES], notch=True, tick_labels=["a", "b", "c"])
        ax.set_ylim(-8, 18)

    return drawn_anew(draw)


@shown
def violins():
    def draw(ax, k):
        ax.violinplot([s + k for s in SAMPLES], showmedians=True)
        ax.set_ylim(-4, 16)

    return drawn_anew(draw)


@shown
def categories():
    def draw(ax):
        (line,) = ax.plot(["red", "green", "blue"], [1, 2, 3], "o--")
        return [line], lambda k: line.set_ydata([k, 4, 8 - k])

    return framed(draw, ylim=(0, 9))


@shown
def dates():
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=30 * i) for i in range(12)]

    def draw(ax):
        (line,) = ax.plot(days, np.zeros(12), "s-")
        locator = AutoDateLocator(maxticks=5)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(AutoDateFormatter(locator))
        return [line], lambda k: line.set_ydata(np.sin(k * np.arange(12)))

    return framed(draw, ylim=(-1.1, 1.1))


@shown
def table_of_numbers():
    def draw(ax, k):
        ax.set_axis_off()
        ax.table([[k, k**2], [k + 1, (k + 1) ** 2]], colLabels=["k", "$k^2$"], loc="center", cellLoc="center")

    return drawn_anew(draw)


@shown
def two_axes_with_one_legend():
    def draw(ax):
        (a,) = ax.plot(X, X, label="left")
        other = ax.twinx()
        other.set_ylim(0, 10)
        (b,) = other.plot(X, X, "C1--", label="right")
        other.legend(handles=[a, b], loc="upper center", title="both axes", ncols=2, shadow=True)

        def update(k):
            a.set_ydata(X**k)
            b.set_ydata(k * (1 - X))

        return [a, b], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def second_axes_and_minor_ticks():
    def draw(ax):
        (line,) = ax.plot(X, X + 0.01, marker=".")
        ax.minorticks_on()
        ax.grid(which="both", alpha=0.4)
        ax.secondary_xaxis("top", functions=(np.rad2deg, np.deg2rad))
        return [line], lambda k: line.set_ydata(10.0 ** (k * X / 3 - 1))

    return framed(draw, xlim=(0, 1), ylim=(0.1, 100), yscale="log")


@shown
def turned_axes_and_steps_with_gaps():
    def draw(ax):
        ax.invert_yaxis()
        ax.invert_xaxis()
        (line,) = ax.step(X, X, where="post", lw=3, solid_capstyle="butt", solid_joinstyle="miter")

        def update(k):
            y = np.sin(k * X)
            y[10 * np.arange(1, 6)] = np.nan
            line.set_ydata(y)

        return [line], update

    return framed(draw, xlim=(0, 1), ylim=(-1, 1))


@shown
def polar_with_negative_radius():
    t = np.linspace(0, 2 * np.pi, 200)

    def draw(ax):
        (line,) = ax.plot(t, t)
        points = ax.scatter(t[::20], t[::20], c=t[::20])
        ax.set_rlim(-1.2, 1.2)

        def update(k):
            line.set_ydata(np.sin(k * t))
            points.set_offsets(np.c_[t[::20], np.cos(k * t[::20])])

        return [line, points], update

    return framed(draw, projection="polar")


@shown
def line_of_a_hundred_thousand_points():
    x = np.linspace(0, 1, 100_000)

    def draw(ax):
        (line,) = ax.plot(x, x, lw=0.8)
        return [line], lambda k: line.set_ydata(np.sin(k * x) * np.cos(200 * x))

    return framed(draw, xlim=(0, 1), ylim=(-1.5, 1.5))


@shown
def noise():
    x = np.linspace(0, 1, 2000)
    jumps = RNG.normal(size=x.size) / 5

    def draw(ax):
        (line,) = ax.plot(x, x, lw=0.8)
        return [line], lambda k: line.set_ydata(np.sin(k * x) + jumps)

    return framed(draw, xlim=(0, 1), ylim=(-1.5, 1.5))


@shown
def nothing_to_draw():
    def draw(ax):
        (line,) = ax.plot([], [])
        points = ax.scatter([], [])
        (dots,) = ax.plot([np.nan], [np.nan], "o")
        area = ax.fill_between([], [], [])

        def update(k):
            line.set_data([], [])
            points.set_offsets(np.zeros((0, 2)) if k < 4 else [[0.5, 0.5]])
            dots.set_data([np.nan, 0.2], [0.1, np.nan if k < 4 else 0.3])

        return [line, points, dots, area], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def values_far_outside():
    def draw(ax):
        (line,) = ax.plot([0, 1], [0, 1])
        points = ax.scatter([0.5, 0.5], [0.5, 0.5], s=100)
        (dots,) = ax.plot([0.2], [0.2], "D")
        area = ax.fill_between(X, X, alpha=0.3)
        bars = ax.bar([0.7], [0.5], width=0.1)

        def update(k):
            far = 10.0 ** (35 * k)
            line.set_ydata([-far, far])
            points.set_offsets([[0.5, far], [0.5, k / 9]])
            dots.set_data([0.2, 0.3], [far, k / 9])
            area.set_data(X, 0 * X, np.where(X > 0.5, 1e6 * k, X))
            bars[0].set_height(1e7 * k)

        return [line, points, dots, area, *bars], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))
