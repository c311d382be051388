"""Sets and questions by name: found in their folders, loaded when asked for."""

import subprocess
import sys

import pytest

from mlpkit.exercises.registry import exercise_set, homes, question, questions, set_names, set_of, sets


def test_every_question_is_found_in_its_set():
    assert list(sets()) == list(set_names())
    for name, one in sets().items():
        for record in one.questions:
            assert question(record.name) is record is questions()[record.name]
            assert set_of(record.name) == name == homes()[record.name]


@pytest.mark.parametrize(
    ("look_up", "name", "message"),
    [
        (question, "pre_activaton", "unknown question 'pre_activaton'; did you mean 'pre_activation'"),
        (question, "common", "unknown question 'common'"),
        (exercise_set, "ex06_trainng", "unknown set 'ex06_trainng'; did you mean 'ex06_training'"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(look_up, name, message):
    with pytest.raises(ValueError, match=message):
        look_up(name)


def test_the_engine_is_imported_without_any_question():
    code = (
        "import sys, mlpkit.exercises.registry, mlpkit.exercises.checking, mlpkit.exercises.notebooks\n"
        "print([m for m in sys.modules if m.startswith('mlpkit.questions') or m == 'nbformat'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
