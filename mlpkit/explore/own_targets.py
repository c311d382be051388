"""Slide 22, interactive: a target that is typed, a target that is drawn, heights that are dragged."""

from functools import lru_cache

import numpy as np

from mlpkit.approximation import TARGETS, bump_edges, bump_network, errors, merged_network
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.expressions import FormulaError, parse
from mlpkit.figures.lines import UNIT_INTERVAL as X
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Movable, Sketch, Stage, line_of_text, log_slider, points, steps

LOW, HIGH = -0.25, 1.4  # limits of the y axis


def finite(values):
    """Values of f that a network can approximate: 0 where f has no finite value, clipped to ±100."""
    return np.clip(np.nan_to_num(values, nan=0.0, posinf=100.0, neginf=-100.0), -100.0, 100.0)


def curves(ax, network="network ŷ"):
    """The two lines that all three figures have: target and network."""
    ax.set(xlim=(0, 1), ylim=(LOW, HIGH))
    (wanted,) = ax.plot(X, X, color=COLOURS["target"], lw=4, alpha=0.6, label="target f")
    (curve,) = ax.plot(X, X, color=COLOURS["network"], lw=2, label=network)
    return wanted, curve


def errors_in_words(found):
    """Errors as a part of a sentence."""
    return f"mean error {found.l1:.4f}, largest error {found.sup:.3f} at x = {found.at:.2f}"


@explorable(
    slides=["visual-proof"],
    notice="any continuous formula will do; a jump keeps its error, however many steps there are",
)
def typed_target(formula="0.5 + 0.4 sin(2πx)", n=12, steepness=8.0):
    """N − 1 merged steps approximate a formula that is typed."""
    fig, ax = figure(height=3.6)
    wanted, curve = curves(ax)
    wrong = ax.text(0.5, 0.5, "", color=COLOURS["error"], ha="center", fontsize=11, wrap=True)
    legend(ax, loc="upper left", ncols=2)

    @lru_cache(maxsize=2)
    def approximation(formula, n, steepness):
        f = parse(formula)
        raw = f(X)
        net = merged_network(lambda x: finite(f(x)), n, steepness * n)
        return raw, net, net.predict(X[:, None])[:, 0], errors(lambda x: finite(f(x)), net)

    def update(formula, n, steepness):
        try:
            raw, _, y, _ = approximation(formula, n, steepness)
        except FormulaError:
            wrong.set_text("This is not a formula of x yet.")
            wanted.set_ydata(np.full(X.shape, np.nan))
            curve.set_ydata(np.full(X.shape, np.nan))
            return
        wrong.set_text("")
        wanted.set_ydata(np.where(np.isfinite(raw), raw, np.nan))
        curve.set_ydata(y)

    def describe(formula, n, steepness):
        try:
            raw, net, _, found = approximation(formula, n, steepness)
        except FormulaError as error:
            return f"{str(error)[0].upper()}{str(error)[1:220]}."
        lost = (~np.isfinite(raw)).mean()
        gaps = f" Where f has no finite value ({lost:.1%} of the points) it counts as 0." if lost else ""
        return (
            f"{net.hidden_units} hidden units of weight w = {format_number(steepness * n)}: "
            f"{errors_in_words(found)}.{gaps}"
        )

    return Stage(
        fig, update, [wanted, curve, wrong], describe,
        formula=line_of_text(formula, label="f(x) ="),
        n=steps(1, 200, n, label="levels N"),
        steepness=log_slider(1, 128, steepness, label="steepness w/N"),
    )  # fmt: skip


def hand_drawn(curve):
    """Points [[x, y], …] of a drawn curve -> a function of x: linear between them, constant outside."""
    if not curve:
        return lambda x: 0.0 * np.asarray(x)
    x, y = np.asarray(curve, dtype=float).T
    return lambda t: np.interp(t, x, y)


WAVE = [[round(float(x), 3), round(0.55 + 0.35 * float(np.sin(7 * x) * x), 3)] for x in np.linspace(0, 1, 41)]


@explorable(
    slides=["visual-proof"],
    notice="the staircase follows every curve that you can draw, with the mouse or a finger",
)
def drawn_target(curve=WAVE, n=12, steepness=8.0):
    """N − 1 merged steps approximate a curve that is drawn by hand over the picture."""
    fig, ax = figure(height=3.6)
    wanted, line = curves(ax)
    legend(ax, loc="upper left", ncols=2)

    def approximation(curve, n, steepness):
        f = hand_drawn(curve)
        return f, merged_network(f, n, steepness * n)

    def update(curve, n, steepness):
        f, net = approximation(curve, n, steepness)
        wanted.set_ydata(f(X))
        line.set_ydata(net.predict(X[:, None])[:, 0])

    def describe(curve, n, steepness):
        f, net = approximation(curve, n, steepness)
        empty = "" if curve else " Nothing is drawn yet: press into the picture and draw from left to right."
        found = errors_in_words(errors(f, net))
        return f"{net.hidden_units} hidden units follow your curve: {found}.{empty}"

    return Stage(
        fig, update, [wanted, line], describe,
        handles=[Sketch(ax, "curve", label="draw the target")],
        curve=points(curve, label="your curve"),
        n=steps(1, 200, n, label="levels N"),
        steepness=log_slider(1, 128, steepness, label="steepness w/N"),
    )  # fmt: skip


FIVE = [[(k + 0.5) / 5, 0.5] for k in range(5)]


@explorable(
    slides=["visual-proof"],
    notice="five heights are ten output weights: be the training algorithm, and beat the formula",
)
def heights_by_hand(heights=FIVE, steepness=64.0):
    """Five bumps whose heights are dragged: the reader chooses the output weights."""
    fig, ax = figure(height=3.8)
    wanted, curve = curves(ax)
    wanted.set_ydata(TARGETS["nielsen"](X))
    (tops,) = ax.plot([], [], color=COLOURS["unit"], lw=5, alpha=0.5, label="heights h")
    legend(ax, loc="upper left", ncols=3)
    f = TARGETS["nielsen"].f
    best = bump_network(f, len(FIVE), 64.0 * len(FIVE))

    def network(heights, steepness):
        h = np.array([y for _, y in heights], dtype=float)
        return bump_network(lambda middles: h, len(h), steepness * len(h))

    def update(heights, steepness):
        edges = bump_edges(len(heights))
        at = np.column_stack([edges[:-1], edges[1:], np.full(len(heights), np.nan)])
        tops.set_data(at.ravel(), np.repeat([y for _, y in heights], 3))
        curve.set_ydata(network(heights, steepness).predict(X[:, None])[:, 0])

    def describe(heights, steepness):
        mine, formula = errors(f, network(heights, steepness)), errors(f, best)
        tops_in_words = ", ".join(format_number(round(y, 2), 2) for _, y in heights)
        verdict = "better than" if mine.l1 < formula.l1 else "not yet as good as"
        return (
            f"Heights {tops_in_words}, weight w = {format_number(steepness * len(heights))}: mean error "
            f"{mine.l1:.3f}, "
            f"{verdict} the heights f(middle of the piece), which give {formula.l1:.3f}."
        )

    return Stage(
        fig, update, [tops, curve], describe,
        handles=[Movable(ax, "heights", along="y", label="height of bump")],
        heights=points(heights, label="heights h"),
        steepness=log_slider(1, 128, steepness, label="steepness w/N"),
    )  # fmt: skip
