"""How many seeds a test tries: twenty, say, or as many as the variable MLPKIT_SEEDS allows."""

import os

VARIABLE = "MLPKIT_SEEDS"


def seeds(count=20):
    """The seeds 0, 1, … below `count`, and below MLPKIT_SEEDS where that is set."""
    return range(min(count, int(os.environ.get(VARIABLE, count))))
