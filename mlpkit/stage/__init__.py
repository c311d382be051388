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
1. `arguments` checks what was given, before anything is changed. While the stage draws, `frame` sets the
   figure's size, resolution, layout and rcParams to those of the moment when the stage was made, and puts
   back what it found: the author may do with the figure what he likes. `reruns` closes the stage that a
   cell made when it was run before.
2. `layers` asks `fig.draw` for its order: all artists below the first live one become a background picture,
   all above the last a foreground picture, both drawn once by Agg (and once more for dark themes). What lies
   between live artists is drawn with them, unless it touches none of them.
3. `recorder`: a matplotlib renderer that writes a *display list* instead of pixels. For one position of
   the sliders the live artists draw themselves into it; the result is a *state*. (`writer` has what all
   operations share, `collections` many shapes in one operation, `images` and `text` images and text.)
4. `states`: when a slider is in use the kernel records the states at all its positions, the nearest
   first, and sends them as a *table*. `kernel` answers the browser's messages; `prefetch` works on the tables
   of all stages in slices of a few milliseconds, the latest request first, so that cells need not wait.
5. `controller.js` finds the state of the present position: while the table has it, the kernel is not asked;
   until then it requests single states from the kernel, the latest position first. `view.js` is one display
   on the page and `renderer.js` draws it: background, state, foreground. A view out of sight does nothing.
6. `handles`: rings in the picture that move controls, points that are dragged, strokes drawn by hand
   (`handles.js`). The browser knows each axes as six numbers and turns pixels into data coordinates itself.
7. `export`: pictures, animations, and one-file pages whose tables were computed in advance (`page.js`);
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
it, and they are sent as multiples of 1/8 pixel, of 1/16 for shapes side by side, and of 1/2 in operations of
many points. Colours have a light and a dark value (`themes`): a change of theme needs no new states.

What is exact, and what is not
------------------------------
`tests/stage/gallery` has 71 figures of all kinds, `tests/stage/authors` 105 as their authors write them,
in pyplot and with everything that covers something, and `tests/stage/every_artist` every artist class of
matplotlib, scaled, turned and sheared; each is compared with Agg in a browser, the latter two in both
themes: at most 0.5 % of the pixels are off by more than 32 of 255. The order of drawing is that of
`fig.draw` in every state; a live text that moves over other artists may need other static pictures, which
are then drawn anew. The exceptions:

- sent as pixels, larger than an operation: hatched fills, smoothly (Gouraud) shaded triangles; images
  that are smoothed, turned or sheared, have their own colours, an alpha per cell, unequal cells, or axes
  that are not linear; transparent areas and edges aslant that are not antialiased
- live as a whole, which takes longer: 3-D axes with a live collection or patch beside others (matplotlib
  sorts them by depth); a legend in the "best" place
- refused when the stage is made: filters (`set_agg_filter`) and usetex in live artists; a live part of a
  legend or of another artist (make that live as a whole); artists that the figure does not draw; handles
  on axes that are not linear or logarithmic, or of a menu; pyplot's functions in `update`; sliders of
  more than 10 000 positions
- refused by `check()` and in the picture's place: an `update` that adds, removes or reorders artists,
  outside of axes that are live as a whole
- made once, at the first state: constrained and tight layout. A figure saved by its own `savefig` makes
  it anew
- different at its edges: a line that folds back on itself within a pixel, such as noise, barbs and
  asterisks (up to 2.5 %), and the cells of a turned mesh, which Agg does not antialias (up to 1 %)
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
