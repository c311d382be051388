"""The registry of explorables, one record each: the lectures show them, the tests go through all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from mlpkit.stage import Stage


@dataclass(frozen=True)
class Explorable:
    """An explorable figure.

    name     of the function that builds it: `explore.NAME()` in a notebook
    slides   ids of the slides that it belongs to, as in lectures/slides.toml
    notice   what a reader learns by moving it
    build    `build(**start) -> Stage`: a new stage, its controls set to `start`
    """

    name: str
    slides: tuple[str, ...]
    notice: str
    build: Callable[..., Stage]


EXPLORABLES: dict[str, Explorable] = {}


def explorable(*, slides, notice):
    """Decorator: enter a function that builds a stage into the registry, under its own name.

    Raises TypeError where `slides` is one text, ValueError for a name that another file has taken.
    """
    if isinstance(slides, str):
        raise TypeError(f"explorable expects slides=[…], a list of slide ids; got {slides!r}")

    def enter(build):
        name, taken = build.__name__, EXPLORABLES.get(build.__name__)
        if taken and taken.build.__module__ != build.__module__:
            raise ValueError(
                f"{build.__module__} defines the explorable {name}, "
                f"which {taken.build.__module__} already has: choose another name"
            )
        EXPLORABLES[name] = Explorable(name, tuple(slides), notice, build)
        return build

    return enter
