"""The folder that a sandbox sees as its `mlpkit`: the guest's half, and no answer."""

import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

import mlpkit

PACKAGE = Path(mlpkit.__file__).resolve().parent
PARTS = ("exercises/sandboxed", "grading/guest")


def guest_folder() -> Path:
    """A new temporary folder with the guest's half of mlpkit, readable by everybody; remove it when done."""
    folder = Path(tempfile.mkdtemp(prefix="mlpkit-guest-"))
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


def site_folders() -> list[Path]:
    """Where this Python's packages are, without mlpkit's own checkout."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *sys.path]
    named = [Path(p) for p in paths if Path(p).name in ("site-packages", "dist-packages")]
    return list(dict.fromkeys(p for p in named if p.is_dir()))
