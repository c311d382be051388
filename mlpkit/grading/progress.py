"""How far a run is, in one line at the foot of the terminal: count, rate, time left."""

import sys
import time


class Progress:
    """Counts results; one line that is written over in a terminal, a line now and then in a file."""

    def __init__(self, total: int, quiet: bool = False, stream=None):
        self.total, self.done, self._quiet = total, 0, quiet or not total
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._start = self._said = time.monotonic()
        self._said -= 60.0

    def add(self, record=None):
        """One more is done."""
        self.done += 1
        now = time.monotonic()
        if self._quiet or (now - self._said < (0.1 if self._terminal else 5.0) and self.done < self.total):
            return
        self._said = now
        self._write(self.line(now - self._start))

    def line(self, seconds: float) -> str:
        """The text after so many seconds.

        >>> bar = Progress(200); bar.done = 50
        >>> bar.line(10.0)
        '[######..................] 50/200  5.0 a second, 30 s left'
        """
        rate = self.done / seconds if seconds > 0 else 0.0
        left = (self.total - self.done) / rate if rate else 0.0
        full = 24 * self.done // self.total if self.total else 24
        rest = f"{left:.0f} s" if left < 120 else f"{left / 60:.0f} min"
        bar = "#" * full + "." * (24 - full)
        end = f", {rest} left" if self.done < self.total else f", {seconds:.1f} s in all"
        return f"[{bar}] {self.done}/{self.total}  {rate:.1f} a second{end}"

    def _write(self, text):
        start, end = ("\r\x1b[2K", "") if self._terminal else ("", "\n")
        self._stream.write(start + text + end)
        self._stream.flush()

    def end(self):
        """Leave the line."""
        if self._terminal and not self._quiet and self.done:
            self._stream.write("\n")
