"""Linux: one warm server in bubblewrap, each submission a fork in namespaces of its own (`guest/server.py`).

Inside there is no network, no file of the host's but Python's own, and nothing writable but a small folder
in memory. As root the server becomes a user that owns nothing.
"""

import contextlib
import json
import os
import pickle
import platform
import select
import shutil
import socket
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

from mlpkit.grading.guest.job import MIB, Job
from mlpkit.grading.guest.server import END, JOB, SCRATCH
from mlpkit.grading.sandboxes import Reply, SandboxError
from mlpkit.grading.sandboxes.files import PACKAGE, guest_folder, site_folders

LIBRARIES = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
START = 60.0  # seconds that the server may take to start, on a busy machine
GRACE = 10.0  # seconds beyond a job's own limit until the server itself counts as broken
INSIDE = "/guest"
UNUSED = 2_000_000  # user ids from here on, which nobody has; one per process of the grader
NAMESPACES = ["--unshare-net", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"]


class Bubblewrap:
    """The server and the connection to it. It is started anew after a fault."""

    name = "bubblewrap"

    def __init__(self):
        if problem := fault():
            raise SandboxError(problem)
        self._folder = guest_folder()
        self._process: Any = None
        self._connection: Any = None
        self._buffer = b""

    def run(self, job: Job) -> Reply:
        """Run one submission in its own namespaces."""
        if self._process is None:
            self._start()
        try:
            return self._run(job)
        except (OSError, ValueError, EOFError) as error:
            self._stop()
            raise SandboxError(f"the sandbox has failed: {error}") from error
        except BaseException:
            self._stop()
            raise

    def _run(self, job):
        readable, writable = os.pipe()
        try:
            packed = pickle.dumps(job)
            socket.send_fds(self._connection, [JOB], [writable])
            os.close(writable)
            writable = None
            self._connection.sendall(struct.pack("<q", len(packed)) + packed)
            end = time.monotonic() + job.wall + GRACE
            sent, whole = _read(readable, job.limits, end, self._connection)
        finally:
            os.close(readable)
            if writable is not None:
                os.close(writable)
        said = self._line(end)
        if said["end"] == "sandbox":
            raise ValueError(said.get("what") or "the namespaces of a submission could not be made")
        return Reply(sent, "flood" if not whole else said["end"], int(said["code"]))

    def _start(self):
        ours, theirs = socket.socketpair()
        arguments = [*command(self._folder), str(theirs.fileno()), str(_user()), INSIDE]
        arguments += [str(inside) for _, inside in packages()]
        try:
            self._process = subprocess.Popen(
                arguments,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        finally:
            theirs.close()
        self._connection, self._buffer = ours, b""
        try:
            self._line(time.monotonic() + START)
        except (OSError, ValueError, EOFError) as error:
            said = self._stop()
            raise SandboxError(f"the sandbox does not start: {said or error}") from error

    def _line(self, end):
        """The next line that the server says."""
        while b"\n" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._connection], [], [], left)[0]:
                raise OSError("it does not answer any more")
            data = self._connection.recv(65536)
            if not data:
                raise EOFError("its process has ended")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)

    def _stop(self):
        """End the server and all that it has started -> the last that it said."""
        process, self._process = self._process, None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if process is None:
            return ""
        process.kill()
        _, said = process.communicate()
        return said.decode("utf-8", "replace").strip()[-500:]

    def close(self) -> None:
        """End the server, remove its files."""
        self._stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _read(readable, limits, end, server):
    """All that is sent until the sender closes it -> bytes, whether that was all.

    A submission that says nothing for too long is stuck: the server is asked to end it.
    """
    parts, size, asked = [], 0, False
    while True:
        wait = min(limits.silence, end - time.monotonic())
        if wait <= 0:
            raise OSError("a submission was not ended in time")
        if not select.select([readable], [], [], wait)[0]:
            if not asked:
                server.sendall(END)
            asked = True
            continue
        data = os.read(readable, MIB)
        if not data:
            return b"".join(parts), True
        parts.append(data[: limits.reply - size])
        size += len(data)
        if size > limits.reply:
            server.sendall(END)
            return b"".join(parts), False


def _user():
    """The user that the server becomes where this process is root; else 0, nobody else."""
    return UNUSED + os.getpid() % 1_000_000 if os.geteuid() == 0 and _as_root() else 0


@cache
def _as_root():
    """Whether root has its usual rights here; in many containers it has not."""
    if os.geteuid():
        return False
    with contextlib.suppress(OSError, ValueError):
        text = Path("/proc/self/status").read_text(encoding="ascii")
        rights = int(text.partition("CapEff:")[2].split()[0], 16)
        return bool(rights >> 21 & 1 and rights >> 6 & 1 and rights >> 7 & 1)  # SYS_ADMIN, SETGID, SETUID
    return False


