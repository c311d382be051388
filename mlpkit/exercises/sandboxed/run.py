"""Run a function on arguments and observe: plain data come back, whatever the function does."""

import copy
import importlib
import linecache
import re
import time
import types
from dataclasses import dataclass, field
from typing import Any

from mlpkit.exercises.sandboxed.plain import Nothing, plain, unchanged
from mlpkit.exercises.sandboxed.quiet import quiet
from mlpkit.exercises.sandboxed.timelimit import time_limit

SECONDS = 5.0


@dataclass(frozen=True)
class Built:
    """An argument that is made in the student's process: `maker` is 'module.function' of this folder.

    For what is no plain data: functions, generators, objects. It is called with the options and returns the
    argument, anew for each call: `Built("functions.named", {"name": "tanh"})`.
    """

    maker: str
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One call: the arguments (plain data or Built, or lists of them) and the name of the observer."""

    probe: str
    arguments: tuple
    observer: str = "observers.call"


@dataclass(frozen=True)
class Observation:
    """What one call came to, as plain data.

    `value` what the observer saw; `changed` numbers of the arguments that are no longer what they were;
    `raised` name of the exception or "", `message` its text, `line` where in the student's own code;
    `printed`,
    `warned`.
    """

    probe: str
    value: Any
    changed: tuple = ()
    raised: str = ""
    message: str = ""
    line: str = ""
    printed: str = ""
    warned: tuple = ()


def found(name):
    """The function called 'module.function' in this folder."""
    if not re.fullmatch(r"\w+\.\w+", name):
        raise ValueError(f"expected 'module.function'; got {name!r}")
    module, function = name.split(".")
    return getattr(importlib.import_module(f"mlpkit.exercises.sandboxed.{module}"), function)


def built(argument):
    """Fresh copies of plain data; what is Built is made, also inside lists and tuples."""
    if isinstance(argument, Built):
        return found(argument.maker)(**copy.deepcopy(argument.options))
    if isinstance(argument, list | tuple):
        return type(argument)(built(entry) for entry in argument)
    return copy.deepcopy(argument)


def observations(function, calls, seconds=SECONDS):
    """Run `function` once per call, all within `seconds` -> list of Observation, one per call."""
    end, seen = time.monotonic() + seconds, []
    for call in calls:
        left = end - time.monotonic()
        if seen and (left <= 0 or seen[-1].raised == "TimeLimit"):
            seen.append(Observation(call.probe, Nothing(), raised="TimeLimit"))
        else:
            seen.append(observe(function, call, left))
    return seen


def observe(function, call, seconds=SECONDS):
    """One call, observed. Exceptions of every kind end here, except the user's own interrupt."""
    observer = found(call.observer)
    arguments, before = built(call.arguments), built(call.arguments)
    value, raised, message, line = Nothing(), "", "", ""
    with quiet() as captured:
        try:
            with time_limit(seconds):
                value = plain(observer(function, arguments))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raised, message = type(error).__name__, _message(error)
            line = own_line(error, function)
    changed = tuple(i for i, pair in enumerate(zip(before, arguments, strict=True)) if not _same(*pair))
    printed, warned = captured.printed, tuple(captured.warned)
    return Observation(call.probe, value, changed, raised, message, line, printed, warned)


def _same(before, after):
    try:
        return unchanged(before, after)
    except Exception:
        return False


def _message(error):
    try:
        with time_limit(1.0):
            return str(error)[:300]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def own_line(error, function):
    """'line 3: return X @ W', the last line of the student's own code that the traceback goes through."""
    code = getattr(function, "__code__", None)
    home = code.co_filename if isinstance(code, types.CodeType) else None
    place = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == home:
            place = trace.tb_lineno
        trace = trace.tb_next
    if place is None or home is None:
        return ""
    return f"line {place}: {linecache.getline(home, place).strip()[:160]}"
