"""mlpkit: the mathematics of multilayer perceptrons, in the notation of the course's slides.

`MLP`, `activation`, `ACTIVATIONS` and the modules, such as `mlpkit.training`, are imported when first used.

Imports: numpy, _moved.

>>> import mlpkit
>>> mlpkit.MLP([2, 3, 2], rng=0)
MLP(2-3-2, tanh, categorical, 17 parameters)
"""

from typing import TYPE_CHECKING

import numpy as _numpy  # noqa: F401  (every module needs it)

from mlpkit import _moved

if TYPE_CHECKING:
    from mlpkit.activations import ACTIVATIONS, activation
    from mlpkit.network import MLP

__version__ = "0.1.0"
__all__ = ["ACTIVATIONS", "MLP", "activation"]
_moved.install()
_HOMES = {"ACTIVATIONS": "activations", "MLP": "network", "activation": "activations"}


def __getattr__(name):
    """`mlpkit.MLP` and the other names of `__all__`, or the module `mlpkit.name`."""
    from importlib import import_module, util

    if name in _HOMES:
        globals()[name] = getattr(import_module(f"mlpkit.{_HOMES[name]}"), name)
        return globals()[name]
    if name.startswith("_") or util.find_spec(f"mlpkit.{name}") is None:
        raise AttributeError(f"module 'mlpkit' has no attribute {name!r}")
    return import_module(f"mlpkit.{name}")


def __dir__():
    """The names above and every public module, also those that are not imported yet."""
    from pkgutil import iter_modules

    modules = {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}
    return sorted({*__all__, "__version__", *modules})
