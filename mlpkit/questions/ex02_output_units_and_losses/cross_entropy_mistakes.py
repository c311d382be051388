"""Wrong cross-entropies."""

import numpy as np

from mlpkit.questions.ex02_output_units_and_losses.common import (
    exps,
    log_probabilities,
    one_hot,
    picked,
    probabilities,
)


def logarithm_of_softmax(Z, y):
    return -np.log(picked(probabilities(Z), y)).mean()


def softmax_overflows(Z, y):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -np.log(picked(S, y)).mean()


def sum_overflows(Z, y):
    return (np.log(np.exp(Z).sum(axis=1)) - picked(Z, y)).mean()


def logarithm_kept_above_zero(Z, y):
    return -np.log(picked(probabilities(Z), y) + 1e-12).mean()


def probability_clipped(Z, y):
    return -np.log(np.clip(picked(probabilities(Z), y), 1e-15, 1 - 1e-15)).mean()


def probability_clipped_early(Z, y):
    return -np.log(np.clip(picked(probabilities(Z), y), 1e-7, 1 - 1e-7)).mean()


def zero_times_infinity(Z, y):
    return -(one_hot(Z, y) * np.log(probabilities(Z))).sum() / len(y)


def one_shift_for_all(Z, y):
    D = Z - Z.max()
    return (np.log(np.exp(D).sum(axis=1)) - picked(D, y)).mean()


def shift_not_given_back(Z, y):
    return (np.log(exps(Z).sum(axis=1)) - picked(Z, y)).mean()


def sum_over_the_batch(Z, y):
    return -picked(log_probabilities(Z), y).sum()


def mean_over_all_entries(Z, y):
    return -(one_hot(Z, y) * log_probabilities(Z)).mean()


def divided_by_the_classes(Z, y):
    return -picked(log_probabilities(Z), y).sum() / Z.shape[1]


def minus_forgotten(Z, y):
    return picked(log_probabilities(Z), y).mean()


def one_value_for_each_example(Z, y):
    return -picked(log_probabilities(Z), y)


def columns_instead_of_entries(Z, y):
    return -log_probabilities(Z)[:, y].mean()


def rows_instead_of_entries(Z, y):
    return -log_probabilities(Z)[y].mean()


def logarithm_forgotten(Z, y):
    return -picked(probabilities(Z), y).mean()


def logarithm_after_the_mean(Z, y):
    return -np.log(picked(probabilities(Z), y).mean())


def logits_taken_for_logarithms(Z, y):
    return -picked(Z, y).mean()


def logits_taken_for_probabilities(Z, y):
    return -np.log(picked(Z, y)).mean()


def probabilities_taken_for_logits(Z, y):
    return -picked(log_probabilities(probabilities(Z)), y).mean()


def logarithms_taken_for_probabilities(Z, y):
    return -np.log(-picked(log_probabilities(Z), y)).mean()


def labels_counted_from_one(Z, y):
    return -picked(log_probabilities(Z), y - 1).mean()


def label_ignored(Z, y):
    return -log_probabilities(Z).sum(axis=1).mean()


def mean_over_the_classes(Z, y):
    return -log_probabilities(Z).mean()


def label_times_logarithm(Z, y):
    return -(y * log_probabilities(Z)[:, 0]).mean()


def entropy_of_the_softmax(Z, y):
    return -(probabilities(Z) * log_probabilities(Z)).sum(axis=1).mean()


def largest_instead_of_label(Z, y):
    return -log_probabilities(Z).max(axis=1).mean()


def others_added(Z, y):
    S, Y = probabilities(Z), one_hot(Z, y)
    return -(Y * np.log(S) + (1 - Y) * np.log(1 - S)).sum(axis=1).mean()


def softmax_over_the_examples(Z, y):
    return -picked(log_probabilities(Z.T).T, y).mean()


def softmax_over_everything(Z, y):
    D = Z - Z.max()
    return -picked(D - np.log(np.exp(D).sum()), y).mean()


def squared_error(Z, y):
    return ((probabilities(Z) - one_hot(Z, y)) ** 2).sum(axis=1).mean()


def one_minus_the_probability(Z, y):
    return (1 - picked(probabilities(Z), y)).mean()


def logarithm_of_the_others(Z, y):
    return -np.log(1 - picked(probabilities(Z), y)).mean()


def share_of_mistakes(Z, y):
    return (Z.argmax(axis=1) != y).mean()


def sigmoid_of_the_label(Z, y):
    return np.logaddexp(0, -picked(Z, y)).mean()


def base_two(Z, y):
    return -picked(log_probabilities(Z), y).mean() / np.log(2)


def base_ten(Z, y):
    return -picked(log_probabilities(Z), y).mean() / np.log(10)


def first_example_alone(Z, y):
    return -log_probabilities(Z)[0, y[0]]


def median_over_the_batch(Z, y):
    return -np.median(picked(log_probabilities(Z), y))


def half_of_it(Z, y):
    return -picked(log_probabilities(Z), y).mean() / 2


def as_many_classes_as_labels_seen(Z, y):
    return -(np.eye(y.max() + 1)[y] * log_probabilities(Z)).sum() / len(y)


def sum_as_printed_on_the_slide(Z, y):
    return -picked(Z - np.log(Z.shape[1] * np.exp(Z)), y).mean()


def logits_overwritten(Z, y):
    Z -= Z.max(axis=1, keepdims=True)
    return (np.log(np.exp(Z).sum(axis=1)) - picked(Z, y)).mean()
