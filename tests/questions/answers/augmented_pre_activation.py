"""Answers to augmented_pre_activation by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def a01_wrong(X, wb):
    """wrong: a column of zeros is appended, so the bias has no effect"""
    return np.hstack([X, np.zeros((len(X), 1))]) @ wb


def a03_wrong(X, wb):
    """wrong: bias subtracted"""
    return X @ wb[:-1] - wb[-1]


def a05_wrong(X, wb):
    """wrong: the sum over everything (one number)"""
    return np.sum(np.hstack([X, np.ones((len(X), 1))]) * wb)


def a07_wrong(X, wb):
    """wrong: products not summed, (N, d + 1)"""
    return np.hstack([X, np.ones((len(X), 1))]) * wb


def a09_wrong(X, wb):
    """wrong twice: zeros column, and a mean instead of a sum"""
    return (np.hstack([X, np.zeros((len(X), 1))]) * wb).mean(axis=1)


def a11_wrong(X, wb):
    """wrong twice: weights taken one too late (wb[1:]), and the bias added N times"""
    return X @ wb[1:] + wb[-1] * len(X)


def a13_wrong(X, wb):
    """wrong: raises; hstack of (N, d) with (N,)"""
    return np.hstack([X, np.ones(len(X))]) @ wb


def a14_right(X, wb):
    """right: loop, np.append row by row"""
    return [float(np.append(x, 1.0) @ wb) for x in X]


def a15_right(X, wb):
    """right: np.pad with ones on the right"""
    return np.pad(np.asarray(X, dtype=float), ((0, 0), (0, 1)), constant_values=1.0) @ wb


def a16_right(X, wb):
    """right: the slide's columns, [w b] times [x; 1]"""
    return wb @ np.vstack([X.T, np.ones(X.shape[0])])


def a17_wrong(X, wb):
    """wrong: a row of ones is appended below (vstack), one example too many, no bias"""
    return np.vstack([X, np.ones(X.shape[1])]) @ wb[:-1]


def a19_wrong(X, wb):
    """wrong: X already has its ones, it is thought: X @ wb (raises)"""
    return X @ wb


def p21_wrong(X, wb):
    """wrong here: net_input: X . w[1:] + w[0]"""
    return np.dot(X, wb[1:]) + wb[0]


def p22_right(X, wb):
    """right: values . w[:-1] + w[-1]"""
    return np.dot(X, wb[:-1]) + wb[-1]


def p23_right(X, wb):
    """right: np.append(X.copy(), ones, axis=1)"""
    return np.append(X.copy(), np.ones((X.shape[0], 1)), axis=1).dot(wb)


def p29_right(X, wb):
    """right: np.c_ with ones"""
    return np.c_[X, np.ones(X.shape[0])] @ wb


def p25_wrong(X, wb):
    """wrong: the bias input is -1 (threshold as a weight)"""
    return np.c_[X, -np.ones(X.shape[0])] @ wb


def p27_wrong(X, wb):
    """wrong: sign function at the end, +1 / -1"""
    return np.where(np.c_[X, np.ones(X.shape[0])] @ wb > 0, 1, -1)


def p31_wrong(X, wb):
    """wrong: weights normalised by their length"""
    return (X @ wb[:-1] + wb[-1]) / np.linalg.norm(wb[:-1])
