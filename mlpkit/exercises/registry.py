"""All sets and questions, found by the names of the files in `sets`: no list to edit."""

import importlib
import pkgutil
from functools import cache

from mlpkit._checks import look_up
from mlpkit.exercises.records import ExerciseSet, Question


@cache
def sets() -> dict[str, ExerciseSet]:
    """Every set by name, in order."""
    from mlpkit.exercises import sets as folder

    names = sorted(m.name for m in pkgutil.iter_modules(folder.__path__) if m.name.startswith("ex"))
    return {name: importlib.import_module(f"{folder.__name__}.{name}").SET for name in names}


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
    """The question of that name; ValueError names the nearest one.

    >>> question("pre_activaton")
    Traceback (most recent call last):
    ValueError: unknown question 'pre_activaton'; did you mean 'pre_activation'?
    """
    return look_up("question", name, questions())


def set_of(name: str) -> str:
    """The name of the set that a question belongs to."""
    return next(s for s, one in sets().items() if any(q.name == name for q in one.questions))
