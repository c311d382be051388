"""Derivatives measured by central differences and by the complex step."""

import numpy as np
import pytest

from mlpkit.gradcheck import complex_step_gradient, numeric_gradient


@pytest.mark.parametrize(("gradient", "digits"), [(numeric_gradient, 1e-9), (complex_step_gradient, 1e-14)])
def test_both_ways_give_the_slopes_of_a_plain_function_and_leave_x_alone(gradient, digits):
    x = np.array([[0.5, -1.0, 2.0], [3.0, 0.1, -0.2]])
    before = x.tobytes()
    slopes = gradient(lambda x: (np.sin(x) * x).sum(), x)
    np.testing.assert_allclose(slopes, np.cos(x) * x + np.sin(x), rtol=digits, atol=digits)
    assert x.tobytes() == before
    assert gradient(lambda x: x**3, 2).round(6) == 12
    assert gradient(lambda x: x.sum(), np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, r"count beside x\[0\] = 1e\+20", lambda: numeric_gradient(lambda x: x[0], [1e20])),
        (ValueError, r"f\(x\) to be one number; got shape \(2,\)", lambda: numeric_gradient(abs, [1.0, 2.0])),
        (
            TypeError,
            r"f\(x\) to be float; got \(1\+0j\): take real x, or complex_step",
            lambda: numeric_gradient(lambda x: 1 + 0j, [1.0]),
        ),
        (TypeError, "numeric_gradient expects x to hold numbers", lambda: numeric_gradient(len, ["a"])),
        (
            TypeError,
            r"f\(x\) to be complex; got 1.0: abs, float or .real in f drops",
            lambda: complex_step_gradient(lambda x: abs(x[0]), [1.0]),
        ),
        (TypeError, "expects real numbers in x; got complex128", lambda: complex_step_gradient(np.sum, [1j])),
        (ValueError, "complex_step_gradient expects h > 0", lambda: complex_step_gradient(abs, [1.0], h=-1)),
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
