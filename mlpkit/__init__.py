"""mlpkit: the mathematics of multilayer perceptrons, written like the slides it teaches.

`import mlpkit` brings the maths alone (NumPy, nothing else): the figures and the
explorables live in `mlpkit.figures` and `mlpkit.explore` and are imported when asked for.
"""

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.network import MLP

__version__ = "0.1.0"
__all__ = ["ACTIVATIONS", "MLP", "activation"]
