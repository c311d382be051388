"""The notation of wrong solutions: a mistake stands beside its words, in order of precedence.

    @mistake("the bias is missing", "Where is z = 0 if x = 0? What would b move?")
    def no_bias(X, w, b):
        return X @ w

Mistakes that differ by a number are one mistake with a parameter that the diagnosis fits:

    @mistake("{eps:g} is added inside the logarithm", "Which bound is that?", eps=between(1e-40, 0.1))
    def small_number_added(Z, y, eps=1e-12):
        …
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Between:
    """The values that a fitted number may have, from `low` to `high`; they are searched by magnitude."""

    low: float
    high: float

    def __post_init__(self):
        if not 0 < self.low < self.high:
            raise ValueError(f"between expects 0 < low < high; got {self.low}, {self.high}")


def between(low: float, high: float) -> Between:
    """A number that the diagnosis fits, from `low` to `high`, both positive: `eps=between(1e-40, 0.1)`."""
    return Between(low, high)


@dataclass(frozen=True)
class Misconception:
    """A wrong solution that students write: `wrong` runs, `name` says what is wrong, `hint` the idea.

    `name` completes "It looks as if …"; `further` are hints for the second and the third time. `fits`: the
    parameters of `wrong` that the diagnosis fits; `name` and hints may show them: "{eps:g} is added".

    >>> def no_bias(X, w, b):
    ...     return X @ w
    >>> Misconception(no_bias, "the bias is left out", "Which line is z = 0 if b plays no part?").id
    'no-bias'
    """

    wrong: Callable
    name: str
    hint: str
    further: tuple[str, ...] = ()
    fits: Mapping[str, Between] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def id(self) -> str:
        """The wrong function's name with hyphens."""
        return self.wrong.__name__.strip("_").replace("_", "-")

    def fitted(self, values: Mapping[str, float]) -> "Misconception":
        """The same with these numbers in its words; without fitted parameters it is itself."""
        if not self.fits:
            return self
        shown = {name: values.get(name, default) for name, default in self.defaults.items()}
        name, hint, *further = (text.format(**shown) for text in (self.name, self.hint, *self.further))
        return replace(self, name=name, hint=hint, further=tuple(further))

    @property
    def defaults(self) -> dict[str, float]:
        """What the fitted parameters are where nobody fits them: their defaults in the function."""
        parameters = inspect.signature(self.wrong).parameters
        return {name: parameters[name].default for name in self.fits}


def mistake(name: str, hint: str, *further: str, **fits: Between) -> Callable[[Callable], Callable]:
    """Mark a function as a wrong solution; it stays the function it is.

    `name` completes "It looks as if …". Raises TypeError where a fitted parameter has no default.
    """

    def mark(wrong):
        known = Misconception(wrong, name, hint, further, MappingProxyType(fits))
        unset = [one for one, value in known.defaults.items() if not isinstance(value, float | int)]
        if unset:
            raise TypeError(f"{wrong.__name__}: a fitted parameter has a number as its default: {unset[0]}")
        wrong.mistake = known
        return wrong

    return mark


def mistakes(module: Mapping[str, object] | object) -> tuple[Misconception, ...]:
    """The mistakes of a module, or of `globals()`, in the order in which they stand there."""
    names = module if isinstance(module, Mapping) else vars(module)
    own = [value for value in names.values() if getattr(value, "__module__", None) == names["__name__"]]
    marked = [getattr(value, "mistake", None) for value in own]
    return tuple(one for one in marked if isinstance(one, Misconception))
