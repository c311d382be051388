"""Modules and names that moved: the old ones work for one more release, with a DeprecationWarning.

Imports: nothing.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

MOVED = {  # old module -> new module; what lies below the old one is found below the new one
    "mlpkit.alive": "mlpkit.solution_figures",
    "mlpkit.descent": "mlpkit.training.descent",
    "mlpkit.exercises.inside": "mlpkit.exercises.sandboxed",
    "mlpkit.exercises.judges": "mlpkit.exercises.comparisons",
    "mlpkit.exercises.sets": "mlpkit.questions",
    "mlpkit.expressions": "mlpkit.figures.expressions",
    "mlpkit.surface": "mlpkit.program.surface",
    "mlpkit.units": "mlpkit.network.units",
}


def warn_of_new_name(old: str, new: str, stacklevel: int = 3) -> None:
    """A DeprecationWarning that names the new name; `stacklevel` as in `warnings.warn`."""
    warnings.warn(
        f"{old} is now {new}; the old name will go with the next release", DeprecationWarning, stacklevel
    )


def new_name(module: str) -> str | None:
    """Where a module that moved, or one below it, is now; None for any other."""
    for old, new in MOVED.items():
        if module == old or module.startswith(f"{old}."):
            return new + module.removeprefix(old)
    return None


class _Alias(Loader):
    """An import of the old name gives the module of the new one."""

    def create_module(self, spec):
        new = new_name(spec.name)
        warn_of_new_name(spec.name, str(new), 2)
        return import_module(str(new))

    def exec_module(self, module):
        """Nothing to run: the module of the new name has been imported."""


class _Finder(MetaPathFinder):
    """The last finder that Python asks, when no file of the old name was found."""

    def find_spec(self, fullname, path=None, target=None):
        return ModuleSpec(fullname, _Alias()) if new_name(fullname) else None


def install() -> None:
    """Make the old names importable; once for each process."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
