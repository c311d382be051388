"""When the loss becomes nan or inf: which number of which layer was the first to overflow, and what helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpkit.network import MLP
from mlpkit.program import TrainingProgram
from mlpkit.training.history import History


class DivergedError(ArithmeticError):
    """Training stopped because a number overflowed; the message says which, where, and what to try.

    epoch, step   both from 1; the step counts within its epoch
    layer         from 1, or None when only the loss overflowed
    quantity      "pre-activations", "loss", "gradient" or "weights": the first that was not finite
    history       the epochs that were completed

    The network has the parameters from before the step that spoiled them.
    """

    def __init__(self, message, *, epoch, step, layer, quantity, history: History):
        super().__init__(message)
        self.epoch, self.step, self.layer, self.quantity = epoch, step, layer, quantity
        self.history = history


@dataclass
class Found:
    """What the replay found: the step (from 0), what overflowed in it, the parameters before and after."""

    step: int
    quantity: str
    layer: int | None
    theta: np.ndarray
    spoiled: np.ndarray


class Checkpoint:
    """Parameters and the optimizer's state at the start of an epoch, to go back to and replay it.

    The numbers of a step are not checked while it runs: a minibatch gives the same numbers again, so that an
    epoch with an overflow can be run once more with a check of every number.
    """

    def __init__(self, net: MLP, program: TrainingProgram):
        self.net, self.program = net, program
        self.start_size = _largest(net.parameters)
        self.before_last = net.parameters.copy()  # the parameters before the last step of the epoch before
        self.take()

    def take(self):
        """Copy the parameters and the state."""
        self.theta = self.net.parameters.copy()
        self.state = {
            name: value.copy() if isinstance(value, np.ndarray) else value
            for name, value in self.program.memory.state.items()
        }

    def go_back(self):
        """Restore the copied parameters and state."""
        self.net.parameters = self.theta
        state = self.program.memory.state
        for name in set(state) - set(self.state):
            del state[name]
        for name, value in self.state.items():
            if isinstance(value, np.ndarray):
                state[name][...] = value  # in place: programs hold views
            else:
                state[name] = value

    def find(self, batches) -> Found:
        """Replay the epoch up to the first number that is not finite."""
        self.go_back()
        good = self.before_last
        for step, (program, X, Y, *_) in enumerate(batches):
            theta = self.net.parameters.copy()
            loss = program.step(X, Y)
            if not np.isfinite(loss):
                quantity, layer = _forward_overflow(self.net, theta, X, program.dtype)
                return Found(step, quantity, layer, good, theta)
            for quantity, flat in (
                ("gradient", program.memory.gradient),
                ("weights", program.memory.theta),
            ):
                layer = _first_overflow(program, flat, from_the_end=quantity == "gradient")
                if layer:
                    return Found(step, quantity, layer, theta, self.net.parameters.copy())
            good = theta
        return Found(
            len(batches) - 1, "loss", None, good, self.net.parameters.copy()
        )  # finite losses with an infinite sum


def _first_overflow(program, flat, from_the_end):
    """The number of the first layer whose block is not finite, in the order of computation; else None."""
    blocks = list(enumerate(program.memory.matrices(flat), start=1))
    for number, block in reversed(blocks) if from_the_end else blocks:
        if not np.isfinite(block).all():
            return number
    return None


def _forward_overflow(net, theta, X, dtype):
    """The first layer with a z that is nan or larger than every number of `dtype`; or the loss itself."""
    before = net.copy()
    before.parameters = theta
    with np.errstate(all="ignore"):
        trace = before.forward(X)
        for number, Z in enumerate(trace.Z, start=1):
            if not (np.abs(Z) <= np.finfo(dtype).max).all():
                return "pre-activations", number
    return "loss", None


def _largest(values) -> float:
    """max |v|; nan counts as infinite."""
    size = float(np.max(np.abs(values), initial=0))
    return size if np.isfinite(size) else float("inf")


def diverged(found: Found, checkpoint: Checkpoint, epoch: int, batches: Any, history: History):
    """The error for what the replay found; the net gets back its parameters from before."""
    net, program = checkpoint.net, checkpoint.program
    rate = program.memory.optimizer.learning_rate
    X, Y = batches[found.step][1:3]
    net.parameters = found.theta
    where = f"the {found.quantity}{f' of layer {found.layer}' if found.layer else ''}"
    largest = {"X": _largest(X), "Y": _largest(Y) if net.output.name == "gaussian" else 0.0}
    lines = [
        f"training diverged in epoch {epoch}, step {found.step + 1} of {len(batches)}: "
        f"{where} overflowed first",
        f"  largest parameter   {checkpoint.start_size:.3g} at the start, {_largest(found.theta):.3g} before "
        f"the step that spoiled the network, {_largest(found.spoiled):.3g} after it",
        f"  largest number      in X {largest['X']:.3g}" + f", in Y {largest['Y']:.3g}" * bool(largest["Y"]),
        f"  learning rate       {rate:g} ({program.memory.optimizer.name}, {program.dtype})",
        "The network has the parameters from before that step. What to try:",
        *(f"  - {advice}" for advice in _advice(net, program, rate, largest, checkpoint.start_size)),
    ]
    return DivergedError(
        "\n".join(lines),
        epoch=epoch,
        step=found.step + 1,
        layer=found.layer,
        quantity=found.quantity,
        history=history,
    )


def _advice(net, program, rate, largest, start_size):
    """What to try, the likeliest cause first."""
    advice = [f"a smaller learning rate, as learning_rate={rate / 10:g}"]
    for name, size in largest.items():
        if size > 100:
            advice.insert(
                0, f"scale {name} to numbers near 1: subtract its mean, divide by its standard deviation"
            )
    if start_size > 10:
        advice.insert(0, "start from smaller weights: init='xavier' or init='he'")
    else:
        hidden = net.layers[0].activation.name
        rule = "xavier" if hidden in ("tanh", "sigmoid") else "he"
        advice.append(f"another start: another rng, and init='{rule}' if the network had another one")
    if program.memory.optimizer.name != "adam":
        advice.append("optimizer='adam', whose steps do not grow with the gradient")
    return advice
