"""Run the measurements one by one, each in its own process: `make bench`, or `python benchmarks`.

python benchmarks                  all of them
python benchmarks moons start      these two
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def measurements():
    """{name: file} of every measurement in this folder, in alphabetical order."""
    return {path.stem: path for path in sorted(FOLDER.glob("[a-z]*.py"))}


def main(names):
    """Run them, also after one that fails; 1 when any failed, 2 for an unknown name, else 0."""
    known = measurements()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; the measurements are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or known:
        print(f"\n{name}", flush=True)
        if subprocess.call([sys.executable, str(known[name])]):
            failed.append(name)
    if failed:
        again = f"{Path(sys.executable)} {FOLDER.name} {' '.join(failed)}"
        print(f"\nfailed: {', '.join(failed)}; to repeat: {again}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
