# ruff: noqa: UP031, RUF005
"""Make the course's own environment (.venv in this folder) and run the course from it.

    python3 tools/bootstrap.py install [--extra test] [--quiet]
    python3 tools/bootstrap.py lab [NOTEBOOK] [--port N] [--no-browser]
    python3 tools/bootstrap.py present LECTURE [--plan] [--fallback] [--port N] [--no-browser]
    python3 tools/bootstrap.py test [pytest's options]
    python3 tools/bootstrap.py bench [NAME ...] [--pytorch]

A .venv that is there keeps its Python, whichever Python runs this file; `--this-python` makes it anew.

Needs a plain Python and nothing else. This file must run on any Python, even 2.7, to be able to
say that it is too old; all real work is in installer.py, which only a new Python reads.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(os.path.dirname(HERE), ".venv")
OLDEST, NEWEST = (3, 11), (3, 13)
NAMES = ["python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
RANGE = "%d.%d-%d.%d" % (OLDEST + NEWEST)

WAYS_OUT = {
    "darwin": "install one with `brew install python@3.13` or from python.org, then repeat the command",
    "win32": "install one with `winget install Python.Python.3.13` or from python.org, then repeat it",
    "linux": "install one (Debian 12, Ubuntu 24.04 or newer: `sudo apt install python3 python3-venv`; "
    "Fedora: `sudo dnf install python3.13`; or conda, see README), then repeat the command",
}


def is_suitable(version):
    """True when this (major, minor) version of Python can run the course."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def ask(program):
    """Start a Python -> its (major, minor) version and its base program; ((0, 0), "") when it does not start.

    The base program of an environment's Python is the one that the environment was made from.
    """
    code = (
        "import sys; print('%d %d' % sys.version_info[:2]);"
        "print(getattr(sys, '_base_executable', None) or sys.executable)"
    )
    variables = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    try:
        child = subprocess.Popen(
            [program, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables
        )
        lines = child.communicate()[0].decode("utf-8", "replace").splitlines()
        return tuple(int(word) for word in lines[0].split()), lines[1]
    except (OSError, ValueError, IndexError):
        return (0, 0), ""


def version_of(program):
    """The (major, minor) version that a program named like a Python really has, or (0, 0)."""
    return ask(program)[0]


def recorded_version():
    """The (major, minor) version that .venv says it is of, without starting it; None when it says nothing."""
    path = os.path.join(VENV, "pyvenv.cfg")
    if not os.path.isfile(path):
        return None
    try:
        with open(path) as config:
            entries = dict(line.replace(" ", "").strip().split("=", 1) for line in config if "=" in line)
        version = entries.get("version") or entries["version_info"]
        return tuple(int(part) for part in version.split(".")[:2])
    except (OSError, KeyError, ValueError):
        return None


def python_of_environment():
    """The suitable Python of another version than this one that .venv was made from, or None."""
    recorded = recorded_version()
    if recorded is None or recorded == tuple(sys.version_info[:2]) or not is_suitable(recorded):
        return None
    windows = sys.platform == "win32"
    version, base = ask(
        os.path.join(VENV, "Scripts" if windows else "bin", "python" + (".exe" if windows else ""))
    )
    return base if version == recorded and version_of(base) == recorded else None


def find_suitable():
    """The path of the newest suitable Python on PATH, or None."""
    suffix = ".exe" if sys.platform == "win32" else ""
    for name in NAMES:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            program = os.path.join(folder, name + suffix)
            if os.path.isfile(program) and is_suitable(version_of(program)):
                return program
    return None


def hand_over(program):
    """Run this same command with another Python -> its exit code."""
    command = [program, os.path.abspath(__file__)] + sys.argv[1:]
    sys.stdout.flush()
    if sys.platform == "win32":  # there a program cannot take this one's place
        return subprocess.call(command)
    return os.execv(program, command)


def main():
    """Run the installer with the Python of .venv, this one or another suitable one; else explain."""
    if "--this-python" not in sys.argv:
        program = python_of_environment()
        if program:
            return hand_over(program)
    if is_suitable(sys.version_info):
        sys.path.insert(0, HERE)  # it is not there with PYTHONSAFEPATH
        import installer

        return installer.main(sys.argv[1:])

    found = "%d.%d" % sys.version_info[:2]
    program = find_suitable()
    if program:
        print("This is Python %s; the course needs %s, so %s is used." % (found, RANGE, program))
        return hand_over(program)

    platform = "linux" if sys.platform.startswith("linux") else sys.platform
    way_out = WAYS_OUT.get(platform, "install one from python.org, then repeat the command")
    sys.stderr.write("The course needs Python %s and this is Python %s: %s.\n" % (RANGE, found, way_out))
    return 1


if __name__ == "__main__":
    sys.exit(main())
