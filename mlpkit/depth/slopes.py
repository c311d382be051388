"""Linear regions are counted for activations that are straight lines on both sides of 0."""

from __future__ import annotations

from mlpkit.network import MLP


def slopes_left(who: str, net: MLP) -> list[float]:
    """g′ left of 0 for every layer; right of 0 it is 1. Other activations are refused.

    0 for relu, α for leaky_relu, 1 for linear layers, which have no kink.
    """
    found = []
    for number, layer in enumerate(net.layers, start=1):
        g = layer.activation
        if g.name not in ("linear", "relu", "leaky_relu"):
            raise ValueError(
                f"{who} expects continuous piecewise linear activations (relu, leaky_relu, linear); "
                f"layer {number} of {net!r} has {g.name}"
            )
        found.append({"linear": 1.0, "relu": 0.0}.get(g.name, g.values.get("alpha", 1.0)))
    return found
