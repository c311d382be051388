"""The folder that a sandbox sees as its `mlpkit`: the guest's half, and no answer."""

import os
import shutil
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import mlpkit

PACKAGE = Path(mlpkit.__file__).resolve().parent
PREFIX = "mlpkit-guest-"
OLD = 24 * 3600.0  # seconds
PARTS = ("exercises/sandboxed", "grading/guest")


def guest_folder() -> Path:
    """A new temporary folder with the guest's half of mlpkit, readable by everybody; remove it when done."""
    _remove_left_over()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    for part in PARTS:
        target = folder / "mlpkit" / part
        target.mkdir(parents=True)
        for source in sorted((PACKAGE / part).glob("*.py")):
            shutil.copyfile(source, target / source.name)
    for part in ("", "exercises", "grading"):
        (folder / "mlpkit" / part / "__init__.py").write_text("", encoding="utf-8")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _remove_left_over():
    """Remove the folders of processes that were killed before they could."""
    with suppress(OSError):
        for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
            pid = place.name.removeprefix(PREFIX).partition("-")[0]
            if pid.isdigit() and _is_over(int(pid), place):
                shutil.rmtree(place, ignore_errors=True)


def _is_over(pid, place):
    if sys.platform == "win32":  # there a signal would end the process that is asked about
        return time.time() - place.stat().st_mtime > OLD
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def site_folders() -> list[Path]:
    """Where this Python's packages are, without mlpkit's own checkout."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *sys.path]
    named = [Path(p) for p in paths if Path(p).name in ("site-packages", "dist-packages")]
    return list(dict.fromkeys(p for p in named if p.is_dir()))
