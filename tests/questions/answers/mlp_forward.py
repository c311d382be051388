"""Answers to mlp_forward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def _layer(A, W, b):
    return A @ W + b


_kept = []


def a01_wrong(X, params, g):
    """wrong: Z is handed on instead of A"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        out.append((Z, g(Z) if i < len(params) - 1 else Z))
        A = Z
    return out


def a03_wrong(X, params, g):
    """wrong: the pair is exchanged, (A, Z)"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 1 else Z
        out.append((A, Z))
    return out


def a05_wrong(X, params, g):
    """wrong: only the last layer's pair is returned"""
    A = X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 1 else Z
    return [(Z, A)]


def a07_wrong(X, params, g):
    """wrong: no activation anywhere, all layers linear"""
    out, A = [], X
    for W, b in params:
        A = A @ W + b
        out.append((A, A))
    return out


def a09_wrong(X, params, g):
    """wrong twice: bias subtracted, and g applied twice in hidden layers"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W - b
        A = g(g(Z)) if i < len(params) - 1 else Z
        out.append((Z, A))
    return out


def a11_wrong(X, params, g):
    """wrong twice: ReLU hard-wired instead of g, and g only from the second layer on (i > 0)"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = np.maximum(0, Z) if 0 < i < len(params) - 1 else Z
        out.append((Z, A))
    return out


def a13_wrong(X, params, g):
    """wrong: raises; reads params[l + 1], one index too far"""
    out, A = [], X
    for i in range(len(params)):
        W, b = params[i + 1]
        Z = A @ W + b
        A = g(Z)
        out.append((Z, A))
    return out


def a14_right(X, params, g):
    """right: recursion"""
    (W, b), rest = params[0], params[1:]
    Z = _layer(X, W, b)
    if not rest:
        return [(Z, Z)]
    A = g(Z)
    return [(Z, A)] + mlp(A, rest, g)


def mlp(X, params, g):
    """Not an answer: the recursion of a14."""
    return a14_right(X, params, g)


def a15_right(X, params, g):
    """right: while loop, last pair replaced at the end"""
    out, A, i = [], X, 0
    while i < len(params):
        Z = np.dot(A, params[i][0]) + params[i][1]
        A = g(Z)
        out.append((Z, A))
        i += 1
    Z = out[-1][0]
    out[-1] = (Z, Z.copy())
    return out


def a16_right(X, params, g):
    """right: list of activations kept, zip at the end"""
    As, Zs = [X], []
    for W, b in params[:-1]:
        Zs.append(As[-1] @ W + b)
        As.append(g(Zs[-1]))
    W, b = params[-1]
    Zs.append(As[-1] @ W + b)
    As.append(Zs[-1])
    return list(zip(Zs, As[1:]))


def a17_wrong(X, params, g):
    """wrong: yields the pairs, a generator instead of a list"""
    A = X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 1 else Z
        yield Z, A


def a19_wrong(X, params, g):
    """wrong: the list is a default that lives between calls: it grows"""
    A = X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if i < len(params) - 1 else Z
        _kept.append((Z, A))
    return _kept


def p21_wrong(X, params, g):
    """wrong: a dictionary with keys Z1, A1, ..."""
    cache, A = {}, X
    for l, (W, b) in enumerate(params, 1):
        cache[f"Z{l}"] = A @ W + b
        A = cache[f"A{l}"] = g(cache[f"Z{l}"]) if l < len(params) else cache[f"Z{l}"]
    return cache


def p23_wrong(X, params, g):
    """wrong: only the output is returned"""
    A = X
    for W, b in params[:-1]:
        A = g(A @ W + b)
    return A @ params[-1][0] + params[-1][1]


def p25_wrong(X, params, g):
    """wrong: softmax in the last layer"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        if i < len(params) - 1:
            A = g(Z)
        else:
            e = np.exp(Z - Z.max(axis=1, keepdims=True))
            A = e / e.sum(axis=1, keepdims=True)
        out.append((Z, A))
    return out


def p27_wrong(X, params, g):
    """wrong: the cache keeps the layer's input instead of its output: (Z, A_prev)"""
    out, A = [], X
    for i, (W, b) in enumerate(params):
        Z = A @ W + b
        out.append((Z, A))
        A = g(Z)
    return out


def p28_right(X, params, g):
    """right: index loop over L layers"""
    L, A, out = len(params), X, []
    for l in range(L):
        W, b = params[l]
        Z = np.matmul(A, W) + b
        A = Z if l == L - 1 else g(Z)
        out.append((Z, A))
    return out


def p29_right(X, params, g):
    """right: all activations g, identity chosen by a list of functions"""
    fs = [g] * (len(params) - 1) + [lambda t: t]
    out, A = [], np.asarray(X)
    for (W, b), f in zip(params, fs):
        Z = np.add(np.dot(A, W), b)
        A = f(Z)
        out.append((Z, A))
    return out


def p35_wrong(X, params, g):
    """wrong: no bias in the forward pass (net_inputs = activations . w) and g everywhere"""
    out, A = [], X
    for W, _ in params:
        Z = np.dot(A, W)
        A = g(Z)
        out.append((Z, A))
    return out
