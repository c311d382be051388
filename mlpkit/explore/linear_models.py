"""Slide 2: the straight decision boundary of a linear model, and the borders of three classes."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap

from mlpkit.activations import ACTIVATIONS
from mlpkit.datasets import dataset
from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, legend, panels
from mlpkit.figures.lines import arrow_line, cased, level_line
from mlpkit.figures.numbers import format_number, signed
from mlpkit.figures.plane import EXTENT, PLANE, picture_of_plane, plane_axes
from mlpkit.outputs import softmax
from mlpkit.stage import Handle, Stage, choice, slider

CORNERS = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], dtype=float)
LABELS = {
    "XOR, one or the other": [0, 1, 1, 0],
    "AND, both": [0, 0, 0, 1],
    "OR, at least one": [0, 1, 1, 1],
}


UNITS = {
    "linear": ACTIVATIONS["linear"].g,
    "sigmoid": ACTIVATIONS["sigmoid"].g,
    "softmax": lambda z: softmax(np.stack([z, 0 * z, 0 * z], axis=-1))[..., 0],
}


@explorable(
    slides=["linear-models"],
    notice="w turns the boundary, b shifts it, g only relabels it: it stays straight, and XOR stays unsolved",
)
def decision_boundary(w1=1.0, w2=-1.0, b=0.0, g="sigmoid", points="XOR, one or the other"):
    """y = g(w·x + b) over the plane, three of its level lines, and four points of two classes."""
    fig, (ax, curve_ax) = panels(7.4, 3.9, titles=("y = g(w·x + b)", "y along w"), ratios=(1.25, 1))
    plane_axes(ax)
    image = picture_of_plane(ax, 0, 1)
    dashed = [line for _ in range(2) for line in cased(ax, 1.2, "--")]
    border = cased(ax)
    arrow = cased(ax, 2.0)
    marks = [
        ax.plot([], [], marker, ms=12, mew=2, color="black", mfc="white", ls="")[0] for marker in ("o", "s")
    ]
    wrong = ax.plot([], [], "x", ms=17, mew=3, color="black", ls="")[0]
    z = np.linspace(-6, 6, 121)
    curve_ax.set(xlim=(-6, 6), ylim=(-2.2, 3.2), xlabel="z = w·x + b", ylabel="y = g(z)")
    curve_ax.axhline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    curve_ax.axvline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    (curve,) = curve_ax.plot(z, z, color=COLOURS["network"], lw=2.4)
    dots = [
        curve_ax.plot([], [], marker, ms=10, mew=2, color="black", mfc="white", ls="")[0]
        for marker in ("o", "s")
    ]
    key = "○ class 0   □ class 1\n× on the wrong side\n↗ the arrow is along w"
    curve_ax.text(0.03, 0.98, key, fontsize=TEXT_SIZE - 1, transform=curve_ax.transAxes, va="top")

    def update(w1, w2, b, g, points):
        w, y, unit = np.array([w1, w2]), np.array(LABELS[points]), UNITS[g]
        low, high = (-6, 6) if g == "linear" else (0, 1)
        image.set_data((unit(PLANE @ w + b) - low) / (high - low))  # shown from low, blue, to high, orange
        for line in border:
            line.set_data(*level_line(w, -b).T)
        for line, height in zip(dashed, (-2, -2, 2, 2), strict=True):
            line.set_data(*level_line(w, height - b).T)
        foot = level_line(w, -b, reach=0.0)[0]
        for line in arrow:
            line.set_data(*arrow_line(foot, foot + 0.9 * w / max(np.hypot(*w), 1e-9)).T)
        at = CORNERS @ w + b
        for label, (mark, dot) in enumerate(zip(marks, dots, strict=True)):
            mark.set_data(*CORNERS[y == label].T)
            dot.set_data(at[y == label], unit(at[y == label]))
        wrong.set_data(*CORNERS[(at > 0) != y].T)
        curve.set_ydata(unit(z))

    def describe(w1, w2, b, g, points):
        w, y = np.array([w1, w2]), np.array(LABELS[points])
        right = int(((CORNERS @ w + b > 0) == y).sum())
        name = points.split(",")[0]
        line = f"The boundary is {format_number(w1)}x₁ {signed(w2)}x₂ {signed(b)} = 0, a straight line"
        if not w.any():
            line = "Both weights are 0: y is the same everywhere, there is no boundary"
        middle = f"y = {format_number(float(UNITS[g](np.array(b))))} at the origin, with g = {g}"
        solved = f"{right} of the 4 points of {name} are on the right side"
        return f"{line}; {middle}. {solved}."

    return Stage(
        fig, update, [image, *dashed, *border, *arrow, *marks, wrong, curve, *dots], describe,
        w1=slider(-5, 5, w1, step=0.25, label="weight w₁"),
        w2=slider(-5, 5, w2, step=0.25, label="weight w₂"),
        b=slider(-5, 5, b, step=0.25, label="bias b"),
        g=choice(
            {
                "identity, g(z) = z": "linear",
                "sigmoid, g(z) = σ(z)": "sigmoid",
                "softmax of 3, scores (z, 0, 0)": "softmax",
            },
            g, label="g",
        ),
        points=choice({text: text for text in LABELS}, points, label="four points"),
    )  # fmt: skip


SHADES = ListedColormap(  # three classes, each from pale (unsure) to full (certain)
    np.concatenate(
        [
            LinearSegmentedColormap.from_list("", ["#FFFFFF", COLOURS[name]])(np.linspace(0.1, 0.95, 85))
            for name in ("network", "unit", "other_unit")
        ]
    )
)


def three_logits(v1, v2, b1):
    """W (2, 3), b (3,): class 1 is free, the other two point down to the left and down to the right."""
    return np.array([[v1, -1.5, 1.5], [v2, -1.0, -1.0]]), np.array([b1, 0.0, 0.0])


def meeting_point(W, b):
    """The point where all three logits Wᵀx + b are equal; None where there is no single one."""
    differences = (W[:, 1:] - W[:, :1]).T
    if abs(np.linalg.det(differences)) < 1e-9:
        return None
    return np.linalg.solve(differences, b[0] - b[1:])


@explorable(
    slides=["linear-models"],
    notice="softmax of three linear scores: three straight borders that meet in one point",
)
def three_classes(v1=0.0, v2=1.5, b1=0.0):
    """ŷ = softmax(Wᵀx + b) for three classes: which class is likeliest where, and how likely."""
    fig, (ax,) = panels(5.4, 4.2, titles=("the class with the largest ŷᵢ; pale: unsure",))
    plane_axes(ax)
    image = ax.imshow(
        np.zeros(PLANE.shape[:2]), cmap=SHADES, vmin=0, vmax=3, origin="lower", extent=EXTENT,
        interpolation="nearest",
    )  # fmt: skip
    borders = [line for _ in range(3) for line in cased(ax, 1.4, "--")]
    arrow = cased(ax)
    X, y = dataset("blobs")(60, noise=0.25, rng=0)
    X = 1.4 * X
    for label, marker in enumerate("osD"):
        ax.plot(*X[y == label].T, marker, ms=6, color="black", mfc="white", ls="", label=f"class {label + 1}")
    legend(ax, loc="upper right")

    def update(v1, v2, b1):
        W, b = three_logits(v1, v2, b1)
        p = softmax(PLANE @ W + b)
        image.set_data(p.argmax(axis=-1) + np.clip(1.5 * p.max(axis=-1) - 0.5, 0, 0.999))
        for k, (i, j) in enumerate(((0, 1), (0, 2), (1, 2))):
            for line in borders[2 * k : 2 * k + 2]:
                line.set_data(*level_line(W[:, i] - W[:, j], b[j] - b[i]).T)
        for line in arrow:
            line.set_data(*arrow_line((0, 0), (v1, v2)).T)

    def describe(v1, v2, b1):
        W, b = three_logits(v1, v2, b1)
        right = int(((X @ W + b).argmax(axis=1) == y).sum())
        at = meeting_point(W, b)
        meet = "the three borders have no single common point"
        if at is not None:
            meet = (
                f"the three straight borders meet at ({format_number(at[0] + 0.0)}, "
                f"{format_number(at[1] + 0.0)})"
            )
        sure = softmax(b)[0]
        return (
            f"Class 1 has the weights ({format_number(v1)}, {format_number(v2)}) and the bias "
            f"{format_number(b1)}: {meet}; "
            f"{right} of the 60 examples are on their side. At the origin class 1 has ŷ₁ = {sure:.3f}."
        )

    return Stage(
        fig, update, [image, *borders, *arrow], describe,
        handles=[Handle(ax, x="v1", y="v2", label="weights of class 1")],
        v1=slider(-2.5, 2.5, v1, step=0.125, label="class 1: weight on x₁"),
        v2=slider(-2.5, 2.5, v2, step=0.125, label="weight on x₂"),
        b1=slider(-5, 5, b1, step=0.25, label="class 1: bias"),
    )  # fmt: skip
