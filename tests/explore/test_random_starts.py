"""Fifty starts on XOR, and overfitting."""

import numpy as np
import pytest

from mlpkit import MLP, explore
from mlpkit.explore.random_starts import LABELS, LEVELS, XOR, outcome, stacked
from mlpkit.training import descend


@pytest.mark.parametrize(("activation", "rule"), [("tanh", "xavier"), ("sigmoid", "xavier"), ("relu", "he")])
def test_the_crowd_is_fifty_networks_of_the_course(activation, rule):
    z = stacked(activation, 3, 1.0).at(50)
    for seed in (0, 7, 49):
        net = MLP([2, 3, 1], activation, "bernoulli", rule, rng=seed)
        *_, net = descend(net, XOR, LABELS, 50, learning_rate=1.0)
        np.testing.assert_allclose(net.forward(XOR).Z[-1][:, 0], z[seed], rtol=1e-8, atol=1e-10)


def test_most_relu_starts_fail_at_xor_and_stop_at_one_of_three_levels():
    loss, solved = outcome("relu", 2, 1.0, 2000)
    assert 0.15 < solved.mean() < 0.35
    gaps = np.abs(loss[~solved][:, None] - np.array(LEVELS)).min(axis=1)
    assert gaps.max() < 0.01
    assert outcome("relu", 8, 1.0, 2000)[1].mean() > 0.9


def test_the_loss_of_other_data_turns_while_that_of_the_examples_falls():
    few, many = (explore.train_and_test(examples=n).description for n in (40, 400))
    lowest = [float(words.split("so far was ")[1].split(",")[0]) for words in (few, many)]
    last = [float(words.split("on 1000 others ")[1].split(" ")[0]) for words in (few, many)]
    assert last[0] > 3 * lowest[0]
    assert last[1] < 1.2 * lowest[1]
