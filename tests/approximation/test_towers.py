"""Towers: the construction, the facts that the lecture quotes, and bad input."""

import math

import numpy as np
import pytest

from mlpkit.approximation import (
    TARGETS_2D,
    errors_2d,
    evaluate_grid,
    step_bound,
    tower,
    tower_network,
)

every_surface = pytest.mark.parametrize("goal", TARGETS_2D.values(), ids=TARGETS_2D)


@pytest.mark.parametrize(("h", "inside", "beside"), [(1, 0.62, 0.38), (10, 0.993, 0.007)])
def test_a_tower_is_as_high_as_the_lecture_says(h, inside, beside):
    box = ((0.3, 0.7), (0.3, 0.7))
    assert tower(0.5, 0.5, *box, h, 1e4) == pytest.approx(inside, abs=0.005)
    assert tower(0.5, 0.1, *box, h, 1e4) == pytest.approx(beside, abs=0.005)
    assert tower(0.1, 0.1, *box, h, 1e4) == pytest.approx(1 / (1 + np.exp(1.5 * h)))  # no bump at all
    assert tower(0.5, 0.5, *box, h, 1e4, b=0.0) == pytest.approx(1 / (1 + np.exp(-2 * h)))


@every_surface
@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_network_is_the_sum_of_its_towers(goal, n):
    w, h, edges = 12.0 * n, 9.0, np.arange(n + 1) / n
    edges[[0, -1]] = -1e9, 1e9  # the outermost bumps have no outer edge
    m = (np.arange(n) + 0.5) / n
    heights = goal(*np.meshgrid(m, m, indexing="ij"))
    X = np.random.default_rng(n).random((200, 2))
    expected = heights.mean() + sum(
        (heights[i, j] - heights.mean()) * tower(X[:, 0], X[:, 1], edges[i : i + 2], edges[j : j + 2], h, w)
        for i in range(n)
        for j in range(n)
    )
    net = tower_network(goal.f, n, w, h)
    np.testing.assert_allclose(net.predict(X)[:, 0], expected, atol=1e-13 * n * n)
    assert net.widths == [2, 2 * (n - 1), n * n, 1]
    assert (net.layers[0].activation.name, net.layers[1].activation.name) == ("sigmoid", "sigmoid")


@every_surface
@pytest.mark.parametrize("n", [1, 4, 11])
def test_in_the_middle_of_every_square_the_network_is_f(goal, n):
    net = tower_network(goal.f, n, 200.0 * n)
    m = (np.arange(n) + 0.5) / n
    heights = goal(*np.meshgrid(m, m, indexing="ij"))
    # A row and a column leak less than 1 %, the tower itself lacks 1/(200n): of the heights above the mean.
    share = 0.01 if n > 1 else 0.005
    gap = np.abs(evaluate_grid(net, m, m) - heights).max()
    assert gap <= 1.1 * share * np.abs(heights - heights.mean()).max() + 1e-12


@pytest.mark.parametrize("goal", [s for s in TARGETS_2D.values() if s.continuous], ids=lambda s: s.name)
@pytest.mark.parametrize("n", [5, 12])
def test_away_from_edges_steep_towers_stay_below_the_bound(goal, n):
    x = (np.arange(n)[:, None] + np.array([0.05, 0.5, 0.95])).ravel() / n
    net = tower_network(goal.f, n, 1e4)
    gap = np.abs(evaluate_grid(net, x, x) - goal(*np.meshgrid(x, x, indexing="ij"))).max()
    assert gap <= step_bound(goal.lipschitz, n) + 0.012  # what rows and columns leak, at heights below 1


def test_at_inner_corners_no_tower_stands_for_any_n():
    goal = TARGETS_2D["peak"]
    for n in (4, 10, 20):
        net = tower_network(goal.f, n, 200.0 * n)
        ground = net.layers[-1].b[0]
        assert evaluate_grid(net, [0.5], [0.5])[0, 0] == pytest.approx(ground, abs=0.01)
        assert goal(0.5, 0.5) - ground > 0.8


@pytest.mark.parametrize("name", ["peak", "saddle", "waves", "disc"])
def test_the_mean_error_falls_while_the_largest_does_not(name):
    x = np.linspace(0, 1, 157)  # hardly a point on an edge
    goal, found = TARGETS_2D[name], []
    for n in (5, 10, 20):
        found.append(errors_2d(goal.f, evaluate_grid(tower_network(goal.f, n, 200.0 * n), x, x), 157))
    assert found[2].l1 < 0.65 * found[1].l1 < 0.5 * found[0].l1
    assert found[2].sup > 0.1


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "tower_network expects n >= 1", lambda: tower_network(np.add, 0, 10)),
        (ValueError, "tower_network expects height > 0", lambda: tower_network(np.add, 2, 10, -1.0)),
        (ValueError, "tower_network expects steepness > 0", lambda: tower_network(np.add, 2, 0)),
        (TypeError, "f to be a function of X1, X2; got 3", lambda: tower_network(3, 2, 10)),
        (
            TypeError,
            r"two arrays of shape \(2, 2\), and f failed",
            lambda: tower_network(math.atan2, 2, 10),
        ),
        (
            ValueError,
            r"finite values of f; f\(0.25, 0.75\) is inf",
            lambda: tower_network(lambda x, y: 1 / (y - x - 0.5), 2, 10),
        ),
        (ValueError, r"expects f\(X1, X2\) to be real", lambda: tower_network(lambda x, y: x[0], 2, 10)),
        (ValueError, "f returned one number for 4 points", lambda: tower_network(lambda x, y: 1.0, 2, 10)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
