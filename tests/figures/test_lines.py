"""Lines in a plane as arrays of points."""

import numpy as np
import pytest

from mlpkit.figures.lines import level_line, zero_lines


@pytest.mark.parametrize(("w", "height"), [((1.0, -1.0), 0.5), ((0.0, 2.0), -3.0), ((-4.0, 0.0), 1.0)])
def test_a_level_line_has_the_value_at_both_ends_and_is_perpendicular_to_w(w, height):
    ends = level_line(w, height)
    np.testing.assert_allclose(ends @ w, height, atol=1e-12)
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(16)


def test_without_weights_there_is_no_level_line():
    assert np.isnan(level_line((0.0, 0.0), 1.0)).all()


def test_zero_lines_are_the_level_lines_of_all_units_with_a_gap_after_each():
    w = np.array([[1.0, 0.0, -4.0], [-1.0, 2.0, 0.5], [0.5, -3.0, 1.0]])
    points = zero_lines(w, 8.0).reshape(2, 3, 3)
    assert np.isnan(points[:, :, 2]).all()
    for k in range(3):
        ends = level_line(w[:2, k], -w[2, k])
        np.testing.assert_allclose(sorted(points[:, k, :2].T.tolist()), sorted(ends.tolist()), atol=1e-9)
