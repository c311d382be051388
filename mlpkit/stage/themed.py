"""An Agg renderer for the static pictures of the dark theme."""

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg

from mlpkit.stage import themes


class ThemedAgg(RendererAgg):
    """Agg with every colour passed through `themes.dark`; images and meshes keep theirs, which are data."""

    def __init__(self, width, height, dpi):
        super().__init__(width, height, dpi)
        self._update_methods()

    def _update_methods(self):
        """RendererAgg takes methods from its C++ part, as instance attributes, and anew after a filter."""
        super()._update_methods()
        self.__dict__.update(draw_markers=self._markers, draw_path_collection=self._collection)

    def dark_gc(self, gc):
        """A copy of the graphics context with the dark colour."""
        copy = self.new_gc()
        copy.copy_properties(gc)
        copy.set_foreground(themes.dark(themes.as_rgba(gc.get_rgb())), isRGBA=True)
        return copy

    def dark_face(self, colour):
        """The dark fill, or None for no fill."""
        return None if colour is None else themes.dark(themes.as_rgba(colour))

    def draw_path(self, gc, path, transform, rgbFace=None):
        super().draw_path(self.dark_gc(gc), path, transform, self.dark_face(rgbFace))

    def draw_text(self, gc, *args, **kw):
        super().draw_text(self.dark_gc(gc), *args, **kw)

    def _markers(self, gc, marker, marker_trans, path, trans, face=None):
        self._renderer.draw_markers(self.dark_gc(gc), marker, marker_trans, path, trans, self.dark_face(face))

    def _collection(self, gc, master, paths, all_trans, offsets, trans, faces, edges, *rest, **kw):
        faces, edges = (
            np.array([self.dark_face(c) for c in colours]).reshape(-1, 4) for colours in (faces, edges)
        )
        self._renderer.draw_path_collection(
            gc, master, paths, all_trans, offsets, trans, faces, edges, *rest, **kw
        )
