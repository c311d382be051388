"""The bounds of the theory: no network exceeds them, and some nearly reach them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.approximation import (
    TARGETS,
    errors,
    hat_bound,
    merged_network,
    naive_tower_units,
    step_bound,
)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "step_bound expects n >= 1; got 0", lambda: step_bound(1.0, 0)),
        (ValueError, r"step_bound expects L in \[0, inf\]; got -1", lambda: step_bound(-1, 3)),
    ],
)
def test_mistakes_in_step_bound_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()


continuous = pytest.mark.parametrize(
    "goal", [t for t in TARGETS.values() if t.continuous], ids=lambda t: t.name
)


@continuous
@pytest.mark.parametrize("n", [1, 2, 5, 40, 200])
@pytest.mark.parametrize("factor", [0.3, 1, 4, 8, 50, 1e6])
def test_merged_steps_of_finite_steepness_stay_below_their_bound(goal, n, factor):
    found = errors(goal.f, merged_network(goal.f, n, factor * n))
    assert found.sup <= step_bound(goal.lipschitz, n, steepness=factor * n) * (1 + 1e-5)


@given(
    n=st.integers(1, 50),
    w=st.floats(0.1, 1e4),
    slopes=st.lists(st.floats(-1, 1), min_size=2, max_size=20),
)
def test_the_bound_holds_for_any_function_of_slope_at_most_one(n, w, slopes):
    knots = np.linspace(0, 1, len(slopes) + 1)
    heights = np.concatenate([[0.0], np.cumsum(slopes) / len(slopes)])

    def f(x):
        return np.interp(x, knots, heights)

    assert errors(f, merged_network(f, n, w), np.linspace(0, 1, 301)).sup <= step_bound(1.0, n, w) + 1e-12


def test_the_bound_is_nearly_reached_by_a_steep_slope_and_needs_both_its_terms():
    def f(x):
        return np.abs(x - 0.5)  # at ½ all the noise adds up: the error is E|N|/w, when n is large

    found = errors(f, merged_network(f, 2001, 50), np.array([0.25, 0.5])).sup
    assert 0.95 * step_bound(1.0, 2001, 50) < found <= step_bound(1.0, 2001, 50)
    assert found > 50 * step_bound(1.0, 2001)


def test_how_many_units_the_curse_of_dimension_costs():
    assert [naive_tower_units(10, d) for d in (1, 2, 3)] == [30, 500, 7000]
    assert naive_tower_units(10, 10) == 21 * 10**10


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "step_bound expects steepness > 0; got 0", lambda: step_bound(1.0, 3, 0)),
        (ValueError, "step_bound expects a finite steepness", lambda: step_bound(1.0, 3, np.nan)),
        (ValueError, "hat_bound expects n >= 1", lambda: hat_bound(1.0, 0)),
        (ValueError, r"hat_bound expects M in \[0, inf\]", lambda: hat_bound(-1.0, 3)),
        (ValueError, "naive_tower_units expects d >= 1", lambda: naive_tower_units(1, 0)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
