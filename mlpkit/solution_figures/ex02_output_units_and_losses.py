"""Set 02: the student's softmax, losses and their slopes, and a model trained with their gradient."""

from functools import lru_cache

import numpy as np
from matplotlib.colors import ListedColormap

from mlpkit.figures import COLOURS, TEXT_SIZE, figure, legend, panels
from mlpkit.figures.colour_maps import AROUND_ZERO
from mlpkit.figures.lines import cased
from mlpkit.figures.numbers import format_number
from mlpkit.figures.plane import EXTENT, PLANE, plane_axes
from mlpkit.stage import Stage, choice, log_slider, slider, steps

KINDS = ("network", "unit", "other_unit")
ALONG = np.linspace(-6, 6, 121)


def plain(value):
    """What a student's function returned, as an array of float64."""
    return np.asarray(value, dtype=float)


def softmax(function, z2=1.0, z3=-1.0, offset=0):
    """Three probabilities while z₁ grows, 121 rows at once; an offset on all logits changes nothing."""
    fig, ax = figure(6.6, 3.5, xlabel="z₁", ylabel="your probabilities")
    ax.set(xlim=(-6, 6), ylim=(-0.03, 1.2), yticks=(0, 0.25, 0.5, 0.75, 1))
    lines = [
        ax.plot(ALONG, 0 * ALONG, color=COLOURS[kind], ls=style, lw=2.6, label=f"class {i}")[0]
        for i, (kind, style) in enumerate(zip(KINDS, ("-", "--", "-."), strict=True))
    ]
    (even,) = ax.plot([], [], "o", ms=8, color="black", mfc="white", label="0 and 1 equal")
    legend(ax, loc="upper center", ncols=4, columnspacing=1.2)

    def shares(z2, z3, offset):
        Z = np.column_stack([ALONG, np.full(121, z2), np.full(121, z3)]) + offset
        return plain(function(Z))

    def update(z2, z3, offset):
        S = shares(z2, z3, offset)
        for line, values in zip(lines, S.T, strict=True):
            line.set_ydata(values)
        even.set_data([z2], [np.interp(z2, ALONG, S[:, 0])])

    def describe(z2, z3, offset):
        S = shares(z2, z3, offset)
        return (
            f"The sums of your 121 rows differ from 1 by at most {abs(S.sum(axis=1) - 1).max():.0e}, with "
            f"logits near {format_number(offset, 4)}. At z₁ = z₂ = {format_number(z2)} classes 0 and 1 have "
            f"{format_number(np.interp(z2, ALONG, S[:, 0]))} each; class 2 has the rest."
        )

    return Stage(
        fig, update, [*lines, even], describe,
        z2=slider(-3, 3, z2, step=0.25, label="z₂"),
        z3=slider(-3, 3, z3, step=0.25, label="z₃"),
        offset=steps(-1000, 1000, offset, step=200, label="added to all logits"),
    )  # fmt: skip


def cross_entropy(function, z2=1.0, z3=-1.0, y=0):
    """The loss of one example over its first logit, for each label."""
    fig, ax = figure(6.6, 3.5, xlabel="z₁", ylabel="your J of one example")
    ax.set(xlim=(-6, 6), ylim=(-0.3, 9))
    lines = [
        ax.plot(ALONG, 0 * ALONG, color=COLOURS[kind], ls=style, lw=2.0, label=f"label {i}")[0]
        for i, (kind, style) in enumerate(zip(KINDS, ("-", "--", "-."), strict=True))
    ]
    (chosen,) = ax.plot(ALONG, 0 * ALONG, color="black", lw=4.5, alpha=0.35, label="the label you chose")
    legend(ax, loc="upper center")

    def losses(z2, z3, y):
        return np.array([plain(function(np.array([[z1, z2, z3]]), np.array([y]))).item() for z1 in ALONG])

    def update(z2, z3, y):
        found = [losses(z2, z3, label) for label in range(3)]
        for line, values in zip(lines, found, strict=True):
            line.set_ydata(values)
        chosen.set_ydata(found[y])

    def describe(z2, z3, y):
        J = losses(z2, z3, y)
        return (
            f"Label {y}: your loss is {format_number(J[0])} at z₁ = −6, {format_number(J[60])} at 0 and "
            f"{format_number(J[-1])} at 6; "
            f"over the last step it changes by {format_number(J[-1] - J[-11], sign='+')} while z₁ grows by 1."
        )

    return Stage(
        fig, update, [*lines, chosen], describe,
        z2=slider(-3, 3, z2, step=0.5, label="z₂"),
        z3=slider(-3, 3, z3, step=0.5, label="z₃"),
        y=choice({f"class {i}": i for i in range(3)}, y, label="label"),
    )  # fmt: skip


