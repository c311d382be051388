"""Run functions on NumPy and Python as they are, whatever a cell or a function has put into them.

`np.exp = my_exp` changes a module that the solutions use as well. So what the modules held when mlpkit was
imported is put back while functions are observed, and after each call; at the end everything is as the
notebook had it. What was changed before mlpkit is imported cannot be told from the original.
"""

import builtins
import copy
import functools
import itertools
import math
import os
import random
import sys
import time
from contextlib import contextmanager, suppress
from operator import itemgetter

import numpy as np

MODULES = (np, np.linalg, np.random, math, builtins, random, copy, functools, itertools, time)
GONE = object()
FREE = {"input"}  # which Jupyter changes with every cell


def _held(module):
    return {name: v for name, v in vars(module).items() if not name.startswith("_") and name not in FREE}


ORIGINAL = {module: _held(module) for module in MODULES}
_TOGETHER = [(vars(m), itemgetter(*held), tuple(held.values())) for m, held in ORIGINAL.items()]
_inside = [False]


def changed() -> list[tuple]:
    """(module, name, what is there now, or GONE) for all that is not what it was.

    >>> changed()
    []
    """
    with suppress(Exception):  # a name that is gone; or what is there instead refuses to be compared
        if all(take(now) == values for now, take, values in _TOGETHER):
            return []
    found = ((m, name, vars(m).get(name, GONE)) for m, held in ORIGINAL.items() for name in held)
    return [(m, name, now) for m, name, now in found if now is not ORIGINAL[m][name]]


def put_back() -> None:
    """Undo what was changed since mlpkit was imported."""
    for module, name, _ in changed():
        setattr(module, name, ORIGINAL[module][name])


@contextmanager
def intact():
    """The block runs on the original modules; afterwards all is as before the block.

    A block inside of another one adds nothing. Also kept: the states of the global random generators, how
    arrays are printed, recursion limit, folder.
    """
    if _inside[0]:
        yield
        return
    _inside[0] = True
    before = changed()
    states = np.random.get_state(), random.getstate(), sys.getrecursionlimit(), _folder()  # noqa: NPY002
    put_back()
    try:
        with np.printoptions():
            yield
    finally:
        _inside[0] = False
        put_back()
        np.random.set_state(states[0])  # noqa: NPY002
        random.setstate(states[1])
        if sys.getrecursionlimit() != states[2]:
            sys.setrecursionlimit(states[2])
        if states[3] and states[3] != _folder():
            with suppress(OSError):
                os.chdir(states[3])
        for module, name, value in before:
            if value is GONE:
                delattr(module, name)
            else:
                setattr(module, name, value)


def _folder():
    try:
        return os.getcwd()
    except OSError:
        return ""
