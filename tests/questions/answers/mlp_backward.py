"""Answers to mlp_backward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def layer_back(X, W, G):
    return G @ W.T, X.T @ G, G.sum(axis=0)


def forward(X, params, g):
    A, As, Zs = X, [X], []
    for l, (W, b) in enumerate(params):
        Z = A @ W + b
        A = g(Z) if l < len(params) - 1 else Z
        Zs.append(Z)
        As.append(A)
    return As, Zs


def a01_wrong(X, params, g, dg, dZ_last):
    """wrong: the list is in the order last layer to first"""
    As, Zs = forward(X, params, g)
    out, G = [], dZ_last
    for l in range(len(params) - 1, -1, -1):
        dA, dW, db = layer_back(As[l], params[l][0], G)
        out.append((dW, db))
        if l > 0:
            G = dA * dg(Zs[l - 1])
    return out


def a03_wrong(X, params, g, dg, dZ_last):
    """wrong: g' is forgotten, the gradient goes through as if every layer were linear"""
    As, Zs = forward(X, params, g)
    grads, G = [], dZ_last
    for l in reversed(range(len(params))):
        G_next, dW, db = layer_back(As[l], params[l][0], G)
        grads.insert(0, (dW, db))
        G = G_next
    return grads


def a05_wrong(X, params, g, dg, dZ_last):
    """wrong: db is the mean over the batch"""
    As, Zs = forward(X, params, g)
    grads, G = [None] * len(params), dZ_last
    for l in reversed(range(len(params))):
        grads[l] = (As[l].T @ G, G.mean(axis=0))
        if l > 0:
            G = (G @ params[l][0].T) * dg(Zs[l - 1])
    return grads


def a07_wrong(X, params, g, dg, dZ_last):
    """wrong: two lists (dWs, dbs) instead of one list of pairs"""
    As, Zs = forward(X, params, g)
    dWs, dbs, G = [], [], dZ_last
    for l in reversed(range(len(params))):
        dWs.insert(0, As[l].T @ G)
        dbs.insert(0, G.sum(axis=0))
        if l > 0:
            G = (G @ params[l][0].T) * dg(Zs[l - 1])
    return dWs, dbs


def a09_wrong(X, params, g, dg, dZ_last):
    """wrong: dW is made from Z of the layer below instead of A"""
    As, Zs = forward(X, params, g)
    ins = [X] + Zs[:-1]
    grads, G = [None] * len(params), dZ_last
    for l in reversed(range(len(params))):
        grads[l] = (ins[l].T @ G, G.sum(0))
        if l > 0:
            G = (G @ params[l][0].T) * dg(Zs[l - 1])
    return grads


def a11_wrong(X, params, g, dg, dZ_last):
    """wrong: yields the pairs, a generator comes instead of a list"""
    As, Zs = forward(X, params, g)
    Gs = [dZ_last]
    for l in range(len(params) - 1, 0, -1):
        Gs.insert(0, (Gs[0] @ params[l][0].T) * dg(Zs[l - 1]))
    for A, G in zip(As, Gs):
        yield A.T @ G, G.sum(axis=0)


def a13_wrong(X, params, g, dg, dZ_last):
    """wrong, two mistakes: order last to first, and db keeps its batch axis"""
    As, Zs = forward(X, params, g)
    grads, G = [], dZ_last
    for l in reversed(range(len(params))):
        grads.append((As[l].T @ G, G.sum(axis=0, keepdims=True)))
        if l > 0:
            G = (G @ params[l][0].T) * dg(Zs[l - 1])
    return grads


def a15_wrong(X, params, g, dg, dZ_last):
    """wrong, two mistakes: dW transposed, and g' applied at the last layer too"""
    As, Zs = forward(X, params, g)
    grads, G = [None] * len(params), dZ_last * dg(Zs[-1])
    for l in reversed(range(len(params))):
        grads[l] = (G.T @ As[l], G.sum(0))
        if l > 0:
            G = (G @ params[l][0].T) * dg(Zs[l - 1])
    return grads


def a17_wrong(X, params, g, dg, dZ_last):
    """wrong, raises: g' at Z of this layer instead of the layer before, the shapes do not fit"""
    As, Zs = forward(X, params, g)
    grads, G = [None] * len(params), dZ_last
    for l in reversed(range(len(params))):
        dA, dW, db = layer_back(As[l], params[l][0], G)
        grads[l] = (dW, db)
        G = dA * dg(Zs[l])
    return grads


