"""One training step and one trained network under each peer, written as its users write it."""

import importlib.util
from itertools import pairwise

import numpy as np


def installed(module):
    """Whether a peer is there."""
    return importlib.util.find_spec(module) is not None


def batch(widths, output, size, seed=0):
    """X (n, n_in) and Y of one minibatch in float32; labels are integers for a softmax."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(size, widths[0])).astype(np.float32)
    if output == "bernoulli":
        return X, rng.integers(0, 2, (size, 1)).astype(np.float32)
    return X, rng.integers(0, widths[-1], size)


def mlpkit_step(widths, activation, output, X, Y, optimizer, rate):
    """The recorded program."""
    from mlpkit import MLP
    from mlpkit.program import TrainingProgram

    program = TrainingProgram(MLP(widths, activation, output, rng=0), len(X), optimizer, rate)
    return lambda: program.step(X, Y)


def plain_numpy_step(widths, activation, output, X, Y, optimizer, rate):
    """A tutorial's step: lists of matrices, a new array for every result."""
    rng = np.random.default_rng(0)
    Ws = [rng.normal(0, n_in**-0.5, (n_in, n_out)).astype(np.float32) for n_in, n_out in pairwise(widths)]
    bs = [np.zeros(n, np.float32) for n in widths[1:]]
    memory = [[np.zeros_like(p) for p in [*Ws, *bs]] for _ in range(2)]
    count = 0

    def step():
        nonlocal count
        A = [X]
        for layer, (W, b) in enumerate(zip(Ws, bs, strict=True)):
            Z = A[-1] @ W + b
            last = layer == len(Ws) - 1
            A.append(Z if last else np.tanh(Z) if activation == "tanh" else np.maximum(Z, 0))
        Z = A[-1]
        if output == "bernoulli":
            y_hat = 1 / (1 + np.exp(-Z))
            J = -(Y * np.log(y_hat) + (1 - Y) * np.log(1 - y_hat)).mean()
            D = (y_hat - Y) / len(X)
        else:
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            y_hat = E / E.sum(axis=1, keepdims=True)
            J = -np.log(y_hat[np.arange(len(X)), Y]).mean()
            D = y_hat.copy()
            D[np.arange(len(X)), Y] -= 1
            D /= len(X)
        dWs, dbs = [], []
        for layer in reversed(range(len(Ws))):
            dWs.insert(0, A[layer].T @ D)
            dbs.insert(0, D.sum(axis=0))
            if layer:
                D = D @ Ws[layer].T
                D = D * (1 - A[layer] ** 2) if activation == "tanh" else D * (A[layer] > 0)
        count += 1
        for p, g, m, v in zip([*Ws, *bs], [*dWs, *dbs], *memory, strict=True):
            if optimizer == "sgd":
                p -= rate * g
            else:
                m[...] = 0.9 * m + 0.1 * g
                v[...] = 0.999 * v + 0.001 * g * g
                p -= rate * (m / (1 - 0.9**count)) / (np.sqrt(v / (1 - 0.999**count)) + 1e-8)
        return float(J)

    return step


def torch_network(widths, activation):
    """Linear layers with an activation between them."""
    import torch

    unit, parts = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation], []
    for n_in, n_out in pairwise(widths):
        parts += [torch.nn.Linear(n_in, n_out), unit()]
    return torch.nn.Sequential(*parts[:-1])


def torch_step(widths, activation, output, X, Y, optimizer, rate):
    """PyTorch, eager, one thread."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = torch_network(widths, activation)
    loss = torch.nn.BCEWithLogitsLoss() if output == "bernoulli" else torch.nn.CrossEntropyLoss()
    rule = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](net.parameters(), lr=rate)
    X, Y = torch.from_numpy(X), torch.from_numpy(Y)

    def step():
        rule.zero_grad()
        J = loss(net(X), Y)
        J.backward()
        rule.step()
        return J.item()

    return step


def jax_parts(widths, activation, output, X, Y, optimizer, rate):
    """JAX: the parameters with the optimizer's state, and a pure step."""
    import jax
    import jax.numpy as jnp

    rng = np.random.default_rng(0)
    theta = [
        (jnp.array(rng.normal(0, n_in**-0.5, (n_in, n_out)), jnp.float32), jnp.zeros(n_out, jnp.float32))
        for n_in, n_out in pairwise(widths)
    ]
    g = {"tanh": jnp.tanh, "relu": jax.nn.relu}[activation]

    def J(theta):
        A = X
        for W, b in theta[:-1]:
            A = g(A @ W + b)
        Z = A @ theta[-1][0] + theta[-1][1]
        if output == "bernoulli":
            return (jax.nn.softplus(Z) - Y * Z).mean()
        return -jnp.take_along_axis(jax.nn.log_softmax(Z), Y[:, None], axis=1).mean()

    zeros = jax.tree.map(jnp.zeros_like, theta)

    def step(state):
        theta, m, v, t = state
        loss, slope = jax.value_and_grad(J)(theta)
        if optimizer == "sgd":
            return (jax.tree.map(lambda p, g: p - rate * g, theta, slope), m, v, t), loss
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, slope)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, slope)
        move = jax.tree.map(lambda m, v: m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v)
        return (jax.tree.map(lambda p, d: p - rate * d, theta, move), m, v, t), loss

    return step, (theta, zeros, zeros, jnp.float32(0))


def jax_step(*given):
    """JAX, one compiled step."""
    import jax

    step, state = jax_parts(*given)
    step = jax.jit(step)

    def once():
        nonlocal state
        state, loss = step(state)
        return float(loss)

    return once


def jax_scan(*given, steps=100):
    """JAX, `steps` steps compiled into one call; the time is that of the whole call."""
    import jax

    step, state = jax_parts(*given)
    many = jax.jit(lambda state: jax.lax.scan(lambda s, _: step(s), state, None, steps))

    def once():
        nonlocal state
        state, losses = many(state)
        return float(losses[-1])

    return once


def sklearn_step(widths, activation, output, X, Y, optimizer, rate):
    """scikit-learn's partial_fit on one minibatch."""
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier(
        tuple(widths[1:-1]), activation=activation, solver=optimizer, learning_rate_init=rate, alpha=0.0,
        batch_size=len(X), momentum=0.0, random_state=0,
    )  # fmt: skip
    labels = Y.ravel().astype(int)
    net.partial_fit(X, labels, classes=np.arange(max(2, widths[-1])))

    def step():
        net.partial_fit(X, labels)
        return net.loss_

    return step
