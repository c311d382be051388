"""Grade a class: submissions of strangers in, fair points and pages that explain them out.

`submissions/` reads what was handed in, `sandboxes/` run it where it can harm nothing, the judge outside
compares plain data, and the rest writes tables and pages. How it works and what it protects: docs/grading.md.

Imports: numpy, exercises, questions.
"""
