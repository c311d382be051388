"""The terms of one neuron."""

import pytest

from mlpkit.explore.one_neuron import NAMES, terms
from mlpkit.layers import Dense


@pytest.mark.parametrize("g", NAMES)
def test_the_terms_of_one_neuron_are_those_of_a_dense_layer(g):
    *parts, z, a = terms(1.5, -0.5, 2.0, 1.0, -1.25, g)
    Z, A = Dense([[2.0], [1.0]], [-1.25], g).forward([[1.5, -0.5]])
    assert parts == [3.0, -0.5, -1.25]
    assert (z, a) == (Z.item(), A.item())


def test_one_neuron_tells_its_numbers(built):
    assert "= 4 − 2 − 1 = 1 = z" in built("one_neuron").description
