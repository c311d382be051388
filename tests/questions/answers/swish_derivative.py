"""Answers to swish_derivative by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def sig(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1.0, e) / (1 + e)


def sigmoid(z):
    # YOUR CODE HERE
    raise NotImplementedError()


def a01_wrong(z, beta):
    """wrong: only the first term of the product rule"""
    return sig(beta * z)


def a03_wrong(z, beta):
    """wrong: beta missing inside the sigmoid"""
    s = sig(z)
    return s + beta * z * s * (1 - s)


def a05_wrong(z, beta):
    """wrong: the z in the second term is missing"""
    s = sig(beta * z)
    return s + beta * s * (1 - s)


def a07_wrong(z, beta):
    """wrong: (1 + s) instead of (1 - s)"""
    s = sig(beta * z)
    return s + beta * z * s * (1 + s)


def a09_wrong(z, beta):
    """wrong twice: beta as a factor of the whole, and the minus sign between the terms"""
    s = sig(beta * z)
    return beta * (s - z * s * (1 - s))


def a11_wrong(z, beta):
    """wrong twice: z and beta exchanged in the factor (beta squared stays), rounded to 3 digits"""
    s = sig(beta * z)
    return np.round(s + beta * beta * s * (1 - s), 3)


def a13_wrong(z, beta):
    """wrong: raises; calls sigmoid, which is not written"""
    s = sigmoid(beta * z)
    return s + beta * z * s * (1 - s)


def a14_right(z, beta):
    """right: loop number by number, quotient form"""
    z = np.asarray(z)
    out = []
    for v in z.ravel():
        t = beta * v
        e = math.exp(-abs(t))
        s = 1 / (1 + e) if t >= 0 else e / (1 + e)
        out.append(s * (1 + t * (1 - s)))
    return np.array(out).reshape(z.shape)


def a15_right(z, beta):
    """right: tanh form of the sigmoid, sech squared"""
    t = beta * np.asarray(z, dtype=float) / 2
    th = np.tanh(t)
    return 0.5 * (1 + th) + 0.5 * t * (1 - th * th)


def a16_right(z, beta):
    """right: sigma(-t) instead of 1 - sigma(t)"""
    t = beta * np.asarray(z, dtype=float)
    return sig(t) + t * sig(t) * sig(-t)


def a17_wrong(z, beta):
    """wrong: central difference with a coarse h = 0.01, error about 1e-5"""
    h = 0.01
    g = lambda x: x * sig(beta * x)
    return (g(z + h) - g(z - h)) / (2 * h)


def a19_wrong(z, beta):
    """wrong: beta is overwritten by 1 inside the function"""
    beta = 1
    s = sig(beta * z)
    return s + beta * z * s * (1 - s)


def p21_right(z, beta):
    """right: beta g(z) + sigma(beta z)(1 - beta g(z)) with g(z) = z sigma(beta z)"""
    s = sig(beta * z)
    g = z * s
    return beta * g + s * (1 - beta * g)


def p23_wrong(z, beta):
    """wrong: SiLU, beta ignored everywhere: s (1 + z (1 - s)) with s = sigma(z)"""
    s = sig(z)
    return s * (1 + z * (1 - s))


def p25_wrong(z, beta):
    """wrong: ((1 + e^-x) + x e^-x)/(1 + e^-x)^2 with x = beta z: inf/inf for large negative z"""
    x = beta * z
    e = np.exp(-x)
    return ((1 + e) + x * e) / (1 + e) ** 2


def p27_right(z, beta):
    """right: s (1 + beta z - beta z s)"""
    s = sig(beta * z)
    return s * (1 + beta * z - beta * z * s)


def p29_wrong(z, beta):
    """wrong: the result is cast back to z's type (whole numbers for integer z)"""
    s = sig(beta * z)
    return (s * (1 + beta * z * (1 - s))).astype(np.asarray(z).dtype)


def p31_wrong(z, beta):
    """wrong: sigmoid of beta z clipped to ±3 before"""
    s = sig(np.clip(beta * z, -3, 3))
    return s + beta * z * s * (1 - s)


def p35_wrong(z, beta):
    """wrong: beta in both places but the product rule's first term also multiplied by beta"""
    s = sig(beta * z)
    return beta * s + beta * z * s * (1 - s)
