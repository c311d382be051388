"""Answers to count_linear_pieces by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def run(params, x):
    A = np.asarray(x, dtype=float)[:, None]
    for W, b in params[:-1]:
        A = np.maximum(A @ W + b, 0)
    W, b = params[-1]
    return (A @ W + b).ravel()


def kinks(params, lo, hi):
    """Every place between lo and hi where some unit switches, and lo and hi."""
    xs = [lo, hi]
    for l in range(1, len(params)):
        x = np.array(xs)
        A = x[:, None]
        for W, b in params[: l - 1]:
            A = np.maximum(A @ W + b, 0)
        Z = A @ params[l - 1][0] + params[l - 1][1]
        new = list(xs)
        for i in range(len(xs) - 1):
            for z0, z1 in zip(Z[i], Z[i + 1]):
                if z0 * z1 < 0:
                    new.append(xs[i] + (xs[i + 1] - xs[i]) * z0 / (z0 - z1))
        xs = sorted(set(new))
    return np.array(xs)


def slope_at(params, x):
    """Slope at x from the units that are on."""
    A, D = np.array([[x]]), np.ones((1, 1))
    for W, b in params[:-1]:
        Z = A @ W + b
        A, D = np.maximum(Z, 0), (D @ W) * (Z > 0)
    return float((D @ params[-1][0])[0, 0])


def a01_wrong(params, lo, hi):
    """wrong: counts the places where any unit switches, also where the curve does not bend"""
    return len(kinks(params, lo, hi)) - 1


def a03_wrong(params, lo, hi):
    """wrong: a fine grid of 1000 points, second differences that are not 0 (every kink counts about twice)"""
    x = np.linspace(lo, hi, 1000)
    d = np.diff(run(params, x), 2)
    return int((np.abs(d) > 1e-9).sum()) + 1


def a05_wrong(params, lo, hi):
    """wrong: the number of different slopes, not of pieces"""
    xs = kinks(params, lo, hi)
    return len({round(slope_at(params, (a + b) / 2), 9) for a, b in zip(xs[:-1], xs[1:])})


def a07_wrong(params, lo, hi):
    """wrong: kinks outside of (lo, hi) are counted too (whole line)"""
    xs = kinks(params, -1e6, 1e6)
    s = [slope_at(params, (a + b) / 2) for a, b in zip(xs[:-1], xs[1:])]
    return 1 + sum(abs(p - q) > 1e-9 for p, q in zip(s[:-1], s[1:]))


def a09_wrong(params, lo, hi):
    """wrong: a formula, the product of (width + 1)"""
    out = 1
    for W, b in params[:-1]:
        out *= W.shape[1] + 1
    return out


def a11_wrong(params, lo, hi):
    """wrong: the biases are left out"""
    bare = [(W, 0 * b) for W, b in params]
    xs = kinks(bare, lo, hi)
    s = [slope_at(bare, (a + b) / 2) for a, b in zip(xs[:-1], xs[1:])]
    return 1 + sum(abs(p - q) > 1e-9 for p, q in zip(s[:-1], s[1:]))


def a13_wrong(params, lo, hi):
    """wrong: the list of kinks is returned"""
    xs = kinks(params, lo, hi)
    return list(xs[1:-1])


def a15_wrong(params, lo, hi):
    """wrong: slopes at the left end of each piece, where a unit is just 0"""
    xs = kinks(params, lo, hi)
    s = [slope_at(params, a) for a in xs[:-1]]
    return 1 + sum(abs(p - q) > 1e-9 for p, q in zip(s[:-1], s[1:]))


def a17_wrong(params, lo, hi):
    """wrong, two mistakes: kinks instead of pieces, and only the first layer"""
    W, b = params[0]
    return sum(lo < -c / w < hi for w, c in zip(W[0], b) if w != 0)


def a19_wrong(params, lo, hi):
    """wrong, two mistakes: a coarse grid of 100, and no 1 added"""
    d = np.diff(run(params, np.linspace(lo, hi, 100)), 2)
    return int((np.abs(d) > 1e-6).sum())


def a21_wrong(params, lo, hi):
    """wrong, raises: x is a row and W has one row: shapes do not fit"""
    x = np.linspace(lo, hi, 500)
    A = x
    for W, b in params[:-1]:
        A = np.maximum(A @ W + b, 0)
    return len(np.unique(np.diff((A @ params[-1][0]).ravel())))


def a23_wrong(params, lo, hi):
    """wrong, raises: a scalar if on an array of z"""
    count = 1
    A = np.array([[lo], [hi]])
    for W, b in params[:-1]:
        Z = A @ W + b
        if Z[0] * Z[1] < 0:
            count += 1
        A = np.maximum(Z, 0)
    return count


def a24_right(params, lo, hi):
    """right: kinks layer by layer, slopes of neighbouring pieces compared by on and off units"""
    xs = kinks(params, lo, hi)
    s = [slope_at(params, (a + b) / 2) for a, b in zip(xs[:-1], xs[1:]) if b - a > 1e-13]
    scale = max(1.0, max(abs(v) for v in s))
    return 1 + sum(abs(p - q) > 1e-9 * scale for p, q in zip(s[:-1], s[1:]))


def a25_right(params, lo, hi):
    """right: pieces as (start, end, value and slope of every unit), split recursively"""
    pieces = [(lo, hi, np.zeros(1), np.ones(1))]  # each unit is c + m x
    for W, b in params[:-1]:
        later = []
        for a, e, c, m in pieces:
            C, M = c @ W + b, m @ W
            cuts = sorted({float(-p / q) for p, q in zip(C, M) if q != 0 and a < -p / q < e})
            ends = [a] + cuts + [e]
            for u, v in zip(ends[:-1], ends[1:]):
                on = C + M * (u + v) / 2 > 0
                later.append((u, v, C * on, M * on))
        pieces = later
    slopes = [float((m @ params[-1][0])[0]) for _, _, _, m in pieces]
    n = 1
    for p, q in zip(slopes[:-1], slopes[1:]):
        if not math.isclose(p, q, rel_tol=1e-9, abs_tol=1e-9):
            n += 1
    return n


def a26_right(params, lo, hi):
    """right: a NumPy integer, slopes as differences of values over the kinks"""
    xs = kinks(params, lo, hi)
    xs = xs[np.concatenate([[True], np.diff(xs) > 1e-11])]
    y = run(params, xs)
    s = np.diff(y) / np.diff(xs)
    tol = 1e-6 * max(1.0, np.abs(s).max())
    return np.int64(1) + (np.abs(np.diff(s)) > tol).sum()


def p01_wrong(params, lo, hi):
    """wrong: different activation patterns on a grid of 10000 samples (LinearRegionCount)"""
    A = np.linspace(lo, hi, 10000)[:, None]
    patterns = []
    for W, b in params[:-1]:
        Z = A @ W + b
        patterns.append(np.sign(np.maximum(Z, 0)))
        A = np.maximum(Z, 0)
    return len(np.unique(np.concatenate(patterns, axis=1), axis=0))


def p03_wrong(params, lo, hi):
    """wrong: slopes between 500 sorted random samples, changes above 1e-3: bends between samples count twice, close ones are lost"""
    x = np.sort(np.random.default_rng(0).uniform(lo, hi, 500))
    s = np.diff(run(params, x)) / np.diff(x)
    return 1 + int((np.abs(np.diff(s)) > 1e-3).sum())


def p05_wrong(params, lo, hi):
    """wrong: W is expected as (n_out, n_in): raises, or counts another network"""
    A = np.linspace(lo, hi, 2000)[None, :]
    for W, b in params[:-1]:
        A = np.maximum(W @ A + b[:, None], 0)
    y = (params[-1][0] @ A + params[-1][1][:, None]).ravel()
    return 1 + int((np.abs(np.diff(y, 2)) > 1e-8).sum())


def p06_right(params, lo, hi):
    """right: exact break points by affine pieces, merged where slope and value agree"""
    breaks, lines = [lo, hi], [(np.array([1.0]), np.array([0.0]))]
    for W, b in params[:-1]:
        nb, nl = [lo], []
        for i, (m, c) in enumerate(lines):
            M, C = m @ W, c @ W + b
            with np.errstate(divide="ignore", invalid="ignore"):
                r = np.where(M != 0, -C / M, np.inf)
            r = np.unique(r[(r > breaks[i]) & (r < breaks[i + 1])])
            stops = np.concatenate([[breaks[i]], r, [breaks[i + 1]]])
            for u, v in zip(stops[:-1], stops[1:]):
                on = (M * 0.5 * (u + v) + C) > 0
                nl.append((M * on, C * on))
                nb.append(v)
        breaks, lines = nb, nl
    slopes = np.array([(m @ params[-1][0]).item() for m, _ in lines])
    return int(1 + np.sum(~np.isclose(slopes[1:], slopes[:-1], rtol=1e-8, atol=1e-8)))
