"""Examples for training: their checks, and one minibatch in the arrays of a training program."""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP

WHO = "TrainingProgram"


def examples(who: str, net: MLP, X, Y) -> tuple[np.ndarray, np.ndarray]:
    """X (n, n_in), and Y as integer labels (n,) or numbers (n, k); an error says what is wrong with them."""
    X, Y = _checks.batch(who, "X", X, net.widths[0]), _checks.numbers(who, "Y", Y)
    for what, values in (("X", X), ("Y", Y)):
        if values.dtype.kind == "c":
            raise TypeError(f"{who} expects real numbers in {what}; got dtype {values.dtype}")
    if not len(X):
        raise ValueError(f"{who} expects at least one example; got none")
    if not Y.ndim or len(Y) != len(X):
        got = len(Y) if Y.ndim else "a single number"
        raise ValueError(f"{who} expects a row of Y for each of the {len(X)} rows of X; got {got}")
    with np.errstate(all="ignore"):
        net.output.nll(np.zeros((len(X), net.widths[-1])), Y)  # checks labels, one-hot rows, nan
    if net.output.name == "categorical":
        return X, (Y.argmax(axis=1) if Y.ndim == 2 else Y.astype(int))
    return X, Y.reshape(len(X), net.widths[-1])


class Batch:
    """`rows` (n, n_in + 1): the examples with a 1 behind each; `targets` (n_out, n): their y.

    The targets are 1 - 2y for bernoulli units, one-hot columns for categorical, y for all others. The checks
    here are kept apart from those of `examples` for speed, about a microsecond each; a batch that fails one
    of them is checked by `examples` for its message.
    """

    def __init__(self, net: MLP, n: int, dtype):
        self.net, self.n, self.width = net, n, net.layers[-1].n_out
        self.rows = np.ones((n, net.layers[0].n_in + 1), dtype)
        self._x, self._flat = self.rows[:, :-1], self.rows.reshape(-1)
        self._zeros = np.zeros(self.rows.size, dtype)
        self.targets = np.zeros((self.width, n), dtype)
        self._one_hot = np.eye(self.width, dtype=dtype)
        self._scratch = np.empty((self.width, n), dtype)
        self._one, self._minus_two = np.array(1, dtype), np.array(-2, dtype)
        self._fill_targets = {"bernoulli": self._zeros_and_ones, "categorical": self._classes}.get(
            net.output.name, self._numbers
        )

    def fill(self, X, Y):
        """Copy X (n, n_in) and Y into the arrays, or raise an error that says what is wrong with them."""
        X = X if isinstance(X, np.ndarray) else _checks.numbers(WHO, "X", X)
        Y = Y if isinstance(Y, np.ndarray) else _checks.numbers(WHO, "Y", Y)
        if X.shape != self._x.shape or X.dtype.kind not in "fiub":
            self._explain(X, Y)
        np.copyto(self._x, X, casting="unsafe")
        if np.dot(self._flat, self._zeros) != 0:  # nan and inf times 0 are nan
            self._explain(X, Y)
        if not self._fill_targets(Y):
            self._explain(X, Y)

    def _columns(self, Y):
        """Y (n, k), or (n,) when k = 1, into the columns of `targets`; False when it does not fit."""
        if Y.shape == (self.n, self.width):
            np.copyto(self.targets, Y.T, casting="unsafe")
        elif self.width == 1 and Y.shape == (self.n,):
            np.copyto(self.targets[0], Y, casting="unsafe")
        else:
            return False
        return Y.dtype.kind in "fiub"

    def _numbers(self, Y):
        flat = self.targets.reshape(-1)
        return self._columns(Y) and np.dot(flat, np.zeros_like(flat)) == 0

    def _zeros_and_ones(self, Y):
        if not self._columns(Y):
            return False
        y, t = self.targets, self._scratch
        np.multiply(y, y, t)
        np.subtract(t, y, t)  # y² - y is 0 for 0 and 1 alone
        flat = t.reshape(-1)
        fits = np.dot(flat, flat) == 0
        np.multiply(y, self._minus_two, y)
        np.add(y, self._one, y)  # 1 - 2y
        return fits

    def _classes(self, Y):
        if Y.shape != (self.n,) or Y.dtype.kind not in "iu":
            return self._columns_of_ones(Y)
        labels = Y.astype(np.uintp)  # a negative label becomes a huge one
        if np.maximum.reduce(labels) >= self.width:
            return False
        self._one_hot.take(labels, 1, self.targets, "clip")
        return True

    def _columns_of_ones(self, Y):
        """One-hot rows, or labels that are whole numbers in a float array."""
        if Y.dtype.kind not in "fiub":
            return False
        if Y.shape == (self.n,):
            whole = Y.astype(int) if np.isfinite(Y).all() else None
            return whole is not None and (whole == Y).all() and self._classes(whole)
        if Y.shape != (self.n, self.width):
            return False
        ones = np.equal(Y, 1)
        np.copyto(self.targets, Y.T, casting="unsafe")
        return (ones.sum(axis=1) == 1).all() and ((Y == 0) | ones).all()

    def _explain(self, X, Y):
        """Raise the error that belongs to this batch."""
        X, _ = examples(WHO, self.net, X, Y)
        if len(X) != self.n:
            raise ValueError(
                f"{WHO} was made for batches of {self.n}; got {len(X)} examples: use .resized({len(X)})"
            )
        raise ValueError(f"{WHO} expects numbers of a size that {self.rows.dtype} can hold")
