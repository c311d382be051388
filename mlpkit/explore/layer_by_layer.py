"""Lecture 6: the size of the activations and of the gradients, layer by layer."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, figure, legend, panels, powers_of_ten
from mlpkit.figures.numbers import format_number, scientific
from mlpkit.initializers import initializer
from mlpkit.layers import Dense
from mlpkit.stage import Stage, choice, log_slider, steps

WIDTH, ROWS, DEEPEST = 64, 100, 50
ENDS: Any = dict(xlim=(-0.03, 1.03), xticks=[0, 1], xticklabels=["first", "last"])  # of an axis of layers
UNITS = {"sigmoid": "Xavier", "tanh": "Xavier", "relu": "He"}  # the initialization made for each
NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
LOOKS = {"sigmoid": ("unit", "--", "s"), "tanh": ("network", "-", "o"), "relu": ("other_unit", "-.", "^")}
STARTS = {
    "zeros": ("zeros", {}),
    "N(0, 0.01²)": ("normal", {"scale": 0.01}),
    "N(0, 1)": ("normal", {"scale": 1.0}),
    "Xavier": ("xavier", {}),
    "He": ("he", {}),
}


class Layers(NamedTuple):
    """For each of L hidden layers: a (L,), the root mean square of its activations; dW (L,), ‖dJ/dW‖."""

    a: np.ndarray
    dW: np.ndarray


@lru_cache(maxsize=512)
def through_layers(depth, activation, rule="xavier", scale=1.0, params=(), seed=0) -> Layers:
    """100 rows of 64 numbers N(0, 1) through `depth` layers of 64 units, and a gradient back through them.

    dJ/da of the last layer is random, N(0, 1)/100, and independent of the prediction: what is measured is the
    effect of the layers alone, without that of a loss.
    """
    rng, draw = np.random.default_rng(seed), initializer(rule, **dict(params))
    A, Z = [rng.standard_normal((ROWS, WIDTH))], []
    dA = rng.standard_normal((ROWS, WIDTH)) / ROWS
    layers = [Dense(scale * draw(rng, WIDTH, WIDTH), np.zeros(WIDTH), activation) for _ in range(depth)]
    for layer in layers:
        z, a = layer.forward(A[-1])
        Z.append(z)
        A.append(a)
    sizes = np.zeros(depth)
    for k in reversed(range(depth)):
        dA, dW, _ = layers[k].backward(A[k], Z[k], dA)
        sizes[k] = np.linalg.norm(dW)
    return Layers(np.array([np.sqrt(np.mean(a**2)) for a in A[1:]]), sizes)


def along(depth):
    """The x of each layer in the picture: from 0, the first, to 1, the last."""
    return np.linspace(0, 1, depth) if depth > 1 else np.array([1.0])


@explorable(
    slides=["feedforward-intro"],
    notice="sigmoid loses more than half a power of ten a layer; with ReLU the size of the weights decides",
)
def vanishing_gradients(depth=10, activation="sigmoid", scale=1.0):
    """The norm of dJ/dW in every layer of a network of 1 to 50 hidden layers, for three activations."""
    fig, ax = figure(7.6, 3.3, xlabel="layer: from the first to the last", ylabel="‖dJ/dW‖")
    ax.set(**ENDS)
    powers_of_ten(ax, 1e-17, 1e11, -15, -10, -5, 0, 5, 10)
    ax.axhline(1, color=COLOURS["guide"], lw=1, ls=":")
    chosen = ax.plot([], [], color=COLOURS["error"], lw=9, alpha=0.35, label="chosen")[0]
    lines = {
        name: ax.plot(
            [], [], ls + marker, ms=5, lw=2, color=COLOURS[c], label=f"{NAMES[name]}, {UNITS[name]}"
        )[0]
        for name, (c, ls, marker) in LOOKS.items()
    }
    legend(ax, loc="lower right", ncols=2)

    def measured(name, depth, scale):
        return through_layers(depth, name, UNITS[name].lower(), scale).dW

    def update(depth, activation, scale):
        for name, line in lines.items():
            line.set_data(along(depth), measured(name, depth, scale))
        chosen.set_data(along(depth), measured(activation, depth, scale))

    def describe(depth, activation, scale):
        sizes = measured(activation, depth, scale)
        ratio = sizes[0] / sizes[-1]
        verdict = (
            "the gradient vanishes on its way down" if ratio < 1e-2
            else "it explodes on its way down" if ratio > 1e2
            else "all layers get gradients of like size" + (
                ", and all of them vanish" if sizes.max() < 1e-2
                else ", and all of them explode" if sizes.min() > 1e2
                else ""
            )
        )  # fmt: skip
        layers = f"{depth} layer{'s' * (depth > 1)}"
        return (
            f"{layers} of {WIDTH} {NAMES[activation]} units, weights {format_number(scale)} × "
            f"{UNITS[activation]}'s: "
            f"‖dJ/dW‖ is {scientific(sizes[0])} in the first layer and {scientific(sizes[-1])} in the last, "
            f"ratio {scientific(ratio)}: {verdict}."
        )

    return Stage(
        fig, update, [chosen, *lines.values()], describe,
        depth=steps(1, DEEPEST, depth, label="hidden layers L"),
        activation=choice({f"{NAMES[n]}, {UNITS[n]}": n for n in UNITS}, activation, label="activation"),
        scale=log_slider(1 / 8, 8, scale, per_octave=4, label="weights, × rule"),
    )  # fmt: skip


@explorable(
    slides=["feedforward-intro", "relu"],
    notice="only the rule that fits the activation keeps the signal's size through 50 layers, up and down",
)
def initialization(activation="tanh", start="N(0, 0.01²)", depth=20):
    """The size of activations and gradients, layer by layer, after five kinds of initialization."""
    fig, (up, down) = panels(8.4, 3.3, titles=("forward: size of a", "backward: ‖dJ/dW‖"), ratios=(1, 1))
    looks = (("target", ":", "x"), ("unit", "--", "s"), ("error", "-.", "v"), ("network", "-", "o"),
             ("other_unit", "-", "^"))  # fmt: skip
    for ax in (up, down):
        ax.set(**ENDS)
        powers_of_ten(ax, 1e-25, 1e11, -24, -16, -8, 0, 8)
        ax.set_xlabel("layer", fontsize=TEXT_SIZE)
        ax.axhline(1, color=COLOURS["guide"], lw=1, ls=":")
    bold = [ax.plot([], [], color=COLOURS["guide"], lw=9, alpha=0.45)[0] for ax in (up, down)]
    lines = {
        name: [ax.plot([], [], ls + mark, ms=4, lw=1.8, color=COLOURS[c], label=name)[0] for ax in (up, down)]
        for name, (c, ls, mark) in zip(STARTS, looks, strict=True)
    }
    legend(up, loc="upper left", ncols=3)

    def measured(activation, name, depth):
        rule, params = STARTS[name]
        return through_layers(depth, activation, rule, 1.0, tuple(params.items()))

    def update(activation, start, depth):
        at = along(depth)
        for name, pair in lines.items():
            for line, values in zip(pair, measured(activation, name, depth), strict=True):
                line.set_data(at, np.where(values > 0, values, np.nan))  # no logarithm of 0
        for line, values in zip(bold, measured(activation, start, depth), strict=True):
            line.set_data(at, np.where(values > 0, values, np.nan))

    def describe(activation, start, depth):
        a, dW = measured(activation, start, depth)
        missing = " A size of 0 has no place on a logarithmic axis." if not (a[-1] and dW[0]) else ""
        return (
            f"{start}, {depth} layers of {NAMES[activation]}: the activations measure {scientific(a[0])} in "
            f"the first layer and {scientific(a[-1])} in the last; ‖dJ/dW‖ is {scientific(dW[-1])} in the "
            f"last layer and {scientific(dW[0])} in the first.{missing}"
        )

    return Stage(
        fig, update, [*bold, *(line for pair in lines.values() for line in pair)], describe,
        activation=choice({NAMES[n]: n for n in ("tanh", "relu", "sigmoid")}, activation, label="activation"),
        start=choice(list(STARTS), start, label="highlighted"),
        depth=steps(2, DEEPEST, depth, label="hidden layers L"),
    )  # fmt: skip
