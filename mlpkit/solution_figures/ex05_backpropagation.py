"""Set 05: gradient descent and training with the student's gradients, measured slopes, a backward pass."""

from functools import lru_cache

import numpy as np

from mlpkit.exercises.sandboxed.ex05 import Node
from mlpkit.figures import COLOURS, TEXT_SIZE, figure, legend, panels
from mlpkit.figures.numbers import format_number, signed
from mlpkit.stage import Stage, choice, log_slider, slider, steps

STEPS, FAR = 200, 1e3  # steps of training; a loss at which it has failed
RATES = (0.01, 0.03, 0.1, 0.3, 1.0)
X_LINE = np.linspace(-1.5, 1.5, 12)[:, None]
Y_LINE = 0.8 * X_LINE - 0.5 + np.random.default_rng(1).normal(0, 0.25, X_LINE.shape)
X_WAVE = np.linspace(-1, 1, 24)[:, None]
Y_WAVE = np.sin(np.pi * X_WAVE)
FINE = np.linspace(-1, 1, 161)[:, None]


def _arrays(found):
    """A pair of gradients as plain arrays."""
    return [np.asarray(part, dtype=float) for part in found]


def dense_backward(function, n=8, lr=0.2):
    """Least squares with one layer of one unit: every step of the path is the student's dW and db."""
    fig, (ax, bowl) = panels(
        8.0, 3.7, titles=("data and line, y = wx + b", "J(w, b), and the way down"), ratios=(1, 1.1)
    )
    ax.set(xlim=(-1.7, 1.7), ylim=(-3, 3), xlabel="x", ylabel="y")
    ax.plot(X_LINE, Y_LINE, "o", ms=6, color=COLOURS["target"])
    (line,) = ax.plot([], [], color=COLOURS["network"], lw=2.5)
    bowl.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="w", ylabel="b")
    at = np.linspace(-2.2, 2.2, 81)
    w, b = np.meshgrid(at, at)
    heights = ((X_LINE * w[..., None, None] + b[..., None, None] - Y_LINE) ** 2).mean(axis=(2, 3)) / 2
    bowl.contour(w, b, heights, levels=np.geomspace(0.05, 5, 12), colors=COLOURS["guide"], linewidths=1)
    (path,) = bowl.plot([], [], "o-", color=COLOURS["network"], lw=1.8, ms=4)
    (now,) = bowl.plot([], [], "o", color=COLOURS["unit"], ms=9)

    def loss(w, b):
        return float(((X_LINE * w + b - Y_LINE) ** 2).mean() / 2)

    @lru_cache(maxsize=64)
    def walk(lr):
        W, b = np.array([[-1.6]]), np.array([1.8])
        places = [(W[0, 0], b[0])]
        for _ in range(40):
            G = (X_LINE @ W + b - Y_LINE) / len(X_LINE)  # dJ/dZ of the mean of squares, halved
            _, dW, db = _arrays(function(X_LINE.copy(), W.copy(), G))
            W, b = W - lr * dW, b - lr * db
            places.append((W[0, 0], b[0]))
        return np.clip(places, -1e6, 1e6)

    def update(n, lr):
        w, b = walk(lr)[n]
        line.set_data([-1.7, 1.7], [-1.7 * w + b, 1.7 * w + b])
        path.set_data(*walk(lr)[: n + 1].T)
        now.set_data([w], [b])

    def describe(n, lr):
        w, b = walk(lr)[n]
        return (
            f"After {n} step{'s' * (n != 1)} with your gradients and learning rate {format_number(lr)}: "
            f"y = {format_number(w)}x {signed(b)}, J = {format_number(loss(w, b))}. At the start J was "
            f"{format_number(loss(-1.6, 1.8))}."
        )

    return Stage(
        fig, update, [line, path, now], describe, play="n",
        n=steps(0, 40, n, label="steps"), lr=log_slider(0.025, 3.2, lr, per_octave=2, label="learning rate"),
    )  # fmt: skip


def _tanh_slope(z):
    return 1 - np.tanh(z) ** 2


def _forward(params, X):
    (W1, b1), (W2, b2) = params
    return np.tanh(X @ W1 + b1) @ W2 + b2


