r"""Networks built by hand that approximate any continuous function (slides universality, visual-proof).

The constructions of Nielsen, Neural Networks and Deep Learning, chapter 4, and their counterpart for ReLU. On
[0, 1]: a steep sigmoid is a step, two steps are a bump, n bumps of the right heights approximate a function;
n ReLU units join its values by straight lines. On the unit square: the sum of a bump in x₁ and one in x₂,
thresholded by a second layer, is a tower. Everything here is an ordinary MLP, whose weights can be read,
checked and trained on. `steepness` is the weight w of the sigmoids; for more pieces n it must be larger.

`steps`, `hats`, `towers` build; `targets` has functions to try; `measure` compares; `bounds` has the theory;
`fast` evaluates these networks 10 to 100 times faster than `predict`, for interactive figures.

>>> f = TARGETS["nielsen"].f
>>> net = merged_network(f, n=40, steepness=160)
>>> net
MLP(1-39-1, sigmoid, gaussian, 118 parameters)
>>> round(errors(f, net).sup, 4)
0.0145

Imports: numpy, _checks, activations, layers, network.
"""

from mlpkit.approximation.bounds import hat_bound, naive_tower_units, step_bound
from mlpkit.approximation.fast import evaluate, evaluate_grid
from mlpkit.approximation.hats import hat_network
from mlpkit.approximation.measure import GRID, Errors, errors, errors_2d
from mlpkit.approximation.steps import bump, bump_edges, bump_network, merged_network, step
from mlpkit.approximation.targets import TARGETS, TARGETS_2D, Surface, Target, surface, target
from mlpkit.approximation.towers import tower, tower_network

__all__ = [
    "GRID",
    "TARGETS",
    "TARGETS_2D",
    "Errors",
    "Surface",
    "Target",
    "bump",
    "bump_edges",
    "bump_network",
    "errors",
    "errors_2d",
    "evaluate",
    "evaluate_grid",
    "hat_bound",
    "hat_network",
    "merged_network",
    "naive_tower_units",
    "step",
    "step_bound",
    "surface",
    "target",
    "tower",
    "tower_network",
]
