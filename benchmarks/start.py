"""How long the course takes to be there: imports, the command line, and the bootstrap's second start.

Every candidate is a fresh process; they take turns in each round, and the median round counts. The second
start is `tools/bootstrap.py install`, which is all that `make lab` does before JupyterLab takes over.
"""

import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy

CHECKOUT = Path(__file__).resolve().parents[1]
ROUNDS = 15
PYTHON = [sys.executable, "-c"]
CANDIDATES = {
    "python, nothing imported": [*PYTHON, "pass"],
    "import numpy": [*PYTHON, "import numpy"],
    "import mlpkit": [*PYTHON, "import mlpkit"],
    "import mlpkit.explore": [*PYTHON, "import mlpkit.explore"],
    "mlpkit --version": [sys.executable, "-m", "mlpkit.cli", "--version"],
    "second start (bootstrap)": [sys.executable, str(CHECKOUT / "tools" / "bootstrap.py"), "install"],
}


def processor():
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def seconds(command):
    """The wall time of one fresh process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=CHECKOUT)
    return time.perf_counter() - start


def main():
    """Print the table."""
    for command in CANDIDATES.values():
        seconds(command)  # the first run reads the disk and writes bytecode
    rounds = [{name: seconds(command) for name, command in CANDIDATES.items()} for _ in range(ROUNDS)]
    print(
        f"{processor()} · Python {platform.python_version()} · numpy {numpy.__version__} · {ROUNDS} rounds\n"
    )
    print(f"{'':26}{'median ms':>10}{'fastest':>9}{'slowest':>9}{'÷ numpy':>9}")
    for name in CANDIDATES:
        times = [1000 * turn[name] for turn in rounds]
        ratio = statistics.median(turn[name] / turn["import numpy"] for turn in rounds)
        print(f"{name:26}{statistics.median(times):10.0f}{min(times):9.0f}{max(times):9.0f}{ratio:9.2f}")


if __name__ == "__main__":
    main()
