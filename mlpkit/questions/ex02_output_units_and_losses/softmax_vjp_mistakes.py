"""Wrong products with the softmax's Jacobian."""

import numpy as np

from mlpkit.questions.ex02_output_units_and_losses.common import exps, log_probabilities
from mlpkit.questions.ex02_output_units_and_losses.common import probabilities as soft


def _dot(S, G):
    return (S * G).sum(axis=1, keepdims=True)


def softmax_overflows(Z, G):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return S * (G - _dot(S, G))


def one_shift_for_all(Z, G):
    E = np.exp(Z - Z.max())
    S = E / E.sum(axis=1, keepdims=True)
    return S * (G - _dot(S, G))


def diagonal_alone(Z, G):
    S = soft(Z)
    return G * S * (1 - S)


def diagonal_without_one_minus(Z, G):
    return soft(Z) * G


def diagonal_squared(Z, G):
    S = soft(Z)
    return G * (S - S * S).sum(axis=1, keepdims=True)


def outer_product_alone(Z, G):
    S = soft(Z)
    return -S * _dot(S, G)


def outer_product_added(Z, G):
    S = soft(Z)
    return S * (G + _dot(S, G))


def off_diagonal_alone(Z, G):
    S = soft(Z)
    return S * (G - _dot(S, G)) - G * S * (1 - S)


def sign_turned(Z, G):
    S = soft(Z)
    return S * (_dot(S, G) - G)


def summed_without_weights(Z, G):
    S = soft(Z)
    return S * (G - G.sum(axis=1, keepdims=True))


def mean_instead_of_weighted_sum(Z, G):
    S = soft(Z)
    return S * (G - G.mean(axis=1, keepdims=True))


def mean_of_the_products(Z, G):
    S = soft(Z)
    return S * (G - (S * G).mean(axis=1, keepdims=True))


def summed_over_the_examples(Z, G):
    S = soft(Z)
    return S * (G - (S * G).sum(axis=0))


def summed_over_everything(Z, G):
    S = soft(Z)
    return S * (G - (S * G).sum())


def sum_lost_its_axis(Z, G):
    S = soft(Z)
    return S * (G - (S * G).sum(axis=1))


def outer_factor_missing(Z, G):
    return G - _dot(soft(Z), G)


def weights_taken_before_the_difference(Z, G):
    S = soft(Z)
    return S * G - _dot(S, G)


def softmax_of_g(Z, G):
    S = soft(G)
    return S * (Z - _dot(S, Z))


def logits_taken_for_probabilities(Z, G):
    return Z * (G - _dot(Z, G))


def exponentials_taken_for_probabilities(Z, G):
    E = exps(Z)
    return E * (G - _dot(E, G))


def logarithms_taken_for_probabilities(Z, G):
    L = log_probabilities(Z)
    return L * (G - _dot(L, G))


def softmax_twice(Z, G):
    S = soft(soft(Z))
    return S * (G - _dot(S, G))


def g_minus_softmax(Z, G):
    return soft(Z) - G


def log_softmax_product(Z, G):
    return G - soft(Z) * G.sum(axis=1, keepdims=True)


def softmax_over_the_examples(Z, G):
    S = soft(Z.T).T
    return S * (G - _dot(S, G))


def softmax_over_everything(Z, G):
    E = np.exp(Z - Z.max())
    S = E / E.sum()
    return S * (G - _dot(S, G))


def divided_by_the_batch(Z, G):
    S = soft(Z)
    return S * (G - _dot(S, G)) / len(Z)


def summed_over_the_batch(Z, G):
    S = soft(Z)
    return (S * (G - _dot(S, G))).sum(axis=0)


def upstream_gradient_ignored(Z, G):
    S = soft(Z)
    return S * (1 - S)


def upstream_gradient_summed(Z, G):
    S = soft(Z)
    return S * (1 - S) * G.sum(axis=1, keepdims=True)


def jacobians_returned(Z, G):
    S = soft(Z)
    return S[:, :, None] * (np.eye(Z.shape[1]) - S[:, None, :])


def jacobian_of_the_first_row(Z, G):
    s = soft(Z)[0]
    return G @ (np.diag(s) - np.outer(s, s))


def jacobian_summed_over_the_batch(Z, G):
    S = soft(Z)
    return G @ np.einsum("ni,nij->ij", S, np.eye(Z.shape[1]) - S[:, None, :])


def outer_product_over_the_batch(Z, G):
    S = soft(Z)
    return G * S - G @ (S.T @ S)


def squared_outer_weight(Z, G):
    S = soft(Z)
    return S * S * (G - _dot(S, G))


def outer_product_with_squares(Z, G):
    S = soft(Z)
    return S * G - S**2 * G.sum(axis=1, keepdims=True)


def softmax_returned(Z, G):
    return soft(Z)


def one_number_for_each_example(Z, G):
    return (soft(Z) * G).sum(axis=1)


def classes_as_rows(Z, G):
    S = soft(Z)
    return (S * (G - _dot(S, G))).T


def first_row_alone(Z, G):
    S = soft(Z)
    return (S * (G - _dot(S, G)))[0]


def difference_quotient(Z, G):
    D, h = np.zeros(Z.shape), 1e-6
    for i in np.ndindex(*Z.shape):
        moved = Z.copy()
        moved[i] += h
        D[i] = ((soft(moved) - soft(Z)) * G).sum() / h
    return D


def upstream_gradient_overwritten(Z, G):
    S = soft(Z)
    G -= _dot(S, G)
    return S * G
