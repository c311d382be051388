"""How long the course takes to be there: imports, the command line, and the bootstrap's second start.

Every candidate is a fresh process; they take turns in each round, and the median round counts. The second
start is `tools/bootstrap.py install`, which is all that `make lab` does before JupyterLab takes over.
"""

from _common import environment, store, table  # isort: skip: sets the threads first

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ROUNDS = 41
PYTHON = [sys.executable, "-c"]
CANDIDATES = {
    "python, nothing imported": [*PYTHON, "pass"],
    "import numpy": [*PYTHON, "import numpy"],
    "import mlpkit": [*PYTHON, "import mlpkit"],
    "from mlpkit import MLP": [*PYTHON, "from mlpkit import MLP"],
    "import mlpkit.explore": [*PYTHON, "import mlpkit.explore"],
    "mlpkit --version": [sys.executable, "-m", "mlpkit.cli", "--version"],
    "second start (bootstrap)": [sys.executable, str(CHECKOUT / "tools" / "bootstrap.py"), "install"],
}


def seconds(command):
    """The processor time of one fresh process and its children, which other work on the machine spares."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=CHECKOUT, env=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    """Print the table."""
    for command in CANDIDATES.values():
        seconds(command)  # the first run reads the disk and writes bytecode
    rounds = [{name: seconds(command) for name, command in CANDIDATES.items()} for _ in range(ROUNDS)]
    rows = []
    for name in CANDIDATES:
        times = [1000 * turn[name] for turn in rounds]
        ratio = statistics.median(turn[name] / turn["import numpy"] for turn in rounds)
        rows.append(
            [name, *(f"{t:.0f}" for t in (statistics.median(times), min(times), max(times))), f"{ratio:.2f}"]
        )
    over = statistics.median(1000 * (turn["import mlpkit"] - turn["import numpy"]) for turn in rounds)
    text = "\n".join([
        environment(), f"{ROUNDS} rounds; import mlpkit is import numpy + {over:.1f} ms (median)", "",
        table(["", "median ms", "fastest", "slowest", "÷ numpy"], rows),
    ])  # fmt: skip
    print(text)
    store("start", text)


if __name__ == "__main__":
    main()
