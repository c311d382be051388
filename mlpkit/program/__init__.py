"""The training program: one step of gradient descent as a list of NumPy calls, recorded once and replayed.

Imports: numpy, _checks, activations, layers, network, optimizers, outputs.

Forward, loss, backward and update of a whole minibatch are about 30 calls for a small network. Every array
is made once, and examples are columns over a row of ones, so that [W; b] times [x; 1] is one product:
slide linear-models' [θᵀ b][x; 1]. Printed, the program is what backpropagation costs, line by line:

>>> from mlpkit import MLP
>>> program = TrainingProgram(MLP([2, 2, 1], output="gaussian", rng=0), batch_size=4)
>>> program.listing()
forward
  dot(W1ᵀ, A0, A1)                z1 = W1ᵀ a0 + b1                              (2, 4)
  tanh(A1, A1)                    a1 = tanh z1                                  (2, 4)
  dot(W2ᵀ, A1, A2)                z2 = W2ᵀ a1 + b2                              (1, 4)
...
"""

from __future__ import annotations

import html
import unicodedata
from collections import Counter

import numpy as np

from mlpkit import _checks, optimizers
from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer
from mlpkit.program import kernels
from mlpkit.program.batch import Batch
from mlpkit.program.memory import Memory
from mlpkit.program.tape import SECTIONS, Operation, Tape

__all__ = ["Operation", "TrainingProgram"]

WIDTHS = 30, 44  # characters of the columns of a listing, at least: those of small networks look alike


