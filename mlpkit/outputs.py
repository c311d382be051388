r"""Output units: from the logits Z of the last layer to the mean ŷ of a distribution, and to its likelihood.

Each record has three functions of the pre-activations Z (n, k), one example per row:
`mean(Z)` is ŷ, `nll(Z, Y)` the mean over the batch of -log p(y | z), `nll_grad(Z, Y)` its derivative dJ/dZ.
All three gradients are the same formula, (ŷ - y)/n, which is why these three pairs belong together.

The losses are computed from Z and never from ŷ, so that nothing is clipped and nothing becomes log 0.

Imports: numpy, _checks, activations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpkit import _checks
from mlpkit.activations import sigmoid, softplus


def softmax(Z):
    """softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ over the last axis: every row sums to 1 (slide output-softmax).

    Z (..., K) -> (..., K) of the same type (integers: float64). A constant added to a row changes nothing;
    the maximum is subtracted, so that e^z cannot overflow. A logit of -inf has probability 0.

    >>> softmax([[0.0, np.log(3)], [1000.0, 1000.0]]).round(4)
    array([[0.25, 0.75], [0.5 , 0.5 ]])
    """
    with np.errstate(all="ignore"):
        _, exps = _shifted(_logits("softmax", Z))
        return _as_given(exps / exps.sum(axis=-1, keepdims=True), Z)


def log_softmax(Z):
    """log softmax(z)ᵢ = zᵢ - log Σⱼ e^zⱼ over the last axis (slide output-softmax).

    Z (..., K) -> (..., K) of the same type. Exact also for the winning class, whose log-probability is
    -log(1 + the others) and not a difference of two large numbers: within 30 ulp where the plain form
    gives 0.

    >>> log_softmax([[0.0, 50.0], [1000.0, 0.0]])
    array([[-5.00000000e+01, -1.92874985e-22], [ 0.00000000e+00, -1.00000000e+03]])
    """
    with np.errstate(all="ignore"):
        shifted, exps = _shifted(_logits("log_softmax", Z))
        winner = shifted.argmax(axis=-1, keepdims=True)
        np.put_along_axis(exps, winner, 0, axis=-1)  # its e^0 = 1 is the 1 of log1p
        return _as_given(shifted - np.log1p(exps.sum(axis=-1, keepdims=True)), Z)


def _shifted(Z):
    """d = z - max z and e^d of each row, e^d corrected for the rounding of d, which it would magnify."""
    top = Z.max(axis=-1, keepdims=True)
    d = Z - top
    back = d - Z
    lost = (Z - (d - back)) - (top + back)  # z - max z = d + lost, exactly (Knuth's two-sum)
    return d, np.exp(d) * (1 + np.where(np.isfinite(lost), lost, 0))


def gaussian_mean(Z):
    """ŷ = z: the mean of N(y; ŷ, σ²) (slide output-linear). Z (n, k) -> (n, k).

    >>> gaussian_mean([[1.5]])
    array([[1.5]])
    """
    return _logits("gaussian", Z).copy()


def gaussian_nll(Z, Y, sigma=1.0):
    """-log N(y; z, σ²) = Σₖ (y - z)²/(2σ²) + log σ, mean over the batch (slide output-linear).

    Z (n, k), Y (n, k), or (n,) when k = 1. The constant ½ log 2π of each column, which no weight changes, is
    left out: a perfect fit with σ = 1 has loss 0. At σ = 1 this is half of the squared error Σ(y - ŷ)² on
    slide losses; the error without the ½ belongs to σ² = ½ (and differs by a constant).

    >>> gaussian_nll([[1.0], [2.0]], [[1.0], [4.0]])
    1.0
    """
    Z, Y = _gaussian_pair(Z, Y)
    sigma = _checks.positive("gaussian", "sigma", sigma)
    with np.errstate(over="ignore", under="ignore"):  # a loss that overflows is inf
        squares = (((Y - Z) / sigma) ** 2).sum().item()
    return squares / (2 * len(Z)) + Z.shape[1] * float(np.log(sigma))


def gaussian_nll_grad(Z, Y, sigma=1.0):
    """dJ/dZ = (ŷ - y)/(σ²n), shaped like Z.

    >>> gaussian_nll_grad([[1.0], [2.0]], [[1.0], [4.0]])
    array([[ 0.], [-1.]])
    """
    Z, Y = _gaussian_pair(Z, Y)
    sigma = _checks.positive("gaussian", "sigma", sigma)
    with np.errstate(over="ignore", under="ignore"):
        return (Z - Y) / (sigma**2 * len(Z))


def bernoulli_mean(Z):
    """ŷ = σ(z) = Pr(y = 1) (slide output-sigmoid). Z (n, k) -> (n, k).

    >>> bernoulli_mean([[0.0]])
    array([[0.5]])
    """
    return sigmoid(_logits("bernoulli", Z))


def bernoulli_nll(Z, Y):
    """-log σ((2y - 1)z) = softplus((1 - 2y)z), mean over the batch (slide output-sigmoid).

    Z (n, k), Y (n, k) of 0 and 1, or (n,) when k = 1; columns are summed. Labels ±1 are
    refused: the formula is wrong for them.

    >>> round(bernoulli_nll([[0.0], [1000.0]], [1, 0]), 4)
    500.3466
    """
    Z, Y = _bernoulli_pair(Z, Y)
    with np.errstate(over="ignore", under="ignore"):
        return softplus((1 - 2 * Y) * Z).sum().item() / len(Z)


def bernoulli_nll_grad(Z, Y):
    """dJ/dZ = (σ(z) - y)/n, shaped like Z. For y = 1 it is computed as -σ(-z)/n, which does not cancel.

    >>> bernoulli_nll_grad([[0.0], [40.0]], [1, 1])
    array([[-2.50000000e-01], [-2.12417713e-18]])
    """
    Z, Y = _bernoulli_pair(Z, Y)
    side = 1 - 2 * Y  # 1 for y = 0, -1 for y = 1
    with np.errstate(under="ignore"):
        return side * sigmoid(side * Z) / len(Z)


def categorical_nll(Z, Y):
    """-Σₖ yₖ log ŷₖ = -log softmax(z) at the label, mean over the batch (slides output-softmax, losses).

    Z (n, K), Y (n,) integer labels 0 … K-1 or (n, K) one-hot rows.

    >>> categorical_nll([[0.0, 0.0], [0.0, 0.0]], [0, 1])
    0.6931471805599453
    """
    Z, labels = _categorical_pair(Z, Y)
    with np.errstate(over="ignore", under="ignore"):
        return 0.0 - log_softmax(Z)[np.arange(len(Z)), labels].sum().item() / len(Z)  # 0, never -0


def categorical_nll_grad(Z, Y):
    """dJ/dZ = (ŷ - y)/n, shaped like Z. The label's own entry, ŷ - 1, is minus the sum of the others.

    >>> categorical_nll_grad([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    Z, labels = _categorical_pair(Z, Y)
    rows, G = np.arange(len(Z)), softmax(Z)
    G[rows, labels] = 0
    G[rows, labels] = -G.sum(axis=1)  # every row of ŷ - y sums to 0
    with np.errstate(under="ignore"):
        return G / len(Z)


@dataclass(frozen=True, eq=False, repr=False)
class OutputUnit:
    """One output unit: ŷ, the loss and its gradient, all from the logits; LaTeX of the three; the slide.

    >>> OUTPUT_UNITS["bernoulli"]
    OutputUnit('bernoulli')
    """

    name: str
    label: str
    mean: Callable[[Any], np.ndarray]
    nll: Callable[[Any, Any], Any]
    nll_grad: Callable[[Any, Any], np.ndarray]
    mean_formula: str
    formula: str
    gradient: str
    targets: str
    source: str
    erratum: str = ""

    def __repr__(self):
        return f"OutputUnit({self.name!r})"


OUTPUT_UNITS: dict[str, OutputUnit] = _checks.Registry(
    "output unit",
    (
        OutputUnit(
            "gaussian",
            "linear unit, Gaussian",
            gaussian_mean,
            gaussian_nll,
            gaussian_nll_grad,
            mean_formula=r"\hat y = z",
            formula=r"\tfrac12 (y - \hat y)^2",
            gradient=r"\hat y - y",
            targets="(n, k) numbers",
            source="slides output-linear, losses",
            erratum="the last argument of N(y; ŷ, ·) is the variance σ², and least squares is maximum "
            "likelihood only for a constant σ; the squared error (y - ŷ)² of the slides is twice this loss",
        ),
        OutputUnit(
            "bernoulli",
            "sigmoid unit, Bernoulli",
            bernoulli_mean,
            bernoulli_nll,
            bernoulli_nll_grad,
            mean_formula=r"\hat y = \sigma(z)",
            formula=r"-\log\sigma((2y-1)z) = \mathrm{softplus}((1-2y)z)",
            gradient=r"\hat y - y",
            targets="(n, 1) or (n,) of 0 and 1",
            source="slides output-sigmoid, losses",
            erratum="right for labels 0 and 1 only; for labels -1 and 1 the loss is -log σ(yz). The sum over "
            "k on slide losses is 0 for y = 0 when there is a single output, which needs the binary form",
        ),
        OutputUnit(
            "categorical",
            "softmax unit, categorical",
            softmax,
            categorical_nll,
            categorical_nll_grad,
            mean_formula=r"\hat y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
            formula=r"-\sum_k y_k \log \hat y_k",
            gradient=r"\hat y - y",
            targets="(n,) integer labels or (n, K) one-hot rows",
            source="slides output-softmax, losses",
            erratum="the sum in log softmax runs over j: zᵢ - log Σⱼ exp(zⱼ)",
        ),
    ),
)


def output_unit(name: str | OutputUnit) -> OutputUnit:
    """The record called `name`, or the record itself.

    >>> output_unit("catgorical")
    Traceback (most recent call last):
    ValueError: unknown output unit 'catgorical'; did you mean 'categorical'?
    """
    return name if isinstance(name, OutputUnit) else _checks.look_up("output unit", name, OUTPUT_UNITS)


def _logits(who, Z):
    """Z as numbers with at least one column."""
    Z = _checks.numbers(who, "Z", Z)
    if Z.ndim == 0 or Z.shape[-1] == 0:
        raise ValueError(f"{who} expects Z of shape (n, k), one example per row; got {Z.shape}")
    return Z


def _as_given(result, Z):
    """`result`, rounded once to the type of Z; integers and lists keep float64."""
    given = np.asarray(Z).dtype
    return result.astype(given, copy=False) if given.kind in "fc" else result


def _pair(who, Z, Y, targets):
    """Z as a matrix (n, k), Y as numbers with a row for each of Z's."""
    Z, Y = _logits(who, Z), _checks.numbers(who, "Y", Y)
    if Z.ndim != 2:
        raise ValueError(f"{who} expects Z of shape (n, k), one example per row; got {Z.shape}")
    if len(Z) == 0:
        raise ValueError(f"{who} expects at least one example: the mean over an empty batch is undefined")
    if Y.shape != Z.shape and Y.shape not in targets(*Z.shape):
        shapes = " or ".join(map(str, dict.fromkeys([*targets(*Z.shape), Z.shape])))
        raise ValueError(f"{who} expects Y of shape {shapes} for Z of shape {Z.shape}; got {Y.shape}")
    return Z, _checks.finite(who, "Y", Y)


def _one_column(n, k):
    return [(n,)] if k == 1 else []


def _gaussian_pair(Z, Y):
    Z, Y = _pair("gaussian", Z, Y, _one_column)
    return Z, Y.reshape(Z.shape)


def _bernoulli_pair(Z, Y):
    Z, Y = _pair("bernoulli", Z, Y, _one_column)
    return Z, zeros_and_ones("bernoulli", Y).reshape(Z.shape)


def _categorical_pair(Z, Y):
    """Z (n, K) and integer labels (n,)."""
    Z, Y = _pair("categorical", Z, Y, lambda n, K: [(n,)])
    return Z, class_labels("categorical", Y, Z.shape[1])


def zeros_and_ones(who: str, Y: np.ndarray) -> np.ndarray:
    """Y itself, if every entry is 0 or 1; else an error that says what to do about other labels."""
    wrong = ~np.isin(Y, (0, 1))
    if wrong.any():
        advice = _subtract_one(Y, 2) or " (labels ±1: use (y + 1) / 2)"
        raise ValueError(f"{who} expects every y to be 0 or 1; got {Y[wrong][0]:g}{advice}")
    return Y


def class_labels(who: str, Y: np.ndarray, K: int) -> np.ndarray:
    """Integer labels (n,) from Y: numbers (n,), each one of 0 … K-1, or one-hot rows (n, K); or an error."""
    if Y.ndim == 1:
        wrong = (np.round(Y) != Y) | (Y < 0) | (K <= Y)
        labels, expected = Y, f"integer labels 0 to {K - 1}"
    else:
        wrong = ~(np.isin(Y, (0, 1)).all(axis=1) & (Y.sum(axis=1) == 1))
        labels, expected = Y.argmax(axis=1), "one-hot rows, a single 1 among zeros"
    if wrong.any():
        if K < 2:
            raise ValueError(f"{who} expects at least two classes; got one output (for y 0 or 1: bernoulli)")
        row = int(wrong.argmax())
        got = f"{Y[row]:g}{_subtract_one(Y, K)}" if labels is Y else Y[row].tolist()
        raise ValueError(f"{who} expects {expected}; Y[{row}] is {got}")
    return labels.astype(int)


def _subtract_one(Y, K):
    """What to do about labels 1 … K; "" for other labels."""
    return " (labels start at 0: subtract 1)" if np.isin(Y, np.arange(1, K + 1)).all() else ""
