"""Wrong Gaussian negative log-likelihoods."""

import numpy as np

CONSTANT = 0.5 * np.log(2 * np.pi)


def _parts(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2), np.log(sigma)


def logarithm_of_the_density(y, y_hat, sigma):
    density = np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
    return -np.log(density).mean()


def logarithm_of_the_likelihood(y, y_hat, sigma):
    density = np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
    return -np.log(np.prod(density)) / len(y)


def density_kept_above_zero(y, y_hat, sigma):
    density = np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
    return -np.log(density + 1e-12).mean()


def density_clipped(y, y_hat, sigma):
    density = np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma)
    return -np.log(np.maximum(density, 1e-300)).mean()


def sigma_taken_for_the_variance(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma) + np.log(sigma) / 2


def sigma_not_squared(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma) + np.log(sigma)


def variance_in_the_logarithm(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma**2)


def half_the_logarithm(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma) / 2


def sigma_squared_twice(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / (2 * sigma**4) + np.log(sigma**2)


def logarithm_of_sigma_missing(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0]


def logarithm_of_sigma_subtracted(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit - spread


def sigma_without_its_logarithm(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0] + sigma


def half_missing(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return 2 * fit + spread


def two_above_the_line(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return 4 * fit + spread


def likelihood_with_its_sign(y, y_hat, sigma):
    return -sum(_parts(y, y_hat, sigma))


def square_with_a_minus(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return spread - fit


def sum_over_the_batch(y, y_hat, sigma):
    return len(y) * sum(_parts(y, y_hat, sigma))


def sum_of_squares_and_one_logarithm(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return len(y) * fit + spread


def mean_of_squares_and_all_logarithms(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit + len(y) * spread


def logarithm_divided_by_the_batch(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit + spread / len(y)


def one_value_for_each_example(y, y_hat, sigma):
    return (y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma)


def squared_error(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2)


def half_the_squared_error(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / 2


def root_of_the_squared_error(y, y_hat, sigma):
    return np.sqrt(np.mean((y - y_hat) ** 2))


def error_not_squared(y, y_hat, sigma):
    return np.mean(y - y_hat) / (2 * sigma**2) + np.log(sigma)


def absolute_error(y, y_hat, sigma):
    return np.mean(np.abs(y - y_hat)) / (2 * sigma**2) + np.log(sigma)


def laplace_likelihood(y, y_hat, sigma):
    return np.mean(np.abs(y - y_hat)) / sigma + np.log(sigma)


def mean_before_the_square(y, y_hat, sigma):
    return np.mean(y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma)


def sum_before_the_square(y, y_hat, sigma):
    return np.sum(y - y_hat) ** 2 / (2 * sigma**2) / len(y) + np.log(sigma)


def answers_added(y, y_hat, sigma):
    return np.mean((y + y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


def squares_subtracted(y, y_hat, sigma):
    return np.mean(y**2 - y_hat**2) / (2 * sigma**2) + np.log(sigma)


def answers_of_all_pairs(y, y_hat, sigma):
    return np.mean((y[:, None] - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


def spread_measured(y, y_hat, sigma):
    return np.var(y - y_hat) / (2 * sigma**2) + np.log(sigma)


def constant_subtracted(y, y_hat, sigma):
    return sum(_parts(y, y_hat, sigma)) - CONSTANT


def constant_without_its_root(y, y_hat, sigma):
    return sum(_parts(y, y_hat, sigma)) + 2 * CONSTANT


def constant_without_its_two(y, y_hat, sigma):
    return sum(_parts(y, y_hat, sigma)) + 0.5 * np.log(np.pi)


def constant_without_its_logarithm(y, y_hat, sigma):
    return sum(_parts(y, y_hat, sigma)) + np.sqrt(2 * np.pi)


def likelihood_returned(y, y_hat, sigma):
    return np.mean(np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / sigma)


def density_returned(y, y_hat, sigma):
    return np.mean(np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (np.sqrt(2 * np.pi) * sigma))


def logarithm_after_the_mean(y, y_hat, sigma):
    e = (y - y_hat) ** 2 / (2 * sigma**2)
    return e.min() - np.log(np.mean(np.exp(e.min() - e))) + np.log(sigma)


def base_ten(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0] + np.log10(sigma)


def base_two(y, y_hat, sigma):
    return _parts(y, y_hat, sigma)[0] + np.log2(sigma)


def parenthesis_forgotten(y, y_hat, sigma):
    return np.mean((y - y_hat) ** 2) / 2 * sigma**2 + np.log(sigma)


def first_example_alone(y, y_hat, sigma):
    return (y[0] - y_hat[0]) ** 2 / (2 * sigma**2) + np.log(sigma)


def gradient_returned(y, y_hat, sigma):
    return np.mean((y_hat - y) / sigma**2)


def terms_multiplied(y, y_hat, sigma):
    fit, spread = _parts(y, y_hat, sigma)
    return fit * spread


def labels_overwritten(y, y_hat, sigma):
    y -= y_hat
    return np.mean(y**2) / (2 * sigma**2) + np.log(sigma)


def answers_overwritten(y, y_hat, sigma):
    y_hat -= y
    return np.mean(y_hat**2) / (2 * sigma**2) + np.log(sigma)
