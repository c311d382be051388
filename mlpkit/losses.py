"""Losses of the prediction ŷ as on slide losses, each with its derivative dJ/dŷ; means over the batch.

Training does not use them: it takes `nll` of the output unit, which is the same number computed from the
logits z. A probability near 0 or 1 has already lost the digits that its logarithm needs: the softmax of
logits 800 apart is exactly 0, its cross entropy infinite, the derivative -1/ŷ useless. From the logits the
loss is 800 and the gradient (ŷ - y)/n:

>>> from mlpkit.outputs import categorical_nll, softmax
>>> Z = [[0.0, 800.0]]
>>> LOSSES["cross_entropy"](softmax(Z), [0]), categorical_nll(Z, [0])
(inf, 800.0)

`unit` and `ratio` say which likelihood belongs to a loss: loss(unit.mean(Z), Y) = ratio · unit.nll(Z, Y).

Imports: numpy, _checks, outputs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpkit import _checks
from mlpkit.outputs import OUTPUT_UNITS, OutputUnit, class_labels, zeros_and_ones

SUM_TOLERANCE = 1e-3  # rows rounded to float16 keep their sum within this; rows of sigmoids do not


@dataclass(frozen=True, eq=False)
class Loss:
    """One loss; calling the record is calling `value`.

    value, gradient            J(Y_hat, Y), a number, and dJ/dY_hat, shaped like Y_hat (n, k)
    formula, gradient_formula  LaTeX of both for one example, without dollar signs
    unit, ratio                the output unit whose nll, times ratio, is this loss
    source, erratum            the slide id or paper; what the slide leaves out, "" if nothing

    >>> LOSSES["squared_error"]([[1.0], [2.0]], [[1.0], [4.0]])
    2.0
    """

    name: str
    label: str
    value: Callable[[Any, Any], Any]
    gradient: Callable[[Any, Any], np.ndarray]
    formula: str
    gradient_formula: str
    unit: OutputUnit
    ratio: float
    source: str
    erratum: str = ""

    def __call__(self, Y_hat, Y):
        """J(Y_hat, Y), mean over the batch."""
        return self.value(Y_hat, Y)

    def __repr__(self):
        return f"Loss({self.name!r})"


def squared_error(Y_hat, Y):
    """Σₖ (yₖ - ŷₖ)², mean over the batch (slide losses); no ½, so it is twice the Gaussian nll at σ = 1.

    Y_hat (n, k), Y (n, k), or (n,) when k = 1.

    >>> squared_error([[1.0], [2.0]], [1.0, 4.0])
    2.0
    """
    Y_hat, Y = _numbers("squared_error", Y_hat, Y)
    with np.errstate(over="ignore", under="ignore"):  # a loss that overflows is inf
        return ((Y - Y_hat) ** 2).sum().item() / len(Y)


def squared_error_grad(Y_hat, Y):
    """dJ/dŷ = 2(ŷ - y)/n, shaped like Y_hat (n, k).

    >>> squared_error_grad([[1.0], [2.0]], [1.0, 4.0])
    array([[ 0.], [-2.]])
    """
    Y_hat, Y = _numbers("squared_error", Y_hat, Y)
    with np.errstate(over="ignore", under="ignore"):
        return 2 * (Y_hat - Y) / len(Y)


def cross_entropy(Y_hat, Y):
    """-Σₖ yₖ log ŷₖ, mean over the batch (slide losses). Infinite where the label has probability 0.

    Y_hat (n, K) probabilities, K ≥ 2, every row sums to 1; Y (n,) labels 0 … K-1 or (n, K) one-hot rows.
    The sum has one term, the label's: 0·log 0 counts as 0.

    >>> round(cross_entropy([[0.25, 0.75], [0.5, 0.5]], [1, 0]), 4)  # -(log ¾ + log ½)/2
    0.4904
    """
    Y_hat, labels = _distribution("cross_entropy", Y_hat, Y)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        logs = np.log(Y_hat[np.arange(len(Y_hat)), labels])
    return 0.0 - logs.sum().item() / len(Y_hat)  # 0 - 0 is 0, and -(0) would print as -0.0


def cross_entropy_grad(Y_hat, Y):
    """dJ/dŷₖ = -yₖ/(ŷₖn), shaped like Y_hat (n, K): 0 except at the label.

    Each ŷₖ counts as free; a softmax, which ties them together, turns this into dJ/dz = (ŷ - y)/n.

    >>> cross_entropy_grad([[0.25, 0.75], [0.5, 0.5]], [0, 0])
    array([[-2.,  0.], [-1.,  0.]])
    """
    Y_hat, labels = _distribution("cross_entropy", Y_hat, Y)
    rows, G = np.arange(len(Y_hat)), np.zeros_like(Y_hat)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        G[rows, labels] = -1 / Y_hat[rows, labels] / len(Y_hat)
    return G


def binary_cross_entropy(Y_hat, Y):
    """-y log ŷ - (1 - y) log(1 - ŷ), mean over the batch; columns are summed (slides losses, output-sigmoid).

    Y_hat (n, k) probabilities of y = 1; Y (n, k) of 0 and 1, or (n,) when k = 1. With one output per example
    the slide's sum over k has the single term -y log ŷ, which is 0 for every example with y = 0.

    >>> round(binary_cross_entropy([[0.75], [0.5]], [1, 0]), 4)
    0.4904
    """
    Y_hat, Y = _binary("binary_cross_entropy", Y_hat, Y)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        logs = np.where(Y == 1, np.log(Y_hat), np.log1p(-Y_hat))
    return 0.0 - logs.sum().item() / len(Y)


def binary_cross_entropy_grad(Y_hat, Y):
    """dJ/dŷ = (ŷ - y)/(ŷ(1 - ŷ)n): -1/(ŷn) for y = 1, 1/((1 - ŷ)n) for y = 0. Shaped like Y_hat (n, k).

    >>> binary_cross_entropy_grad([[0.25], [0.5]], [1, 0])
    array([[-2.], [ 1.]])
    """
    Y_hat, Y = _binary("binary_cross_entropy", Y_hat, Y)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        return np.where(Y == 1, -1 / Y_hat, 1 / (1 - Y_hat)) / len(Y)


LOSSES: dict[str, Loss] = _checks.Registry(
    "loss",
    (
        Loss(
            "squared_error",
            "squared error",
            squared_error,
            squared_error_grad,
            formula=r"\sum_k (y_k - \hat y_k)^2",
            gradient_formula=r"2(\hat y_k - y_k)",
            unit=OUTPUT_UNITS["gaussian"],
            ratio=2.0,
            source="slide losses",
            erratum="the gradient is 2(ŷ - y): there is no ½ on the slide. The slide does not say whether a "
            "batch is summed or averaged; here every loss is a mean over the batch",
        ),
        Loss(
            "cross_entropy",
            "cross entropy",
            cross_entropy,
            cross_entropy_grad,
            formula=r"-\sum_k y_k \log \hat y_k",
            gradient_formula=r"-\frac{y_k}{\hat y_k}",
            unit=OUTPUT_UNITS["categorical"],
            ratio=1.0,
            source="slide losses",
            erratum="right for K ≥ 2 probabilities that sum to 1; with a single sigmoid output the sum is 0 "
            "for y = 0 whatever ŷ is, and the binary form is needed",
        ),
        Loss(
            "binary_cross_entropy",
            "binary cross entropy",
            binary_cross_entropy,
            binary_cross_entropy_grad,
            formula=r"-y \log \hat y - (1 - y) \log(1 - \hat y)",
            gradient_formula=r"\frac{\hat y - y}{\hat y\,(1 - \hat y)}",
            unit=OUTPUT_UNITS["bernoulli"],
            ratio=1.0,
            source="slides losses, output-sigmoid",
            erratum="the slide's sum over k leaves out the term of y = 0, -(1 - y) log(1 - ŷ)",
        ),
    ),
)


def loss(name: str | Loss) -> Loss:
    """The record called `name`, or the record itself.

    >>> loss("cross_entrpy")
    Traceback (most recent call last):
    ValueError: unknown loss 'cross_entrpy'; did you mean 'cross_entropy'?
    """
    return name if isinstance(name, Loss) else _checks.look_up("loss", name, LOSSES)


def _pair(who, Y_hat, Y):
    """Y_hat as a matrix (n, k), n ≥ 1, and Y as finite numbers."""
    Y_hat, Y = _checks.numbers(who, "Y_hat", Y_hat), _checks.numbers(who, "Y", Y)
    if Y_hat.ndim != 2 or Y_hat.shape[1] == 0:
        hint = "; for one column write Y_hat[:, None]" if Y_hat.ndim == 1 else ""
        raise ValueError(f"{who} expects Y_hat of shape (n, k), one example per row; got {Y_hat.shape}{hint}")
    if len(Y_hat) == 0:
        raise ValueError(f"{who} expects at least one example: the mean over an empty batch is undefined")
    return Y_hat, _checks.finite(who, "Y", Y)


def _numbers(who, Y_hat, Y):
    """Y_hat and Y, both (n, k); a column of Y may be given as (n,)."""
    Y_hat, Y = _pair(who, Y_hat, Y)
    n, k = Y_hat.shape
    if Y.shape != (n, k) and (k > 1 or Y.shape != (n,)):
        shapes = f"({n},) or ({n}, 1)" if k == 1 else f"({n}, {k})"
        raise ValueError(f"{who} expects Y of shape {shapes} for Y_hat of shape {Y_hat.shape}; got {Y.shape}")
    return Y_hat, Y.reshape(n, k)


def _in_unit_interval(who, Y_hat, unit):
    """Y_hat itself, if its entries lie in [0, 1] (nan passes, and gives nan)."""
    outside = (Y_hat.real < 0) | (Y_hat.real > 1)
    if outside.any():
        where = tuple(int(i) for i in np.argwhere(outside)[0])
        got = f"Y_hat{list(where)} is {Y_hat[where]:g} (for logits use {unit}_nll)"
        raise ValueError(f"{who} expects probabilities in [0, 1]; {got}")
    return Y_hat


def _binary(who, Y_hat, Y):
    Y_hat, Y = _numbers(who, Y_hat, Y)
    Y = zeros_and_ones(who, Y)
    return _in_unit_interval(who, Y_hat, "bernoulli"), Y


def _distribution(who, Y_hat, Y):
    """Y_hat (n, K) with rows that sum to 1, and integer labels (n,)."""
    Y_hat, Y = _pair(who, Y_hat, Y)
    n, K = Y_hat.shape
    if K == 1:
        raise ValueError(f"{who} expects at least two classes; for one sigmoid output: binary_cross_entropy")
    total = _in_unit_interval(who, Y_hat, "categorical").sum(axis=1)
    if (abs(total - 1) > SUM_TOLERANCE).any():
        row = int((abs(total - 1) > SUM_TOLERANCE).argmax())
        raise ValueError(f"{who} expects rows that sum to 1; row {row} of Y_hat sums to {total[row]:g}")
    if Y.shape not in ((n,), (n, K)):
        raise ValueError(f"{who} expects Y of shape ({n},) or ({n}, {K}) for Y_hat {(n, K)}; got {Y.shape}")
    return Y_hat, class_labels(who, Y, K)
