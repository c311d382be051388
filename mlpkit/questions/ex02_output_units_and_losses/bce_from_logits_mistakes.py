"""Wrong binary cross-entropies."""

import numpy as np


def _sigmoid(z):
    """Without overflow: the mistakes of this file are in the loss."""
    return np.exp(-np.logaddexp(0, -z))


def _softplus(z):
    return np.logaddexp(0, z)


def two_logarithms_of_probabilities(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def logarithm_of_sigmoid(z, y):
    return -np.log(1 / (1 + np.exp(-(2 * y - 1) * z))).mean()


def probability_clipped(z, y):
    p = np.clip(_sigmoid(z), 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def probability_clipped_late(z, y):
    p = np.clip(_sigmoid(z), 1e-15, 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def small_number_added(z, y):
    p = _sigmoid(z)
    return -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).mean()


def logits_clipped(z, y):
    return _softplus((1 - 2 * y) * np.clip(z, -500, 500)).mean()


def infinities_replaced(z, y):
    p = _sigmoid(z)
    return -np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p), neginf=0.0).mean()


def labels_taken_for_plus_minus_one(z, y):
    return _softplus(-y * z).mean()


def labels_exchanged(z, y):
    return _softplus((2 * y - 1) * z).mean()


def first_term_alone(z, y):
    return (y * _softplus(-z)).mean()


def second_term_alone(z, y):
    return ((1 - y) * _softplus(z)).mean()


def label_ignored(z, y):
    return _softplus(-z).mean()


def sum_over_the_batch(z, y):
    return _softplus((1 - 2 * y) * z).sum()


def minus_forgotten(z, y):
    return -_softplus((1 - 2 * y) * z).mean()


def one_value_for_each_example(z, y):
    return _softplus((1 - 2 * y) * z)


def divided_by_the_ones(z, y):
    return _softplus((1 - 2 * y) * z).sum() / y.sum()


def mean_of_two_means(z, y):
    return sum(_softplus(s * z[y == k]).mean() for k, s in ((0, 1), (1, -1)) if (y == k).any()) / 2


def logit_taken_for_probability(z, y):
    return -(y * np.log(z) + (1 - y) * np.log(1 - z)).mean()


def sigmoid_twice(z, y):
    return _softplus((1 - 2 * y) * _sigmoid(z)).mean()


def logarithm_forgotten(z, y):
    return _sigmoid((1 - 2 * y) * z).mean()


def kink_without_its_curve(z, y):
    return np.maximum((1 - 2 * y) * z, 0).mean()


def curve_without_its_kink(z, y):
    return np.log1p(np.exp(-np.abs(z))).mean()


def absolute_value_forgotten(z, y):
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-z))).mean()


def exponent_turned(z, y):
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z)))).mean()


def product_added(z, y):
    return (np.maximum(z, 0) + z * y + np.log1p(np.exp(-np.abs(z)))).mean()


def hinge_loss(z, y):
    return np.maximum(0, 1 - (2 * y - 1) * z).mean()


def squared_error(z, y):
    return ((_sigmoid(z) - y) ** 2).mean()


def gradient_returned(z, y):
    return (_sigmoid(z) - y).mean()


def share_of_mistakes(z, y):
    return ((z > 0) != y).mean()


def base_two(z, y):
    return _softplus((1 - 2 * y) * z).mean() / np.log(2)


def base_ten(z, y):
    return _softplus((1 - 2 * y) * z).mean() / np.log(10)


def logarithm_after_the_mean(z, y):
    return -np.log(_sigmoid((2 * y - 1) * z).mean())


def half_of_it(z, y):
    return _softplus((1 - 2 * y) * z).mean() / 2


def first_example_alone(z, y):
    return _softplus((1 - 2 * y[0]) * z[0])


def tanh_instead_of_sigmoid(z, y):
    return _softplus(2 * (1 - 2 * y) * z).mean()


def labels_overwritten(z, y):
    y *= -2
    y += 1
    return _softplus(y * z).mean()


def logits_overwritten(z, y):
    z *= 1 - 2 * y
    return _softplus(z).mean()