def softmax_cross_entropy_grad(gradient, loss, t=0, rate=1.0):
    """Three classes of points in the plane, and a linear model that goes down the student's gradient."""
    titles = ("the most probable class", "your J, step by step")
    fig, (ax, side) = panels(7.8, 3.7, titles=titles, ratios=(1.1, 1))
    plane_axes(ax)
    rng = np.random.default_rng(5)
    centres = np.array([[-0.46, -0.94], [1.54, -0.86], [0.58, 0.74]])
    y = np.repeat(np.arange(3), 20)
    X = np.column_stack([0.85 * (centres[y] + rng.normal(0, 0.9, (60, 2))) - (0.1, -0.1), np.ones(60)])
    shades = ListedColormap([COLOURS[kind] for kind in KINDS])
    image = ax.imshow(
        np.zeros(PLANE.shape[:2]), cmap=shades, vmin=-0.5, vmax=2.5, origin="lower", alpha=0.45,
        extent=EXTENT, interpolation="nearest",
    )  # fmt: skip
    for label, marker in enumerate("os^"):
        ax.plot(*X[y == label, :2].T, marker, ms=5, color="black", mfc="white", ls="")
    side.set(xlim=(-1, 61), ylim=(0, 2.2), xlabel="steps")
    (curve,) = side.plot([], [], color=COLOURS["network"], lw=2.2)
    (now,) = side.plot([], [], "o", ms=8, color=COLOURS["unit"])

    @lru_cache(maxsize=32)
    def run(rate):
        W, way = np.zeros((3, 3)), []
        for _ in range(61):
            way.append((W, plain(loss(X @ W, y.copy())).item()))
            W = W - rate * X.T @ plain(gradient(X @ W, y.copy()))
        return way

    def update(t, rate):
        way = run(rate)
        image.set_data((PLANE @ way[t][0][:2] + way[t][0][2]).argmax(axis=-1))
        curve.set_data(range(t + 1), [J for _, J in way[: t + 1]])
        now.set_data([t], [way[t][1]])

    def describe(t, rate):
        W, J = run(rate)[t]
        right = int(((X @ W).argmax(axis=1) == y).sum())
        return (
            f"After {t} steps of size {format_number(rate)} down your gradient J is {format_number(J)}; it "
            "began at log 3 = "
            f"{format_number(np.log(3))}. {right} of the 60 points are on their own colour."
        )

    return Stage(
        fig, update, [image, curve, now], describe,
        t=steps(0, 60, t, label="steps taken"),
        rate=log_slider(0.03125, 32, rate, per_octave=1, label="learning rate"),
    )  # fmt: skip


def softmax_vjp(function, z1=1.0, z2=0.0, z3=-1.0):
    """G = (1, 0, 0), (0, 1, 0), (0, 0, 1): the three products are the rows of the Jacobian."""
    fig, ax = figure(4.6, 3.7, xlabel="", ylabel="")
    image = ax.imshow(
        np.zeros((3, 3)), cmap=AROUND_ZERO, vmin=-0.25, vmax=0.25, extent=(0.5, 3.5, 3.5, 0.5),
        interpolation="nearest",
    )  # fmt: skip
    ax.set_title("your dJ/dZ for three G", fontsize=TEXT_SIZE)
    ax.set(xlim=(0.5, 5.0), xticks=(1, 2, 3, 4.3), xticklabels=("z₁", "z₂", "z₃", "sum"))
    ax.set(yticks=(1, 2, 3), yticklabels=("G = (1, 0, 0)", "G = (0, 1, 0)", "G = (0, 0, 1)"))
    ax.spines[:].set_visible(False)
    texts = [
        ax.text(x, row, "", ha="center", va="center", fontsize=TEXT_SIZE)
        for row in (1, 2, 3)
        for x in (1, 2, 3, 4.3)
    ]

    def rows(z1, z2, z3):
        return plain(function(np.tile([z1, z2, z3], (3, 1)), np.eye(3)))

    def update(z1, z2, z3):
        J = rows(z1, z2, z3)
        image.set_data(J)
        for text, value in zip(texts, np.column_stack([J, J.sum(axis=1)]).ravel(), strict=True):
            text.set_text(f"{0.0 if abs(value) < 5e-4 else value:.3f}".replace("-", "−"))

    def describe(z1, z2, z3):
        J = rows(z1, z2, z3)
        return (
            f"Every row adds up to 0 within {abs(J.sum(axis=1)).max():.0e}, and so does every column. "
            f"The largest entry is {format_number(J.max())}; no entry can exceed ¼."
        )

    return Stage(
        fig, update, [image, *texts], describe,
        z1=slider(-4, 4, z1, step=0.25, label="z₁"),
        z2=slider(-4, 4, z2, step=0.25, label="z₂"),
        z3=slider(-4, 4, z3, step=0.25, label="z₃"),
    )  # fmt: skip


