"""Functions that are arguments of students' functions: `Built("functions.named", {"name": "tanh"})`."""

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
