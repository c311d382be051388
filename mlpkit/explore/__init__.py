"""The explorable figures of the lectures, one file a lecture, all of them in a registry.

    from mlpkit import explore
    explore.n_bumps()                       # a new stage: the last line of a notebook cell

Every name in `EXPLORABLES` is also a name of this package.
"""

from mlpkit.explore.registry import EXPLORABLES, Explorable
from mlpkit.explore.universal_approximation import error_against_n, n_bumps, one_bump, one_step

__all__ = ["EXPLORABLES", "Explorable", "error_against_n", "n_bumps", "one_bump", "one_step"]
