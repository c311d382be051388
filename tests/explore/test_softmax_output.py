"""Softmax by the plain formula, and its Jacobian."""

import numpy as np

from mlpkit.explore.softmax_output import jacobian, plain_softmax
from mlpkit.outputs import softmax


def test_the_plain_softmax_fails_beyond_709_and_the_stage_says_so(built):
    z = np.array([2.0, 1.0, -1.0])
    np.testing.assert_allclose(plain_softmax(z + 700), softmax(z))
    assert np.isnan(plain_softmax(z + 710)).any()
    assert "fails" in built("softmax_output", offset=720).description
    assert "agrees" in built("softmax_output", offset=700).description


def test_the_jacobian_is_the_derivative_and_its_rows_sum_to_zero():
    z, h = np.array([2.0, 1.0, -1.0]), 1e-20
    complex_step = np.array([softmax(z + 1j * h * e).imag / h for e in np.eye(3)]).T
    np.testing.assert_allclose(jacobian(softmax(z)), complex_step, rtol=1e-13)
    np.testing.assert_allclose(jacobian(softmax(z)).sum(axis=1), 0, atol=1e-16)
