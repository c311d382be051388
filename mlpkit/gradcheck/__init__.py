"""Gradient check: backpropagation against central differences and against the complex step.

>>> net = MLP([2, 3, 2], activation="tanh", rng=0)
>>> X, Y = [[0.5, -1.0], [2.0, 0.3]], [0, 1]
>>> check_gradients(net, X, Y).passed
True
>>> mine = net.gradients(X, Y)
>>> mine[1][0][2, 1] *= -1  # a mistake in dJ/dW of the second layer
>>> check_gradients(net, X, Y, gradients=mine)
GradientReport(FAILED: layer 2, W[2, 1] is expected to be ..., got ...)

Imports: numpy, _checks, layers, network.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlpkit import _checks
from mlpkit.gradcheck.differences import H, complex_step_gradient, numeric_gradient
from mlpkit.gradcheck.measured import blocks, central_differences, complex_steps, entry_name
from mlpkit.gradcheck.report import Block, GradientReport, disagreement, pattern
from mlpkit.network import MLP

__all__ = ["Block", "GradientReport", "check_gradients", "complex_step_gradient", "numeric_gradient"]

# Correct gradients of 450 random networks (every activation and output unit, up to six hidden layers) differ
# from the complex step by at most 4e-14 of the norm of a block, usually 1e-15; from differences by 4e-9,
# usually 1e-10, and by 2e-8 in one network with inputs around 20, where truncation grows with x³.
CENTRAL_TOLERANCE, COMPLEX_TOLERANCE = 1e-8, 1e-12
# A block that is next to nothing is compared with the rounding of the loss instead of with its own norm:
# a few ε of the largest of 1, J and ‖dJ/dθ‖ for each entry, which a difference divides by h.
ROUNDING = 4 * float(np.finfo(float).eps)


def check_gradients(
    net: MLP,
    X,
    Y,
    *,
    gradients=None,
    h: float = H,
    central_tolerance: float = CENTRAL_TOLERANCE,
    complex_tolerance: float = COMPLEX_TOLERANCE,
) -> GradientReport:
    """Compare dJ/dW and dJ/db of every layer with two measured derivatives, norm-wise for each block.

    X (n, n_in) and Y as for `net.loss`. gradients: the [(dW, db), …] to check, net.gradients(X, Y) if None.
    Costs three forward passes for each parameter, five where g has kinks. The parameters are moved one at a
    time and put back bit for bit, also after an error.

    The complex step decides, because it has no truncation error; where g has no complex form, differences do.
    A difference that steps over a kink measures neither slope and is left out. If z lies exactly on the kink,
    g′ is a convention and neither method can decide. The report says all of this.

    >>> net = MLP([1, 2, 1], activation="relu", output="gaussian", rng=0)  # b = 0, and so z = 0 at x = 0
    >>> check_gradients(net, [[0.0]], [1.0]).kinks
    ('layer 1, unit 0 (relu), example 0: z = 0', 'layer 1, unit 1 (relu), example 0: z = 0')
    """
    who = "check_gradients"
    h = _checks.positive(who, "h", h)
    tolerances = (
        _checks.positive(who, "central_tolerance", central_tolerance),
        _checks.positive(who, "complex_tolerance", complex_tolerance),
    )
    if np.iscomplexobj(net.parameters):
        raise TypeError(f"{who} expects real parameters; got {net.parameters.dtype}")
    got = _flat(net, net.gradients(X, Y) if gradients is None else gradients)
    central, across, on, kinks = central_differences(net, X, Y, h)
    exact, notes = complex_steps(net, X, Y)
    rounding = ROUNDING * max(1.0, abs(net.loss(X, Y)), float(np.linalg.norm(central[~across])))
    references = [_Reference(central, ~across, rounding / h, tolerances[0])]
    references += [] if exact is None else [_Reference(exact, ~on, rounding, tolerances[1])]

    found, worst = [], (-1.0, references[0], slice(0, got.size))
    for name, shape, part in blocks(net):
        errors: list[float | None] = [None, None]
        for method, reference in enumerate(references):
            if reference.sure[part].any():
                errors[method] = error = reference.error(got, part)
                if reference is references[-1]:  # the more exact one decides
                    worst = max(
                        worst, (error / reference.tolerance, reference, part), key=lambda found: found[0]
                    )
        found.append(Block(name, shape, *errors))

    ratio, reference, part = worst
    i = part.start + int(reference.away(got, part).argmax())
    left_out = int(np.logical_and.reduce([~reference.sure for reference in references]).sum())
    if kinks:
        notes.append(f"within h of a kink: {kinks[0]}" + (f" and {len(kinks) - 1} more" if kinks[1:] else ""))
    if left_out:
        notes.append(f"{left_out} of {got.size} parameters cannot be checked: move X or b a little")
    if ratio > 1:
        shape = next(shape for _, shape, place in blocks(net) if place == part)
        notes += pattern(got[part].reshape(shape), reference.expected[part].reshape(shape), len(X))
    if exact is not None:
        notes += disagreement(found, tolerances)
    return GradientReport(
        passed=0 <= ratio <= 1,
        worst=entry_name(net, i),
        expected=float(reference.expected[i]),
        got=float(got[i]),
        blocks=tuple(found),
        kinks=tuple(kinks),
        notes=tuple(notes),
        tolerances=tolerances,
    )


class _Reference(NamedTuple):
    """One method: its slopes, where they can be relied on, their rounding, the error that it lets pass."""

    expected: np.ndarray
    sure: np.ndarray
    rounding: float
    tolerance: float

    def away(self, got, part):
        """|got - expected| of a block, 0 where this method says nothing."""
        return np.where(self.sure[part], np.abs(got[part] - self.expected[part]), 0.0)

    def error(self, got, part):
        """‖got - expected‖ relative to the larger norm, which counts for no less than rounding/tolerance."""
        away, sure = self.away(got, part), self.sure[part]
        size = max(float(np.linalg.norm(slopes[part][sure])) for slopes in (got, self.expected))
        error = float(np.linalg.norm(away)) / max(size, self.rounding / self.tolerance * away.size**0.5)
        return np.inf if np.isnan(error) else error


def _flat(net, gradients):
    """[(dW, db), …] in the order of `net.parameters`, shapes checked."""
    gradients = list(gradients)
    if len(gradients) != len(net.layers):
        wanted = f"a pair (dW, db) for each of {len(net.layers)} layers"
        raise ValueError(f"check_gradients expects {wanted}; got {len(gradients)}")
    parts = []
    for number, (layer, pair) in enumerate(zip(net.layers, gradients, strict=True), start=1):
        for what, d, like in zip(("dW", "db"), pair, (layer.W, layer.b), strict=True):
            d = _checks.numbers("check_gradients", f"{what} of layer {number}", d)
            if d.shape != like.shape:
                raise ValueError(
                    f"check_gradients expects {what} of layer {number} of shape {like.shape}; got {d.shape}"
                )
            parts.append(d.ravel())
    return np.concatenate(parts)
