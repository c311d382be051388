"""The command `mlpkit`: open the course, check this machine, run the lectures."""

from mlpkit.cli.main import main

__all__ = ["main"]
