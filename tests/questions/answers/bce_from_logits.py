"""Answers to bce_from_logits by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z)))


def a01_wrong(z, y):
    """wrong: the switch is turned the wrong way, softplus((2y - 1) z)"""
    return np.mean(np.logaddexp(0, (2 * y - 1) * z))


def a03_wrong(z, y):
    """wrong: sum instead of mean"""
    return np.logaddexp(0, (1 - 2 * y) * z).sum()


def a05_wrong(z, y):
    """wrong: |z| forgotten in the exponent: max(m, 0) + log(1 + exp(m))"""
    m = (1 - 2 * y) * z
    return np.mean(np.maximum(m, 0) + np.log1p(np.exp(m)))


def a07_wrong(z, y):
    """wrong: for large m the softplus is set to 0 instead of m"""
    m = (1 - 2 * y) * z
    return np.mean(np.where(m > 30, 0, np.log1p(np.exp(np.minimum(m, 30)))))


def a09_wrong(z, y):
    """wrong twice: 1e-12 inside the log, and the sum over the batch"""
    return -np.sum(np.log(sigmoid((2 * y - 1) * z) + 1e-12))


def a11_wrong(z, y):
    """wrong twice: z and y swapped in the switch, and the mean is halved"""
    return np.logaddexp(0, (1 - 2 * z) * y).mean() / 2


def a13_wrong(z, y):
    """wrong: raises; scalar if on an array (truth value ambiguous)"""
    m = (1 - 2 * y) * z
    if m > 0:
        return np.mean(m + np.log1p(np.exp(-m)))
    return np.mean(np.log1p(np.exp(m)))


def a14_right(z, y):
    """right: loop with math"""
    total = 0.0
    for zi, yi in zip(z, y):
        m = zi if yi == 0 else -zi
        total += max(m, 0.0) + math.log1p(math.exp(-abs(m)))
    return total / len(z)


def a15_right(z, y):
    """right: two branches with masks"""
    m = ((1 - 2 * y) * z).astype(float)
    out = np.empty(m.shape)
    p = m > 0
    out[p] = m[p] + np.log1p(np.exp(-m[p]))
    out[~p] = np.log1p(np.exp(m[~p]))
    return out.mean()


def a16_right(z, y):
    """right: cross-entropy of the two logits (0, z)"""
    L = np.stack([np.zeros(len(z)), z], axis=1)
    lse = np.logaddexp(L[:, 0], L[:, 1])
    return np.mean(lse - L[np.arange(len(z)), y.astype(int)])


def a17_wrong(z, y):
    """wrong: one value per example is returned, not averaged"""
    return np.logaddexp(0, (1 - 2 * y) * z)


def a19_wrong(z, y):
    """wrong: prints and returns nothing"""
    print(np.mean(np.logaddexp(0, (1 - 2 * y) * z)))


def p21_wrong(z, y):
    """wrong: sigmoid clipped to [1e-8, 1 - 1e-8], two logs"""
    p = np.clip(sigmoid(z), 1e-8, 1 - 1e-8)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def p23_wrong(z, y):
    """wrong: clip 1e-7 and 1e-7 inside the logs besides"""
    e = 1e-7
    p = np.clip(sigmoid(z), e, 1 - e)
    return -np.mean(y * np.log(p + e) + (1 - y) * np.log(1 - p + e))


def p25_wrong(z, y):
    """wrong: arguments swapped, (y_true, y_pred) order of most libraries, stable formula"""
    t, s = z, y
    return np.mean(np.maximum(s, 0) - s * t + np.log(1 + np.exp(-np.abs(s))))


def p26_right(z, y):
    """right: max(z, 0) - z y + log(1 + exp(-|z|)), the library formula"""
    return np.mean(np.maximum(z, 0) - z * y + np.log(1 + np.exp(-np.abs(z))))


def p27_right(z, y):
    """right: (1 - y) z + softplus(-z), with logaddexp"""
    return ((1 - y) * z + np.logaddexp(0, -z)).mean()


def p29_wrong(z, y):
    """wrong: y and the prediction mixed up inside the logs: -y log(y) - (1 - p) log(1 - p) style; first log takes y clipped"""
    p = np.clip(sigmoid(z), 1e-10, 1 - 1e-10)
    yc = np.clip(y, 1e-10, 1 - 1e-10)
    return np.mean(-y * np.log(yc) - (1 - p) * np.log(1 - p))


def p31_right(z, y):
    """right: labels turned to signs, softplus with a threshold and log1p"""
    m = -(np.where(y == 1, 1.0, -1.0)) * z
    return np.mean(np.where(m > 100, m, np.log1p(np.exp(np.minimum(m, 100)))))


def p35_wrong(z, y):
    """wrong: a threshold of 6 in the softplus (x > 6 gives x), error up to 0.0025"""
    m = (1 - 2 * y) * z
    return np.mean(np.where(m > 6, m, np.log(1 + np.exp(np.minimum(m, 6)))))


def p37_wrong(z, y):
    """wrong: exact 0 and 1 of the sigmoid replaced by 1e-10 and 1 - 1e-10"""
    a = sigmoid(z)
    a[a == 0.0] = 1e-10
    a[a == 1.0] = 1 - 1e-10
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).mean()
