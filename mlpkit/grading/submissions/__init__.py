"""What students handed in, read from folders and zips as learning platforms give them.

`read` is the whole; `find` lists students and their files without opening notebooks, `load` reads one of
them.

Imports: the standard library.
"""

from mlpkit.grading.submissions.finding import find, read
from mlpkit.grading.submissions.found import Found
from mlpkit.grading.submissions.layouts import RULES
from mlpkit.grading.submissions.reading import load

__all__ = ["RULES", "Found", "find", "load", "read"]
