"""Set 04: the plane after the student's layer, the moons in their network, their count of parameters."""

import numpy as np

from mlpkit.figures import COLOURS, TEXT_SIZE, figure, legend, panels
from mlpkit.figures.lines import arrow_line, cased, square_grid
from mlpkit.figures.numbers import format_number
from mlpkit.figures.trained_moons import linear_accuracy, trained_on_moons
from mlpkit.stage import Stage, choice, slider, steps


def plain(value):
    """What a student's function returned, as an array of float64."""
    return np.asarray(value, dtype=float)


def _lines():
    """A square grid of the plane as points with gaps, and which of them are gaps."""
    points = np.array(square_grid())
    gaps = np.isnan(points[:, :1])
    return np.where(gaps, 0.0, points), gaps


def dense_forward(function, w11=1.0, w12=0.5, w21=-0.5, w22=1.0, b1=0.5):
    """Two inputs, two units: the grid of the plane, and where Z = XW + b takes it."""
    fig, (left, right) = panels(7.6, 3.9, titles=("X: the plane of the inputs", "your Z = XW + b"))
    points, gaps = _lines()
    corners = 2.2 * np.array([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [1.0, 1.0]])
    for ax, letter in ((left, "x"), (right, "z")):
        ax.set(xlim=(-5, 5), ylim=(-5, 5), xlabel=f"{letter}₁", ylabel=f"{letter}₂", aspect="equal")
        ax.set(xticks=(-4, 0, 4), yticks=(-4, 0, 4))
    before = np.where(gaps, np.nan, points)
    left.plot(*before.T, color=COLOURS["guide"], lw=0.8)
    left.plot(*corners.T, color=COLOURS["unit"], lw=2.2)
    (moved,) = right.plot([], [], color=COLOURS["guide"], lw=0.8)
    (frame,) = right.plot([], [], color=COLOURS["unit"], lw=2.2)
    arrows = [cased(right, 2.0, style) for style in ("-", "--")]
    for line in cased(left, 2.0):
        line.set_data(*arrow_line((0, 0), (2.2, 0)).T)
    for line in cased(left, 2.0, "--"):
        line.set_data(*arrow_line((0, 0), (0, 2.2)).T)

    def images(X, w11, w12, w21, w22, b1):
        W, b = np.array([[w11, w12], [w21, w22]]), np.array([b1, 0.0])
        return plain(function(X.copy(), W, b))

    def update(**state):
        Z = images(points, **state)
        moved.set_data(*np.where(gaps, np.nan, Z).T)
        frame.set_data(*images(corners, **state).T)
        origin, *ends = images(np.array([[0.0, 0.0], [2.2, 0.0], [0.0, 2.2]]), **state)
        for arrow, end in zip(arrows, ends, strict=True):
            for line in arrow:
                line.set_data(*arrow_line(origin, end).T)

    def describe(w11, w12, w21, w22, b1):
        state = dict(w11=w11, w12=w12, w21=w21, w22=w22, b1=b1)
        origin, first, second = images(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), **state)
        area = abs(np.linalg.det(np.array([first, second]) - origin))
        return (
            f"Your layer takes (0, 0) to ({format_number(origin[0])}, {format_number(origin[1])}), (1, 0) to "
            f"({format_number(first[0])}, {format_number(first[1])}), (0, 1) to "
            f"({format_number(second[0])}, {format_number(second[1])}): "
            f"straight lines stay straight, areas are multiplied by {format_number(area)}."
        )

    def weight(value, label):
        return slider(-2, 2, value, step=0.25, label=label)

    return Stage(
        fig, update, [moved, frame, *arrows[0], *arrows[1]], describe,
        w11=weight(w11, "from x₁ to z₁"), w12=weight(w12, "from x₁ to z₂"), w21=weight(w21, "from x₂ to z₁"),
        w22=weight(w22, "from x₂ to z₂"), b1=weight(b1, "bias of z₁"),
    )  # fmt: skip


