"""A figure as its stage draws it, whatever happens to the figure meanwhile.

Size, resolution, layout, limits and rcParams are those of the moment when the stage was made: `Frame` sets
them while the stage draws, and afterwards puts back what it found. So a stage changes nothing of a figure
that its author can see; `plt.close`, `fig.set_dpi`, `fig.tight_layout()` or another rcParam change no stage.
"""

import sys
from contextlib import ExitStack, contextmanager
from weakref import WeakValueDictionary

import numpy as np
from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.layout_engine import PlaceHolderLayoutEngine

KEPT = ("backend", "interactive", "toolbar", "timezone", "savefig.", "webagg.", "datapath", "figure.")
FRAMES = WeakValueDictionary()  # id of a figure -> the frame of its latest stage


class Canvas(FigureCanvasAgg):
    """The figure's canvas while its stage draws: nothing is drawn when an artist merely changed."""

    def is_saving(self):
        """As for a file: animated artists are drawn, too."""
        return True

    def draw_idle(self, *args, **kwargs):
        """`update` may ask for a new picture, as with other tools; the stage draws one anyway."""


class Frame:
    """Context manager, may be nested: inside, the figure is as its stage draws it (`scale` times its dpi)."""

    def __init__(self, fig, scale):
        self.fig, self.scale, self.depth = fig, scale, 0
        self.inches = tuple(fig.get_size_inches())
        self.dpi = fig.dpi / getattr(fig.canvas, "device_pixel_ratio", 1) * scale
        self.rc = dict(dict.items(rcParams))
        self.positions, self.limits = {}, {}
        given = fig.canvas
        self.canvas = Canvas(fig)
        fig.set_canvas(given)
        FRAMES[id(fig)] = self

    @contextmanager
    def __call__(self):
        """Inside, the figure is as the stage draws it; afterwards as it was."""
        if self.depth:
            yield
            return
        with ExitStack() as stack:
            self.depth = 1
            stack.callback(setattr, self, "depth", 0)
            now = dict(dict.items(rcParams))
            if now != self.rc:
                changed = {k: v for k, v in self.rc.items() if k in now and now[k] != v}
                stack.enter_context(rc_context({k: v for k, v in changed.items() if not k.startswith(KEPT)}))
            self._enter(stack)
            yield

    def _enter(self, stack):
        """Set what differs; what the stack undoes at the end comes in the opposite order."""
        fig = self.fig
        stack.callback(fig.set_canvas, fig.canvas)
        fig.set_canvas(self.canvas)
        size, dpi = tuple(fig.get_size_inches()), fig.dpi
        if size != self.inches:
            stack.callback(fig.set_size_inches, *size, forward=False)
            fig.set_size_inches(*self.inches, forward=False)
        if dpi != self.dpi:
            stack.callback(fig.set_dpi, dpi)
            fig.set_dpi(self.dpi)
        engine = fig.get_layout_engine()
        if engine is not None and not isinstance(engine, PlaceHolderLayoutEngine):
            stack.callback(fig.set_layout_engine, engine)
            fig.set_layout_engine("none")
        for (ax, which), box in self.positions.items():
            now = ax.get_position(original=which == "original")
            if not np.array_equal(now.get_points(), box.get_points()):
                stack.callback(_place, ax, now.frozen(), which)
                _place(ax, box, which)
        for ax, points in self.limits.items():
            if not np.array_equal(ax.viewLim.get_points(), points):
                stack.callback(ax.viewLim.set_points, ax.viewLim.get_points().copy())
                ax.viewLim.set_points(points)

    def lay_out(self, engine):
        """Make the layout, once for all states, by the engine that the figure had."""
        if engine is not None:
            engine.execute(self.fig)
        self.canvas = Canvas(self.fig)  # without the megabytes of the one that computed the layout

    def keep(self, live):
        """Keep the places of all axes, and the limits of those in which nothing but artists is live."""
        every = all_axes(self.fig)
        for ax in every:
            ax.viewLim  # noqa: B018  (autoscaling is done when somebody asks)
        self.positions = {
            (ax, which): ax.get_position(original=which == "original").frozen()
            for ax in every
            if ax not in live
            for which in ("original", "active")
        }
        self.limits = {ax: ax.viewLim.get_points().copy() for ax in every if ax not in live}

    def pixels(self):
        """Width and height of the picture in its own pixels."""
        with self():
            return self.canvas.get_width_height()


def _place(ax, box, which):
    """`Axes.set_position`, without taking the axes out of the layout."""
    in_layout = ax.get_in_layout()
    ax.set_position(box, which)
    ax.set_in_layout(in_layout)


def all_axes(fig):
    """Every axes of a figure: `fig.axes`, and insets, which are children of axes."""
    found = list(fig.axes)
    for ax in found:  # grows
        found += [child for child in ax.child_axes if isinstance(child, Axes) and child not in found]
    return found


@contextmanager
def framed(fig):
    """The figure as its latest stage draws it; without a stage as it is."""
    frame = FRAMES.get(id(fig))
    with frame() if frame is not None and frame.fig is fig else ExitStack():
        yield


@contextmanager
def out_of_pyplot(fig):
    """The figure is not pyplot's inside, and for good if nothing raises; else all is as before.

    So it is shown once, by its stage, and `plt.title(...)` in `update`, which would draw in another figure
    from the second time on, is found the first time.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        yield
        return
    from matplotlib._pylab_helpers import Gcf

    before = dict(Gcf.figs)
    own = [manager for manager in before.values() if manager.canvas.figure is fig]
    try:
        for manager in own:
            Gcf.figs.pop(manager.num)  # pyright: ignore
        yield
        opened = [manager for manager in Gcf.figs.values() if manager not in before.values()]
        for manager in opened:
            Gcf.destroy(manager)
        if opened:
            raise ValueError(
                "update draws with pyplot's functions, which opened another figure; use methods of the axes "
                "and artists: ax.set_title(...) instead of plt.title(...), line.set_ydata(...)"
            )
    finally:
        opened = {n: manager for n, manager in Gcf.figs.items() if manager not in before.values()}
        Gcf.figs.clear()
        Gcf.figs.update({**opened, **before})
    for manager in own:
        pyplot.close(manager.num)
