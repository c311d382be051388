"""The numbers that a training program changes: parameters, gradients, the optimizer's state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer


class Memory:
    """θ and ∇J, flat, and the optimizer's state; programs for several batch sizes can share them.

    In float64 θ is the network's own memory. In another dtype θ is a copy: the network asks for the new
    numbers when somebody looks at it (`MLP.layers`, `.parameters`, `.predict`, …), and what was written into
    the network meanwhile is taken over before the next step.
    """

    def __init__(self, net: MLP, dtype: np.dtype, optimizer: Optimizer):
        self.net, self.optimizer, self.state = net, optimizer, {}
        self.own = net.parameters.dtype == dtype
        self.theta = net.parameters if self.own else net.parameters.astype(dtype)
        self.gradient = np.zeros_like(self.theta)
        self.ahead = False  # whether θ has steps that the network has not seen

    def matrices(self, flat):
        """Every layer's [W; b] (n_in + 1, n_out) as views into a flat vector: b is the last row."""
        start = 0
        for n_in, n_out in pairwise(self.net.widths):
            stop = start + (n_in + 1) * n_out
            yield flat[start:stop].reshape(n_in + 1, n_out)
            start = stop

    def before_step(self):
        """Take over what was written into the network since its numbers were last fetched."""
        if not (self.own or self.ahead):
            np.copyto(self.theta, self.net.parameters)
            self.net.fetch_from(self)
            self.ahead = True

    def fetch(self, parameters):
        """Write θ into the network's parameters."""
        if self.ahead:
            np.copyto(parameters, self.theta)
            self.ahead = False