class TrainingProgram:
    """Training steps of `net` for minibatches of `batch_size` examples.

    Kept apart from `MLP.gradients` for speed; tests/program/test_program.py compares the two.

    optimizer       a name or record of `mlpkit.optimizers`; learning_rate replaces its own
    dtype           "float32" (fast) or "float64" (equal to `net.gradients` to 1e-12)

    The precision: a network's own numbers are float64, and what trains it takes the same steps as
    `net.gradients`, in float64, unless float32 is asked for. Only here float32 is what you get unless you ask
    for float64, because speed is what a program is for.

    The program trains `net` itself: after every step the network has the new numbers, also in arrays that you
    took from it before, and what you write into these counts in the next step. Raises ValueError or TypeError
    for what it cannot run.

    >>> net = MLP([2, 8, 2], rng=0)
    >>> program = TrainingProgram(net, batch_size=4, learning_rate=0.5, dtype="float64")
    >>> X, Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    >>> losses = [program.step(X, Y) for _ in range(500)]
    >>> net.predict(X).argmax(axis=1)
    array([0, 1, 1, 0])
    """

    def __init__(
        self,
        net: MLP,
        batch_size: int,
        optimizer: str | Optimizer = "sgd",
        learning_rate: float | None = None,
        dtype="float32",
        *,
        memory: Memory | None = None,
    ):
        if not isinstance(net, MLP):
            raise TypeError(f"TrainingProgram expects an MLP; got {_checks.shown(net)}")
        self.batch_size = _checks.integer("TrainingProgram", "batch_size", batch_size, 1)
        self.memory = memory or Memory(net, _dtype(dtype), optimizers.optimizer(optimizer, learning_rate))
        self.net, self.dtype = net, self.memory.theta.dtype
        self._record()

    def resized(self, batch_size: int) -> TrainingProgram:
        """A program for another batch size that shares parameters, gradients and the optimizer's state.

        >>> program = TrainingProgram(MLP([2, 3, 2], rng=0), batch_size=32, optimizer="adam")
        >>> program.resized(7)
        TrainingProgram(MLP(2-3-2, tanh, categorical, 17 parameters), batch_size=7, adam, float32)
        """
        return TrainingProgram(self.net, batch_size, memory=self.memory)

    def step(self, X, Y) -> float:
        """One step of gradient descent -> the loss J of this batch before it.

        X (batch_size, n_in), Y as `net.loss` takes it. A loss that overflows is inf or nan: no error, no
        warning, and the step is made all the same. Raises ValueError for X and Y of another shape, or with
        nan or inf in them.
        """
        self._run(X, Y, self._tape.calls)
        self.memory.write()
        return float(self._J)

    def loss_and_gradients(self, X, Y):
        """J and [(dW, db), …] of a batch, as `net.loss` and `net.gradients`; nothing is changed."""
        self._run(X, Y, self._tape.calls[: self._end_of_backward])
        pairs = [
            (matrix[:-1].copy(), matrix[-1].copy()) for matrix in self.memory.matrices(self.memory.gradient)
        ]
        return float(self._J), pairs

    def _run(self, X, Y, calls):
        with np.errstate(all="ignore"):
            self._batch.fill(X, Y)
            self.memory.read()
            for function, arguments in calls:
                function(*arguments)

    # -- recording

    def _record(self):
        """Record one step; replaying it makes no new array."""
        tape, memory, n = Tape(), self.memory, self.batch_size
        weights, gradients = (list(memory.matrices(v)) for v in (memory.theta, memory.gradient))
        widths, depth = self.net.widths, len(weights)
        activations = [layer.activation for layer in self.net.layers]
        inverse = tape.number("1/n", 1 / n, self.dtype)
        self._J = tape.name("J", np.zeros((), self.dtype))
        self._batch = Batch(self.net, n, self.dtype)
        inputs = [tape.name("A0", self._batch.rows.T)]  # (n_in + 1, n): examples over a row of ones
        arrays = []
        for layer, (W, record) in enumerate(zip(weights, activations, strict=True), start=1):
            A1 = np.ones((widths[layer] + 1, n), self.dtype)
            A = tape.name(f"A{layer}", A1[:-1])
            on_top = layer == depth and not kernels.is_linear(record)  # its a becomes ŷ - y in place
            s = kernels.Arrays(tape, layer, A, on_top or kernels.keeps_z(record))
            equation = f"z{layer} = W{layer}ᵀ a{layer - 1} + b{layer}"
            tape.add("forward", equation, np.dot, tape.name(f"W{layer}ᵀ", W.T), inputs[-1], s.Z)
            kernels.forward(tape, record, s)
            arrays.append(s)
            inputs.append(tape.name(f"A{layer}", A1))
        last = arrays[-1]
        targets = tape.name("1-2y" if self.net.output.name == "bernoulli" else "Y", self._batch.targets)
        kernels.output(tape, self.net.output, last.A, targets, self._J, inverse, last.scratch)
        self.residual = last.A  # (ŷ - y)/n of the last step, (n_out, batch_size)
        delta = tape.name(f"D{depth}", last.A)
        if last.keeps_z:  # the last layer is not linear: ŷ - y is dJ/da, and stays
            delta = tape.name(f"D{depth}", last.scratch)
            tape.add("backward", f"dJ/da{depth}", np.positive, last.A, delta)
            kernels.backward(tape, activations[-1], last, delta)
        for layer in range(depth, 0, -1):
            equation = f"dJ/d[W{layer}; b{layer}] = [a{layer - 1}; 1] δ{layer}ᵀ"
            dW = tape.name(f"dW{layer}", gradients[layer - 1])
            tape.add("backward", equation, np.dot, inputs[layer - 1], tape.name(f"D{layer}ᵀ", delta.T), dW)
            if layer > 1:
                below = tape.name(f"D{layer - 1}", np.empty((widths[layer - 1], n), self.dtype))
                W = tape.name(f"W{layer}", weights[layer - 1][:-1])
                tape.add("backward", f"dJ/da{layer - 1} = W{layer} δ{layer}", np.dot, W, delta, below)
                kernels.backward(tape, activations[layer - 2], arrays[layer - 2], below)
                delta = below
        self._end_of_backward = len(tape.calls)
        kernels.update(tape, memory.optimizer, memory.theta, memory.gradient, memory.state)
        self._tape = tape

    # -- reading

    @property
    def operations(self) -> list[Operation]:
        """The calls of one step in order, as data."""
        return list(self._tape.operations)

    def multiply_adds(self) -> dict[str, int]:
        """{section: multiply-adds in matrix products}: backward costs about twice as much as forward."""
        work = Counter(dict.fromkeys(SECTIONS, 0))
        for operation in self._tape.operations:
            work[operation.section] += operation.multiply_adds
        return dict(work)

    def listing(self) -> None:
        """Print one step, a line for each call: the call, the equation it computes, its result's shape."""
        print(self)

    def __str__(self):
        operations, lines = self._tape.operations, []
        calls = max(WIDTHS[0], *(_columns(o.call) for o in operations))
        equations = max(WIDTHS[1], *(_columns(o.equation) for o in operations))
        for section in SECTIONS:
            lines.append(section)
            for o in (o for o in operations if o.section == section):
                times = f"  × {o.times} blocks" if o.times > 1 else ""
                cells = _padded(o.call, calls), _padded(o.equation, equations), f"{o.shape}{times}"
                lines.append("  ".join(["", *cells]))
        return "\n".join(lines)

    def _repr_html_(self):
        rows = []
        for o in self._tape.operations:
            cells = (o.section, o.call, o.equation, str(o.shape))
            rows.append(
                "<tr>"
                + "".join(f"<td style='text-align:left'>{html.escape(c)}</td>" for c in cells)
                + "</tr>"
            )
        head = "".join(f"<th scope='col'>{h}</th>" for h in ("section", "call", "computes", "shape"))
        return f"<table><caption>{html.escape(repr(self))}</caption><tr>{head}</tr>{''.join(rows)}</table>"

    def __repr__(self):
        return (
            f"TrainingProgram({self.net!r}, batch_size={self.batch_size}, "
            f"{self.memory.optimizer.name}, {self.dtype})"
        )


def _columns(text: str) -> int:
    """The columns that a text takes on a screen: the hat of v̂ is a character without a width."""
    return sum(not unicodedata.combining(character) for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _dtype(dtype):
    """float32 or float64."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.float32, np.float64):
        raise ValueError(f"TrainingProgram expects dtype 'float32' or 'float64'; got {_checks.shown(dtype)}")
    return found
