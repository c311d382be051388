"""Grades into Canvas and Moodle: an export of the learning platform is filled in.

`write` recognises the export by its columns and finds each submission's row by ids, then by names. What has
no partner, on either side, is listed in the `Report`; no row of the export is dropped and none is guessed.

Imports: grading.results, grading.submissions.
"""

from mlpkit.grading.rosters.report import Report, RosterError
from mlpkit.grading.rosters.writing import COLUMNS, FORMATS, check, write

__all__ = ["COLUMNS", "FORMATS", "Report", "RosterError", "check", "write"]
