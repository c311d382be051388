"""Explorable figures: matplotlib draws the static layers once; the browser redraws only the live artists.

An author writes an ordinary matplotlib figure and a pure function of the sliders that
changes a few *live* artists, exactly as for `matplotlib.animation`:

    fig, ax = figure(...)
    line, = ax.plot(x, np.sin(x))

    def update(k):                       # pure: the same k gives the same artists, in any order of calls
        line.set_ydata(np.sin(k * x))

    Stage(fig, update, live=[line], k=steps(1, 10, 3, label="frequency k"))

From a slider to the pixels
---------------------------
1. `layers`: all artists below the first live one become a background picture, all above the
   last a foreground picture, both drawn once by Agg (and once more for dark themes).
2. `recorder`: a matplotlib renderer that writes a *display list* instead of pixels. For one position of
   the sliders the live artists draw themselves into it; the result is a *state*. (`writer` has what all
   operations share, `collections` many shapes in one operation, `images` and `text` images and text.)
3. `states`: when a slider is in use the kernel records the states at all its positions, the nearest
   first, and sends them as a *table*. `kernel` answers the browser's messages; `prefetch` works on the tables
   of all stages in slices of a few milliseconds, the latest request first, so that cells need not wait.
4. `controller.js` finds the state of the present position: while the table has it, the kernel is not asked;
   until then it requests single states from the kernel, the latest position first. `view.js` is one display
   on the page and `renderer.js` draws it: background, state, foreground. A view out of sight does nothing.
5. `handles`: rings in the picture that move controls, points that are dragged, strokes drawn by hand
   (`handles.js`). The browser knows each axes as six numbers and turns pixels into data coordinates itself.
6. `export`: pictures, animations, and one-file pages whose tables were computed in advance (`page.js`);
   `check` tests that `update` is pure.

The display list
----------------
A state is recorded as one array of little-endian 32-bit words, a sequence of operations (`encoding` makes
them small for the way to the browser, `decoder.js` makes words of them again):

    op  clip  stroke  width  edge  face  n  payload (n words)

`op` is one of `writer.Op`; `width` is a float32 in pixels; `clip`, `stroke`, `edge` and `face`
are indices into the *resource table*, which has what states share (clips, stroke styles,
colours, glyph outlines, colour maps, static parts); each entry is sent to the browser once.
Coordinates are float32 pixels of the picture, y downwards; `simplify` leaves out points that do not change
it, and they are sent as multiples of 1/8 pixel, in operations of many points of 1/2. Colours have a light
and a dark value (`themes`), so that a change of theme needs no new states.

What is exact, and what is not
------------------------------
`tests/stage/gallery` has 71 figures of all kinds, each compared with Agg in a browser: at most 0.5 % of the
pixels are off by more than 32 of 255. The exceptions:

- sent as pixels, larger than an operation: hatched fills, smoothly (Gouraud) shaded triangles, and
  images that are smoothed, have their own colours, an alpha per cell, or axes that are not linear
- refused with a clear error: filters (`set_agg_filter`) and usetex in live artists; a live part of a legend
  or of another artist (make that live as a whole); sliders of more than 10 000 positions
- different at its edges: a line that folds back on itself within a pixel, such as noise (up to 2.5 %)
- not computed in advance: states that take more than half a second. The picture says that it is computing

matplotlib 3.10 and later work, and the nightly tests run both ends. From 3.11 on text is drawn from the
same glyphs as in Agg (`text`); before, from public API alone, without hinting: up to 2 % of the pixels
are off.

Imports: numpy, matplotlib, ipywidgets, anywidget, traitlets, PIL.
"""

from mlpkit.stage.handles import Handle, Movable, Sketch
from mlpkit.stage.sliders import choice, line_of_text, log_slider, points, slider, steps, switch
from mlpkit.stage.widget import Stage

__all__ = [
    "Handle", "Movable", "Sketch", "Stage",
    "choice", "line_of_text", "log_slider", "points", "slider", "steps", "switch",
]  # fmt: skip
