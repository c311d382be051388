"""What stands still and what moves: background and foreground pictures, and the moving artists between."""

import io
from contextlib import contextmanager

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from PIL import Image

from mlpkit.stage import themes


def split(fig, live):
    """A figure and its live artists -> (moving, over).

    `moving`: the artists to draw for every state, in drawing order: in each axes everything from
    the first live artist to the last, then live titles and figure texts, which lie over nothing.
    `over`: the still artists above them. Everything else is background.
    Raises ValueError when a live artist does not belong to the figure.
    """
    moving, over, titles, found = [], [], [], set()
    for ax in fig.axes:
        own_titles = {ax.title, ax._left_title, ax._right_title}
        children = [c for c in ax.get_children() if c is not ax.patch and c not in own_titles]
        children = sorted((c for c in children if c.get_visible()), key=lambda c: c.get_zorder())
        at = [i for i, child in enumerate(children) if child in live]
        titles += [t for t in own_titles if t in live]
        found |= {children[i] for i in at}
        if at:
            moving += children[at[0] : at[-1] + 1]
            over += children[at[-1] + 1 :]
    titles += [artist for artist in fig.get_children() if artist in live]
    strangers = [artist for artist in live if artist not in found and artist not in titles]
    if strangers:
        raise ValueError(
            f"live artists must be visible children of this figure's axes (or its titles and texts); "
            f"got {', '.join(type(a).__name__ for a in strangers)}, which is not"
        )
    return moving + titles, over


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


class ThemedAgg(RendererAgg):
    """Agg with every ink passed through `themes.dark`; images keep their colours, which are data."""

    def __init__(self, width, height, dpi):
        super().__init__(width, height, dpi)
        # RendererAgg gives these two to its C++ half, as attributes of the instance
        vars(self).update(draw_markers=self._markers, draw_path_collection=self._collection)

    def ink(self, gc):
        """A copy of the graphics context with the dark colour."""
        copy = self.new_gc()
        copy.copy_properties(gc)
        copy.set_foreground(themes.dark(themes.as_rgba(gc.get_rgb())), isRGBA=True)
        return copy

    def face(self, colour):
        """The dark fill, or None for no fill."""
        return None if colour is None else themes.dark(themes.as_rgba(colour))

    def draw_path(self, gc, path, transform, rgbFace=None):
        super().draw_path(self.ink(gc), path, transform, self.face(rgbFace))

    def draw_text(self, gc, *args, **kw):
        super().draw_text(self.ink(gc), *args, **kw)

    def _markers(self, gc, marker, marker_trans, path, trans, face=None):
        self._renderer.draw_markers(self.ink(gc), marker, marker_trans, path, trans, self.face(face))

    def _collection(self, gc, master, paths, all_trans, offsets, trans, faces, edges, *rest, **kw):
        faces, edges = (np.array([self.face(c) for c in inks]).reshape(-1, 4) for inks in (faces, edges))
        self._renderer.draw_path_collection(
            gc, master, paths, all_trans, offsets, trans, faces, edges, *rest, **kw
        )


def picture(fig, hidden=(), theme=themes.LIGHT):
    """The figure without the `hidden` artists, at its own size and dpi -> PNG bytes."""
    width, height = fig.canvas.get_width_height()
    renderer = (ThemedAgg if theme == themes.DARK else RendererAgg)(width, height, fig.dpi)
    with muted(hidden):
        fig.draw(renderer)
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(renderer.buffer_rgba())).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def background_and_foreground(fig, moving, over, theme):
    """The two still pictures of a stage as PNG bytes; the foreground is transparent elsewhere."""
    below = picture(fig, [*moving, *over], theme)
    everything = [child for ax in fig.axes for child in ax.get_children()]
    everything += [child for child in fig.get_children() if child not in fig.axes]
    above = picture(fig, [c for c in everything if c not in over], theme) if over else b""
    return below, above
