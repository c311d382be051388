"""What stands still and what moves: background and foreground pictures, and the moving artists between."""

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
    """A figure and its live artists -> (moving, over).

    `moving`: the artists to draw for every state, in drawing order: in each axes everything from
    the first live artist to the last, then live titles and figure texts, which lie over nothing.
    `over`: the still artists above them. Everything else is background. An axes can be live itself:
    then all of it is drawn for every state; so is an inset axes that contains something live.
    Raises ValueError when a live artist does not belong to the figure, or is a part of an artist.
    """
    moving, over, titles = [], [], []
    found = {ax for ax in fig.axes if ax in live}
    for ax in fig.axes:
        if ax in live:
            moving.append(ax)
            continue
        own_titles = {ax.title, ax._left_title, ax._right_title}
        children = [c for c in ax.get_children() if c is not ax.patch and c not in own_titles]
        children = sorted((c for c in children if c.get_visible()), key=lambda c: c.get_zorder())
        inset = {c: live & set(c.findobj()) for c in children if isinstance(c, Axes)}
        at = [i for i, child in enumerate(children) if child in live or inset.get(child)]
        titles += [t for t in own_titles if t in live]
        found |= {child for child in children if child in live}.union(*inset.values())
        if at:
            moving += children[at[0] : at[-1] + 1]
            over += children[at[-1] + 1 :]
    titles += [artist for artist in fig.get_children() if artist in live and artist not in fig.axes]
    strangers = [artist for artist in live if artist not in found and artist not in titles]
    for artist in strangers:
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
    return moving + titles, over


def live_parts(moving, live):
    """The moving artists that are drawn anew for every state: the live ones, and insets that contain one."""
    return {a for a in moving if a in live or (isinstance(a, Axes) and live & set(a.findobj()))}


@contextmanager
def muted(artists):
    """Artists that take part in the layout but draw nothing.

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
def painter(theme, width, height, dpi):
    """One Agg for all stages of a size: texts hold on to the renderer that drew them, with all its pixels."""
    return (ThemedAgg if theme == themes.DARK else RendererAgg)(width, height, dpi)


def picture(fig, hidden=(), theme=themes.LIGHT, shrink=1):
    """The figure without the `hidden` artists, at its own size and dpi, or 1/`shrink` of it -> PNG bytes."""
    width, height = fig.canvas.get_width_height()
    renderer = painter(theme, width, height, fig.dpi)
    renderer.clear()
    with muted(hidden):
        fig.draw(renderer)
    image, buffer = Image.fromarray(np.asarray(renderer.buffer_rgba())), io.BytesIO()
    image.reduce(shrink).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def background_and_foreground(fig, moving, over, theme):
    """The two still pictures of a stage as PNG bytes; the foreground is transparent elsewhere."""
    below = picture(fig, [*moving, *over], theme)
    everything = [child for ax in fig.axes for child in ax.get_children()]
    everything += [child for child in fig.get_children() if child not in fig.axes or child in moving]
    above = picture(fig, [c for c in everything if c not in over], theme) if over else b""
    return below, above
