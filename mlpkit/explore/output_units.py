"""Slides 5 and 6: the likelihood of a Gaussian output for every guess, and three programs for one loss."""

import numpy as np

from mlpkit.activations import sigmoid, softplus
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, figure, legend
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Handle, Stage, choice, slider, steps

CALM = np.array([0.7, 0.9, 1.0, 1.0, 1.1, 1.3])  # measurements of one quantity by a good instrument
ROUGH = np.array([-0.8, 0.1, 1.4, 2.1, 2.9])  # and by a bad one; the sixth is the outlier
GUESSES = np.linspace(-5, 5, 1001)
SPREADS = {
    "one σ, given": "given",
    "one σ, learned": "one",
    "a σ for each instrument, learned": "each",
}

HOW = {"one": "one σ, learned", "each": "a learned σ for each instrument"}


def neg_log_likelihood(guess, groups, sigma, learn):
    """The mean of -log N(y; guess, σ²) over all examples, σ given or the best one; guess (m,) -> (m,)."""
    if learn == "one":
        groups = [np.concatenate(groups)]
    total = np.zeros(len(guess))
    for group in groups:
        square = ((group[:, None] - guess) ** 2).mean(axis=0)  # it is also the best σ² for this guess
        best = 0.5 + 0.5 * np.log(square)
        total += len(group) * (square / (2 * sigma**2) + np.log(sigma) if learn == "given" else best)
    return total / sum(map(len, groups))


@explorable(
    slides=["output-linear"],
    notice="with one σ, given or learned, both are least at the mean; with two learned σ they part",
)
def gaussian_output(sigma=0.5, outlier=4.0, learn="given"):
    """Squared error and -log N(y; ŷ, σ²) of eleven numbers and an outlier, for every guess ŷ."""
    fig, (data, ax) = figure(
        height=4.3, rows=(2, 3), xlabel="guess ŷ", ylabel=("instrument", "above the least value")
    )
    data.set(ylim=(-0.6, 1.6), yticks=(0, 1), yticklabels=("rough", "fine"))
    ax.set(xlim=(-5, 5), ylim=(-0.15, 5))
    data.plot(CALM, np.ones(len(CALM)), "o", ms=7, color=COLOURS["target"])
    data.plot(ROUGH, np.zeros(len(ROUGH)), "o", ms=7, color=COLOURS["target"])
    (mark,) = data.plot([], [], "D", ms=9, color=COLOURS["error"], label="the outlier")
    kinds = (("unit", "--", 2.4, "squared error"), ("network", "-", 2.4, "−log-likelihood"))
    lines = [
        [
            data.plot([], [], color=COLOURS[c], ls=style, lw=width)[0],
            ax.plot([], [], color=COLOURS[c], ls=style, lw=width, label=label)[0],
            ax.plot([], [], marker, ms=10, color=COLOURS[c], mfc="white", mew=2)[0],
        ]
        for (c, style, width, label), marker in zip(kinds, "so", strict=True)
    ]
    legend(data, loc="upper left")
    legend(ax, loc="upper left")

    def curves(sigma, outlier, learn):
        groups = [CALM, np.append(ROUGH, outlier)]
        square = ((np.concatenate(groups)[:, None] - GUESSES) ** 2).mean(axis=0)
        return square, neg_log_likelihood(GUESSES, groups, sigma, learn)

    def update(sigma, outlier, learn):
        mark.set_data([outlier], [0])
        for values, (place, curve, least) in zip(curves(sigma, outlier, learn), lines, strict=True):
            best = GUESSES[values.argmin()]
            place.set_data([best, best], [-0.6, 1.6])
            curve.set_data(GUESSES[::4], (values - values.min())[::4])
            least.set_data([best], [0])

    def describe(sigma, outlier, learn):
        square, likely = (GUESSES[v.argmin()] for v in curves(sigma, outlier, learn))
        verdict = "the same guess" if square == likely else "another guess"
        how = f"one σ = {sigma:.2f}, given" if learn == "given" else HOW[learn]
        return (
            f"Outlier at {format_number(outlier)}; {how}: the squared error is least at ŷ = "
            f"{format_number(square)}, the mean, "
            f"and −log-likelihood at ŷ = {format_number(likely)}, {verdict}."
        )

    return Stage(
        fig, update, [mark, *(line for three in lines for line in three)], describe,
        handles=[Handle(data, x="outlier", at=lambda sigma, outlier, learn: (outlier, 0), label="outlier")],
        sigma=slider(0.1, 2, sigma, step=0.05, label="σ, if given"),
        outlier=slider(-5, 5, outlier, step=0.1, label="outlier y", format=".1f"),
        learn=choice(SPREADS, learn, label="spread"),
    )  # fmt: skip


