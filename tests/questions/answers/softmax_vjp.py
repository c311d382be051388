"""Answers to softmax_vjp by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def jacobian(s):
    np.diag(s) - np.outer(s, s)


def a01_wrong(Z, G):
    """wrong: delta_ij forgotten, only the full part: -s_j sum G s"""
    S = softmax(Z)
    return -S * (G * S).sum(axis=1, keepdims=True)


def a03_wrong(Z, G):
    """wrong: sum of G instead of the sum of G s"""
    S = softmax(Z)
    return S * (G - G.sum(axis=1, keepdims=True))


def a05_wrong(Z, G):
    """wrong: the sum runs over the examples (axis 0)"""
    S = softmax(Z)
    return S * (G - (G * S).sum(axis=0))


def a07_wrong(Z, G):
    """wrong: Z is taken as the softmax output"""
    return Z * (G - (G * Z).sum(axis=1, keepdims=True))


def a09_wrong(Z, G):
    """wrong twice: one sum over the whole batch, and plus"""
    S = softmax(Z)
    return S * (G + (G * S).sum())


def a11_wrong(Z, G):
    """wrong twice: softmax over columns, and only the diagonal"""
    E = np.exp(Z - Z.max(axis=0))
    S = E / E.sum(axis=0)
    return G * S * (1 - S)


def a13_wrong(Z, G):
    """wrong: raises; the helper jacobian has no return"""
    S = softmax(Z)
    return np.array([g @ jacobian(s) for g, s in zip(G, S)])


def a14_right(Z, G):
    """right: builds every Jacobian"""
    return np.array([g @ (np.diag(s) - np.outer(s, s)) for g, s in zip(G, softmax(Z))])


def a15_right(Z, G):
    """right: einsum over the batch of Jacobians"""
    S = softmax(Z)
    J = np.einsum("ni,ij->nij", S, np.eye(Z.shape[1])) - np.einsum("ni,nj->nij", S, S)
    return np.einsum("ni,nij->nj", G, J)


def a16_right(Z, G):
    """right: four loops written out with math"""
    N, K = Z.shape
    out = np.zeros((N, K))
    for n in range(N):
        top = max(Z[n])
        e = [math.exp(v - top) for v in Z[n]]
        s = [v / sum(e) for v in e]
        for j in range(K):
            for i in range(K):
                out[n, j] += G[n, i] * s[i] * ((i == j) - s[j])
    return out


def a17_wrong(Z, G):
    """wrong: the Jacobians themselves are returned (N, K, K), G not used"""
    return np.array([np.diag(s) - np.outer(s, s) for s in softmax(Z)])


def a19_wrong(Z, G):
    """wrong: the Jacobian of the first example is used for all"""
    s = softmax(Z)[0]
    return G @ (np.diag(s) - np.outer(s, s))


def p20_right(Z, G):
    """right: loop with diagflat and dot"""
    S = softmax(Z)
    out = np.empty_like(G, dtype=float)
    for i, (s, g) in enumerate(zip(S, G)):
        s = s.reshape(-1, 1)
        out[i] = np.dot(np.diagflat(s) - np.dot(s, s.T), g)
    return out


def p21_right(Z, G):
    """right: s (g - <g, s>)"""
    S = softmax(Z)
    return (G - np.sum(G * S, axis=1, keepdims=True)) * S


def p23_wrong(Z, G):
    """wrong: flattened batch: one big Jacobian through reshape(-1, 1)"""
    s = softmax(Z).reshape(-1, 1)
    J = np.diagflat(s) - s @ s.T
    return (J @ G.reshape(-1)).reshape(G.shape)


def p25_wrong(Z, G):
    """wrong here: G is taken for the one-hot target, s - G"""
    return softmax(Z) - G


def p27_wrong(Z, G):
    """wrong here (columns convention): softmax and sum over axis 0"""
    E = np.exp(Z - Z.max(axis=0))
    S = E / E.sum(axis=0)
    return S * (G - np.sum(G * S, axis=0, keepdims=True))


def p29_wrong(Z, G):
    """wrong: Jacobian with the diagonal s(1-s) and +s_i s_j off it"""
    S = softmax(Z)
    J = np.einsum("ni,nj->nij", S, S)
    i = np.arange(Z.shape[1])
    J[:, i, i] = S * (1 - S)
    return np.einsum("ni,nij->nj", G, J)


def p31_right(Z, G):
    """right: matmul of a stack of Jacobians with column vectors, squeezed"""
    S = softmax(Z)
    J = S[:, :, None] * (np.eye(S.shape[1])[None] - S[:, None, :])
    return np.matmul(J.transpose(0, 2, 1), G[:, :, None])[:, :, 0]


def p35_wrong(Z, G):
    """wrong: one Jacobian, of the batch's mean softmax, for all rows"""
    s = softmax(Z).mean(axis=0)
    return G @ ((np.identity(len(s)) - s) * s[:, None])


def p37_wrong(Z, G):
    """wrong: 'backward' that ignores the Jacobian's full part and multiplies with Z: Z * (p - 1) * G"""
    return Z * (softmax(Z) - 1) * G
