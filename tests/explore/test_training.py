"""What the explorables of lecture 06 say is true."""

import numpy as np
import pytest

from mlpkit import MLP, explore
from mlpkit.datasets import dataset
from mlpkit.explore.layer_by_layer import power, through_layers
from mlpkit.explore.loss_valleys import path, regression_loss, valley_loss, walk
from mlpkit.explore.many_starts import LABELS, LEVELS, XOR, crowd, outcome
from mlpkit.explore.playground import arrows, film, network, pushes
from mlpkit.figures.snapshots import Snapshots, asleep
from mlpkit.layers import Dense
from mlpkit.training import descend

SETTING = dict(
    data="circles", widths=(4,), activation="tanh", start="xavier", loss="bernoulli", how="adam",
    learning_rate=2**-5, batch=32,
)  # fmt: skip


def played(**changes):
    """The playground's film with some settings changed."""
    return film(*{**SETTING, **changes}.values())


# -- layer by layer


def test_the_gradients_of_the_layers_are_those_of_the_course_s_own_layers():
    sizes = through_layers(3, "tanh", "xavier", 1.5).dW
    rng = np.random.default_rng(0)
    X, dA = rng.standard_normal((100, 64)), rng.standard_normal((100, 64)) / 100
    r = np.sqrt(6 / 128)
    layers = [Dense(1.5 * rng.uniform(-r, r, (64, 64)), np.zeros(64), "tanh") for _ in range(3)]
    A, Z = [X], []
    for layer in layers:
        Z.append(A[-1] @ layer.W)
        A.append(np.tanh(Z[-1]))
    for k in (2, 1, 0):
        dA, dW, _ = layers[k].backward(A[k], Z[k], dA)
        assert np.linalg.norm(dW) == pytest.approx(sizes[k], rel=1e-12)


@pytest.mark.parametrize("scale", [0.25, 2.0, 4.0])
def test_relu_has_the_same_ratio_at_every_scale_and_another_size(scale):
    one, other = (through_layers(20, "relu", "he", s).dW for s in (1.0, scale))
    np.testing.assert_allclose(other / other[-1], one / one[-1], rtol=1e-9)
    np.testing.assert_allclose(other / one, scale**19, rtol=1e-9)  # each dW has the 19 other layers in it


def test_twenty_sigmoid_layers_lose_twelve_powers_of_ten_and_tanh_none():
    def ratio(name):
        sizes = [through_layers(20, name, "xavier", seed=seed).dW for seed in range(10)]
        return np.median([s[0] / s[-1] for s in sizes])

    assert 1e-12 < ratio("sigmoid") < 4e-12
    assert 1 < ratio("tanh") < 1.5


def test_the_words_tell_vanishing_exploding_and_level_apart():
    assert "vanishes" in explore.vanishing_gradients().description
    assert "it explodes" in explore.vanishing_gradients(depth=20, activation="tanh", scale=4.0).description
    level = explore.vanishing_gradients(depth=20, activation="relu")
    assert level.description.endswith("gradients of like size.")
    assert "all of them vanish" in explore.vanishing_gradients(20, "relu", 0.5).description
    assert "all of them explode" in explore.vanishing_gradients(20, "relu", 2.0).description


def test_he_keeps_the_size_of_relu_activations_and_xavier_halves_their_square_each_layer():
    he, xavier = (through_layers(30, "relu", rule).a for rule in ("he", "xavier"))
    assert 0.3 < he[-1] / he[0] < 3
    np.testing.assert_allclose(xavier[-1] / xavier[0] / (he[-1] / he[0]), 0.5**14.5, rtol=5)
    assert through_layers(5, "tanh", "zeros").dW[0] == 0
    assert "no place" in explore.initialization(start="zeros").description


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.25, "0.25"), (1.91e-12, "1.9·10⁻¹²"), (2.5e17, "2.5·10¹⁷")]
)
def test_powers_of_ten_read_well(value, text):
    assert power(value) == text


# -- valleys


@pytest.mark.parametrize(("rate", "grows"), [(0.19, False), (0.195, False), (0.205, True), (0.3, True)])
def test_descent_diverges_beyond_two_over_kappa(rate, grows):
    loss = valley_loss(path("sgd", rate, 10, -3.0, 1.0), 10)
    assert (loss[-1] > loss[0]) == grows
    assert ("diverges" in explore.valley(learning_rate=rate).description) == grows


def test_a_step_multiplies_each_direction_by_its_factor():
    theta = path("sgd", 0.1, 7, 2.0, -1.0)
    np.testing.assert_allclose(theta[5], [2 * 0.9**5, -(0.3**5)], rtol=1e-12)


