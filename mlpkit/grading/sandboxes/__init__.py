"""Where a submission's code runs: bubblewrap (Linux, fast) or WebAssembly (any machine), one interface.

A sandbox is opened once and runs many jobs, each in surroundings of its own. `run(job) -> Reply` always comes
back: with the bytes that the submission sent and how it ended. `SandboxError` is a fault of the machine,
never of the submission.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mlpkit.grading.guest.job import Job


class SandboxError(Exception):
    """The sandbox does not work here, or has failed; the text says what to do."""


@dataclass(frozen=True)
class Reply:
    """What came out of a sandbox.

    `sent`: the bytes of the reply, cut at the limit. `end`: "exited", "time", "memory", "signal" (killed or
    crashed) or "flood" (more output than the limit); `code` of the process where it ended by itself.
    """

    sent: bytes
    end: str
    code: int = 0


class Sandbox(Protocol):
    """One sandbox: opened by `open_sandbox`, closed by `close`."""

    name: str

    def run(self, job: Job) -> Reply:
        """Run one submission. SandboxError: the machine's fault, try again in a new sandbox."""
        ...

    def close(self) -> None:
        """End all processes and remove all files of the sandbox."""
        ...


def _bubblewrap() -> Sandbox:
    from mlpkit.grading.sandboxes.bubblewrap import Bubblewrap

    return Bubblewrap()


def _wasm() -> Sandbox:
    from mlpkit.grading.sandboxes.wasm import WebAssembly

    return WebAssembly()


def _unsafe() -> Sandbox:
    from mlpkit.grading.sandboxes.unsafe import Unsafe

    return Unsafe()


BACK_ENDS: dict[str, Callable[[], Sandbox]] = {"bubblewrap": _bubblewrap, "wasm": _wasm, "none": _unsafe}
SAFE = ("bubblewrap", "wasm")
RISK = (
    "without a sandbox every submission can read and change your files, use your network, and see the answers"
)


def open_sandbox(name: str) -> Sandbox:
    """The sandbox of that name; SandboxError where it does not work here."""
    return BACK_ENDS[name]()


def faults() -> dict[str, str]:
    """For each safe back end why it does not work on this machine, "" where it does."""
    from mlpkit.grading.sandboxes import bubblewrap, wasm

    return {"bubblewrap": bubblewrap.fault(), "wasm": wasm.fault()}


def choose() -> str:
    """The first back end that works here; SandboxError with the way to get one."""
    found = faults()
    for name in SAFE:
        if not found[name]:
            return name
    reasons = "\n".join(f"  {name}: {found[name]}" for name in SAFE)
    raise SandboxError(
        f"no sandbox works on this machine:\n{reasons}\n--unsafe-no-sandbox goes on all the same; but {RISK}."
    )
