"""Answers to sawtooth_network by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


FIRST = (np.array([[1.0, 1.0]]), np.array([0.0, -0.5]))


MIDDLE = (np.array([[2.0, 2.0], [-4.0, -4.0]]), np.array([0.0, -0.5]))


LAST = (np.array([[2.0], [-4.0]]), np.array([0.0]))


def middle_silent():
    np.array([[2.0, 2.0], [-4.0, -4.0]]), np.array([0.0, -0.5])


def a01_wrong(k):
    """wrong: one middle layer too many"""
    return [FIRST] + [MIDDLE] * k + [LAST]


def a03_wrong(k):
    """wrong: the middle W is transposed, [[2, -4], [2, -4]]"""
    return [FIRST] + [(MIDDLE[0].T, MIDDLE[1])] * (k - 1) + [LAST]


def a05_wrong(k):
    """wrong: -½ is forgotten in the middle layers"""
    return [FIRST] + [(MIDDLE[0], np.zeros(2))] * (k - 1) + [LAST]


def a07_wrong(k):
    """wrong: -2 instead of -4"""
    W, V = np.array([[2.0, 2.0], [-2.0, -2.0]]), np.array([[2.0], [-2.0]])
    return [FIRST] + [(W, MIDDLE[1])] * (k - 1) + [(V, np.zeros(1))]


def a09_wrong(k):
    """wrong: all W as (n_out, n_in)"""
    return [(W.T, b) for W, b in [FIRST] + [MIDDLE] * (k - 1) + [LAST]]


def a11_wrong(k):
    """wrong: a flat list W1, b1, W2, b2, …"""
    out = []
    for W, b in [FIRST] + [MIDDLE] * (k - 1) + [LAST]:
        out += [W, b]
    return out


def a13_wrong(k):
    """wrong: yields the layers"""
    yield FIRST
    for _ in range(k - 1):
        yield MIDDLE
    yield LAST


def a15_wrong(k):
    """wrong: first W is (2,), without the axis of the input"""
    return [(FIRST[0][0], FIRST[1])] + [MIDDLE] * (k - 1) + [LAST]


def a17_wrong(k):
    """wrong: one hidden layer of 2k units, k tents beside each other"""
    return [(np.ones((1, 2 * k)), np.tile([0.0, -0.5], k)), (np.tile([2.0, -4.0], k)[:, None], np.zeros(1))]


def a19_wrong(k):
    """wrong, two mistakes: no -½ in the middle layers, and -2 at the output"""
    return [FIRST] + [(MIDDLE[0], np.zeros(2))] * (k - 1) + [(np.array([[2.0], [-2.0]]), np.zeros(1))]


def a21_wrong(k):
    """wrong, two mistakes: the first bias is +½, and the output's sign is turned round"""
    return [(FIRST[0], np.array([0.0, 0.5]))] + [MIDDLE] * (k - 1) + [(-LAST[0], LAST[1])]


def a23_wrong(k):
    """wrong, raises: the helper returns nothing, None is unpacked"""
    out = [FIRST]
    for _ in range(k):
        W, b = middle_silent()
        out.append((W, b))
    return out + [LAST]


def a25_right(k):
    """right: nested lists throughout"""
    layers = [([[1, 1]], [0, -0.5])]
    for _ in range(k - 1):
        layers.append(([[2, 2], [-4, -4]], [0, -0.5]))
    layers.append(([[2], [-4]], [0]))
    return layers


def a26_right(k):
    """right: other units, scaled by 2 and exchanged: relu(2x - 1) and relu(2x), outputs -2 and 1"""
    first = (np.array([[2.0, 2.0]]), np.array([-1.0, 0.0]))
    out = np.array([[-2.0], [1.0]])
    middle = (out @ first[0], first[1])
    return [first] + [middle for _ in range(k - 1)] + [(out, np.zeros(1))]


def a27_right(k):
    """right: recursion, the last layer of the smaller network is replaced"""

    def net(j):
        if j == 1:
            return [FIRST, LAST]
        inner = net(j - 1)
        W, b = inner[-1]
        return inner[:-1] + [(W @ FIRST[0], b @ FIRST[0] + FIRST[1]), LAST]

    return net(k)


def p01_wrong(k):
    """wrong: Yarotsky's column form: W (n_out, n_in), b (n_out, 1)"""
    return [(W.T, b[:, None]) for W, b in [FIRST] + [MIDDLE] * (k - 1) + [LAST]]


def p03_wrong(k):
    """wrong: a dictionary W1, b1, …"""
    layers = [FIRST] + [MIDDLE] * (k - 1) + [LAST]
    out = {}
    for l, (W, b) in enumerate(layers, 1):
        out[f"W{l}"], out[f"b{l}"] = W, b
    return out


def p05_wrong(k):
    """wrong: a callable network is returned"""

    def network(x):
        for _ in range(k):
            x = 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)
        return x

    return network


def p06_right(k):
    """right: the loop over layers by cases"""
    layers = []
    for l in range(k + 1):
        if l == 0:
            layers.append((np.array([[1.0, 1.0]]), np.array([0.0, -0.5])))
        elif l == k:
            layers.append((np.array([[2.0], [-4.0]]), np.zeros(1)))
        else:
            layers.append((np.outer([2.0, -4.0], [1.0, 1.0]), np.array([0.0, -0.5])))
    return layers
