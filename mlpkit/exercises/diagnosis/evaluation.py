"""What functions of ours give on a call: solutions, wrong ones, solutions with a slip. Nothing is observed."""

import warnings
from contextlib import nullcontext

import numpy as np

from mlpkit.exercises.sandboxed.plain import plain
from mlpkit.exercises.sandboxed.run import Call, built, found
from mlpkit.exercises.sandboxed.timelimit import TimeLimit, time_limit


def evaluated(function, call: Call, seconds: float | None = None):
    """The result as plain data, or None where the function raises or takes longer than `seconds`.

    Any exception may come: a wrong solution, or one on changed arguments, is not meant to work everywhere.
    """
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with nullcontext() if seconds is None else time_limit(seconds):
                return plain(found(call.observer)(function, built(call.arguments)))
    except (Exception, TimeLimit):
        return None
