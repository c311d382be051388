"""mlpkit: the mathematics of multilayer perceptrons, written like the slides it teaches.

`import mlpkit` brings the maths alone (NumPy, nothing else), and of that only the activation functions at
once: `MLP` and the modules, such as `mlpkit.training`, are imported when they are first used.

>>> import mlpkit
>>> mlpkit.MLP([2, 3, 2], rng=0)
MLP(2-3-2, tanh, categorical, 17 parameters)
"""

from typing import TYPE_CHECKING

from mlpkit.activations import ACTIVATIONS, activation

if TYPE_CHECKING:
    from mlpkit.network import MLP

__version__ = "0.1.0"
__all__ = ["ACTIVATIONS", "MLP", "activation"]


def __getattr__(name):
    """`mlpkit.MLP`, or the module `mlpkit.name`."""
    from importlib import import_module, util

    if name == "MLP":
        globals()[name] = import_module("mlpkit.network").MLP
        return globals()[name]
    if name.startswith("_") or util.find_spec(f"mlpkit.{name}") is None:
        raise AttributeError(f"module 'mlpkit' has no attribute {name!r}")
    return import_module(f"mlpkit.{name}")


def __dir__():
    return sorted({*globals(), *__all__})
