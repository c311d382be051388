"""A checkout in miniature for tests of tools/: the real bootstrap, a package that needs no network."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
BIN = "Scripts" if os.name == "nt" else "bin"
PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["tools"]
"""
# The smallest possible build backend: the "course" is one module whose command prints its arguments.
BACKEND = '''\
import zipfile

METADATA = """Metadata-Version: 2.1
Name: mlpkit
Version: 0.0.1
Provides-Extra: test
Provides-Extra: peers
Provides-Extra: bench
Requires-Dist: {needs}
"""


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "mlpkit-0.0.1-py3-none-any.whl"
    info = "mlpkit-0.0.1.dist-info"
    with zipfile.ZipFile(wheel_directory + "/" + name, "w") as wheel:
        wheel.writestr("little.py", "import sys\\ndef main(): print('course', sys.argv[1:])\\n")
        wheel.writestr(info + "/METADATA", METADATA)
        wheel.writestr(info + "/WHEEL", "{wheel}")
        wheel.writestr(info + "/entry_points.txt", "[console_scripts]\\nmlpkit = little:main\\n")
        wheel.writestr(info + "/RECORD", "")
    return name
'''


WHEEL = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make_course(folder, needs='extra-thing; extra == "test"'):
    """A checkout with the real tools/, an empty lock, and a folder `wheels` with the package extra-thing."""
    folder.mkdir(parents=True)
    shutil.copytree(CHECKOUT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tools" / "backend.py").write_text(
        BACKEND.replace("{needs}", needs).replace("{wheel}", WHEEL.replace("\n", r"\n")), encoding="utf-8"
    )
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    make_wheel(folder / "wheels", "extra_thing")
    return folder


def make_wheel(folder, name, version="1.0"):
    """A wheel with one package that holds nothing."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "# the extra thing\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", WHEEL)
        wheel.writestr(f"{info}/RECORD", "")


def bootstrap(course, *arguments, python=None, **variables):
    """Run its tools/bootstrap.py with an empty home and no way to a package index -> the finished process.

    Packages come from the folder `wheels` unless a variable says otherwise; None takes a variable away.
    """
    home = course.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "XDG_"))}
    environment |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PIP_CONFIG_FILE": os.devnull,
        "PATH": os.defpath
        if os.name == "posix"
        else os.environ["PATH"],  # pip would ask a rustc about itself
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(course / "wheels"),
    }
    environment = {key: value for key, value in (environment | variables).items() if value is not None}
    command = [python or sys.executable, str(course / "tools" / "bootstrap.py"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=course.parent, timeout=300
    )


def packages(folder):
    """The names of what is installed in its environment."""
    return {path.name for path in (folder / ".venv").rglob("*.dist-info")}


def inode(folder):
    """Changes when `.venv` is made anew."""
    return (folder / ".venv" / "made-by-bootstrap").stat().st_ino, (
        folder / ".venv" / "pyvenv.cfg"
    ).stat().st_mtime_ns
