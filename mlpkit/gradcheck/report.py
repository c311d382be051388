"""What a gradient check found: which parameter disagrees most, and what the mistake looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Block(NamedTuple):
    """One W or b: its relative error by each method (None: the method says nothing about it)."""

    name: str
    shape: tuple[int, ...]
    central: float | None
    complex_step: float | None


@dataclass(frozen=True, eq=False)
class GradientReport:
    """What `check_gradients` found; `print(report.table())` shows the error of every block.

    passed           every block agrees with the complex step, or with differences where that is not possible
    worst            the parameter with the largest disagreement, as "layer 2, W[3, 1]"
    expected, got    its slope by the deciding method, and the gradient's
    blocks           a `Block` for each W and b: ‖got - expected‖ relative to ‖expected‖
    kinks            units whose z is so close to a kink that moving one parameter by ±h carries it across
    notes            what could not be checked, and what a mistake looks like
    tolerances       of central differences and of the complex step
    """

    passed: bool
    worst: str
    expected: float
    got: float
    blocks: tuple[Block, ...]
    kinks: tuple[str, ...]
    notes: tuple[str, ...]
    tolerances: tuple[float, float]

    def __repr__(self):
        agree = [
            f"{method} to {tolerance:g}"
            for method, tolerance, errors in zip(
                ("central differences", "the complex step"),
                self.tolerances,
                ([b.central for b in self.blocks], [b.complex_step for b in self.blocks]),
                strict=True,
            )
            if errors != [None] * len(errors) and all(e is None or e <= tolerance for e in errors)
        ]
        size = sum(int(np.prod(block.shape)) for block in self.blocks)
        found = f"passed: {size} parameters agree with {', with '.join(agree)}"
        if not self.passed:
            found = f"FAILED: {self.worst} is expected to be {self.expected:.6g}, got {self.got:.6g}"
        return f"GradientReport({'; '.join([found, *self.notes])})"

    def table(self) -> str:
        """The relative error of every block by both methods, one per line, and the kinks that are near."""
        lines = [f"{'':14}{'shape':>12}{'central':>10}{'complex step':>14}"]
        for name, shape, *errors in self.blocks:
            central, exact = ("-" if error is None else f"{error:.0e}" for error in errors)
            lines.append(f"{name:14}{shape!s:>12}{central:>10}{exact:>14}")
        return "\n".join([*lines, *(f"near a kink: {kink}" for kink in self.kinks)])


def disagreement(blocks: Sequence[Block], tolerances: tuple[float, float]) -> list[str]:
    """What it means, in at most one sentence, if one method finds a block right and the other wrong."""
    for name, _, central, exact in blocks:
        if central is None or exact is None:
            continue
        if central > tolerances[0] and exact <= tolerances[1]:
            return [f"central differences are {central:.0e} off in {name}: h is large for such X and W"]
        if central <= tolerances[0] < exact:
            return [f"central differences agree in {name}: does g drop imaginary parts (abs, .real)?"]
    return []


def pattern(got: np.ndarray, expected: np.ndarray, n: int) -> list[str]:
    """What a wrong block looks like, as a list of at most one sentence: transposed, or off by one factor."""
    if got.shape == got.T.shape and got.ndim == 2 and _alike(got, expected.T):
        return ["the block is the transpose of what is expected"]
    size = float((expected**2).sum())
    factor = float((got * expected).sum()) / size if size else 0.0
    if not factor or _alike(got, expected) or not _alike(got, factor * expected):
        return []
    causes = {-1: "a sign", 1 / n: "a second 1/n", n: f"the 1/n of a mean over {n} rows", 2: "a ½"}
    cause = next((f" ({cause}?)" for ratio, cause in causes.items() if abs(factor / ratio - 1) < 1e-6), "")
    return [f"the whole block is {factor:.6g} times what is expected{cause}"]


def _alike(first, second):
    """Equal to six digits of the largest entry: more than a wrong formula gives by chance."""
    return bool(np.abs(first - second).max() <= 1e-6 * np.abs(second).max())
