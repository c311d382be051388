"""Lecture 6: the training playground, on data sets and on points that a reader places."""

from functools import lru_cache

import numpy as np

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
from mlpkit.datasets import dataset
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, legend, panels, powers_of_ten
from mlpkit.figures.decision_surface import DecisionSurface
from mlpkit.figures.numbers import format_number
from mlpkit.figures.snapshots import Snapshots, accuracy, count_dead_units
from mlpkit.initializers import initializer
from mlpkit.stage import Movable, Stage, choice, log_slider, points, steps

REACH = 8.0  # of the axes of the weights
END, EVERY = 2000, 20  # steps of training, and from one snapshot to the next
NOISE = {"xor": 0.15, "moons": 0.1, "circles": 0.08, "spirals": 0.02}
DATA = {"XOR": "xor", "moons": "moons", "circles": "circles", "spirals": "spirals"}
WIDTHS = {
    "1": (1,),
    "2": (2,),
    "3": (3,),
    "4": (4,),
    "8": (8,),
    "4, 4": (4, 4),
    "8, 8": (8, 8),
    "8, 8, 8": (8, 8, 8),
}
RULES = {"gradient descent": "sgd", "momentum 0.9": "momentum", "Adam": "adam"}
STARTS = {"Xavier": "xavier", "He": "he", "zeros": "zeros", "large: N(0, 3²)": "large"}
LOSSES = {"cross-entropy": "bernoulli", "squared error": "gaussian"}
SETTING = ("data", "hidden", "activation", "start", "loss", "how", "learning_rate", "batch")
FIRST = ("tanh", "relu", "sigmoid")  # of the menu; a function that is flat everywhere learns nothing
ACTIVE = {ACTIVATIONS[name].label: name for name in (*FIRST, *ACTIVATIONS) if ACTIVATIONS[name].dg(0.3) != 0}


def examples(data, n, seed):
    """n examples of one of the four data sets, centred in the picture -> X (n, 2), y (n,)."""
    X, y = dataset(data)(n, noise=NOISE[data], rng=seed)
    middle, size = {"xor": (0.5, 2.0), "moons": ((0.5, 0.25), 1.0)}.get(data, (0.0, 1.2))
    return size * (X - middle), y


def network(widths, activation, start, output="bernoulli", rng=0):
    """A network of two inputs and one output; `start` names one of STARTS."""
    rule = initializer("normal", scale=3.0) if start == "large" else start
    return MLP([2, *widths, 1], activation, output, rule, rng=rng)


@lru_cache(maxsize=48)
def trained(data, widths, activation, start, loss, how, learning_rate, batch):
    """The training of one setting of the playground."""
    X, y = examples(data, 200, 0)
    net = network(widths, activation, start, loss)
    return Snapshots(
        net, X, y, batch=batch, how=how, learning_rate=learning_rate, every=EVERY, test=examples(data, 500, 1)
    )


def arrows(tails, vectors):
    """Arrows (k, 2) from tails (k, 2) as one line with gaps (2, 6k): shaft and two barbs."""
    normals = np.column_stack([-vectors[:, 1], vectors[:, 0]])
    heads, gap = tails + vectors, np.full(tails.shape, np.nan)
    barbs = [heads - 0.3 * vectors + side * 0.18 * normals for side in (1, -1)]
    return np.stack([tails, heads, barbs[0], heads, barbs[1], gap], axis=1).reshape(-1, 2).T


