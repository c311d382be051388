"""Slopes behind the sigmoid, and steps with mean or sum."""

import numpy as np
import pytest

from mlpkit.explore.loss_functions import descent, through_sigmoid
from mlpkit.losses import binary_cross_entropy_grad, squared_error_grad


def test_slopes_behind_the_sigmoid_are_those_of_the_slide():
    p = np.array([0.001, 0.02, 0.5, 0.9])
    for y in (0, 1):
        np.testing.assert_allclose(through_sigmoid(binary_cross_entropy_grad, p, y), p - y, rtol=1e-12)
        np.testing.assert_allclose(through_sigmoid(squared_error_grad, p, y), 2 * (p - y) * p * (1 - p))


@pytest.mark.parametrize("summed", [True, False])
@pytest.mark.parametrize("n", [1, 8, 64])
def test_each_step_multiplies_the_distance_by_the_factor_that_the_words_tell(n, summed):
    way, losses = descent(n, 1 / 64, summed)
    factor = 1 - 2 / 64 * (n if summed else 1)
    np.testing.assert_allclose(1 - way, factor ** np.arange(21), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(losses, (1 - way) ** 2, atol=1e-20)
