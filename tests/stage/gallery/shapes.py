"""Areas and shapes: bars, histograms, pies, patches, arrows, hatches, clip paths."""

import numpy as np
from matplotlib import patches
from matplotlib.collections import PatchCollection
from stage.gallery.frame import framed, shown

X = np.linspace(0, 1, 60)
RNG = np.random.default_rng(2)


@shown
def filled_where():
    def draw(ax):
        area = ax.fill_between(X, X, 0, where=X > 0.5, alpha=0.5, step="mid")
        return [area], lambda k: area.set_data(X, np.sin(k * X), 0 * X, where=np.sin(k * X) > 0.2)

    return framed(draw, xlim=(0, 1), ylim=(-1, 1))


@shown
def stacked_and_lying_bars():
    def draw(ax):
        low, high = ax.barh(range(4), range(4)), ax.barh(range(4), range(4), left=range(4), fc="C1", ec="k")

        def update(k):
            for i, (a, b) in enumerate(zip(low, high, strict=True)):
                a.set_width((i + k) % 4)
                b.set_x((i + k) % 4)
                b.set_width(1 + k / 8)

        return [*low, *high], update

    return framed(draw, xlim=(0, 6))


@shown
def histogram_outline_and_stairs():
    data = RNG.normal(size=400)

    def draw(ax):
        stairs = ax.stairs(np.ones(20), np.linspace(-3, 3, 21), fill=True, alpha=0.6)
        edge = ax.stairs(np.ones(20), np.linspace(-3, 3, 21), color="k", lw=1.5)

        def update(k):
            counts, _ = np.histogram(data * k / 4, np.linspace(-3, 3, 21))
            stairs.set_data(counts)
            edge.set_data(counts)

        return [stairs, edge], update

    return framed(draw, ylim=(0, 150))


@shown
def polar_bars():
    def draw(ax):
        bars = ax.bar(np.arange(8) * np.pi / 4, np.ones(8), width=0.6, alpha=0.7, ec="k")
        ax.set_ylim(0, 2)

        def update(k):
            for i, bar in enumerate(bars):
                bar.set_height(1 + np.sin(i * k))

        return [*bars], update

    return framed(draw, projection="polar")


@shown
def patches_of_many_kinds():
    def draw(ax):
        shapes = [
            patches.Rectangle((1, 1), 2, 1, angle=20, fc="C0"),
            patches.Ellipse((5, 2), 2, 1, fc="C1", ec="k"),
            patches.Wedge((8, 2), 1, 20, 300, fc="C2"),
            patches.FancyBboxPatch((1, 4), 2, 1, boxstyle="round,pad=0.3", fc="w", ec="C3", lw=2),
            patches.Polygon([(5, 4), (6, 5), (4, 5.5)], fc="C4"),
            patches.Arc((8, 4.5), 2, 1.5, theta1=20, theta2=250, lw=3, ec="C5"),
            patches.RegularPolygon((2, 7), 6, radius=1, fc="C6"),
        ]
        for shape in shapes:
            ax.add_patch(shape)

        def update(k):
            shapes[0].angle = 10 * k
            shapes[1].set_width(1 + k / 5)
            shapes[2].set_theta2(40 * k)
            shapes[3].set_width(k / 3)
            shapes[4].set_xy([(5, 4), (6, 3 + k / 3), (4, 5.5)])
            shapes[5].theta2 = 40 * k
            shapes[6].orientation = k / 4

        return shapes, update

    return framed(draw, xlim=(0, 10), ylim=(0, 9), aspect="equal")


@shown
def collection_of_patches():
    def draw(ax):
        circles = PatchCollection(
            [patches.Circle((i % 4, i // 4), 0.2 + 0.02 * i) for i in range(12)], cmap="viridis"
        )
        ax.add_collection(circles)
        circles.set_clim(0, 1)
        return [circles], lambda k: circles.set_array((np.arange(12) * k / 12) % 1)

    return framed(draw, xlim=(-0.5, 3.5), ylim=(-0.5, 2.5), aspect="equal")


@shown
def arrows():
    def draw(ax):
        straight = ax.add_patch(patches.FancyArrowPatch((1, 1), (4, 4), mutation_scale=20, fc="C0"))
        curved = ax.add_patch(
            patches.FancyArrowPatch(
                (1, 4), (4, 1), connectionstyle="arc3,rad=0.4", arrowstyle="->", mutation_scale=25, lw=2
            )
        )

        def update(k):
            straight.set_positions((1, 1), (4, k / 2))
            curved.set_positions((1, 4), (k / 2, 1))

        return [straight, curved], update

    return framed(draw, xlim=(0, 5), ylim=(0, 5))


@shown
def quiver():
    x, y = np.meshgrid(np.arange(6), np.arange(5))

    def draw(ax):
        field = ax.quiver(x, y, 1, 0, np.zeros(x.size), cmap="viridis", clim=(0, 6), scale=12)

        def update(k):
            field.set_UVC(np.cos(x * k / 4), np.sin(y * k / 4), (x + k) % 6)

        return [field], update

    return framed(draw, xlim=(-1, 6), ylim=(-1, 5))


@shown
def hatched_bars():
    def draw(ax):
        bars = ax.bar(range(3), range(3), hatch=["/", "x", "o"], fc="w", ec="C0")

        def update(k):
            for i, bar in enumerate(bars):
                bar.set_height(1 + (k + i) % 3)

        return [*bars], update

    return framed(draw, ylim=(0, 4))


@shown
def clipped_by_a_circle():
    def draw(ax):
        (line,) = ax.plot(X, X, lw=4)
        line.set_clip_path(patches.Circle((0.5, 0), 0.4, transform=ax.transData))
        return [line], lambda k: line.set_ydata(np.sin(3 * k * X))

    return framed(draw, xlim=(0, 1), ylim=(-1, 1))


@shown
def squares_of_many_sizes():
    def draw(ax):
        at = RNG.uniform(size=(25, 2))
        squares = ax.scatter(*at.T, marker="s", s=np.linspace(10, 200, 25), c=at[:, 0], ec="k")
        return [squares], lambda k: squares.set_offsets((at + k / 10) % 1)

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def pie():
    def draw(ax):
        def update(k):
            ax.clear()
            ax.pie([k, 3, 2], labels=["k", "three", "two"])

        update(1)
        return [ax], update

    return framed(draw)
