"""The explorable figures of the lectures, one file a topic, all of them in a registry.

    from mlpkit import explore
    explore.n_bumps()                       # a new stage: the last line of a notebook cell

Every file of this folder is imported, and what `registry.explorable` decorates there is an entry of
`EXPLORABLES` and a name of this package: no list to edit. How to write one: README.md in this folder.

Imports: stage, figures, maths, matplotlib, ipywidgets.
"""

import importlib
import pkgutil

from mlpkit.explore.registry import EXPLORABLES, Explorable
from mlpkit.explore.studio import Studio, studio

__all__ = ["EXPLORABLES", "Explorable", "Studio", "studio"]

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"mlpkit.explore.{_module}")
globals().update({name: explorable.build for name, explorable in EXPLORABLES.items()})


def __getattr__(name: str):
    """The error for a name that is no explorable; a type checker learns here that there are more names."""
    from mlpkit._checks import look_up

    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return look_up("explorable", name, EXPLORABLES).build
    except ValueError as error:
        raise AttributeError(str(error)) from None