STATIONS = ("X", "Z¹", "A¹", "Z²", "A²", "Z³", "A³")


def mlp_forward(function, at=0, trained=1000):
    """The moons in each layer of a trained network: every picture is one of the student's Z and A."""
    fig, ax = figure(5.0, 4.3, xlabel="unit 1", ylabel="unit 2")
    points, gaps = _lines()
    X, y, nets = trained_on_moons()
    (lattice,) = ax.plot([], [], color=COLOURS["guide"], lw=0.7)
    moons = [
        ax.plot([], [], marker, ms=4.5, color=COLOURS[kind], ls="")[0]
        for marker, kind in (("o", "network"), ("s", "unit"))
    ]

    name = ax.text(-1.2, 0.93, "", fontsize=TEXT_SIZE + 5)

    def layers(X, trained):
        net = nets[trained]
        params = [(layer.W.copy(), layer.b.copy()) for layer in net.layers]
        pairs = function(X.copy(), params, np.tanh)
        return [X, *(plain(array) for pair in list(pairs) for array in pair)]

    def update(at, trained):
        A = layers(X, trained)[at]
        L = layers(points, trained)[at]
        name.set_text(STATIONS[at])
        reach = max(1.1 * abs(A).max(), 1.1)
        lattice.set_data(*(np.where(gaps, np.nan, L) / reach).T)
        for label, part in enumerate(moons):
            part.set_data(*(A[y == label] / reach).T)

    def describe(at, trained):
        found = layers(X, trained)
        right = ((found[-1][:, 0] > 0) == y).mean()
        return (
            f"{STATIONS[at]} after {trained} steps of training, scaled to fit, from "
            f"{format_number(found[at].min())} "
            f"to {format_number(found[at].max())}: a straight line gets {linear_accuracy(found[at], y):.1%} "
            f"of the points right here, the output of your network {right:.1%}."
        )

    ax.set(xlim=(-1.25, 1.25), ylim=(-1.05, 1.05), xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    return Stage(
        fig, update, [lattice, *moons, name], describe,
        at=steps(0, 6, at, label="station"),
        trained=choice(list(nets), trained, label="steps of training"),
    )  # fmt: skip


def count_parameters(function, n=16, hidden=2):
    """How the number of parameters of 2-n-…-n-1 grows with the width, for one to four hidden layers."""
    fig, ax = figure(6.4, 3.7, xlabel="width n of every hidden layer", ylabel="your count")
    widths = np.arange(1, 41)
    ax.set(xlim=(0, 41), ylim=(0, 5300))

    def count(n, hidden):
        return int(function([2, *[int(n)] * hidden, 1]))

    looks = (("-", "target"), ("--", "network"), ("-.", "unit"), (":", "other_unit"))
    for layers, (style, kind) in enumerate(looks, start=1):
        label = f"{layers} hidden layer{'s' * (layers > 1)}"
        ax.plot(
            widths, [count(n, layers) for n in widths], color=COLOURS[kind], ls=style, lw=2.2, label=label
        )
    (at,) = ax.plot([], [], "o", ms=9, color="black", mfc="white", mew=2)
    (across,) = ax.plot([], [], color=COLOURS["guide"], lw=1.2)
    legend(ax, loc="upper left")

    def update(n, hidden):
        here = count(n, hidden)
        at.set_data([n], [here])
        across.set_data([0, n, n], [here, here, 0])

    def describe(n, hidden):
        here, double = count(n, hidden), count(2 * n, hidden)
        shape = "-".join(map(str, [2, *[n] * hidden, 1]))
        return (
            f"{shape} has {here} parameters by your count. Twice the width gives {double}, "
            f"{format_number(double / here)} times as many; a hidden layer more gives {count(n, hidden + 1)}."
        )

    return Stage(
        fig, update, [across, at], describe,
        n=steps(1, 40, n, label="width n"),
        hidden=steps(1, 4, hidden, label="hidden layers"),
    )  # fmt: skip
