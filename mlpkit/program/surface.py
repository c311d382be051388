"""The output of a network over a grid of its two inputs, fast enough for a slider.

>>> from mlpkit import MLP
>>> Z = surface(MLP([2, 16, 16, 2], rng=0), np.linspace(-2, 2, 50), np.linspace(-1, 1, 30))
>>> Z.shape, Z.dtype
((30, 50, 2), dtype('float32'))
"""

from __future__ import annotations

import numpy as np

from mlpkit import _checks, activations
from mlpkit.network import MLP
from mlpkit.program import kernels
from mlpkit.program.tape import Tape

COLUMNS = 4096  # points that go through the network together: their activations stay in the cache
LARGEST = 80  # e to this power, up or down, is a number in single precision and not 0: no ∞ times 0

SIGMOID, TANH = (activations.ACTIVATIONS[name] for name in ("sigmoid", "tanh"))


def surface(net: MLP, x1, x2) -> np.ndarray:
    """ŷ at every point (x1[j], x2[i]) -> (len(x2), len(x1), n_out) in float32; rows go with x2, for imshow.

    Kept apart from `MLP.predict` for speed: points are columns over a row of ones, as in the training
    program, and numbers are float32 (about 1e-6 off for weights of usual size).
    tests/program/test_surface.py compares the two.
    """
    if net.widths[0] != 2:
        raise ValueError(f"surface expects a network with 2 inputs; got {net!r}")
    x1, x2 = (_axis(what, x) for what, x in (("x1", x1), ("x2", x2)))
    rows = min(len(x2), max(1, COLUMNS // len(x1)))
    here, source, calls, top = _forward(net, x1, x2, rows)
    Y = np.empty((net.widths[-1], len(x2), len(x1)), np.float32)
    with np.errstate(all="ignore"):
        for start in range(0, len(x2), rows):
            start = min(start, len(x2) - rows)  # the last block overlaps the one before
            here[:] = source[start : start + rows]
            for function, arguments in calls:
                function(*arguments)
            Y[:, start : start + rows] = top
    return np.moveaxis(Y, 0, -1)


def _forward(net, x1, x2, rows):
    """Calls for `rows` rows of the grid: (the array to copy them to, all rows, the calls, ŷ as a view).

    A unit of tanh or of the sigmoid is 1/(1 + e^-z) here: NumPy's exp is faster than its tanh. In layer 1
    e^-z is e^-(w₁x₁ + b) times e^-(w₂x₂): two short vectors of exponentials for a whole grid.
    """
    weights, by_exp = _in_exponentials(net)
    tape, shape = Tape(), (rows, len(x1))
    X = np.ones((3, *shape), np.float32)
    X[0] = x1
    inputs, here, source = X.reshape(3, -1), X[1], x2[:, None]
    for depth, (layer, W) in enumerate(zip(net.layers, weights, strict=True), start=1):
        a1 = np.ones((layer.n_out + 1, inputs.shape[1]), np.float32)
        A = a1[:-1]
        arrays = kernels.Arrays(tape, depth, A, not by_exp[depth - 1] and kernels.keeps_z(layer.activation))
        pair = _short_vectors(W, x1, x2) if depth == 1 and by_exp[0] else None
        if pair:
            column = np.empty((layer.n_out, rows, 1), np.float32)
            here, source = column[:, :, 0].T, pair[1].T
            grid = A.reshape(-1, *shape)
            tape.add("forward", "e^-z as a product", np.multiply, column, pair[0][:, None], grid)
        else:
            tape.add("forward", "the sum", np.dot, W.T.astype(np.float32, order="C"), inputs, arrays.Z)
            if by_exp[depth - 1]:
                tape.add("forward", "e^-z", np.exp, A, A)
        if by_exp[depth - 1]:
            tape.add("forward", "1 + e^-z", np.add, A, tape.number("1", 1, np.float32), A)
            tape.add("forward", "1/(1 + e^-z)", np.reciprocal, A, A)
        else:
            kernels.forward(tape, layer.activation, arrays)
        if depth == len(net.layers):
            kernels.mean(tape, net.output, arrays)
        inputs = a1
    return here, source, tape.calls, inputs[:-1].reshape(-1, *shape)


def _short_vectors(W, x1, x2):
    """e^(w₁x₁ + b) (n, len(x1)) and e^(w₂x₂) (n, len(x2)); None where one is too large or too small."""
    powers = np.outer(W[0], x1) + W[2][:, None], np.outer(W[1], x2)
    if max(np.abs(z).max() for z in powers) >= LARGEST:
        return None
    return [np.exp(z).astype(np.float32) for z in powers]


def _in_exponentials(net):
    """[W; b] of every layer, and for which layers 1/(1 + e^sum) is the activation.

    tanh z = 2 σ(2z) - 1: the factor 2 and the 1 go into the weights on both sides, except in the last layer.
    """
    weights = [np.vstack([layer.W, layer.b]) for layer in net.layers]
    by_exp = []
    for depth, layer in enumerate(net.layers):
        kind, after = layer.activation, weights[depth + 1 : depth + 2]
        by_exp.append(_is(kind, SIGMOID) or (_is(kind, TANH) and bool(after)))
        if not by_exp[-1]:
            continue
        weights[depth] = -weights[depth]
        if _is(kind, TANH):
            weights[depth] *= 2
            after[0][-1] -= after[0][:-1].sum(axis=0)
            after[0][:-1] *= 2
    return weights, by_exp


def _is(record, other):
    return (record.g, record.dg) == (other.g, other.dg)


def _axis(what, x):
    x = _checks.finite("surface", what, _checks.numbers("surface", what, x))
    if x.ndim != 1 or not len(x):
        raise ValueError(f"surface expects {what} of shape (n,), n >= 1; got {x.shape}")
    return x
