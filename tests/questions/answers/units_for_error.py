"""Answers to units_for_error by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def a01_wrong(L, eps):
    """wrong: N instead of N - 1"""
    return math.ceil(L / (2 * eps))


def a03_wrong(L, eps):
    """wrong: floor(N) without minus 1 (right where L/2ε is not whole)"""
    return math.floor(L / (2 * eps))


def a05_wrong(L, eps):
    """wrong: a missing bracket, L / 2 * eps"""
    return max(0, math.ceil(L / 2 * eps) - 1)


def a07_wrong(L, eps):
    """wrong: not rounded, a fraction of a unit"""
    return L / (2 * eps) - 1


def a09_wrong(L, eps):
    """wrong, two mistakes: int() rounds down, and so -1 for a large error"""
    return int(L / (2 * eps)) - 1


def a11_wrong(L, eps):
    """wrong: a square root is taken, ceil(sqrt(L/2ε)) - 1"""
    return math.ceil(math.sqrt(L / (2 * eps))) - 1


def a13_wrong(L, eps):
    """wrong: N + 1, plus for the bias"""
    return math.ceil(L / (2 * eps)) + 1


def a15_wrong(L, eps):
    """wrong: min instead of max, 0 for every real error"""
    return min(0, math.ceil(L / (2 * eps)) - 1)


def a17_wrong(L, eps):
    """wrong: printed instead of returned"""
    print(math.ceil(L / (2 * eps)) - 1)


def a19_wrong(L, eps):
    """wrong, two mistakes: the half is forgotten, and N instead of N - 1"""
    return math.ceil(L / eps)


def a21_wrong(L, eps):
    """wrong, two mistakes: a float, and two units a piece"""
    return 2 * np.ceil(L / (2 * eps)) - 2.0


def a23_wrong(L, eps):
    """wrong, raises: range with a float"""
    for N in range(1, L / eps):
        if L / (2 * N) <= eps:
            return N - 1


def a24_right(L, eps):
    """right: counted up"""
    N = 1
    while L / (2 * N) > eps:
        N += 1
    return N - 1


def a25_right(L, eps):
    """right: whole-number division turned round"""
    return max(int(-(-L // (2 * eps))) - 1, 0)


def a26_right(L, eps):
    """right: a NumPy integer"""
    return np.int64(max(np.ceil(L / eps / 2), 1)) - 1


def p01_wrong(L, eps):
    """wrong: l ≤ ε/L: pieces of the length ε/L (end-point levels), ceil(L/ε) units"""
    return int(np.ceil(L / eps))


def p03_wrong(L, eps):
    """wrong: the number of halvings, as in a bisection: ceil(log2(L/2ε))"""
    return max(0, int(np.ceil(np.log2(L / (2 * eps)))))


def p05_right(L, eps):
    """right: np.ceil made an integer; no guard is needed, since N is at least 1"""
    n_pieces = int(np.ceil(0.5 * L / eps))
    return n_pieces - 1


def p06_right(L, eps):
    """right: math.ceil, minus 1, at least 0"""
    return max(0, math.ceil(L / (2 * eps)) - 1)
