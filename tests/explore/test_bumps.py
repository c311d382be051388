"""Bumps and steps: the curve is the network's."""

import numpy as np

from mlpkit.approximation import TARGETS, bump_network
from mlpkit.explore.bumps import n_bumps


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
