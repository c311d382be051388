"""Answers to cross_entropy by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _lsm(Z):
    M = Z - Z.max(axis=1, keepdims=True)
    return M - np.log(np.exp(M).sum(axis=1, keepdims=True))


def a01_wrong(Z, y):
    """wrong: whole columns are taken (L[:, y]) instead of one entry per row"""
    return -np.mean(_lsm(Z)[:, y])


def a03_wrong(Z, y):
    """wrong: the minus sign is missing"""
    return _lsm(Z)[np.arange(len(y)), y].mean()


def a05_wrong(Z, y):
    """wrong: divides by the number of classes instead of the number of examples"""
    L = _lsm(Z)
    return -sum(L[n, y[n]] for n in range(len(y))) / Z.shape[1]


def a07_wrong(Z, y):
    """wrong: log2 instead of the natural logarithm"""
    M = Z - Z.max(axis=1, keepdims=True)
    L = M - np.log2(np.exp(M).sum(axis=1, keepdims=True))
    return -L[np.arange(len(y)), y].mean()


def a09_wrong(Z, y):
    """wrong twice: no shift in the log-sum-exp, and the minus missing"""
    L = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return np.mean(L[np.arange(len(y)), y])


def a11_wrong(Z, y):
    """wrong twice: probability itself instead of its logarithm, and softmax normalised over the columns"""
    E = np.exp(Z - Z.max())
    S = E / E.sum(axis=0)
    return 1 - S[np.arange(len(y)), y].mean()


def a13_wrong(Z, y):
    """wrong: raises; treats y as one-hot rows, (N,) against (N, K) does not broadcast"""
    return -np.sum(y * _lsm(Z), axis=1).mean()


def a14_right(Z, y):
    """right: loop with math, logsumexp minus the labelled logit"""
    total = 0.0
    for row, k in zip(Z, y):
        top = max(row)
        total += top + math.log(sum(math.exp(v - top) for v in row)) - row[k]
    return total / len(y)


def a15_right(Z, y):
    """right: logaddexp.reduce and take_along_axis"""
    lse = np.logaddexp.reduce(Z, axis=1)
    return np.mean(lse - np.take_along_axis(Z, y[:, None], axis=1)[:, 0])


def a16_right(Z, y):
    """right: one-hot matrix from eye, einsum, divided by N"""
    return -np.einsum("nk,nk->", np.eye(Z.shape[1])[y], _lsm(Z)) / len(Z)


def a17_wrong(Z, y):
    """wrong: the labels are sorted first, so they no longer belong to their rows"""
    L = _lsm(Z)
    return -np.mean(np.diag(L[:, np.sort(y)]))


def a19_wrong(Z, y):
    """wrong: a tuple (loss, log-probabilities) is returned"""
    L = _lsm(Z)
    return -L[np.arange(len(y)), y].mean(), L


def p21_wrong(Z, y):
    """wrong: softmax then log with 1e-5 added, loop over enumerate(y)"""
    p = softmax(Z)
    loss = 0
    for i, j in enumerate(y):
        loss += -np.log(p[i, j] + 1e-05)
    return loss / len(y)


def p23_wrong(Z, y):
    """wrong: clipped softmax with 1e-7, one-hot, no mean: the sum over everything"""
    T = np.eye(Z.shape[1])[y]
    return -np.sum(T * np.log(np.clip(softmax(Z), 1e-7, 1 - 1e-7)))


def p25_wrong(Z, y):
    """wrong here (columns convention): one example per column, m = Z.shape[1]; for these shapes one-hot is built transposed"""
    P = np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)
    T = np.eye(Z.shape[1])[y]
    return -np.sum(T * np.log(P + 1e-8)) / Z.shape[1]


def p27_wrong(Z, y):
    """wrong here: expects one-hot y and takes argmax(axis=1) of it; raises for a label vector"""
    k = np.argmax(y, axis=1)
    return -np.mean(_lsm(Z)[np.arange(len(Z)), k])


def p28_right(Z, y):
    """right: shifted logits, log of the sum, integer indexing (as course notes do it)"""
    s = Z - np.max(Z, axis=1, keepdims=True)
    norm = np.sum(np.exp(s), axis=1)
    return np.sum(np.log(norm) - s[np.arange(Z.shape[0]), y]) / Z.shape[0]


def p29_right(Z, y):
    """right: negative mean of log-probabilities picked with a flattened index"""
    N, K = Z.shape
    return -np.mean(_lsm(Z).ravel()[np.arange(N) * K + y])


def p31_wrong(Z, y):
    """wrong: the probability is bounded below with np.maximum(p, 1e-300)"""
    p = np.maximum(softmax(Z), 1e-300)
    return -np.log(p[np.arange(len(y)), y]).mean()


def p35_wrong(Z, y):
    """wrong: nan and inf of the logs are replaced by 42"""
    with np.errstate(all="ignore"):
        loss = -np.log(softmax(Z)[np.arange(len(y)), y])
    loss[~np.isfinite(loss)] = 42.0
    return loss.mean()


def p37_wrong(Z, y):
    """wrong: torch style (log-softmax applied twice: softmax first, then the loss from 'logits' takes it once more)"""
    return -_lsm(softmax(Z))[np.arange(len(y)), y].mean()
