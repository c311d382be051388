"""Answers to sawtooth by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def relu(z):
    return np.maximum(0, z)


def tent(x):
    return 2 * relu(x) - 4 * relu(x - 0.5)


def a01_wrong(x, k):
    """wrong: k times the tent"""
    return k * tent(x)


def a03_wrong(x, k):
    """wrong: one fold too few, range(k - 1)"""
    for _ in range(k - 1):
        x = tent(x)
    return x


def a05_wrong(x, k):
    """wrong: each fold is multiplied by what went in, x · tent(x)"""
    for _ in range(k):
        x = x * tent(x)
    return x


def a07_wrong(x, k):
    """wrong: -2 instead of -4 for the second unit, level after ½"""
    for _ in range(k):
        x = 2 * relu(x) - 2 * relu(x - 0.5)
    return x


def a09_wrong(x, k):
    """wrong: + 4 instead of - 4 at the second unit"""
    for _ in range(k):
        x = 2 * relu(x) + 4 * relu(x - 0.5)
    return x


def a11_wrong(x, k):
    """wrong: the fractional part, a saw with jumps, x 2^k mod 1"""
    return (2**k * x) % 1.0


def a13_wrong(x, k):
    """wrong: a list of all folds is returned"""
    folds = []
    for _ in range(k):
        x = tent(x)
        folds.append(x)
    return folds


def a15_wrong(x, k):
    """wrong: right values, but x itself is overwritten in place"""
    for _ in range(k):
        x[...] = 2 * relu(x) - 4 * relu(x - 0.5)
    return x


def a17_wrong(x, k):
    """wrong (digits only): float32, and so wrong in the last digits for many folds"""
    x = np.asarray(x, dtype=np.float32)
    for _ in range(k):
        x = tent(x)
    return x


def a19_wrong(x, k):
    """wrong, two mistakes: the second unit has -2, and only one fold"""
    return 2 * relu(x) - 2 * relu(x - 0.5)


def a21_wrong(x, k):
    """wrong, two mistakes: k times the tent, and the kink at 1/4"""
    return k * (2 * relu(x) - 4 * relu(x - 0.25))


def a23_wrong(x, k):
    """wrong, raises: a scalar if on an array"""
    for _ in range(k):
        x = 2 * x if x <= 0.5 else 2 - 2 * x
    return x


def a25_wrong(x, k):
    """wrong, raises: recursion without an end"""
    return tent(endless(x, k - 1))


def endless(x, k):
    return tent(endless(x, k - 1))


def a26_right(x, k):
    """right: recursion from outside"""
    return tent(x) if k == 1 else tent(twice(x, k - 1))


def twice(x, k):
    return x if k == 0 else tent(twice(x, k - 1))


def a27_right(x, k):
    """right: number by number, nested lists"""
    x = np.asarray(x, dtype=float)
    out = []
    for value in x.flat:
        for _ in range(k):
            value = 2 * max(0.0, value) - 4 * max(0.0, value - 0.5)
        out.append(value)
    return np.array(out).reshape(x.shape).tolist()


def a28_right(x, k):
    """right: by two matrices, as layers"""
    A = np.maximum(np.asarray(x, dtype=float)[..., None] + np.array([0.0, -0.5]), 0)
    for _ in range(k - 1):
        A = np.maximum(A @ np.array([[2.0, 2.0], [-4.0, -4.0]]) + [0.0, -0.5], 0)
    return A @ np.array([2.0, -4.0])


def p01_wrong(x, k):
    """wrong: the triangle of slope 1, relu(x) - 2 relu(x - ½) + relu(x - 1), half as high"""
    for _ in range(k):
        x = relu(x) - 2 * relu(x - 0.5) + relu(x - 1)
    return x


def p03_wrong(x, k):
    """wrong: Yarotsky's g_s is right, but the scaled sum for x² is returned: x - Σ g_s / 4^s"""
    y, g = np.array(x, dtype=float), x
    for s in range(1, k + 1):
        g = tent(g)
        y = y - g / 4.0**s
    return y


def p05_wrong(x, k):
    """wrong: two tents a fold (mirror map counted as two layers), 2k folds"""
    for _ in range(k):
        x = tent(tent(x))
    return x


def p06_right(x, k):
    """right: three ReLUs, max(0, 2x) - 2 max(0, 2x - 1) + max(0, 2x - 2)"""
    for _ in range(k):
        x = relu(2 * x) - 2 * relu(2 * x - 1) + relu(2 * x - 2)
    return x


def p07_right(x, k):
    """right: the mirror map 2x, 2(1 - x) by np.where (right values, though not by ReLUs)"""
    for _ in range(k):
        x = np.where(x <= 0.5, 2 * x, 2 * (1 - x))
    return x
