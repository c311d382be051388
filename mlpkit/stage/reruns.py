"""Which stages a new one takes the place of, and whose controls are shared.

A cell that is run again makes a new stage, and its output takes the place of the old one's. ipywidgets would
keep the old stage for ever.
"""

import sys
from weakref import WeakKeyDictionary, WeakSet

OPEN = WeakSet()  # stages that were not closed
USERS = WeakKeyDictionary()  # control -> WeakSet of the open stages that have it


def cell():
    """(the notebook's cell that is run now, number of the run); (None, 0) outside of notebooks."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return None, 0
    parent = getattr(shell, "get_parent", dict)() or {}
    name = parent.get("metadata", {}).get("cellId")
    run = shell.execution_count
    if name is None:  # a page that does not say which cell it is: the same code twice in a row is one cell
        name = shell.user_ns.get("In", [""])[-1]
        run = (run, name)
    return name, run


def is_rerun(stage, now):
    """Whether the cell that is run now made this stage the last time, and only it showed the stage."""
    (name, run), (then, earlier) = now, stage.made_in
    if name is None or name != then or run == earlier or stage.shown_in - {name}:
        return False
    return not isinstance(run, tuple) or run[0] == earlier[0] + 1


def replaced(stage):
    """The open stages that a new one takes the place of -> [(stage, whether its cell was run again)].

    Outside of notebooks, where nothing is on a page, a figure has one stage at a time.
    """
    found = []
    for other in OPEN - {stage}:
        again = is_rerun(other, stage.made_in)
        plain = stage.made_in[0] is None is other.made_in[0] and not other.shown_in
        if again or (plain and other.states.fig is stage.states.fig):
            found.append((other, again))
    return found


def enter(stage, controls):
    """The stage is open, and uses these controls."""
    OPEN.add(stage)
    for control in controls:
        USERS.setdefault(control, WeakSet()).add(stage)


def leave(stage, controls):
    """The stage is closed -> the controls that no other stage uses."""
    OPEN.discard(stage)
    for control in controls:
        USERS.get(control, set()).discard(stage)
    return [control for control in controls if not USERS.get(control)]
