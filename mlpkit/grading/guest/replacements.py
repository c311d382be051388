"""Modules that a notebook imports and that are not in a sandbox: what only shows something does nothing.

`check`, `progress`, figures, sliders and `display` are there, take any arguments and cost nothing. All else
of mlpkit can be imported, and raises where it is used: its functions are what the questions ask for.
"""

import importlib.abc
import importlib.machinery
import sys
from functools import partial

SILENT = ("mlpkit.exercises", "mlpkit.solution_figures", "mlpkit.explore", "mlpkit.stage", "mlpkit.figures")
SILENT += ("ipywidgets", "anywidget", "IPython", "ipympl", "google.colab", "google", "mlpkit.cli")
REAL = ("mlpkit.exercises.sandboxed", "mlpkit.grading.guest")
PARENTS = ("mlpkit", "mlpkit.exercises", "mlpkit.grading")
ABSENT = "mlpkit's {} is not there while a submission is graded: write the function yourself"


class Nothing:
    """Takes every call, every attribute and every index, and gives itself; is empty, false and zero."""

    def __call__(self, *arguments, **options):
        """Itself."""
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        pass

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __float__(self):
        return 0.0

    def __int__(self):
        return 0

    def __repr__(self):
        return "<nothing: not shown while a submission is graded>"


NOTHING = Nothing()


def interact(*arguments, **options):
    """`@interact`, `@interact(w=(0, 1))` and `interact(f, w=(0, 1))`: the function stays what it is."""
    if arguments and callable(arguments[0]):
        return arguments[0]
    return lambda function: function


GIVEN = {"interact": interact, "interact_manual": interact, "seed_for": lambda name: 0}


class NotThereError(ImportError):
    """Something of mlpkit's is used that a sandbox does not have."""


class Absent:
    """A function of mlpkit's that must not be there: it can be imported, and raises where it is used."""

    def __init__(self, name):
        self.__dict__["_name"] = name

    def _refuse(self, *arguments, **options):
        raise NotThereError(ABSENT.format(self.__dict__["_name"]))

    __call__ = __getitem__ = __iter__ = __len__ = __bool__ = __setattr__ = _refuse

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()


def _attribute(module, name):
    if name.startswith("__") and name != "__version__":
        raise AttributeError(name)
    if _among(module, SILENT):
        return GIVEN.get(name, NOTHING)
    if f"{module}.{name}" not in IN_NOTEBOOKS:
        asked.add(f"{module}.{name}")
    return Absent(f"{module}.{name}".removeprefix("mlpkit."))


IN_NOTEBOOKS = ("mlpkit.activations.activation", "mlpkit.graph.Value", "mlpkit.graph.tanh")  # as given out
asked: set[str] = set()  # what else of mlpkit's own a submission has asked for


def _among(name, group):
    return any(name == one or name.startswith(f"{one}.") for one in group)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module of `SILENT` and every one of mlpkit's that is not really there."""

    def find_spec(self, name, path=None, target=None):
        """The empty module, or None where the real one is to be used."""
        if _among(name, REAL) or name in PARENTS:
            return None
        if _among(name, SILENT) or name.startswith("mlpkit."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        """The usual one."""
        return None

    def exec_module(self, module):
        """Give it attributes for every name."""
        name = module.__name__
        vars(module)["__getattr__"] = partial(_attribute, name)
        vars(module)["__all__"] = []


def install():
    """Put the finder first, and give the empty packages `mlpkit` and `mlpkit.exercises` their attributes."""
    sys.meta_path.insert(0, Finder())
    for name in PARENTS:
        __import__(name)
        module = sys.modules[name]
        for attribute in [key for key in vars(module) if not key.startswith("_")]:
            if f"{name}.{attribute}" not in sys.modules:
                delattr(module, attribute)
        vars(module)["__getattr__"] = partial(_attribute, name)
