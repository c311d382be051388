"""What a sandbox is asked to do, as plain data from the grader."""

from dataclasses import dataclass, field

from mlpkit.exercises.sandboxed.run import SECONDS, Call

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds, `memory` and `files` in MiB.

    `cell`: one cell; `cells`: all cells together; `question`: one question on one set of numbers, as in
    `check`. `reply`: bytes that may come out of the sandbox. `patience`: how much longer than a cell or a
    question may take it is waited for a line of the reply.
    """

    cell: float = 10.0
    cells: float = 30.0
    question: float = SECONDS
    memory: int = 768
    files: int = 64
    processes: int = 16
    reply: int = 8 * MIB
    patience: float = 3.0

    @property
    def silence(self) -> float:
        """Seconds without a line of the reply after which a submission is stuck in compiled code."""
        return max(self.cell, self.question) + self.patience


@dataclass(frozen=True)
class Job:
    """Code cells in their order, and for each question the calls for each set of numbers.

    `token` begins every line of the reply, so that what a submission writes there is not taken for one.
    `skip`: numbers of cells that ended the sandbox before and are left out now.
    """

    token: str
    cells: tuple[str, ...]
    calls: dict[str, tuple[tuple[Call, ...], ...]]
    limits: Limits = field(default_factory=Limits)
    skip: tuple[int, ...] = ()

    @property
    def wall(self) -> float:
        """Seconds after which this job is ended from outside, whatever it does."""
        sets_of_numbers = sum(len(numbers) for numbers in self.calls.values())
        return self.limits.cells + self.limits.question * sets_of_numbers + 5.0
