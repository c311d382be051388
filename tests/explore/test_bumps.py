"""Bumps and steps: the curve is the network's, the errors fall as the theory says."""

import numpy as np
import pytest

from mlpkit.approximation import TARGETS, bump_network
from mlpkit.explore.bumps import COUNTS, bounds, convergence_rate, measure, n_bumps


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


def test_more_bumps_make_the_mean_error_fall_and_the_unit_count_rise():
    five, forty = n_bumps(n=5), n_bumps(n=40)
    assert "10 hidden units" in five.description
    assert "80 hidden units" in forty.description
    mean = [float(stage.description.split("Mean error ")[1].split(",")[0]) for stage in (five, forty)]
    assert mean[1] < mean[0] / 3


def test_the_curve_of_n_bumps_is_the_prediction_of_the_network():
    stage = n_bumps(n=12, steepness=16.0)
    (curve,) = [line for line in stage.figure.axes[0].lines if line.get_label() == "network ŷ"]
    net = bump_network(TARGETS["nielsen"].f, 12, 192.0)
    x = curve.get_xdata()
    np.testing.assert_array_equal(curve.get_ydata(), net.predict(x[:, None])[:, 0])
