"""The square network: a polygon through points of the parabola."""

import numpy as np
import pytest

from mlpkit.depth import (
    count_linear_regions,
    square_network,
)


@pytest.mark.parametrize("m", range(1, 13))
def test_the_square_network_joins_points_of_the_parabola(m):
    net, knots = square_network(m), np.linspace(0, 1, 2**m + 1)[:, None]
    np.testing.assert_array_equal(net.predict(knots), knots**2)
    assert count_linear_regions(net) == 2**m
    assert net.hidden_units == 3 * m
    middles = (knots[1:] + knots[:-1]) / 2
    np.testing.assert_allclose(net.predict(middles) - middles**2, 4.0 ** -(m + 1), rtol=1e-6)


def test_zero_layers_are_refused():
    with pytest.raises(ValueError, match="square_network expects m >= 1; got 0"):
        square_network(0)
