"""Networks whose weights are set by hand: folded, shallow sawtooth, square."""

import numpy as np
import pytest

from mlpkit.depth import (
    count_linear_regions,
    folded_network,
    line_regions,
    montufar_bound,
    plane_regions,
    sawtooth_network,
    shallow_sawtooth_network,
    square_network,
)


@pytest.mark.parametrize(
    "widths",
    [
        [2, 3],
        [2, 8],
        [2, 8, 8],
        [2, 4, 4, 4],
        [2, 7, 3],
        [2, 6, 6, 4],
        [2, 3, 5],
        [1, 5],
        [1, 16, 16],
        [1, 4, 4, 2],
    ],
    ids=str,
)
def test_a_folded_network_attains_montufars_bound(widths):
    net = folded_network(widths)
    assert net.widths == [*widths, 1]
    assert count_linear_regions(net) == montufar_bound(widths)


def test_a_last_layer_as_narrow_as_the_input_has_all_cells_and_not_all_regions():
    assert plane_regions(folded_network([2, 4, 2])).cells == montufar_bound([2, 4, 2]) == 16
    assert plane_regions(folded_network([2, 4, 2])).count < 16


def test_eight_layers_of_four_have_81920_pieces():
    assert line_regions(folded_network([1, *[4] * 8]), [0.0], [1.0]).count == 4**7 * 5


@pytest.mark.parametrize("widths", [[3, 4, 4], [2, 1], [2, 8, 1]], ids=str)
def test_widths_that_cannot_be_folded_are_refused(widths):
    with pytest.raises(ValueError, match="one or two inputs and hidden layers at least as wide"):
        folded_network(widths)


@pytest.mark.parametrize("k", [1, 2, 5, 9])
def test_one_hidden_layer_makes_the_same_sawtooth_with_a_unit_for_each_piece(k):
    x = np.linspace(0, 1, 2 ** (k + 2) + 1)[:, None]
    wide = shallow_sawtooth_network(k)
    assert wide.hidden_units == 2**k
    np.testing.assert_allclose(wide.predict(x), sawtooth_network(k).predict(x), atol=1e-9)


def test_with_fewer_units_it_is_right_as_far_as_they_go():
    net, x = shallow_sawtooth_network(3, 5), np.linspace(0, 1, 65)[:, None]
    right = net.predict(x) == sawtooth_network(3).predict(x)
    assert right[x <= 5 / 8].all()
    assert not right[x > 5 / 8].any()
    assert shallow_sawtooth_network(2, 100).hidden_units == 4


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_unit_less_cannot_make_the_sawtooth(k):
    """2ᵏ - 1 units with a kink each at j/2ᵏ, whichever side they are on, leave a wrong first slope."""
    n, s = 2**k - 1, 2.0**k
    jumps = -2 * s * (-1.0) ** np.arange(n)
    for sides in range(2**n):
        left = np.array([sides >> i & 1 for i in range(n)], bool)  # on left of their kinks
        assert -jumps[left].sum() != s


@pytest.mark.parametrize("m", range(1, 13))
def test_the_square_network_joins_points_of_the_parabola(m):
    net, knots = square_network(m), np.linspace(0, 1, 2**m + 1)[:, None]
    np.testing.assert_array_equal(net.predict(knots), knots**2)
    assert count_linear_regions(net) == 2**m
    assert net.hidden_units == 3 * m
    middles = (knots[1:] + knots[:-1]) / 2
    np.testing.assert_allclose(net.predict(middles) - middles**2, 4.0 ** -(m + 1), rtol=1e-6)


@pytest.mark.parametrize("build", [square_network, shallow_sawtooth_network])
def test_zero_layers_are_refused(build):
    with pytest.raises(ValueError, match="expects"):
        build(0)
