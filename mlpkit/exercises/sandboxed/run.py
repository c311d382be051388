"""Run a function on arguments and observe: plain data come back, whatever the function does."""

import copy
import importlib
import io
import itertools
import linecache
import re
import time
import types
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpkit.exercises.sandboxed.facts import about_function, is_own, name_of, own, own_code, unreturning
from mlpkit.exercises.sandboxed.intact import intact, put_back
from mlpkit.exercises.sandboxed.plain import MOST, Nothing, Other, plain, unchanged
from mlpkit.exercises.sandboxed.quiet import quiet
from mlpkit.exercises.sandboxed.timelimit import TimeLimit, time_limit

SECONDS = 5.0
HOME = "mlpkit.exercises.sandboxed."
INFRASTRUCTURE = {HOME + name for name in ("run", "plain", "quiet", "timelimit", "facts")}


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
    `printed` its first 2000 characters, `warned`, `shown` how many pictures and displays.

    Of an exception: `raised` its name or "", `message` its text; `line` the innermost line of the student's
    own code, 'line 3: return X @ W', or 'line 3 of sigmoid: …' outside of the checked function; `where` the
    name of that function; `stub` the same line where it raises NotImplementedError itself.
    `fault`: what is broken in mlpkit itself, so that nothing was found out about the student's function.

    `form`: the kind of what the function returned at first: 'list', 'tuple', 'generator', 'coroutine',
    'function', 'class', 'map', …; "" for arrays, numbers and None. `entries`: the first entries of a
    generator or another iterator, as plain data; `value` says then only that it is one.

    `written` and `returned` are facts of the code (`facts.Facts`). `helper`: a function of the student's own
    that this one, or the failing line, calls and that returns nothing; only where None came or is in the way.
    """

    probe: str
    value: Any
    changed: tuple = ()
    raised: str = ""
    message: str = ""
    line: str = ""
    printed: str = ""
    warned: tuple = ()
    where: str = ""
    fault: str = ""
    form: str = ""
    entries: Any = None
    returned: bool = True
    written: bool = True
    stub: str = ""
    helper: str = ""
    shown: int = 0


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
    seen = []
    watched = Watched(function)
    with intact() if watched.foreign else nullcontext():
        end = time.monotonic() + seconds
        for call in calls:
            left = end - time.monotonic()
            if seen and (left <= 0 or seen[-1].raised == "TimeLimit"):
                seen.append(Observation(call.probe, Nothing(), raised="TimeLimit"))
            else:
                seen.append(_observed(watched, call, left))
    return seen


def observe(function, call, seconds=SECONDS):
    """One call, observed. Exceptions of every kind end here, except the user's own interrupt.

    What fails before the student's function is called, or in this folder's own code without any of the
    student's, is a `fault`.
    """
    return _observed(Watched(function), call, seconds)


def _observed(watched, call, seconds):
    known: dict = {"returned": watched.facts.returned, "written": watched.facts.written}
    try:
        return _observe(watched, call, seconds, known)
    except Exception as error:
        return Observation(call.probe, Nothing(), fault=_fault(error), **known)


def _observe(watched, call, seconds, known):
    observer = found(call.observer)
    arguments, before = built(call.arguments), built(call.arguments)
    value, entries, caught = Nothing(), None, None
    watched.begin()
    with quiet(pictures=watched.foreign) as captured:
        try:
            with time_limit(seconds):
                came = observer(watched, arguments)
                entries = listed(came)
                value = plain(came)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            caught = error
        watched.close()
    if caught is not None:
        known |= _of_exception(caught, watched)
    elif isinstance(value, Nothing) and known["returned"]:
        known["helper"] = _helper(watched.function)
    caught = None  # its traceback holds this frame
    changed = tuple(i for i, pair in enumerate(zip(before, arguments, strict=True)) if not _same(*pair))
    printed, warned = captured.printed, tuple(captured.warned)
    known |= {
        "printed": printed,
        "warned": warned,
        "shown": captured.shown,
        "form": watched.form,
        "entries": entries,
    }
    return Observation(call.probe, value, changed, **known)


class Watched:
    """The student's function; notes whether it was called and what kind of thing it returned at first."""

    def __init__(self, function):
        self.function, self.code, self.facts = function, own_code(function), about_function(function)
        self.foreign = self.code is None or is_own(self.code.co_filename)  # no solution of mlpkit's
        self.begin()

    def begin(self):
        """Forget what was noted."""
        self.called, self.form, self._open = False, "", []

    def __call__(self, *arguments):
        """Its result."""
        self.called, first = True, not self.called
        try:
            came = self.function(*arguments)
        finally:
            if self.foreign:
                put_back()
        if first:
            self.form = form(came)
        if isinstance(came, types.CoroutineType):
            self._open.append(came)
        return came

    def close(self):
        """End coroutines, which warn otherwise when they are thrown away; undo what a generator changed."""
        if self.foreign:
            put_back()
        for coroutine in self._open:
            with suppress(Exception):
                coroutine.close()


