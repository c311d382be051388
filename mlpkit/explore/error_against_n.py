"""Slide 21: how fast the error of three constructions falls with N."""

from functools import lru_cache

import numpy as np

from mlpkit.approximation import (
    TARGETS,
    bump_network,
    errors,
    evaluate,
    hat_bound,
    hat_network,
    merged_network,
    step_bound,
)
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Stage, choice, log_slider

NORMS = {"largest, sup |f − ŷ|": "sup", "mean, ∫|f − ŷ|": "l1", "root mean square": "l2"}
COUNTS = np.unique(np.geomspace(1, 640, 19).round().astype(int))
SERIES = {
    "N bumps": bump_network,
    "merged steps": merged_network,
    "hats": lambda f, n, steepness: hat_network(f, n),
}


@lru_cache(maxsize=200)
def measure(series, steepness, norm, target):
    """The error of one construction in one norm at all COUNTS, as `errors` measures it."""
    f = TARGETS[target].f
    nets = (SERIES[series](f, int(n), steepness * n) for n in COUNTS)
    return np.array([getattr(errors(f, lambda x, net=net: evaluate(net, x)), norm) for net in nets])


def bounds(target):
    """The bounds of theory at all COUNTS: (ideal steps, hats); nan where there is none."""
    record, nothing = TARGETS[target], [np.nan] * len(COUNTS)
    L, M = record.lipschitz, record.curvature
    return (
        nothing if L is None else [step_bound(L, n) for n in COUNTS],
        nothing if M is None else [hat_bound(M, n) for n in COUNTS],
    )


def convergence_rate(e, first=20):
    """The slope of log e against log N, e (len(COUNTS),), fitted from N = first on."""
    tail = first <= COUNTS
    return float(np.polyfit(np.log(COUNTS[tail]), np.log(np.maximum(e[tail], 1e-15)), 1)[0])


@explorable(
    slides=["universality"],
    notice="steps fall like 1/N, ReLU hats like 1/N²; the end-point trap stops naive bumps in the sup norm",
)
def error_against_n(steepness=8.0, norm="sup", target="nielsen"):
    """The measured error of three constructions against N, beside what theory allows."""
    fig, ax = figure(height=3.9, xlabel="N", ylabel="error")
    ax.set(xscale="log", yscale="log", xlim=(0.9, 720), ylim=(1e-5, 3))
    guides = [
        ax.plot(COUNTS, COUNTS, color=COLOURS["guide"], lw=1.5, ls=style, label=label)[0]
        for style, label in ((":", "theory, ideal steps: L/2N"), ("--", "theory, hats: M/8N²"))
    ]
    looks = (
        ("o-", "unit", "N bumps, 2N units"),
        ("s-", "network", "merged, N − 1 units"),
        ("^-", "other_unit", "ReLU hats, N units"),
    )
    lines = [
        ax.plot(COUNTS, COUNTS, style, color=COLOURS[colour], lw=1.5, ms=5, label=label)[0]
        for style, colour, label in looks
    ]
    legend(ax, loc="lower left")

    def update(steepness, norm, target):
        for line, series in zip(lines, SERIES, strict=True):
            line.set_ydata(measure(series, steepness, norm, target))
        for guide, bound in zip(guides, bounds(target), strict=True):
            guide.set_ydata(bound)

    def describe(steepness, norm, target):
        found = {series: measure(series, steepness, norm, target) for series in SERIES}
        each = (
            f"{series} {format_number(e[-1], 2)}, slope {format_number(convergence_rate(e))}"
            for series, e in found.items()
        )
        return f"Error at N = {COUNTS[-1]}, and slope from N = 20 on: {'; '.join(each)}."

    return Stage(
        fig, update, [*guides, *lines], describe,
        steepness=log_slider(1, 1024, steepness, per_octave=4, label="steepness w/N"),
        norm=choice(NORMS, norm, label="error"),
        target=choice({t.label: name for name, t in TARGETS.items()}, target, label="target"),
    )  # fmt: skip
