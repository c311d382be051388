"""Full-batch training with `net.gradients`, for looking at every step.

Kept apart from `fit` to show every step; tests/training/test_descent.py compares the two.

>>> from mlpkit import MLP
>>> X, y = [[0.0], [1.0]], [0, 1]
>>> net = MLP([1, 2], rng=0)
>>> [round(at.loss(X, y), 3) for at in descend(net, X, y, steps=2, learning_rate=1.0)]
[1.017, 0.772, 0.652]
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlpkit import _checks
from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer, optimizer
from mlpkit.training.run import network


def descend(
    net: MLP,
    X,
    Y,
    steps: int,
    how: str | Optimizer = "sgd",
    learning_rate: float | None = None,
    **params: float,
) -> Iterator[MLP]:
    """θ ← θ - η∇J(θ), or another rule `how`, on all rows of X at once; changes `net`.

    Yields `net` itself before the first step and after each: look at it, or copy what you want to keep.
    """
    network("descend", net)
    steps = _checks.integer("descend", "steps", steps, 0)
    rule, state = optimizer(how, learning_rate, **params), {}
    yield net
    for _ in range(steps):
        gradient = np.concatenate([part.ravel() for pair in net.gradients(X, Y) for part in pair])
        rule(net.parameters, gradient, state)
        yield net
