"""What runs in the student's process: make the arguments, run the function, reduce the result to plain data.

Nothing in this folder knows an expected value, so that the batch grader can put it into a sandbox in which
the rest of mlpkit does not exist.

Imports: numpy and the standard library alone.
"""
