"""Answers to dense_backward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def a01_wrong(X, W, G):
    """wrong: db is the mean over the batch, not the sum"""
    dX = G @ W.T
    dW = X.T @ G
    db = np.mean(G, axis=0)
    return dX, dW, db


def a03_wrong(X, W, G):
    """wrong: db keeps the batch axis, shape (1, n_out)"""
    dW = np.dot(X.T, G)
    db = np.sum(G, axis=0, keepdims=True)
    dX = np.dot(G, W.T)
    return dX, dW, db


def a05_wrong(X, W, G):
    """wrong: dW and db are divided by N a second time"""
    N = X.shape[0]
    dW = X.T @ G / N
    db = G.sum(axis=0) / N
    dX = G @ W.T
    return dX, dW, db


def a07_wrong(X, W, G):
    """wrong: db is one number, the sum over everything"""
    return G @ W.T, X.T @ G, np.sum(G)


def a09_wrong(X, W, G):
    """wrong: a dictionary is returned"""
    grads = {}
    grads["dX"] = G @ W.T
    grads["dW"] = X.T @ G
    grads["db"] = G.sum(axis=0)
    return grads


def a11_wrong(X, W, G):
    """wrong, two mistakes: dW is divided by N, and db is the mean over everything"""
    return G @ W.T, X.T @ G / len(X), G.mean()


def a13_wrong(X, W, G):
    """wrong, two mistakes: dW transposed, and dX and dW exchanged in the tuple"""
    dX = G @ W.T
    dW = (X.T @ G).T
    db = G.sum(axis=0)
    return dW, dX, db


def a15_wrong(X, W, G):
    """wrong, raises: W is not transposed in dX"""
    dX = G @ W
    dW = X.T @ G
    return dX, dW, G.sum(axis=0)


def a17_right(X, W, G):
    """right: three loops over examples, inputs and units; lists are returned"""
    N, n_in, n_out = len(X), len(W), len(W[0])
    dX = [[0.0] * n_in for _ in range(N)]
    dW = [[0.0] * n_out for _ in range(n_in)]
    db = [0.0] * n_out
    for n in range(N):
        for j in range(n_out):
            db[j] += G[n][j]
            for i in range(n_in):
                dX[n][i] += G[n][j] * W[i][j]
                dW[i][j] += X[n][i] * G[n][j]
    return dX, dW, db


def a18_right(X, W, G):
    """right: einsum for all three"""
    return np.einsum("nj,ij->ni", G, W), np.einsum("ni,nj->ij", X, G), np.einsum("nj->j", G)


def a19_right(X, W, G):
    """right: the bias as one more row of W, with a column of ones"""
    X1 = np.column_stack([X, np.ones(len(X))])
    both = X1.T @ G
    return (W @ G.T).T, both[:-1], both[-1]


def p01_wrong(X, W, G):
    """wrong: the 1/m of the deeplearning.ai course in dW and db, rows kept"""
    m = X.shape[0]
    dW = 1.0 / m * np.dot(X.T, G)
    db = 1.0 / m * np.sum(G, axis=0)
    dA_prev = np.dot(G, W.T)
    return dA_prev, dW, db


def p03_wrong(inputs, weights, dvalues):
    """wrong: as in "Neural Networks from Scratch", db has the shape (1, n_out)"""
    dweights = np.dot(inputs.T, dvalues)
    dbiases = np.sum(dvalues, axis=0, keepdims=True)
    dinputs = np.dot(dvalues, weights.T)
    return dinputs, dweights, dbiases


def p05_wrong(X, W, dY, lr=0.01):
    """wrong: a layer that updates W before it computes dX, and so changes its input and dX"""
    dW = X.T @ dY
    db = dY.sum(axis=0)
    W -= lr * dW
    dX = dY @ W.T
    return dX, dW, db


def p07_wrong(X, W, G):
    """wrong: an L2 term of 1e-3 W is added to dW"""
    dW = X.T @ G + 1e-3 * W
    return G @ W.T, dW, G.sum(axis=0)


def p08_right(x, w, dout):
    """right: the affine layer of cs231n, with a reshape to (N, D)"""
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db
