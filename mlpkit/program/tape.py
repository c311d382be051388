"""A tape: NumPy calls on arrays that are made once, recorded once and replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

SECTIONS: tuple[str, ...] = ("forward", "loss", "backward", "update")


@dataclass(frozen=True, eq=False)
class Operation:
    """One call of one step: the section it belongs to, the call as text, and the equation it computes.

    shape            of the array that it writes
    multiply_adds    multiplications that are added up in a matrix product; 0 for elementwise work
    times            how often a step makes the call: long vectors are updated block by block
    """

    section: str
    call: str
    equation: str
    shape: tuple[int, ...]
    multiply_adds: int = 0
    times: int = 1


class Tape:
    """Calls with the names of their arrays: a step replays `calls` and prints `operations`.

    >>> tape = Tape()
    >>> x = tape.name("x", np.array([1.0, 2.0]))
    >>> tape.add("forward", "x ← 2x", np.multiply, x, tape.number("2", 2.0, x.dtype), x)
    >>> for function, arguments in tape.calls:
    ...     _ = function(*arguments)
    >>> x, tape.operations[0].call
    (array([2., 4.]), 'multiply(x, 2, x)')
    """

    def __init__(self):
        self.operations: list[Operation] = []
        self.calls: list[tuple[Callable, tuple]] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []  # an id names an array only as long as the array lives

    def name(self, name: str, array):
        """Give an array its name in the listing; returns the array."""
        self._names[id(array)] = name
        self._kept.append(array)
        return array

    def number(self, name: str, value: float, dtype):
        """A constant as a 0-d array, which a ufunc takes faster than a Python number."""
        return self.name(name, np.array(value, dtype))

    def add(self, section: str, equation: str, function: Callable, *arguments, show: str = "", times=1):
        """Record `function(*arguments)`; the last argument is the array that it writes.

        show     the function's name in the listing, if it is not NumPy's
        times    n for a call whose line in the listing stands for n calls, 0 for the others of these calls
        """
        if function is np.maximum:  # the one ufunc here that takes its output by name
            self.calls.append((partial(function, out=arguments[-1]), arguments[:-1]))
        else:
            self.calls.append((function, arguments))
        if not times:
            return
        names = ", ".join(self._names.get(id(argument), "·") for argument in arguments)
        shape = np.shape(arguments[-1]) if arguments else ()
        work = 0
        if function is np.dot and np.ndim(arguments[0]) == 2:
            work = int(np.prod(shape)) * np.shape(arguments[0])[1]
        self.operations.append(
            Operation(section, f"{show or function.__name__}({names})", equation, shape, work, times)
        )
