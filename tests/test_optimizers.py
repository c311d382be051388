"""Optimizers: the formulas of the papers, step by step; PyTorch's, where it is installed; bad input."""

import re

import numpy as np
import pytest

from mlpkit.optimizers import OPTIMIZERS, optimizer

every = pytest.mark.parametrize("name", OPTIMIZERS)


def walk(record, gradients, start):
    theta, state = np.array(start, dtype=float), {}
    for gradient in gradients:
        record(theta, np.array(gradient, dtype=float), state)
    return theta


def test_gradient_descent_by_hand():
    np.testing.assert_allclose(walk(optimizer("sgd", 0.5), [[1, -2], [4, 0]], [0, 0]), [-2.5, 1])


def test_momentum_by_hand():
    """v: 1, 0.9·1 + 1 = 1.9, 0.9·1.9 + 1 = 2.71; θ = -0.1·(1 + 1.9 + 2.71)."""
    np.testing.assert_allclose(walk(optimizer("momentum", 0.1), [[1]] * 3, [0]), [-0.561])


def test_adam_by_hand():
    """g = 1, then 3. m: 0.1, 0.39; v: 0.001, 0.009999; 1 - 0.9² = 0.19 and 1 - 0.999² = 0.001999.

    θ = -0.1·1 - 0.1·(0.39/0.19)/√(0.009999/0.001999)
    """
    want = -0.1 - 0.1 * (0.39 / 0.19) / np.sqrt(0.009999 / 0.001999)
    np.testing.assert_allclose(walk(optimizer("adam", 0.1), [[1], [3]], [0]), [want], rtol=1e-7)


@every
def test_it_changes_theta_in_place_and_leaves_the_gradient_alone(name):
    theta, gradient, state = np.ones(3), np.arange(3.0), {}
    view = theta
    OPTIMIZERS[name](theta, gradient, state)
    assert view is theta
    assert (theta != 1).sum() == 2  # a gradient of 0 moves nothing
    np.testing.assert_array_equal(gradient, np.arange(3.0))


@every
def test_it_finds_the_minimum_of_a_quadratic(name):
    theta, state = np.array([3.0, -2.0]), {}
    record = optimizer(name, learning_rate=0.05)
    for _ in range(300):
        record(theta, theta * [1.0, 5.0], state)
    assert np.linalg.norm(theta) < 0.05


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_its_steps_are_those_of_pytorch(name):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed here: one test less")
    make = {
        "sgd": torch.optim.SGD,
        "momentum": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9),
        "adam": torch.optim.Adam,
    }[name]
    gradients = np.random.default_rng(0).normal(size=(20, 5))
    theirs = torch.zeros(5, dtype=torch.float64, requires_grad=True)
    other = make([theirs], lr=0.03)
    for gradient in gradients:
        theirs.grad = torch.tensor(gradient)
        other.step()
    np.testing.assert_allclose(
        walk(optimizer(name, 0.03), gradients, np.zeros(5)), theirs.detach().numpy(), rtol=1e-12
    )


@every
def test_a_record_says_its_formula_and_its_source(name):
    record = OPTIMIZERS[name]
    assert record.name == name
    assert r"\theta" in record.formula
    assert re.search(r"\b(19|20)\d\d\b", record.source)
    assert repr(record).startswith(f"Optimizer('{name}', learning_rate=")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: optimizer("momentm"), "unknown optimizer 'momentm'; did you mean 'momentum'"),
        (lambda: optimizer("sgd", mu=0.9), "sgd has no parameter mu: it takes learning_rate"),
        (lambda: optimizer("momentum", mu=1.5), r"momentum expects mu in \[0, 1\]; got 1.5"),
        (lambda: optimizer("adam", -1), "adam expects learning_rate > 0; got -1"),
        (lambda: optimizer("adam", beta1=1.0), r"adam expects beta1 in \[0, 0.9999\]"),
    ],
)
def test_bad_numbers_are_refused(act, message):
    with pytest.raises(ValueError, match=message):
        act()
