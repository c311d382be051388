"""What is observed in set 08: the shape of a network that a function returns, and its curve."""

import numpy as np

AT = np.linspace(0.0, 1.0, 129)  # every kink of up to seven folds is among these
BETWEEN = np.sort(np.random.default_rng(8).uniform(0.0, 1.0, 40))


def network(function, arguments):
    """{"number of layers", "shapes" of W, b, W, b …, "curve" on [0, 1]} of the returned ReLU network."""
    came = function(*arguments)
    if not hasattr(came, "__len__"):
        return came
    layers = [_pair(layer) for layer in came]
    shapes = [np.array(array.shape) for pair in layers for array in pair]
    curve = _curve(layers, np.concatenate([AT, BETWEEN]))
    return {"number of layers": len(layers), "shapes": shapes, "curve": curve}


def _pair(layer):
    W, b = layer
    return np.asarray(W, dtype=float), np.asarray(b, dtype=float)


def _curve(layers, x):
    """The network's value at every x, or None where its shapes do not fit together."""
    A = x[:, None]
    try:
        for i, (W, b) in enumerate(layers):
            Z = A @ W + b
            A = np.maximum(Z, 0.0) if i < len(layers) - 1 else Z
    except ValueError:
        return None
    return A.ravel() if A.size == x.size else None
