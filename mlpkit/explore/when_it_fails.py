"""Slide 21, its fine print: which hidden layers can approximate any function, and which cannot."""

from functools import lru_cache

import numpy as np

from mlpkit.activations import ACTIVATIONS
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.stage import Stage, choice, steps

MOST = 128
COUNTS = np.arange(1, MOST + 1)
AT = np.linspace(-1.0, 1.0, 401)
JUMP = 0.1
EVERYWHERE = np.append(AT, [np.nextafter(JUMP, -1), JUMP])  # both sides of the jump, to measure on
HIDDEN = {
    "z, linear": lambda z: z,
    "z²": lambda z: z**2,
    "z³": lambda z: z**3,
    "sigmoid": ACTIVATIONS["sigmoid"].g,
    "tanh": ACTIVATIONS["tanh"].g,
    "ReLU": ACTIVATIONS["relu"].g,
}
DEGREES = {"z, linear": 1, "z²": 2, "z³": 3}
CURVES = {
    "sin 3πx, an odd function": lambda x: np.sin(3 * np.pi * x),
    "cos 2πx, an even function": lambda x: np.cos(2 * np.pi * x),
    "half of each": lambda x: (np.sin(3 * np.pi * x) + np.cos(2 * np.pi * x)) / 2,
    "a jump of 1.2": lambda x: np.where(x < JUMP, -0.6, 0.6),
}
MEASURES = {"largest, sup |f − ŷ|": "largest", "mean of |f − ŷ|": "mean"}


@lru_cache(maxsize=len(HIDDEN) * 2)
def independent(g, biases):
    """(Q (403, 129), ranks (129,)): the output bias and the units on EVERYWHERE, orthonormal on AT.

    The Gram-Schmidt process, each column twice. A column that differs by less than 1e-9 from a combination of
    those before it becomes 0, and ranks[n] counts the others among the bias and the first n units.
    """
    rng = np.random.default_rng(0)
    w = rng.uniform(4, 12, MOST) * rng.choice([-1, 1], MOST)
    b = -w * rng.uniform(-1, 1, MOST) if biases else np.zeros(MOST)
    A = np.column_stack([np.full(len(EVERYWHERE), float(biases)), HIDDEN[g](EVERYWHERE[:, None] * w + b)])
    A = A / np.maximum(np.linalg.norm(A[: len(AT)], axis=0), 1e-300)
    Q = np.zeros_like(A)
    for k in range(A.shape[1]):
        new = A[:, k]
        for _ in range(2):
            new = new - Q[:, :k] @ (Q[: len(AT), :k].T @ new[: len(AT)])
        length = np.linalg.norm(new[: len(AT)])
        if length > 1e-9:
            Q[:, k] = new / length
    return Q, np.cumsum(Q.any(axis=0))


@lru_cache(maxsize=len(HIDDEN) * 2 * len(CURVES))
def fits(g, biases, curve):
    """(ŷ (401, 129), errors): column n is the least-squares fit of f by n units; errors[norm] (129,).

    The largest error is measured on both sides of the jump, too.
    """
    Q, f = independent(g, biases)[0], CURVES[curve](EVERYWHERE)
    Y = np.cumsum(Q * (Q[: len(AT)].T @ f[: len(AT)]), axis=1)
    gap = np.abs(Y - f[:, None])
    return Y[: len(AT)], {"largest": gap.max(axis=0), "mean": gap[: len(AT)].mean(axis=0)}


