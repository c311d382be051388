"""Images and fields: masks, NaN, interpolation, logarithmic colours, meshes, contours, colour bars."""

import numpy as np
from matplotlib.colors import LogNorm
from stage.gallery.frame import framed, shown

U, V = np.meshgrid(np.linspace(0, 3, 30), np.linspace(0, 2, 20))
RNG = np.random.default_rng(3)


@shown
def image_with_holes():
    def draw(ax):
        image = ax.imshow(np.sin(U), interpolation="nearest", vmin=-1, vmax=1, cmap="viridis")

        def update(k):
            cells = np.sin(k * U / 2) * np.cos(V)
            image.set_data(np.where((U - k / 3) ** 2 + (V - 1) ** 2 < 0.2, np.nan, cells))

        return [image], update

    return framed(draw)


@shown
def masked_image_with_alpha():
    def draw(ax):
        ax.plot([0, 29], [0, 19], "k", lw=5)
        image = ax.imshow(
            np.sin(U), alpha=0.6, cmap="RdBu", vmin=-1, vmax=1, interpolation="nearest", zorder=3
        )
        return [image], lambda k: image.set_data(np.ma.masked_less(np.sin(k * U) + V / 2, 0))

    return framed(draw)


@shown
def smooth_image():
    def draw(ax):
        image = ax.imshow(U, interpolation="bilinear", vmin=-1, vmax=1, extent=(0, 3, 0, 2))
        return [image], lambda k: image.set_data(np.sin(k * U / 2) * np.cos(V))

    return framed(draw)


@shown
def logarithmic_colours():
    def draw(ax):
        image = ax.imshow(U + 1, norm=LogNorm(1e-3, 10), interpolation="nearest", origin="lower")
        return [image], lambda k: image.set_data(10.0 ** (U - k / 2))

    return framed(draw)


@shown
def mesh():
    def draw(ax):
        quads = ax.pcolormesh(U, V, np.sin(U), vmin=-1, vmax=1, shading="nearest")
        return [quads], lambda k: quads.set_array(np.sin(k * U / 3) * np.cos(k * V / 3))

    return framed(draw)


@shown
def contours_and_filled_contours():
    def draw(ax):
        def update(k):
            ax.clear()
            z = np.sin(k * U / 2) * np.cos(V)
            ax.contourf(U, V, z, levels=np.linspace(-1, 1, 9), cmap="PuOr")
            ax.contour(U, V, z, levels=[0], colors="k", linewidths=2)

        update(1)
        return [ax], update

    return framed(draw)


@shown
def hexagons():
    at = RNG.normal(size=(2, 500))

    def draw(ax):
        bins = ax.hexbin(*at, gridsize=12, extent=(-3, 3, -3, 3), vmin=0, vmax=20)
        counts = bins.get_array().copy()
        return [bins], lambda k: bins.set_array(counts * k / 3)

    return framed(draw, xlim=(-3, 3), ylim=(-3, 3))


@shown
def live_colour_bar():
    def draw(ax):
        image = ax.imshow(np.sin(U), interpolation="nearest")
        bar = ax.figure.colorbar(image)

        def update(k):
            image.set_data(k * np.sin(U))
            image.set_clim(-k, k)

        return [image, bar.ax], update

    return framed(draw)
