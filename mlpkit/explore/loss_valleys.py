"""Lecture 6: paths of gradient descent, on a quadratic loss and on minibatches of a regression."""

from functools import lru_cache

import numpy as np

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels, powers_of_ten
from mlpkit.figures.numbers import format_number
from mlpkit.optimizers import optimizer
from mlpkit.stage import Handle, Stage, choice, slider, steps, switch

STEPS = 60
RULES = {"gradient descent": "sgd", "momentum 0.9": "momentum", "Adam": "adam"}
LOOKS = {"sgd": ("unit", "-"), "momentum": ("network", "--"), "adam": ("other_unit", "-.")}
CIRCLE = np.linspace(0, 2 * np.pi, 121)
LEVELS = 2.0 ** np.arange(-7, 8, 2)


@lru_cache(maxsize=1024)
def path(how, learning_rate, kappa, x0, y0):
    """θ (STEPS + 1, 2) of J(θ) = ½(θ₁² + κθ₂²) from (x0, y0), with one of the course's optimizers."""
    theta, state, rule = np.array([x0, y0]), {}, optimizer(how, learning_rate)
    found = [theta.copy()]
    for _ in range(STEPS):
        rule(theta, theta * [1.0, kappa], state)  # the gradient is (θ₁, κθ₂)
        found.append(theta.copy())
    return np.array(found)


def valley_loss(theta, kappa):
    """½(θ₁² + κθ₂²) of rows of θ (n, 2) -> (n,)."""
    return 0.5 * (theta[:, 0] ** 2 + kappa * theta[:, 1] ** 2)


def ellipses(kappa):
    """Contours of the valley as points (2, n) with gaps, for one line."""
    rings = [
        np.sqrt(2 * c) * np.array([[*np.cos(CIRCLE), np.nan], [*np.sin(CIRCLE) / np.sqrt(kappa), np.nan]])
        for c in LEVELS
    ]
    return np.concatenate(rings, axis=1)


@explorable(
    slides=["feedforward-intro"],
    notice="descent diverges from η = 2/κ on; below it the steep direction zigzags while the flat one crawls",
)
def valley(how="sgd", learning_rate=0.19, kappa=10, x=-3.0, y=1.0, step=30):
    """Gradient descent, momentum and Adam in a valley that is κ times as steep across as along."""
    fig, (plane, ax) = panels(
        8.4, 3.3, titles=("J = ½(θ₁² + κθ₂²): contours and path", "loss J"), ratios=(3, 2)
    )
    plane.set(xlim=(-4, 4), ylim=(-2, 2), xlabel="θ₁", ylabel="θ₂", yticks=[-2, -1, 0, 1, 2])
    (rings,) = plane.plot([], [], color=COLOURS["guide"], lw=0.9, alpha=0.8)
    (way,) = plane.plot([], [], "o-", ms=4, lw=1.6, color=COLOURS["target"])
    (now,) = plane.plot([], [], "o", ms=10, mew=2.5, mfc="none", color=COLOURS["error"])
    plane.plot([0], [0], "+", ms=12, mew=2, color=COLOURS["target"])
    ax.set(xlim=(0, STEPS), xlabel="step", xticks=[0, 20, 40, 60])
    powers_of_ten(ax, 1e-8, 1e6, -8, -4, 0, 4)
    chosen = ax.plot([], [], color=COLOURS["error"], lw=8, alpha=0.35)[0]
    curves = {
        rule: ax.plot([], [], ls, lw=2, color=COLOURS[c], label=name)[0]
        for (name, rule), (c, ls) in zip(RULES.items(), LOOKS.values(), strict=True)
    }
    legend(ax, loc="upper right")
    every = np.arange(STEPS + 1)

    def update(how, learning_rate, kappa, x, y, step):
        rings.set_data(*ellipses(kappa))
        theta = np.clip(path(how, learning_rate, kappa, x, y), -1e6, 1e6)
        way.set_data(*theta[: step + 1].T)
        now.set_data(*theta[step : step + 1].T)
        for rule, curve in curves.items():
            curve.set_data(
                every, np.maximum(valley_loss(path(rule, learning_rate, kappa, x, y), kappa), 1e-12)
            )
        chosen.set_data(*(values[: step + 1] for values in curves[how].get_data()))

    def describe(how, learning_rate, kappa, x, y, step):
        loss = valley_loss(path(how, learning_rate, kappa, x, y), kappa)
        name = {rule: name for name, rule in RULES.items()}[how]
        steep = learning_rate * kappa
        why = {
            "sgd": f"Each step multiplies θ₂ by 1 − ηκ = {format_number(1 - steep)}, "
            f"θ₁ by {format_number(1 - learning_rate)}"
            + ("; beyond −1 that diverges." if steep > 2 else "."),
            "momentum": "The ball keeps 0.9 of its speed: it overshoots, and it stands ηκ below 3.8.",
            "adam": f"Whatever the slope, the first step moves each θ by η = {format_number(learning_rate)}.",
        }[how]
        return (
            f"{name[0].upper()}{name[1:]}, η = {format_number(learning_rate)}, κ = {kappa}: J is "
            f"{format_number(loss[0])} at "
            f"the start ({format_number(x)}, {format_number(y)}) and {format_number(loss[step], 2)} after "
            f"{step} steps. {why}"
        )

    return Stage(
        fig, update, [rings, way, now, chosen, *curves.values()], describe, play="step",
        handles=[Handle(plane, x="x", y="y", label="start")],
        how=choice(RULES, how, label="optimizer"),
        learning_rate=slider(0.005, 0.5, learning_rate, step=0.005, label="learning rate η", format=".3g"),
        kappa=steps(1, 40, kappa, label="steepness κ"),
        x=slider(-4, 4, x, step=0.5, label="start θ₁", format=".1f"),
        y=slider(-2, 2, y, step=0.1, label="start θ₂", format=".1f"),
        step=steps(0, STEPS, step, label="step"),
    )  # fmt: skip


