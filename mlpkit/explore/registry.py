"""The registry of explorables: what the lectures show and the tests go through, one record each."""

from collections.abc import Callable
from dataclasses import dataclass

from mlpkit.stage import Stage


@dataclass(frozen=True)
class Explorable:
    """An explorable figure.

    `slides`: ids of the slides it stands beside; `notice`: what moving it shows;
    `build(**start) -> Stage`: makes a new stage, its controls standing where `start` says.
    """

    name: str
    slides: tuple[str, ...]
    notice: str
    build: Callable[..., Stage]


EXPLORABLES: dict[str, Explorable] = {}


def explorable(*, slides, notice):
    """Decorator: enter a function that builds a stage into the registry, under its own name."""

    def enter(build):
        EXPLORABLES[build.__name__] = Explorable(build.__name__, tuple(slides), notice, build)
        return build

    return enter
