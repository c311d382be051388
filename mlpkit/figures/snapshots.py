"""Training as a film: a network trained on, frame by frame, when somebody wants to see the frame.

The frames of a film are the same whoever asks first, and however often one rewinds: the same weights again.
"""

from typing import NamedTuple

import numpy as np

from mlpkit import MLP
from mlpkit.activations import ACTIVATIONS
from mlpkit.program import TrainingProgram

HUGE = 1e30  # of a loss or a parameter: with float32, in which surfaces are drawn, the end is near


class Snapshot(NamedTuple):
    """Parameters, the whole loss and its gradient for the first layer [W; b] at one time of a film."""

    step: int
    theta: np.ndarray
    loss: float
    gradient: np.ndarray
    test_loss: float


class Snapshots:
    """`net` trained on X (n, 2), y (n,) in frames of `every` steps; made as far as it was looked at.

    batch     examples a step, in a new order every epoch; n or more: all of them
    test      (X, y) to measure the loss on as well, or None
    lost      the step in which a number went beyond 10³⁰, or None; the later frames all show the last one
              before, because what follows is only inf and nan
    """

    def __init__(self, net: MLP, X, y, *, batch, how, learning_rate, every, test=None):
        self.net, self.X, self.y, self.every, self.test = net, X, y, every, test
        batch = min(batch, len(X))
        self.program = TrainingProgram(net, batch, how, learning_rate, "float64")
        self.whole = TrainingProgram(net.copy(), len(X), dtype="float64")
        self.batch, self.order, self.rng = batch, np.array([], int), np.random.default_rng(0)
        self.labels = np.asarray(y, float)[:, None]
        self.lost, self.step, self.frames = None, 0, []
        self._keep()

    def at(self, number) -> Snapshot:
        """Snapshot `number`, from 0; trains on until it is there."""
        while len(self.frames) <= number:
            self._advance()
        return self.frames[number]

    def test_accuracy(self, number) -> float:
        """The share of the test examples that frame `number` has right."""
        if self.test is None:
            raise ValueError("this film has no test examples: give it test=(X, y)")
        return accuracy(self.shown(number), *self.test)

    def shown(self, number) -> MLP:
        """A network with the parameters of frame `number`."""
        net = self.net.copy()
        net.parameters = self.at(number).theta
        return net

    def losses(self, number):
        """(loss, loss of the test examples) of the frames 0 … number."""
        self.at(number)
        return np.array([(frame.loss, frame.test_loss) for frame in self.frames[: number + 1]]).T

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
        self._keep()

    def _keep(self):
        theta = self.net.parameters.copy()
        if self.lost is None and np.abs(theta).max() < HUGE:
            self.whole.net.parameters = theta
            loss, gradients = self.whole.loss_and_gradients(self.X, self.labels)
            if loss < HUGE and all(np.isfinite(part).all() for part in gradients[0]):
                test = np.nan if self.test is None else self.whole.net.loss(*self.test)
                frame = Snapshot(self.step, theta, loss, np.vstack(gradients[0]), float(test))
                self.frames.append(frame)
                return
        self.lost = self.lost or self.step
        self.frames.append(self.frames[-1])


def accuracy(net, X, y):
    """The share of examples on the right side of ½."""
    return float(((net.predict(X)[:, 0] > 0.5) == y).mean())


def asleep(net, X):
    """The number of hidden ReLU units, in any layer, that are inactive on all rows of X."""
    trace = net.forward(X)
    return sum(
        int((Z <= 0).all(axis=0).sum())
        for Z, layer in zip(trace.Z[:-1], net.layers, strict=False)
        if layer.activation is ACTIVATIONS["relu"]
    )
