"""The errors fall as the theory says."""

import numpy as np
import pytest

from mlpkit.explore.error_against_n import COUNTS, bounds, convergence_rate, measure


class TestErrorAgainstN:
    def test_steps_fall_like_one_over_n_and_hats_like_its_square(self):
        assert convergence_rate(measure("merged steps", 1024.0, "sup", "nielsen")) == pytest.approx(
            -1, abs=0.05
        )
        assert convergence_rate(measure("hats", 8.0, "sup", "nielsen")) == pytest.approx(-2, abs=0.08)

    @pytest.mark.parametrize("target", ["nielsen", "sine", "peak"])
    def test_what_is_measured_stays_below_what_theory_allows(self, target):
        for_steps, for_hats = bounds(target)
        # steps of weight 1024 N add 2 ln 2 · L/w to the bound of ideal ones: 0.3 % of it
        assert (measure("merged steps", 1024.0, "sup", target) <= np.multiply(for_steps, 1.003)).all()
        assert (measure("hats", 8.0, "sup", target) <= np.multiply(for_hats, 1 + 1e-9)).all()

    def test_theory_promises_nothing_for_a_jump(self):
        assert np.isnan(bounds("step")).all()

    def test_the_end_point_trap_is_in_the_largest_error_and_not_in_the_mean(self):
        sup, mean = (measure("N bumps", 8.0, norm, "nielsen") for norm in ("sup", "l1"))
        assert sup[COUNTS >= 5].min() > 0.41
        assert mean[-1] < 0.001
