"""The sawtooth, from many layers and from one: exact values, the number of pieces and of units."""

import numpy as np
import pytest

from mlpkit.depth import (
    count_linear_regions,
    line_regions,
    sawtooth_network,
    shallow_bound,
    shallow_sawtooth_network,
    tent,
)


def folded(x, k):
    for _ in range(k):
        x = tent(x)
    return x


@pytest.mark.parametrize("k", [1, 2, 3, 8, 12, 20])
def test_the_sawtooth_is_the_tent_map_k_times_to_the_last_bit(k):
    x = np.random.default_rng(k).integers(0, 2**30 + 1, 500) / 2**30  # multiples of 2^-30
    np.testing.assert_array_equal(sawtooth_network(k).predict(x[:, None])[:, 0], folded(x, k))


@pytest.mark.parametrize("k", range(1, 13))
def test_two_to_the_k_pieces_come_from_2k_units(k):
    net = sawtooth_network(k)
    found = line_regions(net, [0.0], [1.0])
    assert (net.hidden_units, found.count, found.cells) == (2 * k, 2**k, 2**k)
    np.testing.assert_array_equal(found.t, np.arange(2**k + 1) / 2**k)
    np.testing.assert_array_equal(found.Y[:, 0], np.arange(2**k + 1) % 2)
    np.testing.assert_array_equal(found.slopes[:, 0], 2**k * (-1) ** np.arange(2**k))
    assert shallow_bound(1, 2**k - 2) < 2**k == shallow_bound(1, 2**k - 1)  # what one hidden layer needs


def test_the_sawtooth_is_an_ordinary_network_and_flat_left_of_0():
    net = sawtooth_network(3)
    assert (net.widths, net.layers[0].activation.name) == ([1, 2, 2, 2, 1], "relu")
    assert count_linear_regions(net, (-1, 1)) == 9
    assert tent(np.full((2, 3), 0.75)).tolist() == [[0.5] * 3] * 2


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "^sawtooth_network expects k >= 1; got 0", lambda: sawtooth_network(0)),
        (ValueError, "shallow_sawtooth_network expects k >= 1; got 0", lambda: shallow_sawtooth_network(0)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()


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
