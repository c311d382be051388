"""Two ways to measure a derivative without knowing its formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlpkit import _checks

H = 6e-6  # ∛ε: here the truncation error h²J‴/6 and the rounding error εJ/h are equally small, about 1e-11
TINY = 1e-200  # the complex step subtracts nothing, so that h may be so small that h² is 0


def numeric_gradient(f: Callable[[np.ndarray], Any], x, h: float = H) -> np.ndarray:
    """∂f/∂xᵢ ≈ (f(x + heᵢ) - f(x - heᵢ))/2h, central differences: an array shaped like x.

    f takes an array like x and gives one real number. x itself is never changed: f gets a copy. The error is
    about h²f‴/6 + εf/h, ten right digits at h = 6e-6.

    >>> numeric_gradient(lambda x: (x**2).sum(), [1.0, 2.0]).round(8)
    array([2., 4.])
    """
    who, advice = "numeric_gradient", "take real x, or complex_step_gradient"
    x, h = _checks.numbers(who, "x", x).copy(), _checks.positive(who, "h", h)
    slopes = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = up = kept + h
        f_up = _one_number(who, f(x), float, advice)
        x[i] = down = kept - h
        f_down = _one_number(who, f(x), float, advice)
        if up == down:
            raise ValueError(f"{who} expects h to count beside x{list(i)} = {kept:g}; {h:g} is rounded away")
        slopes[i] = (f_up - f_down) / (up - down)  # 2h, as it was rounded
        x[i] = kept
    return slopes


def complex_step_gradient(f: Callable[[np.ndarray], Any], x, h: float = TINY) -> np.ndarray:
    """∂f/∂xᵢ = Im f(x + i·heᵢ)/h, exact to rounding, because nothing is subtracted: shaped like x.

    f must be analytic and keep complex numbers: abs, float and .real spoil the result (Squire and Trapp
    1998). x is real and never changed.

    >>> complex_step_gradient(lambda x: np.exp(x).sum(), [0.0, 1.0])
    array([1.        , 2.71828183])
    """
    who, advice = "complex_step_gradient", "abs, float or .real in f drops the imaginary part"
    x, h = _checks.numbers(who, "x", x), _checks.positive(who, "h", h)
    if np.iscomplexobj(x):
        raise TypeError(f"{who} expects real numbers in x; got {x.dtype}")
    x = x.astype(complex)
    slopes = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + 1j * h
        slopes[i] = _one_number(who, f(x), complex, advice).imag / h
        x[i] = kept
    return slopes


def _one_number(who: str, value: Any, kind: type, advice: str) -> Any:
    """f(x) as a Python float or complex."""
    array = _checks.numbers(who, "f(x)", value)
    if array.size != 1:
        raise ValueError(f"{who} expects f(x) to be one number; got shape {array.shape}")
    number = array.item()
    if not isinstance(number, kind):
        raise TypeError(f"{who} expects f(x) to be {kind.__name__}; got {number!r}: {advice}")
    return number
