"""Paths of gradient descent."""

import numpy as np
import pytest

from mlpkit import MLP, explore
from mlpkit.explore.loss_valleys import path, regression, regression_loss, valley_loss, walk
from mlpkit.layers import Dense
from mlpkit.training import descend


@pytest.mark.parametrize(("rate", "grows"), [(0.19, False), (0.195, False), (0.205, True), (0.3, True)])
def test_descent_diverges_beyond_two_over_kappa(rate, grows):
    loss = valley_loss(path("sgd", rate, 10, -3.0, 1.0), 10)
    assert (loss[-1] > loss[0]) == grows
    assert ("diverges" in explore.valley(learning_rate=rate).description) == grows


def test_a_step_multiplies_each_direction_by_its_factor():
    theta = path("sgd", 0.1, 7, 2.0, -1.0)
    np.testing.assert_allclose(theta[5], [2 * 0.9**5, -(0.3**5)], rtol=1e-12)


def test_a_whole_batch_converges_and_one_example_a_step_does_not_settle():
    whole, single = (regression_loss(walk(size, 0.1, False)) for size in (64, 1))
    assert whole[-1] - whole[-2] == pytest.approx(0, abs=1e-12)
    assert np.ptp(single[100:]) > 0.05
    falling = regression_loss(walk(1, 0.1, True))
    assert falling[-1] - whole[-1] < np.median(single[100:]) - whole[-1]


def test_the_path_of_whole_batches_is_that_of_the_course_s_own_descent():
    x, y, _ = regression()
    net = MLP.from_layers([Dense([[-1.0]], [1.0])], output="gaussian")
    scale = net.loss(x[:, None], y) / regression_loss(net.parameters[None])[0]  # of the two losses
    own = [at.parameters.copy() for at in descend(net, x[:, None], y, 20, learning_rate=0.1 / scale)]
    np.testing.assert_allclose(walk(64, 0.1, False)[:21], own, rtol=1e-9)
