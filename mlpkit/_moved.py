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
    "mlpkit.exercises.judging": "mlpkit.exercises.verdict",
    "mlpkit.exercises.sets": "mlpkit.questions",
    "mlpkit.explore.films": "mlpkit.figures.snapshots",
    "mlpkit.explore.many_starts": "mlpkit.explore.random_starts",
    "mlpkit.explore.universal_approximation": "mlpkit.explore.bumps",
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
    if not module.startswith("mlpkit."):
        return None
    for old, new in MOVED.items():
        if module == old or module.startswith(f"{old}."):
            return new + module.removeprefix(old)
    return None


def _level_of_import() -> int:
    """The `stacklevel` of the line that imports, whether by a statement or as `mlpkit.old`."""
    frame, level = sys._getframe(1), 1
    while frame:
        if "_bootstrap" not in frame.f_code.co_filename:  # frames that `warnings.warn` does not count
            level += 1
            if frame.f_globals.get("__name__") not in (__name__, "mlpkit", "importlib"):
                break
        frame = frame.f_back
    return level


class _Alias(Loader):
    """An import of the old name gives the module of the new one."""

    def create_module(self, spec):
        new = new_name(spec.name)
        warn_of_new_name(spec.name, str(new), _level_of_import())
        module = import_module(str(new))
        self.spec = module.__spec__
        return module

    def exec_module(self, module):
        """Nothing to run: the module of the new name has been imported. It keeps its own spec."""
        module.__spec__ = self.spec


class _Finder(MetaPathFinder):
    """Asked first: below an old package Python would find the files of the new one and run them again."""

    def find_spec(self, fullname, path=None, target=None):
        return ModuleSpec(fullname, _Alias()) if new_name(fullname) else None


def install() -> None:
    """Make the old names importable; once for each process."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def renamed(module: str, names: dict[str, str]):
    """A `__getattr__` for a module whose public names changed: {old name: new name}."""

    def old_name(name):
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warn_of_new_name(f"{module}.{name}", names[name])
        return getattr(sys.modules[module], names[name])

    return old_name
