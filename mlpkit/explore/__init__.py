"""The explorable figures of the lectures, one file a lecture, all of them in a registry.

    from mlpkit import explore
    explore.n_bumps()                       # a new stage: the last line of a notebook cell

Every name in `EXPLORABLES` is also a name of this package.
"""

from mlpkit.explore.own_targets import drawn_target, heights_by_hand, typed_target
from mlpkit.explore.registry import EXPLORABLES, Explorable
from mlpkit.explore.universal_approximation import error_against_n, n_bumps, one_bump, one_step

__all__ = [
    "EXPLORABLES",
    "Explorable",
    "drawn_target",
    "error_against_n",
    "heights_by_hand",
    "n_bumps",
    "one_bump",
    "one_step",
    "typed_target",
]
