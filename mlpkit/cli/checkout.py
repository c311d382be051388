"""Where the course is on this machine: the checkout, its lectures, and the folder that Jupyter writes to."""

import difflib
import os
import re
import sys
from pathlib import Path

from mlpkit.cli.errors import CommandError

START = "00_start_here"


def find_checkout():
    """The folder that this mlpkit was installed from with `pip install -e`; CommandError without one."""
    folder = Path(__file__).resolve().parents[2]
    if (folder / "pyproject.toml").is_file() and (folder / "lectures").is_dir():
        return folder
    raise CommandError(
        "this mlpkit was installed without the lectures; clone the course's repository "
        "and run `make lab` in it (without make: python3 tools/bootstrap.py lab)"
    )


def find_lecture(name=None, checkout=None):
    """The path of a notebook inside the checkout, from a number, a name, a piece of a name or a path.

    CommandError, which lists the lectures, where there is none or more than one.

    >>> find_lecture("00").name == find_lecture("0").name == find_lecture("start").name
    True
    """
    checkout = checkout or find_checkout()
    name = (name or START).strip()
    places = [Path(os.path.expanduser(name)), checkout / name, checkout / "lectures" / name]
    for path in places:
        if os.path.isfile(path):  # unlike Path.is_file, False for a name that no file can have
            return check_notebook(path.resolve(), checkout)
    lectures = sorted((checkout / "lectures").glob("*.ipynb"))
    found = matching(name, lectures)
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(
            f"{name!r} fits {', '.join(path.stem for path in found)}; take the name of one", code=2
        )
    stems = [path.stem for path in lectures]
    near = nearest_lecture(name, stems)
    raise CommandError(
        f"there is no notebook {name!r}{f'; did you mean {near}?' if near else ''}; "
        f"the lectures are: {', '.join(stems) or 'none'}",
        code=2,
    )


def check_notebook(path, checkout):
    """The path itself; CommandError for a file that is no notebook or is outside of the checkout."""
    if path.suffix != ".ipynb":
        raise CommandError(f"{path} is not a notebook: name a file that ends in .ipynb", code=2)
    if not path.is_relative_to(checkout):
        raise CommandError(f"{path} is outside the course's folder {checkout}; copy it there first", code=2)
    return path


def plain_name(name):
    """Without folder and ending, spelled like the files: `Advantages of depth` -> `advantages_of_depth`."""
    return re.sub(r"[\s_-]+", "_", re.sub(r"\.ipynb$", "", Path(name).name.lower())).strip("_")


def matching(name, lectures):
    """The lectures that a number (7, 07, lecture 7) or a piece of a name (universal) may mean."""
    if Path(name).parent.name not in ("", "lectures"):
        return []  # a path that leads elsewhere names no lecture
    asked = plain_name(name)
    if number := re.fullmatch(r"(?:lecture_?|l)?(\d{1,4})", asked):
        return without_copies([path for path in lectures if path.stem.startswith(f"{int(number[1]):02}_")])
    exact = [path for path in lectures if asked == path.stem]
    return exact or without_copies([path for path in lectures if asked and asked in path.stem])


def without_copies(found):
    """Only the first of these where the names of all others begin with its own, as 07_…-Copy1 does."""
    if not found:
        return found
    original = min(found, key=lambda path: len(path.stem))
    return [original] if all(path.stem.startswith(original.stem) for path in found) else found


def nearest_lecture(name, stems):
    """The lecture whose name resembles what was asked for most, or None."""
    asked = re.sub(r"^\d+_", "", plain_name(name))
    parts = {part: stem for stem in stems for part in (stem[3:], *stem[3:].split("_"))}
    close = difflib.get_close_matches(asked, parts, n=1, cutoff=0.6)
    return parts[close[0]] if close else None


def jupyter_environment(folder=None):
    """The variables that keep all that Jupyter, IPython and matplotlib write in one folder -> dict.

    `folder` is `.jupyter` in the checkout by default. With them nothing is registered outside, the user's
    own JupyterLab is left alone, and `python3` is the kernel of this environment: kernels elsewhere
    (JUPYTER_PATH, the home folder) are not looked at, or only after it.
    """
    folder = Path(folder) if folder else find_checkout() / ".jupyter"
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
        "XDG_CACHE_HOME": "cache",  # where the kernel's code completion keeps what it parsed
    }
    others = {"JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_PATH": "", "JUPYTER_CONFIG_PATH": ""}
    return {name: str(folder / part) for name, part in folders.items()} | others


def merged_environment(folder=None):
    """This process's variables with those of `jupyter_environment` laid over them -> dict.

    This environment's programs come first on PATH, so that a terminal in JupyterLab has them (see also
    `terminal_shell` in `mlpkit.cli.lab`).
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return dict(os.environ) | jupyter_environment(folder) | {"PATH": path}
