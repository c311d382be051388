"""Slides 1, 3 and 18: the place of a slide in the deck, its lecture, and what is corrected there."""

from mlpkit.explore.registry import explorable
from mlpkit.figures import COLOURS, TEXT_SIZE, figure
from mlpkit.figures.deck import AUTHORED, MARKS, deck, lecture_names
from mlpkit.stage import Handle, Stage, steps

VERDICTS = {
    "correct": "is right as it stands",
    "damaged": "has formulas that are restored",
    "erratum": "has an erratum",
    "qualified": "has fine print",
}


def title_of(lecture):
    """'05_backpropagation' -> '5 · Backpropagation'."""
    number, _, words = lecture.partition("_")
    return f"{int(number)} · {words.replace('_', ' ').capitalize()}"


@explorable(
    slides=["title", "section-mlp", "section-feedforward"],
    notice="the lectures follow the deck; two of them keep promises that the deck makes and does not keep",
)
def course_map(slide=1):
    """The deck as a chart: a square for each slide, a row for each lecture."""
    slides = deck()
    lectures = lecture_names()
    fig, ax = figure(8.0, 3.4, xlabel="slide", ylabel="")
    ax.set(xlim=(0.3, 23.7), ylim=(len(lectures) - 0.3, -0.9), xticks=range(1, 24))
    ax.set(yticks=range(len(lectures)), yticklabels=[title_of(name) for name in lectures])
    ax.tick_params(length=0, labelsize=TEXT_SIZE - 1)
    ax.spines[:].set_visible(False)
    at = [(s["number"], lectures.index(s["lecture"])) for s in slides]
    ax.plot(*zip(*at, strict=True), "s", ms=15, mfc="none", mew=1.2, color=COLOURS["guide"])
    (seen,) = ax.plot([], [], "s", ms=15, mew=1.2, color=COLOURS["network"], alpha=0.3)
    (here,) = ax.plot([], [], "s", ms=19, mfc="none", mew=3, color=COLOURS["unit"])
    for name, promise in AUTHORED.items():
        ax.text(promise, lectures.index(name), f"written for slide {promise}", va="center", ha="center")
    for (x, y), s in zip(at, slides, strict=True):
        ax.text(x, y, MARKS[s["verdict"]], ha="center", va="center_baseline", fontsize=TEXT_SIZE - 1)
    ax.text(23.5, -0.55, "E erratum   F fine print   D restored", ha="right", va="center", fontsize=10)

    def update(slide):
        seen.set_data(*zip(*at[:slide], strict=True))
        here.set_data(*([value] for value in at[slide - 1]))

    def describe(slide):
        s = slides[slide - 1]
        return (
            f"Slide {slide} of 23, {s['title']}, belongs to lecture {title_of(s['lecture'])} "
            f"and {VERDICTS[s['verdict']]}."
        )

    return Stage(
        fig, update, [seen, here], describe, play="slide",
        handles=[Handle(ax, x="slide", at=lambda slide: at[slide - 1], label="slide")],
        slide=steps(1, 23, slide, label="slide"),
    )  # fmt: skip
