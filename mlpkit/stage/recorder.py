"""A matplotlib renderer that writes a display list of 32-bit words instead of pixels.

Live artists draw themselves into it. matplotlib does the transforms (log, twin, polar), the
clipping, the removal of NaN, snapping, simplification, dashes and text layout, so that every
artist works and the browser's part stays small: `renderer.js` has the ten operations of `Op`
and knows no artists. The format of the display list is described in `mlpkit.stage`.

What has no operation of its own is sent as pixels: hatched fills, smoothly shaded triangles, and still
artists with filters (`agg_filter`) or usetex between live ones; live artists with either are refused
(`arguments`).
"""

import math
from itertools import groupby

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from mlpkit.stage import images
from mlpkit.stage.collections import Collections
from mlpkit.stage.resource_table import to_uint32
from mlpkit.stage.simplify import simplified_path
from mlpkit.stage.themed import ThemedAgg
from mlpkit.stage.writer import Op

EMPTY = np.zeros(0, np.uint32)


class Unrecordable(ValueError):
    """An artist uses what has no operation."""


class Recorder(Collections):
    """Records artists of a figure of `width` x `height` pixels at `dpi`."""

    def record(self, artists, live):
        """Draw the artists -> one state's display list. Artists not in `live` are recorded once, as parts."""
        self.output = []
        for moves, group in groupby(artists, key=lambda artist: artist in live):
            if moves:
                for artist in group:
                    self._draw(artist)
            else:
                self._operation(Op.PART, to_uint32(self._part(tuple(group))))
        return np.concatenate(self.output) if self.output else EMPTY

    def _draw(self, artist):
        if hasattr(artist, "do_3d_projection"):  # what Axes3D does before it draws
            artist.do_3d_projection()
        if isinstance(artist, AxesImage) and artist.get_visible() and images.can_be_indexed(artist):
            self.draw_indexed(artist)
        else:
            artist.draw(self)

    def _part(self, artists):
        """The index of the part in which these still artists are drawn one after the other."""

        def still():
            kept, self.output = self.output, []
            for artist in artists:
                done = len(self.output)
                try:
                    artist.draw(self)
                except Unrecordable:
                    del self.output[done:]
                    self._picture(artist.draw)
            part, self.output = self.output, kept
            return np.concatenate(part).tolist() if part else []

        return self.resources.put("parts", tuple(map(id, artists)), still)

    # -- matplotlib's renderer interface

    def get_canvas_width_height(self):
        return self.width, self.height

    def flipy(self):
        return True

    def option_image_nocomposite(self):
        return True

    def draw_path(self, gc, path, transform, rgbFace=None):
        line = rgbFace is None
        cleaned = path.cleaned(
            transform + self.flip,
            remove_nans=True,
            curves=True,
            clip=(0, 0, self.width, self.height) if line else None,
            simplify=path.should_simplify and line,
            snap=gc.get_snap(),
            stroke_width=self.points_to_pixels(gc.get_linewidth()),
            sketch=gc.get_sketch_params(),
        )
        codes, points = simplified_path(*_drawn(cleaned))
        if not len(codes):
            return
        if gc.get_hatch() is not None:
            self._picture(lambda agg: agg.draw_path(gc, path, transform, rgbFace))
            return
        if line and (codes[1:] == Path.LINETO).all():
            self._operation(Op.POLYLINE, to_uint32(points), gc, **self._style(gc, None))
        else:
            payload = to_uint32(np.column_stack([codes, points]))
            self._operation(Op.PATH, payload, gc, **self._style(gc, rgbFace))

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        upright = marker_trans + Affine2D().scale(1, -1)
        width = self.points_to_pixels(gc.get_linewidth())
        marker = marker_path.cleaned(upright, curves=True, snap=gc.get_snap(), stroke_width=width)
        codes, points = _drawn(marker)
        _, free = _drawn(marker_path.cleaned(upright, curves=True, snap=False, stroke_width=width))
        if np.array_equal(points, free):  # as in Agg: a marker that is not snapped is centred on a pixel
            points = points + 0.5
        shape = self._shape(Path(points, codes))
        at = (trans + self.flip).transform(path.vertices)
        at = np.floor(at[np.isfinite(at).all(axis=1)] + 0.5)
        self._operation(Op.MARKERS, to_uint32(shape, at), gc, **self._style(gc, rgbFace))

    def draw_image(self, gc, x, y, im, transform=None):
        pixels = np.ascontiguousarray(np.asarray(im)[::-1])
        h, w = pixels.shape[:2]
        frame = to_uint32(float(round(x)), float(self.height - round(y) - h), float(w), float(h))
        self._operation(Op.IMAGE, np.concatenate([frame, pixels.view(np.uint32).ravel()]), gc)

    def draw_indexed(self, image):
        """An image of scalars: one byte per cell and a colour map, scaled by the browser."""
        gc = self.new_gc()
        image._set_gc_clip(gc)
        cells, rgba = images.indexed(image)
        (x0, y0), (x1, y1) = (image.get_transform() + self.flip).transform(images.corners(image))
        cells = cells[:: 1 if y0 <= y1 else -1, :: 1 if x0 <= x1 else -1]  # a canvas does not mirror
        (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
        h, w = cells.shape
        colour_map = self.resources.put("maps", rgba.tobytes(), lambda: rgba.view(np.uint32).ravel().tolist())
        head = to_uint32(*map(float, (x0, y0, (x1 - x0) / w, (y1 - y0) / h, w, h)), colour_map, 0)
        padded = np.zeros(-(-cells.size // 4) * 4, np.uint8)
        padded[: cells.size] = cells.ravel()
        self._operation(Op.INDEXED, np.concatenate([head, padded.view(np.uint32)]), gc)

    def _picture(self, draw):
        """The pixels that `draw(renderer)` draws in Agg, in both themes, cropped."""
        drawn = []
        for make in (RendererAgg, ThemedAgg):
            agg = make(self.width, self.height, self.dpi)
            draw(agg)
            drawn.append(np.asarray(agg.buffer_rgba()))
        ys, xs = np.nonzero(drawn[0][..., 3])
        if len(ys):
            cut = np.s_[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
            light, dark = (np.ascontiguousarray(pixels[cut]) for pixels in drawn)
            frame = to_uint32(float(xs.min()), float(ys.min()), float(light.shape[1]), float(light.shape[0]))
            self._operation(
                Op.PICTURE,
                np.concatenate([frame, light.view(np.uint32).ravel(), dark.view(np.uint32).ravel()]),
            )

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform):
        self._picture(lambda agg: agg.draw_gouraud_triangles(gc, triangles_array, colors_array, transform))

    def start_filter(self):
        raise Unrecordable("a live artist with an agg_filter cannot be recorded; set_agg_filter(None)")

    def get_text_width_height_descent(self, s, prop, ismath):
        if self.text.measure is not None and ismath != "TeX":
            return self.text.measure(s, prop, ismath)
        return super().get_text_width_height_descent(s, prop, ismath)

    def draw_text(self, gc, x, y, s, prop: FontProperties, angle, ismath=False, mtext=None):
        if ismath == "TeX":
            raise Unrecordable("live text with usetex cannot be recorded; use mathtext")
        scale, run, outlines = self.text.run(s, prop, ismath)
        cos, sin = scale * math.cos(math.radians(angle)), scale * math.sin(math.radians(angle))
        payload = [to_uint32(cos, -sin, -sin, -cos, float(x), float(y))]
        for key, dx, dy, scale in run:
            glyph = self.resources.put("glyphs", key, lambda key=key: outlines[key])
            payload.append(to_uint32(glyph, float(dx), float(dy), float(scale)))
        style = self._style(gc, gc.get_rgb())
        self._operation(Op.TEXT, np.concatenate(payload), gc, face=style["face"])


def _drawn(path):
    """Codes (n,) and points (n, 2) of a cleaned path, without its closing STOP."""
    codes, points = np.asarray(path.codes), np.asarray(path.vertices)
    drawn = codes != Path.STOP
    return codes[drawn], points[drawn]
