"""The moons on their way through a network: what they show is what the network computes."""

import numpy as np

from mlpkit.explore.feedforward import on_the_way
from mlpkit.figures.trained_moons import linear_accuracy, trained_on_moons


def test_only_the_activation_changes_what_a_straight_line_can_do():
    X, y, nets = trained_on_moons()
    share = [linear_accuracy(on_the_way(nets[1000], X, way), y) for way in range(0, 73, 12)]
    assert share[0] == share[1] < share[2] == share[3] < share[4] == share[5] == share[6] == 1.0


def test_the_points_arrive_where_the_network_computes_them():
    X, _, nets = trained_on_moons()
    for net in nets.values():
        for layer, A in enumerate(net.forward(X).A[:3], start=1):
            np.testing.assert_allclose(on_the_way(net, X, 24 * layer), A, atol=1e-12)
