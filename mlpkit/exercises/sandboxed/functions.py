"""Arguments of students' functions that plain data cannot be: functions, and arrays with gaps in memory.

`Built("functions.named", {"name": "tanh"})`, `Built("functions.strided", {"values": array})`.
"""

import numpy as np


def bent(z):
    """z² − z: neither odd nor increasing, so that every mistake in the argument or sign shows."""
    return z * z - z


FUNCTIONS = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
    "identity": lambda z: z,
    "bent": bent,
}


def named(name):
    """The function of that name: tanh, relu, identity, bent."""
    return FUNCTIONS[name]


def strided(values):
    """The same numbers as a view that is not contiguous: every second place in memory belongs to it."""
    values = np.asarray(values)
    return np.repeat(values, 2, axis=-1)[..., ::2]