def a19_right(X, params, g, dg, dZ_last):
    """right: recursion, a layer and the rest of the network"""

    def go(A, rest):
        W, b = rest[0]
        if len(rest) == 1:
            return [(A.T @ dZ_last, dZ_last.sum(0))], dZ_last @ W.T
        Z = A @ W + b
        later, dA = go(g(Z), rest[1:])
        dZ = dA * dg(Z)
        return [(A.T @ dZ, dZ.sum(0))] + later, dZ @ W.T

    return go(X, list(params))[0]


def a20_right(X, params, g, dg, dZ_last):
    """right: example by example with outer products, lists of lists returned"""
    out = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in params]
    for x, d in zip(X, dZ_last):
        a, ins, zs = x, [], []
        for W, b in params:
            ins.append(a)
            zs.append(a @ W + b)
            a = g(zs[-1])
        for l in range(len(params) - 1, -1, -1):
            if l < len(params) - 1:
                d = (params[l + 1][0] @ d) * dg(zs[l])
            out[l][0] += np.outer(ins[l], d)
            out[l][1] += d
    return [[dW.tolist(), db.tolist()] for dW, db in out]


def a21_right(X, params, g, dg, dZ_last):
    """right: the forward pass recomputed for every layer, einsum, no list of Z kept"""

    def at(l):
        A = X
        for W, b in params[:l]:
            A = g(A @ W + b)
        return A

    G, out = dZ_last, []
    for l in range(len(params) - 1, -1, -1):
        A, W = at(l), params[l][0]
        out = [(np.einsum("ni,nj->ij", A, G), np.einsum("nj->j", G))] + out
        if l > 0:
            V, c = params[l - 1]
            G = np.einsum("nj,ij->ni", G, W) * dg(at(l - 1) @ V + c)
    return out


def p01_wrong(X, params, g, dg, dZ_last):
    """wrong: Nielsen's backprop, two lists (nabla_b, nabla_w) with the biases first"""
    activation, activations, zs = X, [X], []
    for w, b in params:
        z = activation @ w + b
        zs.append(z)
        activation = g(z)
        activations.append(activation)
    nabla_b = [np.zeros(b.shape) for _, b in params]
    nabla_w = [np.zeros(w.shape) for w, _ in params]
    delta = dZ_last
    nabla_b[-1] = delta.sum(0)
    nabla_w[-1] = activations[-2].T @ delta
    for l in range(2, len(params) + 1):
        delta = delta @ params[-l + 1][0].T * dg(zs[-l])
        nabla_b[-l] = delta.sum(0)
        nabla_w[-l] = activations[-l - 1].T @ delta
    return nabla_b, nabla_w


def p03_wrong(X, params, g, dg, dZ_last):
    """wrong: 1/m in every dW and db (the author's dZ has no 1/m in it)"""
    m = X.shape[0]
    As, Zs = forward(X, params, g)
    out, dZ = [], dZ_last
    for l in reversed(range(len(params))):
        out.append((As[l].T @ dZ / m, dZ.sum(axis=0) / m))
        if l > 0:
            dZ = (dZ @ params[l][0].T) * dg(Zs[l - 1])
    return out[::-1]


def p05_wrong(X, params, g, dg, dZ_last, lr=0.1):
    """wrong: each W is updated in place before the gradient goes through it, the params are changed"""
    As, Zs = forward(X, params, g)
    out, dZ = [], dZ_last
    for l in reversed(range(len(params))):
        W, b = params[l]
        dW, db = As[l].T @ dZ, dZ.sum(0)
        W -= lr * dW
        b -= lr * db
        out.insert(0, (dW, db))
        if l > 0:
            dZ = (dZ @ W.T) * dg(Zs[l - 1])
    return out


def p07_right(X, params, g, dg, dZ_last):
    """right: caches of (A, Z), popped from the end"""
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((A, Z))
        A = g(Z)
    grads, dZ = [], dZ_last
    while cache:
        A, _ = cache.pop()
        grads.insert(0, (A.T @ dZ, dZ.sum(axis=0)))
        if cache:
            dZ = (dZ @ params[len(cache)][0].T) * dg(cache[-1][1])
    return grads


def p08_right(X, params, g, dg, dZ_last):
    """right: Nielsen's negative indices, zipped into pairs at the end"""
    acts, zs = [X], []
    for w, b in params:
        zs.append(acts[-1] @ w + b)
        acts.append(g(zs[-1]))
    nw, nb = [None] * len(params), [None] * len(params)
    delta = dZ_last
    nw[-1], nb[-1] = acts[-2].T @ delta, delta.sum(axis=0)
    for l in range(2, len(params) + 1):
        delta = (delta @ params[-l + 1][0].T) * dg(zs[-l])
        nw[-l], nb[-l] = acts[-l - 1].T @ delta, delta.sum(axis=0)
    return list(zip(nw, nb))
