"""Folded networks: as many regions as Montúfar's bound says."""

import pytest

from mlpkit.depth import (
    count_linear_regions,
    folded_network,
    line_regions,
    montufar_bound,
    plane_regions,
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
