"""Answers to relu_backward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def relu_prime(Z):
    (Z > 0).astype(float)


def a01_wrong(Z, G):
    """wrong: the result of G * max(0, Z) instead of G * (Z > 0)"""
    return G * np.maximum(0, Z)


def a03_wrong(Z, G):
    """wrong: writes zeros into the caller's G"""
    G[Z < 0] = 0
    return G


def a05_wrong(Z, G):
    """wrong: both must be positive: G * (Z > 0) * (G > 0)"""
    return G * (Z > 0) * (G > 0)


def a07_wrong(Z, G):
    """wrong: averaged over the batch: divided by N"""
    return G * (Z > 0) / len(Z)


def a09_wrong(Z, G):
    """wrong twice: sum over the batch, and mask from max(0, Z) * Z"""
    return (G * np.maximum(0, Z)).sum(axis=0)


def a11_wrong(Z, G):
    """wrong twice: absolute value of G, and mask turned round"""
    return np.abs(G) * (Z <= 0)


def a13_wrong(Z, G):
    """wrong: raises; the helper has no return, array times None"""
    return G * relu_prime(Z)


def a14_right(Z, G):
    """right: double loop"""
    out = np.zeros(G.shape)
    for n in range(Z.shape[0]):
        for i in range(Z.shape[1]):
            if Z[n, i] > 0:
                out[n, i] = G[n, i]
    return out


def a15_right(Z, G):
    """right: heaviside"""
    return np.heaviside(Z, 0.5) * G


def a16_right(Z, G):
    """right: nested list comprehension"""
    return [[g if z > 0 else 0.0 for z, g in zip(zr, gr)] for zr, gr in zip(Z, G)]


def a17_wrong(Z, G):
    """wrong: matrix product instead of entry by entry (G @ mask.T), other shape"""
    return G @ (Z > 0).T.astype(float)


def a19_wrong(Z, G):
    """wrong: nothing is returned: np.where is computed, return missing"""
    dZ = np.where(Z > 0, G, 0.0)


def p20_right(Z, G):
    """right: copy of dA, then zeros where Z <= 0"""
    dZ = np.array(G, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def p21_wrong(Z, G):
    """wrong: dZ = G without a copy (an alias), G is changed"""
    dZ = G
    dZ[Z <= 0] = 0
    return dZ


def p23_right(Z, G):
    """right: G * (Z >= 0)"""
    return G * (Z >= 0)


def p25_wrong(Z, G):
    """wrong: leaky slope 0.01 on the left"""
    return G * np.where(Z > 0, 1.0, 0.01)


def p27_wrong(Z, G):
    """wrong: np.maximum(0, G) and zeros where Z <= 0"""
    d = np.maximum(0, G)
    d[Z <= 0] = 0
    return d


def p29_wrong(Z, G):
    """wrong: zeros_like(Z) as the output; an integer Z cuts G's values"""
    out = np.zeros_like(Z)
    out[Z > 0] = G[Z > 0]
    return out


def p31_right(Z, G):
    """right: multiply with np.where(Z > 0, 1, 0)"""
    return np.multiply(G, np.where(Z > 0, 1, 0))
