"""The command that installs what is missing, as it can be typed into the terminal of this reader."""

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# extra of pyproject.toml -> the target of make that installs it, and the same without make
TARGETS = {
    "": ("make lab", "install"),
    "test": ("make test", "test"),
    "present": ("make present L=00", "present 00"),
}


def pip_command(extra=""):
    """`PYTHON -m pip install -e CHECKOUT[extra]` with the Python that runs this -> text.

    Paths are relative where the reader is in the checkout. The form holds for POSIX shells, cmd and
    PowerShell.

    >>> pip_command("instructor").endswith('[instructor]"')
    True
    """
    target = f"{'.' if Path.cwd() == CHECKOUT else CHECKOUT}{f'[{extra}]' if extra else ''}"
    return f"{python_command()} -m pip install -e {quoted(target)}"


def python_command():
    """This Python as a word for the shell, relative where it is below the folder that the reader is in."""
    python, here = Path(sys.executable), Path.cwd()
    return quoted(str(python.relative_to(here) if python.is_relative_to(here) else python))


def quoted(word):
    """The word in double quotes where a shell would take it apart."""
    if all(letter.isalnum() or letter in "/\\.:_-+~" for letter in word):
        return word
    return f'"{word}"'


def install_advice(extra=""):
    """How to get the packages of an extra, "" for those of the lectures -> text."""
    pip = pip_command(extra)
    if extra not in TARGETS:
        return pip
    make, arguments = TARGETS[extra]
    bootstrap = f"{'py' if os.name == 'nt' else 'python3'} {Path('tools') / 'bootstrap.py'} {arguments}"
    return f"{bootstrap if os.name == 'nt' else make} in the course's folder, or {pip}"
