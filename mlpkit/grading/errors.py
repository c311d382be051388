"""What goes wrong around a submission: another system is not as it should be, or the machine has a fault."""

from mlpkit.grading.records import GRADED, Graded, Submission


class OtherSystemError(Exception):
    """A cluster, a course or a platform is not as it should be; the text says what to do.

    `extra`: the extra of mlpkit that has to be installed for it, or "".
    """

    def __init__(self, text: str, extra: str = ""):
        super().__init__(text)
        self.extra = extra


def is_fault(record: Graded, submission: Submission) -> bool:
    """Whether the machine, and not the submission, is the reason that this was not graded."""
    readable = any(not notebook.problem for notebook in submission.notebooks)
    return record.status != GRADED and readable and not submission.problem
