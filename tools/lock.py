"""Write requirements.lock: one version of every package of pyproject.toml, for every extra and platform.

    python tools/lock.py               keep the versions that are locked, add what is missing
    python tools/lock.py --upgrade     take the newest versions instead
    python tools/lock.py --check       write nothing; exit code 1 when an extra does not install from the lock

Needs uv, which the extra `dev` installs, and the network.
"""

import argparse
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--universal",
    "--python-version",
    "3.11",
    "--no-annotate",
    "--no-header",
    "--quiet",
    "--prerelease",
    "disallow",
)
HEADER = """\
# The exact versions that `make` installs. pip reads this file as constraints
# (pip install -c requirements.lock -e .[extras]), so it may name more than one installation needs.
# It holds for Python 3.11 and newer on Linux, macOS and Windows, with every extra of pyproject.toml.
# Made by `make lock` from pyproject.toml: never edited by hand.
"""


def all_extras(checkout):
    """The names of the extras that pyproject.toml defines."""
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["project"]["optional-dependencies"])


def find_uv():
    """The command that starts uv: the one beside this Python, else on PATH; [] without one."""
    found = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    return [found] if found else []


def compile_lock(uv, checkout, options):
    """Run `uv pip compile` on pyproject.toml with these options -> the finished process."""
    command = [*uv, "pip", "compile", *OPTIONS, *options, "pyproject.toml"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)


def write(uv, checkout, upgrade):
    """Resolve all extras together and write the file -> exit code."""
    path = checkout / "requirements.lock"
    options = ["--all-extras", "--output-file", path.name]  # uv prefers the versions that stand in that file
    done = compile_lock(uv, checkout, [*options, "--upgrade"] if upgrade else options)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} packages")
    return 0


def check(uv, checkout):
    """Resolve the course without extras and with each of them, constrained by the lock -> exit code."""
    failed = []
    for extra in ["", *all_extras(checkout)]:
        chosen = ["--extra", extra] if extra else []
        done = compile_lock(uv, checkout, ["--constraint", "requirements.lock", *chosen])
        missing = unlocked(done.stdout, checkout)
        print(f"  {extra or 'no extra'}: {'no' if done.returncode or missing else 'yes'}")
        if done.returncode:
            failed.append(f"{extra}: {done.stderr.strip()}")
        elif missing:
            failed.append(f"{extra}: {', '.join(missing)} not in requirements.lock; run `make lock`")
    print("\n".join(failed), file=sys.stderr, end="\n" if failed else "")
    return 1 if failed else 0


def unlocked(resolved, checkout):
    """The lines of a resolution whose package and version the lock does not have."""
    lines = (checkout / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = {line.split(";")[0].strip() for line in lines}
    pins = [line.split(";")[0].strip() for line in resolved.splitlines() if "==" in line]
    return sorted(set(pins) - locked)


def main(argv, checkout=CHECKOUT, uv=None):
    """Write or check the lock -> exit code; 1 also when uv is not there."""
    parser = argparse.ArgumentParser(prog="lock.py", description="Write or check requirements.lock.")
    act = parser.add_mutually_exclusive_group()
    act.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml admits"
    )
    act.add_argument(
        "--check", action="store_true", help="only try whether each extra installs from the lock"
    )
    args = parser.parse_args(argv)
    uv = find_uv() if uv is None else uv
    if not uv:
        print(
            "uv is missing; the extra `dev` has it: `make lock` installs that first, or, without make, "
            "python3 tools/bootstrap.py install --extra dev",
            file=sys.stderr,
        )
        return 1
    return check(uv, checkout) if args.check else write(uv, checkout, args.upgrade)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
