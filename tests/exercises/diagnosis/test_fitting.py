"""The number of a mistake is found from what came, whatever its size."""

import numpy as np
import pytest

from mlpkit.exercises.comparisons import Tolerance, shape, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade

FINE = Tolerance(1e-12, 1e-300, "one logarithm")


def log_likelihood(p):
    """The sum of the logarithms. p (N,) -> a number"""
    return np.log(p).sum()


@mistake("the sum is taken twice", "How often do you add up?")
def twice(p):
    return 2 * np.log(p).sum()


@mistake("{eps:g} is added inside the logarithm", "What is log {eps:g}?", eps=between(1e-40, 0.1))
def small_number_added(p, eps=1e-12):
    return np.log(p + eps).sum()


@mistake(
    "probabilities below {bound:g} are raised to it", "What about smaller ones?", bound=between(1e-30, 0.5)
)
def clipped(p, bound=1e-7):
    return np.log(np.maximum(p, bound)).sum()


QUESTION = Question(
    log_likelihood,
    "the sum",
    (
        Probe("ordinary", lambda r: (r.uniform(0.1, 0.9, 4),), digits=None),
        Probe("small", lambda r: (10.0 ** -np.array([2.0, 9.0, 16.0, 25.0, 33.0]),), digits=None),
    ),
    (shape(1), values(2, FINE)),
    (),
    mistakes(globals()),
)


def graded(function, seed=0):
    return grade(QUESTION, observations(function, QUESTION.calls(seed)), seed)


@pytest.mark.parametrize("eps", [1e-30, 1e-20, 1e-15, 2.3e-12, 1e-8, 1e-7, 1e-3, np.finfo(float).eps])
def test_any_small_number_is_one_mistake_and_is_told(eps):
    result = graded(lambda p: np.log(p + eps).sum())
    assert result.misconception == "small-number-added"
    assert f"{eps:g} is added" in result.mistake
    assert f"log {eps:g}" in result.hint


@pytest.mark.parametrize("bound", [1e-24, 1e-15, 1e-7, 0.05])
def test_a_bound_is_found_as_well(bound):
    result = graded(lambda p: np.log(np.maximum(p, bound)).sum())
    assert result.misconception == "clipped"
    assert f"{bound:g}" in result.mistake


def test_what_no_number_explains_is_not_called_by_one():
    result = graded(lambda p: np.log(p + 1e-3 * p**2).sum())
    assert result.misconception is None


def test_a_mistake_without_a_number_comes_first_where_it_stands_first():
    assert graded(lambda p: 2 * np.log(p).sum()).misconception == "twice"


def test_a_fitted_parameter_needs_a_default_and_a_range():
    with pytest.raises(TypeError, match="has a number as its default: eps"):

        @mistake("…", "…", eps=between(1e-9, 1.0))
        def without(p, eps=None):
            return p

    with pytest.raises(ValueError, match="0 < low < high"):
        between(1.0, 0.5)
