"""The plot of activation functions with tangents at a probe."""

import numpy as np

from mlpkit.activations import ACTIVATIONS
from mlpkit.figures.activations import ActivationPlot


def artists(plot, row):
    names = ("tangent", "curve", "point", "slope", "dots", "level", "sample", "name")
    return dict(zip(names, plot.rows[row], strict=True))


def test_curve_slope_and_tangent_are_those_of_the_record_and_none_is_blank():
    plot, tanh, z = ActivationPlot(), ACTIVATIONS["tanh"], 0.5
    plot.show([tanh, None, ACTIVATIONS["step"]], z)
    row = artists(plot, 0)
    at = row["curve"].get_xdata()
    np.testing.assert_array_equal(row["curve"].get_ydata(), tanh(at))
    np.testing.assert_array_equal(row["slope"].get_ydata(), tanh.dg(at))
    (x1, x2, x3), (y1, y2, y3) = row["tangent"].get_data()
    np.testing.assert_allclose([(y2 - y1) / (x2 - x1), (y3 - y2) / (x3 - x2)], tanh.dg(z))
    blank = artists(plot, 1)
    assert np.isnan(blank["curve"].get_ydata()).all()
    assert blank["name"].get_text() == ""


def test_at_a_corner_there_are_two_half_tangents_and_at_a_jump_none():
    plot = ActivationPlot()
    plot.show([ACTIVATIONS["relu"], ACTIVATIONS["step"], None], 0.0)
    np.testing.assert_allclose(artists(plot, 0)["tangent"].get_ydata(), [0, 0, 0.9])
    assert len(artists(plot, 1)["tangent"].get_xdata()) == 0
    assert "g′ = none" in artists(plot, 1)["name"].get_text()
