"""The half of the grader that runs inside a sandbox, beside the student's code. It knows no answer.

A sandbox holds this folder and `exercises/sandboxed`, and nothing else of mlpkit. It imports NumPy, the
standard library and those two.

Imports: exercises.sandboxed.
"""
