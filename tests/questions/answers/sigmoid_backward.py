"""Answers to sigmoid_backward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def slope(a):
    # YOUR CODE HERE
    raise NotImplementedError()


def a01_wrong(a, G):
    """wrong: G is missing"""
    return a * (1 - a)


def a03_wrong(a, G):
    """wrong: only (1 - a), factor a missing"""
    return G * (1 - a)


def a05_wrong(a, G):
    """wrong: brackets missing: G*a*1 - a"""
    return G * a * 1 - a


def a07_wrong(a, G):
    """wrong: overwrites the caller's G (G *= ...)"""
    G *= a
    G *= 1 - a
    return G


def a09_wrong(a, G):
    """wrong twice: a (a - 1) (sign), and without G's sign (absolute value)"""
    return np.abs(G) * a * (a - 1)


def a11_wrong(a, G):
    """wrong twice: a squared for a(1-a), rounded to 2 digits"""
    return np.round(G * a * a, 2)


def a13_wrong(a, G):
    """wrong: raises; helper slope is not written"""
    return G * slope(a)


def a14_right(a, G):
    """right: double loop, list of lists"""
    return [[float(g) * float(v) * (1 - float(v)) for v, g in zip(ar, gr)] for ar, gr in zip(a, G)]


def a15_right(a, G):
    """right: a - a squared"""
    return np.multiply(G, a - np.square(a))


def a16_right(a, G):
    """right: a quarter minus the square of the distance to a half"""
    return G * (0.25 - (a - 0.5) ** 2)


def a17_wrong(a, G):
    """wrong: added instead of multiplied"""
    return G + a * (1 - a)


def a19_wrong(a, G):
    """wrong: yields the rows (a generator)"""
    for row, g in zip(a, G):
        yield g * row * (1 - row)


def p21_wrong(a, G):
    """wrong here: arguments in the order (dA, A)"""
    dA, A = a, G
    return dA * A * (1 - A)


def p22_right(a, G):
    """right: G * (1 - a) * a, output kept from the forward pass"""
    return G * (1.0 - a) * a


def p23_wrong(a, G):
    """wrong: derivative given as 1 - a ('return 1 - sigmoid')"""
    return G * (1 - sigmoid(a))


def p25_wrong(a, G):
    """wrong: output clipped to [1e-2, 1 - 1e-2] so that the gradient does not vanish"""
    c = np.clip(a, 1e-2, 1 - 1e-2)
    return G * c * (1 - c)


def p27_right(a, G):
    """right: einsum over three factors"""
    return np.einsum("ij,ij,ij->ij", G, a, 1 - a)


def p29_wrong(a, G):
    """wrong: minus sign as in -(y - a)"""
    return -G * a * (1 - a)


def p31_right(a, G):
    """right: outer helper and np.multiply"""
    d = np.subtract(1, a)
    return np.multiply(np.multiply(a, d), G)


def p35_wrong(a, G):
    """wrong: (a - y)-like shortcut: a - G"""
    return a - G
