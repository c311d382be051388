"""Training: minibatches in a new order every epoch, the curves, an early stop, and advice when it diverges.

Imports: numpy, _checks, layers, network, optimizers, program.

>>> from mlpkit.datasets import DATASETS
>>> net = MLP([2, 16, 16, 2], rng=0)
>>> history = fit(net, *DATASETS["moons"](200, noise=0.1, rng=0), epochs=60, learning_rate=0.02)
>>> len(history), history.accuracy[-1].round(2)
(60, np.float64(1.0))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer
from mlpkit.program.batch import examples
from mlpkit.training.descent import descend
from mlpkit.training.divergence import DivergedError
from mlpkit.training.history import Epoch, History
from mlpkit.training.progress import Progress
from mlpkit.training.run import Run, accuracy_of, network

__all__ = ["DivergedError", "Epoch", "History", "accuracy", "descend", "fit"]

Callback = Callable[[Epoch], Any]


def fit(
    net: MLP,
    X,
    Y,
    epochs: int = 100,
    batch_size: int = 32,
    optimizer: str | Optimizer = "adam",
    learning_rate: float | None = None,
    *,
    validation: tuple[Any, Any] | float | None = None,
    patience: int | None = None,
    progress: bool = True,
    callbacks: Callback | Sequence[Callback] = (),
    rng: np.random.Generator | int | None = 0,
    dtype: str = "float64",
) -> History:
    """Train `net` on X (n, n_in) and Y, in place, and give back its curves.

    Y              as `net.loss` takes it: integer labels or one-hot rows, 0 and 1, or numbers
    batch_size     examples a step; the last step of an epoch takes what is left; above n: all of them
    optimizer      a name or record of `mlpkit.optimizers`; learning_rate replaces its own
    validation     (X, Y) to measure on after every epoch, or the share of the examples to hold out for it
    patience       stop after so many epochs without a lower loss (of the validation examples, if there are
                   any), and restore the parameters of the best epoch, unless interrupted
    progress       show one line on a terminal or in Jupyter, unless training takes less than half a second; a
                   notebook whose outputs are compared with stored ones needs progress=False
    callbacks      called with an `Epoch` after each epoch; one that returns True ends the training
    rng            a Generator or a seed, for the order of the examples; 0 unless given, as in `MLP`, so that
                   a notebook gives the same numbers every time. None: another order each time
    dtype          "float64", or "float32", in which large networks are faster

    The precision: a network's own numbers are float64, and what trains it takes the same steps as
    `net.gradients`, in float64, unless float32 is asked for. Only `TrainingProgram` is float32 unless you ask
    for float64, because speed is what it is for.

    Everything is checked before the first step. An interrupt (Ctrl-C, Jupyter's stop button) ends the
    training and keeps parameters and history. Raises `DivergedError` when a number overflows; the network
    then has the parameters from before that.

    >>> net, X = MLP([1, 1], output="gaussian", rng=0), np.linspace(-1, 1, 50)[:, None]
    >>> fit(net, X, 3 * X + 1, callbacks=lambda epoch: epoch.loss < 1e-6, optimizer="sgd")
    History(99 epochs, loss 1.54 -> 9.79e-07, ended by a callback)
    """
    run = Run(
        net, X, Y, epochs, batch_size, optimizer, learning_rate, validation, patience, callbacks, rng, dtype
    )
    with Progress(run.epochs, progress) as line:
        try:
            for number in range(1, run.epochs + 1):
                record = run.epoch(number)
                last = run.ends_after(record)
                line.show(number, str(record), last)
                if last:
                    break
        except KeyboardInterrupt:
            run.ended = "an interrupt"
            line.say(
                f"interrupted after epoch {len(run.records)} of {epochs}: parameters and history are kept"
            )
    return run.history()


def accuracy(net: MLP, X, Y) -> float:
    """Share of the rows of X (n, n_in) whose class is predicted correctly; of all entries of Y for bernoulli.

    >>> from mlpkit.layers import Dense
    >>> accuracy(MLP.from_layers([Dense([[1.0]], [0.0])], "bernoulli"), [[-2.0], [1.0], [3.0]], [0, 1, 0])
    0.6666666666666666
    """
    network("accuracy", net)
    X, Y = examples("accuracy", net, X, Y)
    share = accuracy_of(net, net.predict(X), Y)
    if share is None:
        raise ValueError(f"accuracy expects a net with classes (bernoulli, categorical); got {net!r}")
    return share
