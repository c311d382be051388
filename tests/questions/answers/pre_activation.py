"""Answers to pre_activation by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def _dot(x, w):
    sum(x * w)


def a01_wrong(X, w, b):
    """wrong: the bias is subtracted"""
    return X @ w - b


def a03_wrong(X, w, b):
    """wrong: sums over the examples (axis 0), d numbers"""
    return (X * w).sum(axis=0) + b


def a05_wrong(X, w, b):
    """wrong: a column (N, 1) is returned"""
    return X @ w.reshape(-1, 1) + b


def a07_wrong(X, w, b):
    """wrong: the mean of the products instead of their sum"""
    return (X * w).mean(axis=1) + b


def a09_wrong(X, w, b):
    """wrong twice: everything summed into one number, bias subtracted"""
    return np.sum(X * w) - b


def a11_wrong(X, w, b):
    """wrong twice: weights in reverse order, rounded to whole numbers"""
    return np.round(X @ w[::-1] + b)


def a13_wrong(X, w, b):
    """wrong: raises; the helper has no return, None + b"""
    return np.array([_dot(x, w) + b for x in X])


def a14_right(X, w, b):
    """right: double loop, list"""
    z = []
    for x in X:
        s = b
        for xi, wi in zip(x, w):
            s += xi * wi
        z.append(s)
    return z


def a15_right(X, w, b):
    """right: w times X transposed"""
    return w.T @ X.T + b


def a16_right(X, w, b):
    """right: einsum"""
    return np.einsum("nd,d->n", X, w) + b


def a17_wrong(X, w, b):
    """wrong: the loop's sum is not reset for the next example (running total)"""
    z, s = [], b
    for x in X:
        for xi, wi in zip(x, w):
            s += xi * wi
        z.append(s)
    return np.array(z)


def a19_wrong(X, w, b):
    """wrong: written into zeros of X's type: integer X gives whole numbers"""
    z = np.zeros(len(X), dtype=X.dtype)
    for n, x in enumerate(X):
        z[n] = x @ w + b
    return z


def p21_wrong(X, w, b):
    """wrong: a step function follows: 1 where z >= 0"""
    return np.where(np.dot(X, w) + b >= 0, 1, 0)


def p23_wrong(X, w, b):
    """wrong here (columns convention): np.dot(w.T, X) + b, raises unless N = d"""
    return np.dot(w.T, X) + b


def p24_right(X, w, b):
    """right: np.matmul(w, X.transpose()) + b"""
    return np.matmul(w, X.transpose()) + b


def p25_right(X, w, b):
    """right: np.dot(X, w) + b"""
    return np.dot(X, w) + b


def p31_right(X, w, b):
    """right: column of ones and the bias as the last weight"""
    return np.c_[X, np.ones(len(X))] @ np.append(w, b)


def p27_wrong(X, w, b):
    """wrong: the threshold convention, w.x - theta"""
    theta = b
    return X.dot(w) - theta


def p29_wrong(X, w, b):
    """wrong: np.outer-like broadcasting of w's column over the rows: X @ w[:, None] + b * ones(N), shape (N, N)"""
    return X @ w[:, None] + b * np.ones(len(X))
