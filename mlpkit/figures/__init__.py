"""One palette and one style for every figure of the course: `Figure` objects, never pyplot.

The modules have what several figures need: `lines`, `plane`, `decision_surface`, `activations` and
`colour_maps` to draw with; `numbers` and `slopes` for the sentences; `expressions` for typed formulas;
`deck`, `snapshots` and `trained_moons` for data.

Imports: maths, matplotlib.
"""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

# Colours of Okabe and Ito (2008), which colour-blind viewers can distinguish, by their role.
COLOURS = {
    "target": "#767676",
    "network": "#0072B2",
    "unit": "#D55E00",
    "other_unit": "#009E73",
    "error": "#CC79A7",
    "guide": "#9A9A9A",
}

TEXT_SIZE = 11  # points: readable from the last row when the figure fills half a slide


def figure(width=7.2, height=3.6, *, rows=(1,), xlabel="x", ylabel=("y",), sharex=True) -> tuple[Figure, Any]:
    """A figure of `width` x `height` inches with one axes for each entry of `rows` (relative heights).

    `ylabel`: one text for each row; `xlabel` goes under the last. Returns (figure, axes) for one
    row and (figure, [axes, ...]) for several.

    >>> fig, (top, bottom) = figure(rows=(3, 1), ylabel=("f", "error"))
    >>> bottom.get_xlabel()
    'x'
    """
    fig = Figure(figsize=(width, height), dpi=100, layout="constrained")
    axes = fig.subplots(len(rows), 1, sharex=sharex, squeeze=False, height_ratios=rows)[:, 0]
    labels = [ylabel] if isinstance(ylabel, str) else list(ylabel)
    for ax, label in zip(axes, labels, strict=True):
        ax.set_ylabel(label, fontsize=TEXT_SIZE)
        ax.tick_params(labelsize=TEXT_SIZE - 1)
        ax.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel(xlabel, fontsize=TEXT_SIZE)
    return fig, axes[0] if len(rows) == 1 else list(axes)


def powers_of_ten(ax, low, high, *exponents):
    """A logarithmic y axis from low to high with labels at these powers of ten and nowhere else.

    >>> _, ax = figure()
    >>> powers_of_ten(ax, 1e-7, 2, -6, -3, 0)
    >>> [float(tick) for tick in ax.get_yticks()]
    [1e-06, 0.001, 1.0]
    """
    ax.set(yscale="log", ylim=(low, high), yticks=[10.0**k for k in exponents])
    ax.yaxis.set_minor_locator(NullLocator())


def legend(ax, **where):
    """The legend in the course's style: small, with a plain frame."""
    return ax.legend(fontsize=TEXT_SIZE - 1, framealpha=0.85, edgecolor="none", **where)


def panels(width=7.2, height=3.2, *, titles, xlabel="", ylabel="", ratios=None) -> tuple[Figure, list[Any]]:
    """A figure with one axes beside the other, each under its title; `ratios` are their relative widths.

    >>> fig, (left, right) = panels(titles=("z", "a = g(z)"))
    >>> right.get_title()
    'a = g(z)'
    """
    fig = Figure(figsize=(width, height), dpi=100, layout="constrained")
    axes = fig.subplots(1, len(titles), squeeze=False, width_ratios=ratios)[0]
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title, fontsize=TEXT_SIZE)
        ax.set_xlabel(xlabel, fontsize=TEXT_SIZE)
        ax.tick_params(labelsize=TEXT_SIZE - 1)
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel(ylabel, fontsize=TEXT_SIZE)
    return fig, list(axes)
