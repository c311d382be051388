"""The single checks behind `mlpkit doctor`: each gives a Row."""

import importlib.metadata
import importlib.util
import os
import platform
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mlpkit.cli.advice import install_advice
from mlpkit.cli.browser import HOW_TO_GET, OTHER_BROWSERS, browser_version, find_browser
from mlpkit.cli.checkout import START, find_checkout, jupyter_environment
from mlpkit.cli.errors import CommandError

PURPOSES = {
    "numpy": "all computing",
    "matplotlib": "pictures",
    "ipywidgets": "sliders and menus",
    "anywidget": "live pictures",
    "jupyterlab": "opens the lectures",
}


@dataclass
class Row:
    """One thing: name, what it is for, state (ok, missing, optional), what was found, how to get it."""

    name: str
    purpose: str
    state: str
    found: str
    how: str = ""


def lecture_rows(in_kernel=False):
    """What the lectures need: Python, packages, kernel, notebooks. Not the kernel when inside one."""
    rows = [python_row(), *package_rows("")]
    return [*rows, lectures_row()] if in_kernel else [*rows, kernel_row(), lectures_row()]


def other_rows():
    """What tests and grading need besides; none of it is needed for the lectures."""
    presenting = package_rows("present")
    seen = {row.name for row in presenting}
    tests = [row for row in package_rows("test") if row.name not in seen]
    return [*presenting, *tests, browser_row(), *other_browser_rows(), *sandbox_rows(), websocket_row()]


def python_row():
    """Python 3.11-3.13."""
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    how = "install Python 3.11, 3.12 or 3.13, then make lab PYTHON=python3.13 in the course's folder"
    return Row(
        "Python 3.11-3.13", "runs the course", "ok" if good else "missing", platform.python_version(), how
    )


def package_rows(extra):
    """A row for each package that mlpkit's own metadata asks for with this extra ("" for the run time)."""
    try:
        from packaging.requirements import Requirement

        wanted = [Requirement(text) for text in importlib.metadata.requires("mlpkit") or []]
    except ImportError as problem:  # PackageNotFoundError, of mlpkit itself, is one too
        return [Row("packages", "everything", "missing", str(problem), install_advice())]
    plain = [req for req in wanted if not extra and req.marker is None]
    chosen = [req for req in wanted if extra and req.marker and req.marker.evaluate({"extra": extra})]
    return [package_row(req, extra) for req in plain + chosen]


def package_row(requirement, extra):
    """The installed version of one package against the wanted range."""
    name = requirement.name
    purpose = PURPOSES.get(name, {"present": "presenting", "test": "tests"}.get(extra, "lectures"))
    label = f"{name} {requirement.specifier}"
    absent = "optional" if extra else "missing"
    how = install_advice(extra)
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Row(label, purpose, absent, "-", how)
    fits = requirement.specifier.contains(version, prereleases=True)
    return Row(label, purpose, "ok" if fits else absent, version, how)


@contextmanager
def variables(values):
    """These environment variables for a while."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def kernel_row():
    """Whether the `python3` kernel that `mlpkit lab` starts is this environment's Python."""
    name, purpose = "kernel python3", "runs the cells"
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        return Row(name, purpose, "missing", "-", install_advice())
    try:
        with variables(jupyter_environment()):
            spec = KernelSpecManager().get_kernel_spec("python3")
    except CommandError as problem:
        return Row(name, purpose, "missing", "-", str(problem))
    except NoSuchKernel:
        return Row(name, purpose, "missing", "-", install_advice())
    program = spec.argv[0]
    ours = program in {"python", "python3"} or Path(program).absolute() == Path(sys.executable).absolute()
    found = "this Python" if ours else program
    how = f"remove the foreign kernel in {spec.resource_dir}, then {install_advice()}"
    return Row(name, purpose, "ok" if ours else "missing", found, how)


def lectures_row():
    """The notebooks themselves."""
    name, purpose = "lectures", "the course"
    try:
        folder = find_checkout() / "lectures"
    except CommandError as problem:
        return Row(name, purpose, "missing", "-", str(problem))
    count = len(list(folder.glob("[0-9][0-9]_*.ipynb")))
    complete = (folder / f"{START}.ipynb").is_file()
    return Row(
        name, purpose, "ok" if complete else "missing", f"{count} notebooks", "git checkout -- lectures"
    )


def browser_row():
    """A browser of the Chromium family for the browser tests; the course itself runs in any browser."""
    try:
        program = find_browser()
    except CommandError as problem:
        return Row("Chromium", "browser tests", "optional", "-", str(problem))
    if program is None:
        return Row("Chromium", "browser tests", "optional", "-", HOW_TO_GET)
    return Row("Chromium", "browser tests", "ok", browser_version(program) or str(program))


def other_browser_rows():
    """A row for each other browser that the browser tests use where it is installed."""
    return [_other_browser_row(browser) for browser in OTHER_BROWSERS.values()]


def _other_browser_row(browser):
    program, purpose = browser.find(), "tests in every browser"
    if program is None:
        return Row(browser.label, purpose, "optional", "-", browser.how_to_get)
    return Row(browser.label, purpose, "ok", browser_version(program) or str(program))


def sandbox_rows():
    """A row for each sandbox that `mlpkit grade` can run submissions in; bubblewrap is tried."""
    from mlpkit.grading.sandboxes import faults

    found = faults()
    how = f"{install_advice('wasm')} (250 MB, on every system)"
    return [
        _sandbox_row("bubblewrap", "grading, quickly", found["bubblewrap"], "works", found["bubblewrap"]),
        _sandbox_row("WebAssembly", "grading, anywhere", found["wasm"], "installed", how),
    ]


def _sandbox_row(name, purpose, fault, found, how):
    return Row(f"sandbox {name}", purpose, *(("optional", "-") if fault else ("ok", found)), how)


def websocket_row():
    """Whether Jupyter's kernel websocket sends at once (TCP_NODELAY), read from its source."""
    name, purpose = "websocket delay", "smooth dragging"
    spec = importlib.util.find_spec("jupyter_server")
    if spec is None or spec.origin is None:
        return Row(name, purpose, "optional", "no jupyter_server", install_advice())
    folder = Path(spec.origin).parent
    sources = [
        *folder.glob("services/kernels/**/*.py"),
        folder / "base/zmqhandlers.py",
        folder / "base/websocket.py",
    ]
    texts = [path.read_text(encoding="utf-8") for path in sources if path.is_file()]
    if any("set_nodelay(True)" in text or "TCP_NODELAY" in text for text in texts):
        return Row(name, purpose, "ok", "none")
    how = "nothing to do: `mlpkit lab` sends at once; elsewhere drags that need the kernel are slower"
    return Row(name, purpose, "optional", "about 40 ms", how)
