"""Answers to train_xor by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


X4 = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


Y4 = np.array([[0.0], [1.0], [1.0], [0.0]])


def sigma(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def learn(rng, hidden=8, steps=1500, lr=0.5, scale=1.0, bias=True, sign=-1, y=Y4, linear=False, slope=None):
    """A tanh network with one hidden layer and a sigmoid output; its four arrays after training."""
    W1, b1 = scale * rng.normal(size=(2, hidden)), np.zeros(hidden)
    W2, b2 = scale * rng.normal(size=(hidden, 1)), np.zeros(1)
    for _ in range(steps):
        Z = X4 @ W1 + b1
        A = Z if linear else np.tanh(Z)
        d2 = (sigma(A @ W2 + b2) - y) / len(X4)
        s = slope(Z, A) if slope else (1 if linear else 1 - A**2)
        d1 = d2 @ W2.T * s
        W2 += sign * lr * A.T @ d2
        W1 += sign * lr * X4.T @ d1
        if bias:
            b2 += sign * lr * d2.sum(0)
            b1 += sign * lr * d1.sum(0)
    return W1, b1, W2, b2


def answer(X, net, linear=False):
    W1, b1, W2, b2 = net
    Z = X @ W1 + b1
    return sigma((Z if linear else np.tanh(Z)) @ W2 + b2)


def a01_wrong(rng):
    """wrong: predict gives a column (N, 1)"""
    net = learn(rng)
    return lambda X: answer(X, net)


def a03_wrong(rng):
    """wrong: zeros as start, all hidden units stay the same, ½ everywhere"""
    net = learn(rng, scale=0.0)
    return lambda X: answer(X, net).ravel()


def a05_wrong(rng):
    """wrong: no activation in the hidden layer, two linear layers"""
    net = learn(rng, linear=True)
    return lambda X: answer(X, net, linear=True).ravel()


def a07_wrong(rng):
    """wrong: ten steps only"""
    net = learn(rng, steps=10, lr=0.1)
    return lambda X: answer(X, net).ravel()


def a09_wrong(rng):
    """wrong: no biases at all, at (0, 0) it says ½"""
    net = learn(rng, bias=False)
    return lambda X: answer(X, net).ravel()


def a11_wrong(rng):
    """wrong: learns AND instead of XOR"""
    net = learn(rng, y=np.array([[0.0], [0.0], [0.0], [1.0]]))
    return lambda X: answer(X, net).ravel()


def a13_wrong(rng):
    """wrong: np.random instead of rng for the first weights"""
    net = learn(np.random)
    return lambda X: answer(X, net).ravel()


def a15_wrong(rng):
    """wrong: probabilities are compared with 0 instead of ½, class 1 everywhere"""
    net = learn(rng)
    return lambda X: (answer(X, net).ravel() > 0) * 1


def a17_wrong(rng):
    """wrong: predict prints and returns nothing"""
    net = learn(rng)

    def predict(X):
        print(answer(X, net).ravel())

    return predict


def a19_wrong(rng):
    """wrong, two mistakes: start at 0.001 and lr 0.01: half everywhere, and (N, 1)"""
    net = learn(rng, scale=0.001, lr=0.01)
    return lambda X: answer(X, net)


def a21_wrong(rng):
    """wrong, two mistakes: a pair (predict, loss history) is returned, and the loss history is printed"""
    net = learn(rng)
    losses = [float(np.mean((answer(X4, net) - Y4) ** 2))]
    print(losses)
    return (lambda X: answer(X, net).ravel()), losses


def a23_wrong(rng):
    """wrong, raises: y is (4,) and y_hat (4, 1), their difference is (4, 4)"""
    W1, W2 = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
    y = np.array([0, 1, 1, 0])
    for _ in range(500):
        A = np.tanh(X4 @ W1)
        d2 = (sigma(A @ W2) - y) / 4
        W2 -= 0.5 * A.T @ d2
        W1 -= 0.5 * X4.T @ (d2 @ W2.T * (1 - A**2))
    return lambda X: sigma(np.tanh(X @ W1) @ W2).ravel()


def a25_right(rng):
    """right: example by example, whole numbers 0 and 1 as answer"""
    W1, b1 = rng.normal(size=(2, 6)), rng.normal(size=6)
    w2, b2 = rng.normal(size=6), 0.0
    for step in range(3000):
        x, y = X4[step % 4], Y4[step % 4, 0]
        a = np.tanh(x @ W1 + b1)
        d = sigma(a @ w2 + b2) - y
        back = d * w2 * (1 - a * a)
        w2 = w2 - 0.3 * d * a
        b2 = b2 - 0.3 * d
        W1 = W1 - 0.3 * np.outer(x, back)
        b1 = b1 - 0.3 * back
    return lambda X: (np.tanh(X @ W1 + b1) @ w2 + b2 > 0).astype(int)


def a26_right(rng):
    """right: random hidden layer, least squares for the output layer"""
    W, b = 3 * rng.normal(size=(2, 30)), rng.normal(size=30)
    H = np.column_stack([np.tanh(X4 @ W + b), np.ones(4)])
    v = np.linalg.lstsq(H, Y4.ravel(), rcond=None)[0]
    return lambda X: np.column_stack([np.tanh(X @ W + b), np.ones(len(X))]) @ v


def a27_right(rng):
    """right: starts again until the loss is small, returned as a class instance with __call__"""

    class Net:
        def __init__(self):
            for _ in range(5):
                self.net = learn(rng, hidden=4, steps=1200, lr=1.0)
                if np.abs(answer(X4, self.net) - Y4).max() < 0.3:
                    break

        def __call__(self, X):
            return answer(np.asarray(X), self.net)[:, 0]

    return Net()


def p01_wrong(rng):
    """wrong: the 5-line classic: 2 sigmoid units without biases, rand start, lr 0.1, 5000 steps: does not get there"""
    w1, w2 = rng.random((2, 2)), rng.random((2, 1))
    for _ in range(5000):
        h = sigma(X4 @ w1)
        o = sigma(h @ w2)
        e = Y4 - o
        d = e * o * (1 - o)
        w1, w2 = w1 + 0.1 * X4.T @ (d @ w2.T * h * (1 - h)), w2 + 0.1 * h.T @ d
    return lambda X: sigma(sigma(X @ w1) @ w2).ravel()


def p03_wrong(rng):
    """wrong: the deeplearning.ai start randn * 0.01 with two units, 1000 steps: ½ everywhere"""
    net = learn(rng, hidden=2, steps=1000, lr=0.3, scale=0.01)
    return lambda X: answer(X, net).ravel()


def p05_wrong(rng):
    """wrong: a single perceptron with a step, the error-correcting rule: XOR cannot be learned so"""
    w = rng.normal(size=3)
    Xb = np.column_stack([X4, np.ones(4)])
    for _ in range(100):
        for x, y in zip(Xb, Y4.ravel()):
            w = w + 0.1 * (y - float(x @ w > 0)) * x
    return lambda X: (np.column_stack([X, np.ones(len(X))]) @ w > 0) * 1


def p07_right(rng):
    """right: sigmoid hidden units, squared error, lr 2, as in many tutorials"""
    W1, b1 = rng.normal(size=(2, 6)), rng.normal(size=(1, 6))
    W2, b2 = rng.normal(size=(6, 1)), rng.normal(size=(1, 1))
    for _ in range(5000):
        h = sigma(X4 @ W1 + b1)
        o = sigma(h @ W2 + b2)
        do = (o - Y4) * o * (1 - o)
        dh = do @ W2.T * h * (1 - h)
        W2 -= 2 * h.T @ do
        b2 -= 2 * do.sum(axis=0, keepdims=True)
        W1 -= 2 * X4.T @ dh
        b1 -= 2 * dh.sum(axis=0, keepdims=True)
    return lambda X: sigma(sigma(X @ W1 + b1) @ W2 + b2).flatten()


def p08_right(rng):
    """right: ReLU hidden layer of 16 units with He start, Adam"""
    P = [rng.normal(0, 1, (2, 16)), np.zeros(16), rng.normal(0, 0.35, (16, 1)), np.zeros(1)]
    M, V = [np.zeros_like(p) for p in P], [np.zeros_like(p) for p in P]
    for t in range(1, 801):
        Z = X4 @ P[0] + P[1]
        A = np.maximum(Z, 0)
        d2 = (sigma(A @ P[2] + P[3]) - Y4) / 4
        d1 = d2 @ P[2].T * (Z > 0)
        for i, g in enumerate([X4.T @ d1, d1.sum(0), A.T @ d2, d2.sum(0)]):
            M[i] = 0.9 * M[i] + 0.1 * g
            V[i] = 0.999 * V[i] + 0.001 * g * g
            P[i] = P[i] - 0.02 * (M[i] / (1 - 0.9**t)) / (np.sqrt(V[i] / (1 - 0.999**t)) + 1e-8)
    return lambda X: sigma(np.maximum(X @ P[0] + P[1], 0) @ P[2] + P[3])[:, 0]
