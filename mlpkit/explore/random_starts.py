"""Lecture 6: fifty random starts of one small network on XOR, and overfitting."""

from functools import lru_cache

import numpy as np

from mlpkit import MLP
from mlpkit.activations import activation as as_activation
from mlpkit.datasets import dataset
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels, powers_of_ten
from mlpkit.figures.decision_surface import DecisionSurface
from mlpkit.figures.numbers import format_number
from mlpkit.figures.snapshots import Snapshots, accuracy
from mlpkit.initializers import initializer
from mlpkit.stage import Stage, choice, slider, steps

SEEDS, END, EVERY = 50, 2000, 50
XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LABELS = np.array([0.0, 1.0, 1.0, 0.0])[:, None]
# Losses where training gets stuck: ½ at all corners; ⅓ or ⅔ at three; ½ at two, the others are right.
LEVELS = np.log(2), 0.75 * (np.log(3) - np.log(4) / 3), np.log(2) / 2
ACTIVE = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}
RULES = {"sigmoid": "xavier", "tanh": "xavier", "relu": "he"}


class StackedNetworks:
    """50 networks 2-H-1 that learn the four corners at once, by gradient descent on the mean cross-entropy.

    The k-th is `MLP([2, H, 1], activation, "bernoulli", init, rng=k)` trained by `training.descend`, which a
    test compares. Computed by hand for speed: the 50 weight matrices are stacked in one array.
    """

    def __init__(self, activation, units, learning_rate):
        self.g, self.rate = as_activation(activation), learning_rate
        draw, rngs = initializer(RULES[activation]), [np.random.default_rng(k) for k in range(SEEDS)]
        pairs = [(draw(rng, 2, units), draw(rng, units, 1)) for rng in rngs]
        self.W1, self.W2 = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
        self.b1, self.b2 = np.zeros((SEEDS, 1, units)), np.zeros((SEEDS, 1, 1))
        self.outputs = [self._outputs()]

    def _outputs(self):
        z = self.g(XOR @ self.W1 + self.b1) @ self.W2 + self.b2
        return z[:, :, 0]

    def _step(self):
        Z1 = XOR @ self.W1 + self.b1
        A1 = self.g(Z1)
        z = A1 @ self.W2 + self.b2
        dz = (1 / (1 + np.exp(-np.clip(z, -500, 500))) - LABELS) / 4  # (ŷ - y)/n
        dZ1 = dz @ self.W2.transpose(0, 2, 1) * self.g.dg(Z1)
        self.W2 -= self.rate * A1.transpose(0, 2, 1) @ dz
        self.b2 -= self.rate * dz.sum(axis=1, keepdims=True)
        self.W1 -= self.rate * XOR.T @ dZ1
        self.b1 -= self.rate * dZ1.sum(axis=1, keepdims=True)

    def at(self, step):
        """z of the four corners (50, 4) after `step` steps, a multiple of 50."""
        while len(self.outputs) <= step // EVERY:
            for _ in range(EVERY):
                self._step()
            self.outputs.append(self._outputs())
        return self.outputs[step // EVERY]


@lru_cache(maxsize=64)
def stacked(activation, units, learning_rate):
    """The 50 networks of one setting, kept as far as they have been trained."""
    return StackedNetworks(activation, units, learning_rate)


def outcome(activation, units, learning_rate, step):
    """-> loss (50,) and whether all four corners are right (50,)."""
    z = stacked(activation, units, learning_rate).at(step)
    sign = 1 - 2 * LABELS[:, 0]
    return np.logaddexp(0, sign * z).mean(axis=1), (sign * z < 0).all(axis=1)


@explorable(
    slides=["feedforward-intro", "relu"],
    notice="two hidden units can solve XOR, and often do not find it; a few more units than needed help",
)
def xor_starts(activation="relu", units=2, learning_rate=1.0, step=2000):
    """Fifty random starts of a 2-H-1 network on XOR: which have learnt all four corners."""
    titles = ("loss of each of the 50 starts", "solved, share of the 50")
    fig, (ax, share) = panels(8.2, 3.2, titles=titles, ratios=(3, 2))
    ax.set(xlim=(-1, SEEDS), xlabel="seed")
    powers_of_ten(ax, 1e-4, 3, -4, -3, -2, -1, 0)
    for level in LEVELS:
        ax.axhline(level, color=COLOURS["guide"], lw=1, ls=":")
    (solved,) = ax.plot([], [], "o", ms=6, color=COLOURS["network"], label="all four right")
    (failed,) = ax.plot([], [], "x", ms=7, mew=2, color=COLOURS["unit"], label="not (yet)")
    legend(ax, loc="lower left", ncols=2)
    share.set(xlim=(0, END), ylim=(-0.02, 1.02), xlabel="step", xticks=[0, 1000, 2000])
    (curve,) = share.plot([], [], lw=2.5, color=COLOURS["network"])
    seeds = np.arange(SEEDS)

    def update(activation, units, learning_rate, step):
        loss, correct = outcome(activation, units, learning_rate, step)
        loss = np.clip(loss, 1.2e-4, 2.9)
        solved.set_data(seeds[correct], loss[correct])
        failed.set_data(seeds[~correct], loss[~correct])
        times = np.arange(0, step + 1, EVERY)
        curve.set_data(times, [outcome(activation, units, learning_rate, int(t))[1].mean() for t in times])

    def describe(activation, units, learning_rate, step):
        loss, correct = outcome(activation, units, learning_rate, step)
        stuck = int(((~correct) & (loss > 0.3)).sum())
        name = {v: k for k, v in ACTIVE.items()}[activation]
        return (
            f"2-{units}-1, {name}, {RULES[activation].title()} start, learning rate "
            f"{format_number(learning_rate)}: "
            f"after {step} steps {correct.sum()} of {SEEDS} starts ({correct.mean():.2f}) have all four "
            f"corners right; {stuck} of the others have a loss above 0.3."
        )

    return Stage(
        fig, update, [solved, failed, curve], describe, play="step",
        activation=choice(ACTIVE, activation, label="activation"),
        units=steps(1, 10, units, label="hidden units"),
        learning_rate=choice([0.1, 0.3, 1.0, 3.0, 10.0], learning_rate, label="learning rate"),
        step=steps(0, END, step, step=EVERY, label="step"),
    )  # fmt: skip


LAST, PART = 1000, 20


@lru_cache(maxsize=24)
def overfitting(units, examples, noise):
    """A network that learns `examples` noisy moons; its loss on 1000 others is measured too."""

    def moons(n, seed):
        X, y = dataset("moons")(n, noise=noise, rng=seed)
        return 0.85 * (X - (0.5, 0.25)), y

    X, y = moons(examples, 2)
    net = MLP([2, units, 1], "tanh", "bernoulli", "xavier", rng=0)
    return Snapshots(
        net, X, y, batch=examples, how="adam", learning_rate=0.03, every=PART, test=moons(1000, 1000)
    )


@explorable(
    slides=["feedforward-intro"],
    notice="the training loss falls for ever; the loss on other data turns, unless there is enough data",
)
def train_and_test(units=32, examples=40, noise=0.3, step=1000):
    """A network overfits noisy moons: the loss of its examples, and of 1000 others."""
    titles = ("the examples learnt, and what it says", "loss")
    fig, (ax, curve) = panels(8.2, 3.4, titles=titles, ratios=(1, 1))
    plane = DecisionSurface(ax)
    plane.lines.set_visible(False)
    curve.set(xlim=(0, LAST), xlabel="step", xticks=[0, 500, 1000])
    powers_of_ten(curve, 1e-5, 10, -4, -3, -2, -1, 0)
    (test,) = curve.plot([], [], "--", lw=2.2, color=COLOURS["unit"], label="1000 others")
    (train,) = curve.plot([], [], lw=2.2, color=COLOURS["network"], label="examples learnt")
    (best,) = curve.plot(
        [], [], "o", ms=9, mew=2.5, mfc="none", color=COLOURS["error"], label="best: stop here"
    )
    legend(curve, loc="lower left")
    live = [artist for artist in plane.live if artist is not plane.lines]

    def update(units, examples, noise, step):
        run, number = overfitting(units, examples, noise), step // PART
        plane.show(run.shown(number), run.X, run.y)
        mine, others = run.losses(number)
        times = PART * np.arange(number + 1)
        train.set_data(times, np.maximum(mine, 1e-12))
        test.set_data(times, others)
        low = int(others.argmin())
        best.set_data([PART * low], [others[low]])

    def describe(units, examples, noise, step):
        run, number = overfitting(units, examples, noise), step // PART
        mine, others = run.losses(number)
        net, low = run.shown(number), int(others.argmin())
        return (
            f"{units} unit{'s' * (units > 1)}, {examples} examples, noise {format_number(noise)}, step "
            f"{step}: loss "
            f"{format_number(mine[-1], 2)}, {accuracy(net, run.X, run.y):.1%} right; on 1000 others "
            f"{format_number(others[-1], 2)} and {run.test_accuracy(number):.1%}. Their lowest loss so "
            "far was "
            f"{format_number(others[low], 2)}, at step {PART * low}."
        )

    return Stage(
        fig, update, [*live, test, train, best], describe, play="step",
        units=choice([1, 2, 4, 8, 32, 64], units, label="hidden units"),
        examples=choice([10, 20, 40, 100, 400], examples, label="examples"),
        noise=slider(0, 0.5, noise, step=0.1, label="noise", format=".1f"),
        step=steps(0, LAST, step, step=PART, label="step"),
    )  # fmt: skip
