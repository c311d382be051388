"""The command `mlpkit`: open the course, check this machine, run the lectures.

Imports: nothing; what a command needs is imported when it is run.
"""

from mlpkit.cli.main import main

__all__ = ["main"]