@explorable(
    slides=["universality"],
    notice="units that are polynomials stop at the best polynomial; without biases tanh is odd and ReLU has "
    "rank 2; a jump keeps its largest error",
)
def when_it_fails(n=16, g="z²", biases=True, curve="sin 3πx, an odd function", norm="largest"):
    """N units with random weights, output weights by least squares: how near they come, for any N."""
    fig, (ax, race) = panels(7.4, 3.3, titles=("N units, by least squares", "error against N"))
    ax.set(xlim=(-1, 1), ylim=(-1.75, 1.75), xlabel="x")
    (wanted,) = ax.plot(AT, AT, color=COLOURS["target"], lw=4, alpha=0.6, label="target f")
    (fit,) = ax.plot(AT, AT, color=COLOURS["network"], lw=2, label="network ŷ")
    legend(ax, loc="lower center", ncols=2)
    race.set(xscale="log", yscale="log", xlim=(0.9, 900), ylim=(1e-4, 4), xlabel="hidden units N")
    race.set(xticks=[1, 10, 100], ylabel="error")
    others = [race.plot(COUNTS, np.ones(len(COUNTS)), color=COLOURS["guide"], lw=1)[0] for _ in HIDDEN]
    names = [race.text(MOST * 1.35, 1, "", fontsize=TEXT_SIZE - 2, va="center") for _ in HIDDEN]
    (mine,) = race.plot(
        COUNTS, np.ones(len(COUNTS)), color=COLOURS["network"], lw=2.4, label="this activation"
    )
    (here,) = race.plot([], [], "o", ms=11, mew=2, mfc="none", color=COLOURS["error"], label="this N")
    legend(race, loc="lower left")

    def update(n, g, biases, curve, norm):
        wanted.set_ydata(CURVES[curve](AT))
        fit.set_ydata(fits(g, biases, curve)[0][:, n])
        for line, name in zip(others, HIDDEN, strict=True):
            line.set_ydata(fits(name, biases, curve)[1][norm][1:])
        ends = {name: fits(name, biases, curve)[1][norm][-1] for name in HIDDEN}
        labels = at_the_end(ends)
        for text, (label, y) in zip(names, labels + [("", 1.0)] * (len(names) - len(labels)), strict=True):
            text.set_text(label)
            text.set_y(y)
        mine.set_ydata(fits(g, biases, curve)[1][norm][1:])
        here.set_data([n], [fits(g, biases, curve)[1][norm][n]])

    def describe(n, g, biases, curve, norm):
        errors, rank = fits(g, biases, curve)[1], int(independent(g, biases)[1][n])
        columns = f"{n} unit{'s' * (n > 1)} of {g}" + (" and the output bias" if biases else ", no biases,")
        both = [("largest", format_number(errors["largest"][n])), ("mean", format_number(errors["mean"][n]))]
        (first, size), (second, other) = both if norm == "largest" else both[::-1]
        return (
            f"{columns} make {rank} independent curve{'s' * (rank > 1)}{why(g, biases, n)}. "
            f"{first.capitalize()} error {size}, shown on the right; {second} error {other}."
        )

    return Stage(
        fig, update, [wanted, fit, *others, *names, mine, here], describe,
        n=steps(1, MOST, n, label="hidden units N"),
        g=choice({name: name for name in HIDDEN}, g, label="activation g"),
        biases=choice({"with biases": True, "no biases": False}, biases, label="biases"),
        curve=choice({name: name for name in CURVES}, curve, label="target"),
        norm=choice(MEASURES, norm, label="error"),
    )  # fmt: skip


def at_the_end(ends, apart=1.6):
    """Errors of the activations by name -> [(names, y), …]: nearer than a factor `apart`: one text.

    >>> at_the_end({"z": 1.2, "tanh": 1e-9, "z²": 1.1})
    [('tanh', 0.00013), ('z², z', 1.1)]
    """
    groups = []
    ends = {name.split(",")[0]: y for name, y in ends.items()}
    for name, y in sorted(ends.items(), key=lambda pair: max(pair[1], 1e-4)):
        y = max(y, 1.3e-4)  # inside the picture
        if groups and y < apart * groups[-1][1]:
            groups[-1][0].append(name)
        else:
            groups.append(([name], y))
    return [("all" if len(names) == len(HIDDEN) else wrapped(names), y) for names, y in groups]


def wrapped(names):
    """Names in lines of three."""
    return "\n".join(", ".join(names[k : k + 3]) for k in range(0, len(names), 3))


def why(g, biases, n):
    """What limits these units apart from n, as the end of a sentence; empty if nothing does."""
    if g in DEGREES and not biases:
        return f", multiples of {g.split(',')[0]} alone, for every N"
    if g in DEGREES and n >= DEGREES[g]:
        return f": all polynomials of degree {DEGREES[g]}, and no more for any N"
    if biases:
        return ""
    odd = {"tanh": ": all odd, f(−x) = −f(x)", "sigmoid": ": all symmetric about their point at x = 0"}
    return odd.get(g, ": max(0, x) and max(0, −x), no more for any N" if n > 1 else "")