def mlp_backward(function, n=60, lr=0.3):
    """A network 1-8-1 learns a wave; its gradients come from the student's function."""
    fig, (ax, curve) = panels(8.0, 3.5, titles=("a network with 8 tanh units", "its loss J"), ratios=(1.1, 1))
    ax.set(xlim=(-1.05, 1.05), ylim=(-1.5, 1.7), xlabel="x", ylabel="y")
    ax.plot(X_WAVE, Y_WAVE, "o", ms=5, color=COLOURS["target"], label="data")
    (fit,) = ax.plot([], [], color=COLOURS["network"], lw=2.5, label="network")
    legend(ax, loc="upper left")
    curve.set(xlim=(-4, STEPS + 4), ylim=(1e-3, 1), yscale="log", xlabel="steps")
    (losses,) = curve.plot([], [], color=COLOURS["unit"], lw=2)
    (now,) = curve.plot([], [], "o", color=COLOURS["unit"], ms=8)

    @lru_cache(maxsize=8)
    def run(lr):
        rng = np.random.default_rng(5)
        params = [
            (rng.normal(0, 3, (1, 8)), rng.normal(0, 1, 8)),
            (rng.normal(0, 0.5, (8, 1)), np.zeros(1)),
        ]
        curves, J = [], []
        for step in range(STEPS + 1):
            gap = _forward(params, X_WAVE) - Y_WAVE
            curves.append(_forward(params, FINE)[:, 0])
            J.append((gap**2).mean() / 2)
            if step < STEPS and J[-1] < FAR:
                mine = [(W.copy(), b.copy()) for W, b in params]
                found = function(X_WAVE.copy(), mine, np.tanh, _tanh_slope, gap / len(gap))
                moves = [_arrays(pair) for pair in found]
                params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, moves, strict=True)]
        return curves, np.array(J)

    def update(n, lr):
        curves, J = run(lr)
        fit.set_data(FINE[:, 0], curves[n])
        losses.set_data(np.arange(n + 1), J[: n + 1])
        now.set_data([n], [J[n]])

    def describe(n, lr):
        _, J = run(lr)
        if J[n] >= FAR:
            return (
                f"Learning rate {format_number(lr)} is too large: the loss has risen to "
                f"{format_number(J[n])}."
            )
        return (
            f"After {n} step{'s' * (n != 1)} with your gradients, learning rate {format_number(lr)}: "
            f"J = {format_number(J[n], 4)}; it began at {format_number(J[0])}, its lowest so far is "
            f"{format_number(J[: n + 1].min())}."
        )

    return Stage(
        fig, update, [fit, losses, now], describe, play="n",
        n=steps(0, STEPS, n, label="steps"),
        lr=choice({format_number(rate): rate for rate in RATES}, lr, label="learning rate"),
    )  # fmt: skip


CURVES = {"sin x": (np.sin, np.cos), "eˣ": (np.exp, np.exp), "x³": (lambda x: x**3, lambda x: 3 * x**2)}
H = np.logspace(-14, 0, 57)


def numeric_gradient(function, h=1e-5, x=1.0, f="sin x"):
    """The error of the student's measured slope over the step h: down with h², up again with rounding."""
    fig, ax = figure(height=3.7, xlabel="step h", ylabel="error of your slope")
    ax.set(xscale="log", yscale="log", xlim=(6e-15, 1.6), ylim=(1e-13, 30))
    (rounding,) = ax.plot(
        [], [], color=COLOURS["other_unit"], lw=1.5, ls=":", label="rounding, about ε |f| / h"
    )
    (formula,) = ax.plot(
        [], [], color=COLOURS["unit"], lw=1.5, ls="--", label="the formula's own, h² |f‴| / 6"
    )
    (curve,) = ax.plot([], [], "o-", color=COLOURS["network"], lw=1.8, ms=3.5, label="your numeric_gradient")
    (now,) = ax.plot([], [], "o", color=COLOURS["network"], ms=10)
    legend(ax, loc="upper center")
    thirds = {"sin x": lambda x: -np.cos(x), "eˣ": np.exp, "x³": lambda x: 6.0}

    @lru_cache(maxsize=4096)
    def slope(h, x, f):
        g = CURVES[f][0]
        found = function(lambda point: float(g(np.asarray(point)).sum()), np.array([x]), h)
        return float(np.asarray(found, dtype=float).reshape(-1)[0])

    def error(h, x, f):
        return abs(slope(h, x, f) - float(CURVES[f][1](x)))

    def update(h, x, f):
        curve.set_data(H, [max(error(float(step), x, f), 1e-13) for step in H])
        now.set_data([h], [max(error(h, x, f), 1e-13)])
        rounding.set_data(H, 1.1e-16 * max(abs(float(CURVES[f][0](x))), 1e-3) / H)
        formula.set_data(H, H**2 * max(abs(float(thirds[f](x))), 1e-3) / 6)

    def describe(h, x, f):
        best = min(H, key=lambda step: error(float(step), x, f))
        found = f"{slope(h, x, f):.10f}".replace("-", "−")
        return (
            f"With h = {format_number(h, 2)} your slope of {f} at x = {format_number(x)} is {found}"
            f", off by {format_number(error(h, x, f), 2)}. The best of the steps shown is "
            f"{format_number(float(best), 2)}."
        )

    return Stage(
        fig, update, [rounding, formula, curve, now], describe,
        h=log_slider(1e-14, 1, h, per_octave=1, label="step h"),
        x=slider(-2, 2, x, step=0.25, label="x"),
        f=choice(list(CURVES), f, label="f"),
    )  # fmt: skip


