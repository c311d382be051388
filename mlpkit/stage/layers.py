"""The layers of a figure: static background, dynamic artists, static foreground."""

import io
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from PIL import Image

from mlpkit.stage import themes
from mlpkit.stage.themed import ThemedAgg


def split(fig, live):
    """A figure and its live artists -> (dynamic, above).

    `dynamic`: the artists to draw for every state, in drawing order: in each axes everything from
    the first live artist to the last, then live titles and figure texts, which overlap nothing.
    `above`: the static artists above them. Everything else is background. An axes can be live itself:
    then all of it is drawn for every state; so is an inset axes that contains something live.
    Raises ValueError when a live artist does not belong to the figure, or is a part of an artist.
    """
    dynamic, above, titles = [], [], []
    found = {ax for ax in fig.axes if ax in live}
    for ax in fig.axes:
        if ax in live:
            dynamic.append(ax)
            continue
        own_titles = {ax.title, ax._left_title, ax._right_title}
        children = [c for c in ax.get_children() if c is not ax.patch and c not in own_titles]
        children = sorted((c for c in children if c.get_visible()), key=lambda c: c.get_zorder())
        inset = {c: live & set(c.findobj()) for c in children if isinstance(c, Axes)}
        at = [i for i, child in enumerate(children) if child in live or inset.get(child)]
        titles += [t for t in own_titles if t in live]
        found |= {child for child in children if child in live}.union(*inset.values())
        if at:
            dynamic += children[at[0] : at[-1] + 1]
            above += children[at[-1] + 1 :]
    titles += [artist for artist in fig.get_children() if artist in live and artist not in fig.axes]
    unknown = [artist for artist in live if artist not in found and artist not in titles]
    for artist in unknown:
        kind = type(artist).__name__
        for owner in [child for ax in fig.axes for child in ax.get_children()]:
            if owner is not artist and artist in owner.findobj():
                raise ValueError(
                    f"a live {kind} is a part of a {type(owner).__name__}: make that live as a whole"
                )
        raise ValueError(
            "live artists must be visible children of this figure's axes (or its titles and texts); "
            f"got {kind}, which is not"
        )
    return dynamic + titles, above


def live_parts(dynamic, live):
    """The dynamic artists drawn again for every state: the live ones, and insets that contain one."""
    return {a for a in dynamic if a in live or (isinstance(a, Axes) and live & set(a.findobj()))}


@contextmanager
def muted(artists):
    """Artists take part in the layout but draw nothing.

    (With `set_visible(False)` an automatically placed title would move.)
    """
    for artist in artists:
        artist.draw = lambda renderer: None
    try:
        yield
    finally:
        for artist in artists:
            artist.__dict__.pop("draw", None)


@lru_cache(maxsize=8)
def agg(theme, width, height, dpi):
    """One Agg renderer for all stages of a size: texts keep a reference to the renderer that drew them."""
    return (ThemedAgg if theme == themes.DARK else RendererAgg)(width, height, dpi)


def pixels(fig, hidden=(), theme=themes.LIGHT):
    """The figure without the `hidden` artists, at its own size and dpi -> (height, width, 4) bytes.

    They are the renderer's own, until the next figure of this size is drawn.
    """
    width, height = fig.canvas.get_width_height()
    renderer = agg(theme, width, height, fig.dpi)
    renderer.clear()
    with muted(hidden):
        fig.draw(renderer)
    return np.asarray(renderer.buffer_rgba())


def picture(fig, hidden=(), theme=themes.LIGHT, shrink=1):
    """The same, or 1/`shrink` of its size -> PNG bytes."""
    image, buffer = Image.fromarray(pixels(fig, hidden, theme)), io.BytesIO()
    image.reduce(shrink).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def background_and_foreground(fig, dynamic, above, theme):
    """The two static pictures of a stage as PNG bytes; the foreground is transparent elsewhere."""
    background = picture(fig, [*dynamic, *above], theme)
    everything = [child for ax in fig.axes for child in ax.get_children()]
    everything += [child for child in fig.get_children() if child not in fig.axes or child in dynamic]
    foreground = picture(fig, [c for c in everything if c not in above], theme) if above else b""
    return background, foreground
