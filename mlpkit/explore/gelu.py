"""Slides 16 and 17: GELU as a gate, its derivative and its approximations."""

import numpy as np

from mlpkit.activations import ACTIVATIONS, gelu_tanh
from mlpkit.activations.functions import swish
from mlpkit.activations.normal import density, tail
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, slider

X = np.linspace(-5, 5, 401)
GELU = ACTIVATIONS["gelu"]


def normal_cdf(x):
    """Φ(x) = Pr(X ≤ x), X ~ N(0, 1)."""
    beyond = float(tail(np.asarray(x)))
    return beyond if x < 0 else 1 - beyond


@explorable(
    slides=["gelu"],
    notice="GELU lets through the share of a normal sample that lies below x: a gate that opens gradually",
)
def gelu_gate(x=1.0):
    """gelu(x) = x Pr(X ≤ x): above, the density of X with the part below x; under it, the product."""
    fig, (bell, ax) = figure(height=4.2, rows=(2, 3), ylabel=("density of X", "gelu(x)"))
    bell.set(xlim=(-4, 4), ylim=(0, 0.45))
    ax.set(ylim=(-0.8, 4))
    wide = np.linspace(-4, 4, 201)
    bell.plot(wide, density(wide), color=COLOURS["target"], lw=2)
    ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    ax.plot(wide, wide, color=COLOURS["target"], lw=1.5, ls="--", label="x, the gate open")
    ax.plot(wide, GELU(wide), color=COLOURS["network"], lw=2.5, label="gelu(x) = x Pr(X ≤ x)")
    (area,) = bell.fill([0, 1, 1], [0, 0, 0.1], color=COLOURS["unit"], alpha=0.5)
    label = bell.text(-3.9, 0.36, "", color=COLOURS["unit"], fontsize=12)
    (drop,) = ax.plot([], [], color=COLOURS["unit"], lw=2, ls=":")
    (point,) = ax.plot([], [], "o", ms=9, color=COLOURS["unit"])
    legend(ax, loc="upper left")

    def update(x):
        part = np.linspace(-4, x, 121)
        area.set_xy(np.column_stack([[*part, x, -4], [*density(part), 0, 0]]))
        label.set_text(f"Pr(X ≤ x) = {normal_cdf(x):.3f}")
        drop.set_data([x, x], [x, GELU(x)])
        point.set_data([x], [GELU(x)])

    def describe(x):
        return (
            f"x = {x:.2f} is above {normal_cdf(x):.1%} of a standard normal sample, so GELU gives "
            f"{normal_cdf(x):.3f} times x: {format_number(GELU(x))}."
        )

    return Stage(
        fig, update, [area, label, drop, point], describe,
        handles=[Handle(ax, x="x", at=lambda x: (x, float(GELU(x))), label="x")],
        x=slider(-4, 4, x, step=0.05, label="x"),
    )  # fmt: skip


@explorable(
    slides=["gelu-derivative"],
    notice="the tanh form is far closer than every x σ(kx); and 1.702 is not the best k",
)
def gelu_approximations(k=1.702, x=-2.0):
    """GELU, its derivative and two approximations, with their errors on a logarithmic axis."""
    fig, (ax, below) = figure(height=4.5, rows=(1, 1), ylabel=("value", "size of the error"))
    ax.set(xlim=(-5, 5), ylim=(-0.4, 1.6))
    below.set(yscale="log", ylim=(1e-6, 0.3))
    ax.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    ax.plot(X, GELU(X), color=COLOURS["target"], lw=4, alpha=0.6, label="gelu(x)")
    ax.plot(X, GELU.dg(X), color=COLOURS["target"], lw=2, ls=":", label="gelu′(x)")
    (quick,) = ax.plot(X, X, color=COLOURS["unit"], lw=1.8, label="x σ(kx)")
    below.plot(
        X, _error(gelu_tanh(X)), color=COLOURS["network"], lw=2, ls="--", label="error of ½x(1 + tanh(…))"
    )
    (error,) = below.plot(X, X, color=COLOURS["unit"], lw=2, label="error of x σ(kx)")
    (probe,) = below.plot([], [], color=COLOURS["guide"], lw=1.2)
    legend(ax, loc="upper left")
    legend(below, loc="lower right")

    def update(k, x):
        quick.set_ydata(swish(X, k))
        error.set_ydata(_error(swish(X, k)))
        probe.set_data([x, x], [1e-6, 0.3])

    def describe(k, x):
        off = [abs(float(g - GELU(x))) for g in (swish(x, k), gelu_tanh(x))]
        return (
            f"At x = {x:.1f} x σ({k:.3f}x) is off by {format_number(off[0], 2)}, the tanh form by "
            f"{format_number(off[1], 2)}. "
            f"Largest errors in the picture: {np.abs(swish(X, k) - GELU(X)).max():.4f} and "
            f"{np.abs(gelu_tanh(X) - GELU(X)).max():.5f}."
        )

    return Stage(
        fig, update, [quick, error, probe], describe,
        handles=[Handle(below, x="x", at=lambda k, x: (x, 1e-5), label="probe x")],
        k=slider(1.5, 2, k, step=0.001, label="k", format=".3f"),
        x=slider(-5, 5, x, step=0.1, label="probe x", format=".1f"),
    )  # fmt: skip


def _error(values):
    """|values - gelu(X)|, cut off below where a logarithmic axis ends."""
    return np.maximum(np.abs(values - GELU(X)), 1e-12)
