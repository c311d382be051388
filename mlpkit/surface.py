"""The output of a network over a grid of its two inputs, fast enough for a slider.

>>> from mlpkit import MLP
>>> Z = surface(MLP([2, 16, 16, 2], rng=0), np.linspace(-2, 2, 50), np.linspace(-1, 1, 30))
>>> Z.shape, Z.dtype
((30, 50, 2), dtype('float32'))
"""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP
from mlpkit.program import forms
from mlpkit.program.tape import Tape

COLUMNS = 2048  # points that go through the network together: their activations stay in the cache


def surface(net: MLP, x1, x2) -> np.ndarray:
    """ŷ at every point (x1[j], x2[i]) -> (len(x2), len(x1), n_out) in float32; rows go with x2, for imshow.

    Points stand in columns over a row of ones, as in the training program. Equal to `net.predict` within
    single precision (about 1e-6 for weights of usual size).
    """
    if net.widths[0] != 2:
        raise ValueError(f"surface expects a network with 2 inputs; got {net!r}")
    x1, x2 = (_axis(what, x) for what, x in (("x1", x1), ("x2", x2)))
    rows = min(len(x2), max(1, COLUMNS // len(x1)))
    X = np.ones((3, rows, len(x1)), np.float32)
    X[0] = x1
    calls, top = _forward(net, X)
    Y = np.empty((net.widths[-1], len(x2), len(x1)), np.float32)
    with np.errstate(all="ignore"):
        for start in range(0, len(x2), rows):
            start = min(start, len(x2) - rows)  # the last piece overlaps the one before
            X[1] = x2[start : start + rows, None]
            for function, arguments in calls:
                function(*arguments)
            Y[:, start : start + rows] = top
    return np.moveaxis(Y, 0, -1)


def _forward(net, X):
    """Calls from the points X (3, n2, n1), the third of them 1, to ŷ, and ŷ as a view (n_out, n2, n1)."""
    tape, n, inputs = Tape(), X[0].size, X.reshape(3, -1)
    for depth, layer in enumerate(net.layers, start=1):
        a1 = np.ones((layer.n_out + 1, n), np.float32)
        shape = forms.Shape(tape, depth, a1[:-1], forms.keeps_z(layer.activation))
        W1 = np.vstack([layer.W, layer.b]).T.astype(np.float32, order="C")
        tape.add("forward", f"z{depth} = W{depth}ᵀ a{depth - 1} + b{depth}", np.dot, W1, inputs, shape.Z)
        forms.forward(tape, layer.activation, shape)
        if depth == len(net.layers):
            forms.MEANS[net.output.name](tape, shape)
        inputs = a1
    return tape.calls, inputs[:-1].reshape(-1, *X.shape[1:])


def _axis(what, x):
    x = _checks.finite("surface", what, _checks.numbers("surface", what, x))
    if x.ndim != 1 or not len(x):
        raise ValueError(f"surface expects {what} of shape (n,), n >= 1; got {x.shape}")
    return x
