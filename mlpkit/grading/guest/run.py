"""One submission inside a sandbox: its cells, then its functions on the numbers, one line of reply for each.

The lines are JSON behind the job's token: {"cell": 3} before a cell, {"failed": 3, "raised": …} after one
that raised, {"question": name} before a function is called, {"seen": name, "numbers": i, "observations":
[…]} after it, {"missing": name, "what": …}, and {"end": true, "notes": [...]} at the very end.
"""

import gc
import importlib
import json
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import fields

from mlpkit.exercises.sandboxed.plain import to_json
from mlpkit.exercises.sandboxed.run import Observation, observations
from mlpkit.grading.guest import replacements
from mlpkit.grading.guest.cells import run_cells
from mlpkit.grading.guest.guard import Kept

LARGEST = 400_000  # characters of one observation: arrays of about 30 000 numbers
WRITE, DUMPS, LEAVE = os.write, json.dumps, os._exit
NUMBER = getattr(os, "getpid", int)
DRAWS = ("matplotlib", "pylab", "seaborn")


def sender(token, write):
    """`send(dict)`: one line to the grader, by `write(bytes)`, which returns how many it has taken.

    The line begins anew, whatever stands before it. A copy of the process that a submission has made
    (os.fork) says nothing, and ends.
    """
    mine = NUMBER()

    def send(found):
        if NUMBER() != mine:
            LEAVE(0)
        data = f"\n{token} {DUMPS(found)}\n".encode("utf-8", "replace")
        while data:
            data = data[write(data) :]

    return send


def run(job, send):
    """Run the cells, observe the functions, send lines."""
    kept = Kept()
    book = run_cells(job, send)
    for name, numbers in job.calls.items():
        kept.put_back()
        function = book.space.get(name)
        if function is None or isinstance(function, type) or not callable(function):
            what = "" if name not in book.space else f"is a {type(function).__name__}, not a function"[:200]
            send({"missing": name, "what": what})
            continue
        send({"question": name})
        for i, calls in enumerate(numbers):
            seen = observations(function, list(calls), job.limits.question)
            kept.put_back()
            send({"seen": name, "numbers": i, "observations": [as_json(one) for one in seen]})
    asked = sorted(replacements.asked)[:5]
    send({"end": True, "notes": book.notes, "asked": asked})


def as_json(seen: Observation):
    """An observation as JSON: plain data, with what is too large left out."""
    found = {field.name: getattr(seen, field.name) for field in fields(seen)}
    for name in ("value", "entries"):
        found[name] = packed = to_json(found[name]) if found[name] is not None else None
        if packed is not None and len(DUMPS(packed)) > LARGEST:
            found[name] = {"is": "Other", "what": "more numbers than an answer of this question has"}
    return found


SETS = ("ex02", "ex05", "ex06", "ex07", "ex08")  # those with observers and arguments of their own


def prepare(sets=SETS):
    """Import what submissions need: before any of their code, so that it cannot be exchanged on the way."""
    import numpy
    import numpy.linalg
    import numpy.random  # noqa: F401

    for name in ("functions", "observers", *sets):
        importlib.import_module(f"mlpkit.exercises.sandboxed.{name}")
    replacements.install()


def prepare_for(job):
    """Import Matplotlib where a submission draws: it stays there for the following ones."""
    if any(name in cell for cell in job.cells for name in DRAWS):
        with suppress(Exception):  # where it cannot be imported the cell that does so will say why
            importlib.import_module("matplotlib").use("Agg")
            importlib.import_module("matplotlib.pyplot")


def main(descriptor):
    """A process for one submission alone: the job is its standard input, the reply goes to `descriptor`."""
    alone(sys.stdin.buffer.read(), lambda data: WRITE(descriptor, data))


def alone(packed, write):
    """Run one packed job and end this process; `write(bytes)` sends some of them -> how many."""
    prepare([name for name in SETS if f"{name}.".encode() in packed])
    job = pickle.loads(packed)
    prepare_for(job)
    gc.freeze()
    gc.enable()
    try:
        run(job, sender(job.token, write))
    finally:
        LEAVE(0)  # before what the submission has left to be run at the end
