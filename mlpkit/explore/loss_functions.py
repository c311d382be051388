"""Slide 8: two losses of a confident mistake, and the learning rate for the mean and for the sum."""

import numpy as np

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.losses import binary_cross_entropy_grad, squared_error, squared_error_grad
from mlpkit.stage import Handle, Stage, choice, log_slider, slider

P = np.linspace(0.002, 0.998, 250)
LABELS = {"y = 0": 0, "y = 1": 1}


def through_sigmoid(gradient, p, y):
    """dJ/dz = dJ/dŷ · ŷ(1 - ŷ) for each ŷ = p alone, p (m,) -> (m,)."""
    p = np.atleast_1d(p)
    return gradient(p[:, None], np.full(len(p), y))[:, 0] * len(p) * p * (1 - p)


@explorable(
    slides=["losses"],
    notice="where the unit is confidently wrong the cross-entropy pushes hardest and the square not at all",
)
def confidently_wrong(p=0.02, y=1):
    """Cross-entropy and squared error of one probability, and the slope dJ/dz that reaches the logit."""
    titles = ("loss J of the probability ŷ = p", "slope dJ/dz behind the sigmoid")
    fig, (ax, slopes) = panels(7.6, 3.5, titles=titles, xlabel="probability p of class 1")
    ax.set(xlim=(0, 1), ylim=(-0.1, 5))
    slopes.set(xlim=(0, 1), ylim=(-1.1, 1.1))
    slopes.axhline(0, color=COLOURS["guide"], lw=1, ls=":")
    kinds = (("network", "-", "o", "cross-entropy"), ("unit", "--", "s", "squared error"))
    lines = [
        [axes.plot(P, P, color=COLOURS[c], lw=2.4, ls=style, label=label)[0] for axes in (ax, slopes)]
        for c, style, _, label in kinds
    ]
    dots = [
        [axes.plot([], [], mark, ms=10, mew=2, mfc="white", color=COLOURS[c])[0] for axes in (ax, slopes)]
        for c, _, mark, _ in kinds
    ]
    legend(ax, loc="upper center")

    def found(p, y):
        """[(loss, slope) of cross-entropy, (loss, slope) of the square] at p (m,)."""
        right = p if y else 1 - p  # the probability of what happened
        return [
            (-np.log(right), through_sigmoid(binary_cross_entropy_grad, p, y)),
            ((y - p) ** 2, through_sigmoid(squared_error_grad, p, y)),
        ]

    def update(p, y):
        for pair, marks, curves, at in zip(lines, dots, found(P, y), found(np.array([p]), y), strict=True):
            for line, mark, values, value in zip(pair, marks, curves, at, strict=True):
                line.set_ydata(values)
                mark.set_data([p], value)

    def describe(p, y):
        (entropy, steep), (square, flat) = [[float(v[0]) for v in two] for two in found(np.array([p]), y)]
        return (
            f"p = {p:.3f} while y = {y}: cross-entropy {format_number(entropy)} with slope "
            f"{format_number(steep)}, squared "
            f"error {format_number(square)} with slope {format_number(flat)}, "
            f"{format_number(flat / steep, 2)} times the other slope."
        )

    return Stage(
        fig, update, [*(a for pair in lines for a in pair), *(a for pair in dots for a in pair)], describe,
        handles=[Handle(slopes, x="p", at=lambda p, y: (p, -1), label="probability p")],
        p=slider(0.005, 0.995, p, step=0.005, label="probability p", format=".3f"),
        y=choice(LABELS, y, label="label"),
    )  # fmt: skip


STEPS = 20


def descent(n, learning_rate, summed):
    """20 steps of w ← w - η dJ/dw on y = x for n inputs with mean square 1, from w = 0 -> w, mean loss."""
    x = np.random.default_rng(0).normal(size=n)
    x /= np.sqrt((x**2).mean())
    way = [0.0]
    for _ in range(STEPS):
        gradient = x @ squared_error_grad((way[-1] * x)[:, None], x)[:, 0]  # of the mean
        way.append(way[-1] - learning_rate * gradient * (n if summed else 1))
    return np.array(way), [squared_error((w * x)[:, None], x) for w in way]


@explorable(
    slides=["losses"],
    notice="with the mean one learning rate serves every batch; with the sum it must shrink like 1/N",
)
def mean_or_sum(n=8.0, learning_rate=0.125, summed=True):
    """Gradient descent on one weight with the squared error of N examples, summed or averaged."""
    titles = ("the weight w, step by step", "mean squared error, step by step")
    fig, (ax, error) = panels(7.6, 3.4, titles=titles, xlabel="step")
    ax.set(xlim=(0, STEPS), ylim=(-1.5, 3.5))
    ax.axhline(1, color=COLOURS["target"], lw=1.5, ls="--", label="best w")
    error.set(xlim=(0, STEPS), ylim=(1e-6, 1e6), yscale="log")
    (way,) = ax.plot([], [], "o-", ms=5, lw=2, color=COLOURS["network"], label="w")
    (fall,) = error.plot([], [], "o-", ms=5, lw=2, color=COLOURS["network"])
    legend(ax, loc="lower right")

    def update(n, learning_rate, summed):
        ws, losses = descent(round(n), learning_rate, summed)
        gone = np.maximum.accumulate(np.abs(ws)) > 30  # far outside of the axes
        way.set_data(np.arange(STEPS + 1), np.where(gone, np.nan, ws))
        fall.set_data(np.arange(STEPS + 1), np.clip(losses, 1e-9, 1e9))

    def describe(n, learning_rate, summed):
        n = round(n)
        factor = 1 - 2 * learning_rate * (n if summed else 1)
        outcome = "converges" if abs(factor) < 1 else "never settles" if abs(factor) == 1 else "diverges"
        return (
            f"{'Sum' if summed else 'Mean'} over N = {n}, learning rate {format_number(learning_rate)}: "
            "each step "
            f"multiplies the distance from the best w by {format_number(factor)}, so it {outcome}."
        )

    return Stage(
        fig, update, [way, fall], describe,
        n=log_slider(1, 64, n, per_octave=1, label="examples N", format=".0f"),
        learning_rate=log_slider(1 / 512, 2, learning_rate, per_octave=1, label="learning rate η"),
        summed=choice({"sum over the batch": True, "mean over the batch": False}, summed, label="loss"),
    )  # fmt: skip