PLACES = {
    "x": (0, -0.75), "w": (0, 0.75), "z": (1, 0), "a": (2, 0), "u": (2, 1.5), "v": (2, -1.5),
    "ŷ₁": (3, 0.8), "ŷ₂": (3, -0.8), "(ŷ₁ − 1)²": (4.1, 0.8), "(ŷ₂ + 1)²": (4.1, -0.8), "J": (5.1, 0),
}  # fmt: skip


ORDER = ("x", "w", "z", "a", "u", "v", "ŷ₁", "ŷ₂", "(ŷ₁ − 1)²", "(ŷ₂ + 1)²", "J")  # parents first


def _two_paths(w, u, v, x=0.75):
    """Lecture 05's graph: a = tanh(wx) feeds two outputs, ua and va. Nodes in order, J the last."""
    X, W, U, V = Node(x), Node(w), Node(u), Node(v)
    z = Node(w * x, (W, X), (x, w))
    a = Node(np.tanh(z.value), (z,), (1 - np.tanh(z.value) ** 2,))
    one, two = (Node(k.value * a.value, (k, a), (a.value, k.value)) for k in (U, V))
    first = Node((one.value - 1) ** 2, (one,), (2 * (one.value - 1),))
    second = Node((two.value + 1) ** 2, (two,), (2 * (two.value + 1),))
    J = Node(first.value + second.value, (first, second), (1.0, 1.0))
    return [X, W, z, a, U, V, one, two, first, second, J]


def graph_backward(function, w=1.0, u=0.5, v=0.75):
    """Values above the nodes, the student's derivatives below: two paths end at a."""
    fig, (ax,) = panels(8.4, 4.0, titles=("values above, your dJ/dnode below",))
    ax.set(xlim=(-0.5, 5.6), ylim=(-2.1, 2.1))
    ax.set_axis_off()
    nodes = _two_paths(w, u, v)
    number = {id(node): name for node, name in zip(nodes, ORDER, strict=True)}
    for node in nodes:
        for parent in node.parents:
            ends = PLACES[number[id(parent)]], PLACES[number[id(node)]]
            ax.plot(*np.transpose(ends), color=COLOURS["guide"], lw=1.5, zorder=1)
    box = dict(boxstyle="round,pad=0.35", facecolor="white", edgecolor="black")
    text = dict(ha="center", fontsize=TEXT_SIZE + 1, parse_math=False)
    for name, (x, y) in PLACES.items():
        ax.text(x, y, name, va="center", bbox=box, **text)
    ground = dict(facecolor="white", edgecolor="none", pad=0.6)
    above = [ax.text(*PLACES[n], "", color=COLOURS["network"], bbox=ground, **text) for n in ORDER]
    below = [ax.text(*PLACES[n], "", color=COLOURS["unit"], bbox=ground, va="top", **text) for n in ORDER]
    for value, grad, name in zip(above, below, ORDER, strict=True):
        x, y = PLACES[name]
        value.set_position((x, y + 0.27))
        grad.set_position((x, y - 0.27))

    def walked(w, u, v):
        nodes = _two_paths(w, u, v)
        function(nodes)
        return nodes

    def update(w, u, v):
        for node, value, grad in zip(walked(w, u, v), above, below, strict=True):
            value.set_text(format_number(node.value))
            grad.set_text(format_number(float(node.grad)))

    def describe(w, u, v):
        nodes, h = dict(zip(ORDER, walked(w, u, v), strict=True)), 1e-5
        high, low = (_two_paths(w + s, u, v)[-1].value for s in (h, -h))
        parts = [u * float(nodes["ŷ₁"].grad), v * float(nodes["ŷ₂"].grad)]
        return (
            f"Two paths reach a, with {format_number(parts[0])} and {format_number(parts[1])}; your dJ/da is "
            f"{format_number(float(nodes['a'].grad))}. Your dJ/dw is "
            f"{format_number(float(nodes['w'].grad))}; "
            f"moving w a little measures {format_number((high - low) / (2 * h))}."
        )

    return Stage(
        fig, update, [*above, *below], describe,
        w=slider(-2, 2, w, step=0.25, label="w"), u=slider(-2, 2, u, step=0.25, label="u"),
        v=slider(-2, 2, v, step=0.25, label="v"),
    )  # fmt: skip
