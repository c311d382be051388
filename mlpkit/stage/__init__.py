"""Explorable figures: matplotlib paints the stage, the browser moves the actors.

An author writes an ordinary matplotlib figure and a pure function of the sliders that
changes a few *live* artists, exactly as for `matplotlib.animation`:

    fig, ax = figure(...)
    line, = ax.plot(x, np.sin(x))

    def update(k):                       # pure: no state, any order, any position
        line.set_ydata(np.sin(k * x))

    Stage(fig, update, live=[line], k=steps(1, 10, 3, label="frequency k"))

From the hand to the pixel
--------------------------
1. `layers`: all artists under the first live one become a background picture, all above the
   last a foreground picture, both painted once by Agg (and once more for dark themes).
2. `recorder`: a matplotlib renderer that writes *words* instead of pixels. For one position of
   the sliders the live artists draw themselves into it; what they asked for is a *state*.
3. `states`: when a slider is in use the kernel records the states at all its positions, from
   the hand outward, in slices of a few milliseconds, and sends them as a *table*.
4. `player.js` finds the state of the present position: while the table has it, the kernel is not asked; until
   then single states come from the kernel, the latest wish first. `view.js` puts it on the page and
   `paint.js` paints it: background, state, foreground.
5. `handles`: rings in the picture that move controls, points that are dragged, strokes drawn by hand. The
   browser knows each axes as six numbers and turns pixels into data coordinates itself.
6. `export`: pictures, films, and one-file pages whose tables were made ahead (`page.js`); `check` proves that
   a figure is explorable.

The words
---------
A state is one array of little-endian 32-bit words, a sequence of operations:

    op  clip  stroke  width  edge  face  n  payload (n words)

`op` is one of `recorder.Op`; `width` is a float32 in pixels; `clip`, `stroke`, `edge` and `face`
are indices into the *vocabulary*: tables of what states share (clip rectangles, stroke styles,
colours, glyph outlines, colour maps, still parts), each entry sent to the browser once.
Coordinates are float32 pixels of the picture, y downwards. Colours carry a light and a dark
value (`themes`), so that a change of theme needs no new states.

matplotlib 3.10 and later work; from 3.11 on text is drawn from the very glyphs that Agg uses (`text`).
Filters and usetex are refused with a clear error; hatched fills are sent as pictures; everything else that
the gallery of the tests shows is recorded as it is.

The folder knows nothing of neural networks; it imports matplotlib, ipywidgets and anywidget.
"""

from mlpkit.stage.handles import Handle, Movable, Sketch
from mlpkit.stage.sliders import choice, line_of_text, log_slider, points, slider, steps, switch
from mlpkit.stage.widget import Stage

__all__ = [
    "Handle", "Movable", "Sketch", "Stage",
    "choice", "line_of_text", "log_slider", "points", "slider", "steps", "switch",
]  # fmt: skip
