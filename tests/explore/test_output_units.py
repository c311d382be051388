"""Likelihoods and losses of output units against the package's own."""

import numpy as np
import pytest

from mlpkit.explore.output_units import CALM, GUESSES, ROUGH, SPREADS, neg_log_likelihood, probability_losses
from mlpkit.outputs import bernoulli_nll, gaussian_nll


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
