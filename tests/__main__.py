"""Run the tests of the course: `make test`, or `python -m tests [--quick] [pytest's options]`.

Looks for a browser first and installs one where it can; says in capitals when browser tests cannot run.
Firefox and WebKit are used where they are installed; MLPKIT_INSTALL_BROWSERS=1 installs them where it can.
With --quick (`make quick`) only the tests that need no browser and little time, two seeds instead of twenty.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from mlpkit.cli.advice import install_advice
from mlpkit.cli.browser import (
    AS_ROOT,
    HOW_TO_GET,
    OTHER_BROWSERS,
    attempt,
    find_browser,
    install_browser,
    install_other_browsers,
)
from mlpkit.cli.errors import CommandError
from mlpkit.grading.sandboxes import faults

# Files in the order of collection: those of the browser, which take longest, come first. A file stays in one
# process, and so do the cells of a notebook.
PYTEST = ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
QUICK = ["-m", "not browser and not slow"]
QUICK_SEEDS = "2"
CHECKOUT = Path(__file__).resolve().parent.parent
NEEDED = (
    "pytest",
    "xdist",
    "hypothesis",
    "nbval",
    "playwright",
    "websocket",
    "mpmath",
    "yaml",
    "jupyterlab_deck",
    "latex2mathml",
    "mistune",
    "nbgrader",
)


def prepare_browser():
    """Name the browser in MLPKIT_BROWSER for all tests; False when there is none to be had."""
    browser = find_browser() or install_browser()
    if browser:
        os.environ["MLPKIT_BROWSER"] = str(browser)
        print(f"Browser tests use {browser}", flush=True)
    return browser is not None


def prepare_other_browsers():
    """Say which of the browsers that are not required are used, in a frame which are not here."""
    if os.environ.get("MLPKIT_INSTALL_BROWSERS") == "1":
        install_other_browsers()
    for browser in OTHER_BROWSERS.values():
        if program := browser.find():
            print(f"Browser tests use {program}, too", flush=True)
        else:
            absent = f"NO {browser.label.upper()}: ITS TESTS WILL NOT RUN."
            print(frame(f"{absent}\nTO GET IT: {browser.how_to_get}"), flush=True)


def prepare_sandboxes():
    """Say which sandboxes of the grader are tried; install bubblewrap where that can be done."""
    if sys.platform == "linux" and not shutil.which("bwrap") and AS_ROOT and shutil.which("apt-get"):
        print("Installing Debian's bubblewrap for the tests of the grader.", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        attempt(["apt-get", "update", "-qq"], quiet)
        attempt(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "bubblewrap"], quiet)
    for name, fault in faults().items():
        if fault:
            print(frame(f"NO SANDBOX {name.upper()}: ITS TESTS WILL NOT RUN.\n{fault[:200]}"), flush=True)
        else:
            print(f"Tests of the grader use {name}", flush=True)


def frame(text):
    """The text in a frame of stars, to be noticed."""
    lines = text.splitlines()
    width = max(map(len, lines))
    edge = "*" * (width + 4)
    return "\n".join([edge, *(f"* {line:{width}} *" for line in lines), edge])


def run(arguments):
    """Run pytest with these arguments -> its exit code."""
    command = [sys.executable, "-m", *PYTEST, *arguments]
    return subprocess.call(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL)


def main(arguments):
    """pytest's exit code; 1 without a browser where MLPKIT_REQUIRE_BROWSER=1; 2 when something is missing."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        names = ", ".join(missing)
        print(f"The tests need {names}; to install them: {install_advice('test')}", file=sys.stderr)
        return 2
    if "--quick" in arguments:
        os.environ.setdefault("MLPKIT_SEEDS", QUICK_SEEDS)
        return run([*QUICK, *(argument for argument in arguments if argument != "--quick")])
    try:
        has_browser = prepare_browser()
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return problem.code
    if not has_browser:
        print(frame(f"NO BROWSER: BROWSER TESTS WILL NOT RUN.\nTO GET ONE: {HOW_TO_GET}"), flush=True)
        if os.environ.get("MLPKIT_REQUIRE_BROWSER") == "1":
            return 1
    else:
        prepare_other_browsers()
    prepare_sandboxes()
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
