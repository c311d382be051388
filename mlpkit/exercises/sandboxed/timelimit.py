"""Stop Python code after some seconds, also where it catches every exception; nothing else is harmed.

In the main thread of Unix a timer's signal interrupts the code, `time.sleep` included. Elsewhere (Windows,
other threads) a second thread raises the exception in the first. Both repeat until the code has ended; the
signal also traces the frames, so that each further *line* raises again: `while True: try: … except: pass`
ends too. Where there are neither signals nor threads (Python in WebAssembly) the functions called in the
block are traced from the beginning, and the clock is read at each line of the student's own code.

One call into compiled code, such as a sum over range(10**12), can be stopped by none of these: only by the
process's end. Nor can, in a thread, a loop that sleeps inside a `try` whose `except:` catches all; nor, where
lines are traced, a loop that catches all, keeps the exception, and calls nothing.
"""

import dis
import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from mlpkit.exercises.sandboxed.facts import is_own

try:
    import ctypes  # pyright: ignore[reportAssignmentType]
except ImportError:  # WebAssembly
    ctypes: Any = None

AGAIN = 0.02  # seconds until the next try, where the code caught the first


class TimeLimit(BaseException):
    """The time is over. Not an Exception, so that `except Exception` lets it through."""


@contextmanager
def time_limit(seconds):
    """Raise TimeLimit in the code of the `with` block when it still runs after `seconds`."""
    with _limit()(seconds):
        yield


def _limit():
    """What this Python has, in this thread."""
    if sys.platform in WITHOUT:
        return _by_tracing
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        return _by_signal
    return _by_thread if hasattr(ctypes, "pythonapi") and _threads_start() else _by_tracing


def _threads_start():
    try:
        threading.Thread(target=int, daemon=True).start()
    except RuntimeError:
        return False
    return True


WITHOUT = ("wasi", "emscripten")  # there a timer can be set at most, and never rings
OURS = (__name__, "contextlib", "mlpkit.exercises.sandboxed.run")  # code that cleans up is never interrupted


@contextmanager
def _by_signal(seconds):
    tracing, over = sys.gettrace(), [False]

    def is_ours(frame):
        return frame.f_globals.get("__name__") in OURS

    def raise_again(frame, event, argument):
        if over[0] or is_ours(frame):
            return None
        if event == "line":  # the first of `except:` or `finally:`, where no handler of the same try is left
            raise TimeLimit
        return raise_again

    def on_alarm(signum, frame):
        if over[0] or frame is None or is_ours(frame):
            return
        sys.settrace(raise_again)
        while frame is not None and not is_ours(frame):
            frame.f_trace = raise_again
            frame = frame.f_back
        raise TimeLimit

    before = signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        over[0] = True
        sys.settrace(tracing)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)


@contextmanager
def _by_thread(seconds):
    thread, ended, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.RLock()
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch():
        wait = seconds
        while not ended.wait(wait):
            with lock:
                if not ended.is_set():
                    throw(thread, ctypes.py_object(TimeLimit))
            wait = AGAIN / 10

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        for _ in range(3):
            with suppress(TimeLimit):
                ended.set()
        for _ in range(3):  # an exception that is still pending is raised here
            with suppress(TimeLimit):
                lock.acquire()
                lock.release()


@lru_cache(maxsize=256)
def _jumps_to_itself(code):
    """Whether there is a `while True: pass`, one instruction, in which no line begins a second time."""
    return any(
        step.argval == step.offset for step in dis.get_instructions(code) if step.opcode in dis.hasjrel
    )


@contextmanager
def _by_tracing(seconds):
    before, over, end = (sys.gettrace(), sys.getprofile()), [False], time.monotonic() + seconds

    class Again(TimeLimit):
        """Python stops tracing when the tracer raises; code that swallows the exception starts it again."""

        def __del__(self):
            if not over[0]:
                trace_frames()

    def is_ours(frame):
        return frame.f_globals.get("__name__") in OURS

    def trace(frame, event, argument):
        if over[0] or is_ours(frame) or not is_own(frame.f_code.co_filename):
            return None  # a library that is stopped while it is imported would be broken from then on
        if event in ("line", "call", "opcode") and time.monotonic() > end:
            sys.setprofile(profile)  # so does the next call, where the exception is kept
            raise Again
        if event == "call" and _jumps_to_itself(frame.f_code):
            frame.f_trace_opcodes = True
        return trace

    def profile(frame, event, argument):
        if not over[0]:
            trace_frames()

    def trace_frames():
        sys.settrace(trace)
        frame = sys._getframe(2)  # the code that has dropped the exception
        while frame is not None and not is_ours(frame):
            frame.f_trace = trace
            frame = frame.f_back

    sys.settrace(trace)
    try:
        yield
    finally:
        over[0] = True
        sys.setprofile(before[1])
        sys.settrace(before[0])
