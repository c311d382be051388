"""What runs in the student's process: make the arguments, run the function, reduce what comes to plain data.

Nothing in this folder knows an expected value; it imports NumPy, the standard library and itself alone, so
that the batch grader can put it into a sandbox in which the rest of mlpkit does not exist.
"""
