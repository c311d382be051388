"""Answers to neuron by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def pre(X, w, b):
    X @ w + b


def a01_wrong(X, w, b, g):
    """wrong: bias added after g"""
    return g(X @ w) + b


def a03_wrong(X, w, b, g):
    """wrong: g applied to the inputs, then weighted"""
    return g(X) @ w + b


def a05_wrong(X, w, b, g):
    """wrong: g applied to each product, then summed"""
    return g(X * w).sum(axis=1) + b


def a07_wrong(X, w, b, g):
    """wrong: the function itself is returned (g not called): a tuple of z and g"""
    return X @ w + b, g


def a09_wrong(X, w, b, g):
    """wrong twice: sigmoid hard-wired and bias missing"""
    return 1 / (1 + np.exp(-(X @ w)))


def a11_wrong(X, w, b, g):
    """wrong twice: mean of the products and a column"""
    return g((X * w).mean(axis=1) + b).reshape(-1, 1)


def a13_wrong(X, w, b, g):
    """wrong: raises; the helper has no return, g(None)"""
    return g(pre(X, w, b))


def a14_right(X, w, b, g):
    """right: one example at a time, g on arrays of one entry"""
    return np.array([g(np.array([sum(x * w) + b]))[0] for x in X])


def a15_right(X, w, b, g):
    """right: columns convention, transposed inside"""
    return g((w[None, :] @ X.T + b)[0])


def a16_right(X, w, b, g):
    """right: augmented vectors"""
    return g(np.column_stack([X, np.full(len(X), b)]) @ np.append(w, 1.0))


def a17_wrong(X, w, b, g):
    """wrong: the bias is passed as a second argument of g: g(z, b) raises"""
    return g(X @ w, b)


def a19_wrong(X, w, b, g):
    """wrong: z times g(z), as swish does"""
    z = X @ w + b
    return z * g(z)


def p21_wrong(X, w, b, g):
    """wrong here: np.dot(weights, inputs) for one column example; raises for the batch"""
    return g(np.dot(w, X) + b)


def p23_right(X, w, b, g):
    """right: total = dot + bias, then g"""
    total = np.dot(X, w) + b
    return g(total)


def p24_right(X, w, b, g):
    """right: sum of products by rows"""
    return g(np.sum(X * w, axis=1) + b)


def p25_wrong(X, w, b, g):
    """wrong: (a, z) returned, as a forward pass with cache"""
    z = X.dot(w) + b
    return g(z), z


def p27_wrong(X, w, b, g):
    """wrong: a Python list of one value: int(...) of the activation"""
    return [int(v) for v in g(X.dot(w) + b)]


def p29_wrong(X, w, b, g):
    """wrong: tanh hard-wired"""
    return np.tanh(X.dot(w) + b)


def p31_right(X, w, b, g):
    """right: weights as a column, flattened afterwards"""
    return g(X @ w.reshape(-1, 1) + b).ravel()
