"""Answers to log_softmax by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def softmax(Z):
    # YOUR CODE HERE
    raise NotImplementedError()


def soft(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def a01_wrong(Z):
    """wrong: no shift in the log-sum-exp"""
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def a03_wrong(Z):
    """wrong: the max is added instead of subtracted at the end (sign of one term)"""
    m = Z.max(axis=1, keepdims=True)
    return Z + m - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))


def a05_wrong(Z):
    """wrong: sum of the logs instead of the log of the sum (sum of the logits)"""
    M = Z - Z.max(axis=1, keepdims=True)
    return M - np.sum(M, axis=1, keepdims=True)


def a07_wrong(Z):
    """wrong: log to the base 2"""
    M = Z - Z.max(axis=1, keepdims=True)
    return M - np.log2(np.exp(M).sum(axis=1, keepdims=True))


def a09_wrong(Z):
    """wrong twice: shift by the whole array's maximum, and mean instead of sum of exponentials"""
    M = Z - Z.max()
    return M - np.log(np.exp(M).mean(axis=1, keepdims=True))


def a11_wrong(Z):
    """wrong twice: log missing (z - sum of exponentials), and the shift not taken back"""
    m = Z.max(axis=1, keepdims=True)
    return Z - np.exp(Z - m).sum(axis=1, keepdims=True)


def a13_wrong(Z):
    """wrong: raises; softmax not written yet"""
    return np.log(softmax(Z))


def a14_right(Z):
    """right: loop with math"""
    out = []
    for row in Z:
        top = max(row)
        lse = top + math.log(sum(math.exp(v - top) for v in row))
        out.append([v - lse for v in row])
    return out


def a15_right(Z):
    """right: logaddexp.reduce"""
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def a16_right(Z):
    """right: log1p over the other classes after sorting out the largest"""
    K = Z.shape[1]
    k = Z.argmax(axis=1)
    m = np.take_along_axis(Z, k[:, None], axis=1)
    rest = np.where(np.arange(K) == k[:, None], 0.0, np.exp(Z - m))
    return Z - m - np.log1p(rest.sum(axis=1, keepdims=True))


def a17_wrong(Z):
    """wrong: written into zeros_like(Z) row by row: integer logits are cut"""
    out = np.zeros_like(Z)
    for n, row in enumerate(Z):
        M = row - row.max()
        out[n] = M - np.log(np.exp(M).sum())
    return out


def a19_wrong(Z):
    """wrong: only the log-sum-exp column is subtracted from the maximum: shape (N, 1)"""
    m = Z.max(axis=1, keepdims=True)
    return m - (m + np.log(np.exp(Z - m).sum(axis=1, keepdims=True)))


def p20_right(Z):
    """right: shifted minus log sum exp of the shifted"""
    t = Z - np.amax(Z, axis=-1, keepdims=True)
    return t - np.log(np.sum(np.exp(t), axis=-1, keepdims=True))


def p21_right(Z):
    """right: logsumexp as helper, squeezed and expanded again"""
    m = np.max(Z, axis=1)
    lse = m + np.log(np.sum(np.exp(Z - m[:, None]), axis=1))
    return Z - lse.reshape(-1, 1)


def p23_wrong(Z):
    """wrong: softmax, clipped to [1e-12, 1], then log"""
    return np.log(np.clip(soft(Z), 1e-12, 1.0))


def p25_wrong(Z):
    """wrong: log(softmax + 1e-30)"""
    return np.log(soft(Z) + 1e-30)


def p27_wrong(Z):
    """wrong here (columns convention): axis 0 in max and sum, right for Z.T"""
    c = np.max(Z, axis=0)
    return Z - (c + np.log(np.exp(Z - c).sum(axis=0)))


def p29_wrong(Z):
    """wrong: 1e-6 inside the log of the sum"""
    t = Z - np.max(Z, axis=1, keepdims=True)
    return t - np.log(np.sum(np.exp(t), axis=1, keepdims=True) + 1e-6)


def p31_wrong(Z):
    """wrong: the mean of log-softmax over the classes was meant as a loss: one number per row"""
    t = Z - np.max(Z, axis=1, keepdims=True)
    return (t - np.log(np.sum(np.exp(t), axis=1, keepdims=True))).mean(axis=1)
