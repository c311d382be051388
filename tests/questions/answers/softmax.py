"""Answers to softmax by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


_calls = []


def _exps(Z):
    """A helper whose return was forgotten."""
    np.exp(Z - Z.max(axis=1, keepdims=True))


def a01_wrong(Z):
    """wrong: shifts by the row's mean instead of the maximum, so a row with one logit 1000 and others -1000 still overflows"""
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def a03_wrong(Z):
    """wrong: the maximum is subtracted in the numerator only, the denominator uses the raw logits"""
    m = Z.max(axis=1, keepdims=True)
    return np.exp(Z - m) / np.exp(Z).sum(axis=1, keepdims=True)


def a05_wrong(Z):
    """wrong: writes the shifted logits into the caller's array (Z -= max)"""
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def a07_wrong(Z):
    """wrong: the output array is made with zeros_like(Z); for integer logits everything is cut to 0 or 1"""
    S = np.zeros_like(Z)
    for n in range(len(Z)):
        e = np.exp(Z[n] - Z[n].max())
        S[n] = e / e.sum()
    return S


def a09_wrong(Z):
    """wrong twice: the exponent is negated, and the normalisation runs over axis 0"""
    E = np.exp(-(Z - Z.min(axis=1, keepdims=True)))
    return E / E.sum(axis=0, keepdims=True)


def a11_wrong(Z):
    """wrong twice: rounded to 4 digits, and returned transposed"""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.round(E / E.sum(axis=1, keepdims=True), 4).T


def a13_wrong(Z):
    """wrong: raises; a helper has no return, so None is divided"""
    E = _exps(Z)
    return E / E.sum(axis=1, keepdims=True)


def a14_right(Z):
    """right: loops and lists"""
    rows = []
    for row in Z:
        top = max(row)
        e = [math.exp(v - top) for v in row]
        rows.append([v / sum(e) for v in e])
    return rows


def a15_right(Z):
    """right: one over the sum of exponentials of the differences, clipped so that they do not overflow"""
    D = np.minimum(Z[:, None, :] - Z[:, :, None], 700.0)
    return 1.0 / np.exp(D).sum(axis=2)


def a16_right(Z):
    """right: exp of the logits minus logaddexp.reduce"""
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])


def a17_wrong(Z):
    """wrong: one maximum for the whole array; rows far below it become 0/0"""
    E = np.exp(Z - np.max(Z))
    return E / np.sum(E, axis=1, keepdims=True)


def a19_wrong(Z):
    """wrong: remembers the maximum of the first call and uses it ever after"""
    if not _calls:
        _calls.append(float(np.max(Z)))
    E = np.exp(Z - _calls[0])
    return E / E.sum(axis=1, keepdims=True)


def p21_wrong(Z):
    """wrong: the plain formula of many tutorials for a single vector; whole-array max and whole-array sum"""
    e = np.exp(Z - np.max(Z))
    return e / e.sum()


def p23_wrong(Z):
    """wrong: no shift, row sums with reshape(-1, 1)"""
    e = np.exp(Z)
    return e / np.sum(e, axis=1).reshape(-1, 1)


def p24_right(Z):
    """right: max and sum with np.newaxis"""
    s = np.max(Z, axis=1)[:, np.newaxis]
    e = np.exp(Z - s)
    return e / np.sum(e, axis=1)[:, np.newaxis]


def p25_right(Z):
    """right: works on the transposed array and transposes back"""
    X = Z.T
    X = X - np.max(X, axis=0)
    return (np.exp(X) / np.sum(np.exp(X), axis=0)).T


def p27_right(Z):
    """right: np.vstack makes the maxima a column, loop over rows"""
    z = Z - np.vstack(np.max(Z, axis=1))
    out = np.zeros(np.shape(Z))
    for i in range(Z.shape[0]):
        out[i] = np.exp(z[i]) / np.sum(np.exp(z[i]))
    return out


def p35_wrong(Z):
    """wrong: Python's sum(np.exp(Z)), which adds up the rows (axis 0), no shift"""
    return np.exp(Z) / sum(np.exp(Z))
