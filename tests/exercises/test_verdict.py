"""From observations to points and a diagnosis."""

from cell_functions import defined

from mlpkit.exercises import check


def test_a_second_mistake_beside_a_known_one_does_not_hide_it():
    result = check(defined("z = X @ w\nX[0] = 9\nreturn z"))
    assert result.misconception == "no-bias"
    assert result.score < 2
