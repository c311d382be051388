"""Slides 20 and 23: a wide and a deep network of equally many parameters learn the same curve."""

from functools import lru_cache

import numpy as np

from mlpkit import MLP
from mlpkit.depth import tent
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.program import TrainingProgram
from mlpkit.stage import Stage, choice, steps

HIDDEN = {"wide": [56], "deep": [8, 8, 8]}  # 169 parameters each
XS = np.linspace(-1, 1, 129)[:, None]
EVERY, SNAPSHOTS = 30, 50  # steps of training between two snapshots
RACES = {
    "a jump": lambda x: np.where(x > 0.3, 0.85, 0.15),
    "a parabola": lambda x: x**2,
    "16 straight pieces": lambda x: tent(tent(tent(tent((x + 1) / 2)))),
}
SEEDS = 5


@lru_cache(maxsize=64)
def run(target, who, seed):
    """Train with Adam from He weights, all examples in each step -> curves (51, n), their errors (51,)."""
    net = MLP([1, *HIDDEN[who], 1], "relu", "gaussian", init="he", rng=seed)
    first = net.layers[0]
    places = np.random.default_rng(seed + 100).uniform(-1, 1, first.n_out)
    first.b[:] = -first.W[0] * places  # the kinks of the first layer start all over [-1, 1]
    y = RACES[target](XS)
    program = TrainingProgram(net, len(XS), "adam", 0.01, dtype="float64")
    curves = [net.predict(XS)[:, 0]]
    for _ in range(SNAPSHOTS):
        for _ in range(EVERY):
            program.step(XS, y)
        curves.append(net.predict(XS)[:, 0])
    curves = np.array(curves)
    return curves, np.sqrt(np.mean((curves - y[:, 0]) ** 2, axis=1))


@explorable(
    slides=["advantages-of-depth", "universality-and-depth"],
    notice="with equal parameters the target decides: deep wins at a jump, wide on a parabola",
)
def wide_against_deep(target="a jump", seed=0, step=EVERY * SNAPSHOTS):
    """1-56-1 against 1-8-8-8-1, 169 parameters each: both curves and both errors while they train."""
    fig, (ax, right) = panels(
        8.4, 3.2, titles=("target and networks", "root mean square error"), ratios=(1.3, 1)
    )
    ax.set(xlim=(-1, 1), ylim=(-0.25, 1.5), xlabel="x", yticks=(0, 0.5, 1))
    (wanted,) = ax.plot([], [], color=COLOURS["target"], lw=5, alpha=0.5, label="target")
    steps_done = EVERY * np.arange(SNAPSHOTS + 1)
    right.set(yscale="log", xlim=(0, steps_done[-1]), ylim=(3e-4, 3), xlabel="step")
    looks = {"wide": ("unit", "--", "wide, 1-56-1"), "deep": ("network", "-", "deep, 1-8-8-8-1")}
    lines = {
        who: ax.plot([], [], ls, color=COLOURS[colour], lw=2.2, label=label)[0]
        for who, (colour, ls, label) in looks.items()
    }
    falls = {
        who: right.plot([], [], ls, color=COLOURS[colour], lw=2.2)[0]
        for who, (colour, ls, _) in looks.items()
    }
    (now,) = right.plot([], [], color=COLOURS["guide"], lw=1.5)
    legend(ax, loc="upper left", ncols=2)

    def update(target, seed, step):
        time = step // EVERY
        wanted.set_data(XS[:, 0], RACES[target](XS)[:, 0])
        for who in HIDDEN:
            curves, errors = run(target, who, seed)
            lines[who].set_data(XS[:, 0], curves[time])
            falls[who].set_data(steps_done[: time + 1], errors[: time + 1])
        now.set_data([step] * 2, [3e-4, 3])

    def describe(target, seed, step):
        wide, deep = (run(target, who, seed)[1][step // EVERY] for who in HIDDEN)
        factor = max(wide, deep) / min(wide, deep)
        verdict = (
            "they are level"
            if factor < 1.25
            else f"the {'deep' if deep < wide else 'wide'} one leads "
            f"by a factor of {format_number(factor, 2)}"
        )
        return (
            f"{target[0].upper()}{target[1:]}, start {seed}, step {step} of {EVERY * SNAPSHOTS}: "
            f"error {format_number(wide, 2)} wide, {format_number(deep, 2)} deep; {verdict}. Both have 169 "
            "parameters."
        )

    return Stage(
        fig, update, [wanted, *lines.values(), *falls.values(), now], describe, play="step",
        target=choice(list(RACES), target, label="target"),
        seed=steps(0, SEEDS - 1, seed, label="start"),
        step=steps(0, EVERY * SNAPSHOTS, step, step=EVERY, label="step"),
    )  # fmt: skip