def command(folder) -> list[str]:
    """bubblewrap and Python in it, up to the server's own arguments; `folder`: the guest's files."""
    python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    bound = _bound(python)
    arguments = [
        *_with_memory_limit(),
        shutil.which("bwrap") or "bwrap",
        "--die-with-parent",
        "--new-session",
    ]
    arguments += (
        NAMESPACES if _as_root() else [*NAMESPACES, "--unshare-user", "--uid", "65534", "--gid", "65534"]
    )
    arguments += ["--clearenv"]
    for name, value in ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    places = [*bound, *(inside for _, inside in packages())]
    above = sorted({folder for place in places for folder in place.parents if folder != Path("/")})
    for folder_above in above:  # bubblewrap would make them for their owner only
        arguments += ["--dir", str(folder_above)]
    for place in bound:
        link = place.is_symlink()
        arguments += (
            ["--symlink", os.readlink(place), str(place)] if link else ["--ro-bind", *[str(place)] * 2]
        )
    for folder_outside, inside in packages():
        if folder_outside != inside:
            arguments += ["--ro-bind", str(folder_outside), str(inside)]
    for hidden in _hidden(bound):
        arguments += ["--tmpfs", str(hidden)]
    arguments += [
        "--dev",
        "/dev",
        "--remount-ro",
        "/dev",
        "--tmpfs",
        SCRATCH,
        "--dir",
        f"{SCRATCH}/matplotlib",
    ]
    if not any(Path("/tmp") in place.parents for place in bound):  # there a checkout and its Python may be
        arguments += ["--symlink", SCRATCH, "/tmp"]
    for fonts in _font_lists():
        arguments += ["--ro-bind", str(fonts), f"{SCRATCH}/matplotlib/{fonts.name}"]
    arguments += ["--ro-bind", str(folder), INSIDE, "--chdir", SCRATCH]
    arguments += ["--dir", "/proc"] if _as_root() else ["--proc", "/proc"]
    arguments += ["--remount-ro", "/", "--", str(python), "-I", "-S", "-B"]
    return [*arguments, f"{INSIDE}/mlpkit/grading/guest/server.py"]


ENVIRONMENT = {
    "HOME": SCRATCH,
    "TMPDIR": SCRATCH,
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": f"{SCRATCH}/matplotlib",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PATH": "/nowhere",
} | {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}


def _bound(python):
    """What of this machine a sandbox sees under its own name: the C library and Python."""
    base = Path(sys.base_prefix).resolve()
    places = [Path(name) for name in LIBRARIES]
    places += [base / "lib", base / "lib64", python, Path("/etc/ld.so.cache")]
    found: list[Path] = []
    for place in places:
        if place.exists() and not any(place == one or one in place.parents for one in found):
            found.append(place)
    return found


def packages() -> list[tuple[Path, Path]]:
    """Python's packages: their folders here, and where a sandbox sees them.

    Those of a virtual environment are elsewhere there, so that it may lie anywhere: also in /tmp.
    """
    base = Path(sys.base_prefix).resolve()
    libraries = [*map(Path, LIBRARIES), base / "lib", base / "lib64"]
    return [
        (folder, folder if _within(folder, libraries) else Path(f"/packages/{i}") / folder.name)
        for i, folder in enumerate(site_folders())
    ]


def _within(place, folders):
    return any(folder in place.parents for folder in folders)


def _hidden(bound):
    """Folders with answers, as a sandbox sees them: mlpkit wherever it is installed, and its checkout."""
    checkout = PACKAGE.parent
    answers = [checkout] if (checkout / "pyproject.toml").is_file() else [PACKAGE]
    for place in bound:  # also of other Pythons that can be seen
        for above in ("", "*-packages/", "python3*/*-packages/"):
            answers += sorted(place.glob(f"{above}mlpkit"))
    seen = [one for one in bound if not one.is_symlink()]
    hidden = [place for place in answers if place.is_dir() and _within(place, seen)]
    hidden += [inside / "mlpkit" for folder, inside in packages() if (folder / "mlpkit").is_dir()]
    return list(dict.fromkeys(hidden))


def _font_lists():
    """Matplotlib's list of fonts, which takes a second to make."""
    folder = os.environ.get("MPLCONFIGDIR") or Path.home() / ".cache" / "matplotlib"
    with contextlib.suppress(OSError):
        return sorted(Path(folder).glob("fontlist-*.json"))[:4]
    return []


@cache
def _with_memory_limit():
    """systemd-run with a limit for the server and all below it, where systemd runs for this user."""
    program = shutil.which("systemd-run")
    if not program:
        return ()
    scope = [program, "--scope", "--quiet", "--collect", "-p", "MemoryMax=3G", "-p", "TasksMax=256"]
    if os.geteuid():
        scope.insert(1, "--user")
    try:
        works = subprocess.run([*scope, "true"], capture_output=True, timeout=5).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        works = False
    return tuple(scope) if works else ()


@cache
def fault() -> str:
    """Why bubblewrap does not work on this machine and how to get it, or ""."""
    if platform.system() != "Linux":
        return "bubblewrap is there for Linux only"
    if not shutil.which("bwrap"):
        return "bubblewrap is not installed: install the package bubblewrap of your Linux (apt, dnf, pacman)"
    arguments = [shutil.which("bwrap") or "bwrap", "--unshare-net", "--ro-bind", "/", "/"]
    if not _as_root():
        arguments += ["--unshare-user"]
    unshare = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000 | 0x20000000) != 0)"
    try:
        done = subprocess.run(
            [*arguments, sys.executable, "-I", "-S", "-c", unshare],
            capture_output=True,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap cannot be started: {error}"
    if done.returncode == 0:
        return ""
    return (
        "bubblewrap cannot make user namespaces here"
        f"{': ' + done.stderr.strip()[:200] if done.stderr.strip() else ''}. An administrator can allow "
        "them: sysctl kernel.unprivileged_userns_clone=1 (Debian), "
        "sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04 and later), "
        "user.max_user_namespaces above 0; in a container start it with --security-opt seccomp=unconfined"
    )
