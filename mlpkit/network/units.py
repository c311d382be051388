"""What the hidden units of a network do on given inputs: active, inactive, dead.

>>> from mlpkit import MLP
>>> net = MLP([2, 4, 1], activation="relu", output="bernoulli", init="he", rng=0)
>>> X = [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]
>>> active(net, X).sum(axis=0)  # on how many of the three inputs each unit is active
array([2, 1, 2, 2])
>>> dead(net, X)
array([False, False, False, False])
"""

from __future__ import annotations

import numpy as np

from mlpkit import _checks


def active(net, X, layer: int = 1) -> np.ndarray:
    """g′(z) ≠ 0, so that a gradient passes: X (n, n_in) -> (n, n_layer) of True and False (slide relu).

    `layer` counts from 1, the first hidden layer. For ReLU active means z > 0. A smooth activation is active
    everywhere, except where its slope is too small for a float.
    """
    layer = _checks.integer("active", "layer", layer, 1)
    if layer > len(net.layers):
        raise ValueError(f"active expects a layer from 1 to {len(net.layers)}; got {layer}")
    return net.layers[layer - 1].activation.dg(net.forward(X).Z[layer - 1]) != 0


def dead(net, X, layer: int = 1) -> np.ndarray:
    """Which units are inactive on ALL rows of X, so that dJ/dw and dJ/db of the unit are 0: (n_layer,).

    A unit that is inactive on some inputs is not dead: the others move it. And dead is said of a data set: on
    other inputs the same unit may be active.

    >>> from mlpkit import MLP
    >>> net = MLP([1, 2, 1], activation="relu", output="gaussian", rng=0)
    >>> net.layers[0].b = [-9.0, 1.0]
    >>> dead(net, [[-1.0], [0.5], [1.0]])
    array([ True, False])
    """
    return np.all(~active(net, X, layer), axis=0)
