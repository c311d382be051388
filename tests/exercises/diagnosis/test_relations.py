"""Facts about results, tried on every question: its solution, with something done to arguments or result."""

import numpy as np
import pytest

from mlpkit.exercises.registry import question, questions
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade

PLAIN = {
    name: q
    for name, q in questions().items()
    if q.relations and all(probe.observer == "observers.call" for probe in q.probes)
}


def graded(asked, function, seed=0):
    return grade(asked, observations(function, asked.calls(seed)), seed)


def each(result, change):
    """The same change of every array of a result."""
    if isinstance(result, tuple | list):
        return type(result)(each(part, change) for part in result)
    return change(result)


CHANGES = {
    "times 3": lambda r: 3 * np.asarray(r),
    "with the opposite sign": lambda r: -np.asarray(r),
    "plus 0.75": lambda r: np.asarray(r) + 0.75,
    "times 0.3": lambda r: 0.3 * np.asarray(r),
}


@pytest.mark.parametrize("words", CHANGES)
@pytest.mark.parametrize("name", PLAIN)
def test_a_changed_result_is_named_or_told_as_the_change_that_it_is(name, words):
    asked = PLAIN[name]

    def changed(*arguments):
        return each(asked.solution(*arguments), CHANGES[words])

    result = graded(asked, changed)
    assert not result.passed
    assert result.misconception or words in str(result.relation), str(result)


FORMS = {
    "a tuple of 2 entries; its entry 1": lambda r: (r, {"cache": 1}),
    "a tuple of 2 entries; its entry 2": lambda r: ("cache", r),
    "a dictionary; its entry 'out'": lambda r: {"out": r, "n": 3},
}


@pytest.mark.parametrize("words", FORMS)
@pytest.mark.parametrize("name", PLAIN)
def test_a_result_that_is_packed_is_told_with_the_place_where_it_lies(name, words):
    asked = PLAIN[name]

    def packed(*arguments):
        return FORMS[words](asked.solution(*arguments))

    result = graded(asked, packed)
    assert not result.passed
    assert result.misconception or words in str(result.relation), str(result)


def told(name, function):
    return str(graded(question(name), function).relation)


def test_a_factor_is_called_by_the_size_that_it_is():
    solve = question("mlp_backward").solution

    def averaged_twice(X, params, g, dg, dZ_last):
        return [(dW / len(X), db / len(X)) for dW, db in solve(X, params, g, dg, dZ_last)]

    result = graded(question("mlp_backward"), averaged_twice)
    assert result.misconception or "divided by N, the number of rows of X" in str(result.relation)


def test_an_argument_that_is_changed_first_is_told():
    solve = question("softmax_vjp").solution
    assert "for Z/2 instead of Z" in told("softmax_vjp", lambda Z, G: solve(Z / 2, G))
    solve_bump = question("bump").solution
    assert "with s1 and h exchanged" in told("bump", lambda x, s1, s2, h, w: solve_bump(x, h, s2, s1, w))


def test_parts_that_are_right_are_told_apart_from_parts_that_are_not():
    solve = question("dense_backward").solution

    def partly(X, W, G):
        dX, dW, db = solve(X, W, G)
        return dX, 5 * dW, db

    said = told("dense_backward", partly)
    assert "your dW is the right one times 5" in said
    assert "your dX and your db are right" in said


def test_a_known_mistake_with_something_on_top_is_told_as_both():
    asked = question("neuron")
    missing = next(m for m in asked.misconceptions if m.id == "bias-missing" or "bias" in m.id)

    def twice(X, w, b, g):
        return 4 * np.asarray(missing.wrong(X, w, b, g))

    result = graded(asked, twice)
    assert "times 4" in str(result.relation), str(result)


def test_where_it_is_right_and_where_not_is_told():
    solve = question("swish_derivative").solution

    def zero_on_the_left(z, beta):
        return np.where(z < 0, 0.0, solve(z, beta))

    said = told("swish_derivative", zero_on_the_left)
    assert "right where z ≥ 0" in said or "right where z > 0" in said
    assert "elsewhere it is 0" in said


def test_digits_that_agree_are_counted():
    solve = question("gelu").solution
    ripple = told("gelu", lambda z: solve(z) * (1 + 1e-5 * np.sin(7 * z)))
    assert "5 digits agree" in ripple


def test_a_result_that_says_nothing_gets_no_fact():
    rng = np.random.default_rng(4)
    result = graded(question("dense_forward"), lambda X, W, b: rng.normal(size=(len(X), W.shape[1])))
    assert result.relation is None
    assert result.misconception is None
    assert result.hint


def test_the_fact_is_the_same_under_every_seed():
    asked = question("softmax_vjp")
    said = {graded(asked, lambda Z, G: 7 * asked.solution(Z, G), seed).relation for seed in range(5)}
    assert said == {"On every input your result is the right one times 7"}
