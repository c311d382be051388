"""Functions to approximate, on [0, 1] and on the unit square."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpkit import _checks


@dataclass(frozen=True, eq=False)
class Target:
    """A function on [0, 1] to approximate; calling the record calls f.

    name, label, formula (LaTeX); f on arrays; lipschitz: the largest slope, None if f jumps; continuous;
    curvature: the largest |f″|, None where f has corners or jumps.
    """

    name: str
    label: str
    formula: str
    f: Callable[[Any], Any]
    lipschitz: float | None
    curvature: float | None = None

    @property
    def continuous(self) -> bool:
        """Whether f is continuous, so that the theorem speaks of it."""
        return self.lipschitz is not None

    def __call__(self, x):
        """f(x), same shape as x."""
        return self.f(np.asarray(x, dtype=float))

    def __repr__(self):
        return f"Target({self.name!r})"


TARGETS: dict[str, Target] = _checks.Registry(
    "target",
    (
        Target(
            "nielsen",
            "Nielsen's function",
            r"0.2 + 0.4x^2 + 0.3x\sin 15x + 0.05\cos 50x",
            lambda x: 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x),
            lipschitz=6.9956,
            curvature=170.5524,  # at x = 1
        ),
        Target(
            "sine",
            "sine",
            r"\tfrac12 + \tfrac12\sin 2\pi x",
            lambda x: 0.5 + 0.5 * np.sin(2 * np.pi * x),
            lipschitz=np.pi,
            curvature=2 * np.pi**2,
        ),
        Target("absolute", "absolute value", r"|2x - 1|", lambda x: np.abs(2 * x - 1), lipschitz=2.0),
        Target(
            "ramp",
            "ramp",
            r"\min(\max(\tfrac{5x - 1}{3}, 0), 1)",
            lambda x: np.clip((5 * x - 1) / 3, 0, 1),
            lipschitz=5 / 3,
        ),
        Target(
            "peak",
            "narrow peak",
            r"e^{-100(x - 1/2)^2}",
            lambda x: np.exp(-100 * (x - 0.5) ** 2),
            lipschitz=10 * np.sqrt(2 / np.e),
            curvature=200.0,
        ),
        Target(
            "step",
            "step (not continuous)",
            r"\begin{cases} 0.2 & x < 1/3 \\ 0.8 & x \ge 1/3 \end{cases}",
            lambda x: np.where(x < 1 / 3, 0.2, 0.8),
            lipschitz=None,
        ),
    ),
)


def target(name: str | Target) -> Target:
    """The target called `name`, or the target itself.

    >>> target("nilsen")
    Traceback (most recent call last):
    ValueError: unknown target 'nilsen'; did you mean 'nielsen'?
    """
    return name if isinstance(name, Target) else _checks.look_up("target", name, TARGETS)


@dataclass(frozen=True, eq=False)
class Surface:
    """A function on the unit square to approximate; calling the record calls f(X1, X2).

    name, label, formula (LaTeX); f on two arrays of one shape; lipschitz: the largest |∂f/∂x₁| + |∂f/∂x₂|, so
    that |f(x) - f(y)| ≤ L max |xᵢ - yᵢ|; None if f jumps.
    """

    name: str
    label: str
    formula: str
    f: Callable[[Any, Any], Any]
    lipschitz: float | None

    @property
    def continuous(self) -> bool:
        """Whether f is continuous, so that the theorem speaks of it."""
        return self.lipschitz is not None

    def __call__(self, X1, X2):
        """f(X1, X2), same shape."""
        return self.f(np.asarray(X1, dtype=float), np.asarray(X2, dtype=float))

    def __repr__(self):
        return f"Surface({self.name!r})"


def _letter_t(x, y):
    """1 on the bar and on the stem of a T, 0 around it."""
    bar = (np.abs(x - 0.5) <= 0.3) & (np.abs(y - 0.75) <= 0.1)
    stem = (np.abs(x - 0.5) <= 0.1) & (np.abs(y - 0.45) <= 0.25)
    return np.where(bar | stem, 1.0, 0.0)


TARGETS_2D: dict[str, Surface] = _checks.Registry(
    "surface",
    (
        Surface(
            "peak",
            "peak",
            r"e^{-20\left((x_1 - 1/2)^2 + (x_2 - 1/2)^2\right)}",
            lambda x, y: np.exp(-20 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)),
            lipschitz=np.sqrt(80 / np.e),
        ),
        Surface(
            "saddle",
            "saddle",
            r"\tfrac12 + 2(x_1 - \tfrac12)^2 - 2(x_2 - \tfrac12)^2",
            lambda x, y: 0.5 + 2 * (x - 0.5) ** 2 - 2 * (y - 0.5) ** 2,
            lipschitz=4.0,
        ),
        Surface(
            "waves",
            "product of sines",
            r"\tfrac12 + \tfrac12\sin 2\pi x_1\,\sin 2\pi x_2",
            lambda x, y: 0.5 + 0.5 * np.sin(2 * np.pi * x) * np.sin(2 * np.pi * y),
            lipschitz=np.pi,
        ),
        Surface(
            "disc",
            "disc (not continuous)",
            r"\begin{cases} 1 & (x_1 - 1/2)^2 + (x_2 - 1/2)^2 \le 0.09 \\"
            r" 0 & \text{outside} \end{cases}",
            lambda x, y: np.where((x - 0.5) ** 2 + (y - 0.5) ** 2 <= 0.09, 1.0, 0.0),
            lipschitz=None,
        ),
        Surface(
            "letter",
            "the letter T (not continuous)",
            r"1 \text{ on a bar } 0.6 \times 0.2 \text{ over a stem } 0.2 \times 0.5,\ 0 \text{ outside}",
            _letter_t,
            lipschitz=None,
        ),
    ),
)


def surface(name: str | Surface) -> Surface:
    """The surface called `name`, or the surface itself.

    >>> surface("sadle")
    Traceback (most recent call last):
    ValueError: unknown surface 'sadle'; did you mean 'saddle'?
    """
    return name if isinstance(name, Surface) else _checks.look_up("surface", name, TARGETS_2D)
