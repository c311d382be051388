"""One training run: its examples, its minibatches, its programs, and what it has recorded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP
from mlpkit.program import TrainingProgram
from mlpkit.program.batch import examples
from mlpkit.training.divergence import Checkpoint, diverged
from mlpkit.training.history import Epoch, History


class Minibatch(NamedTuple):
    """One step: its part of the arrays of an epoch, and the program that makes it."""

    program: TrainingProgram
    X: np.ndarray
    Y: np.ndarray
    size: int
    residual: np.ndarray  # (ŷ - y)/size, which the program overwrites
    residuals: np.ndarray  # the part of the epoch's array to copy it to


class Run:
    """One call of `fit`: its examples, its programs, and what it has recorded."""

    def __init__(
        self, net, X, Y, epochs, batch_size, optimizer, rate, validation, patience, callbacks, rng, dtype
    ):
        network("fit", net)
        _checks.finite("fit", "net.parameters", net.parameters)
        self.net, self.epochs = net, _checks.integer("fit", "epochs", epochs, 1)
        self.patience = None if patience is None else _checks.integer("fit", "patience", patience, 1)
        self.callbacks, self.rng = _callables(callbacks), _checks.generator("fit", rng, none=True)
        X, Y = examples("fit", net, X, Y)
        self.X, self.Y, self.validation = self._split(X, Y, validation)
        size = min(_checks.integer("fit", "batch_size", batch_size, 1), len(self.X))
        program = TrainingProgram(net, size, optimizer, rate, dtype)
        self._make_batches(program, size)
        self.checkpoint = Checkpoint(net, program)
        self.records: list[Epoch] = []
        self.ended = "all epochs"
        self.best: tuple[float, int, Any] = (np.inf, 0, None)  # loss, epoch, parameters

    def _split(self, X, Y, validation):
        """The examples to train on, and those to measure on or None."""
        if validation is None:
            return X, Y, None
        if isinstance(validation, tuple | list):
            if len(validation) != 2:
                raise ValueError(f"fit expects validation=(X, Y); got {len(validation)} items")
            return X, Y, examples("fit, validation,", self.net, *validation)
        share = _checks.number("fit", "validation", validation, 0, 1)
        held = round(share * len(X))
        if not 0 < held < len(X):
            raise ValueError(
                f"fit expects validation={share:g} to leave examples on both sides; "
                f"it holds out {held} of {len(X)}"
            )
        order = self.rng.permutation(len(X))
        return X[order[held:]], Y[order[held:]], (X[order[:held]], Y[order[:held]])

    def _make_batches(self, program, size):
        """One epoch as a list of minibatches, in arrays that every epoch fills in a new order."""
        self._x = _converted("X", self.X, program.dtype)
        self._y = self.Y if self.Y.dtype.kind == "i" else _converted("Y", self.Y, program.dtype)
        self._shuffled = self._x.copy(), self._y.copy()
        X, Y = self._shuffled
        self._residuals = np.zeros((self.net.widths[-1], len(X)), program.dtype)
        self.batches = []
        for start in range(0, len(X), size):
            part = slice(start, start + size)
            x, y, residuals = X[part], Y[part], self._residuals[:, part]
            p = program if len(x) == size else program.resized(len(x))
            self.batches.append(Minibatch(p, x, y, len(x), p.residual, residuals))
        sizes = [batch.size for batch in self.batches]
        self._sizes = np.repeat(sizes, sizes).astype(program.dtype)

    def epoch(self, number):
        """Train on every example once, in a new order -> the record of the epoch."""
        order = self.rng.permutation(len(self.X))
        for whole, shuffled in zip((self._x, self._y), self._shuffled, strict=True):
            np.take(whole, order, axis=0, out=shuffled, mode="clip")  # "clip" writes without a buffer
        self.checkpoint.take()
        total = 0.0
        for program, X, Y, size, residual, residuals in self.batches[:-1]:
            total += size * program.step(X, Y)
            np.copyto(residuals, residual)
        before_last = self.net.parameters.copy()
        program, X, Y, size, residual, residuals = self.batches[-1]
        total += size * program.step(X, Y)
        np.copyto(residuals, residual)
        # A nan or inf in any step of the epoch makes the sum or the parameters nan or inf.
        if not (np.isfinite(total) and np.isfinite(self.net.parameters).all()):
            self.ended = "an overflow"
            found = self.checkpoint.find(self.batches)
            raise diverged(found, self.checkpoint, number, self.batches, self.history())
        self.checkpoint.before_last = before_last
        self.records.append(self._measure(number, total / len(self.X)))
        return self.records[-1]

    def _measure(self, number, loss):
        with np.errstate(all="ignore"):
            held = self.validation
            return Epoch(
                number,
                self.epochs,
                loss,
                self._accuracy(),
                self.net.loss(*held) if held else None,
                accuracy_of(self.net, self.net.predict(held[0]), held[1]) if held else None,
                self.net,
            )

    def _accuracy(self):
        """The share of correct classes, from (ŷ - y)/size of every minibatch; None without classes."""
        Y = self._shuffled[1]
        Y_hat = (self._residuals * self._sizes).T  # ŷ - y
        Y_hat += np.eye(Y_hat.shape[1], dtype=Y_hat.dtype).take(Y, axis=0) if Y.ndim == 1 else Y
        return accuracy_of(self.net, Y_hat, Y)

    def ends_after(self, record):
        """Keep the best parameters, call the callbacks -> whether training ends here."""
        if self.patience:
            watched = record.loss if record.validation_loss is None else record.validation_loss
            if watched < self.best[0]:
                self.best = watched, record.epoch, self.net.parameters.copy()
        answers = [callback(record) for callback in self.callbacks]
        if any(isinstance(answer, bool | np.bool_) and answer for answer in answers):
            self.ended = "a callback"
        elif self.patience and record.epoch - self.best[1] >= self.patience:
            self.ended = "no improvement"
        return self.ended != "all epochs"

    def history(self):
        """The curves so far; after an early stop the net gets its best parameters."""
        _, best, parameters = self.best
        if not best or self.ended in ("an overflow", "an interrupt"):
            return History(self.records, self.ended)
        self.net.parameters = parameters
        return History(self.records, self.ended, best)


def network(who, net):
    """Refuse what is not a network; most often the arguments are in another order."""
    if not isinstance(net, MLP):
        raise TypeError(
            f"{who} expects an MLP first, then the examples: {who}(net, X, Y); got {_checks.shown(net)}"
        )


def accuracy_of(net, Y_hat, Y) -> float | None:
    """Share of the rows (categorical) or entries (bernoulli) of Y that ŷ predicts; None without classes."""
    if net.output.name not in ("bernoulli", "categorical"):
        return None
    classes = Y_hat.argmax(axis=1) if net.output.name == "categorical" else Y_hat > 0.5
    return float(np.count_nonzero(classes == Y) / classes.size)


def _converted(what, values, dtype):
    """A copy in the program's precision; numbers that are too large for it are refused."""
    with np.errstate(all="ignore"):
        converted = values.astype(dtype)
    if not np.isfinite(converted).all():
        raise ValueError(f"fit expects numbers in {what} that {dtype} can hold; got {np.abs(values).max():g}")
    return converted


def _callables(callbacks):
    """A single callback, or several, as a list."""
    listed = list(callbacks) if isinstance(callbacks, tuple | list) else [callbacks]
    for callback in listed:
        if not callable(callback):
            raise TypeError(
                f"fit expects callbacks to be functions of an Epoch; got {_checks.shown(callback)}"
            )
    return listed
