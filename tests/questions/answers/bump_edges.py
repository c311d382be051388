"""Answers to bump_edges by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def a01_wrong(n):
    """wrong: n edges instead of n + 1"""
    return np.linspace(0, 1, n)


def a03_wrong(n):
    """wrong: the start 0 is missing"""
    return np.arange(1, n + 1) / n


def a05_wrong(n):
    """wrong: the inner edges only"""
    return np.arange(1, n) / n


def a07_wrong(n):
    """wrong: the width 1/(n+1), does not reach 1"""
    return np.arange(n + 1) / (n + 1)


def a09_wrong(n):
    """wrong: whole-number division, 0 0 0 … 1"""
    return np.arange(n + 1) // n


def a11_wrong(n):
    """wrong: pairs (start, end) of every piece, shape (n, 2)"""
    e = np.linspace(0, 1, n + 1)
    return np.column_stack([e[:-1], e[1:]])


def a13_wrong(n):
    """wrong: from 1 to 0"""
    return np.linspace(1, 0, n + 1)


def a15_wrong(n):
    """wrong: printed, not returned"""
    print(np.linspace(0, 1, n + 1))


def a17_wrong(n):
    """wrong: (edges, step) is returned, retstep=True"""
    return np.linspace(0, 1, n + 1, retstep=True)


def a19_wrong(n):
    """wrong, two mistakes: n points, and without the end"""
    return np.linspace(0, 1, n - 1, endpoint=False) if n > 1 else np.zeros(0)


def a21_wrong(n):
    """wrong, two mistakes: the mid-points, and one too many"""
    return (np.arange(n + 1) + 0.5) / n


def a23_wrong(n):
    """wrong, raises: index one too high in a loop"""
    edges = np.zeros(n)
    for i in range(n + 1):
        edges[i] = i / n
    return edges


def a25_right(n):
    """right: a list made in a loop"""
    edges = []
    for i in range(n + 1):
        edges.append(i / n)
    return edges


def a26_right(n):
    """right: cumulated widths, up to rounding"""
    return np.concatenate([[0.0], np.cumsum(np.full(n, 1 / n))])


def a27_right(n):
    """right: recursion"""
    return [0.0] if n == 0 else [i / n for i in range(n)] + [1.0]


def p01_wrong(n):
    """wrong: the last edge is pushed out a little, 1 + 1e-6, as for np.digitize"""
    edges = np.linspace(0.0, 1.0, num=n + 1)
    edges[-1] += 1e-6
    return edges


def p03_wrong(n):
    """wrong: arange(0, 1 + dx, dx): one edge too many for some n, by rounding"""
    dx = 1 / n
    return np.arange(0, 1 + dx, dx)


def p05_right(n):
    """right: np.histogram_bin_edges"""
    return np.histogram_bin_edges([0.0, 1.0], bins=n, range=(0, 1))


def p06_right(n):
    """right: arange(n + 1) times the width"""
    dx = 1.0 / n
    return dx * np.arange(n + 1)
