"""What the explorables of lectures 03 and 04 say is true."""

import numpy as np
import pytest

from mlpkit import MLP, explore
from mlpkit.activations import activation
from mlpkit.explore.feedforward import on_the_way, right_by_a_line, snapshots
from mlpkit.explore.matrix_shapes import MISTAKES, plan
from mlpkit.explore.swish_and_gelu import LOWEST, STEEPEST, corrected_slope, slide_slope


@pytest.mark.parametrize("beta", [0.0, 1.0])
def test_the_slides_slope_of_swish_is_right_where_the_lecture_says(beta):
    z = np.linspace(-5, 5, 101)
    np.testing.assert_allclose(slide_slope(z, beta), corrected_slope(z, beta), atol=1e-14)
    assert "they agree" in explore.swish_slope(beta=beta).description


@pytest.mark.parametrize("beta", [0.3, 0.9, 1.1, 2.0, 10.0])
def test_the_slides_slope_of_swish_is_wrong_elsewhere(beta):
    z = np.linspace(-5, 5, 101)
    assert np.abs(slide_slope(z, beta) - corrected_slope(z, beta)).max() > 0.02
    assert "largest difference" in explore.swish_slope(beta=beta).description


def test_the_numbers_of_slide_13_are_in_the_words():
    words = explore.swish_slope().description
    assert "1.20482" in words
    assert "0.92767" in words


@pytest.mark.parametrize("beta", [0.5, 1.0, 7.0])
def test_the_lowest_point_and_the_largest_slope_of_swish_scale_with_beta(beta):
    g, near = activation("swish", beta=beta), np.linspace(-0.3, 0.3, 61)
    assert (g(LOWEST / beta + near) >= g(LOWEST / beta)).all()
    assert (g.dg(STEEPEST / beta + near) <= g.dg(STEEPEST / beta) + 1e-15).all()
    assert g.dg(STEEPEST / beta) == pytest.approx(1.09984, abs=5e-6)


def test_the_best_k_for_gelu_is_not_1702():
    worst = [
        float(explore.gelu_approximations(k=k).description.split("picture: ")[1].split()[0])
        for k in (1.702, 1.774)
    ]
    assert worst[1] < 0.75 * worst[0]


def test_only_the_activation_changes_what_a_straight_line_can_do():
    X, y, nets = snapshots()
    share = [right_by_a_line(on_the_way(nets[1000], X, way), y) for way in range(0, 73, 12)]
    assert share[0] == share[1] < share[2] == share[3] < share[4] == share[5] == share[6] == 1.0


def test_the_points_arrive_where_the_network_computes_them():
    X, _, nets = snapshots()
    for net in nets.values():
        for layer, A in enumerate(net.forward(X).A[:3], start=1):
            np.testing.assert_allclose(on_the_way(net, X, 24 * layer), A, atol=1e-12)


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


def test_dead_units_are_counted_in_words():
    early, late = explore.dying_relu(step=0), explore.dying_relu(step=20)
    assert "0 of 32 units are dead" in early.description
    assert "15 of 32 units are dead" in late.description
