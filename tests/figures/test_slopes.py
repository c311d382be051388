"""Measured slopes of activation functions."""

import numpy as np
import pytest

from mlpkit.activations import ACTIVATIONS
from mlpkit.figures.slopes import STEP, numeric_slope, one_sided_slopes, slopes_at
from mlpkit.gradcheck import numeric_gradient


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_of_a_curve_is_the_numeric_gradient_at_each_of_its_points(name):
    g, z = ACTIVATIONS[name], np.linspace(-3, 3, 7) + 0.01
    gradient = [numeric_gradient(lambda v: float(g(v[0])), [value], STEP)[0] for value in z]
    np.testing.assert_allclose(numeric_slope(g, z), gradient, atol=1e-9)  # rounding errors are about 1e-16/h


def test_a_corner_has_two_slopes_and_a_jump_has_none():
    assert slopes_at(ACTIVATIONS["leaky_relu"], 0.0) == pytest.approx(
        (ACTIVATIONS["leaky_relu"].dg(-1.0), 1.0)
    )
    assert slopes_at(ACTIVATIONS["step"], 0.0) == ()
    assert slopes_at(ACTIVATIONS["tanh"], 0.5) == (ACTIVATIONS["tanh"].dg(0.5),) * 2
    assert one_sided_slopes(ACTIVATIONS["relu"], 0.0) == pytest.approx((0.0, 1.0))
