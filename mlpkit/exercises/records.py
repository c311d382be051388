"""The records of the exercises: a set, its questions, their probes, properties and misconceptions.

A probe is split in three, so that the student's process never knows an expected value: `arguments(rng)`
are made outside it, plain data or `Built`; an observer runs the function inside it and returns plain data; a
property's comparison sets these, outside again, against the observations of the solution on the same
arguments.
"""

import functools
import importlib
import inspect
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from mlpkit._moved import renamed, warn_of_new_name
from mlpkit.exercises.mistakes import Misconception
from mlpkit.exercises.sandboxed.run import Call, Observation


@dataclass(frozen=True)
class Mismatch:
    """What is wrong with one observation: what was expected and what came, in words, and where."""

    expected: str
    got: str
    where: str = ""


Comparison = Callable[[Observation, Observation], Mismatch | None]


@dataclass(frozen=True)
class Probe:
    """One call of the function.

    `arguments(rng) -> tuple` with a numpy Generator made from the seed; `observer`: 'module.function' of
    `mlpkit.exercises.sandboxed`; `about`: the case in a few words for the student, such as "five rows, three
    inputs"; `ask`: a question about this case, the hint where it fails and nothing better is known. The
    numbers are rounded to `digits` digits, so that the call can be copied; None leaves them as they are.
    """

    name: str
    arguments: Callable[[np.random.Generator], tuple]
    about: str = ""
    observer: str = "observers.call"
    ask: str = ""
    digits: int | None = 3


@dataclass(frozen=True)
class Property:
    """Something that a right function has, worth `points`, on the probes named in `on` (none: on all).

    `compare(got, wanted) -> Mismatch or None` takes two observations of one probe; `advice` is what to look
    at.
    """

    name: str
    points: float
    compare: Comparison
    on: tuple[str, ...] = ()
    advice: str = ""

    def __post_init__(self):
        object.__setattr__(self, "compare", _guarded(self.compare))

    @property
    def judge(self) -> Comparison:
        """The old name of `compare`."""
        warn_of_new_name("Property.judge", "Property.compare")
        return self.compare

    def looks_at(self, probe: str) -> bool:
        """Whether it compares the observations of the probe of that name."""
        return not self.on or probe in self.on


def _guarded(compare):
    """The comparison; a result of a form that it cannot read is a mismatch, and no fault of ours."""

    @functools.wraps(compare)
    def compared(got, wanted):
        try:
            return compare(got, wanted)
        except (ValueError, TypeError, OverflowError, IndexError, KeyError, AttributeError):
            return Mismatch("a result of the form that the docstring says", "one that cannot be compared")

    return compared


@dataclass(frozen=True, eq=False)  # there is one of each: compared and hashed by identity, which is quick
class Question:
    """One function to write. Its solution's name, signature and docstring are the student's stub.

    `result`: the letter of what is returned, for messages; `right`: solutions written differently;
    `varies`: False where no argument depends on the seed; `relations`: False where results are facts about
    random numbers, between which no relation means anything; `further`: hints for the second and third time
    where a mistake has none of its own.
    """

    solution: Callable
    result: str
    probes: tuple[Probe, ...]
    properties: tuple[Property, ...]
    right: tuple[Callable, ...]
    misconceptions: tuple[Misconception, ...]
    varies: bool = True
    relations: bool = True
    further: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The function's name, by which `check` finds the question."""
        return self.solution.__name__

    @property
    def points(self) -> float:
        """The sum of the properties' points."""
        return float(sum(p.points for p in self.properties))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments."""
        return tuple(inspect.signature(self.solution).parameters)

    def calls(self, seed: int) -> list[Call]:
        """One call per probe; the same seed gives the same arguments, whatever was run before."""
        tag = zlib.crc32(self.name.encode())
        generators = [np.random.default_rng([seed, tag, i]) for i in range(len(self.probes))]
        return [
            Call(
                probe.name,
                tuple(_rounded(value, probe.digits) for value in probe.arguments(rng)),
                probe.observer,
            )
            for probe, rng in zip(self.probes, generators, strict=True)
        ]


def _rounded(value, digits):
    """Floating-point numbers with so many significant digits, in lists and arrays as well."""
    if digits is None or isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return type(value)(_rounded(entry, digits) for entry in value)
    if isinstance(value, float) and not isinstance(value, np.generic):
        return float(f"{value:.{digits}g}")
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind == "f":
        rounded = np.array([float(f"{number:.{digits}g}") for number in value.flat], dtype=value.dtype)
        return rounded.reshape(value.shape) if isinstance(value, np.ndarray) else rounded[0]
    return value


@dataclass(frozen=True)
class ExerciseSet:
    """The questions of one notebook; its folder in `mlpkit/questions` has its name, and the lecture's."""

    title: str
    lecture: str
    questions: tuple[Question, ...] = field(default=())


def set_of_questions(package: str, title: str, names: list[str]) -> ExerciseSet:
    """The set of a folder: one module per question, named like its function, its record `QUESTION`."""
    records = [importlib.import_module(f"{package}.{name}").QUESTION for name in names]
    if [record.name for record in records] != names:
        raise ValueError(f"{package}: a question's file is called like its function; got {names}")
    return ExerciseSet(title, package.rpartition(".")[2].removeprefix("ex"), tuple(records))


__getattr__ = renamed(__name__, {"Judge": "Comparison", "Trouble": "Mismatch"})
