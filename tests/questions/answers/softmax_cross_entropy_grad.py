"""Answers to softmax_cross_entropy_grad by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def one_hot(y, K):
    raise NotImplementedError()


def a01_wrong(Z, y):
    """wrong: y - s, the sign is turned"""
    return (np.eye(Z.shape[1])[y] - softmax(Z)) / len(y)


def a03_wrong(Z, y):
    """wrong: subtracts the integer label from every entry of the row instead of a one-hot row"""
    return (softmax(Z) - np.reshape(y, (-1, 1))) / len(y)


def a05_wrong(Z, y):
    """wrong: subtracts the 1 from the logits, i.e. works in the caller's array"""
    Z[np.arange(len(y)), y] -= 1
    return softmax(Z) / len(y)


def a07_wrong(Z, y):
    """wrong: averaged over the batch: one row of length K is returned"""
    return (softmax(Z) - np.eye(Z.shape[1])[y]).mean(axis=0)


def a09_wrong(Z, y):
    """wrong twice: sign turned and divided by N*K (np.mean over everything in mind)"""
    return (np.eye(Z.shape[1])[y] - softmax(Z)) / Z.size


def a11_wrong(Z, y):
    """wrong twice: multiplied by s(1 - s) once more (as after a sigmoid), and no 1/N"""
    S = softmax(Z)
    return (S - np.eye(Z.shape[1])[y]) * S * (1 - S)


def a13_wrong(Z, y):
    """wrong: raises; the helper one_hot is not written"""
    return (softmax(Z) - one_hot(y, Z.shape[1])) / len(y)


def a14_right(Z, y):
    """right: double loop with math"""
    N, K = Z.shape
    G = np.zeros((N, K))
    for n in range(N):
        top = max(Z[n])
        total = sum(math.exp(v - top) for v in Z[n])
        for k in range(K):
            G[n, k] = (math.exp(Z[n, k] - top) / total - (1 if y[n] == k else 0)) / N
    return G


def a15_right(Z, y):
    """right: comparison with arange as one-hot"""
    return (softmax(Z) - (y[:, None] == np.arange(Z.shape[1]))) / len(Z)


def a16_right(Z, y):
    """right: np.subtract.at, nested list returned"""
    S = softmax(Z)
    np.subtract.at(S, (np.arange(len(y)), y), 1.0)
    return (S / Z.shape[0]).tolist()


def a17_wrong(Z, y):
    """wrong: derivative of the loss by the probabilities, -1/s at the label and 0 elsewhere"""
    S = softmax(Z)
    G = np.zeros(S.shape)
    G[np.arange(len(y)), y] = -1 / np.maximum(S[np.arange(len(y)), y], 1e-12)
    return G / len(y)


def a19_wrong(Z, y):
    """wrong: a dictionary {'dZ': ...} is returned"""
    return {"dZ": (softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)}


def p21_wrong(Z, y):
    """wrong here: Z is taken to be the softmax output already (p - onehot)/N"""
    G = Z.astype(float).copy()
    G[np.arange(len(y)), y] -= 1
    return G / len(y)


def p23_wrong(Z, y):
    """wrong: A - Y without 1/m, since the weights' gradients divide later"""
    return softmax(Z) - np.eye(Z.shape[1])[y]


def p24_right(Z, y):
    """right: copy, range(N), y, minus 1, divide"""
    d = softmax(Z).copy()
    d[range(Z.shape[0]), y] -= 1
    d /= Z.shape[0]
    return d


def p25_right(Z, y):
    """right: through the Jacobian of every row and -1/p, written so that the division cancels"""
    S = softmax(Z)
    N, K = S.shape
    out = np.empty((N, K))
    for n in range(N):
        J_over = np.eye(K) - np.outer(np.ones(K), S[n])  # row k of the Jacobian divided by s_k
        out[n] = -J_over[y[n]] / N
    return out


def p27_wrong(Z, y):
    """wrong: the diagonal s(1 - s) taken for the softmax's whole derivative, times -y/p"""
    S = np.clip(softmax(Z), 1e-7, 1 - 1e-7)
    T = np.eye(Z.shape[1])[y]
    return -T / S * S * (1 - S) / len(y)


def p29_wrong(Z, y):
    """wrong: the binary-cross-entropy derivative -(y/p) + (1-y)/(1-p), clipped, /N, without the softmax step"""
    S = np.clip(softmax(Z), 1e-7, 1 - 1e-7)
    T = np.eye(Z.shape[1])[y]
    return (-(T / S) + (1 - T) / (1 - S)) / len(y)


def p31_wrong(Z, y):
    """wrong: factor 2, as from a squared error"""
    return 2 * (softmax(Z) - np.eye(Z.shape[1])[y]) / len(y)


def p35_wrong(Z, y):
    """wrong: divided by Z.size, N*K instead of N (and probabilities clipped to 1e-8)"""
    P = np.clip(softmax(Z), 1e-8, 1 - 1e-8)
    return (P - np.eye(Z.shape[1])[y]) / Z.size


def p37_wrong(Z, y):
    """wrong: only the labelled entries get a gradient (p - 1), the others stay 0"""
    P = softmax(Z)
    G = np.zeros_like(P)
    r = np.arange(len(y))
    G[r, y] = (P[r, y] - 1) / len(y)
    return G
