"""A dense layer: A = g(XW + b) forward, the chain rule backward.

Imports: numpy, _checks, activations.
"""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.activations import Activation
from mlpkit.activations import activation as as_activation


class Dense:
    """A = g(XW + b): n_in inputs, n_out units.

    W (n_in, n_out) as on slide universality-and-depth, b (n_out,). The slide writes a = g(Wᵀx + b) for one
    column x; with one example per ROW of X the same equation reads A = g(XW + b). W and b are used as they
    are, without a copy; assigning `layer.W = …` writes into them. A width of 0 is allowed.

    >>> layer = Dense([[1.0], [-2.0]], [0.5], "relu")
    >>> Z, A = layer.forward([[3.0, 1.0], [0.0, 1.0]])
    >>> Z
    array([[ 1.5], [-1.5]])
    >>> A
    array([[1.5], [0. ]])
    """

    def __init__(self, W, b, activation: str | Activation = "linear"):
        W, b = _checks.numbers("Dense", "W", W), _checks.numbers("Dense", "b", b)
        if W.ndim != 2:
            raise ValueError(f"Dense expects W of shape (n_in, n_out); got {W.shape}")
        if b.shape != W.shape[1:]:
            raise ValueError(
                f"Dense expects b of shape ({W.shape[1]},), one bias per column of W {W.shape}; got {b.shape}"
            )
        self._W, self._b = W, b
        self.activation = as_activation(activation)

    @property
    def W(self) -> np.ndarray:
        """Weights (n_in, n_out); W[i, j] leads from input i to unit j."""
        return self._W

    @W.setter
    def W(self, values):
        self._W[...] = _same_shape("W", values, self._W)

    @property
    def b(self) -> np.ndarray:
        """Biases (n_out,)."""
        return self._b

    @b.setter
    def b(self, values):
        self._b[...] = _same_shape("b", values, self._b)

    @property
    def n_in(self) -> int:
        """Number of inputs."""
        return self._W.shape[0]

    @property
    def n_out(self) -> int:
        """Number of units."""
        return self._W.shape[1]

    def forward(self, X):
        """X (n, n_in) -> pre-activations Z (n, n_out), activations A (n, n_out)."""
        X = _checks.rows("Dense", "X", X, self.n_in)
        Z = X @ self.W + self.b  # z = Wᵀx + b for every row x of X
        A = self.activation(Z)  # a = g(z)
        return Z, A

    def backward(self, X, Z, dA):
        """dA = dJ/dA (n, n_out) -> dX, dW, db, shaped like X, W, b. Sums over the batch.

        >>> layer = Dense([[1.0], [-2.0]], [0.5], "relu")
        >>> dX, dW, db = layer.backward(X=[[3.0, 1.0]], Z=[[1.5]], dA=[[2.0]])
        >>> dX.tolist(), dW.tolist(), db.tolist()
        ([[2.0, -4.0]], [[6.0], [2.0]], [2.0])
        """
        X = _checks.rows("Dense", "X", X, self.n_in)
        Z, dA = (_checks.numbers("Dense", what, values) for what, values in (("Z", Z), ("dA", dA)))
        if not Z.shape == dA.shape == (len(X), self.n_out):
            raise ValueError(
                f"Dense expects Z and dA of shape {(len(X), self.n_out)}; got {Z.shape} and {dA.shape}"
            )
        dZ = dA * self.activation.dg(Z)  # dJ/dz = dJ/da · g′(z)
        dW = X.T @ dZ  # dJ/dW = sum over rows of x (dJ/dz)ᵀ
        db = dZ.sum(axis=0)  # dJ/db = sum over rows of dJ/dz
        dX = dZ @ self.W.T  # dJ/dx = W dJ/dz
        return dX, dW, db

    def __repr__(self):
        return f"Dense({self.n_in} -> {self.n_out}, {self.activation.name})"


def dense_column(x, W, b, activation: str | Activation = "tanh"):
    """a = g(Wᵀx + b) for ONE example, x (n_in,) -> a (n_out,): literally as on slide universality-and-depth.

    Kept apart from `Dense`, which works on batches, one example per row, to show the slide's formula;
    tests/test_layers.py compares the two.

    >>> dense_column([3.0, 1.0], [[1.0], [-2.0]], [0.5], "relu")
    array([1.5])
    """
    x, W, b = (_checks.numbers("dense_column", what, v) for what, v in (("x", x), ("W", W), ("b", b)))
    if x.ndim != 1 or W.shape != (*x.shape, *b.shape):
        raise ValueError(
            "dense_column expects x (n_in,), W (n_in, n_out), b (n_out,); "
            f"got {x.shape}, {W.shape}, {b.shape}"
        )
    return as_activation(activation)(W.T @ x + b)


def _same_shape(what, values, old):
    values = _checks.numbers("Dense", what, values)
    if values.shape != old.shape:
        raise ValueError(f"Dense expects {what} of shape {old.shape}; got {values.shape}")
    return values
