"""Observer of set 02: a loss without its constant, and the same loss of a perfect answer."""

import numpy as np

CONSTANT = float(0.5 * np.log(2 * np.pi))


def loss_and_offset(function, arguments):
    """{"J": function(y, y_hat, sigma), "J of a perfect answer": function(y, y, 1.0)}.

    The second number is the additive constant that a negative log-likelihood comes with: 0, or ½ log 2π,
    which is taken out of both (out of J also where it is there N times or with a minus), so that both give
    the same.
    """
    y = np.array(arguments[0])
    J, perfect = function(*arguments), function(y, y.copy(), 1.0)
    if all(isinstance(value, int | float | np.number | np.ndarray) for value in (J, perfect)):
        constant = next(
            (c for k in (1, -1) for c in (k * CONSTANT, k * len(y) * CONSTANT) if _near(perfect, c)), 0.0
        )
        J = J - constant
        perfect = perfect - constant if constant == CONSTANT else perfect
    return {"J": J, "J of a perfect answer": perfect}


def _near(value, constant):
    return np.all(np.abs(np.asarray(value, dtype=float) - constant) < 1e-5)
