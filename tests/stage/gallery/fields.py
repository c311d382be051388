"""Fields over the plane and pictures of every kind: streams, triangles, extents, floats, alpha arrays."""

import numpy as np
from matplotlib import colormaps, patches
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.tri import Triangulation
from stage.gallery.frame import framed, shown
from stage.gallery.statistics import drawn_anew

U, V = np.meshgrid(np.linspace(-2, 2, 24), np.linspace(-1.5, 1.5, 18))
RNG = np.random.default_rng(5)
AT = RNG.uniform(-1, 1, (2, 70))


@shown
def streams():
    def draw(ax, k):
        ax.streamplot(U, V, -V * k / 3, U, density=0.7, color=np.hypot(U, V), cmap="viridis")

    return drawn_anew(draw)


@shown
def triangles():
    def draw(ax, k):
        ax.tricontourf(*AT, np.sin(k * AT[0]) + AT[1], levels=8)
        ax.triplot(Triangulation(*AT), "k.-", lw=0.5, ms=4)

    return drawn_anew(draw)


@shown
def flat_and_smooth_triangles():
    def draw(ax, k):
        z = np.sin(k * AT[0]) * AT[1]
        ax.tripcolor(*AT, z, shading="flat", vmin=-1, vmax=1)
        ax.tripcolor(AT[0] + 2, AT[1], z, shading="gouraud", vmin=-1, vmax=1)

    return drawn_anew(draw)


@shown
def labelled_contours():
    def draw(ax, k):
        lines = ax.contour(U, V, U**2 + k * V**2 / 4, levels=[0.5, 1, 2, 3], cmap="plasma")
        ax.clabel(lines, fontsize=8)

    return drawn_anew(draw)


@shown
def picture_stretched_between_data():
    def draw(ax):
        image = ax.imshow(
            U, origin="lower", extent=(3, -1, 2, 5), aspect="auto", interpolation="nearest", clim=(-2, 2)
        )
        ax.invert_yaxis()
        return [image], lambda k: image.set_data(U * np.cos(k * V))

    return framed(draw)


@shown
def picture_with_more_cells_than_pixels():
    x, y = np.meshgrid(np.linspace(0, 30, 900), np.linspace(0, 20, 700))

    def draw(ax):
        image = ax.imshow(x, vmin=-1, vmax=1, cmap="RdBu")
        return [image], lambda k: image.set_data(np.sin(x * k / 3) * np.cos(y))

    return framed(draw)


@shown
def picture_of_floats_with_transparency():
    rgba = np.dstack([abs(U) / 2, abs(V) / 1.5, np.ones_like(U) / 2, np.clip(U, 0, 1)])

    def draw(ax):
        ax.set_facecolor("0.8")
        image = ax.imshow(rgba, interpolation="bicubic")
        return [image], lambda k: image.set_data(np.roll(rgba, 2 * k, axis=1))

    return framed(draw)


@shown
def picture_with_an_alpha_of_each_cell():
    def draw(ax):
        image = ax.imshow(U, vmin=-2, vmax=2, alpha=np.clip(abs(V), 0, 1), interpolation="nearest")

        def update(k):
            image.set_data(np.roll(U, k, axis=1))
            image.set_alpha(np.clip(abs(V) * k / 5, 0, 1))

        return [image], update

    return framed(draw)


@shown
def picture_cut_out_by_a_shape():
    def draw(ax):
        image = ax.imshow(U, extent=(-2, 2, -2, 2), interpolation="nearest", vmin=-2, vmax=2)
        image.set_clip_path(patches.Circle((0, 0), 1.5, transform=ax.transData))
        return [image], lambda k: image.set_data(np.roll(U, k, axis=1))

    return framed(draw)


@shown
def picture_seen_through_a_window():
    def draw(ax):
        image = ax.imshow(U, extent=(-2, 2, -2, 2), interpolation="nearest", vmin=-2, vmax=2)
        ax.set(xlim=(-0.73, 0.61), ylim=(-0.31, 0.87))
        return [image], lambda k: image.set_data(np.sin(k * U) + V)

    return framed(draw)


@shown
def few_classes():
    def draw(ax):
        colours = ListedColormap(["#cde", "#fdb", "#bea"])
        image = ax.imshow(
            U, cmap=colours, norm=BoundaryNorm([-0.5, 0.5, 1.5, 2.5], 3), interpolation="nearest"
        )
        return [image], lambda k: image.set_data(np.round(U * k + V) % 3)

    return framed(draw)


@shown
def colours_beyond_the_ends():
    def draw(ax):
        cmap = colormaps["viridis"].with_extremes(under="red", over="white", bad="k")
        image = ax.imshow(U, cmap=cmap, vmin=-1, vmax=1, interpolation="nearest")
        return [image], lambda k: image.set_data(np.where(abs(V) < 0.1, np.nan, U * k / 4))

    return framed(draw)


@shown
def smooth_mesh():
    def draw(ax):
        quads = ax.pcolormesh(U, V, U, shading="gouraud", vmin=-1, vmax=1)
        return [quads], lambda k: quads.set_array(np.sin(k * U / 3) * V)

    return framed(draw)


@shown
def rasterized_among_vectors():
    def draw(ax):
        (line,) = ax.plot([0, 1], [0, 1], lw=5, rasterized=True)
        points = ax.scatter(*AT, s=30, alpha=0.3, rasterized=True, linewidths=2, edgecolors="C3")

        def update(k):
            line.set_ydata([0, k / 8])
            points.set_offsets(AT.T * k / 6)

        return [line, points], update

    return framed(draw, xlim=(-1, 1), ylim=(-1, 1))


@shown
def areas_with_a_colour_of_each():
    def draw(ax):
        layers = ax.stackplot(np.arange(8), np.ones((3, 8)), baseline="zero", alpha=0.7)

        def update(k):
            low = np.zeros(8)
            for i, layer in enumerate(layers):
                high = low + 1 + np.sin(np.arange(8) * k / 3 + i) ** 2
                layer.set_data(np.arange(8), low, high)
                low = high

        return [*layers], update

    return framed(draw, xlim=(0, 7), ylim=(0, 7))


@shown
def points_of_many_shapes():
    def draw(ax):
        lines = [
            ax.plot([], [], m, ms=12, mec="k", mew=0.7 + i / 4, alpha=0.7, fillstyle=fill)[0]
            for i, (m, fill) in enumerate(
                zip("o^sp*hD+x|", ["full", "left", "top"] * 3 + ["none"], strict=True)
            )
        ]

        def update(k):
            for i, line in enumerate(lines):
                line.set_data(np.arange(6), i + np.sin(np.arange(6) * k) / 3)

        return lines, update

    return framed(draw, xlim=(-0.5, 5.5), ylim=(-1, 10))


@shown
def wind_and_keys():
    x, y = np.meshgrid(np.arange(5), np.arange(4))

    def draw(ax):
        ax.set_axis_off()

        def update(k):
            ax.clear()
            field = ax.quiver(x, y, np.cos(x * k), np.sin(y * k), angles="xy", pivot="mid", color="C2")
            ax.quiverkey(field, 0.85, 1.04, 1, r"$1\,\frac{m}{s}$", labelpos="E")
            ax.barbs(x + 0.5, y, 10 * k * np.ones_like(x), 5 * x, length=5)

        update(1)
        return [ax], update

    return framed(draw)
