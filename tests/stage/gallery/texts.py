"""Texts and what belongs to axes: formulas, annotations, legends, insets, axes that move."""

import numpy as np
from matplotlib import patheffects
from stage.gallery.frame import framed, shown

X = np.linspace(0, 1, 60)


@shown
def formulas():
    def draw(ax):
        ax.set_axis_off()
        texts = [ax.text(0.05, y, "", fontsize=15) for y in (0.8, 0.5, 0.15)]

        def update(k):
            texts[0].set_text(rf"$\hat y = \sum_{{i=1}}^{{{k}}} w_i x_i + b$")
            texts[1].set_text(rf"$\frac{{\partial J}}{{\partial w_{k}}} = \sqrt{{{k}}}\,\bar x$")
            texts[2].set_text(rf"$\mathbf{{W}}^{{({k})}},\ \left[\int_0^{k} e^{{-t}}\,dt\right]$")

        return texts, update

    return framed(draw)


@shown
def turned_and_many_lines():
    def draw(ax):
        ax.set_axis_off()
        lines = ax.text(0.1, 0.9, "", va="top", linespacing=1.4)
        turned = ax.text(
            0.7, 0.5, "", rotation=90, ha="center", va="center", color="C1", fontsize=14, weight="bold"
        )
        boxed = ax.text(0.1, 0.2, "", bbox=dict(boxstyle="round", fc="wheat", ec="k"), style="italic")

        def update(k):
            lines.set_text(f"first line\nsecond, {k}\nthird: äöüß ≤ {k}")
            turned.set_text(f"turned {k}")
            boxed.set_text(f"boxed {k * 111}")

        return [lines, turned, boxed], update

    return framed(draw)


@shown
def annotation_with_an_arrow():
    def draw(ax):
        ax.plot(X, X)
        note = ax.annotate(
            "",
            (0.5, 0.5),
            xytext=(0.1, 0.8),
            bbox=dict(fc="w", ec="C1"),
            arrowprops=dict(arrowstyle="->", lw=2, color="C1"),
        )

        def update(k):
            note.xy = (k / 8, k / 8)
            note.set_text(f"here: {k / 8:.2f}")

        return [note], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def live_legend():
    def draw(ax):
        (line,) = ax.plot(X, X)
        legend = ax.legend([line], ["k"], loc="upper left")

        def update(k):
            line.set_ydata(X**k)
            legend.get_texts()[0].set_text(f"x to the power {k}")

        return [line, legend], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def inset_axes():
    def draw(ax):
        (line,) = ax.plot(X, X)
        inset = ax.inset_axes([0.55, 0.1, 0.4, 0.35], xlim=(0, 1), ylim=(-1, 1))
        (small,) = inset.plot(X, X, "C3")

        def update(k):
            line.set_ydata(X ** (1 / k))
            small.set_ydata(np.sin(k * X))

        return [line, small], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def axes_that_move():
    def draw(ax):
        (line,) = ax.plot(X, X)

        def update(k):
            line.set_ydata(k * X)
            ax.set_ylim(0, k)
            ax.set_title(f"up to {k}")

        return [ax], update

    return framed(draw, xlim=(0, 1))


@shown
def outlined_text_and_shadowed_line():
    def draw(ax):
        effects = [patheffects.withStroke(linewidth=4, foreground="w")]
        (line,) = ax.plot(X, X, lw=3, path_effects=[patheffects.SimpleLineShadow(), patheffects.Normal()])
        text = ax.text(0.3, 0.5, "", fontsize=18, path_effects=effects)

        def update(k):
            line.set_ydata(np.sin(k * X) ** 2)
            text.set_text(f"outlined {k}")

        return [line, text], update

    return framed(draw, xlim=(0, 1), ylim=(0, 1))


@shown
def figure_text_and_titles():
    def draw(ax):
        ax.plot(X, X)
        title, left = ax.set_title(" "), ax.set_title(" ", loc="left", fontsize=8)
        caption = ax.figure.text(0.5, 0.5, "", fontsize=20, alpha=0.3, ha="center")

        def update(k):
            title.set_text(f"Title {k}")
            left.set_text(f"left {k}")
            caption.set_text(f"over all {k}")

        return [title, left, caption], update

    return framed(draw)
