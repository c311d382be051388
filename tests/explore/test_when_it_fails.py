"""Which hidden layers approximate, and which stop: measured against least squares."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.explore.when_it_fails import AT, CURVES, DEGREES, HIDDEN, MOST, fits, independent

WAVE, EVEN, BOTH, JUMP = CURVES


class TestWhenItFails:
    @pytest.mark.parametrize(("g", "degree"), DEGREES.items())
    def test_polynomial_units_stop_at_the_best_polynomial(self, g, degree):
        best = np.polynomial.Polynomial.fit(AT, CURVES[WAVE](AT), degree)(AT)
        Y, errors = fits(g, True, WAVE)
        for n in (degree, 17, MOST):
            np.testing.assert_allclose(Y[:, n], best, atol=1e-9)
        assert 1.05 < errors["largest"][MOST] < 1.2
        assert independent(g, True)[1][MOST] == degree + 1

    @pytest.mark.parametrize("g", ["sigmoid", "tanh", "ReLU"])
    @pytest.mark.parametrize("curve", [WAVE, EVEN, BOTH])
    def test_others_fall(self, g, curve):
        largest = fits(g, True, curve)[1]["largest"]
        assert largest[MOST] < 0.15 < 0.7 < largest[3]

    def test_the_fit_is_numpys_least_squares(self):
        rng = np.random.default_rng(0)
        w = rng.uniform(4, 12, MOST) * rng.choice([-1, 1], MOST)
        b = -w * rng.uniform(-1, 1, MOST)
        A = np.column_stack([HIDDEN["tanh"](AT[:, None] * w + b)[:, :12], np.ones(len(AT))])
        weights = np.linalg.lstsq(A, CURVES[BOTH](AT), rcond=None)[0]
        np.testing.assert_allclose(fits("tanh", True, BOTH)[0][:, 12], A @ weights, atol=1e-8)

    def test_without_biases_relu_has_rank_two_and_tanh_is_odd(self):
        assert independent("ReLU", False)[1][MOST] == 2
        Y = fits("tanh", False, BOTH)[0]
        # a column of which 1e-9 is new is divided by that: 7 of its 16 digits are left
        np.testing.assert_allclose(Y[::-1], -Y, atol=1e-5)
        even = fits("tanh", False, EVEN)
        np.testing.assert_allclose(even[0], 0, atol=1e-6)
        assert even[1]["largest"][MOST] == pytest.approx(1)

    def test_the_words_begin_with_the_error_that_is_shown(self):
        largest, mean = (explore.when_it_fails(norm=norm).description for norm in ("largest", "mean"))
        assert "Largest error 1.16, shown on the right; mean error 0.6." in largest
        assert "Mean error 0.6, shown on the right; largest error 1.16." in mean

    @pytest.mark.parametrize("g", ["sigmoid", "tanh", "ReLU"])
    def test_a_jump_keeps_its_largest_error_while_the_mean_falls(self, g):
        errors = fits(g, True, JUMP)[1]
        assert (errors["largest"] >= 0.6).all()  # half of the jump: no continuous function is closer
        assert errors["largest"][MOST] < 0.75
        assert errors["mean"][MOST] < 0.2 * errors["mean"][3]