EXAMPLES, MOST = 64, 200


@lru_cache(maxsize=1)
def regression():
    """64 examples of y = 2x − 1 + noise N(0, 0.5²) -> x, y, the best (w, b)."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal(EXAMPLES)
    y = 2 * x - 1 + 0.5 * rng.standard_normal(EXAMPLES)
    rows = np.column_stack([x, np.ones(EXAMPLES)])
    return x, y, np.linalg.lstsq(rows, y, rcond=None)[0]


def regression_loss(theta):
    """Mean of (wx + b − y)² over all examples, for rows (w, b) of theta (n, 2) -> (n,)."""
    x, y, _ = regression()
    return np.mean((theta[:, :1] * x + theta[:, 1:] - y) ** 2, axis=1)


@lru_cache(maxsize=512)
def walk(batch, learning_rate, falling):
    """(w, b) (MOST + 1, 2) of minibatch descent from (−1, 1), every epoch in a new order.

    By hand for two parameters, because `training.fit` keeps no path and has no falling learning rate.
    """
    x, y, _ = regression()
    rng, theta = np.random.default_rng(1), np.array([-1.0, 1.0])
    found, order = [theta.copy()], np.array([], int)
    for step in range(MOST):
        if len(order) < batch:
            order = rng.permutation(EXAMPLES)
        rows, order = order[:batch], order[batch:]
        error = theta[0] * x[rows] + theta[1] - y[rows]
        gradient = 2 * np.array([np.mean(error * x[rows]), np.mean(error)])
        theta -= learning_rate / (1 + step / 20 if falling else 1) * gradient
        found.append(theta.copy())
    return np.array(found)


@explorable(
    slides=["feedforward-intro"],
    notice="small batches never settle while η is constant; a falling η lets them, at a fraction of the work",
)
def minibatches(batch=1, learning_rate=0.1, falling=False, step=120):
    """Stochastic gradient descent on 64 examples of a line: its path over the contours of the whole loss."""
    titles = ("parameters: contours of J on all 64", "J on all 64, above the best")
    fig, (plane, ax) = panels(8.4, 3.3, titles=titles, ratios=(1, 1))
    plane.set(xlim=(-1.5, 4), ylim=(-2.5, 1.5), xlabel="w", ylabel="b", yticks=[-2, -1, 0, 1])
    w, b = np.meshgrid(np.linspace(-1.5, 4, 80), np.linspace(-2.5, 1.5, 80))
    _, _, best = regression()
    lowest = regression_loss(best[None])[0]
    J = regression_loss(np.column_stack([w.ravel(), b.ravel()])).reshape(w.shape) - lowest
    plane.contour(w, b, J, levels=LEVELS, colors=COLOURS["guide"], linewidths=0.9)
    plane.plot(*best, "+", ms=14, mew=2.5, color=COLOURS["unit"], zorder=4)
    (way,) = plane.plot([], [], ".-", ms=5, lw=1.1, color=COLOURS["network"], zorder=5)
    (now,) = plane.plot([], [], "o", ms=10, mew=2.5, mfc="none", color=COLOURS["error"], zorder=6)
    ax.set(xlim=(0, MOST), xlabel="step", xticks=[0, 100, 200])
    powers_of_ten(ax, 1e-6, 1e3, -6, -4, -2, 0, 2)
    (all_rows,) = ax.plot([], [], "--", lw=2, color=COLOURS["target"], label="all 64 a step")
    (curve,) = ax.plot([], [], lw=1.6, color=COLOURS["network"], label="this batch size")
    (here,) = ax.plot([], [], "o", ms=9, mew=2.5, mfc="none", color=COLOURS["error"])
    legend(ax, loc="upper right")
    every = np.arange(MOST + 1)

    def excess(batch, learning_rate, falling):
        with np.errstate(all="ignore"):
            loss = regression_loss(walk(batch, learning_rate, falling)) - lowest
        return np.clip(np.nan_to_num(loss, nan=1e12, posinf=1e12), 1e-12, 1e12)

    def update(batch, learning_rate, falling, step):
        theta = np.clip(walk(batch, learning_rate, falling), -1e4, 1e4)
        way.set_data(*theta[: step + 1].T)
        now.set_data(*theta[step : step + 1].T)
        all_rows.set_data(every, excess(EXAMPLES, learning_rate, falling))
        loss = excess(batch, learning_rate, falling)
        curve.set_data(every, loss)
        here.set_data([step], loss[step : step + 1])

    def describe(batch, learning_rate, falling, step):
        loss = excess(batch, learning_rate, falling)
        seen, rate = batch * step, "falling" if falling else "constant"
        settled = np.median(loss[MOST // 2 :])
        return (
            f"{batch} example{'s' * (batch > 1)} a step, η = {format_number(learning_rate)}, {rate}: after "
            f"{step} "
            f"steps, {seen} gradients of one example, J stands {format_number(loss[step], 2)} above the "
            "best. "
            f"Median of steps 100 to 200: {format_number(settled, 2)}."
        )

    return Stage(
        fig, update, [way, now, all_rows, curve, here], describe, play="step",
        batch=choice([1, 4, 16, 64], batch, label="batch size"),
        learning_rate=slider(0.01, 0.5, learning_rate, step=0.01, label="learning rate η"),
        falling=switch(falling, label="η falls: η/(1 + t/20)"),
        step=steps(0, MOST, step, label="step"),
    )  # fmt: skip
