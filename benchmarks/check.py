"""How long `check` takes: the first one of a kernel, later ones of a right and a wrong function, by question.

Processor time, so that other programs on the machine count little. Targets: first 100 ms, later 20 ms, a
wrong answer with its diagnosis 60 ms.
"""

from _common import environment, one_core, store, table  # isort: skip: sets the threads first

import statistics
import subprocess
import sys
import time

from mlpkit.exercises.checking import examine
from mlpkit.exercises.registry import questions

FIRST = """
import time
from mlpkit.exercises.checking import examine
def {name}({arguments}):
    return None if {returned} is None else 0.0 * {returned}
started = time.process_time()
examine({name})
print(time.process_time() - started)
"""


def first(asked):
    """Milliseconds of the first check of a fresh Python, a function that gives zeros; the median of three."""
    code = FIRST.format(name=asked.name, arguments=", ".join(asked.parameters), returned=asked.parameters[0])
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(3)]
    return statistics.median(1000 * float(run.stdout) for run in runs)


def later(asked, function, times=5):
    """Milliseconds of a check on one seed after another, in each case the second check on that seed."""
    found = []
    for seed in range(times):
        examine(function, seed=seed, space={asked.name: function})
        started = time.process_time()
        examine(function, seed=seed, space={asked.name: function})
        found.append(1000 * (time.process_time() - started))
    return statistics.median(found)


def main():
    """Measure every question, print and keep the table."""
    one_core()
    rows = []
    for asked in questions().values():
        wrong = asked.misconceptions[-1].wrong
        numbers = (first(asked), later(asked, asked.solution), later(asked, wrong))
        rows.append([asked.name, *(f"{number:.1f}" for number in numbers)])
    head = ["question", "first, zeros (ms)", "later, right (ms)", "later, wrong (ms)"]
    text = f"{environment()}\n\n{table(head, rows)}"
    print(text)
    store("check", text)


if __name__ == "__main__":
    main()
