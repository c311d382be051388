"""The multilayer perceptron: dense layers, an output unit, and the chain rule through all of them.

Imports: numpy, _checks, activations, outputs, initializers, layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpkit import _checks
from mlpkit.activations import Activation
from mlpkit.activations import activation as as_activation
from mlpkit.layers import Dense
from mlpkit.outputs import OutputUnit, output_unit

if TYPE_CHECKING:
    from mlpkit.initializers import Initializer

BLOCK = 16_000  # numbers of one activation matrix in `predict`: 128 kB stay in the cache


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """Everything a forward pass computed: X (n, n_in), and Z[l], A[l] (n, n_l) of every layer.

    Z[-1] are the logits and A[-1] is ŷ, the mean of the output unit.
    """

    X: np.ndarray
    Z: tuple[np.ndarray, ...]
    A: tuple[np.ndarray, ...]

    @property
    def y_hat(self) -> np.ndarray:
        """ŷ (n, n_out), the network's output."""
        return self.A[-1]

    def __repr__(self):
        shapes = [f"A{layer} {A.shape}" for layer, A in enumerate(self.A, start=1)]
        return f"Trace(X {self.X.shape} -> {' -> '.join(shapes)})"


class MLP:
    """ŷ = output(… g²(W²ᵀ g¹(W¹ᵀx + b¹) + b²) …), one example per row of X (slide universality-and-depth).

    widths       [n_in, n_1, …, n_out]; the hidden layers are those in between
    activation   a name or record for all hidden layers, or a list with one for each; the last layer is linear
    output       "gaussian", "bernoulli" or "categorical": how ŷ and the loss follow from the last layer's Z
    init, bias   rule for W, and the constant in every b (the rule's own, if None)
    rng          a numpy Generator, or a seed, for W; 0 unless given, as in `training.fit`, so that a notebook
                 gives the same numbers every time. None: other numbers each time

    W and b are float64.

    >>> net = MLP([2, 3, 2], activation="tanh", rng=0)
    >>> net
    MLP(2-3-2, tanh, categorical, 17 parameters)
    >>> net.forward([[0.5, -1.0]])
    Trace(X (1, 2) -> A1 (1, 3) -> A2 (1, 2))
    >>> net.predict([[0.5, -1.0]]).sum().round(12)
    np.float64(1.0)
    """

    def __init__(
        self,
        widths: Sequence[int],
        activation: str | Activation | Sequence[str | Activation] = "tanh",
        output: str | OutputUnit = "categorical",
        init: str | Initializer = "xavier",
        rng: np.random.Generator | int | None = 0,
        *,
        bias: float | None = None,
    ):
        from mlpkit.initializers import (
            initializer,
        )  # imported here and below, so that `import mlpkit` is fast

        if isinstance(widths, str) or not isinstance(widths, Iterable):
            raise TypeError(
                f"MLP expects widths as a list, [n_in, n_1, …, n_out]; got {_checks.shown(widths)}"
            )
        widths = [_checks.integer("MLP", "width", width, 1) for width in widths]
        if len(widths) < 2:
            raise ValueError(f"MLP expects at least two widths, of the input and of the output; got {widths}")
        rng, rule = _checks.generator("MLP", rng, none=True), initializer(init)
        start = rule.bias if bias is None else _checks.number("MLP", "bias", bias, -np.inf)
        layers = [
            Dense(rule(rng, n_in, n_out), np.full(n_out, start), g)
            for (n_in, n_out), g in zip(
                pairwise(widths), _activations(activation, len(widths) - 2), strict=True
            )
        ]
        self._adopt(layers, output)

    @classmethod
    def from_layers(cls, layers: Iterable[Dense], output: str | OutputUnit = "gaussian") -> MLP:
        """A network of the given layers; their numbers are copied.

        >>> MLP.from_layers([Dense([[2.0]], [0.0], "relu"), Dense([[1.0]], [-1.0])]).predict([[3.0], [-3.0]])
        array([[ 5.], [-1.]])
        """
        net = cls.__new__(cls)
        net._adopt(list(layers), output)
        return net

    def _adopt(self, layers, output):
        """Lay all W and b into one flat vector, layer by layer, and give the layers views into it."""
        if not layers:
            raise ValueError("MLP expects at least one layer")
        for first, second in pairwise(layers):
            if first.n_out != second.n_in:
                raise ValueError(f"MLP expects layers that fit together; got {first!r} before {second!r}")
        self.output = output_unit(output)
        self._theta = np.concatenate([part.ravel() for layer in layers for part in (layer.W, layer.b)])
        self._layers: list[Dense] = []
        start = 0
        for layer in layers:
            middle = start + layer.W.size
            stop = middle + layer.b.size
            W, b = self._theta[start:middle].reshape(layer.W.shape), self._theta[middle:stop]
            self._layers.append(Dense(W, b, layer.activation))
            start = stop

    @property
    def layers(self) -> list[Dense]:
        """The layers, first to last; each has W (n_in, n_out), b (n_out,) and its activation."""
        return self._layers

    def copy(self) -> MLP:
        """A network of its own with the same numbers."""
        return MLP.from_layers(self.layers, self.output)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    @property
    def widths(self) -> list[int]:
        """[n_in, n_1, …, n_out]."""
        return [self.layers[0].n_in, *(layer.n_out for layer in self.layers)]

    @property
    def hidden_units(self) -> int:
        """Number of units in all hidden layers together."""
        return sum(self.widths[1:-1])

    @property
    def parameters(self) -> np.ndarray:
        """W, then b, layer by layer, in one flat vector: a VIEW, writing into it changes the net."""
        return self._theta

    @parameters.setter
    def parameters(self, values):
        values = _checks.numbers("MLP", "parameters", values)
        if values.shape != self._theta.shape:
            raise ValueError(f"MLP expects parameters of shape {self._theta.shape}; got {values.shape}")
        self._theta[...] = values

    def forward(self, X) -> Trace:
        """X (n, n_in) -> every Z and A (n, n_l)."""
        X = _checks.batch("MLP", "X", X, self.layers[0].n_in)
        Zs, As = self._forward(X)
        return Trace(X, tuple(Zs), (*As[:-1], self.output.mean(As[-1])))  # ŷ

    def _forward(self, A) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Z and A (n, n_l) of every layer, the last A before the output unit's mean."""
        Zs, As = [], []
        for layer in self.layers:
            Z, A = layer.forward(A)  # zˡ = Wˡᵀaˡ⁻¹ + bˡ, aˡ = gˡ(zˡ)
            Zs.append(Z)
            As.append(A)
        return Zs, As

    def predict(self, X) -> np.ndarray:
        """X (n, n_in) -> ŷ (n, n_out), as forward(X).y_hat, without keeping the hidden activations.

        A wide network works through the rows in blocks that fit the processor's cache.
        """
        X = _checks.batch("MLP", "X", X, self.layers[0].n_in)
        rows = max(1, BLOCK // max(1, *self.widths))
        blocks = [self._logits(X[start : start + rows]) for start in range(0, max(1, len(X)), rows)]
        return self.output.mean(blocks[0] if len(blocks) == 1 else np.concatenate(blocks))

    def _logits(self, A):
        """The last layer's activations, as `_forward`, without keeping those before."""
        for layer in self.layers:
            _, A = layer.forward(A)
        return A

    def loss(self, X, Y) -> float:
        """Mean negative log-likelihood of Y under the output unit, computed from the logits.

        Y: integer labels (n,) or one-hot rows (categorical), 0 and 1 (bernoulli), numbers (n, n_out)
        (gaussian).
        """
        X = _checks.batch("MLP", "X", X, self.layers[0].n_in)
        return self.output.nll(self._logits(X), Y)

    def gradients(self, X, Y) -> list[tuple[np.ndarray, np.ndarray]]:
        """dJ/dW (n_in, n_out) and dJ/db (n_out,) of every layer, by backpropagation.

        >>> net = MLP.from_layers([Dense([[2.0]], [1.0])])
        >>> net.gradients([[3.0]], [[5.0]])  # ŷ - y = 7 - 5
        [(array([[6.]]), array([2.]))]
        """
        X = _checks.batch("MLP", "X", X, self.layers[0].n_in)
        Zs, As = self._forward(X)
        inputs, dA = [X, *As[:-1]], self.output.nll_grad(As[-1], Y)  # (ŷ - y)/n
        gradients = []
        for layer, A, Z in zip(reversed(self.layers), reversed(inputs), reversed(Zs), strict=True):
            dA, dW, db = layer.backward(A, Z, dA)  # dJ/daˡ⁻¹, dJ/dWˡ, dJ/dbˡ
            gradients.append((dW, db))
        return gradients[::-1]

    def save(self, path: str | PathLike) -> None:
        """Write the network to one .npz file of plain arrays, without pickle."""
        from mlpkit.network import storage

        storage.save(path, self.layers, self.output)

    @classmethod
    def load(cls, path: str | PathLike) -> MLP:
        """The network that `save` wrote. Nothing in the file is executed; any other file is refused."""
        from mlpkit.network import storage

        return cls.from_layers(*storage.load(path))

    def __reduce__(self):
        return MLP.from_layers, (self.layers, self.output)  # the copy's layers are views into its own vector

    def __repr__(self):
        hidden = [_name(layer.activation) for layer in self.layers[:-1]]
        names = hidden[:1] if len(set(hidden)) < 2 else hidden
        parts = ["-".join(map(str, self.widths)), *filter(None, ["/".join(names)]), self.output.name]
        return f"MLP({', '.join(parts)}, {self._theta.size} parameters)"

    def _repr_html_(self):
        """A table of the layers, in the page's own colours."""
        from mlpkit.network import summary

        *hidden, _ = [_name(layer.activation) for layer in self.layers]
        rows = [
            (f"{number}", layer.n_out, name, layer.W.shape, layer.b.shape, layer.W.size + layer.b.size)
            for number, (layer, name) in enumerate(
                zip(self.layers, [*hidden, self.output.label], strict=True), start=1
            )
        ]
        return summary.table(f"MLP {'-'.join(map(str, self.widths))}", rows)


def _name(g: Activation) -> str:
    values = ", ".join(f"{name}={value:g}" for name, value in g.values.items())
    return f"{g.name}({values})" if values else g.name


def _activations(given: Any, hidden: int) -> list[Activation]:
    """One record for each hidden layer, and linear for the last."""
    several = hasattr(given, "__iter__") and not isinstance(given, str)
    records = [as_activation(g) for g in given] if several else [as_activation(given)] * hidden
    if len(records) != hidden:
        raise ValueError(f"MLP expects one activation for each of {hidden} hidden layers; got {len(records)}")
    return [*records, as_activation("linear")]
