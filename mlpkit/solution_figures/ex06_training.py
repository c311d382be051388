"""Set 06: ten layers with the student's weights, their gradient descent, batches and XOR network."""

import numpy as np

from mlpkit.figures import COLOURS, figure, legend, panels
from mlpkit.figures.numbers import format_number
from mlpkit.figures.plane import PLANE, picture_of_plane
from mlpkit.stage import Stage, log_slider, slider

LAYERS = np.arange(11)


def he_init(function, factor=1.0, seed=0):
    """The size of the signal in ten ReLU layers of 64 units, with the student's weights times a factor."""
    fig, ax = figure(height=3.4, xlabel="layer", ylabel="mean square of the activations")
    ax.set(xlim=(0, 10), ylim=(1e-7, 1e7), yscale="log", xticks=LAYERS)
    ax.axhline(1, color=COLOURS["guide"], lw=1, ls=":")
    (first,) = ax.plot(LAYERS, LAYERS + 1.0, color=COLOURS["other_unit"], lw=2, ls="--", label="your weights")
    (line,) = ax.plot(LAYERS, LAYERS + 1.0, "o-", color=COLOURS["network"], lw=2.5, label="times the factor")
    legend(ax, loc="upper left")

    def sizes(factor, seed):
        rng = np.random.default_rng(int(seed))
        A, found = rng.normal(size=(32, 64)), []
        for _ in LAYERS:
            found.append(np.mean(A**2))
            A = np.maximum(A @ (factor * np.asarray(function(rng, 64, 64), dtype=float)), 0)
        return np.array(found)

    def update(factor, seed):
        first.set_ydata(sizes(1.0, seed))
        line.set_ydata(sizes(factor, seed))

    def describe(factor, seed):
        return (
            f"Ten layers with your weights times {format_number(factor)} turn a mean square of "
            f"{sizes(factor, seed)[0]:.2g} into {sizes(factor, seed)[-1]:.2g}; "
            f"with your weights as they are, into {sizes(1.0, seed)[-1]:.2g}."
        )

    return Stage(
        fig, update, [first, line], describe,
        factor=log_slider(0.25, 4, factor, per_octave=4, label="factor"),
        seed=slider(0, 9, seed, step=1, label="seed of rng"),
    )  # fmt: skip


def sgd_step(function, lr=0.08, steps=20):
    """The student's steps on a quadratic that is ten times as steep along one axis as along the other."""
    fig, (ax,) = panels(5.6, 3.6, titles=("your steps in J = ½ (θ₁² + 10 θ₂²)",))
    ax.set(xlim=(-3.4, 3.4), ylim=(-2, 2), xlabel="θ₁", ylabel="θ₂")
    x, y = np.meshgrid(np.linspace(-3.4, 3.4, 69), np.linspace(-2, 2, 41))
    ax.contour(x, y, (x**2 + 10 * y**2) / 2, levels=(0.1, 0.5, 1.5, 4, 9, 16), colors=COLOURS["guide"])
    (path,) = ax.plot([], [], "o-", ms=4, lw=1.5, color=COLOURS["network"])
    (end,) = ax.plot([], [], "o", ms=9, color=COLOURS["other_unit"])

    def walk(lr, steps):
        theta = [np.array([-3.0, 1.0])]
        places = [theta[0].copy()]
        for _ in range(int(steps)):
            function(theta, [theta[0] * [1.0, 10.0]], lr)
            places.append(theta[0].copy())
        return np.array(places)

    def update(lr, steps):
        places = walk(lr, steps)
        path.set_data(*places.T)
        end.set_data(*places[-1:].T)

    def describe(lr, steps):
        places = walk(lr, steps)
        J = (places**2 @ [1.0, 10.0]) / 2
        return (
            f"{int(steps)} of your steps with the learning rate {format_number(lr)}: J went from "
            f"{format_number(J[0])} to "
            f"{J[-1]:.2g}. A step multiplies θ₁ by {format_number(1 - lr)} and θ₂ by "
            f"{format_number(1 - 10 * lr)}."
        )

    return Stage(
        fig, update, [path, end], describe,
        lr=slider(0.01, 0.21, lr, step=0.01, label="learning rate"),
        steps=slider(0, 40, steps, step=1, label="steps"),
    )  # fmt: skip


def train_xor(function, seed=0):
    """The output of the student's network over the plane, for ten starts."""
    fig, (ax,) = panels(4.8, 3.9, titles=("your network: blue class 0, orange class 1",))
    ax.set(xlabel="x₁", ylabel="x₂")
    image = picture_of_plane(ax, -1, 1)
    corners = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    x = 4 * corners - 2  # the picture shows the unit square and a quarter of its side around it
    ax.plot(*x[:2].T, "o", ms=11, color="black", mfc="white", ls="")
    ax.plot(*x[2:].T, "s", ms=11, color="black", mfc="white", ls="")
    ax.set(xticks=(-2, 2), yticks=(-2, 2), xticklabels=("0", "1"), yticklabels=("0", "1"))
    points = (PLANE.reshape(-1, 2) + 2) / 4
    kept = {}

    def says(seed):
        if seed not in kept:
            predict = function(np.random.default_rng(int(seed)))
            kept[seed] = (
                np.asarray(predict(points.copy()), dtype=float).reshape(PLANE.shape[:2]),
                np.asarray(predict(corners.copy()), dtype=float),
            )
        return kept[seed]

    def update(seed):
        image.set_data(2 * np.clip(says(seed)[0], 0, 1) - 1)

    def describe(seed):
        p = says(seed)[1]
        right = int(((p > 0.5) == [False, False, True, True]).sum())
        numbers = ", ".join(f"{format_number(v)}" for v in p)
        return (
            f"Start {int(seed)}: at (0, 0), (1, 1), (0, 1), (1, 0) your network says {numbers}; "
            f"{right} of 4 right."
        )

    return Stage(fig, update, [image], describe, seed=slider(0, 9, seed, step=1, label="seed of rng"))
