"""Bounds on the number of linear regions: the numbers of the lecture, exact integers, bad input."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.depth import (
    deep_bound,
    montufar_bound,
    shallow_bound,
)


def test_the_numbers_that_the_lecture_quotes():
    assert (montufar_bound([2, 8, 8]), shallow_bound(2, 16)) == (592, 137)
    for n in range(1, 9):
        assert shallow_bound(2, n) == 1 + n + comb(n, 2)
        assert shallow_bound(1, n) == n + 1
        assert shallow_bound(n, n) == 2**n  # every unit halves every part
    assert shallow_bound(3, 0) == 1


@given(n_in=st.integers(1, 4), hidden=st.lists(st.integers(4, 60), min_size=1, max_size=6))
def test_the_lower_bound_is_below_the_upper_one_and_both_meet_in_one_layer(n_in, hidden):
    low, high = montufar_bound([n_in, *hidden]), deep_bound([n_in, *hidden])
    assert isinstance(low, int)
    assert 1 <= low <= high
    if len(hidden) == 1:
        assert low == high == shallow_bound(n_in, hidden[0])


def test_bounds_are_exact_far_beyond_float64():
    assert montufar_bound([1, *[2] * 200]) == 2**199 * 3
    assert deep_bound([1, *[2] * 200]) == 3**200
    assert deep_bound([5, 1, 9]) == 2 * 10  # a bottleneck: behind it everything is one-dimensional


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "as wide as the input, 3; got .4, 2.", lambda: montufar_bound([3, 4, 2])),
        (ValueError, "montufar_bound expects the input's width and", lambda: montufar_bound([3])),
        (ValueError, "deep_bound expects width >= 1; got 0", lambda: deep_bound([3, 0])),
        (TypeError, "shallow_bound expects an integer n_hidden; got 2.0", lambda: shallow_bound(2, 2.0)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
