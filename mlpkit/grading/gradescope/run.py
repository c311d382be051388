"""What `run_autograder` starts: one submission to `results.json`, in a folder laid out like Gradescope's."""

import json
import time
from pathlib import Path

from mlpkit.grading.errors import is_fault
from mlpkit.grading.gradescope.archive import KEY, SETTINGS
from mlpkit.grading.gradescope.results import results_json
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.records import NOT_GRADED, Graded, Notebook, Submission
from mlpkit.grading.results.files import Folder
from mlpkit.grading.sandboxes import SAFE, faults
from mlpkit.grading.seeds import PUBLIC, class_seeds
from mlpkit.grading.submissions import Found, load
from mlpkit.grading.submissions.reading import chosen
from mlpkit.grading.submissions.tree import folder, real

RESULTS = "results.json"
AGAIN = (
    "no results.json is written, so that nobody gets a 0 for it: run the autograder again for this submission"
)


def main(autograder: str) -> int:
    """Grade `submission/` as `source/` says, write `results/results.json`; 1 after a fault of ours.

    After a fault Gradescope gets no results and tells student and instructor that the autograder has failed.
    What is printed is for the instructor.
    """
    start, root = time.monotonic(), Path(autograder)
    with Folder(root / "results") as results:
        results.remove(RESULTS)
        settings = settings_of(root / "source")
        submission = handed_in(root / "submission")
        record, sandbox = graded(submission, settings)
        if problem := fault_of(record, submission):
            print(f"{problem}\n{AGAIN}")
            return 1
        found = results_json(record, settings["questions"], time.monotonic() - start)
        results.write({RESULTS: json.dumps(found, indent=1).encode() + b"\n"})
    print(f"{found['score']:g} points; sandbox {sandbox}; {found['execution_time']} s")
    return 0


def settings_of(source: Path) -> dict:
    """Questions and seeds from `settings.json` and the class key beside it."""
    found = json.loads((source / SETTINGS).read_text(encoding="utf-8"))
    seeds = (PUBLIC,)
    if (source / KEY).exists():
        seeds = class_seeds((source / KEY).read_text(encoding="utf-8"), found["seeds"])
    return {"questions": tuple(found["questions"]), "seeds": seeds}


def handed_in(place: Path) -> Submission:
    """All that lies in the folder as one student's submission."""
    others: list[str] = []
    try:
        files = chosen(folder(real(place)), others)
    except ValueError:  # more files than any course has
        return Submission("student", layout="gradescope", problem="far too many files were handed in")
    return load(Found("student", "gradescope", tuple(files), others=tuple(others[:50]), student="student"))


def graded(submission: Submission, settings: dict) -> tuple[Graded, str]:
    """The result, and the sandbox that it comes from: the first one here that has no fault."""
    found = faults()
    reasons = []
    for name in SAFE:
        if found[name]:
            reasons.append(f"{name}: {found[name]}")
            continue
        with Judge(Settings(**settings, sandbox=name)) as judge:
            record = judge.grade(submission)
        if not (problem := fault_of(record, submission)):
            return record, name
        reasons.append(f"{name}: {problem}")
    return Graded(submission.student, status=NOT_GRADED, reason="\n".join(reasons)), ""


def fault_of(record: Graded, submission: Submission) -> str:
    """What the machine or mlpkit itself did wrong, or ""."""
    if is_fault(record, submission):
        return record.reason
    unchecked = [answer.question for answer in record.answers if answer.status == "not checked"]
    return f"not checked: {', '.join(unchecked)}" if unchecked else ""


def check_sandbox() -> int:
    """Called by `setup.sh`: prepares a sandbox and says which one it is; 1 where none works."""
    answer = Notebook("try.py", ("def pre_activation(X, w, b):\n    return X",))
    submission = Submission("student", (answer,))
    record, sandbox = graded(submission, {"questions": ("pre_activation",)})
    problem = fault_of(record, submission)
    print(f"no sandbox works:\n{problem}" if problem else f"sandbox {sandbox} works")
    return bool(problem)
