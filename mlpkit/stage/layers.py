"""The layers of a figure: static background, dynamic artists, static foreground, in the figure's own order.

`fig.draw` itself is asked in which order it draws, so that twins, insets, subfigures and legends keep their
places. What lies under everything live is background, what lies above all of it foreground; what lies between
live artists is drawn with them, unless it does not touch them.
"""

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection
from matplotlib.figure import FigureBase
from matplotlib.image import _ImageBase
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from PIL import Image

from mlpkit.stage import themes
from mlpkit.stage.frame import all_axes, framed
from mlpkit.stage.themed import ThemedAgg

CLIPPED = (Line2D, Patch, Collection, _ImageBase)  # they draw nothing outside of their clip rectangle
BEST = Legend.codes["best"]
CONTAINERS = (FigureBase, Axes)  # what they draw is drawn by their children


class OrderChanged(ValueError):
    """`update` changed in which order the figure draws, or what it draws."""


@dataclass
class Plan:
    """What is drawn where. `dynamic` and `above` in drawing order; all else is background.

    live      the dynamic artists drawn again for every state
    regions   {live text: [left, bottom, right, top] in pixels}, inside of which the plan is right
    order     what the plan was made of: see `signature`
    """

    dynamic: list
    above: list
    live: set
    regions: dict = field(default_factory=dict)
    order: tuple = ()

    def hidden(self):
        """What the background does not show."""
        return [*self.dynamic, *self.above]


def opened(fig, live):
    """The figure, and the subfigures and axes that contain something live but are not live themselves."""

    def contains(container):
        found = False
        for child in container.get_children():
            if child in live or (isinstance(child, CONTAINERS) and contains(child)):
                found = True
        if found:
            containers.append(container)
        return found

    containers = []
    contains(fig)
    return containers if fig in containers else [fig, *containers]


def signature(containers):
    """The children of the containers and their order, to notice a change."""
    return tuple((c, tuple((a, a.zorder) for a in c.get_children())) for c in containers)


def axes_in_space(order):
    """The 3-D axes among the containers of a `signature` that have live artists."""
    return [container for container, _ in order if hasattr(container, "get_proj")]


def drawn(fig, live):
    """Artists in the order in which `fig.draw` draws them; axes without anything live are one artist."""
    containers, order = opened(fig, live), []
    leaves = {a for c in containers for a in c.get_children()} - set(containers)
    with replaced(leaves, lambda leaf: lambda renderer, *args, **kw: order.append(leaf)):
        fig.draw(agg(themes.LIGHT, *fig.canvas.get_width_height(), fig.dpi))
    return order, signature(containers)


def with_followers(fig, live):
    """`live` with what follows live artists by itself: legends in the "best" place, depth in 3-D axes.

    matplotlib sorts collections and patches in space by depth in each state: their axes are drawn as a whole.
    """

    def is_sorted(child):
        return isinstance(child, Collection | Patch)

    def changes(ax):
        by_depth = [child for child in ax.get_children() if is_sorted(child) and child is not ax.patch]
        return len(by_depth) > 1 and any(child in live for child in by_depth)

    legends = {
        child
        for container in opened(fig, live)
        for child in container.get_children()
        if isinstance(child, Legend) and getattr(child, "_loc_real", None) == BEST
    }
    in_space = {ax for ax in all_axes(fig) if getattr(ax, "computed_zorder", False) and changes(ax)}
    return live | legends | in_space


def plan(fig, live, regions=None):
    """A figure, as its stage draws it, and its live artists -> Plan.

    `regions`: regions of live texts that are known already; None is the whole figure.
    """
    live = with_followers(fig, set(live))
    order, how = drawn(fig, live)
    at = [i for i, artist in enumerate(order) if artist in live]
    if not at:
        return Plan([], [], set(), {}, how)
    width, height = fig.canvas.get_width_height()
    renderer = agg(themes.LIGHT, width, height, fig.dpi)
    regions = {**{a: region(a, renderer) for a in live if isinstance(a, Text)}, **(regions or {})}
    masks = {}

    def mask(artist):
        if artist not in masks:
            masks[artist] = (
                inside(region_of(artist, regions, renderer), width, height)
                if artist in live
                else painted(artist, renderer)
            )
        return masks[artist]

    def separate(indices, kept):
        """Of `kept`, take out the still artists that touch nothing of what was seen before them."""
        seen, out = np.zeros((height, width), bool), set()
        for i in indices:
            if i not in kept:
                continue
            if order[i] not in live and not (mask(order[i]) & seen).any():
                out.add(i)
            else:
                seen |= mask(order[i])
        return out

    first, last = at[0], at[-1]
    between = set(range(first, last + 1))
    between -= separate(range(first, last + 1), between)  # background
    top = separate(range(last, first - 1, -1), between)
    for ax in axes_in_space(how):
        own = min(i for i in at if order[i].axes is ax)
        box = inside(ax.bbox.extents, width, height)
        if any((mask(order[i]) & box).any() for i in at if i < own):
            return plan(fig, live | {ax}, regions)  # its panes are no artists: they would be under everything
    dynamic = [order[i] for i in sorted(between - top)]
    above = [order[i] for i in [*sorted(top), *range(last + 1, len(order))]]
    redrawn = {a for a in dynamic if a in live}
    return Plan(dynamic, above, redrawn, _needed(regions, dynamic, first, last), how)


