"""Swish: the printed gradient and the right one, the lowest point and the largest slope."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.activations import activation
from mlpkit.explore.swish import LOWEST, STEEPEST, corrected_slope, slide_slope


@pytest.mark.parametrize("beta", [0.0, 1.0])
def test_the_slides_slope_of_swish_is_right_where_the_lecture_says(beta):
    z = np.linspace(-5, 5, 101)
    np.testing.assert_allclose(slide_slope(z, beta), corrected_slope(z, beta), atol=1e-14)
    assert "they agree" in explore.swish_slope(beta=beta).description


@pytest.mark.parametrize("beta", [0.3, 0.9, 1.1, 2.0, 10.0])
def test_the_slides_slope_of_swish_is_wrong_elsewhere(beta):
    z = np.linspace(-5, 5, 101)
    assert np.abs(slide_slope(z, beta) - corrected_slope(z, beta)).max() > 0.02
    assert "largest difference" in explore.swish_slope(beta=beta).description


def test_the_numbers_of_slide_13_are_in_the_words():
    words = explore.swish_slope().description
    assert "1.20482" in words
    assert "0.92767" in words


@pytest.mark.parametrize("beta", [0.5, 1.0, 7.0])
def test_the_lowest_point_and_the_largest_slope_of_swish_scale_with_beta(beta):
    g, near = activation("swish", beta=beta), np.linspace(-0.3, 0.3, 61)
    assert (g(LOWEST / beta + near) >= g(LOWEST / beta)).all()
    assert (g.dg(STEEPEST / beta + near) <= g.dg(STEEPEST / beta) + 1e-15).all()
    assert g.dg(STEEPEST / beta) == pytest.approx(1.09984, abs=5e-6)
