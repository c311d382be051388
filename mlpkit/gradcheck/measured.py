"""The slopes of a network's loss, measured one parameter at a time, and the kinks that are too near."""

from __future__ import annotations

import numpy as np

from mlpkit.gradcheck.differences import complex_step_gradient
from mlpkit.layers import Dense
from mlpkit.network import MLP


def blocks(net):
    """(name, shape, slice of the flat vector) of every W and b."""
    start = 0
    for number, layer in enumerate(net.layers, start=1):
        for what, values in (("W", layer.W), ("b", layer.b)):
            if values.size:
                yield f"layer {number}, {what}", values.shape, slice(start, start := start + values.size)


def entry_name(net, i):
    """The i-th parameter's name, as in layer 2, W[3, 1]."""
    name, shape, part = next(block for block in blocks(net) if i < block[2].stop)
    return f"{name}{[int(k) for k in np.unravel_index(i - part.start, shape)]}"


def central_differences(net, X, Y, h):
    """dJ/dθ by differences; where one steps over a kink, and where z lies on it; the names of those units."""
    theta = net.parameters
    slopes, across, on = np.empty(theta.size), np.zeros(theta.size, bool), np.zeros(theta.size, bool)
    home = _past_kinks(net, X)
    near = [np.zeros(D.shape, bool) for D in home]
    for i, kept in enumerate(theta.copy()):
        try:
            theta[i] = up = kept + h
            J_up, D_up = net.loss(X, Y), _past_kinks(net, X)
            theta[i] = down = kept - h
            J_down, D_down = net.loss(X, Y), _past_kinks(net, X)
        finally:
            theta[i] = kept
        if up == down:
            where = f"{entry_name(net, i)} = {kept:g}"
            raise ValueError(f"check_gradients expects h to count beside {where}; {h:g} is rounded away")
        slopes[i] = (J_up - J_down) / (up - down)  # 2h, as it was rounded
        for seen, D, D1, D2 in zip(near, home, D_up, D_down, strict=True):
            crossed = (D1 > 0) != (D2 > 0)
            seen |= crossed
            across[i] |= crossed.any()
            on[i] |= (crossed & (D == 0)).any()
    kinks = [
        f"layer {number}, unit {unit} ({g.name}), example {example}: z = {D[example, unit] + kink:.2g}"
        for seen, D, (number, g, kink) in zip(near, home, _kinks(net), strict=True)
        for example, unit in np.argwhere(seen)
    ]
    return slopes, across, on, kinks


def _kinks(net):
    """(layer number, its activation, kink) for every kink of every layer."""
    activations = enumerate((layer.activation for layer in net.layers), start=1)
    return [(number, g, kink) for number, g in activations for kink in g.kinks]


def _past_kinks(net, X):
    """How far Z (n, n_l) is past each of these kinks; without kinks no forward pass is needed."""
    kinks = _kinks(net)
    Zs = net.forward(X).Z if kinks else ()
    return [Zs[number - 1] - kink for number, _, kink in kinks]


def complex_steps(net, X, Y):
    """dJ/dθ by the complex step and no note; or None and a note that names what has no complex form."""
    layers = [Dense(layer.W + 0j, layer.b + 0j, layer.activation) for layer in net.layers]
    real = dict.fromkeys(g.name for g in (layer.activation for layer in layers) if not _has_complex_form(g))
    if real:
        return None, [f"no complex form: {', '.join(real)}"]
    twin = MLP.from_layers(layers, output=net.output)

    def J(theta):
        twin.parameters = theta
        return twin.loss(X, Y)

    try:
        return complex_step_gradient(J, net.parameters), []
    except TypeError:
        return None, [f"no complex form: {net.output.name}"]


def _has_complex_form(g):
    """Whether g keeps complex numbers; a step, which compares, cannot."""
    try:
        return np.iscomplexobj(g(np.array([0.5 + 1e-200j])))
    except TypeError:
        return False
