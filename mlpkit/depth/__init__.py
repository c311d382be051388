"""Advantages of depth: networks that fold, and linear regions counted exactly (slide advantages-of-depth).

A network of ReLU units is piecewise linear: its input space falls into linear regions, the largest connected
sets on which one affine map x -> xM + c holds. An activation pattern, the list of active units, has a convex
cell of its own; neighbouring cells may carry the same map (a unit may feed only dead ones), so there are at
least as many cells as regions. `LineRegions` and `PlaneRegions` have both.

>>> net = sawtooth_network(3)
>>> net, count_linear_regions(net), shallow_bound(1, net.hidden_units)
(MLP(1-2-2-2-1, relu, gaussian, 19 parameters), 8, 7)

Imports: numpy, _checks, layers, network.
"""

from __future__ import annotations

from mlpkit import _checks
from mlpkit.depth.bounds import deep_bound, montufar_bound, shallow_bound
from mlpkit.depth.folding import folded_network
from mlpkit.depth.line import LineRegions, line_regions
from mlpkit.depth.plane import PlaneRegions, plane_regions
from mlpkit.depth.sawtooth import sawtooth_network, shallow_sawtooth_network, tent
from mlpkit.depth.square import square_network
from mlpkit.network import MLP

__all__ = [
    "LineRegions",
    "PlaneRegions",
    "count_linear_regions",
    "deep_bound",
    "folded_network",
    "line_regions",
    "montufar_bound",
    "plane_regions",
    "sawtooth_network",
    "shallow_bound",
    "shallow_sawtooth_network",
    "square_network",
    "tent",
]


def count_linear_regions(net: MLP, window=None) -> int:
    """The number of linear regions in a window, exactly: an interval for one input, a rectangle for two.

    window: (low, high), or ((low, high), (low, high)); by default [0, 1] or the unit square. With more inputs
    look along a line or at a plane: `line_regions(net, a, b).count`, `plane_regions(net, plane=…).count`.

    >>> net = MLP([2, 3, 1], "relu", "gaussian", rng=0)  # b = 0: three lines through one point
    >>> count_linear_regions(net, ((-1, 1), (-1, 1)))
    6
    """
    n_in = net.widths[0]
    if n_in == 1:
        ends = _checks.numbers("count_linear_regions", "window", (0.0, 1.0) if window is None else window)
        if ends.shape != (2,):
            raise ValueError(f"count_linear_regions expects window (low, high) for one input; got {window!r}")
        return line_regions(net, ends[:1], ends[1:]).count
    if n_in == 2:
        return plane_regions(net, ((0.0, 1.0), (0.0, 1.0)) if window is None else window).count
    raise ValueError(
        f"count_linear_regions expects a net with one or two inputs; got {net!r}: "
        "use line_regions(net, a, b).count or plane_regions(net, plane=...).count"
    )
