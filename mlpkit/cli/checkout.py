"""Where the course is on this machine: the checkout, its lectures, and the folder that Jupyter writes to."""

import difflib
import os
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
        "and run `make lab` (or `mlpkit lab` after `pip install -e .`) in it"
    )


def find_lecture(name=None, checkout=None):
    """The path of a notebook inside the checkout, from a number (`07`), a name or a path.

    >>> find_lecture("00").name
    '00_start_here.ipynb'
    """
    checkout = checkout or find_checkout()
    name = name or START
    lectures = sorted((checkout / "lectures").glob("*.ipynb"))
    given = [Path(name), checkout / name, checkout / "lectures" / name]
    found = [path.resolve() for path in given if path.is_file()]
    found += [path for path in lectures if path.stem == name or path.stem.startswith(f"{name}_")]
    if not found:
        stems = [path.stem for path in lectures]
        near = nearest_lecture(name, stems)
        raise CommandError(
            f"there is no notebook {name!r}{f'; did you mean {near}?' if near else ''}; "
            f"the lectures are: {', '.join(stems) or 'none'}",
            code=2,
        )
    if not found[0].is_relative_to(checkout):
        raise CommandError(
            f"{found[0]} is outside the course's folder {checkout}; copy it there first", code=2
        )
    return found[0]


def nearest_lecture(name, stems):
    """The lecture whose name or number resembles what was asked for most, or None."""
    asked = Path(name).stem.lower().replace(" ", "_").replace("-", "_")
    padded = asked.zfill(2)
    for stem in stems:
        if stem.startswith(f"{padded}_") or (len(asked) > 3 and asked in stem):
            return stem
    words = {part: stem for stem in stems for part in (stem, stem[3:])}
    close = difflib.get_close_matches(asked, words, n=1, cutoff=0.5)
    return words[close[0]] if close else None


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

    This environment's programs come first on PATH, so that a terminal in JupyterLab has them.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return dict(os.environ) | jupyter_environment(folder) | {"PATH": path}