def form(value) -> str:
    """The kind of a returned value in a word, "" for arrays, numbers and None.

    >>> form(i for i in ()), form(map(abs, ())), form(len), form((1, 2)), form(2.0)
    ('generator', 'map', 'function', 'tuple', '')
    """
    kind = type(value)
    if (
        value is None
        or value is ...
        or issubclass(kind, bool | int | float | complex | np.ndarray | np.generic)
    ):
        return ""
    for known, word in FORMS.items():
        if issubclass(kind, known):
            return word
    return "function" if callable(value) else kind.__name__


FORMS = {
    types.FunctionType: "function",
    types.BuiltinFunctionType: "function",
    types.MethodType: "method",
    types.CoroutineType: "coroutine",
    types.AsyncGeneratorType: "async generator",
    type: "class",
    str: "text",
}


def listed(value):
    """The entries of an iterator or a range, as plain data; None for anything else.

    An exception of a generator's code is raised here, an endless one ends at the 2000th entry.
    """
    if not isinstance(value, range | Iterator) or isinstance(value, io.IOBase):
        return None
    entries = list(itertools.islice(value, MOST + 1))
    return plain(entries) if len(entries) <= MOST else Other(f"more than {MOST} entries")


HANDLES_VALUES = (Watched.__call__.__code__, listed.__code__)  # what is raised there is the student's


def _same(before, after):
    try:
        return unchanged(before, after)
    except Exception:
        return False


def _of_exception(error, watched):
    """What an Observation says of an exception."""
    frames = list(_frames(error, watched.code))
    if not isinstance(error, TimeLimit) and _is_ours(error, watched, frames):
        return {"fault": _fault(error)}
    raised = "TimeLimit" if isinstance(error, TimeLimit) else type(error).__name__
    known = {"raised": raised, "message": _message(error)}
    if not frames:
        return known
    frame, number = frames[-1]
    known["where"] = name_of(frame.f_code)
    known["line"] = own_line(frame, number, watched.code)
    if isinstance(error, NotImplementedError) and frame is _innermost(error):
        known["stub"] = known["line"]
    if "NoneType" in known["message"] or "enough dimensions" in known["message"]:
        known["helper"] = unreturning(frame.f_code, {**frame.f_globals, **frame.f_locals})
    return known


def _is_ours(error, watched, frames):
    """Whether an exception tells of a defect of mlpkit, not of the student's function."""
    if not watched.called:
        return True
    innermost = _innermost(error)
    if frames or innermost is None or innermost.f_code in HANDLES_VALUES:
        return False
    return innermost.f_globals.get("__name__") in INFRASTRUCTURE


def _fault(error):
    """An exception of our own for a report: type, text, and where."""
    innermost, line = None, 0
    trace = error.__traceback__
    while trace is not None:
        innermost, line, trace = trace.tb_frame, trace.tb_lineno, trace.tb_next
    module = innermost.f_globals.get("__name__") if innermost else "nowhere"
    function = innermost.f_code.co_name if innermost else ""
    return f"{type(error).__name__}: {str(error)[:300]} ({module}, line {line}, {function})"


def _message(error):
    try:
        with time_limit(1.0):
            return str(error)[:300]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def _innermost(error):
    """The frame in which an exception arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame if trace is not None else None


def _frames(error, code):
    """(frame, line) of the student's own code that the traceback goes through, outermost first."""
    trace = error.__traceback__
    while trace is not None:
        inside = trace.tb_frame.f_code
        if (code is not None and inside.co_filename == code.co_filename) or is_own(inside.co_filename):
            yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def own_line(frame, number, code):
    """'line 3: return X @ W', and 'line 3 of sigmoid: …' where it is not in the function that was checked."""
    name = name_of(frame.f_code)
    of = f" of {name}" if code is not None and name != name_of(code) else ""
    text = linecache.getline(frame.f_code.co_filename, number).strip()[:160]
    return f"line {number}{of}: {text}" if text else f"line {number}{of}"


def _helper(function):
    code = own_code(function)
    return unreturning(code, getattr(own(function), "__globals__", {})) if code is not None else ""
