"""The student's functions are checked: if all are right, a figure calls them; else a line says why not."""

import functools
import importlib
from dataclasses import dataclass
from html import escape

from mlpkit._moved import warn_of_new_name
from mlpkit.exercises.checking import examine
from mlpkit.exercises.registry import question, set_of
from mlpkit.exercises.result import CheckResult
from mlpkit.exercises.sandboxed.quiet import quiet


def solution_figure(*functions, **start):
    """A figure that calls the given functions, or a Missing that says which of them are not yet right.

    The first function's name chooses the figure; `start`: the first values of its controls. Nothing is
    entered into the progress. Raises TypeError and ValueError like `check`.

    >>> def decision_boundary(w, b):
    ...     raise NotImplementedError
    >>> solution_figure(decision_boundary)
    <no picture yet: decision_boundary is not written yet>
    """
    if not functions:
        raise TypeError("solution_figure expects your function itself: solution_figure(decision_boundary)")
    results = [examine(function) for function in functions]
    if not all(result.passed for result in results):
        return Missing(tuple(results))
    return builder(results[0].question)(*map(_silenced, functions), **start)


def _silenced(function):
    """The same function, whose prints and warnings do not fill the page at every move of a slider."""

    @functools.wraps(function)
    def called(*arguments, **options):
        with quiet():
            return function(*arguments, **options)

    return called


def builder(name: str):
    """The function that builds the figure of a question; ValueError where it has none."""
    home = set_of(question(name).name)
    try:
        return getattr(importlib.import_module(f"mlpkit.solution_figures.{home}"), name)
    except (ModuleNotFoundError, AttributeError):
        raise ValueError(f"{name} has no picture of its own") from None


@dataclass(frozen=True)
class Missing:
    """Why there is no picture yet: a short note, as HTML and as text."""

    results: tuple[CheckResult, ...]

    @property
    def description(self) -> str:
        """'neuron is not yet right (2 of 5 points)', all that are not right in one sentence."""
        return ", ".join(_state(result) for result in self.results if not result.passed)

    @property
    def words(self) -> str:
        """The old name of `description`."""
        warn_of_new_name("Missing.words", "Missing.description")
        return self.description

    def __repr__(self):
        return f"<no picture yet: {self.description}>"

    def __str__(self):
        return f"The figure appears when the checks above pass: {self.description}."

    def _repr_pretty_(self, printer, cycle):
        printer.text(repr(self))

    def _repr_html_(self):
        style = "border:1px dashed currentColor;border-radius:4px;padding:.5em .9em;max-width:54em"
        return f'<p class="mlpkit-missing" style="{style}">{escape(str(self))}</p>'


def _state(result):
    if result.status != "checked":
        return (
            f"{result.question} is {result.status}"
            if result.status != "stopped"
            else f"{result.question} does not end"
        )
    return f"{result.question} has {result.score:g} of {result.max_score:g} points"
