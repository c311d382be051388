"""Slide 14: which ReLU units are active at the start, and which are dead after some steps of training."""

from functools import lru_cache

import numpy as np

from mlpkit import MLP
from mlpkit.datasets import dataset
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels
from mlpkit.figures.lines import zero_lines
from mlpkit.figures.numbers import format_number
from mlpkit.network.units import active, dead
from mlpkit.stage import Stage, log_slider, slider, steps
from mlpkit.training import descend

UNITS, INPUTS, EXAMPLES, SHOWN = 32, 100, 1000, 100
HE = float(np.sqrt(2 / INPUTS))  # standard deviation of a weight under He's rule
TRAINING = 100  # steps that dying_relu goes through


@explorable(
    slides=["relu"],
    notice="a bias of 0.1 decides only when the weights are tiny; a shifted input matters much more",
)
def active_at_start(b=0.1, size=1.0, shift=0.0):
    """32 ReLU units on 1000 examples of 100 numbers N(shift, 1): which are active, how z is distributed."""
    fig, (plane, ax) = panels(
        7.4, 3.5, titles=("active (dark): units × examples", "pre-activations z"), ratios=(1, 1)
    )
    rng = np.random.default_rng(0)
    X = rng.standard_normal((EXAMPLES, INPUTS))
    W = rng.standard_normal((INPUTS, UNITS))
    projected, sums = X @ W, W.sum(axis=0)
    image = plane.imshow(np.zeros((UNITS, SHOWN)), cmap="Blues", vmin=-0.15, vmax=1.15, aspect="auto")
    plane.set(xlabel="example (100 of 1000)", ylabel="unit")
    bins = np.linspace(-4, 4, 65)
    ax.set(xlim=(-4, 4), ylim=(0, 1.35), xlabel="z = wᵀx + b (beyond ±4: at the ends)")
    ax.set(yticks=[], ylabel="how often, the most frequent = 1")
    (off,) = ax.plot([], [], color=COLOURS["target"], lw=2, label="inactive, z ≤ 0")
    (on,) = ax.plot([], [], color=COLOURS["network"], lw=3.5, label="active, z > 0")
    ax.axvline(0, color=COLOURS["guide"], lw=1)
    legend(ax, loc="upper left")

    def pre_activations(b, size, shift):
        return size * HE * (projected + shift * sums) + b  # Wᵀ(x + shift) + b

    def update(b, size, shift):
        z = pre_activations(b, size, shift)
        image.set_data((z[:SHOWN] > 0).T)
        counts = np.histogram(np.clip(z, -4, 4), bins)[0]
        counts = counts / max(1, counts.max())
        outline = np.repeat(counts, 2)
        at = np.repeat(bins, 2)[1:-1]
        off.set_data(at[at <= 0], outline[at <= 0])
        on.set_data(at[at >= 0], outline[-(at >= 0).sum() :])

    def describe(b, size, shift):
        z = pre_activations(b, size, shift)
        never, always = int((z <= 0).all(axis=0).sum()), int((z > 0).all(axis=0).sum())
        return (
            f"b = {format_number(b, 2)}, weights N(0, {format_number(size * HE, 3)}²), "
            f"{format_number(size)} × He's, mean of the inputs "
            f"{format_number(shift, 2)}: {(z > 0).mean():.1%} of the pre-activations are active; {never} "
            f"of {UNITS} "
            f"units are inactive on all examples, {always} active on all."
        )

    return Stage(
        fig, update, [image, off, on], describe,
        b=slider(-1, 1, b, step=0.05, label="bias b"),
        size=log_slider(1 / 16, 16, size, per_octave=4, label="weights, × He's"),
        shift=slider(-2, 2, shift, step=0.1, label="mean of the inputs", format=".1f"),
    )  # fmt: skip


def moons():
    """The 200 examples of this figure -> X (200, 2), y (200,)."""
    return dataset("moons")(200, noise=0.1, rng=0)