def _needed(regions, dynamic, first, last):
    """The regions that the plan relies on: none where all between the live artists is drawn with them."""
    if len(dynamic) == last - first + 1:
        return {}
    return {a: box for a, box in regions.items() if box is not None}


def region(artist, renderer):
    """Where a live artist draws in every state: [left, bottom, right, top] in pixels; None: anywhere.

    Of a text it is a guess, from where it is now: see `Plan.regions`.
    """
    if isinstance(artist, CLIPPED) and artist.get_clip_on():
        box, (path, transform) = artist.get_clip_box(), artist.get_transformed_clip_path_and_affine()
        boxes = [box.extents] if box is not None else []
        if path is not None:
            boxes.append(path.get_extents(transform).extents)
        if boxes:
            low, high = np.max([b[:2] for b in boxes], axis=0), np.min([b[2:] for b in boxes], axis=0)
            return [*(low - 1), *(high + 1)]
    if isinstance(artist, Text) and not isinstance(artist, Annotation):
        x0, y0, x1, y1 = artist.get_window_extent(renderer).extents
        size = renderer.points_to_pixels(artist.get_fontsize())
        if artist.axes is not None and artist in artist.axes.texts:  # it may go where the data are
            box = artist.axes.bbox
            low, high = (min(x0, box.x0), min(y0, box.y0)), (max(x1, box.x1), max(y1, box.y1))
            return [low[0] - size, low[1] - size, high[0] + size, high[1] + size]
        return [0, y0 - 1, renderer.width, y1 + 1.5 * size]
    return None


def region_of(artist, regions, renderer):
    """The known region of a text, else `region`."""
    return regions[artist] if artist in regions else region(artist, renderer)


def inside(box, width, height):
    """A region -> mask (height, width), the first row at the top."""
    mask = np.zeros((height, width), bool)
    if box is None:
        mask[:] = True
        return mask
    if np.isfinite(box).all():
        x0, x1 = np.clip([np.floor(box[0]), np.ceil(box[2])], 0, width).astype(int)
        y0, y1 = np.clip([np.floor(height - box[3]), np.ceil(height - box[1])], 0, height).astype(int)
        mask[y0:y1, x0:x1] = True
    return mask


def painted(artist, renderer):
    """The pixels that an artist draws -> mask (height, width)."""
    renderer.clear()
    artist.draw(renderer)
    return np.asarray(renderer.buffer_rgba())[..., 3] > 0


def left_its_region(artist, box, renderer):
    """Whether a live text draws outside of the region that the plan was made for."""
    if not artist.get_visible() or not artist.get_text():
        return False
    x0, y0, x1, y1 = artist.get_window_extent(renderer).extents
    return x0 < box[0] or y0 < box[1] or x1 > box[2] or y1 > box[3]


@contextmanager
def replaced(artists, draw):
    """Artists whose `draw` is another one inside: `draw(artist)` gives it."""
    artists = set(artists)
    own = {artist: artist.__dict__["draw"] for artist in artists if "draw" in artist.__dict__}
    for artist in artists:
        artist.draw = draw(artist)
    try:
        yield
    finally:
        for artist in artists:
            artist.__dict__.pop("draw", None)
            artist.__dict__.update({"draw": own[artist]} if artist in own else {})


# Artists take part in the layout but draw nothing. (With `set_visible(False)` an automatic title would move.)
muted = partial(replaced, draw=lambda artist: lambda renderer, *args, **kw: None)


@lru_cache(maxsize=8)
def agg(theme, width, height, dpi):
    """One Agg renderer for all stages of a size: texts keep a reference to the renderer that drew them."""
    return (ThemedAgg if theme == themes.DARK else RendererAgg)(width, height, dpi)


def pixels(fig, hidden=(), theme=themes.LIGHT):
    """The figure without the `hidden` artists, as its stage draws it -> (height, width, 4) bytes.

    They are the renderer's own, until the next figure of this size is drawn.
    """
    with framed(fig):
        width, height = fig.canvas.get_width_height()
        renderer = agg(theme, width, height, fig.dpi)
        renderer.clear()
        with muted(hidden):
            fig.draw(renderer)
        return np.asarray(renderer.buffer_rgba())


def picture(fig, hidden=(), theme=themes.LIGHT, shrink=1):
    """The same, or 1/`shrink` of its size -> PNG bytes."""
    return as_png(pixels(fig, hidden, theme), shrink)


def as_png(rgba, shrink=1):
    """(height, width, 4) bytes -> PNG bytes."""
    image, buffer = Image.fromarray(rgba), io.BytesIO()
    image.reduce(shrink).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def background_and_foreground(fig, made, theme):
    """The two static pictures of a stage as PNG bytes; the foreground is transparent elsewhere."""
    with framed(fig):
        background = picture(fig, made.hidden(), theme)
        if not made.above:
            return background, b""
        renderer = agg(theme, *fig.canvas.get_width_height(), fig.dpi)
        renderer.clear()
        for artist in made.above:
            artist.draw(renderer)
        return background, as_png(np.asarray(renderer.buffer_rgba()))
