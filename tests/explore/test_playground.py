"""The training playground says what happens."""

import numpy as np

from mlpkit import MLP, explore
from mlpkit.explore.playground import AROUND, arrows, gradient_arrows, trained
from mlpkit.figures.snapshots import count_dead_units

SETTING = dict(
    data="circles", widths=(4,), activation="tanh", start="xavier", loss="bernoulli", how="adam",
    learning_rate=2**-5, batch=32,
)  # fmt: skip


def played(**changes):
    """The playground's training with some settings changed."""
    return trained(*{**SETTING, **changes}.values())


def test_an_overflow_is_told_and_the_picture_keeps_the_last_good_weights():
    shot = played(loss="gaussian", how="sgd", learning_rate=4.0)
    words = explore.playground(loss="gaussian", how="sgd", learning_rate=4.0, step=2000).description
    shot.at(100)
    assert shot.lost is not None
    assert f"In step {shot.lost} a number grew beyond" in words
    assert np.isfinite(shot.at(100).theta).all()


def test_zeros_make_equal_units_and_large_steps_put_relu_units_to_sleep():
    assert "equal gradients" in explore.playground(start="zeros").description
    assert (
        "Asleep on all examples: 4 units"
        in explore.playground(activation="relu", how="sgd", learning_rate=8.0).description
    )
    net = MLP([2, 3, 1], "relu", "bernoulli", rng=0)
    net.layers[0].b[:] = [-99.0, 0.0, 99.0]
    assert count_dead_units(net, np.eye(2)) == 1
    assert count_dead_units(MLP([2, 3, 1], "tanh", "bernoulli", rng=0), np.eye(2)) == 0


def test_an_arrow_points_against_the_gradient_and_its_length_counts_powers_of_ten():
    gradient = np.array([[1e-2, 0.0, 1.0], [0.0, 0.0, 0.0], [5.0, 5.0, 5.0]])  # the last row is of the biases
    ends = gradient_arrows(gradient)
    np.testing.assert_allclose(ends[:, 1], 0)
    np.testing.assert_allclose(ends[:, 0], [-1.8, 0, -3.6], atol=0.02)
    shaft = arrows(np.array([[1.0, 2.0]]), np.array([[0.5, 0.0]]))
    np.testing.assert_array_equal(shaft[:, :2], [[1.0, 1.5], [2.0, 2.0]])


def test_points_of_one_s_own_are_learnt_and_none_is_no_trouble():
    assert "all right" in explore.own_points(step=1000).description
    assert "no points" in explore.own_points(circles=[], crosses=[]).description


def test_the_left_cross_among_the_circles_needs_more_than_three_units():
    crosses = [[0.0, 0.15] if cross == [-1.1, 0.0] else cross for cross in AROUND]
    assert "1 wrong" in explore.own_points(crosses=crosses, step=1000).description
    assert "all right" in explore.own_points(crosses=crosses, hidden=(8,), step=1000).description
