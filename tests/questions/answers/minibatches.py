"""Answers to minibatches by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import random
import numpy as np


def a01_wrong(rng, n, batch_size):
    """wrong: the short batch at the end is dropped"""
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size)]


def a03_wrong(rng, n, batch_size):
    """wrong: not shuffled, in order"""
    order = np.arange(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def a05_wrong(rng, n, batch_size):
    """wrong: np.random instead of rng"""
    order = np.random.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def a07_wrong(rng, n, batch_size):
    """wrong: a new choice without replacement for each batch, indices repeat between batches"""
    out = []
    for i in range(0, n, batch_size):
        out.append(rng.choice(n, size=min(batch_size, n - i), replace=False))
    return out


def a09_wrong(rng, n, batch_size):
    """wrong: indices from 1 to n"""
    order = rng.permutation(np.arange(1, n + 1))
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def a11_wrong(rng, n, batch_size):
    """wrong: the batches are shuffled, not the indices in them"""
    batches = [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]
    return [batches[j] for j in rng.permutation(len(batches))]


def a13_wrong(rng, n, batch_size):
    """wrong: the step of the range is 1, batches overlap"""
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(n)]


def a15_wrong(rng, n, batch_size):
    """wrong, raises: rng.shuffle's result is used, and that is None"""
    order = rng.shuffle(np.arange(n))
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def a17_wrong(rng, n, batch_size):
    """wrong: every batch has one too many, i + batch_size + 1"""
    order = rng.permutation(n)
    return [order[i : i + batch_size + 1] for i in range(0, n, batch_size)]


def a19_wrong(rng, n, batch_size):
    """wrong, two mistakes: not shuffled, and the last batch is dropped"""
    return [np.arange(i, i + batch_size) for i in range(0, n - batch_size + 1, batch_size)]


def a21_wrong(rng, n, batch_size):
    """wrong, two mistakes: indices from 1, and the last batch is dropped"""
    order = rng.permutation(n) + 1
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


def a23_wrong(rng, n, batch_size):
    """wrong, raises: np.split in equal parts, where batch_size does not divide n"""
    order = rng.permutation(n)
    return np.split(order, math.ceil(n / batch_size))


def a25_right(rng, n, batch_size):
    """right: cut off from the front in a while loop"""
    rest, out = list(range(n)), []
    rng.shuffle(rest)
    while rest:
        out.append(np.array(rest[:batch_size]))
        rest = rest[batch_size:]
    return out


def a26_right(rng, n, batch_size):
    """right: random keys, argsort, np.split at the multiples"""
    return np.split(np.argsort(rng.random(n)), range(batch_size, n, batch_size))


def a27_right(rng, n, batch_size):
    """right: recursion"""

    def cut(order):
        return [order] if len(order) <= batch_size else [order[:batch_size]] + cut(order[batch_size:])

    return cut(rng.permutation(n))


def p01_wrong(rng, n, batch_size):
    """wrong: np.array_split in n // batch_size parts: no short batch at the end, parts larger than batch_size"""
    return np.array_split(rng.permutation(n), max(1, n // batch_size))


def p03_wrong(rng, n, batch_size):
    """wrong: one random batch is returned, not an epoch"""
    return rng.choice(n, batch_size, replace=False)


def p05_wrong(rng, n, batch_size):
    """wrong: the standard random.shuffle, not rng"""
    order = list(range(n))
    random.shuffle(order)
    return [np.array(order[k : k + batch_size]) for k in range(0, n, batch_size)]


def p07_right(rng, n, batch_size):
    """right: permutation, list filled in a loop"""
    indices = rng.permutation(n)
    batches = []
    for start in range(0, n, batch_size):
        batches.append(indices[start : start + batch_size])
    return batches


def p08_right(rng, n, batch_size):
    """right: complete batches first, then the rest if there is one"""
    permutation = rng.permutation(n)
    num = math.floor(n / batch_size)
    out = [permutation[k * batch_size : (k + 1) * batch_size] for k in range(num)]
    if n % batch_size != 0:
        out.append(permutation[num * batch_size : n])
    return out
