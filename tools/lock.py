"""Write requirements.lock: the newest versions that pyproject.toml admits, on every platform. Needs uv."""

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
QUIETLY = ("--no-annotate", "--no-header", "--quiet")
EXTRAS = ("test", "dev", "present", "instructor", "grade")
HEADER = """\
# The exact versions that `make lab` and `make test` install. pip reads this file as constraints
# (pip install -c requirements.lock -e .[extras]), so it may name more than one installation needs.
# It holds for Python 3.11 and newer on Linux, macOS and Windows, with the extras {extras};
# not for `bench`. Made by `make lock` from pyproject.toml: never edited by hand.
"""


def main():
    """Resolve with uv and write the file; 1 when uv is not there or cannot solve it."""
    uv = shutil.which("uv")
    if not uv:
        print("make lock needs uv: `pip install uv`, then repeat the command.", file=sys.stderr)
        return 1
    extras = [option for extra in EXTRAS for option in ("--extra", extra)]
    options = ["--universal", "--python-version", "3.11", "--upgrade", *QUIETLY]
    done = subprocess.run(
        [uv, "pip", "compile", *options, *extras, "pyproject.toml"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    path = CHECKOUT / "requirements.lock"
    path.write_text(HEADER.format(extras=", ".join(EXTRAS)) + done.stdout, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(done.stdout.splitlines())} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
