"""One minibatch in the arrays of a training program: copied, converted and checked on the way."""

from __future__ import annotations

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP

WHO = "TrainingProgram"


class Batch:
    """`rows` (n, n_in + 1): the examples with a 1 behind each; `targets` (n_out, n): what they should give.

    The targets are 1 - 2y for bernoulli units, one-hot columns for categorical, y for all others. The checks
    cost about a microsecond each; a batch that fails one is looked at again in full for its message.
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
        """Take over X (n, n_in) and Y, or raise and say what is wrong with them."""
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
        for what, values in (("X", X), ("Y", Y)):
            if np.iscomplexobj(values):
                raise TypeError(f"{WHO} expects real numbers in {what}; got dtype {values.dtype}")
        X = _checks.batch(WHO, "X", X, self.net.layers[0].n_in)
        if len(X) != self.n:
            raise ValueError(
                f"{WHO} was made for batches of {self.n}; got {len(X)} examples: use .resized({len(X)})"
            )
        self.net.output.nll(np.zeros((self.n, self.width)), Y)
        raise ValueError(f"{WHO} expects numbers of a size that {self.rows.dtype} can hold")
