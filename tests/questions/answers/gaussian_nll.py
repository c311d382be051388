"""Answers to gaussian_nll by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def density(y, y_hat, sigma):
    np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / sigma


def a01_wrong(y, y_hat, sigma):
    """wrong: the term log sigma is missing"""
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2)


def a03_wrong(y, y_hat, sigma):
    """wrong: sum over the batch for both terms"""
    return np.sum((y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma))


def a05_wrong(y, y_hat, sigma):
    """wrong: log sigma is divided by N too (mean applied twice)"""
    return (np.sum((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)) / len(y)


def a07_wrong(y, y_hat, sigma):
    """wrong: sigma not squared in the denominator"""
    return np.mean((y - y_hat) ** 2) / (2 * sigma) + np.log(sigma)


def a09_wrong(y, y_hat, sigma):
    """wrong twice: the sign of the whole, and log of sigma squared"""
    return -(np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma**2))


def a11_wrong(y, y_hat, sigma):
    """wrong twice: brackets / 2 * sigma**2, and no log term"""
    return np.mean((y - y_hat) ** 2 / 2 * sigma**2)


def a13_wrong(y, y_hat, sigma):
    """wrong: raises; the helper density returns nothing, log of None"""
    return -np.log(density(y, y_hat, sigma)).mean()


def a14_right(y, y_hat, sigma):
    """right: loop with math"""
    s = 0.0
    for a, b in zip(y, y_hat):
        s += ((a - b) / sigma) ** 2
    return s / (2 * len(y)) + math.log(sigma)


def a15_right(y, y_hat, sigma):
    """right: dot product of the standardised residuals"""
    r = (np.asarray(y) - y_hat) / sigma
    return 0.5 * r.dot(r) / r.size + np.log(sigma)


def a16_right(y, y_hat, sigma):
    """right: with the constant half log 2 pi"""
    return np.mean((y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma) + 0.5 * np.log(2 * np.pi))


def a17_wrong(y, y_hat, sigma):
    """wrong: minus log of the density, which is rounded to 0 far away (infinite)"""
    p = np.exp(-((y - y_hat) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
    return -np.mean(np.log(p))


def a19_wrong(y, y_hat, sigma):
    """wrong: sigma is estimated from the data instead of the given one"""
    sigma = np.std(y - y_hat) + 1e-9
    return np.mean((y - y_hat) ** 2) / (2 * sigma**2) + np.log(sigma)


def p21_wrong(y, y_hat, sigma):
    """wrong here: third argument taken as log sigma: exp(sigma)"""
    s = np.exp(sigma)
    return np.mean(0.5 * ((y - y_hat) / s) ** 2 + sigma)


def p23_wrong(y, y_hat, sigma):
    """wrong: 1e-6 added to sigma (and to its square) for stability"""
    s = sigma + 1e-6
    return np.mean((y - y_hat) ** 2 / (2 * s**2) + 0.5 * np.log(s**2))


def p25_right(y, y_hat, sigma):
    """right: half of log variance plus d^2/variance, with 0.5 log(2 pi var)"""
    v = sigma**2
    return np.mean(0.5 * np.log(2 * np.pi * v) + (y - y_hat) ** 2 / (2 * v))


def p26_right(y, y_hat, sigma):
    """right: minus the log density, summed and divided by N"""
    logp = -np.log(sigma) - 0.5 * ((y - y_hat) / sigma) ** 2
    return -sum(logp) / len(y)


def p27_wrong(y, y_hat, sigma):
    """wrong: constant log 2 pi without the half"""
    return np.mean((y - y_hat) ** 2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi))


def p29_wrong(y, y_hat, sigma):
    """wrong: everything without the half: d^2/var + log var"""
    return np.mean((y - y_hat) ** 2 / sigma**2 + np.log(sigma**2))


def p31_wrong(y, y_hat, sigma):
    """wrong: log density with 1e-12 inside the log"""
    p = np.exp(-0.5 * ((y - y_hat) / sigma) ** 2) / sigma
    return -np.log(p + 1e-12).mean()


def p35_wrong(y, y_hat, sigma):
    """wrong here: third argument as ln_var, summed over the batch, with the constant"""
    return np.sum(0.5 * (np.log(2 * np.pi) + sigma + (y - y_hat) ** 2 * np.exp(-sigma)))


def p37_wrong(y, y_hat, sigma):
    """wrong: softplus applied to sigma first"""
    s = np.log1p(np.exp(sigma)) + 1e-6
    return np.mean(np.log(s) + 0.5 * ((y - y_hat) / s) ** 2)
