"""Snapshots of a training run: a network is trained on when a later snapshot is asked for.

The snapshots do not depend on the order in which they are asked for: going back shows the same weights again.
"""

from typing import NamedTuple

import numpy as np

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
from mlpkit.network.units import dead
from mlpkit.program import TrainingProgram

HUGE = 1e30  # of a loss or a parameter: surfaces are drawn in float32, which ends at 3e38


class Snapshot(NamedTuple):
    """The network after so many steps: parameters, loss of all examples, its gradient for layer 1 [W; b]."""

    step: int
    theta: np.ndarray
    loss: float
    gradient: np.ndarray
    test_loss: float


class Snapshots:
    """`net` trained on X (n, 2), y (n,), with a snapshot after every `every` steps.

    Kept apart from `training.fit` because it trains only as far as a reader looks;
    tests/figures/test_snapshots.py compares it with `fit` and with `training.descend`.

    batch     examples a step, in a new order every epoch; n or more: all of them
    test      (X, y) to measure the loss on as well, or None
    lost      the step in which a number went beyond 10³⁰, or None; later snapshots all show the last one
              before, because what follows is only inf and nan
    """

    def __init__(self, net: MLP, X, y, *, batch, how, learning_rate, every, test=None):
        self.net, self.X, self.y, self.every, self.test = net, X, y, every, test
        batch = min(batch, len(X))
        self.program = TrainingProgram(net, batch, how, learning_rate, "float64")
        self.whole = TrainingProgram(net.copy(), len(X), dtype="float64")
        self.batch, self.order, self.rng = batch, np.array([], int), np.random.default_rng(0)
        self.labels = np.asarray(y, float)[:, None]
        self.lost, self.step, self.taken = None, 0, []
        self._take()

    def at(self, number) -> Snapshot:
        """Snapshot `number`, from 0; trains as far as it needs to."""
        while len(self.taken) <= number:
            self._advance()
        return self.taken[number]

    def test_accuracy(self, number) -> float:
        """The share of the test examples that snapshot `number` classifies correctly."""
        if self.test is None:
            raise ValueError("these snapshots have no test examples: give test=(X, y)")
        return accuracy(self.shown(number), *self.test)

    def shown(self, number) -> MLP:
        """A network with the parameters of snapshot `number`."""
        net = self.net.copy()
        net.parameters = self.at(number).theta
        return net

    def losses(self, number):
        """(loss, loss of the test examples) of the snapshots 0 … number."""
        self.at(number)
        return np.array([(one.loss, one.test_loss) for one in self.taken[: number + 1]]).T

    def _advance(self):
        for _ in range(self.every if self.lost is None else 0):
            if len(self.order) < self.batch:
                self.order = self.rng.permutation(len(self.X))
            rows, self.order = self.order[: self.batch], self.order[self.batch :]
            loss = self.program.step(self.X[rows], self.labels[rows])
            self.step += 1
            if not loss < HUGE:
                self.lost = self.step
                break
        self._take()

    def _take(self):
        theta = self.net.parameters.copy()
        if self.lost is None and np.abs(theta).max() < HUGE:
            self.whole.net.parameters = theta
            loss, gradients = self.whole.loss_and_gradients(self.X, self.labels)
            if loss < HUGE and all(np.isfinite(part).all() for part in gradients[0]):
                test = np.nan if self.test is None else self.whole.net.loss(*self.test)
                self.taken.append(Snapshot(self.step, theta, loss, np.vstack(gradients[0]), float(test)))
                return
        self.lost = self.lost or self.step
        self.taken.append(self.taken[-1])


def accuracy(net, X, y) -> float:
    """The share of the rows of X whose ŷ is on the same side of ½ as y (n,), 0 or 1.

    Kept apart from `training.accuracy`, which refuses a linear output; for a sigmoid the two are equal
    (tests/figures/test_snapshots.py).
    """
    return float(((net.predict(X)[:, 0] > 0.5) == y).mean())


def count_dead_units(net, X) -> int:
    """The number of hidden ReLU units, in any layer, that are dead on X."""
    hidden = enumerate(net.layers[:-1], start=1)
    return sum(
        int(dead(net, X, number).sum()) for number, layer in hidden if layer.activation is ACTIVATIONS["relu"]
    )