def gradient_arrows(gradient):
    """−dJ/dw of each unit (2, k) as an arrow (k, 2) with the length 0.9 log₁₀(1 + size/10⁻⁴)."""
    push = -gradient[:2].T
    size = np.linalg.norm(push, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(size > 0, push / size * 0.9 * np.log10(1 + size / 1e-4), 0.0)


@explorable(
    slides=["feedforward-intro"],
    notice="training moves lines: each unit bends the plane once, and every arrow is one unit's gradient",
)
def playground(
    data="circles", hidden=(4,), activation="tanh", start="xavier", loss="bernoulli", how="adam",
    learning_rate=0.03125, batch=32, step=300,
):  # fmt: skip
    """A network while it learns: its surface, the lines and gradients of its units, its loss."""
    titles = ("what it says; dashed: a unit's z = 0", "first layer: each unit's w and −∇J", "loss")
    fig, (ax, weights, curve) = panels(9.4, 3.25, titles=titles, ratios=(1, 1, 0.8))
    plane = DecisionSurface(ax)
    weights.set(
        xlim=(-REACH, REACH),
        ylim=(-REACH, REACH),
        xlabel="w₁",
        ylabel="w₂",
        xticks=[-5, 0, 5],
        yticks=[-5, 0, 5],
    )
    weights.axhline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    weights.axvline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    (push,) = weights.plot([], [], color=COLOURS["unit"], lw=1.8)
    (units,) = weights.plot([], [], "o", ms=8, color=COLOURS["network"], alpha=0.75)
    curve.set(xlim=(0, END), xlabel="step", xticks=[0, 1000, 2000])
    powers_of_ten(curve, 1e-4, 30, -4, -3, -2, -1, 0, 1)
    (test,) = curve.plot([], [], "--", lw=2, color=COLOURS["unit"], label="500 others")
    (train,) = curve.plot([], [], lw=2, color=COLOURS["network"], label="200 learnt")
    legend(curve, loc="lower left")

    def update(step, **setting):
        run, number = trained(*(setting[name] for name in SETTING)), step // EVERY
        plane.show(run.shown(number), run.X, run.y)
        snapshot, first = run.at(number), run.shown(number).layers[0]
        at = np.clip(first.W.T, -REACH, REACH)
        units.set_data(*at.T)
        push.set_data(*arrows(at, gradient_arrows(snapshot.gradient)))
        steps_done = EVERY * np.arange(number + 1)
        for line, values in zip((train, test), run.losses(number), strict=True):
            line.set_data(steps_done, values)

    def describe(step, **setting):
        run, number = trained(*(setting[name] for name in SETTING)), step // EVERY
        net, snapshot = run.shown(number), run.at(number)
        rest = remark(run, number, net)
        layers = "-".join(map(str, net.widths))
        return (
            f"{layers}, step {step}: loss {format_number(snapshot.loss, 2)}, "
            f"{accuracy(net, run.X, run.y):.1%} right; "
            f"on 500 other points {format_number(snapshot.test_loss, 2)} and "
            f"{run.test_accuracy(number):.1%}.{rest}"
        )

    return Stage(
        fig, update, [*plane.live, push, units, test, train], describe, play="step",
        data=choice(DATA, data, label="data"),
        hidden=choice(WIDTHS, hidden, label="hidden units"),
        activation=choice(ACTIVE, activation, label="activation"),
        start=choice(STARTS, start, label="initialization"),
        loss=choice(LOSSES, loss, label="loss"),
        how=choice(RULES, how, label="optimizer"),
        learning_rate=log_slider(2**-10, 2**6, learning_rate, per_octave=1, label="learning rate"),
        batch=choice({"1": 1, "8": 8, "32": 32, "all 200": 200}, batch, label="batch size"),
        step=steps(0, END, step, step=EVERY, label="step"),
    )  # fmt: skip


def remark(run, number, net):
    """One more sentence if there is something to explain: overflow, equal or inactive units, no gradient."""
    snapshot, size = run.at(number), float(np.abs(net.parameters).max())
    if run.lost is not None and number * run.every >= run.lost:
        return f" In step {run.lost} a number grew beyond 10³⁰, on its way to infinity: lower the rate."
    first = net.layers[0].W
    if first.shape[1] > 1 and np.ptp(first, axis=1).max() < 1e-9:
        return " All units of the first layer are equal: they get equal gradients."
    inactive = count_dead_units(net, run.X)
    if inactive:
        return f" Asleep on all examples: {inactive} unit{'s' * (inactive > 1)}."
    if size > 200:
        return f" The largest weight is {format_number(size, 2)}: steps this long jump over the valley."
    if np.linalg.norm(snapshot.gradient) < 1e-6:
        return " The gradient has all but vanished."
    return ""


OWN_WIDTHS = {"1": (1,), "2": (2,), "3": (3,), "4": (4,), "8": (8,), "8, 8": (8, 8)}
RING = [[0.0, 0.0], [0.3, 0.25], [-0.3, 0.2], [0.1, -0.35]]
AROUND = [[1.1, 0.1], [0.6, 1.0], [-0.6, 1.0], [-1.1, 0.0], [-0.6, -1.0], [0.6, -1.0]]


@lru_cache(maxsize=8)
def own_training(circles, crosses, hidden, activation):
    """-> Snapshots of a network that learns the given points (None without any), the network, X, y."""
    X = np.array([*circles, *crosses], float).reshape(-1, 2)
    y = np.repeat([0, 1], [len(circles), len(crosses)])
    net = network(hidden, activation, "he" if activation == "relu" else "xavier", rng=1)
    if not len(X):
        return None, net, X, y
    return Snapshots(net, X, y, batch=len(X), how="adam", learning_rate=0.03, every=EVERY // 2), net, X, y


@explorable(
    slides=["feedforward-intro"],
    notice="three lines fence in an island; drag one point to the other side and see what that costs",
)
def own_points(circles=RING, crosses=AROUND, hidden=(3,), activation="tanh", step=500):
    """Points that are dragged, added by a click and removed, and a network that learns them."""
    titles = ("drag the points; a click adds a ×", "loss of your points")
    fig, (ax, curve) = panels(8.0, 3.5, titles=titles, ratios=(4, 3))
    plane = DecisionSurface(ax)
    for mark in plane.marks:
        mark.set(markersize=19, markeredgewidth=2.6)  # larger than the ring that is dragged
    curve.set(xlim=(0, END // 2), xlabel="step", xticks=[0, 500, 1000])
    powers_of_ten(curve, 1e-4, 5, -4, -3, -2, -1, 0)
    (train,) = curve.plot([], [], lw=2.2, color=COLOURS["network"])

    def training(circles, crosses, hidden, activation):
        rounded = [
            tuple(tuple(round(min(max(v, -1e3), 1e3), 4) for v in p) for p in ps) for ps in (circles, crosses)
        ]
        return own_training(*rounded, hidden, activation)

    def update(circles, crosses, hidden, activation, step):
        run, net, X, y = training(circles, crosses, hidden, activation)
        number = step // (EVERY // 2)
        plane.show(run.shown(number) if run else net, X, y)
        values = run.losses(number)[0] if run else []
        train.set_data(EVERY // 2 * np.arange(len(values)), values)

    def describe(circles, crosses, hidden, activation, step):
        run, net, X, y = training(circles, crosses, hidden, activation)
        if run is None:
            return "There are no points: a click into the picture adds a ×, the button restores all."
        number = step // (EVERY // 2)
        net = run.shown(number)
        wrong = round((1 - accuracy(net, X, y)) * len(X))
        verdict = "all right" if not wrong else f"{wrong} wrong"
        return (
            f"{len(circles)} ○ and {len(crosses)} ×, {'-'.join(map(str, net.widths))}, {activation}, step "
            f"{step}: {verdict}, loss {format_number(run.at(number).loss, 2)}.{remark(run, number, net)}"
        )

    return Stage(
        fig, update, [*plane.live, train], describe, play="step",
        handles=[
            Movable(ax, "circles", label="circle"),
            Movable(ax, "crosses", grow=True, label="cross"),
        ],
        circles=points(circles, label="circles ○"),
        crosses=points(crosses, label="crosses ×"),
        hidden=choice(OWN_WIDTHS, hidden, label="hidden units"),
        activation=choice(ACTIVE, activation, label="activation"),
        step=steps(0, END // 2, step, step=EVERY // 2, label="step"),
    )  # fmt: skip
