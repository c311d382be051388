"""The deck as data: the slides of lectures/slides.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

import mlpkit

MARKS = {"correct": "", "damaged": "D", "erratum": "E", "qualified": "F"}  # of a slide's verdict
# Lectures without slides of their own: the number of the slide that announces them.
AUTHORED = {"05_backpropagation": 18, "06_training": 19}


@lru_cache(maxsize=1)
def deck():
    """The 23 slides, in order: dictionaries with number, id, title, lecture, verdict and more.

    Raises FileNotFoundError where mlpkit was installed without the lectures.
    """
    path = Path(mlpkit.__file__).parents[1] / "lectures" / "slides.toml"
    if not path.is_file():
        raise FileNotFoundError(
            f"the deck is expected in {path.name} beside the lectures; "
            "this mlpkit was installed without them: clone the course's repository"
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))["slide"]


def lecture_names():
    """The names of the lectures' notebooks, in order: other notebooks in their folder are a reader's own."""
    return sorted({slide["lecture"] for slide in deck()} | set(AUTHORED))
