"""Answers to numeric_gradient by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def a01_wrong(f, x, h=1e-5):
    """wrong: forward difference"""
    grad = np.zeros(x.shape)
    fx = f(x)
    for i in np.ndindex(x.shape):
        y = x.copy()
        y[i] += h
        grad[i] = (f(y) - fx) / h
    return grad


def a03_wrong(f, x, h=1e-5):
    """wrong: (…)/2*h multiplies by h, a bracket is missing"""
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / 2 * h
    return grad


def a05_wrong(f, x, h=1e-5):
    """wrong: x is never restored, later entries see moved neighbours"""
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        a = f(x)
        x[i] = old - h
        b = f(x)
        grad[i] = (a - b) / (2 * h)
    return grad


def a07_wrong(f, x, h=1e-5):
    """wrong: the sign is turned round"""
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        grad[i] = (f(x - e) - f(x + e)) / (2 * h)
    return grad


def a09_wrong(f, x, h=1e-5):
    """wrong: the loop is over the rows only, whole rows are moved"""
    grad = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad


def a11_wrong(f, x, h=1e-5):
    """wrong: returns after the first entry (return inside the loop)"""
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        grad[i] = (f(x + e) - f(x - e)) / (2 * h)
        return grad


def a13_wrong(f, x, h=1e-5):
    """wrong, two mistakes: backward difference, and flattened"""
    flat = []
    for i in np.ndindex(x.shape):
        y = x.copy()
        y[i] -= h
        flat.append((f(x) - f(y)) / h)
    return np.array(flat)


def a15_wrong(f, x, h=1e-5):
    """wrong, two mistakes: the step is relative to x but the division is by 2h, and the sign is turned round"""
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] = x[i] * (1 + h)
        down[i] = x[i] * (1 - h)
        grad[i] = (f(down) - f(up)) / (2 * h)
    return grad


def a17_wrong(f, x, h=1e-5):
    """wrong, raises: x is treated as a number in float()"""
    return (f(float(x) + h) - f(float(x) - h)) / (2 * h)


def a19_right(f, x, h=1e-5):
    """right: every row of a unit matrix, reshaped; a list of numbers becomes an array"""
    rows = h * np.eye(x.size)
    g = [(f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / (h + h) for e in rows]
    return np.array(g, dtype=float).reshape(x.shape)


def a20_right(f, x, h=1e-5):
    """right: .flat on copies, nested lists returned by tolist"""
    grad = np.empty(x.shape)
    for k in range(x.size):
        total = 0.0
        for sign in (1, -1):
            y = np.array(x, dtype=float)
            y.flat[k] += sign * h
            total += sign * f(y)
        grad.flat[k] = 0.5 * total / h
    return grad.tolist()


def a21_right(f, x, h=1e-5):
    """right: vectorize over the flat numbers of the entries"""

    def one(k):
        e = np.zeros(x.size)
        e[k] = h
        e = e.reshape(x.shape)
        return float(f(x + e) - f(x - e)) / (2 * h)

    return np.vectorize(one, otypes=[float])(np.arange(x.size).reshape(x.shape))


def p01_wrong(f, x, h=None):
    """wrong (for another h than 1e-4): the step 1e-4 of "Deep Learning from Scratch" is fixed inside, the argument is ignored"""
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        idx = it.multi_index
        tmp = x[idx]
        x[idx] = float(tmp) + h
        fxh1 = f(x)
        x[idx] = tmp - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp
        it.iternext()
    return grad


def p03_wrong(f, x, h=1e-5):
    """wrong: scalar numerical_diff for the whole array at once, one number"""
    return (f(x + h) - f(x - h)) / (2 * h)


def p05_wrong(f, x, h=1e-5):
    """wrong: a column vector, as in deeplearning.ai's gradient_check_n with theta as a column"""
    theta = x.reshape(-1, 1).astype(float)
    approx = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i][0] += h
        minus[i][0] -= h
        approx[i] = (f(plus.reshape(x.shape)) - f(minus.reshape(x.shape))) / (2 * h)
    return approx


def p07_right(f, x, h=1e-5):
    """right (float arrays): nditer with multi_index, the old value kept and put back"""
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        pos = f(x)
        x[ix] = old - h
        neg = f(x)
        x[ix] = old
        grad[ix] = (pos - neg) / (2 * h)
        it.iternext()
    return grad


def p08_right(f, x, h=1e-5):
    """right: np.ndindex, a perturbation array set and cleared"""
    grad, perturb = np.zeros(x.shape), np.zeros(x.shape)
    for p in np.ndindex(x.shape):
        perturb[p] = h
        loss2, loss1 = f(x + perturb), f(x - perturb)
        grad[p] = (loss2 - loss1) / (2 * h)
        perturb[p] = 0
    return grad
