"""The gradient check: the error has its least value at a middle h, and the complex step has no such place."""

import numpy as np

from mlpkit.explore.central_differences import LOG_H, check_errors


def test_differences_have_their_least_error_between_large_and_small_steps_and_the_complex_step_has_none():
    forward, central, exact = check_errors("tanh, smooth", "float64")
    for errors, low, high in ((forward, -9, -7), (central, -7, -4)):
        assert low <= LOG_H[errors.argmin()] <= high
    assert exact[LOG_H < -8].max() < 1e-14
    assert np.median(check_errors("tanh, smooth", "float32")[1]) > np.median(central)
