"""The results of a run on disk: `grades.csv`, `results.jsonl`, the instructor's `overrides.csv`, `--diff`."""

from mlpkit.grading.results.differences import Differences, differences
from mlpkit.grading.results.files import Folder, ResultsError
from mlpkit.grading.results.lines import RESULTS, read
from mlpkit.grading.results.overrides import OVERRIDES, apply, read_overrides
from mlpkit.grading.results.tables import GRADES, final, state, write

__all__ = [
    "GRADES",
    "OVERRIDES",
    "RESULTS",
    "Differences",
    "Folder",
    "ResultsError",
    "apply",
    "differences",
    "final",
    "read",
    "read_overrides",
    "state",
    "write",
]
