"""Answers to gelu by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


_erf = np.vectorize(math.erf, otypes=[float])


def Phi(z):
    # YOUR CODE HERE
    raise NotImplementedError()


def a01_wrong(z):
    """wrong: the half is missing"""
    return z * (1 + _erf(z / math.sqrt(2)))


def a03_wrong(z):
    """wrong: 1 - erf, the share above z"""
    return 0.5 * z * (1 - _erf(z / math.sqrt(2)))


def a05_wrong(z):
    """wrong: divided by 2 instead of sqrt(2)"""
    return 0.5 * z * (1 + _erf(z / 2))


def a07_wrong(z):
    """wrong: a flat list, the shape is lost for more than one axis"""
    return [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in np.ravel(z)]


def a09_wrong(z):
    """wrong twice: erf without the 1, and absolute value of z as factor"""
    return 0.5 * np.abs(z) * _erf(z / math.sqrt(2))


def a11_wrong(z):
    """wrong twice: bell curve's density instead of the share, and without z"""
    return np.exp(-(np.asarray(z, float) ** 2) / 2) / math.sqrt(2 * math.pi)


def a13_wrong(z):
    """wrong: raises; np.erf does not exist"""
    return 0.5 * z * (1 + np.erf(z / np.sqrt(2)))


def a14_right(z):
    """right: nested loop through ndindex into a float array"""
    z = np.asarray(z)
    out = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        out[i] = z[i] * (1 + math.erf(float(z[i]) / 2**0.5)) / 2
    return out


def a15_right(z):
    """right: erfc of the negated argument"""
    return np.vectorize(lambda v: 0.5 * v * math.erfc(-v / math.sqrt(2)), otypes=[float])(z)


def a16_right(z):
    """right: z minus z times the share above"""
    z = np.asarray(z)
    return z - 0.5 * z * np.vectorize(math.erfc, otypes=[float])(z / math.sqrt(2))


def a17_wrong(z):
    """wrong: share counted in a random sample of 100000"""
    sample = np.sort(np.random.default_rng(0).normal(size=100_000))
    return z * np.searchsorted(sample, z, side="right") / len(sample)


def a19_wrong(z):
    """wrong: helper Phi is not written, raises"""
    return z * Phi(z)


def p21_wrong(z):
    """wrong here: the sigmoid approximation z sigma(1.702 z)"""
    t = 1.702 * np.asarray(z, dtype=float)
    e = np.exp(-np.abs(t))
    return z * np.where(t >= 0, 1, e) / (1 + e)


def p23_wrong(z):
    """wrong: math.tanh on an array raises"""
    return 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))


def p24_right(z):
    """right: np.vectorize(math.erf) in one line"""
    return 0.5 * z * (1 + np.vectorize(math.erf)(z / np.sqrt(2)))


def p25_right(z):
    """right: z times the normal distribution function of the statistics module"""
    from statistics import NormalDist

    return z * np.vectorize(NormalDist().cdf, otypes=[float])(z)


def p27_wrong(z):
    """wrong: tanh approximation in the form tanh(0.79788456 z (1 + 0.044715 z z)), one digit string for the root"""
    x = np.asarray(z, dtype=float)
    return 0.5 * x * (1 + np.tanh(0.79788456 * x * (1 + 0.044715 * x * x)))


def p29_wrong(z):
    """wrong: erf by a fixed Taylor sum of 20 terms, explodes for large |z|"""
    x = np.asarray(z, dtype=float) / math.sqrt(2)
    with np.errstate(all="ignore"):
        e = sum((-1) ** k * x ** (2 * k + 1) / (math.factorial(k) * (2 * k + 1)) for k in range(20))
    return 0.5 * z * (1 + 2 / math.sqrt(math.pi) * e)


def p31_right(z):
    """right: list comprehension over flat, reshaped"""
    z = np.asarray(z)
    return np.reshape([0.5 * v * (1.0 + math.erf(v / math.sqrt(2.0))) for v in z.flat], z.shape)


def p35_wrong(z):
    """wrong: z sigma(1.702 z) with a naive sigmoid and the factor rounded to 1.7"""
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-1.7 * np.asarray(z, dtype=float)))
