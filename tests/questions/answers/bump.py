"""Answers to bump by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def sigma(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


def sigma_silent(z):
    1 / (1 + np.exp(-np.clip(z, -500, 500)))


def a01_wrong(x, s1, s2, h, w):
    """wrong: the two steps are added, not subtracted"""
    return h * (sigma(w * (x - s1)) + sigma(w * (x - s2)))


def a03_wrong(x, s1, s2, h, w):
    """wrong: the bias is -s and not -ws"""
    return h * (sigma(w * x - s1) - sigma(w * x - s2))


def a05_wrong(x, s1, s2, h, w):
    """wrong: the bias is +ws, the bump stands mirrored"""
    return h * (sigma(w * (x + s1)) - sigma(w * (x + s2)))


def a07_wrong(x, s1, s2, h, w):
    """wrong: hard steps, 0 or h, w is not used"""
    return np.where((x > s1) & (x < s2), h, 0.0)


def a09_wrong(x, s1, s2, h, w):
    """wrong: the height is on the first unit only"""
    return h * sigma(w * (x - s1)) - sigma(w * (x - s2))


def a11_wrong(x, s1, s2, h, w):
    """wrong: the absolute height, abs(h)"""
    return abs(h) * (sigma(w * (x - s1)) - sigma(w * (x - s2)))


def a13_wrong(x, s1, s2, h, w):
    """wrong: flattened, the shape of x is lost"""
    x = np.asarray(x).ravel()
    return h * (sigma(w * (x - s1)) - sigma(w * (x - s2)))


def a15_wrong(x, s1, s2, h, w):
    """wrong: collected in an array of integers, every value is cut to a whole number"""
    out = np.zeros(np.shape(x), dtype=int)
    out += (h * (sigma(w * (x - s1)) - sigma(w * (x - s2)))).astype(int)
    return out


def a17_wrong(x, s1, s2, h, w):
    """wrong, two mistakes: the bias -s, and the height is forgotten"""
    return sigma(w * x - s1) - sigma(w * x - s2)


def a19_wrong(x, s1, s2, h, w):
    """wrong, two mistakes: tanh, and added"""
    return h * (np.tanh(w * (x - s1)) + np.tanh(w * (x - s2)))


def a21_wrong(x, s1, s2, h, w):
    """wrong, raises: math.exp on an array"""
    return h * (1 / (1 + math.exp(-w * (x - s1))) - 1 / (1 + math.exp(-w * (x - s2))))


def a23_wrong(x, s1, s2, h, w):
    """wrong, raises: the helper lacks return, h times (None - None)"""
    return h * (sigma_silent(w * (x - s1)) - sigma_silent(w * (x - s2)))


def a25_right(x, s1, s2, h, w):
    """right: by tanh, σ(z) = (1 + tanh(z/2))/2"""
    return h / 2 * (np.tanh(w / 2 * (x - s1)) - np.tanh(w / 2 * (x - s2)))


def a26_right(x, s1, s2, h, w):
    """right: number by number with math, reshaped; a nested list is returned"""

    def s(z):
        return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))

    x = np.asarray(x, dtype=float)
    y = [h * s(w * (t - s1)) - h * s(w * (t - s2)) for t in x.flat]
    return np.array(y).reshape(x.shape).tolist()


def a27_right(x, s1, s2, h, w):
    """right: a matrix product of both units with (h, -h)"""
    z = np.stack([w * (x - s1), w * (x - s2)], axis=-1)
    return np.exp(-np.logaddexp(0, -z)) @ np.array([h, -h])


def p01_wrong(x, s1, s2, h, w):
    """wrong: a band as the product σ(x+b/2)·σ(b/2-x), with the slope as a width: divided by w"""
    return h * sigma((x - s1) / w) * sigma((s2 - x) / w)


def p03_wrong(x, s1, s2, h, w):
    """wrong: Nielsen's output bias -h/2 is added (as in his towers)"""
    return h * sigma(w * (x - s1)) - h * sigma(w * (x - s2)) - h / 2


def p05_wrong(x, s1, s2, h, w):
    """wrong: the second jump has the absolute level: L1 σ1 + L2 σ2 with L2 = 0"""
    L1, L2 = h, 0.0
    return L1 * sigma(w * (x - s1)) + L2 * sigma(w * (x - s2))


def p06_right(x, s1, s2, h, w):
    """right: 1/(1+exp(-z)) with the pre-activation clipped at ±500"""

    def s(u):
        return 1.0 / (1.0 + np.exp(-np.clip(u, -500, 500)))

    return h * (s(w * (x - s1)) - s(w * (x - s2)))


def p07_right(x, s1, s2, h, w):
    """right: weights and biases by name, b = -w s"""
    w1 = w2 = w
    b1, b2 = -w1 * s1, -w2 * s2
    return h * sigma(w1 * x + b1) + (-h) * sigma(w2 * x + b2)
