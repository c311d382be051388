"""Answers to count_parameters by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def layer_size(n_in, n_out):
    (n_in + 1) * n_out


def a01_wrong(widths):
    """wrong: the inputs get a bias too"""
    return sum(a * b for a, b in zip(widths, widths[1:])) + sum(widths)


def a03_wrong(widths):
    """wrong: brackets, n_in * (n_out + 1)"""
    return sum(a * (b + 1) for a, b in zip(widths, widths[1:]))


def a05_wrong(widths):
    """wrong: return inside the loop, only the first layer"""
    t = 0
    for a, b in zip(widths, widths[1:]):
        t += (a + 1) * b
        return t


def a07_wrong(widths):
    """wrong: the units are counted: sum of the widths"""
    return sum(widths)


def a09_wrong(widths):
    """wrong twice: first times last only (skip connection), plus all units as biases"""
    return widths[0] * widths[-1] + sum(widths)


def a11_wrong(widths):
    """wrong twice: widths shortened by pop(0) (caller's list), biases not counted"""
    t, a = 0, widths.pop(0)
    for b in widths:
        t += a * b
        a = b
    return t


def a13_wrong(widths):
    """wrong: raises; the helper has no return, int + None"""
    t = 0
    for a, b in zip(widths, widths[1:]):
        t += layer_size(a, b)
    return t


def a14_right(widths):
    """right: recursion"""
    if len(widths) < 2:
        return 0
    return (widths[0] + 1) * widths[1] + a14_right(widths[1:])


def a15_right(widths):
    """right: sizes of real arrays"""
    return sum(np.zeros((a, b)).size + np.zeros(b).size for a, b in zip(widths, widths[1:]))


def a16_right(widths):
    """right: dot product with NumPy, made an int"""
    n = np.array(widths)
    return int((n[:-1] + 1) @ n[1:])


def a17_wrong(widths):
    """wrong: the total is a float"""
    t = 0.0
    for a, b in zip(widths, widths[1:]):
        t += a * b + b
    return t


def a19_wrong(widths):
    """wrong: a list with one count per layer"""
    return [(a + 1) * b for a, b in zip(widths, widths[1:])]


def p21_right(widths):
    """right: weights and biases in two sums"""
    return sum(x * y for x, y in zip(widths[:-1], widths[1:])) + sum(widths[1:])


def p23_wrong(widths):
    """wrong: all hidden layers are assumed to be as wide as the first: in*w + L*w*w + w*out, no biases"""
    if len(widths) == 2:
        return widths[0] * widths[1]
    w, L = widths[1], len(widths) - 3
    return widths[0] * w + L * w * w + w * widths[-1]


def p25_wrong(widths):
    """wrong: the biases of the first and last but one, sum(widths[:-1])"""
    return sum(x * y for x, y in zip(widths[:-1], widths[1:])) + sum(widths[:-1])


def p26_right(widths):
    """right: index loop from 1"""
    n = 0
    for l in range(1, len(widths)):
        n += widths[l] * widths[l - 1]
        n += widths[l]
    return n


def p27_wrong(widths):
    """wrong: a string '337 parameters'"""
    return f"{sum((a + 1) * b for a, b in zip(widths, widths[1:]))} parameters"


def p29_wrong(widths):
    """wrong: every pair of neighbours is counted in both directions"""
    return sum(2 * a * b + b for a, b in zip(widths, widths[1:]))


def p31_wrong(widths):
    """wrong: each layer takes all layers before it (dense connections)"""
    return sum((sum(widths[:l]) + 1) * widths[l] for l in range(1, len(widths)))
