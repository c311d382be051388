"""One figure for each kind of operation that the recorder writes."""

import numpy as np
from stage.gallery.frame import framed, shown

RNG = np.random.default_rng(0)
POINTS = RNG.normal(size=(60, 2))
GRID = np.add.outer(np.sin(np.linspace(0, 3, 40)), np.cos(np.linspace(0, 4, 60)))


@shown
def line_with_dashes_and_gap():
    """POLYLINE, dashes, NaN, a still line between two live ones (PART)."""

    def draw(ax):
        x = np.linspace(0, 1, 300)
        (a,) = ax.plot(x, x, "--", lw=3)
        ax.plot(x, 1 - x, color="0.5", lw=6)
        (b,) = ax.plot(x, x, lw=2)

        def update(k):
            a.set_ydata(np.abs(np.sin(k * x)))
            b.set_ydata(np.where(np.abs(x - 0.5) < 0.1, np.nan, np.cos(k * x) ** 2))

        return [a, b], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def filled_area():
    """PATH with a fill and alpha."""

    def draw(ax):
        x = np.linspace(0, 1, 100)
        area = ax.fill_between(x, 0 * x, x, alpha=0.4, edgecolor="k")

        def update(k):
            area.set_verts([np.c_[np.r_[x, x[::-1]], np.r_[0 * x, (np.sin(k * x) ** 2)[::-1]]]])

        return [area], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def bars_and_a_circle():
    """PATH: rectangles snapped to pixels, and Bézier curves."""
    from matplotlib.patches import Circle

    def draw(ax):
        bars = ax.bar(range(5), range(5))
        circle = ax.add_patch(Circle((2, 2), 1, fc="none", ec="C1", lw=3))

        def update(k):
            for i, bar in enumerate(bars):
                bar.set_height((k * (i + 1)) % 5)
            circle.set_radius(0.3 + k / 8)

        return [*bars, circle], update

    return framed(draw, ylim=(0, 5))


@shown
def markers():
    """MARKERS: many equal shapes, filled and not."""

    def draw(ax):
        (dots,) = ax.plot([], [], "o", ms=9, mfc="w", mew=2)
        (squares,) = ax.plot([], [], "s", ms=6)

        def update(k):
            dots.set_data(POINTS[: 6 * k, 0], POINTS[: 6 * k, 1])
            squares.set_data(POINTS[::k, 1], POINTS[::k, 0])

        return [dots, squares], update

    return framed(draw, xlim=(-3, 3), ylim=(-3, 3))


@shown
def scatter():
    """ITEMS: own size and colours for each point."""

    def draw(ax):
        points = ax.scatter(
            *POINTS.T, s=np.linspace(10, 150, 60), c=POINTS[:, 0], edgecolors="k", linewidths=1
        )

        def update(k):
            points.set_offsets(POINTS * k / 4)
            points.set_array(np.roll(POINTS[:, 0], k))

        return [points], update

    return framed(draw, xlim=(-3, 3), ylim=(-3, 3))


@shown
def heat_map():
    """INDEXED: a scalar image with a colour map, first row at the bottom."""

    def draw(ax):
        image = ax.imshow(GRID, origin="lower", extent=(0, 6, 0, 4), interpolation="nearest", vmin=-2, vmax=2)
        return [image], lambda k: image.set_data(np.roll(GRID, k, axis=0))

    return framed(draw)


@shown
def heat_map_from_the_top():
    """INDEXED: the first row at the top, a diverging map."""

    def draw(ax):
        image = ax.imshow(GRID, cmap="RdBu", interpolation="nearest", vmin=-2, vmax=2, aspect="auto")
        return [image], lambda k: image.set_data(GRID * k / 8)

    return framed(draw)


@shown
def coloured_image():
    """IMAGE: pixels with their own colours."""
    rgb = np.dstack([np.abs(GRID) / 2, np.abs(np.cos(GRID)), np.abs(np.sin(GRID))])

    def draw(ax):
        image = ax.imshow(rgb, interpolation="nearest")
        return [image], lambda k: image.set_data(np.roll(rgb, 3 * k, axis=1))

    return framed(draw)


@shown
def texts():
    """TEXT: a title, mathtext with a fraction, a turned text."""

    def draw(ax):
        title = ax.set_title("")
        formula = ax.text(0.1, 0.6, "", fontsize=16)
        turned = ax.text(0.7, 0.2, "", rotation=35, color="C3")

        def update(k):
            title.set_text(f"state {k}")
            formula.set_text(rf"$\sigma(z)=\frac{{1}}{{1+e^{{-{k}z}}}}$")
            turned.set_text(f"turned {k}")

        return [title, formula, turned], update

    return framed(draw)


@shown
def logarithmic_axes():
    """POLYLINE through a logarithmic transform."""

    def draw(ax):
        x = np.geomspace(1, 1000, 50)
        (line,) = ax.loglog(x, x, "o-")
        return [line], lambda k: line.set_ydata(x ** (-k / 4))

    return framed(draw, xlim=(1, 1000), ylim=(1e-6, 1), xscale="log", yscale="log")


def stage_that_fails_at_three():
    """`update` raises at k = 3 only."""

    def draw(ax):
        (line,) = ax.plot([0, 1], [0, 1])
        return [line], lambda k: line.set_ydata([0, 1 / (k - 3)])

    return framed(draw)
