"""The activation functions g and their derivatives g′, each derivative under its function.

All of them take numbers, lists and arrays of any shape, and give the same shape back: float16, float32,
float64 (and complex) keep their type, integers become float64. Lower precisions are computed in float64 and
rounded once. nan stays nan, ±inf gives the limit, no floating-point warning appears, and the input is never
changed.

Stable forms. The formulas as printed on the slides overflow or lose every digit in the tails. Here only
exponentials of -|z| occur, so nothing overflows. Away from zero crossings the error is at most 4 units in
the last place; the two exceptions (swish with a β whose product βz is rounded, and results below 1e-300) are
stated where they occur.

Kinks. Where g has a corner, g′ takes its LEFT value: relu′(0) = 0, leaky_relu′(0) = α, elu′(0) = α. This is
the convention of the whole course; any value between the two one-sided slopes is as good, and `at_zero=`
chooses one. The step takes H(0) = ½, so that the slide's sign(z) is 2H(z) - 1 everywhere and H is the limit
of σ(wz) as w → ∞.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np

from mlpkit.activations import normal

Function = TypeVar("Function", bound=Callable[..., Any])


def elementwise(g: Function) -> Function:
    """Let `g`, written for float64 arrays, take any numbers of any shape and keep their type."""

    @wraps(g)
    def on_any_numbers(z, *args, **kwargs):
        z = np.asarray(z)
        if z.dtype.kind not in "fciub":
            raise TypeError(f"{g.__name__} expects numbers; got dtype {z.dtype}")
        kept = z.dtype if z.dtype.kind in "fc" else np.dtype(float)
        with np.errstate(over="ignore", under="ignore"):  # e^-800 is 0 in float64, and β·1e308 may be inf
            a = g(z.astype(np.result_type(kept, float), copy=False), *args, **kwargs)
            a = a.astype(kept, copy=False)
        return a if a.ndim else a[()]

    return cast(Function, on_any_numbers)


def _exp_minus_abs(z):
    """e = e^-|z|, in (0, 1], which cannot overflow. For complex z, |z| is z or -z, by its real part."""
    return np.exp(np.minimum(z, -z))


@elementwise
def linear(z):
    """g(z) = z, the output unit of regression (slide linear-models); a copy of its input.

    >>> linear([1, 2])
    array([1., 2.])
    """
    return z.copy()


@elementwise
def linear_prime(z):
    """g′(z) = 1.

    >>> linear_prime([1, 2])
    array([1., 1.])
    """
    return np.where(np.isnan(z), z, 1.0)


@elementwise
def step(z, at_zero=0.5):
    """H(z) = 0 for z < 0, 1 for z > 0, the Heaviside function; sign(z) = 2H(z) - 1 (slide activations-table).

    `at_zero` is H(0): ½ in this course, the limit of σ(wz); 0 and 1 are also in use. No complex form.

    >>> step([-2.0, 0.0, 2.0])
    array([0. , 0.5, 1. ])
    """
    return np.heaviside(z, at_zero)


@elementwise
def step_prime(z, at_zero=0.0):
    """H′(z) = 0 for z ≠ 0, so gradient descent cannot use it. At 0 `at_zero` takes the place of a derivative.

    >>> step_prime([-2.0, 0.0, 2.0])
    array([0., 0., 0.])
    """
    return np.where(z == 0, at_zero, np.where(np.isnan(z), z, 0.0))


@elementwise
def sigmoid(z):
    """σ(z) = 1/(1 + e^-z), in (0, 1) (slide activations-panels), without the overflow of e^-z at z = -710.

    >>> sigmoid([-800.0, 0.0, 2.0]).round(4)
    array([0.    , 0.5   , 0.8808])
    """
    e = _exp_minus_abs(z)
    return np.maximum(e, z >= 0) / (1 + e)  # 1/(1 + e^-z) for z ≥ 0, e^z/(1 + e^z) for z < 0


@elementwise
def sigmoid_prime(z):
    """σ′(z) = σ(z)(1 - σ(z)) = e/(1 + e)² with e = e^-|z|, in (0, ¼].

    The slide's product gives 0 for every z > 37, because 1 - σ(z) cancels; this form is exact on both sides.

    >>> sigmoid_prime([0.0, 40.0])
    array([2.50000000e-01, 4.24835426e-18])
    """
    e = _exp_minus_abs(z)
    return e / (1 + e) ** 2


@elementwise
def tanh(z):
    """tanh(z) = 2σ(2z) - 1, in (-1, 1) (slide activations-panels).

    >>> tanh([0.0, 0.5]).round(4)
    array([0.    , 0.4621])
    """
    return np.tanh(z)


@elementwise
def tanh_prime(z):
    """tanh′(z) = 1 - tanh²(z) = 4σ′(2z), in (0, 1]. The slide's 1 - tanh² is 0 for every |z| > 19.

    >>> tanh_prime([0.0, 20.0])
    array([1.0000000e+00, 1.6993417e-17])
    """
    return 4 * sigmoid_prime(2 * z)  # tanh z = 2σ(2z) - 1


@elementwise
def relu(z):
    """max(0, z) (slide relu).

    >>> relu([-1.0, 3.0])
    array([0., 3.])
    """
    return np.maximum(z, 0)


@elementwise
def relu_prime(z, at_zero=0.0):
    """relu′(z) = 0 for z < 0, 1 for z > 0; `at_zero` is the convention: 0 in this course, 1 on the slide.

    >>> relu_prime([-1.0, 0.0, 3.0])
    array([0., 0., 1.])
    >>> relu_prime(0.0, at_zero=1.0)
    np.float64(1.0)
    """
    return np.heaviside(z, at_zero)


@elementwise
def softplus(z):
    """softplus(z) = ln(1 + e^z) = max(0, z) + ln(1 + e^-|z|), always positive (slide activations-hidden).

    >>> softplus([-40.0, 0.0, 1000.0])
    array([4.24835426e-18, 6.93147181e-01, 1.00000000e+03])
    """
    return np.maximum(z, 0) + np.log1p(_exp_minus_abs(z))


@elementwise
def softplus_prime(z):
    """softplus′(z) = σ(z) = 1/(1 + e^-z) (slide activations-more).

    >>> softplus_prime(0)
    np.float64(0.5)
    """
    return sigmoid(z)


@elementwise
def leaky_relu(z, alpha=0.01):
    """z for z > 0, αz for z ≤ 0 (slide activations-more). α = 0 is ReLU, α = 1 is linear.

    >>> leaky_relu([-2.0, 3.0], alpha=0.1)
    array([-0.2,  3. ])
    """
    if not alpha:
        return np.maximum(z, 0)  # 0·inf would be nan
    return np.where(z > 0, z, alpha * z)


@elementwise
def leaky_relu_prime(z, alpha=0.01, at_zero=None):
    """1 for z > 0, α for z < 0; at 0 the left slope α, unless `at_zero` says otherwise.

    >>> leaky_relu_prime([-2.0, 0.0, 3.0], alpha=0.1)
    array([0.1, 0.1, 1. ])
    """
    slope = np.where(z > 0, 1.0, np.where(np.isnan(z), z, alpha))
    return slope if at_zero is None else np.where(z == 0, at_zero, slope)


@elementwise
def elu(z, alpha=1.0):
    """z for z > 0, α(e^z - 1) for z ≤ 0, above -α (slide activations-more; Clevert et al. 2015).

    >>> elu([-1e-20, 2.0])
    array([-1.e-20,  2.e+00])
    """
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))  # e^z - 1 would cancel near 0


@elementwise
def elu_prime(z, alpha=1.0, at_zero=None):
    """1 for z > 0, αe^z for z < 0; at 0 the left slope α. Continuous there only for α = 1.

    >>> elu_prime([-1.0, 0.0, 2.0]).round(4)
    array([0.3679, 1.    , 1.    ])
    """
    slope = np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0)))
    return slope if at_zero is None else np.where(z == 0, at_zero, slope)


@elementwise
def swish(z, beta=1.0):
    """z·σ(βz) (slide swish; Ramachandran et al. 2017). β = 0: z/2. β → ∞: ReLU. Also called SiLU when β = 1.

    Accuracy: 4 ulp where βz is exact, as for β = ½, 1, 2; else the rounding of βz adds up to |βz| ulp for
    z < 0. Results below 1e-300 keep an absolute error below 1e-315. Both also hold for the derivative.

    >>> swish([-np.inf, -1.0, 0.0, 1.0]).round(4)
    array([-0.    , -0.2689,  0.    ,  0.7311])
    """
    if not beta:
        return z / 2  # 0·inf would be nan
    return np.maximum(z, -np.finfo(float).max) * sigmoid(beta * z)  # -inf·0, too; -1.8e308·0 is 0


@elementwise
def swish_prime(z, beta=1.0):
    """βg(z) + σ(βz)(1 - βg(z)) = σ(t)(1 + tσ(-t)) with t = βz.

    The slide has g(βz) for g(z), which is right for β = 1 only. The product form needs no 1 - σ, which would
    cancel.

    >>> swish_prime(0.5, beta=2.0).round(5)
    np.float64(0.92767)
    """
    big = np.finfo(float).max
    t = np.clip(beta * np.clip(z, -big, big), -1e4, 1e4)  # finite; the limits 0 and 1 are reached far inside
    return sigmoid(t) * (1 + t * sigmoid(-t))


def _normal_cdf(z):
    """Φ(z) = Pr(X ≤ z), X ~ N(0, 1), for |z| ≤ 50."""
    tail = normal.tail(z)
    return np.where(z < 0, tail, 1 - tail)


@elementwise
def gelu(z):
    """z·Pr(X ≤ z) = zΦ(z) = ½z(1 + erf(z/√2)), X ~ N(0, 1) (slide gelu; Hendrycks & Gimpel 2016).

    The slide's erf form is 0 for every z < -8.3, because 1 + erf cancels; Φ's own tail does not.
    Results below 1e-300 keep an absolute error below 1e-315.

    >>> gelu([-10.0, 0.0, 1.0])
    array([-7.61985302e-23,  0.00000000e+00,  8.41344746e-01])
    """
    return np.maximum(z, -50) * _normal_cdf(np.clip(z, -50, 50))  # Φ is 0 or 1 beyond |z| = 39


@elementwise
def gelu_prime(z):
    """Φ(z) + zφ(z) (slide gelu-derivative).

    >>> gelu_prime([-10.0, 0.0, np.sqrt(2)])
    array([-7.61840010e-22,  5.00000000e-01,  1.12890415e+00])
    """
    z = np.clip(z, -50, 50)
    return _normal_cdf(z) + z * normal.density(z)


@elementwise
def gelu_tanh(z):
    """½z(1 + tanh(√(2/π)(z + 0.044715z³))): GELU's usual approximation, off by at most 4.8e-4.

    >>> float(gelu_tanh(1.0) - gelu(1.0))
    -0.00015275...
    """
    x = np.clip(z, -50, 50)
    return np.maximum(z, -50) * sigmoid(1.5957691216057308 * (x + 0.044715 * x**3))  # ½(1 + tanh u) = σ(2u)


@elementwise
def gelu_sigmoid(z):
    """z·σ(1.702z): GELU's quick approximation, a swish, off by at most 2.1e-2.

    >>> float(gelu_sigmoid(1.0) - gelu(1.0))
    0.00445...
    """
    return swish(z, 1.702)
