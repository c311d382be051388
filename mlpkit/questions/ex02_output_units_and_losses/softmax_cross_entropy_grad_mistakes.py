"""Wrong gradients of the cross-entropy."""

import numpy as np

from mlpkit.questions.ex02_output_units_and_losses.common import (
    exps,
    log_probabilities,
    one_hot,
    picked,
    probabilities,
)


def _grad(Z, y):
    return (probabilities(Z) - one_hot(Z, y)) / len(y)


def softmax_overflows(Z, y):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return (S - one_hot(Z, y)) / len(y)


def one_shift_for_all(Z, y):
    E = np.exp(Z - Z.max())
    return (E / E.sum(axis=1, keepdims=True) - one_hot(Z, y)) / len(y)


def divided_by_a_probability_of_zero(Z, y):
    S, Y = probabilities(Z), one_hot(Z, y)
    G = -Y / S / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


def divided_by_a_clipped_probability(Z, y):
    S, Y = probabilities(Z), one_hot(Z, y)
    G = -Y / np.maximum(S, 1e-12) / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


def batch_size_forgotten(Z, y):
    return _grad(Z, y) * len(y)


def label_minus_softmax(Z, y):
    return -_grad(Z, y)


def label_minus_softmax_and_no_mean(Z, y):
    return -_grad(Z, y) * len(y)


def divided_by_the_classes(Z, y):
    return _grad(Z, y) * len(y) / Z.shape[1]


def divided_by_all_entries(Z, y):
    return _grad(Z, y) / Z.shape[1]


def divided_twice(Z, y):
    return _grad(Z, y) / len(y)


def label_not_subtracted(Z, y):
    return probabilities(Z) / len(y)


def label_subtracted_from_the_logits(Z, y):
    return (Z - one_hot(Z, y)) / len(y)


def label_subtracted_everywhere(Z, y):
    return (probabilities(Z) - y[:, None]) / len(y)


def label_subtracted_after_the_mean(Z, y):
    return probabilities(Z) / len(y) - one_hot(Z, y)


def one_subtracted_everywhere(Z, y):
    return (probabilities(Z) - 1) / len(y)


def columns_reduced(Z, y):
    S = probabilities(Z)
    S[:, y] -= 1
    return S / len(y)


def labels_counted_from_one(Z, y):
    return (probabilities(Z) - one_hot(Z, y - 1)) / len(y)


def label_column_only(Z, y):
    return one_hot(Z, y) * _grad(Z, y)


def other_columns_only(Z, y):
    return probabilities(Z) * (1 - one_hot(Z, y)) / len(y)


def derivative_by_the_probabilities(Z, y):
    return -one_hot(Z, y) / probabilities(Z) / len(y)


def squared_error_gradient(Z, y):
    S = probabilities(Z)
    G = 2 * (S - one_hot(Z, y)) / len(y)
    return S * (G - (G * S).sum(axis=1, keepdims=True))


def derivative_of_softmax_counted_twice(Z, y):
    S = probabilities(Z)
    return (S - one_hot(Z, y)) * S * (1 - S) / len(y)


def factor_two(Z, y):
    return 2 * _grad(Z, y)


def log_softmax_minus_label(Z, y):
    return (log_probabilities(Z) - one_hot(Z, y)) / len(y)


def sigmoid_instead_of_softmax(Z, y):
    return (np.exp(-np.logaddexp(0, -Z)) - one_hot(Z, y)) / len(y)


def softmax_over_the_examples(Z, y):
    return (probabilities(Z.T).T - one_hot(Z, y)) / len(y)


def softmax_over_everything(Z, y):
    E = np.exp(Z - Z.max())
    return (E / E.sum() - one_hot(Z, y)) / len(y)


def exponentials_not_normalised(Z, y):
    return (exps(Z) - one_hot(Z, y)) / len(y)


def winner_instead_of_softmax(Z, y):
    return (np.eye(Z.shape[1])[Z.argmax(axis=1)] - one_hot(Z, y)) / len(y)


def summed_over_the_batch(Z, y):
    return _grad(Z, y).sum(axis=0)


def one_number_for_each_example(Z, y):
    return picked(_grad(Z, y), y)


def loss_returned(Z, y):
    return -picked(log_probabilities(Z), y).mean()


def classes_as_rows(Z, y):
    return _grad(Z, y).T


def as_many_classes_as_labels_seen(Z, y):
    return (probabilities(Z) - np.eye(y.max() + 1)[y]) / len(y)


def first_label_for_all(Z, y):
    return (probabilities(Z) - np.eye(Z.shape[1])[y[0]]) / len(y)


def difference_quotient(Z, y):
    G, h = np.zeros(Z.shape), 1e-6
    for i in np.ndindex(*Z.shape):
        moved = Z.copy()
        moved[i] += h
        up, down = (-picked(log_probabilities(A), y).mean() for A in (moved, Z))
        G[i] = (up - down) / h
    return G


def label_logits_overwritten(Z, y):
    S = probabilities(Z)
    Z[np.arange(len(y)), y] -= 1
    return (S - one_hot(Z, y)) / len(y)
