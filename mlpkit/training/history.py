"""What a training run leaves behind: one record for each epoch, and all of them as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpkit.network import MLP

CURVES = ("loss", "accuracy", "validation_loss", "validation_accuracy")


@dataclass(frozen=True, eq=False)
class Epoch:
    """The state after one epoch, as callbacks get it; quantities that are not measured are None.

    epoch, epochs          number of this epoch, from 1, and how many there are at most
    loss                   mean over the examples, each measured in the step of its minibatch
    accuracy               share of the examples that were classified correctly in that step
    validation_loss, validation_accuracy    of `net` now, on the validation examples
    net                    the network itself, in training: look at it, or copy what is to be kept
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    net: MLP

    def __str__(self):
        return "  ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in self.measured().items())

    def measured(self) -> dict[str, float]:
        """{name: number} of what was measured: loss, accuracy, validation_loss, validation_accuracy."""
        numbers = {name: getattr(self, name) for name in CURVES}
        return {name: value for name, value in numbers.items() if value is not None}


class History:
    """The curves of a training run.

    epoch         (E,) numbers 1 … E of the epochs that were completed
    loss, accuracy, validation_loss, validation_accuracy    (E,) each, as in `Epoch`; empty: not measured
    ended         why it ended: "all epochs", "no improvement", "a callback", "an interrupt", "an overflow"
    best          the epoch whose parameters the net has, where `patience` restored them; else None

    >>> from mlpkit.training import fit
    >>> history = fit(MLP([1, 1], output="bernoulli", rng=1), [[-1.0], [1.0]], [0, 1], epochs=3)
    >>> history
    History(3 epochs, loss 0.673 -> 0.672, accuracy 1 -> 1)
    >>> for name, values in history.curves().items():
    ...     print(name, history.epoch, values.round(2))
    loss [1 2 3] [0.67 0.67 0.67]
    accuracy [1 2 3] [1. 1. 1.]
    """

    def __init__(self, epochs=(), ended: str = "all epochs", best: int | None = None):
        epochs = list(epochs)
        self.epoch = np.array([record.epoch for record in epochs], dtype=int)
        self.loss = _column(epochs, "loss")
        self.accuracy = _column(epochs, "accuracy")
        self.validation_loss = _column(epochs, "validation_loss")
        self.validation_accuracy = _column(epochs, "validation_accuracy")
        self.ended, self.best = ended, best

    def curves(self) -> dict[str, np.ndarray]:
        """{name: (E,)} of what was measured; `ax.plot(history.epoch, values, label=name)` draws one."""
        named = {name: getattr(self, name) for name in CURVES}
        return {name: values for name, values in named.items() if values.size}

    def __len__(self):
        return len(self.epoch)

    def __repr__(self):
        parts = [f"{len(self)} epoch{'s' * (len(self) != 1)}"]
        for name, values in self.curves().items():
            parts.append(f"{name.replace('_', ' ')} {values[0]:.3g} -> {values[-1]:.3g}")
        if self.ended != "all epochs":
            parts.append(f"ended by {self.ended}")
        if self.best is not None:
            parts.append(f"parameters of epoch {self.best}")
        return f"History({', '.join(parts)})"


def _column(epochs, name):
    return np.array([value for record in epochs if (value := getattr(record, name)) is not None], dtype=float)
