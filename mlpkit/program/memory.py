"""The numbers that a training program changes: parameters, gradients, the optimizer's state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer

SMALL = 1 << 14  # parameters that are copied to and from the network at every step: about a microsecond


class Memory:
    """θ and ∇J, flat, and the optimizer's state; programs for several batch sizes can share them.

    In float64 θ is the network's own memory. In float32 θ is a copy. A small network gets it back after every
    step. A larger one asks for it when somebody looks (`MLP.layers`, `.parameters`, `.predict`, …), and what
    was written into the network meanwhile is taken over before the next step; an array of weights that was
    handed out earlier has the new numbers from then on.
    """

    def __init__(self, net: MLP, dtype: np.dtype, optimizer: Optimizer):
        self.net, self.optimizer, self.state = net, optimizer, {}
        self.own = net.parameters.dtype == dtype
        self.theta = net.parameters if self.own else net.parameters.astype(dtype)
        self.gradient = np.zeros_like(self.theta)
        self.small = self.theta.size <= SMALL
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
        if not self.ahead:
            self.net.fetch_from(self)  # lets another program write back first
            if not self.own:
                np.copyto(self.theta, self.net.parameters, casting="same_kind")
        self.ahead = not self.own

    def after_step(self):
        """Give a small network its numbers at once."""
        if self.small and self.ahead:
            self.fetch(self.net.parameters)

    def fetch(self, parameters):
        """Write θ into the network's parameters."""
        if self.ahead:
            self.ahead = False
            np.copyto(parameters, self.theta)