def test_a_whole_batch_converges_and_one_example_a_step_does_not_settle():
    whole, single = (regression_loss(walk(size, 0.1, False)) for size in (64, 1))
    assert whole[-1] - whole[-2] == pytest.approx(0, abs=1e-12)
    assert np.ptp(single[100:]) > 0.05
    falling = regression_loss(walk(1, 0.1, True))
    assert falling[-1] - whole[-1] < np.median(single[100:]) - whole[-1]


# -- snapshots of training


def test_rewinding_shows_the_same_weights_whatever_was_looked_at_first():
    X, y = dataset("moons")(50, noise=0.1, rng=0)

    def new():
        return Snapshots(
            network((4,), "tanh", "xavier"), X, y, batch=8, how="sgd", learning_rate=0.1, every=5
        )

    straight, jumping = new(), new()
    late = jumping.at(9).theta.copy()
    for number in range(10):
        np.testing.assert_array_equal(straight.at(number).theta, jumping.at(number).theta)
    np.testing.assert_array_equal(jumping.at(9).theta, late)
    np.testing.assert_array_equal(jumping.shown(0).parameters, network((4,), "tanh", "xavier").parameters)


def test_snapshots_of_whole_batches_are_gradient_descent():
    X, y = dataset("moons")(50, noise=0.1, rng=0)
    shot = Snapshots(network((4,), "tanh", "xavier"), X, y, batch=50, how="sgd", learning_rate=0.5, every=10)
    *_, net = descend(network((4,), "tanh", "xavier"), X, y, 30, learning_rate=0.5)
    np.testing.assert_allclose(shot.at(3).theta, net.parameters, rtol=1e-9)
    assert shot.at(3).loss == pytest.approx(net.loss(X, y), rel=1e-9)
    gradient = np.vstack(net.gradients(X, y)[0])
    np.testing.assert_allclose(shot.at(3).gradient, gradient, rtol=1e-7, atol=1e-12)


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
    assert asleep(net, np.eye(2)) == 1
    assert asleep(MLP([2, 3, 1], "tanh", "bernoulli", rng=0), np.eye(2)) == 0


def test_an_arrow_points_against_the_gradient_and_its_length_counts_powers_of_ten():
    gradient = np.array([[1e-2, 0.0, 1.0], [0.0, 0.0, 0.0], [5.0, 5.0, 5.0]])  # the last row is of the biases
    ends = pushes(gradient)
    np.testing.assert_allclose(ends[:, 1], 0)
    np.testing.assert_allclose(ends[:, 0], [-1.8, 0, -3.6], atol=0.02)
    shaft = arrows(np.array([[1.0, 2.0]]), np.array([[0.5, 0.0]]))
    np.testing.assert_array_equal(shaft[:, :2], [[1.0, 1.5], [2.0, 2.0]])


def test_points_of_one_s_own_are_learnt_and_none_is_no_trouble():
    assert "all right" in explore.own_points(step=1000).description
    assert "no points" in explore.own_points(circles=[], crosses=[]).description


# -- many starts


@pytest.mark.parametrize(("activation", "rule"), [("tanh", "xavier"), ("sigmoid", "xavier"), ("relu", "he")])
def test_the_crowd_is_fifty_networks_of_the_course(activation, rule):
    z = crowd(activation, 3, 1.0).at(50)
    for seed in (0, 7, 49):
        net = MLP([2, 3, 1], activation, "bernoulli", rule, rng=seed)
        *_, net = descend(net, XOR, LABELS, 50, learning_rate=1.0)
        np.testing.assert_allclose(net.forward(XOR).Z[-1][:, 0], z[seed], rtol=1e-8, atol=1e-10)


def test_most_relu_starts_fail_at_xor_and_stop_at_one_of_three_levels():
    loss, solved = outcome("relu", 2, 1.0, 2000)
    assert 0.15 < solved.mean() < 0.35
    gaps = np.abs(loss[~solved][:, None] - np.array(LEVELS)).min(axis=1)
    assert gaps.max() < 0.01
    assert outcome("relu", 8, 1.0, 2000)[1].mean() > 0.9


def test_the_loss_of_other_data_turns_while_that_of_the_examples_falls():
    few, many = (explore.train_and_test(examples=n).description for n in (40, 400))
    lowest = [float(words.split("so far was ")[1].split(",")[0]) for words in (few, many)]
    last = [float(words.split("on 1000 others ")[1].split(" ")[0]) for words in (few, many)]
    assert last[0] > 3 * lowest[0]
    assert last[1] < 1.2 * lowest[1]


def test_the_left_cross_among_the_circles_needs_more_than_three_units():
    from mlpkit.explore.playground import AROUND

    crosses = [[0.0, 0.15] if cross == [-1.1, 0.0] else cross for cross in AROUND]
    assert "1 wrong" in explore.own_points(crosses=crosses, step=1000).description
    assert "all right" in explore.own_points(crosses=crosses, hidden=(8,), step=1000).description
