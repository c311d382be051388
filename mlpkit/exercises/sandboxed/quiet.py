"""Keep out of the notebook what a function prints, warns, plots or asks for, and record it."""

import builtins
import io
import sys
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import numpy as np

KEPT = 2000  # characters of what was printed


class Capped(io.TextIOBase):
    """A text file that keeps its first characters and drops the rest."""

    def __init__(self):
        self.text = ""

    def writable(self):
        """True: print asks for it."""
        return True

    def write(self, text):
        """Keep as much as fits."""
        self.text += text[: max(0, KEPT - len(self.text))]
        return len(text)


class Captured:
    """What a function printed and warned: `printed` text, `warned` messages."""

    def __init__(self):
        self.printed, self.warned = "", []


def _no_input(prompt=""):
    raise EOFError("the function asks for input(); it is called with arguments, nobody can type")


@contextmanager
def quiet():
    """Run the block silently; yields a Captured that is filled in when the block ends."""
    captured, out = Captured(), Capped()
    plots = sys.modules.get("matplotlib.pyplot")
    open_before = set(plots.get_fignums()) if plots else set()
    ask = builtins.input
    builtins.input = _no_input
    try:
        with (
            warnings.catch_warnings(record=True) as caught,
            redirect_stdout(out),
            redirect_stderr(out),
            np.errstate(all="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            try:
                yield captured
            finally:
                captured.warned = [str(w.message)[:200] for w in caught[:20]]
    finally:
        builtins.input = ask
        captured.printed = out.text
        plots = sys.modules.get("matplotlib.pyplot")
        if plots:
            for number in set(plots.get_fignums()) - open_before:
                plots.close(number)
