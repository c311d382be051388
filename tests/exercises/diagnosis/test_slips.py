"""Right solutions with one slip: made by rule, told by kind, and found in what came."""

import numpy as np
import pytest

from mlpkit.exercises.diagnosis.slips import MOST, double_slips, slips
from mlpkit.exercises.registry import question, questions
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade

CASES = [
    ("sigmoid_backward", lambda a, G: G * a + (1 - a), "one product is a sum"),
    ("dense_backward", lambda X, W, G: (G @ W.T, X.T @ G, G.sum(axis=0) * (1 + X[0, 0])), None),
    ("softmax_vjp", lambda Z, G: _vjp(Z, G, 0), "runs over the other axis"),
]


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _vjp(Z, G, axis):
    S = _softmax(Z)
    return S * (G - (G * S).sum(axis=axis, keepdims=True))


@pytest.mark.parametrize(("name", "function", "said"), CASES, ids=[name for name, _, _ in CASES])
def test_a_slip_is_told_by_its_kind_and_nothing_is_told_of_what_is_none(name, function, said):
    asked = question(name)
    result = grade(asked, observations(function, asked.calls(0)), 0)
    if said is None:
        assert "comes where" not in str(result.relation)
    else:
        assert result.misconception or said in str(result.relation), str(result)


@pytest.mark.parametrize("name", questions())
def test_slips_are_runnable_and_their_words_show_no_code(name):
    asked = question(name)
    for slip in slips(asked):
        assert callable(slip.function)
        assert slip.hint
        assert not any(sign in slip.text for sign in ("(", "np.", "[", "@")), slip.text
    assert len(double_slips(asked)) <= MOST
    assert slips(asked) is slips(asked)


def test_a_solution_that_searches_without_an_end_is_left_as_it_is():
    functions = {slip.function.__name__ for slip in slips(question("units_for_error"))}
    assert "units_by_trying" not in functions
    assert "units_for_error" in functions


def test_a_solution_that_imports_something_is_left_as_it_is():
    functions = {slip.function.__name__ for slip in slips(question("log_softmax"))}
    assert "log_softmax_by_scipy" not in functions
    assert "log_softmax" in functions