def bce_from_logits(function, reach=5, z=0.4):
    """The loss for y = 0 and y = 1, near 0 and far out, beside a program that clips the probability."""
    fig, ax = figure(6.6, 3.6, xlabel="z / range", ylabel="J, in units of the range")
    ax.set(xlim=(-1.04, 1.04), ylim=(-0.06, 1.15))
    share = np.linspace(-1, 1, 161)
    lines = [
        ax.plot(share, 0 * share, color=COLOURS[kind], ls=style, lw=2.6, label=f"yours, y = {y}")[0]
        for y, (kind, style) in enumerate((("network", "-"), ("unit", "--")))
    ]
    (clipped,) = ax.plot(
        share, 0 * share, color=COLOURS["target"], lw=1.8, ls=":", label="y = 0, clipped at 10⁻⁷"
    )
    at = [ax.plot([], [], "o", ms=8, color=COLOURS[kind])[0] for kind in KINDS[:2]]
    legend(ax, loc="upper center")

    def losses(z, y):
        return np.array(
            [plain(function(np.array([value]), np.array([y]))).item() for value in np.atleast_1d(z)]
        )

    def update(reach, z):
        for y, (line, point) in enumerate(zip(lines, at, strict=True)):
            line.set_ydata(losses(share * reach, y) / reach)
            point.set_data([z], losses(z * reach, y) / reach)
        with np.errstate(over="ignore"):
            p = np.clip(1 / (1 + np.exp(-share * reach)), 1e-7, 1 - 1e-7)
        clipped.set_ydata(-np.log(1 - p) / reach)

    def describe(reach, z):
        zero, one = losses(z * reach, 0).item(), losses(z * reach, 1).item()
        return (
            f"z = {format_number(z * reach, 4)}: your loss is {format_number(zero, 4)} for y = 0 and "
            f"{format_number(one, 4)} for y = 1; "
            f"their difference is {format_number(zero - one + 0.0, 4)}, the logit itself."
        )

    return Stage(
        fig, update, [*lines, clipped, *at], describe,
        reach=choice({"−5 … 5": 5, "−50 … 50": 50, "−1000 … 1000": 1000}, reach, label="range of z"),
        z=slider(-1, 1, z, step=0.05, label="z / range"),
    )  # fmt: skip


MEASURED = np.array([0.3, 0.9, 1.1, 1.6, 1.9, 2.4, 3.1, 4.2])
SIGMAS = np.geomspace(0.25, 5, 121)


def gaussian_nll(function, y_hat=1.0, sigma=1.0):
    """Eight numbers under a Gaussian, and the loss over σ: where is it lowest for this ŷ?"""
    fig, (ax, side) = panels(7.6, 3.5, titles=("eight measured y, and N(y; ŷ, σ²)", "your J over σ"))
    y_axis = np.linspace(-4, 8, 181)
    ax.set(xlim=(-4, 8), ylim=(-0.06, 1.0), xlabel="y")
    ax.plot(MEASURED, 0 * MEASURED, "o", ms=7, color="black", mfc="white")
    (bell,) = ax.plot(y_axis, 0 * y_axis, color=COLOURS["network"], lw=2.4)
    stems = cased(ax, 1.4, ":")
    side.set(xlim=(0.25, 5), ylim=(-0.3, 6), xlabel="σ", xscale="log", xticks=(0.25, 0.5, 1, 2, 4))
    side.set_xticklabels(("¼", "½", "1", "2", "4"))
    side.minorticks_off()
    (curve,) = side.plot(SIGMAS, 0 * SIGMAS, color=COLOURS["network"], lw=2.4)
    (here,) = side.plot([], [], "o", ms=8, color=COLOURS["unit"])
    (best,) = side.plot([], [], "v", ms=9, color=COLOURS["other_unit"])

    def J(y_hat, sigma):
        return plain(function(MEASURED.copy(), np.full(len(MEASURED), y_hat), float(sigma))).item()

    def update(y_hat, sigma):
        bell.set_ydata(np.exp(-((y_axis - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma))
        for part in stems:
            part.set_data([y_hat, y_hat], [0, 1 / (np.sqrt(2 * np.pi) * sigma)])
        over = np.array([J(y_hat, s) for s in SIGMAS])
        curve.set_ydata(over)
        here.set_data([sigma], [J(y_hat, sigma)])
        best.set_data([SIGMAS[over.argmin()]], [over.min() + 0.25])

    def describe(y_hat, sigma):
        over = np.array([J(y_hat, s) for s in SIGMAS])
        root = np.sqrt(np.mean((MEASURED - y_hat) ** 2))
        return (
            f"ŷ = {format_number(y_hat)}, σ = {format_number(sigma)}: your J is "
            f"{format_number(J(y_hat, sigma))}. "
            f"For this ŷ it is lowest at σ = {format_number(SIGMAS[over.argmin()])}; "
            f"the root of the mean squared error is {format_number(root)}."
        )

    return Stage(
        fig, update, [bell, *stems, curve, here, best], describe,
        y_hat=slider(-2, 6, y_hat, step=0.125, label="answer ŷ"),
        sigma=log_slider(0.5, 4, sigma, per_octave=6, label="σ"),
    )  # fmt: skip
