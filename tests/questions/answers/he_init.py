"""Answers to he_init by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def a01_wrong(rng, n_in, n_out):
    """wrong: the variance is given where the standard deviation is asked, the square root is missing"""
    return rng.normal(0, 2 / n_in, size=(n_in, n_out))


def a03_wrong(rng, n_in, n_out):
    """wrong: the shape is (n_out, n_in)"""
    return rng.normal(0.0, math.sqrt(2 / n_in), size=(n_out, n_in))


def a05_wrong(rng, n_in, n_out):
    """wrong: uniform between 0 and c, the mean is not 0"""
    c = np.sqrt(6 / n_in)
    return rng.uniform(0, c, (n_in, n_out))


def a07_wrong(rng, n_in, n_out):
    """wrong: variance 2/(n_in + n_out), Glorot's rule"""
    return rng.normal(0, np.sqrt(2.0 / (n_in + n_out)), (n_in, n_out))


def a09_wrong(rng, n_in, n_out):
    """wrong: all zeros"""
    return np.zeros((n_in, n_out))


def a11_wrong(rng, n_in, n_out):
    """wrong: a generator of its own with a fixed seed, the same weights each time"""
    rng = np.random.default_rng(0)
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


def a13_wrong(rng, n_in, n_out):
    """wrong: the mean is 2/n_in and the deviation 1 (arguments of normal mistaken)"""
    return rng.normal(2 / n_in, 1, (n_in, n_out))


def a15_wrong(rng, n_in, n_out):
    """wrong: one number is drawn and fills the whole matrix"""
    return np.full((n_in, n_out), rng.normal(0, np.sqrt(2 / n_in)))


def a17_wrong(rng, n_in, n_out):
    """wrong, two mistakes: the root is missing, and n_out instead of n_in"""
    return rng.normal(0, 2 / n_out, (n_in, n_out))


def a19_wrong(rng, n_in, n_out):
    """wrong, two mistakes: uniform from 0, and with the limit sqrt(2/n_in)"""
    return rng.random((n_in, n_out)) * np.sqrt(2 / n_in)


def a21_wrong(rng, n_in, n_out):
    """wrong, raises: rng.randn does not exist for a Generator"""
    return rng.randn(n_in, n_out) * np.sqrt(2 / n_in)


def a23_right(rng, n_in, n_out):
    """right: row after row, nested lists are returned"""
    s = (2 / n_in) ** 0.5
    return [[float(rng.normal()) * s for _ in range(n_out)] for _ in range(n_in)]


def a24_right(rng, n_in, n_out):
    """right: uniform from random(), shifted and stretched"""
    c = math.sqrt(6 / n_in)
    return (2 * rng.random((n_in, n_out)) - 1) * c


def a25_right(rng, n_in, n_out):
    """right: drawn transposed and turned"""
    return rng.standard_normal((n_out, n_in)).T / np.sqrt(0.5 * n_in)


def p01_wrong(rng, n_in, n_out):
    """wrong: the deeplearning.ai shape (n_out, n_in)"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in)


def p03_wrong(rng, n_in, n_out):
    """wrong: a dictionary of W and b"""
    parameters = {}
    parameters["W1"] = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
    parameters["b1"] = np.zeros((1, n_out))
    return parameters


def p05_wrong(rng, n_in, n_out):
    """wrong: Glorot's uniform limit sqrt(6/(n_in + n_out)) taken for He's"""
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


def p07_wrong(rng, n_in, n_out):
    """wrong: a homework whose fan is the number of units of the layer itself, sqrt(2/n_out)"""
    return rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_out)


def p09_right(rng, fan_in, fan_out):
    """right: He's uniform, limit sqrt(6/fan_in)"""
    limit = np.sqrt(6.0 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def p10_right(rng, n_in, n_out):
    """right: randn divided by sqrt(n/2)"""
    return rng.standard_normal((n_in, n_out)) / np.sqrt(n_in / 2.0)
