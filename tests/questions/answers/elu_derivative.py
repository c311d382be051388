"""Answers to elu_derivative by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def elu(z, alpha):
    return np.where(z > 0, z, alpha * (np.exp(np.minimum(z, 0)) - 1))


def _left(z, alpha):
    alpha * np.exp(z)


def a01_wrong(z, alpha):
    """wrong: returns ELU itself on the left: alpha (e^z - 1)"""
    return np.where(z > 0, 1.0, alpha * (np.exp(np.minimum(z, 0)) - 1))


def a03_wrong(z, alpha):
    """wrong: z instead of 1 on the right"""
    return np.where(z > 0, z, alpha * np.exp(np.minimum(z, 0)))


def a05_wrong(z, alpha):
    """wrong: alpha also on the right"""
    return alpha * np.exp(np.minimum(z, 0))


def a07_wrong(z, alpha):
    """wrong: alpha inside the exponent, e^(alpha z)"""
    return np.where(z > 0, 1.0, alpha * np.exp(alpha * np.minimum(z, 0)))


def a09_wrong(z, alpha):
    """wrong twice: minus alpha on the left (sign), and rounded to 4 digits"""
    return np.round(np.where(z > 0, 1.0, -alpha * np.exp(np.minimum(z, 0))), 4)


def a11_wrong(z, alpha):
    """wrong twice: threshold at alpha instead of 0, and alpha added instead of multiplied"""
    return np.where(z > alpha, 1.0, alpha + np.exp(np.minimum(z, 0)))


def a13_wrong(z, alpha):
    """wrong: raises; the helper has no return, None times array"""
    return (z > 0) * 1.0 + (z < 0) * _left(np.minimum(z, 0), alpha)


def a14_right(z, alpha):
    """right: loop over all entries"""
    z = np.asarray(z)
    return np.array([1.0 if v > 0 else alpha * math.exp(v) for v in z.ravel()]).reshape(z.shape)


def a15_right(z, alpha):
    """right: np.vectorize with a float type"""
    return np.vectorize(lambda v: 1 if v > 0 else alpha * math.exp(v), otypes=[float])(z)


def a16_right(z, alpha):
    """right: power alpha^(z<0) times e^min(z,0)"""
    return np.power(float(alpha), np.asarray(z) < 0) * np.exp(np.minimum(z, 0))


def a17_wrong(z, alpha):
    """wrong: np.vectorize whose first value decides the type: an int 1 for a positive first entry cuts all others"""
    return np.vectorize(lambda v: 1 if v > 0 else alpha * math.exp(v))(z)


def a19_wrong(z, alpha):
    """wrong: prints and returns None"""
    print(np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))))


def p21_right(z, alpha):
    """right: ELU value plus alpha on the left (g + alpha)"""
    return np.where(z > 0, 1.0, elu(np.asarray(z), alpha) + alpha)


def p23_wrong(z, alpha):
    """wrong: alpha has a fixed default of 1.0 and the argument is ignored"""
    alpha = 1.0
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.exp(np.minimum(z, 0)))


def p25_wrong(z, alpha):
    """wrong: leaky ReLU's derivative, alpha on the left"""
    return np.where(np.asarray(z) > 0, 1.0, alpha)


def p27_wrong(z, alpha):
    """wrong: max(1, alpha e^z)-like: np.minimum(1, alpha e^z), wrong on the left where alpha e^z exceeds 1 and on the right where alpha < 1 near 0"""
    return np.minimum(1.0, alpha * np.exp(np.minimum(z, 50)))


def p29_right(z, alpha):
    """right: boolean mask as float plus masked exponential of the clipped input"""
    pos = (np.asarray(z) > 0).astype(float)
    return pos + (1 - pos) * alpha * np.exp(np.minimum(z, 0))


def p30_right(z, alpha):
    """right: np.piecewise on floats"""
    x = np.asarray(z, dtype=float)
    return np.piecewise(x, [x > 0, x <= 0], [1.0, lambda v: alpha * np.exp(v)])


def p31_wrong(z, alpha):
    """wrong: g + alpha where g is the identity for z > -1 (condition off)"""
    return np.where(np.asarray(z) > -1, 1.0, alpha * np.exp(np.minimum(z, 0)))


def p34_right(z, alpha):
    """right: float array of the mask, the zeros filled with the exponentials"""
    x = np.asarray(z, dtype=float)
    d = np.array(x > 0, dtype=float)
    off = d == 0
    d[off] = alpha * np.exp(x[off])
    return d


def p35_wrong(z, alpha):
    """wrong: raises or misplaces: g[z < 0] = alpha * exp(z) without the mask on the right"""
    g = np.ones(np.shape(z))
    g[z < 0] = alpha * np.exp(np.minimum(z, 0))
    return g


def p37_wrong(z, alpha):
    """wrong: elu(z) + 1 on the left (alpha = 1 assumed)"""
    return np.where(np.asarray(z) > 0, 1.0, elu(np.asarray(z), alpha) + 1)
