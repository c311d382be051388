"""What the explorables of slides 1 to 9 say and show, against the mathematics."""

import numpy as np
import pytest

from mlpkit import explore
from mlpkit.explore.deck_map import AUTHORED, deck
from mlpkit.explore.linear_models import CORNERS, LABELS, PLANE, level_line, meeting_point, three_logits
from mlpkit.explore.loss_functions import descent, through_sigmoid
from mlpkit.explore.one_neuron import FULL, terms
from mlpkit.explore.output_units import CALM, GUESSES, ROUGH, SPREADS, neg_log_likelihood, probability_losses
from mlpkit.explore.softmax_output import jacobian, plain_softmax
from mlpkit.layers import Dense
from mlpkit.losses import binary_cross_entropy_grad, squared_error_grad
from mlpkit.outputs import bernoulli_nll, gaussian_nll, softmax


@pytest.fixture
def built():
    """explore.NAME(…), closed when the test ends."""
    made = []

    def build(name, **start):
        made.append(getattr(explore, name)(**start))
        return made[-1]

    yield build
    for stage in made:
        stage.close()


@pytest.mark.parametrize(("w", "height"), [((1.0, -1.0), 0.5), ((0.0, 2.0), -3.0), ((-4.0, 0.0), 1.0)])
def test_a_level_line_has_the_value_at_both_ends_and_is_perpendicular_to_w(w, height):
    ends = level_line(w, height)
    np.testing.assert_allclose(ends @ w, height, atol=1e-12)
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(16)


def test_without_weights_there_is_no_level_line():
    assert np.isnan(level_line((0.0, 0.0), 1.0)).all()


def test_and_and_or_have_a_border_at_a_position_of_the_sliders_and_xor_has_none(built):
    assert (
        "4 of the 4 points of AND"
        in built("decision_boundary", w1=1, w2=1, b=-1, points="AND, both").description
    )
    stage = built("decision_boundary", w1=1, w2=1, b=1, points="OR, at least one")
    assert "4 of the 4 points of OR" in stage.description
    grid = np.stack(np.meshgrid(*[np.arange(-5, 5.25, 0.25)] * 3), axis=-1).reshape(-1, 3)
    right = ((grid[:, :2] @ CORNERS.T + grid[:, 2:] > 0) == LABELS["XOR, one or the other"]).sum(axis=1)
    assert right.max() == 3


def test_three_borders_meet_where_the_logits_are_equal():
    W, b = three_logits(0.5, 1.25, -0.75)
    logits = meeting_point(W, b) @ W + b
    np.testing.assert_allclose(logits, logits[0], atol=1e-12)


def test_weights_on_one_line_have_no_meeting_point():
    assert meeting_point(*three_logits(0.0, -1.0, 0.5)) is None


def test_a_class_between_the_two_others_owns_nothing_without_a_bias(built):
    image = built("three_classes", v1=0.0, v2=-1.0).figure.axes[0].images[0]
    own = image.get_array() < 1  # shades from 0 to 1 are class 1
    assert not own[:, PLANE[0, :, 0] != 0].any()  # for x₁ = 0 all three are equally likely


@pytest.mark.parametrize("g", FULL)
def test_the_terms_of_one_neuron_are_those_of_a_dense_layer(g):
    *parts, z, a = terms(1.5, -0.5, 2.0, 1.0, -1.25, g)
    Z, A = Dense([[2.0], [1.0]], [-1.25], g).forward([[1.5, -0.5]])
    assert parts == [3.0, -0.5, -1.25]
    assert (z, a) == (Z.item(), A.item())


def test_one_neuron_tells_its_numbers(built):
    assert "= 4 − 2 − 1 = 1 = z" in built("one_neuron").description


def test_the_map_tells_title_lecture_and_verdict_of_every_slide(built):
    for slide in deck():
        words = built("course_map", slide=slide["number"]).description
        assert f"Slide {slide['number']} of 23, {slide['title']}, belongs to lecture " in words
        assert ("erratum" in words) == (slide["verdict"] == "erratum")
    assert not set(AUTHORED) & {slide["lecture"] for slide in deck()}


