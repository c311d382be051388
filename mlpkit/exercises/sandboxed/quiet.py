"""Keep out of the notebook what a function prints, warns, plots, displays or asks for, and record it."""

import builtins
import io
import sys
import warnings
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress

import numpy as np

KEPT = 2000  # characters of what was printed


class Capped(io.TextIOBase):
    """A text file that keeps its first characters and drops the rest, in no time."""

    write: Callable[..., int]

    def __init__(self):
        self.text, self.write = "", self._keep

    def writable(self):
        """True: print asks for it."""
        return True

    def _keep(self, text):
        self.text += text[: KEPT - len(self.text)]
        if len(self.text) >= KEPT:
            self.write = len  # a million lines would otherwise take longer than the function itself
        return len(text)


class Captured:
    """What a function printed and warned: `printed` text, `warned` messages, `shown` number of pictures."""

    def __init__(self):
        self.printed, self.warned, self.shown = "", [], 0


def _no_input(prompt=""):
    raise EOFError("the function asks for input(); it is called with arguments, nobody can type")


@contextmanager
def quiet(pictures=True):
    """Run the block silently; yields a Captured that is filled in when the block ends.

    `pictures`: False for code of mlpkit's own, which neither plots nor displays nor logs.
    """
    captured, out = Captured(), Capped()
    ask = builtins.input
    builtins.input = _no_input
    try:
        with ExitStack() as around:
            if pictures:
                around.enter_context(_no_log(out))
                around.enter_context(_no_pictures(captured))
                around.enter_context(_no_displays(captured))
            caught = around.enter_context(warnings.catch_warnings(record=True))
            around.enter_context(redirect_stdout(out))
            around.enter_context(redirect_stderr(out))
            around.enter_context(np.errstate(all="warn", under="ignore"))
            warnings.simplefilter("always")
            try:
                yield captured
            finally:
                captured.warned = [str(w.message)[:200] for w in caught[:20]]
    finally:
        builtins.input = ask
        captured.printed = out.text


@contextmanager
def _no_pictures(captured):
    """Figures of pyplot: the notebook's own are out of reach meanwhile, the function's are closed."""
    plots, figures = sys.modules.get("matplotlib.pyplot"), sys.modules.get("matplotlib._pylab_helpers")
    mine, show = figures.Gcf.figs if figures else OrderedDict(), getattr(plots, "show", None)

    def count(*arguments, **options):
        captured.shown += 1

    if figures:
        figures.Gcf.figs = OrderedDict()
    if plots:
        setattr(plots, "show", count)  # noqa: B010
    try:
        yield
    finally:
        if plots:
            setattr(plots, "show", show)  # noqa: B010
        figures = sys.modules.get("matplotlib._pylab_helpers")
        if figures:
            captured.shown = max(captured.shown, len(figures.Gcf.figs))
            with suppress(Exception):
                figures.Gcf.destroy_all()
            figures.Gcf.figs = mine


@contextmanager
def _no_displays(captured):
    """IPython's display(), where there is a notebook."""
    interactive = sys.modules.get("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell._instance if interactive else None
    if shell is None:
        yield
        return
    from IPython.core.displaypub import CapturingDisplayPublisher

    publisher, instead = shell.display_pub, CapturingDisplayPublisher()
    shell.display_pub = instead
    try:
        yield
    finally:
        shell.display_pub = publisher
        captured.shown += len(instead.outputs)


@contextmanager
def _no_log(out):
    """The root logger, where one is in use: its handlers are those of the notebook again afterwards."""
    logging = sys.modules.get("logging")
    if logging is None:
        yield
        return
    root = logging.getLogger()
    handlers, level, disabled = root.handlers, root.level, root.manager.disable
    root.handlers = [logging.StreamHandler(out)] if handlers else []
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
        root.manager.disable = disabled
