"""What tools/bootstrap.py does once it runs on a suitable Python: make `.venv`, fill it, run the course.

A stamp file says what `.venv` holds, so that the next start has nothing to do. Everything is kept in
the checkout; `.venv/install.log` has pip's full output. Standard library only.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pip_run
import pytorch
from pip_run import InstallError

CHECKOUT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"
NO_VENV = (
    "This Python cannot make virtual environments: {reason}. Debian and Ubuntu: `sudo apt install "
    "python3-venv` (python3.N-venv for another Python); elsewhere take python.org's Python or conda."
)
NOT_OURS = (
    "The folder {folder} was not made by this command and holds no Python {version} that works. "
    "It is left as it is: move it away, then repeat the command."
)
EXTRAS = {"present": ["present"], "test": ["test"], "bench": ["test", "peers"]}  # what a command needs


class Environment:
    """The `.venv` of one checkout: what it holds, whether that is still right, and how to make it so."""

    def __init__(self, checkout=CHECKOUT):
        self.checkout = Path(checkout).resolve()
        self.folder = self.checkout / ".venv"
        self.stamp = self.folder / "mlpkit-stamp.json"
        self.marker = self.folder / "made-by-bootstrap"  # says that we may delete this folder
        self.log = self.folder / "install.log"

    def program(self, name):
        """The path of a program of the environment, such as `python`."""
        return self.folder / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))

    @property
    def site_packages(self):
        """The folder with the installed packages."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.folder / ("Lib" if WINDOWS else f"lib/{version}") / "site-packages"

    def entries(self):
        """How many files and folders site-packages has at its top; 0 when it is not there."""
        return len(list(self.site_packages.iterdir())) if self.site_packages.is_dir() else 0

    def place(self):
        """The folder and the Python that an environment belongs to: with other values it is made anew."""
        return {"python": list(sys.version_info[:2]), "checkout": str(self.checkout)}

    def sources(self):
        """A hash of the files that say which packages are wanted."""
        files = [self.checkout / name for name in ("pyproject.toml", "requirements.lock")]
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()

    def read_stamp(self):
        """What the last complete installation wrote; {} when there was none."""
        try:
            return json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def is_whole(self, stamp):
        """True when the stamp belongs to this place and nothing was removed from the environment since."""
        return (
            bool(stamp)
            and all(stamp.get(key) == value for key, value in self.place().items())
            and self.program("python").exists()
            and self.program("mlpkit").exists()
            and self.entries() >= stamp.get("entries", 1)
        )

    def ensure(self, extras=(), quiet=False):
        """Make the environment hold the locked packages with these extras; True when there was work to do.

        Extras that are already there stay. Raises InstallError with one sentence for the reader.
        """
        stamp = self.read_stamp()
        whole = self.is_whole(stamp)
        wanted = sorted(set(extras) | set(stamp.get("extras", [])))
        if whole and stamp["extras"] == wanted and stamp["sources"] == self.sources():
            return False
        if not whole and not self.can_be_adopted():
            self.create(quiet)
        self.install(wanted, quiet)
        return True

    def can_be_adopted(self):
        """True for a working environment that someone else made here: it is filled, never deleted."""
        if self.marker.exists() or not self.program("python").exists():
            return False
        code = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
        return subprocess.run([self.program("python"), "-I", "-c", code], capture_output=True).returncode == 0

    def create(self, quiet):
        """An empty `.venv`, in place of one that is broken, moved, half-made or of another Python."""
        check_venv_module()
        if self.folder.is_dir() and any(self.folder.iterdir()) and not self.marker.exists():
            version = ".".join(map(str, sys.version_info[:2]))
            raise InstallError(NOT_OURS.format(folder=self.folder, version=version))
        if self.folder.exists():
            report(
                "The .venv here is incomplete, or made for another place or Python: making it anew.", quiet
            )
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.marker.write_text("tools/bootstrap.py made this folder and may delete it\n", encoding="utf-8")
        done = subprocess.run(
            [base_python(), "-m", "venv", str(self.folder)],
            env=pip_run.clean_environment(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            output = (done.stdout + done.stderr).strip() or f"`-m venv` ended with {done.returncode}"
            reason = output.splitlines()[-1].rstrip(".")
            raise InstallError(pip_run.known_reason(output) or NO_VENV.format(reason=reason))

    def install(self, extras, quiet):
        """`pip install -c requirements.lock -e .[extras]`, then the stamp."""
        report("Installing the course's packages into .venv; the first time takes a minute or two.", quiet)
        target = f".[{','.join(extras)}]" if extras else "."
        pip_run.install(self, ["-c", "requirements.lock", "-e", target], quiet)
        self.warm_up()
        stamp = self.place() | {"sources": self.sources(), "extras": extras, "entries": self.entries()}
        temporary = self.stamp.with_suffix(".new")
        temporary.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        temporary.replace(self.stamp)
        report(f"Installed: {self.folder}", quiet)

    def warm_up(self):
        """Let matplotlib look for the fonts now, so that the first figure need not wait."""
        code = (
            "import os; from mlpkit.cli.checkout import jupyter_environment as e; os.environ.update(e());"
            "import matplotlib.font_manager"
        )
        subprocess.run([self.program("python"), "-c", code], capture_output=True, cwd=self.checkout)


def check_venv_module():
    """Raise InstallError when this Python lacks venv or ensurepip, before anything is written."""
    try:
        import ensurepip
        import venv  # noqa: F401

        ensurepip.version()
    except (ImportError, OSError, IndexError) as problem:
        raise InstallError(NO_VENV.format(reason=str(problem) or "ensurepip is incomplete")) from None


def base_python():
    """The Python to make an environment from: never the one inside `.venv`, which may be about to go."""
    return getattr(sys, "_base_executable", None) or sys.executable


def report(message, quiet):
    """Print a line of progress, unless `quiet`."""
    if not quiet:
        print(message, flush=True)


def run(command):
    """Go on as another program; gives its exit code where the system cannot replace this one (Windows)."""
    command = [str(part) for part in command]
    sys.stdout.flush()
    # Packages of another Python that these variables name would hide those of the environment.
    variables = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    if not WINDOWS:
        os.execve(command[0], command, variables)
    try:
        return subprocess.call(command, env=variables)
    except KeyboardInterrupt:
        return 0


def parse(argv):
    """The command line, with what belongs to the started program left in `rest`."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Make the course's environment and run it.", allow_abbrev=False
    )
    parser.add_argument("command", choices=["install", "lab", "present", "test", "bench"])
    parser.add_argument(
        "--extra", action="append", default=[], help="also install this extra of pyproject.toml"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress, only errors")
    parser.add_argument(
        "--this-python", action="store_true", help="make .venv anew if it is of another Python than this one"
    )
    parser.add_argument("--pytorch", action="store_true", help="with bench: PyTorch in any case, CUDA or not")
    args, rest = parser.parse_known_args(argv)
    if args.command == "install" and rest:
        parser.error(f"install does not know {' '.join(rest)}")
    if args.pytorch and args.command != "bench":
        parser.error("--pytorch belongs to bench")
    return args, rest


def prepare(environment, args):
    """Install what the command needs."""
    environment.ensure(args.extra + EXTRAS.get(args.command, []), args.quiet)
    if args.command != "bench":
        return
    if args.pytorch or (not pytorch.is_installed(environment) and pytorch.has_cpu_build(environment)):
        environment.ensure(["bench"], args.quiet)
    elif not pytorch.is_installed(environment):
        print(pytorch.CUDA_ONLY if pytorch.LINUX else pytorch.NO_BUILD, flush=True)


def main(argv):
    """Install what the command needs, then become that command; exit codes 0 fine, 1 failed, 2 wrong use."""
    args, rest = parse(argv)
    environment = Environment()
    try:
        prepare(environment, args)
    except InstallError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            pip_run.known_reason(str(problem)) or f"Cannot write to {environment.folder}: {problem}.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the next start makes the environment anew.", file=sys.stderr)
        return 1
    if args.command in ("lab", "present"):
        return run([environment.program("mlpkit"), args.command, *rest])
    if args.command in ("test", "bench"):
        os.chdir(environment.checkout)
        module = {"test": "tests", "bench": "benchmarks"}[args.command]
        return run([environment.program("python"), "-m", module, *rest])
    return 0