Z = np.linspace(-50, 50, 401)
CLIP = 1e-7
LABELS = {"y = 0": 0, "y = 1": 1}


def probability_losses(z, y, dtype, clip=None):
    """-log p or -log(1 - p) from p = σ(z) rounded to dtype, and its derivative by the chain rule through p.

    z (m,) -> loss (m,), dJ/dz (m,). With `clip`, p is first moved into [clip, 1 - clip]. Nothing is
    repaired: p that was rounded to 0 or 1 gives inf and nan.
    """
    one = dtype(1)
    with np.errstate(all="ignore"):
        p = one / (one + np.exp(-z.astype(dtype)))
        inside = np.ones(p.shape, bool) if clip is None else (clip < p) & (p < 1 - clip)
        q = p if clip is None else np.clip(p, dtype(clip), one - dtype(clip))
        loss = -np.log(q) if y else -np.log(one - q)
        slope = (-one / q if y else one / (one - q)) * (p * (one - p))
    return loss, np.where(inside, slope, 0)


def in_words(value):
    """A number for a sentence, also where it is infinite or undefined."""
    if np.isnan(value):
        return "undefined"
    return "infinite" if np.isinf(value) else format_number(value + 0.0)


@explorable(
    slides=["output-sigmoid"],
    notice="from p the loss becomes infinite, clipped it goes flat and stops learning; from z it is exact",
)
def sigmoid_output(z=0, y=0, dtype="float64"):
    """The loss of a sigmoid unit in three programs, and the slopes that they hand to training."""
    fig, (ax, below) = figure(height=4.4, rows=(1, 1), xlabel="z = wᵀa + b", ylabel=("loss", "dJ/dz"))
    ax.set(xlim=(-50, 50), ylim=(-3, 52))
    below.set(ylim=(-1.3, 1.3))
    kinds = (
        ("network", "-", 6, 0.4, "from z: softplus((1 − 2y)z)"),
        ("unit", "--", 2.2, 1, "from ŷ, clipped at 10⁻⁷"),
        ("other_unit", "-", 1.8, 1, "from ŷ, as it stands"),
    )
    pairs = [
        [
            axes.plot(Z, Z, color=COLOURS[c], ls=style, lw=width, alpha=alpha, label=label)[0]
            for axes in (ax, below)
        ]
        for c, style, width, alpha, label in kinds
    ]
    (end,) = ax.plot([], [], "X", ms=11, color=COLOURS["other_unit"], label="here it becomes infinite")
    probes = [axes.plot([], [], color=COLOURS["guide"], lw=1.5, ls=":")[0] for axes in (ax, below)]
    where = legend(ax, loc="upper center")
    where.set_zorder(6)

    def three(z, y, dtype):
        kind = np.dtype(dtype).type
        exact = softplus((1 - 2 * y) * z), sigmoid(z) - y
        return exact, probability_losses(z, y, kind, CLIP), probability_losses(z, y, kind)

    def update(z, y, dtype):
        curves = three(Z, y, dtype)
        for pair, found in zip(pairs, curves, strict=True):
            for line, values in zip(pair, found, strict=True):
                line.set_ydata(np.where(np.isfinite(values), values, np.nan))
        finite = np.isfinite(curves[2][0])
        last = [] if finite.all() else [Z[finite][0 if y else -1]]
        end.set_data(last, [abs(value) for value in last])
        for probe, ends in zip(probes, ((-3, 52), (-1.3, 1.3)), strict=True):
            probe.set_data([z, z], ends)

    def describe(z, y, dtype):
        exact, clipped, naive = (
            (in_words(float(loss[0])), in_words(float(slope[0])))
            for loss, slope in three(np.array([float(z)]), y, dtype)
        )
        return (
            f"z = {format_number(z)}, y = {y}, {dtype}: from ŷ as it stands the loss is {naive[0]} with "
            "slope "
            f"{naive[1]}, clipped {clipped[0]} with slope {clipped[1]}; from z it is {exact[0]} with slope "
            f"σ(z) − y = {exact[1]}."
        )

    return Stage(
        fig, update, [line for pair in pairs for line in pair] + [end, *probes], describe,
        handles=[Handle(below, x="z", at=lambda z, y, dtype: (z, 0), label="z")],
        z=steps(-50, 50, z, label="z"),
        y=choice(LABELS, y, label="label"),
        dtype=choice(["float64", "float32"], dtype, label="p stored as"),
    )  # fmt: skip
