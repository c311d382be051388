"""Set 01: the student's z and a over the plane, and their line z = 0."""

import numpy as np

from mlpkit.activations import ACTIVATIONS
from mlpkit.figures import COLOURS, TEXT_SIZE, panels
from mlpkit.figures.colour_maps import LOW_TO_HIGH
from mlpkit.figures.lines import arrow_line, cased, level_line
from mlpkit.figures.numbers import format_number, signed
from mlpkit.figures.plane import PLANE, picture_of_plane, plane_axes
from mlpkit.stage import Stage, choice, slider

POINTS = PLANE.reshape(-1, 2)  # a batch: every point of the plane is a row
SHAPE = PLANE.shape[:2]


def weights(w1, w2, b):
    """The three sliders of a linear model with two inputs."""
    return dict(
        w1=slider(-2, 2, w1, step=0.125, label="weight w₁"),
        w2=slider(-2, 2, w2, step=0.125, label="weight w₂"),
        b=slider(-2, 2, b, step=0.125, label="bias b"),
    )


def times(factor, letter):
    """The first term of a sum: '2x', '−x'."""
    return {1: letter, -1: f"−{letter}"}.get(factor, f"{format_number(factor)}{letter}")


def plus(factor, letter):
    """A later term, with its sign in front: '− 0.5x'."""
    return f"{'−' if factor < 0 else '+'} {times(abs(factor), letter)}"


def pre_activation(function, w1=1.0, w2=-0.5, b=0.5):
    """z over the plane, 3721 rows at once."""
    fig, (ax,) = panels(5.0, 4.0, titles=("your z: blue below 0, orange above",))
    plane_axes(ax)
    image = picture_of_plane(ax, -1, 1)
    dashed = [line for _ in range(4) for line in cased(ax, 1.0, "--")]
    border = cased(ax)

    def sums(w1, w2, b):
        return np.asarray(function(POINTS.copy(), np.array([w1, w2]), b), dtype=float)

    def update(w1, w2, b):
        w = np.array([w1, w2])
        image.set_data(sums(w1, w2, b).reshape(SHAPE) / 6)
        for line, height in zip(dashed, np.repeat((-4, -2, 2, 4), 2), strict=True):
            line.set_data(*level_line(w, height - b).T)
        for line in border:
            line.set_data(*level_line(w, -b).T)

    def describe(w1, w2, b):
        z = sums(w1, w2, b)
        return (
            f"Your function gave {len(z)} sums, from {format_number(z.min())} to {format_number(z.max())}, "
            "for "
            f"z = {times(w1, 'x₁')} {plus(w2, 'x₂')} {signed(b)}; "
            f"{(z > 0).mean():.0%} of the plane is above 0. From line to line z changes by 2."
        )

    return Stage(fig, update, [image, *dashed, *border], describe, **weights(w1, w2, b))


def augmented_pre_activation(function, w=1.5, b=1.0):
    """One input more: over (x, 1) the border goes through the origin; z = 0 where it crosses the height 1."""
    fig, (ax,) = panels(6.0, 3.6, titles=("every example x becomes the point (x, 1)",))
    ax.set(xlim=(-2.6, 2.6), ylim=(-1.3, 1.7), xlabel="x", ylabel="the appended input", yticks=(-1, 0, 1))
    ax.axhline(0, color=COLOURS["guide"], lw=0.8)
    ax.axvline(0, color=COLOURS["guide"], lw=0.8)
    x = np.linspace(-2.55, 2.55, 103)
    strip = ax.imshow(
        np.zeros((1, len(x))), cmap=LOW_TO_HIGH, vmin=-1, vmax=1, origin="lower",
        extent=(-2.575, 2.575, 0.9, 1.1), aspect="auto", interpolation="nearest",
    )  # fmt: skip
    border, arrow = cased(ax, 1.6), cased(ax, 2.2)
    ax.text(-2.5, 1.2, "your z at (x, 1)", fontsize=TEXT_SIZE)
    note = ax.text(0, 0, "", fontsize=TEXT_SIZE, ha="left", va="bottom")

    def sums(w, b):
        return np.asarray(function(x[:, None].copy(), np.array([w, b])), dtype=float)

    def update(w, b):
        strip.set_data(sums(w, b)[None, :] / 3)
        for line in border:
            line.set_data(*level_line((w, b), 0.0).T)
        for line in arrow:
            line.set_data(*arrow_line((0, 0), (w, b), head=0.15).T)
        note.set_text("(w, b)")
        note.set_position((np.clip(w + 0.08, -2.5, 2.1), np.clip(b, -1.25, 1.5)))

    def describe(w, b):
        where = "w = 0: it never meets the height 1"
        if w:
            where = f"it meets the height 1 at x = −b/w = {format_number(-b / w + 0.0)}"
        return (
            f"On the line through the origin, across (w, b) = ({format_number(w)}, {format_number(b)}), "
            f"the sum is 0; {where}. "
            f"Your z is positive at {int((sums(w, b) > 0).sum())} of {len(x)} examples."
        )

    return Stage(
        fig, update, [strip, *border, *arrow, note], describe,
        w=slider(-2, 2, w, step=0.125, label="weight w"),
        b=slider(-1.25, 1.5, b, step=0.125, label="bias b, the weight of the 1"),
    )  # fmt: skip


