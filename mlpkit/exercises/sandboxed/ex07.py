"""Arguments of set 07: functions to be approximated; and what is observed of a student's network."""

import numpy as np


def _nielsen(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


TARGETS = {
    "wave": lambda x: 0.7 + np.sin(5 * np.asarray(x)) / 2,
    "rise": lambda x: np.asarray(x) ** 2 - 1.3 * np.asarray(x) - 0.4,
    "nielsen": lambda x: _nielsen(np.asarray(x)),
}


def target(name):
    """A function of one number or of an array of them: wave, rise, nielsen."""
    return TARGETS[name]


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def network(function, arguments):
    """{"shapes": those of W1, b1, W2, b2, "curve": the network's}; m stands for the hidden units.

    The curve is left out where the shapes do not fit. Half a piece at each end is left out as well: there
    bumps side by side and merged steps differ.
    """
    n, came = arguments[1], function(*arguments)
    if isinstance(came, dict):
        return {"shapes": "a dictionary", "curve": None}
    if not hasattr(came, "__len__"):
        return came
    given = [np.asarray(part) for part in came]
    parts = [part.astype(float) for part in given]
    m = parts[0].size
    letters = {m: "m"} if m > 1 else {}
    shapes = ", ".join(f"({', '.join(letters.get(k, str(k)) for k in part.shape)})" for part in parts)
    if [part.shape for part in parts] == [(1, m), (m,), (m, 1), (1,)]:
        shapes = "(1, m), (m), (m, 1), (1)"  # also where m is 1
    x = np.linspace(0.5 / n, 1 - 0.5 / n, 40 * n - 39)
    curve = _curve(parts, x)
    if curve is not None and any(part.dtype == np.float32 for part in given):
        curve = curve.astype(np.float32)  # no more digits than its weights have
    return {"shapes": shapes, "curve": curve}


def _curve(parts, x):
    try:
        W1, b1, W2, b2 = parts
        y = _sigmoid(x[:, None] @ W1 + b1) @ W2 + b2
    except ValueError:
        return None
    return y.ravel() if y.size == x.size else None
