"""Lecture 5: the step h of a gradient check by differences and by the complex step."""

from functools import lru_cache

import numpy as np

from mlpkit.activations import ACTIVATIONS
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.stage import Stage, choice, slider

LOG_H = np.arange(-15, -0.99, 0.25)
PLACES = {"tanh, smooth": ("tanh", 0.5), "relu, 0.005 from its kink": ("relu", 5 / 1024)}
METHODS = ("forward (J(w+h) − J(w))/h", "central (J(w+h) − J(w−h))/2h", "complex step Im J(w+ih)/h")
FLOOR = 1e-17  # an error of 0 is drawn here


@lru_cache
def check_errors(place, precision):
    """(methods, steps h): the largest relative error of dJ/dw over nine v, J = log(1 + e^(-v g(w + b))).

    w, b and v are multiples of 1/1024, exact in float32 as well; the nine differ in their rounding errors.
    """
    name, z = PLACES[place]
    g, real = ACTIVATIONS[name], np.dtype(precision)
    v = (1 + np.arange(9)[:, None] / 8).astype(real)
    w, b = np.ones((9, 1), real), np.full((9, 1), z - 1, real)
    h = (10.0**LOG_H).astype(real)
    exact = v.astype(float)
    true = -exact * g.dg(z) / (1 + np.exp(exact * g(z)))  # dJ/dw = -v g′(z) σ(-v g(z))

    def J(w):
        return np.log(1 + np.exp(-v * g(w + b)))

    found = (J(w + h) - J(w)) / h, (J(w + h) - J(w - h)) / (2 * h), J(w + 1j * h).imag / h
    return np.array([np.abs(slopes / true - 1).max(axis=0) for slopes in found])


def tried(log_h):
    """Which of LOG_H are drawn: from the largest h down to the chosen one, as a reader tries them."""
    return log_h - 1e-6 <= LOG_H


@explorable(
    slides=["section-feedforward"],
    notice="too large an h bends, too small an h drowns in rounding; the complex step does neither",
)
def gradient_check(log_h=-5.0, place="tanh, smooth", precision="float64"):
    """The error of three measured derivatives against their step h: a V for differences, flat for i·h."""
    fig, ax = figure(7.6, 3.9, xlabel="step h (smaller to the right)", ylabel="relative error of dJ/dw")
    ax.set(xscale="log", yscale="log", xlim=(10**-0.8, 10**-15.2), ylim=(FLOOR / 2, 30))
    looks = (("unit", "--", "s"), ("network", "-", "o"), ("other_unit", "-.", "D"))
    lines = [
        ax.plot([], [], ls, color=COLOURS[colour], lw=2, label=label)[0]
        for (colour, ls, _), label in zip(looks, METHODS, strict=True)
    ]
    marks = [
        ax.plot([], [], marker, ms=9, color=COLOURS[colour], mec="white")[0] for colour, _, marker in looks
    ]
    (guide,) = ax.plot([], [], ":", color=COLOURS["target"], lw=1.5)
    legend(ax, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=1)

    def update(log_h, place, precision):
        errors = np.maximum(check_errors(place, precision), FLOOR)
        at = int(np.abs(LOG_H - log_h).argmin())
        for curve, mark, error in zip(lines, marks, errors, strict=True):
            curve.set_data(10 ** LOG_H[tried(log_h)], error[tried(log_h)])
            mark.set_data([10 ** LOG_H[at]], [error[at]])
        guide.set_data([10 ** LOG_H[at]] * 2, [FLOOR / 2, 30])

    def describe(log_h, place, precision):
        errors = check_errors(place, precision)
        at = int(np.abs(LOG_H - log_h).argmin())
        forward, central, exact = (f"{max(e, FLOOR):.0e}" for e in errors[:, at])
        some = tried(log_h)
        best = f"{10 ** LOG_H[some][errors[1][some].argmin()]:.0e}"
        alarm = " Here h steps over the kink: a false alarm." if errors[1, at] > 0.05 and log_h > -3 else ""
        return (
            f"{place}, {precision}, h = {10 ** LOG_H[at]:.1e}: forward is off by {forward}, central by "
            f"{central}, the complex step by {exact}; of these h central is best at {best}.{alarm}"
        )

    return Stage(
        fig, update, [*lines, *marks, guide], describe,
        log_h=slider(-15, -1, log_h, step=0.25, label="log₁₀ h"),
        place=choice(list(PLACES), place, label="hidden unit g"),
        precision=choice(["float64", "float32"], precision, label="precision"),
    )  # fmt: skip