def test_the_given_likelihood_is_the_packages():
    values = neg_log_likelihood(GUESSES, [CALM, ROUGH], 0.7, "given")
    y = np.concatenate([CALM, ROUGH])
    for i in (0, 500, 731):
        assert values[i] == pytest.approx(gaussian_nll(np.full((len(y), 1), GUESSES[i]), y, 0.7))


@pytest.mark.parametrize("outlier", [-5.0, 4.0])
def test_one_sigma_leaves_the_mean_and_two_do_not(outlier):
    groups = [CALM, np.append(ROUGH, outlier)]
    mean = np.concatenate(groups).mean()
    given, one, each = (
        GUESSES[neg_log_likelihood(GUESSES, groups, 0.5, how).argmin()] for how in SPREADS.values()
    )
    assert given == one == pytest.approx(mean, abs=0.006)
    assert abs(each - CALM.mean()) < 0.03 < 0.25 < abs(each - mean)


def test_a_learned_sigma_is_the_best_one():
    groups = [CALM, ROUGH]
    learned = neg_log_likelihood(GUESSES, groups, 1.0, "one")
    given = [neg_log_likelihood(GUESSES, groups, sigma, "given") for sigma in np.linspace(0.05, 8, 800)]
    assert (learned <= np.min(given, axis=0) + 1e-12).all()
    np.testing.assert_allclose(learned, np.min(given, axis=0), atol=2e-3)


@pytest.mark.parametrize(("dtype", "first"), [(np.float64, 37), (np.float32, 17)])
def test_the_loss_from_a_probability_is_infinite_once_it_is_rounded_to_one(dtype, first):
    loss, slope = probability_losses(np.arange(first - 1, first + 1.0), 0, dtype)
    assert np.isfinite(loss[0])
    assert np.isinf(loss[1])
    assert np.isnan(slope[1])


def test_near_one_half_all_three_losses_agree():
    z = np.linspace(-3, 3, 13)
    for y in (0, 1):
        right = [bernoulli_nll([[v]], [y]) for v in z]
        for clip in (None, 1e-7):
            np.testing.assert_allclose(probability_losses(z, y, np.float64, clip)[0], right)


def test_clipping_makes_the_loss_flat():
    loss, slope = probability_losses(np.array([20.0, 50.0]), 0, np.float64, 1e-7)
    np.testing.assert_allclose(loss, -np.log(1e-7), rtol=1e-6)
    np.testing.assert_array_equal(slope, 0)


def test_the_plain_softmax_fails_beyond_709_and_the_stage_says_so(built):
    z = np.array([2.0, 1.0, -1.0])
    np.testing.assert_allclose(plain_softmax(z + 700), softmax(z))
    assert np.isnan(plain_softmax(z + 710)).any()
    assert "fails" in built("softmax_output", offset=720).description
    assert "agrees" in built("softmax_output", offset=700).description


def test_the_jacobian_is_the_derivative_and_its_rows_sum_to_zero():
    z, h = np.array([2.0, 1.0, -1.0]), 1e-20
    complex_step = np.array([softmax(z + 1j * h * e).imag / h for e in np.eye(3)]).T
    np.testing.assert_allclose(jacobian(softmax(z)), complex_step, rtol=1e-13)
    np.testing.assert_allclose(jacobian(softmax(z)).sum(axis=1), 0, atol=1e-16)


def test_slopes_behind_the_sigmoid_are_those_of_the_slide():
    p = np.array([0.001, 0.02, 0.5, 0.9])
    for y in (0, 1):
        np.testing.assert_allclose(through_sigmoid(binary_cross_entropy_grad, p, y), p - y, rtol=1e-12)
        np.testing.assert_allclose(through_sigmoid(squared_error_grad, p, y), 2 * (p - y) * p * (1 - p))


@pytest.mark.parametrize("summed", [True, False])
@pytest.mark.parametrize("n", [1, 8, 64])
def test_each_step_multiplies_the_distance_by_the_factor_that_the_words_tell(n, summed):
    way, losses = descent(n, 1 / 64, summed)
    factor = 1 - 2 / 64 * (n if summed else 1)
    np.testing.assert_allclose(1 - way, factor ** np.arange(21), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(losses, (1 - way) ** 2, atol=1e-20)
