"""Answers to tower_gate by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def sigma(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


def a01_wrong(s, h, m):
    """wrong: 3/2 for every m"""
    return sigma(h * (s - 1.5))


def a03_wrong(s, h, m):
    """wrong: the threshold is m, at which the gate says ½"""
    return sigma(h * (s - m))


def a05_wrong(s, h, m):
    """wrong: the threshold is m + ½"""
    return sigma(h * (s - m - 0.5))


def a07_wrong(s, h, m):
    """wrong: the threshold is h(m - ½), heights h were expected"""
    return sigma(h * (s - h * (m - 0.5)))


def a09_wrong(s, h, m):
    """wrong: no sigmoid, the pre-activation is returned"""
    return h * (s - (m - 0.5))


def a11_wrong(s, h, m):
    """wrong: multiplied by h on the outside, h σ(s - θ)"""
    return h * sigma(s - (m - 0.5))


def a13_wrong(s, h, m):
    """wrong: e^z/(1+e^z), nan for large h"""
    z = h * (s - m + 0.5)
    return np.exp(z) / (1 + np.exp(z))


def a15_wrong(s, h, m):
    """wrong: summed over the last axis first, one axis too few"""
    return sigma(h * (np.sum(s, axis=-1) - (m - 0.5)))


def a17_wrong(s, h, m):
    """wrong: printed instead of returned"""
    print(sigma(h * (s - m + 0.5)))


def a19_wrong(s, h, m):
    """wrong, two mistakes: threshold m/2, and not multiplied by h"""
    return sigma(h * s - m / 2)


def a21_wrong(s, h, m):
    """wrong, two mistakes: threshold m - 1, and rounded to 0 or 1"""
    return np.round(sigma(h * (s - m + 1)))


def a23_wrong(s, h, m):
    """wrong, raises: a scalar if on an array"""
    z = h * (s - m + 0.5)
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def a25_right(s, h, m):
    """right: by tanh"""
    return 0.5 + 0.5 * np.tanh(0.5 * h * (s - (2 * m - 1) / 2))


def a26_right(s, h, m):
    """right: logaddexp"""
    return np.exp(-np.logaddexp(0.0, h * ((m - 1 + m) / 2 - s)))


def a27_right(s, h, m):
    """right: number by number, nested list"""
    s = np.asarray(s, dtype=float)
    out = np.empty(s.shape)
    for i, value in np.ndenumerate(s):
        z = h * (value - m + 0.5)
        out[i] = 1 / (1 + math.exp(-z)) if z > -700 else math.exp(max(z, -745))
    return out.tolist()


def p01_wrong(s, h, m):
    """wrong: Nielsen's tower of two inputs: bumps of height h, threshold 3h/2, and the gate's weight 1"""
    return sigma(s - 3 * h / 2)


def p03_wrong(s, h, m):
    """wrong: McCulloch-Pitts: s >= m as 0 and 1"""
    return np.where(s >= m, 1.0, 0.0)


def p05_wrong(s, h, m):
    """wrong: a ReLU gate, 2·max(0, s - (m - ½))"""
    return 2 * np.maximum(0.0, s - (m - 0.5))


def p06_right(s, h, m):
    """right: bias by name, -h(m - ½), exponent clipped at ±500"""
    b = -h * (m - 0.5)
    return 1.0 / (1.0 + np.exp(-np.clip(h * s + b, -500, 500)))


def p07_right(s, h, m):
    """right: piecewise sigmoid with masks"""
    z = np.asarray(h * (s - m + 0.5), dtype=float)
    out = np.zeros_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out
