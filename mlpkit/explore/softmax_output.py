"""Slide 7: softmax of three logits, by the plain formula and shifted, and its Jacobian."""

import numpy as np

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, legend, panels
from mlpkit.figures.colour_maps import AROUND_ZERO
from mlpkit.figures.numbers import format_number
from mlpkit.outputs import softmax
from mlpkit.stage import Stage, log_slider, slider, steps


def plain_softmax(z):
    """e^zᵢ / Σⱼ e^zⱼ as printed on the slide: e^z overflows from z = 710 on, and inf/inf is nan."""
    with np.errstate(all="ignore"):
        exps = np.exp(z)
        return exps / exps.sum()


def jacobian(s):
    """∂sᵢ/∂zⱼ = sᵢ(δᵢⱼ - sⱼ) of a softmax s (K,) -> (K, K): symmetric, every row sums to 0."""
    return s[:, None] * (np.eye(len(s)) - s)


@explorable(
    slides=["output-softmax"],
    notice="an offset changes nothing, yet breaks the plain formula near 710; rows of the Jacobian sum to 0",
)
def softmax_output(z1=2.0, z2=1.0, z3=-1.0, offset=0, temperature=1.0):
    """ŷ = softmax(z/T), T the temperature, with the same number added to all logits, and ∂ŷ/∂z."""
    fig, (ax, grid) = panels(7.6, 3.5, titles=("ŷ = softmax((z + offset)/T)", "∂ŷᵢ/∂zⱼ"), ratios=(1.25, 1))
    ax.set(xlim=(0.5, 3.5), ylim=(0, 1.3), xticks=(1, 2, 3), xticklabels=("ŷ₁", "ŷ₂", "ŷ₃"))
    ax.set(yticks=(0, 0.5, 1))
    good = [ax.plot([], [], color=COLOURS["network"], lw=22, solid_capstyle="butt")[0] for _ in range(3)]
    ax.plot([], [], color=COLOURS["network"], lw=8, label="shifted by the largest logit")
    (plain,) = ax.plot([], [], "D", ms=10, mew=2, color="black", mfc=COLOURS["unit"], label="plain formula")
    numbers = [ax.text(i, 0, "", ha="center", va="bottom", fontsize=TEXT_SIZE) for i in (1, 2, 3)]
    failure = ax.text(2, 0.5, "", ha="center", va="center", fontsize=TEXT_SIZE + 2, color=COLOURS["unit"])
    legend(ax, loc="upper right")
    image = grid.imshow(
        np.zeros((3, 3)), cmap=AROUND_ZERO, vmin=-0.25, vmax=0.25, extent=(0.5, 3.5, 3.5, 0.5),
        interpolation="nearest",
    )  # fmt: skip
    grid.set(xlim=(0.5, 5.1), xticks=(1, 2, 3, 4.4), xticklabels=("z₁", "z₂", "z₃", "sum"))
    grid.set(yticks=(1, 2, 3), yticklabels=("ŷ₁", "ŷ₂", "ŷ₃"))
    grid.spines[["left", "bottom"]].set_visible(False)
    entries = [
        [grid.text(j, i, "", ha="center", va="center", fontsize=TEXT_SIZE) for j in (1, 2, 3)]
        for i in (1, 2, 3)
    ]
    sums = [grid.text(4.4, i, "", ha="center", va="center", fontsize=TEXT_SIZE) for i in (1, 2, 3)]

    def both(z1, z2, z3, offset, temperature):
        z = (np.array([z1, z2, z3]) + offset) / temperature
        return softmax(z), plain_softmax(z)

    def update(z1, z2, z3, offset, temperature):
        s, naive = both(z1, z2, z3, offset, temperature)
        J = jacobian(s) / temperature
        for i, (bar, number) in enumerate(zip(good, numbers, strict=True), start=1):
            bar.set_data([i, i], [0, s[i - 1]])
            number.set_position((i, s[i - 1] + 0.04))
            number.set_text(f"{s[i - 1]:.3f}")
        plain.set_data([1, 2, 3], naive)
        failure.set_text("plain formula: nan" if np.isnan(naive).any() else "")
        image.set_data(J)
        for i in range(3):
            for j in range(3):
                entries[i][j].set_text(f"{J[i, j]:.2f}".replace("-", "−"))
            sums[i].set_text(f"{abs(J[i].sum()):.2f}")

    def describe(z1, z2, z3, offset, temperature):
        s, naive = both(z1, z2, z3, offset, temperature)
        verdict = "agrees"
        if np.isnan(naive).any():
            verdict = "fails, ∞/∞ or 0/0"
        elif not np.allclose(s, naive):
            verdict = f"is off by {format_number(np.abs(s - naive).max(), 2)}"
        return (
            f"Logits {format_number(z1)}, {format_number(z2)}, {format_number(z3)}, offset {offset}, "
            f"temperature {format_number(temperature)}: "
            f"ŷ = ({', '.join(f'{v:.3f}' for v in s)}); the plain formula {verdict}. The largest entry of "
            f"the Jacobian is {format_number((jacobian(s) / temperature).max())}, its rows sum to 0."
        )

    texts = [*numbers, failure, *(entry for row in entries for entry in row), *sums]
    return Stage(
        fig, update, [*good, plain, image, *texts], describe,
        z1=slider(-10, 10, z1, step=0.25, label="logit z₁"),
        z2=slider(-10, 10, z2, step=0.25, label="logit z₂"),
        z3=slider(-10, 10, z3, step=0.25, label="logit z₃"),
        offset=steps(0, 1000, offset, step=10, label="offset for all"),
        temperature=log_slider(1 / 16, 16, temperature, per_octave=4, label="temperature T"),
    )  # fmt: skip
