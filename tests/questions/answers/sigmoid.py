"""Answers to sigmoid by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def a01_wrong(z):
    """wrong: second formula everywhere, inf/inf for 1000"""
    return np.exp(z) / (1 + np.exp(z))


def a03_wrong(z):
    """wrong: |z| is used for both signs, so negative z gives sigma(|z|)"""
    return 1 / (1 + np.exp(-np.abs(z)))


def a05_wrong(z):
    """wrong: set to exactly 0 and 1 outside of ±10"""
    s = 1 / (1 + np.exp(-np.clip(z, -10, 10)))
    return np.where(z > 10, 1.0, np.where(z < -10, 0.0, s))


def a07_wrong(z):
    """wrong: flattened, the shape of z is lost"""
    return np.array(
        [1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v)) for v in np.ravel(z)]
    )


def a09_wrong(z):
    """wrong twice: minus instead of plus in the denominator, second formula only"""
    return np.exp(z) / (np.exp(z) - 1)


def a11_wrong(z):
    """wrong twice: for negative z the branch 1 - sigma lost its minus sign, and the input is overwritten with its absolute value"""
    np.abs(z, out=z)
    return 1 - 1 / (1 + np.exp(-z))


def a13_wrong(z):
    """wrong: raises; scalar if on an array"""
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    else:
        return np.exp(z) / (1 + np.exp(z))


def a14_right(z):
    """right: tanh of the half"""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def a15_right(z):
    """right: loop over flat, reshaped"""
    z = np.asarray(z)
    out = []
    for v in z.ravel():
        e = math.exp(-abs(v))
        out.append(1 / (1 + e) if v >= 0 else e / (1 + e))
    return np.array(out).reshape(z.shape)


def a16_right(z):
    """right: exp of minus softplus(-z) by logaddexp"""
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def a17_wrong(z):
    """wrong: prints, returns None"""
    print(1 / (1 + np.exp(-np.abs(z))))


def a19_wrong(z):
    """wrong: returns the derivative as well, a tuple (s, s(1-s))"""
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1, e) / (1 + e)
    return s, s * (1 - s)


def p20_right(z):
    """right (error below 1e-200): clipped to ±500"""
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def p21_right(z):
    """right: positive and negative masks, float output"""
    x = np.asarray(z, dtype=np.float64)
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    t = np.exp(x[~pos])
    out[~pos] = t / (1 + t)
    return out


def p27_right(z):
    """right: exp(min(z, 0)) / (1 + exp(-|z|))"""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def p23_wrong(z):
    """wrong: np.where computing both formulas; values right, but both overflow somewhere"""
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def p25_wrong(z):
    """wrong: empty_like(z) of an integer array in the masked version"""
    res = np.empty_like(z)
    m = z >= 0
    res[m] = 1 / (1 + np.exp(-z[m]))
    t = np.exp(z[~m])
    res[~m] = t / (1 + t)
    return res


def p29_wrong(z):
    """wrong: 'deriv' flag mixed up, x * (1 - x) is returned"""
    return z * (1 - z)


def p31_wrong(z):
    """wrong: hard sigmoid max(0, min(1, 0.2 z + 0.5))"""
    return np.clip(0.2 * np.asarray(z) + 0.5, 0, 1)


def p34_right(z):
    """right: extended precision (longdouble)"""
    return (1 / (1 + np.exp(-np.asarray(z, dtype=np.longdouble)))).astype(float)


def p35_wrong(z):
    """wrong: branches 1/(1 + e^-x) for x <= 0 and 1 - 1/(1 + e^x) for x > 0, both overflow"""
    return np.where(z <= 0, 1 / (1 + np.exp(-z)), 1 - 1 / (1 + np.exp(z)))


def p37_right(z):
    """right: the exponent is bounded by 512"""
    return 1 / (1 + np.exp(np.minimum(-np.asarray(z, dtype=float), 512)))
