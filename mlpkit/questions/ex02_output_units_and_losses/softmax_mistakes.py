"""Wrong softmaxes."""

import numpy as np

from mlpkit.questions.ex02_output_units_and_losses.common import (
    exps,
    log_probabilities,
    probabilities,
)


def not_shifted(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def nan_replaced(Z):
    return np.nan_to_num(not_shifted(Z))


def shifted_by_the_largest_of_all(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


def shifted_by_the_first(Z):
    E = np.exp(Z - Z[:, :1])
    return E / E.sum(axis=1, keepdims=True)


def shifted_only_when_large(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True) * (Z.max() > 700))
    return E / E.sum(axis=1, keepdims=True)


def shifted_by_the_smallest(Z):
    E = np.exp(Z - Z.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def shifted_by_the_mean(Z):
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def shifted_by_the_largest_size(Z):
    E = np.exp(Z - np.abs(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def exponents_clipped(Z):
    E = np.exp(np.clip(Z, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


def logits_rescaled(Z):
    return probabilities(Z / np.abs(Z).max())


def largest_of_each_column_subtracted(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)


def shift_above_the_line_only(Z):
    return exps(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def shift_below_the_line_only(Z):
    return np.exp(Z) / exps(Z).sum(axis=1, keepdims=True)


def largest_added(Z):
    E = np.exp(Z + Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def summed_over_everything(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


def summed_over_the_examples(Z):
    return probabilities(Z.T).T


def shifted_by_rows_and_summed_over_everything(Z):
    return exps(Z) / exps(Z).sum()


def shifted_by_rows_and_summed_over_the_examples(Z):
    return exps(Z) / exps(Z).sum(axis=0)


def row_sums_lost_their_axis(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1)


def sum_lost_its_axis(Z):
    return exps(Z) / exps(Z).sum(axis=1)


def largest_lost_its_axis(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1, keepdims=True)


def not_normalised(Z):
    return exps(Z)


def exponentials_alone(Z):
    return np.exp(Z)


def divided_by_the_largest(Z):
    return exps(Z) / exps(Z).max(axis=1, keepdims=True) * 1.0 / Z.shape[1]


def divided_by_the_mean(Z):
    return exps(Z) / exps(Z).mean(axis=1, keepdims=True)


def exponential_forgotten(Z):
    return Z / Z.sum(axis=1, keepdims=True)


def sizes_normalised(Z):
    return np.abs(Z) / np.abs(Z).sum(axis=1, keepdims=True)


def squares_normalised(Z):
    return Z**2 / (Z**2).sum(axis=1, keepdims=True)


def shifted_logits_normalised(Z):
    D = Z - Z.min(axis=1, keepdims=True)
    return D / D.sum(axis=1, keepdims=True)


def powers_of_two(Z):
    E = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def sign_turned(Z):
    return probabilities(-Z)


def sigmoid_of_every_logit(Z):
    return np.exp(-np.logaddexp(0, -Z))


def sigmoids_normalised(Z):
    S = sigmoid_of_every_logit(Z)
    return S / S.sum(axis=1, keepdims=True)


def winner_takes_all(Z):
    return np.eye(Z.shape[1])[Z.argmax(axis=1)]


def winner_named(Z):
    return Z.argmax(axis=1)


def logarithm_returned(Z):
    return log_probabilities(Z)


def others_probability(Z):
    return 1 - probabilities(Z)


def softmax_twice(Z):
    return probabilities(probabilities(Z))


def small_number_added(Z):
    return exps(Z) / (exps(Z).sum(axis=1, keepdims=True) + 1e-8)


def first_row_alone(Z):
    return probabilities(Z)[0]


def classes_as_rows(Z):
    return probabilities(Z).T


def rounded(Z):
    return probabilities(Z).round(4)


def logits_overwritten(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
