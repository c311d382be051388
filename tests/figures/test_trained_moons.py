"""The network that is trained on the moons, and what a straight line can do."""

import numpy as np

from mlpkit.figures.trained_moons import KEPT_STEPS, linear_accuracy, trained_on_moons
from mlpkit.training import accuracy


def test_the_network_is_kept_at_each_of_the_steps_and_learns():
    X, y, nets = trained_on_moons()
    assert tuple(nets) == KEPT_STEPS
    assert accuracy(nets[0], X, y) < accuracy(nets[1000], X, y) == 1.0
    assert linear_accuracy(X, y) < 0.95 < linear_accuracy(nets[1000].forward(X).A[2], y) == 1.0


def test_a_line_separates_two_sides_and_gets_half_of_xor():
    corners = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    assert linear_accuracy(corners, np.array([0, 0, 1, 1])) == 1.0
    assert linear_accuracy(corners, np.array([0, 1, 1, 0])) <= 0.75
