"""Answers kept aside: written by others from the notebooks alone, and as public code has these functions.

None of them was used to build a question or the diagnosis. A function's name says whether it is right, its
docstring what is wrong. How many of the wrong ones are named or explained is printed at the end of the run.
"""

import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest

from mlpkit.exercises.registry import question, questions
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade

FOLDER = Path(__file__).parent / "answers"
NAME = re.compile(r"[ap]\d+_(right|wrong)\w*")
ENOUGH = 5 / 6  # of the wrong answers of all questions together

pytestmark = (
    pytest.mark.slow
)  # a minute: the two hundred that nothing fits at once are compared with all there is


def answers_to(name):
    """The answers in one file, freshly imported: some keep a state between calls."""
    spec = importlib.util.spec_from_file_location(f"answers_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {one: getattr(module, one) for one in vars(module) if NAME.fullmatch(one)}


# Right by the rules of the course, whatever their authors say.
BY_RULE = {
    ("count_parameters", "a17_wrong"),  # a whole number of any type is a whole number
    ("sawtooth", "a17_wrong"),  # float32 has fewer digits, which are right
    ("train_xor", "p01_wrong"),  # it learns from some starts: seed 0 has three of them among five
}
ANSWERS = [(name, one) for name in questions() for one in answers_to(name) if (name, one) not in BY_RULE]


@cache
def graded(name, one):
    function, asked = answers_to(name)[one], question(name)
    function.__name__ = name
    return grade(asked, observations(function, asked.calls(0)), 0)


def understood(result):
    return bool(result.misconception or result.relation or result.explained)


def test_there_are_answers_to_every_question():
    assert {path.stem for path in FOLDER.glob("*.py")} == set(questions())


@pytest.mark.parametrize(("name", "one"), [pair for pair in ANSWERS if "_right" in pair[1]])
def test_a_right_answer_gets_full_marks(name, one, record_property):
    result = graded(name, one)
    record_property("right answer", result.passed)
    assert result.passed, str(result)


@pytest.mark.parametrize(("name", "one"), [pair for pair in ANSWERS if "_wrong" in pair[1]])
def test_a_wrong_answer_loses_points_and_hears_something(name, one, record_property):
    result = graded(name, one)
    record_property("wrong answer", understood(result))
    assert not result.passed, answers_to(name)[one].__doc__
    assert result.hint
    assert not any("please report" in note for note in result.notes), result.notes


def test_five_of_six_wrong_answers_are_named_or_explained():
    wrong = [pair for pair in ANSWERS if "_wrong" in pair[1]]
    silent = [pair for pair in wrong if not understood(graded(*pair))]
    assert len(silent) <= (1 - ENOUGH) * len(wrong), silent
