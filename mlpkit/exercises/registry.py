"""All sets and questions, found by the names of the files in `mlpkit/questions`: no list to edit.

The engine imports no content: `mlpkit.questions` is looked up by its name when somebody asks for a question.
"""

import importlib
import pkgutil
from functools import cache

from mlpkit._checks import look_up
from mlpkit.exercises.records import ExerciseSet, Question


@cache
def sets() -> dict[str, ExerciseSet]:
    """Every set by name, in order."""
    return {name: exercise_set(name) for name in set_names()}


def _folder():
    """Where the questions are: found by name, since the engine does not import its content."""
    return importlib.import_module("mlpkit.questions").__path__


@cache
def set_names() -> tuple[str, ...]:
    """The names of all sets, in order; nothing is loaded."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(_folder()) if m.name.startswith("ex")))


def exercise_set(name: str) -> ExerciseSet:
    """One set, without loading the others; ValueError names the nearest one.

    >>> exercise_set("ex01_linear_models_and_neurons").title
    'Linear models and neurons'
    """
    look_up("set", name, dict.fromkeys(set_names()))
    return importlib.import_module(f"mlpkit.questions.{name}").SET


@cache
def questions() -> dict[str, Question]:
    """Every question by its function's name; ValueError where two sets ask for one name."""
    found: dict[str, Question] = {}
    for name, one in sets().items():
        for question in one.questions:
            if question.name in found:
                raise ValueError(f"{name} asks for {question.name}, which another set already does")
            found[question.name] = question
    return found


def question(name: str) -> Question:
    """The question of that name, without loading the other sets; ValueError names the nearest one.

    >>> question("pre_activaton")
    Traceback (most recent call last):
    ValueError: unknown question 'pre_activaton'; did you mean 'pre_activation'?
    """
    home = homes().get(name)
    if home:
        found = getattr(importlib.import_module(f"mlpkit.questions.{home}.{name}"), "QUESTION", None)
        if found is not None:
            return found
    return look_up("question", name, questions())


@cache
def homes() -> dict[str, str]:
    """The set in whose folder a file lies, by the file's name; nothing is loaded."""
    return {
        module.name: name
        for name in set_names()
        for place in _folder()
        for module in pkgutil.iter_modules([f"{place}/{name}"])
    }


def set_of(name: str) -> str:
    """The name of the set that a question belongs to; ValueError as in `question`."""
    question(name)
    return homes()[name]
