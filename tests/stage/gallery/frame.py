"""How the figures of the gallery are made: each is a stage that moves with a slider k."""

from matplotlib.figure import Figure

from mlpkit.stage import Stage, steps

GALLERY = {}


def shown(build):
    """Decorator: enter a figure into the gallery."""
    GALLERY[build.__name__] = build
    return build


def framed(draw, **axes):
    """`draw(ax)` -> (live, update) in a figure of 400 x 300 CSS pixels."""
    fig = Figure(figsize=(4, 3), dpi=100, layout="constrained")
    live, update = draw(fig.add_subplot(**axes))
    return Stage(fig, update, live, lambda k: f"k is {k}.", k=steps(1, 8, 2, label="k"))
