"""The failing call that is shown can be copied and run, and shows what it says."""

import numpy as np
import pytest

from mlpkit.exercises.failing_call import as_code
from mlpkit.exercises.registry import questions
from mlpkit.exercises.sandboxed.run import Built, observations
from mlpkit.exercises.verdict import grade

QUESTIONS = questions()


def wrong(*arguments):
    return "nothing of the kind"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_failing_property_has_a_call_that_runs_as_it_stands(name):
    question = QUESTIONS[name]
    result = grade(question, observations(wrong, question.calls(0)), 0)
    for finding in result.findings:
        if finding.points:
            continue
        if not finding.call:
            assert hard_to_write_down(question, finding), f"{finding.name} has no call"
            continue
        space = {"np": np, name: question.solution}
        exec(finding.call, space)
        assert "# expected: " in finding.call
        assert "# got:      " in finding.call


def hard_to_write_down(question, finding):
    """Arguments that have no short form: objects, graphs, functions with a name of their own."""
    prop = next(p for p in question.properties if p.name == finding.name)
    calls = [c for c in question.calls(0) if prop.looks_at(c.probe)]
    return all(any(isinstance(a, Built) and as_code(a) is None for a in c.arguments) for c in calls)


def test_arguments_are_written_as_code_that_gives_them_back():
    for value in (
        np.array([[0.5, -2.0]]),
        np.array([1, 0]),
        [2, 3],
        (np.array([1.0]), "a"),
        0.25,
        np.float64(3.5),
    ):
        again = eval(str(as_code(value)), {"np": np})
        if isinstance(value, np.ndarray):
            assert again.dtype == value.dtype
            np.testing.assert_array_equal(again, value)
        else:
            assert repr(again) == repr(value) or again == value


def test_functions_are_written_as_short_expressions():
    named = Built("functions.named", {"name": "bent"})
    assert eval(str(as_code(named)))(3.0) == 6.0
    assert as_code(Built("ex99.unknown", {})) is None
