"""The notation of wrong solutions."""

import re

import pytest

from mlpkit.exercises.mistakes import Misconception, between, mistake, mistakes
from mlpkit.exercises.registry import questions


@mistake("the first one", "Which one?")
def _first(x):
    return x


@mistake(
    "{limit:g} is too much", "Is {limit:g} too much?", "Half of it?", "None of it?", limit=between(1e-3, 10)
)
def second_one(x, limit=2.0):
    return min(x, limit)


def no_mistake(x):
    return x


def test_a_marked_function_stays_the_function_that_it_is():
    assert _first(3) == 3
    assert second_one(5) == 2.0


def test_the_mistakes_of_a_module_come_in_the_order_in_which_they_stand():
    found = mistakes(globals())
    assert [one.id for one in found] == ["first", "second-one"]
    assert all(isinstance(one, Misconception) for one in found)


def test_a_fitted_number_is_shown_in_the_words():
    known = mistakes(globals())[1]
    assert known.fitted({"limit": 0.5}).name == "0.5 is too much"
    assert known.fitted({}).hint == "Is 2 too much?"
    assert known.further == ("Half of it?", "None of it?")


@pytest.mark.parametrize("name", questions())
def test_names_complete_the_sentence_and_hints_are_ideas(name):
    for known in questions()[name].misconceptions:
        shown = known.fitted({})
        assert not shown.name.endswith("."), known.id
        assert len(shown.name.split()) >= 2, f"{known.id}: a clause completes 'It looks as if …'"
        assert not re.search(r"\{\w*:?[.\w]*\}", shown.name + shown.hint), known.id
        assert len(shown.hint) > 15, known.id
