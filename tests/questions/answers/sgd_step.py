"""Answers to sgd_step by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


VELOCITY = {}


COUNT = [0]


def a01_wrong(params, grads, lr):
    """wrong: the loop name is bound to a new array, params unchanged"""
    for p, g in zip(params, grads):
        p = p - lr * g


def a03_wrong(params, grads, lr):
    """wrong: a new list is returned, nothing happens in place"""
    return [p - lr * g for p, g in zip(params, grads)]


def a05_wrong(params, grads, lr):
    """wrong: the learning rate is forgotten"""
    for p, g in zip(params, grads):
        p -= g


def a07_wrong(params, grads, lr):
    """wrong: right in place, but the list is returned as well"""
    for p, g in zip(params, grads):
        p -= lr * g
    return params


def a09_wrong(params, grads, lr):
    """wrong: the last array is left out (range to len - 1)"""
    for i in range(len(params) - 1):
        params[i] -= lr * grads[i]


def a11_wrong(params, grads, lr):
    """wrong: -lr * g is written in instead of added to what is there"""
    for p, g in zip(params, grads):
        p[...] = -lr * g


def a13_wrong(params, grads, lr):
    """wrong: only the first row is written, p[0] -="""
    for p, g in zip(params, grads):
        p[0] -= lr * g[0]


def a15_wrong(params, grads, lr):
    """wrong: the step gets smaller with every call, lr/(1 + number of calls) (state between calls)"""
    COUNT[0] += 1
    for p, g in zip(params, grads):
        p -= lr / COUNT[0] * g


def a17_wrong(params, grads, lr):
    """wrong, two mistakes: the gradients are changed, and the sign is turned round"""
    for p, g in zip(params, grads):
        g *= -lr
        p -= g


def a19_wrong(params, grads, lr):
    """wrong, two mistakes: the first array is left out, and lr is divided by 2"""
    for i in range(1, len(params)):
        params[i] -= lr / 2 * grads[i]


def a21_wrong(params, grads, lr):
    """wrong, raises: treats params as pairs (W, b)"""
    for (W, b), (dW, db) in zip(params, grads):
        W -= lr * dW
        b -= lr * db


def a23_right(params, grads, lr):
    """right: every entry by itself, with ndindex"""
    for p, g in zip(params, grads):
        for i in np.ndindex(p.shape):
            p[i] = p[i] - lr * g[i]


def a24_right(params, grads, lr):
    """right: np.subtract with out="""
    for i in range(len(params)):
        np.subtract(params[i], np.multiply(lr, grads[i]), out=params[i])


def a25_right(params, grads, lr):
    """right: recursion over the list, slice assignment"""
    if len(params) == 0:
        return
    params[0][...] = params[0] + (-lr) * grads[0]
    sgd_rest(params[1:], grads[1:], lr)


def sgd_rest(params, grads, lr):
    if params:
        params[0][...] = params[0] + (-lr) * grads[0]
        sgd_rest(params[1:], grads[1:], lr)


def p01_wrong(params, grads, lr):
    """wrong: the function style, returns params - lr * grads as a new list"""
    updated = []
    for param, grad in zip(params, grads):
        updated.append(param - lr * grad)
    params = updated
    return params


def p03_wrong(params, grads, lr, momentum=0.9):
    """wrong: momentum with a velocity kept between calls"""
    for i, (p, g) in enumerate(zip(params, grads)):
        v = momentum * VELOCITY.get((i, p.shape), np.zeros_like(p)) - lr * g
        VELOCITY[i, p.shape] = v
        p += v


def p05_wrong(params, grads, lr):
    """wrong: gradients are clipped to [-1, 1]"""
    for p, g in zip(params, grads):
        p -= lr * np.clip(g, -1, 1)


def p07_right(params, grads, lr):
    """right: params[i] -= lr * grads[i], in place because of -= on arrays"""
    for i in range(len(params)):
        params[i] -= lr * grads[i]


def p08_right(params, grads, lr):
    """right: enumerate"""
    for i, param in enumerate(params):
        param -= lr * grads[i]
