"""What a property compares: the student's observation with the solution's."""

import numpy as np
import pytest

from mlpkit.exercises.comparisons import (
    Tolerance,
    custom,
    no_warnings,
    shape,
    unchanged,
    values,
    whole_number,
)
from mlpkit.exercises.records import Mismatch
from mlpkit.exercises.sandboxed.plain import plain
from mlpkit.exercises.sandboxed.run import Observation

EXACT = Tolerance(1e-9, 1e-12, "a test")


def seen(value, **rest):
    """The observation of a call that returned this value."""
    return Observation("probe", plain(value), **rest)


def test_float32_passes_and_a_forward_difference_would_not():
    compare = values(1, EXACT).compare
    almost = np.array([1.0 + 5e-7])
    assert compare(seen(almost.astype(np.float32)), seen(np.array([1.0]))) is None
    assert compare(seen(almost), seen(np.array([1.0]))).got == "1.0000005"


def test_a_mismatch_names_the_first_place_and_counts_the_others():
    got, wanted = (np.array([[1.0, second], [4.0, last]]) for second, last in ((2.0, 5.0), (3.0, 6.0)))
    found = values(1, EXACT).compare(seen(got), seen(wanted))
    assert found == Mismatch("3", "2; 2 of 4 entries differ", "[0, 1]")


def test_one_part_of_a_tuple_is_compared_alone():
    compare = values(1, EXACT, part=1).compare
    assert compare(seen((np.zeros(2), np.ones(3))), seen((np.ones(2), np.ones(3)))) is None
    assert compare(seen((np.ones(2), np.zeros(3))), seen((np.ones(2), np.ones(3)))).where == "[1][0]"


def test_a_tolerance_has_its_reason():
    with pytest.raises(ValueError, match="needs its reason"):
        Tolerance(1e-9, 1e-12, "")


def test_the_shape_of_every_array_of_a_list_is_compared():
    compare = shape().compare
    wanted = seen([np.zeros((2, 3)), np.zeros(3)])
    assert compare(seen([np.ones((2, 3)), np.ones(3)]), wanted) is None
    assert compare(seen([np.ones((2, 3)), np.ones(2)]), wanted) == Mismatch("shape (3,)", "shape (2,)", "[1]")


def test_a_warning_counts_where_it_is_of_the_kind_asked_for_and_the_solution_has_none():
    compare = no_warnings(kinds=("overflow",)).compare
    overflown = seen(1.0, warned=("overflow encountered in exp",))
    assert compare(overflown, seen(1.0)) == Mismatch("no warning", "overflow encountered in exp")
    assert compare(overflown, overflown) is None
    assert compare(seen(1.0, warned=("divide by zero",)), seen(1.0)) is None


def test_numbers_that_are_not_finite_are_a_mismatch_unless_the_solution_has_them():
    compare = no_warnings().compare
    assert compare(seen(np.array([1.0, np.nan])), seen(np.ones(2))) == Mismatch("finite numbers", "nan")
    assert compare(seen(np.array([1.0, np.inf])), seen(np.array([1.0, np.inf]))) is None


def test_a_whole_number_may_have_any_type():
    compare = whole_number().compare
    assert compare(seen(3.0), seen(3)) is None
    assert compare(seen(2.5), seen(3)) == Mismatch("a whole number", "2.5")


def test_an_argument_may_change_where_the_solution_changes_it():
    compare = unchanged().compare
    assert compare(seen(1.0, changed=(1,)), seen(1.0)).got == "argument 2 was changed"
    assert compare(seen(1.0, changed=(1,)), seen(1.0, changed=(1,))) is None


def test_an_exception_is_a_mismatch_that_names_its_line():
    got = seen(None, raised="IndexError", message="too far", line="line 2: y = X[9]")
    found = values(1, EXACT).compare(got, seen(1.0))
    assert found == Mismatch("a result", "IndexError: too far", "line 2: y = X[9]")


def test_a_comparison_of_your_own_is_called_with_both_observations():
    prop = custom("twice", 1, lambda got, wanted: None if got is wanted else Mismatch("this", "that"))
    one = seen(1.0)
    assert prop.compare(one, one) is None
    assert prop.compare(one, seen(1.0)) == Mismatch("this", "that")
