"""Blocks of cells fit where NumPy multiplies, and nowhere else."""

import numpy as np
import pytest

from mlpkit import MLP, explore
from mlpkit.explore.matrix_shapes import MISTAKES, plan


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize(("n", "d", "n1", "n2"), [(6, 3, 5, 2), (4, 4, 4, 2), (3, 2, 5, 5), (2, 3, 3, 1)])
def test_the_blocks_fit_exactly_when_numpy_multiplies(mistake, n, d, n1, n2):
    net, X = MLP([d, n1, n2], "tanh", "gaussian", rng=0), np.ones((n, d))
    arrays = {"X": X, "W¹": net.layers[0].W, "W²": net.layers[1].W}
    arrays |= {name: arrays[name].T for name in MISTAKES[mistake]}
    try:
        A = np.tanh(arrays["X"] @ arrays["W¹"] + net.layers[0].b)
        result = ("A²", *(A @ arrays["W²"] + net.layers[1].b).shape)
    except ValueError:
        result = None
    assert plan(n, d, n1, n2, MISTAKES[mistake])[-1][3] == result


def test_the_number_of_parameters_is_that_of_the_network():
    assert f"{MLP([3, 5, 2]).parameters.size} parameters" in explore.shapes().description
    assert "No error, and yet" in explore.shapes(d=5, mistake="W¹ transposed").description
    assert "no product" in explore.shapes(mistake="W¹ transposed").description
