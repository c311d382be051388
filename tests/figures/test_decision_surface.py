"""The decision surface shows what the network predicts."""

import numpy as np

from mlpkit import MLP
from mlpkit.figures import panels
from mlpkit.figures.decision_surface import AXIS, DecisionSurface


def test_the_image_is_the_prediction_and_the_lines_are_where_units_have_z_0():
    _, (ax,) = panels(titles=("",))
    net = MLP([2, 3, 1], "tanh", "bernoulli", rng=0, bias=0.1)
    X, y = np.array([[0.0, 1.0], [1.0, 0.0], [-1.0, 0.5]]), np.array([0, 1, 1])
    plane = DecisionSurface(ax)
    plane.show(net, X, y)
    points = np.stack(np.meshgrid(AXIS, AXIS), axis=-1).reshape(-1, 2)
    shown = np.asarray(plane.image.get_array()).ravel()
    np.testing.assert_allclose(shown, net.predict(points)[:, 0], atol=1e-5)  # a surface is float32
    ends = plane.lines.get_xydata()
    Z = (ends @ net.layers[0].W + net.layers[0].b).reshape(3, 3, 3)  # unit, end, value of each unit
    for unit in range(3):
        np.testing.assert_allclose(Z[unit, :2, unit], 0, atol=1e-9)
    assert [len(mark.get_xdata()) for mark in plane.marks] == [1, 2]
