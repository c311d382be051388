"""Optimizers: how a gradient changes the parameters, written to be read.

`program.kernels` takes the same steps faster, and tests/program/test_program.py compares the two.

Imports: numpy, _checks.

>>> theta, state = np.array([1.0, -2.0]), {}
>>> adam = optimizer("adam", learning_rate=0.1)
>>> adam(theta, 2 * theta, state)   # the gradient of |θ|² is 2θ
>>> theta.round(6)
array([ 0.9, -1.9])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlpkit import _checks

State = dict[str, Any]


def sgd(theta, gradient, state: State, learning_rate):
    """θ ← θ - η∇J. In place; theta and gradient have one shape, `state` stays empty.

    >>> theta = np.array([1.0])
    >>> sgd(theta, np.array([0.5]), {}, learning_rate=0.1)
    >>> theta
    array([0.95])
    """
    theta -= learning_rate * gradient


def momentum(theta, gradient, state: State, learning_rate, mu=0.9):
    """v ← μv + ∇J, θ ← θ - ηv (the heavy-ball method). In place; `state` keeps v.

    The learning rate multiplies v, as in PyTorch; the other usual form, v ← μv - η∇J and θ ← θ + v,
    takes the same steps as long as η does not change.

    >>> theta, state = np.array([1.0]), {}
    >>> for _ in range(2):
    ...     momentum(theta, np.array([1.0]), state, learning_rate=0.1)
    >>> theta  # 1 - 0.1·1 - 0.1·(0.9 + 1)
    array([0.71])
    """
    v = state.setdefault("v", np.zeros_like(theta))
    v *= mu
    v += gradient
    theta -= learning_rate * v


def adam(theta, gradient, state: State, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """m, v: running means of ∇J and (∇J)²; θ ← θ - η m̂/(√v̂ + ε), with m̂ = m/(1 - β₁ᵗ), v̂ = v/(1 - β₂ᵗ).

    In place; `state` keeps m, v and the step t, counted from 1. The first step moves every parameter by
    nearly η, whatever the size of its gradient.

    >>> theta = np.array([1.0, 1.0])
    >>> adam(theta, np.array([1e-3, 1e3]), {}, learning_rate=0.1)
    >>> theta.round(5)
    array([0.9, 0.9])
    """
    m, v = (state.setdefault(name, np.zeros_like(theta)) for name in "mv")
    t = state["t"] = state.get("t", 0) + 1
    m += (1 - beta1) * (gradient - m)  # m ← β₁m + (1 - β₁)∇J
    v += (1 - beta2) * (gradient**2 - v)  # v ← β₂v + (1 - β₂)(∇J)²
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    theta -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)


@dataclass(frozen=True, eq=False)
class Optimizer:
    """One optimizer with its numbers; calling it makes one step in place.

    update         function(theta, gradient, state, learning_rate, **params), in place
    learning_rate  η; the record's own is a usual value to start with
    params         {name: (value, low, high)}
    formula        LaTeX of one step; source: paper and year

    >>> OPTIMIZERS["momentum"]
    Optimizer('momentum', learning_rate=0.1, mu=0.9)
    """

    name: str
    label: str
    update: Callable[..., None]
    learning_rate: float
    params: Mapping[str, tuple[float, float, float]]
    formula: str
    source: str

    @property
    def values(self) -> dict[str, float]:
        """{name: value} of the parameters other than the learning rate."""
        return {name: value for name, (value, _, _) in self.params.items()}

    def __call__(self, theta, gradient, state: State) -> None:
        """One step: changes theta and state in place."""
        self.update(theta, gradient, state, self.learning_rate, **self.values)

    def with_params(self, learning_rate: float | None = None, **params: float) -> Optimizer:
        """The same optimizer with other numbers; each parameter must lie in its range, learning_rate > 0."""
        rate = self.learning_rate if learning_rate is None else learning_rate
        return replace(
            self,
            params=_checks.with_values(self.name, self.params, params, "learning_rate"),
            learning_rate=_checks.positive(self.name, "learning_rate", rate),
        )

    def __repr__(self):
        numbers = {"learning_rate": self.learning_rate, **self.values}
        return f"Optimizer({', '.join([repr(self.name), *(f'{k}={v:g}' for k, v in numbers.items())])})"


OPTIMIZERS: dict[str, Optimizer] = _checks.Registry(
    "optimizer",
    (
        Optimizer(
            "sgd",
            "stochastic gradient descent",
            sgd,
            0.1,
            {},
            formula=r"\theta \leftarrow \theta - \eta \nabla J",
            source="H. Robbins, S. Monro, A stochastic approximation method, 1951",
        ),
        Optimizer(
            "momentum",
            "gradient descent with momentum",
            momentum,
            0.1,
            {"mu": (0.9, 0.0, 1.0)},
            formula=r"v \leftarrow \mu v + \nabla J,\quad \theta \leftarrow \theta - \eta v",
            source="B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
        ),
        Optimizer(
            "adam",
            "Adam",
            adam,
            0.001,
            {"beta1": (0.9, 0.0, 0.9999), "beta2": (0.999, 0.0, 0.999999), "epsilon": (1e-8, 0.0, 1.0)},
            formula=r"\theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}",
            source="D. Kingma, J. Ba, Adam: a method for stochastic optimization, 2015, arXiv:1412.6980",
        ),
    ),
)


def optimizer(name: str | Optimizer, learning_rate: float | None = None, **params: float) -> Optimizer:
    """The record called `name`, or the record itself, with the given learning rate and parameters.

    >>> optimizer("adamm")
    Traceback (most recent call last):
    ValueError: unknown optimizer 'adamm'; did you mean 'adam'?
    """
    record = name if isinstance(name, Optimizer) else _checks.look_up("optimizer", name, OPTIMIZERS)
    return record.with_params(learning_rate, **params)
