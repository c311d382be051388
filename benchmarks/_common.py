"""What all measurements share: the machine in one line, candidates that take turns, tables, stored results.

Import this before NumPy: it gives every linear-algebra library one thread.
"""

import os
import platform
import re
import statistics
import sys
import time
from importlib import metadata
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np  # noqa: E402

RESULTS = Path(__file__).resolve().parent / "results"


def one_core():
    """Keep this process on one core where the system can: some peers use two whatever the settings say."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def processor():
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def blas():
    """NumPy's linear-algebra library, its version and the kernel it was built for or chose."""
    found = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    settings = re.search(r"USE_OPENMP|DYNAMIC_ARCH", found.get("openblas configuration", "")) or [""]
    return f"{found['name']} {found['version']} {settings[0]}".strip()


def environment(packages=()):
    """Processor, BLAS, Python and versions on one line, variables that steer BLAS on the next."""
    versions = [f"numpy {np.__version__}"]
    for package in packages:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} not installed")
    line = f"{processor()} · {os.cpu_count()} cores · {blas()} · Python {platform.python_version()}"
    steered = [f"{k}={v}" for k, v in sorted(os.environ.items()) if re.match("OPENBLAS|OMP_|MKL_|XLA_", k)]
    return "\n".join([f"{line} · {', '.join(versions)}", f"environment: {' '.join(steered)}"])


def interleaved(candidates, rounds=20, seconds=0.05):
    """Median seconds of one call of each candidate, {name: callable} -> {name: seconds}.

    Seconds of processor time of this process, with all of its threads: on a quiet machine with one thread
    this is the time that passes, and on a busy one it does not count what others do. In each round every
    candidate has its turn of about `seconds`, so that warm or slow moments fall on all; the median counts.
    """
    counts, times = {}, {name: [] for name in candidates}
    for name, act in candidates.items():
        act()  # compiles, fills caches
        start = time.process_time()
        act()
        counts[name] = max(1, int(seconds / max(time.process_time() - start, 1e-9)))
    for _ in range(rounds):
        for name, act in candidates.items():
            start = time.process_time()
            for _ in range(counts[name]):
                act()
            times[name].append((time.process_time() - start) / counts[name])
    return {name: statistics.median(found) for name, found in times.items()}


def table(head, rows):
    """Rows of texts under their heads, as Markdown that also reads well in a terminal."""
    rows = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[k]) for row in rows) for k in range(len(head))]
    padded = [
        [c.rjust(w) if k else c.ljust(w) for k, (c, w) in enumerate(zip(row, widths, strict=True))]
        for row in rows
    ]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])]) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def store(name, text):
    """Keep a table in results/NAME.md, with the command that makes it."""
    RESULTS.mkdir(exist_ok=True)
    command = " ".join(["python", f"benchmarks/{name}.py", *sys.argv[1:]])
    head = f"Made by `{command}` on {time.strftime('%Y-%m-%d')}."
    (RESULTS / f"{name}.md").write_text(f"{head}\n\n{text}\n", encoding="utf-8")
