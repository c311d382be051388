# ruff: noqa: UP031, RUF005
"""Make the course's own environment (.venv in this folder) and run the course from it.

    python3 tools/bootstrap.py install [--extra test] [--quiet]
    python3 tools/bootstrap.py lab [NOTEBOOK] [--port N] [--no-browser]
    python3 tools/bootstrap.py present LECTURE [--plan] [--fallback] [--port N] [--no-browser]
    python3 tools/bootstrap.py test [pytest's options]

Needs a plain Python and nothing else. This file must run on any Python, even 2.7, to be able to
say that it is too old; all real work is in installer.py, which only a new Python reads.
"""

import os
import subprocess
import sys

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


def version_of(program):
    """The (major, minor) version that a program named like a Python really has, or (0, 0)."""
    code = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        child = subprocess.Popen([program, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        words = child.communicate()[0].decode("ascii", "replace").split()
        return tuple(int(word) for word in words[:2])
    except (OSError, ValueError):
        return (0, 0)


def find_suitable():
    """The path of the newest suitable Python on PATH, or None."""
    suffix = ".exe" if sys.platform == "win32" else ""
    for name in NAMES:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            program = os.path.join(folder, name + suffix)
            if os.path.isfile(program) and is_suitable(version_of(program) or (0, 0)):
                return program
    return None


def hand_over(program):
    """Run this same command with another Python; gives its exit code."""
    command = [program, os.path.abspath(__file__)] + sys.argv[1:]
    sys.stdout.flush()
    if sys.platform == "win32":  # there a program cannot take this one's place
        return subprocess.call(command)
    return os.execv(program, command)


def main():
    """Go on with this Python if it is suitable, else with a suitable one, else say how to get one."""
    if is_suitable(sys.version_info):
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
