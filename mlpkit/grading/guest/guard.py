"""Put this code back as it was, in case cells of a submission have changed it.

Whoever runs in this process can forge what it reports. That gains nothing: it still has to give the right
values for numbers that are not in any notebook. This makes the easy ways not work.
"""

import sys
import types

OURS = ("mlpkit.exercises.sandboxed", "mlpkit.grading.guest")


class Kept:
    """What the modules of this code hold: `Kept().put_back()` undoes every change to them and to builtins."""

    def __init__(self):
        import builtins
        import json
        import signal

        import numpy as np

        ours = [m for name, m in list(sys.modules.items()) if name.startswith(OURS)]
        others = [builtins, json, json.encoder, signal, np, np.linalg, np.random]
        self._modules = tuple((vars(m), dict(vars(m))) for m in (*ours, *others))
        self._functions = tuple(
            (f, f.__code__, f.__defaults__, f.__kwdefaults__) for m in ours for f in _functions(m)
        )
        self._classes = tuple((c, dict(vars(c))) for m in ours for c in vars(m).values() if _is_own(c, m))

    def put_back(self):
        """Everything as it was when this object was made."""
        for space, held in self._modules:
            space.update(held)
        for function, code, defaults, named in self._functions:
            function.__code__, function.__defaults__, function.__kwdefaults__ = code, defaults, named
        for kind, held in self._classes:
            for name, value in held.items():
                if name not in ("__dict__", "__weakref__") and vars(kind).get(name) is not value:
                    setattr(kind, name, value)
        sys.settrace(None)
        sys.setprofile(None)


def _is_own(thing, module):
    return isinstance(thing, type) and thing.__module__ == module.__name__


def _functions(module):
    for value in list(vars(module).values()):
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__:
            yield value
        elif _is_own(value, module):
            yield from (f for f in vars(value).values() if isinstance(f, types.FunctionType))
