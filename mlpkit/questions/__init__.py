"""One folder per set, one file per question. How to write one: mlpkit/exercises/README.md.

Imports: exercises, maths.
"""