NAMES = ("sigmoid", "tanh", "relu", "step", "linear")


def neuron(function, w1=1.0, w2=-1.0, b=0.5, g="sigmoid"):
    """a over the plane, and along the arrow of w: what g changes, and that the level lines stay straight."""
    fig, (ax, side) = panels(7.6, 3.7, titles=("your a over the plane", "your a along w"), ratios=(1.2, 1))
    plane_axes(ax)
    image = picture_of_plane(ax, -1, 1)
    border, arrow = cased(ax), cased(ax, 2.0)
    t = np.linspace(-2.5, 2.5, 201)
    side.set(xlim=(-2.5, 2.5), ylim=(-2.2, 4.2), xlabel="steps of length 1 along w")
    side.axhline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    side.axvline(0, color=COLOURS["guide"], lw=0.8, ls=":")
    (curve,) = side.plot(t, 0 * t, color=COLOURS["network"], lw=2.4)

    def a(X, w1, w2, b, g):
        return np.asarray(function(X.copy(), np.array([w1, w2]), b, ACTIVATIONS[g].g), dtype=float)

    def update(w1, w2, b, g):
        w = np.array([w1, w2])
        along = w / max(np.hypot(*w), 1e-9)
        image.set_data(
            a(POINTS, w1, w2, b, g).reshape(SHAPE) / (1 if g in ("sigmoid", "tanh", "step") else 4)
        )
        for line in border:
            line.set_data(*level_line(w, -b).T)
        for line in arrow:
            line.set_data(*arrow_line((0, 0), 0.9 * along).T)
        curve.set_ydata(a(t[:, None] * along, w1, w2, b, g))

    def describe(w1, w2, b, g):
        found = a(POINTS, w1, w2, b, g)
        return (
            f"Your neuron with the {ACTIVATIONS[g].label}: a from {format_number(found.min())} to "
            f"{format_number(found.max())} on this plane, "
            f"{format_number(a(np.zeros((1, 2)), w1, w2, b, g)[0])} at the origin. "
            f"The border z = 0 is straight for every g."
        )

    return Stage(
        fig, update, [image, *border, *arrow, curve], describe, **weights(w1, w2, b),
        g=choice({ACTIVATIONS[name].label: name for name in NAMES}, g, label="g"),
    )  # fmt: skip


def decision_boundary(function, w1=1.0, w2=1.0, b=-0.5):
    """The line of the student's slope and intercept over the sign of z, and 60 points of two classes."""
    fig, (ax,) = panels(5.4, 4.3, titles=("your line, and the side where w·x + b > 0",))
    plane_axes(ax)
    image = picture_of_plane(ax, -1, 1)
    arrow, border = cased(ax, 2.0), cased(ax, 2.6)
    rng = np.random.default_rng(3)
    X = rng.normal(0, 0.6, (60, 2)) + np.where(np.arange(60) < 30, -0.9, 0.9)[:, None]
    y = np.arange(60) >= 30
    for label, marker in enumerate("os"):
        ax.plot(*X[y == label].T, marker, ms=5, color="black", mfc="white", ls="")
    ends = np.array([-4.0, 4.0])

    def line(w1, w2, b):
        slope, place = (float(part) for part in function(np.array([w1, w2]), b))
        return (np.full(2, place), ends) if np.isinf(slope) else (ends, slope * ends + place)

    def update(w1, w2, b):
        w = np.array([w1, w2])
        image.set_data(0.55 * np.sign(PLANE @ w + b))
        points = (np.full(2, np.nan),) * 2 if not w.any() else line(w1, w2, b)
        for part in border:
            part.set_data(*points)
        foot = level_line(w, -b, reach=0.0)[0]
        for part in arrow:
            part.set_data(*arrow_line(foot, foot + 0.9 * w / max(np.hypot(*w), 1e-9)).T)

    def describe(w1, w2, b):
        if w1 == w2 == 0:
            return "Both weights are 0: there is no line, and your function is not asked."
        slope, place = (float(part) for part in function(np.array([w1, w2]), b))
        form = f"x₁ = {format_number(place)}, a vertical line"
        if not np.isinf(slope):
            form = f"x₂ = {times(slope, 'x₁')} {signed(place)}"
        right = int(((X @ [w1, w2] + b > 0) == y).sum())
        return f"Your function says {form}. {right} of the 60 points are on the right side, the □ on orange."

    return Stage(fig, update, [image, *arrow, *border], describe, **weights(w1, w2, b))
