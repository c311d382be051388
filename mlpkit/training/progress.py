"""One line with the progress of training: rewritten on a terminal, updated in Jupyter, none elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from html import escape

QUIET = 0.5  # seconds: a shorter training shows nothing
PAUSE = 0.1  # seconds between two updates of the line
BAR = 20  # characters


class Progress:
    """Shows `epoch 12/100 [##……] … 3 s left` on a terminal or in Jupyter; a context that ends its line.

    A file or a pipe gets nothing. In Jupyter the line is an output of its own, whose last text remains.
    """

    def __init__(self, total: int, shown: bool = True):
        self.total = total
        self._start = self._last = time.perf_counter()
        self._write = (_jupyter() or _terminal()) if shown else None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._write and self._last > self._start:
            self._write(None, 0, 0)

    def show(self, done: int, text: str, last: bool = False) -> None:
        """`done` epochs of the total are done; `text` is their result; `last`: no other follows."""
        if self._write is None:
            return
        now = time.perf_counter()
        drawn = self._last > self._start
        last = last or done == self.total
        if now - self._last < (PAUSE if drawn else QUIET) and not (drawn and last):
            return
        self._last = now
        left = (now - self._start) / done * (self.total - done)
        filled = BAR * done // self.total
        bar = "#" * filled + "." * (BAR - filled)
        time_left = f"  {_duration(left)} left" if not last else ""
        self._write(f"epoch {done}/{self.total} [{bar}] {text}{time_left}", done, self.total)

    def say(self, text: str) -> None:
        """Write a sentence, if the line is shown at all."""
        if self._write:
            self._last = time.perf_counter()
            self._write(text, 0, 0)


def _duration(seconds: float) -> str:
    """Rounded, with one unit: 40 s, 3 min, 2 h."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _terminal():
    """A function that rewrites one line of the terminal, or None without one."""
    stream = sys.stderr
    if not stream.isatty():
        return None
    before = 0

    def write(text, done, total):
        nonlocal before
        if text is None:
            stream.write("\n")
        else:
            text = text[: shutil.get_terminal_size().columns - 1]  # a line that wraps cannot be rewritten
            stream.write("\r" + text.ljust(before))
            before = len(text)
        stream.flush()

    return write


def _jupyter():
    """A function that updates one output of the running cell, or None outside of Jupyter."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if not hasattr(shell, "kernel"):
        return None
    from IPython.display import display

    handle = None

    def write(text, done, total):
        nonlocal handle
        if text is None:
            return
        bar = f"<progress value='{done}' max='{total}' aria-label='training'></progress> " if total else ""
        data = {"text/plain": text, "text/html": f"{bar}<code>{escape(text)}</code>"}
        if handle is None:
            handle = display(data, raw=True, display_id=True)
        else:
            handle.update(data, raw=True)

    return write