@lru_cache(maxsize=64)
def trained(learning_rate, b, shift, size=1.0):
    """Gradient descent on the shifted moons from weights N(0, size²).

    -> X, y; for each step the first layer's [W; b] (3, 32), the share of active pairs (unit, example), which
    units are dead (32,), the loss.
    """
    X, y = moons()
    X = X + shift
    net = MLP([2, UNITS, 1], activation="relu", output="bernoulli", init="he", bias=b, rng=0)
    net.layers[0].W = size * net.layers[0].W
    lines, shares, gone, losses = [], [], [], []
    for at in descend(net, X, y, TRAINING, learning_rate=learning_rate):
        first = at.layers[0]
        lines.append(np.vstack([first.W, first.b]))
        shares.append(active(at, X).mean())
        gone.append(dead(at, X))
        losses.append(at.loss(X, y))
    return X, y, np.array(lines), np.array(shares), np.array(gone), np.array(losses)


@explorable(
    slides=["relu"],
    notice="a learning rate of 10 kills most units within a few steps, a rate of 1 hardly any",
)
def dying_relu(learning_rate=8.0, b=0.1, size=1.0, shift=0.0, step=20):
    """32 ReLU units learn the moons: the line z = 0 of each unit, the shares of active and of dead units."""
    fig, (plane, ax) = panels(
        7.4, 3.6, titles=("each line: a unit switches on", "while training"), ratios=(1, 1)
    )
    plane.set(xlabel="x₁ − shift", ylabel="x₂ − shift", xlim=(-3, 4), ylim=(-3, 3.5))
    (active_lines,) = plane.plot([], [], color=COLOURS["network"], lw=1, alpha=0.7, label="living unit")
    (dead_lines,) = plane.plot([], [], color=COLOURS["unit"], lw=1.4, ls=":", label="dead unit")
    X, y = moons()
    for label, marker in enumerate("ox"):
        plane.plot(*X[y == label].T, marker, ms=3.5, color=COLOURS["target"])
    legend(plane, loc="lower left", ncols=2)
    ax.set(xlim=(0, TRAINING), ylim=(-0.03, 1.05), xlabel="step", ylabel="share")
    every = np.arange(TRAINING + 1)
    (on,) = ax.plot(every, every, color=COLOURS["network"], lw=2, label="active pairs (unit, example)")
    (gone,) = ax.plot(every, every, color=COLOURS["unit"], lw=2, ls="--", label="dead units")
    (now,) = ax.plot([0, 0], [-0.03, 1.05], color=COLOURS["guide"], lw=1.5)
    legend(ax, loc="upper right")

    def update(learning_rate, b, size, shift, step):
        _, _, lines, shares, deaths, _ = trained(learning_rate, b, shift, size)
        w = lines[step].copy()
        w[2] += shift * (w[0] + w[1])  # the axes show x - shift
        active_lines.set_data(*zero_lines(w[:, ~deaths[step]], 12))
        dead_lines.set_data(*zero_lines(w[:, deaths[step]], 12))
        on.set_ydata(shares)
        gone.set_ydata(deaths.mean(axis=1))
        now.set_xdata([step, step])

    def describe(learning_rate, b, size, shift, step):
        _, _, _, shares, deaths, losses = trained(learning_rate, b, shift, size)
        return (
            f"Learning rate {format_number(learning_rate, 3)}; at the start weights N(0, "
            f"{format_number(size, 2)}²) and biases "
            f"{format_number(b, 2)}; inputs shifted by {format_number(shift, 2)}. After {step} steps "
            f"{deaths[step].sum()} of {UNITS} units are dead, {shares[step]:.0%} of "
            f"the pairs are active, and the loss is {format_number(losses[step], 2)}."
        )

    return Stage(
        fig, update, [active_lines, dead_lines, on, gone, now], describe, play="step",
        learning_rate=log_slider(2**-6, 16, learning_rate, per_octave=2, label="learning rate"),
        b=slider(-1, 1, b, step=0.1, label="bias at the start", format=".1f"),
        size=log_slider(2**-6, 2, size, per_octave=2, label="weights' spread"),
        shift=slider(-2, 2, shift, step=0.5, label="shift of the inputs", format=".1f"),
        step=steps(0, TRAINING, step, label="step"),
    )  # fmt: skip
