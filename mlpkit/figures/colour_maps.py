"""Colour maps made of the course's colours."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, to_rgb, to_rgba

from mlpkit.figures import COLOURS

LOW_TO_HIGH = LinearSegmentedColormap.from_list(  # blue for low, orange for high
    "low to high", [COLOURS["network"], "#F4F4F4", COLOURS["unit"]], N=255
)
AROUND_ZERO = LinearSegmentedColormap.from_list(  # transparent at 0: the page shows, light or dark
    "around zero",
    [
        (at, to_rgba(COLOURS[name], alpha))
        for at, name, alpha in ((0, "network", 0.9), (0.5, "network", 0), (0.5, "unit", 0), (1, "unit", 0.9))
    ],
    N=254,
)
_strength = np.linspace(-1, 1, 255)[:, None]
_blue, _orange = (to_rgb(COLOURS[name]) for name in ("network", "unit"))
TWO_CLASSES = ListedColormap(  # blue for class ○, orange for class ×, transparent at ½
    np.hstack([np.where(_strength < 0, _blue, _orange), 0.6 * np.abs(_strength)]), "two classes"
)
