"""Wrong dense layers."""

import numpy as np


def bias_missing(X, W, b):
    return X @ W


def bias_subtracted(X, W, b):
    return X @ W - b


def bias_multiplied(X, W, b):
    return (X @ W) * b


def bias_down_the_rows(X, W, b):
    return X @ W + b[:, None]


def bias_summed(X, W, b):
    return X @ W + b.sum()


def bias_averaged(X, W, b):
    return X @ W + b.mean()


def first_bias_for_all(X, W, b):
    return X @ W + b[0]


def last_bias_for_all(X, W, b):
    return X @ W + b[-1]


def bias_of_every_input(X, W, b):
    return X @ W + len(W) * b


def bias_of_the_first_example_alone(X, W, b):
    Z = X @ W
    Z[0] += b
    return Z


def bias_before_the_product(X, W, b):
    return X @ (W + b)


def bias_reversed(X, W, b):
    return X @ W + b[::-1]


def one_instead_of_the_bias(X, W, b):
    return X @ W + 1


def weights_transposed(X, W, b):
    return X @ W.T + b


def slide_formula_for_one_column(X, W, b):
    return W.T @ X + b


def slide_formula_with_columns(X, W, b):
    return W.T @ X.T + b[:, None]


def factors_exchanged(X, W, b):
    return W @ X + b


def batch_transposed(X, W, b):
    return X.T @ W + b


def weights_times_batch_transposed(X, W, b):
    return W @ X.T + b


def products_not_added_up(X, W, b):
    return X * W + b


def weights_summed_up(X, W, b):
    return X.sum(axis=1, keepdims=True) * W.sum(axis=0) + b


def three_axes_left(X, W, b):
    return X[:, :, None] * W + b


def mean_instead_of_sum(X, W, b):
    return X @ W / len(W) + b


def sigmoid_of_it(X, W, b):
    return 1 / (1 + np.exp(-(X @ W + b)))


def tanh_of_it(X, W, b):
    return np.tanh(X @ W + b)


def relu_of_it(X, W, b):
    return np.maximum(X @ W + b, 0)


def examples_added_up(X, W, b):
    return (X @ W + b).sum(axis=0)


def units_added_up(X, W, b):
    return (X @ W + b).sum(axis=1)


def all_added_up(X, W, b):
    return (X @ W + b).sum()


def divided_by_the_batch(X, W, b):
    return (X @ W + b) / len(X)


def first_example_alone(X, W, b):
    return X[0] @ W + b


def first_unit_alone(X, W, b):
    return X @ W[:, 0] + b[0]


def last_unit_forgotten(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for j in range(W.shape[1] - 1):
        Z[:, j] = X @ W[:, j] + b[j]
    return Z


def last_input_forgotten(X, W, b):
    return X[:, :-1] @ W[:-1] + b


def last_example_forgotten(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    Z[:-1] = X[:-1] @ W + b
    return Z


def overwritten_instead_of_added(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[1]):
        Z = np.outer(X[:, i], W[i]) + b
    return Z


def result_shaped_like_the_input(X, W, b):
    Z = np.zeros(X.shape)
    for n in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[n, j] = X[n] @ W[:, j] + b[j]
    return Z


def whole_numbers(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]), dtype=int)
    Z[:] = X @ W + b
    return Z


def axes_of_length_one_dropped(X, W, b):
    return (X @ W + b).squeeze()


def flattened(X, W, b):
    return (X @ W + b).ravel()


def bias_appended_as_a_column(X, W, b):
    return np.hstack([X @ W, np.tile(b, (len(X), 1))])


def bias_reshaped_in_place(X, W, b):
    b.shape = (1, -1)
    return X @ W + b


def inputs_overwritten(X, W, b):
    Z = X @ W + b
    X[:] = 0
    return Z


def z_and_its_activation(X, W, b):
    Z = X @ W + b
    return Z, np.tanh(Z)
