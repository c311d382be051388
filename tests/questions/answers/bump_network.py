"""Answers to bump_network by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def edges_of(n):
    return np.linspace(0, 1, n + 1)


def edges_silent(n):
    np.linspace(0, 1, n + 1)


def bumps(f, n, w, at=None, heights=None):
    """Bumps side by side, 2n units."""
    e = edges_of(n)
    h = f((e[:-1] + e[1:]) / 2) if heights is None else heights
    s = np.column_stack([e[:-1], e[1:]]).ravel()
    v = np.column_stack([h, -h]).ravel()
    return np.full((1, 2 * n), float(w)), -w * s, v[:, None], np.zeros(1)


def merged(f, n, w, mids=None):
    """Merged steps, n - 1 units and an output bias."""
    e = edges_of(n)
    h = f((e[:-1] + e[1:]) / 2 if mids is None else mids)
    return np.full((1, n - 1), float(w)), -w * e[1:-1], np.diff(h)[:, None], h[:1]


def a01_wrong(f, n, w):
    """wrong: the biases are -s instead of -ws"""
    e = edges_of(n)
    W1, b1, W2, b2 = merged(f, n, w)
    return W1, -e[1:-1], W2, b2


def a03_wrong(f, n, w):
    """wrong: the heights are read at the right edges"""
    return merged(f, n, w, mids=edges_of(n)[1:])


def a05_wrong(f, n, w):
    """wrong: merged steps weighted by the heights, not by the differences of heights"""
    e = edges_of(n)
    h = f((e[:-1] + e[1:]) / 2)
    return np.full((1, n - 1), float(w)), -w * e[1:-1], h[1:, None], h[:1]


def a07_wrong(f, n, w):
    """wrong: both units of a bump have the same sign"""
    W1, b1, W2, b2 = bumps(f, n, w)
    return W1, b1, np.repeat(f((np.arange(n) + 0.5) / n), 2)[:, None], b2


def a09_wrong(f, n, w):
    """wrong: W2 is a vector (m,)"""
    W1, b1, W2, b2 = merged(f, n, w)
    return W1, b1, W2.ravel(), b2


def a11_wrong(f, n, w):
    """wrong: n - 1 pieces, edges by linspace(0, 1, n)"""
    e = np.linspace(0, 1, n)
    h = f((e[:-1] + e[1:]) / 2)
    s = np.column_stack([e[:-1], e[1:]]).ravel()
    return np.full((1, s.size), float(w)), -w * s, np.column_stack([h, -h]).reshape(-1, 1), np.zeros(1)


def a13_wrong(f, n, w):
    """wrong: the function is returned, not the weights"""
    e = edges_of(n)
    h = f((e[:-1] + e[1:]) / 2)

    def network(x):
        s = 1 / (1 + np.exp(-np.clip(w * (np.asarray(x)[..., None] - e), -500, 500)))
        return ((s[..., :-1] - s[..., 1:]) * h).sum(-1)

    return network


def a15_wrong(f, n, w):
    """wrong: the order W1, W2, b1, b2"""
    W1, b1, W2, b2 = bumps(f, n, w)
    return W1, W2, b1, b2


def a17_wrong(f, n, w):
    """wrong: the heights are rounded into an integer array"""
    h = np.zeros(n, dtype=int)
    for i in range(n):
        h[i] = f((i + 0.5) / n)
    return bumps(f, n, w, heights=h)


def a19_wrong(f, n, w):
    """wrong, two mistakes: the output bias is missing, and W2 is a vector"""
    W1, b1, W2, b2 = merged(f, n, w)
    return W1, b1, W2[:, 0], np.zeros(1)


def a21_wrong(f, n, w):
    """wrong, two mistakes: printed and not returned, W1 as a column"""
    W1, b1, W2, b2 = merged(f, n, w)
    print(W1.T, b1, W2, b2)


def a23_wrong(f, n, w):
    """wrong, raises: the helper returns nothing (None is not subscriptable)"""
    e = edges_silent(n)
    h = f((e[:-1] + e[1:]) / 2)
    return np.full((1, n - 1), w), -w * e[1:-1], np.diff(h)[:, None], h[:1]


def a25_right(f, n, w):
    """right: bumps in two blocks, all steps up and then all steps down, loops, lists"""
    b1, v = [], []
    for i in range(n):
        b1.append(-w * i / n)
        v.append([float(f((i + 0.5) / n))])
    for i in range(n):
        b1.append(-w * (i + 1) / n)
        v.append([-float(f((i + 0.5) / n))])
    return [[w] * (2 * n)], b1, v, [0.0]


def a26_right(f, n, w):
    """right: merged steps, differences written out"""
    mids = [(2 * i + 1) / (2 * n) for i in range(n)]
    heights = [float(f(m)) for m in mids]
    s = np.arange(1, n) / n
    W2 = np.array([[heights[i + 1] - heights[i]] for i in range(n - 1)])
    return w * np.ones((1, n - 1)), -w * s, W2, np.array([heights[0]])


def a27_right(f, n, w):
    """right: merged steps from right to left with equal sums, order of units reversed"""
    W1, b1, W2, b2 = merged(f, n, w)
    return W1[:, ::-1].copy(), b1[::-1].copy(), W2[::-1].copy(), b2.copy()


def p01_wrong(f, n, w):
    """wrong: Nielsen's half heights: each bump's output weights are ±h/2"""
    W1, b1, W2, b2 = bumps(f, n, w)
    return W1, b1, W2 / 2, b2


def p03_wrong(f, n, w):
    """wrong: steps at the mid-points (a unit at each sampled point), height differences of samples at the edges"""
    e = edges_of(n)
    y = f(e)
    return np.full((1, n), float(w)), -w * (e[:-1] + e[1:]) / 2, np.diff(y)[:, None], y[:1]


def p05_wrong(f, n, w):
    """wrong: a list of (W, b) pairs, as a layer list"""
    W1, b1, W2, b2 = merged(f, n, w)
    return [(W1, b1), (W2, b2)]


def p07_right(f, n, w):
    """right: bumps filled in unit by unit"""
    W1, b1, W2, b2 = np.zeros((1, 2 * n)), np.zeros(2 * n), np.zeros((2 * n, 1)), np.zeros(1)
    for i in range(n):
        s1, s2 = i / n, (i + 1) / n
        h = f(0.5 * (s1 + s2))
        W1[0, 2 * i] = W1[0, 2 * i + 1] = w
        b1[2 * i], b1[2 * i + 1] = -w * s1, -w * s2
        W2[2 * i, 0], W2[2 * i + 1, 0] = h, -h
    return W1, b1, W2, b2


def p08_right(f, n, w):
    """right: merged steps with np.diff"""
    s = np.linspace(0, 1, n + 1)
    y = np.asarray(f(s[:-1] + 0.5 / n))
    return np.full((1, n - 1), float(w)), -w * s[1:n], np.diff(y).reshape(-1, 1), np.array([y[0]])
