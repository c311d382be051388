"""Auto-graded exercises: `check(function)` says what is wrong, and why.

How to write a set: README.md in this folder. `sandboxed/` runs in the student's process and knows no answers;
the rest compares plain data.

The questions are content: the registry finds them by their names, and no file here imports them.

Imports: maths.
"""

from mlpkit.exercises.checking import check
from mlpkit.exercises.history import progress
from mlpkit.exercises.result import CheckResult
from mlpkit.exercises.seeds import seed_for

__all__ = ["CheckResult", "check", "progress", "seed_for"]
