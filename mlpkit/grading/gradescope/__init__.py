"""Gradescope: an autograder as a zip, and the `results.json` that it writes for each submission.

The layout and the fields are those of Gradescope's "Autograder Specifications".
"""

from mlpkit.grading.gradescope.archive import write_zip
from mlpkit.grading.gradescope.results import results_json

__all__ = ["results_json", "write_zip"]
