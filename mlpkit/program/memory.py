"""The numbers that a training program changes: parameters, gradients, the optimizer's state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlpkit.network import MLP
from mlpkit.optimizers import Optimizer


class Memory:
    """θ and ∇J, flat, and the optimizer's state; programs for several batch sizes can share them.

    The parameters of the network are the truth, before and after every step. In float64 θ is the network's
    own vector. In float32 it is a copy that is taken before every step and written back after it, whoever
    looks or not, so that arrays of weights which were handed out earlier are always up to date and what is
    written into them counts. The two copies take 3 to 7 % of a step of 784-256-128-10 with 128 examples.
    """

    def __init__(self, net: MLP, dtype: np.dtype, optimizer: Optimizer):
        self.net, self.optimizer, self.state = net, optimizer, {}
        self.shared = net.parameters.dtype == dtype
        self.theta = net.parameters if self.shared else net.parameters.astype(dtype)
        self.gradient = np.zeros_like(self.theta)

    def matrices(self, flat):
        """Every layer's [W; b] (n_in + 1, n_out) as views into a flat vector: b is the last row."""
        start = 0
        for n_in, n_out in pairwise(self.net.widths):
            stop = start + (n_in + 1) * n_out
            yield flat[start:stop].reshape(n_in + 1, n_out)
            start = stop

    def read(self):
        """θ from the network's parameters."""
        if not self.shared:
            np.copyto(self.theta, self.net.parameters, casting="same_kind")

    def write(self):
        """θ into the network's parameters."""
        if not self.shared:
            np.copyto(self.net.parameters, self.theta)
