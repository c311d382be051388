"""Errors of a network against its function, in one and in two dimensions."""

import numpy as np
import pytest

from mlpkit.approximation import (
    GRID,
    TARGETS,
    Errors,
    errors,
    errors_2d,
    evaluate_grid,
    merged_network,
    tower_network,
)
from mlpkit.approximation.measure import both_sides
from mlpkit.network import MLP


def test_the_three_error_norms_are_what_their_names_say():
    x = np.array([0.0, 0.5, 1.0, 2.0])
    found = errors(lambda x: x, np.array([0.0, 1.5, 3.0, 0.0]), x)  # gaps 0, 1, 2, 2
    assert found == Errors(sup=2, l1=5 / 4, l2=1.5, at=1.0)
    assert found.sup == found[0]
    assert errors(np.sin, np.sin) == (0, 0, 0, 0)
    curve = np.full(GRID, 0.5)
    assert errors(lambda x: 0 * x, curve).l1 == 0.5


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            r"errors expects x of shape \(n,\), n >= 1; got \(2, 1\)",
            lambda: errors(np.sin, np.sin, [[1], [2]]),
        ),
        (
            ValueError,
            r"errors expects x of shape \(n,\), n >= 1; got \(0,\)",
            lambda: errors(np.sin, np.sin, []),
        ),
        (
            ValueError,
            "errors expects a network with one output; got MLP",
            lambda: errors(np.sin, MLP([1, 2], output="gaussian")),
        ),
        (
            ValueError,
            r"MLP expects X of shape \(n, 2\)",
            lambda: errors(np.sin, MLP([2, 1], output="gaussian")),
        ),
        (ValueError, r"shape \(2001,\), like x; got float64 \(3,\)", lambda: errors(np.sin, np.zeros(3))),
        (ValueError, "errors: f returned one number", lambda: errors(lambda x: 1.0, np.sin)),
    ],
)
def test_mistakes_on_an_interval_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()


def test_errors_in_two_dimensions_know_where_and_how_much():
    found = errors_2d(lambda x, y: x + y, lambda x, y: x + y + 3.0 * ((x == 1) & (y == 0.5)), m=3)
    assert found == (3.0, 1 / 3, 1.0, (1.0, 0.5))

    def f(x, y):
        return x - y**2

    net = tower_network(f, 3, 50.0)
    x = np.linspace(0, 1, 21)
    by_values = errors_2d(f, evaluate_grid(net, x, x), 21)
    by_network = errors_2d(f, net, 21)
    assert by_network[:3] == pytest.approx(by_values[:3], abs=1e-9)
    assert by_network.at == by_values.at


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "errors_2d expects m >= 2; got 1", lambda: errors_2d(np.add, np.add, 1)),
        (
            ValueError,
            "errors_2d expects a network with one output",
            lambda: errors_2d(np.add, MLP([2, 3], output="gaussian")),
        ),
        (ValueError, r"shape \(5, 5\), like x; got", lambda: errors_2d(np.add, np.zeros((3, 3)), 5)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize("n", [10, 37, 160, 641])
def test_the_largest_error_is_measured_on_both_sides_of_a_jump_wherever_it_is(n):
    for at in (1 / 3, 0.7123, 0.25):
        f = lambda x, at=at: np.where(x < at, 0.2, 0.8)  # noqa: E731
        net = merged_network(f, n, 8 * n)
        there = net.predict([[at]])[0, 0]  # a continuous function has one value on both sides
        assert errors(f, net).sup == pytest.approx(max(there - 0.2, 0.8 - there), abs=1e-9)
        assert errors(f, net).sup >= 0.3  # half of the jump
        assert errors(f, net, np.linspace(1, 0, 50)).sup == pytest.approx(errors(f, net).sup, abs=1e-9)


@pytest.mark.parametrize("turned", [False, True])
def test_in_two_dimensions_both_sides_of_a_jump_are_measured_too(turned):
    def along(x, y):
        return y + 0.1 * x if turned else x + 0.1 * y

    def step(x, y):
        return np.where(along(x, y) < 0.4567, 0.0, 1.0)

    def ramp(x, y):  # continuous, 0.3 at the jump
        return np.clip(300 * (along(x, y) - 0.4567) + 0.3, 0, 1)

    assert errors_2d(step, lambda x, y: 0.5 + 0 * x, m=11).sup == 0.5
    assert errors_2d(step, ramp, m=11).sup == pytest.approx(0.7, abs=1e-9)


def test_a_continuous_function_has_no_points_beside_a_jump():
    x = np.linspace(0, 1, 2001)
    for goal in TARGETS.values():
        assert (both_sides(goal.f, x).size == 0) == goal.continuous
    assert both_sides(lambda x: 1.0 * (x >= 0.5), x).tolist() == [np.nextafter(0.5, 0), 0.5]
