"""Hats, towers and bounds: the constructions, the facts that the lecture quotes, and bad input."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.approximation import (
    TARGETS,
    TARGETS_2D,
    errors,
    errors_2d,
    evaluate,
    evaluate_grid,
    hat_bound,
    hat_network,
    merged_network,
    naive_tower_units,
    step_bound,
    surface,
    tower,
    tower_network,
)
from mlpkit.network import MLP

NIELSEN = TARGETS["nielsen"]
every_target = pytest.mark.parametrize("goal", TARGETS.values(), ids=TARGETS)
every_surface = pytest.mark.parametrize("goal", TARGETS_2D.values(), ids=TARGETS_2D)
continuous = pytest.mark.parametrize(
    "goal", [t for t in TARGETS.values() if t.continuous], ids=lambda t: t.name
)

# ── hats ────────────────────────────────────────────────────────────────────────────────────────────────


@every_target
@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_hats_are_the_piecewise_linear_interpolant_from_n_relu_units(goal, n):
    net, x, knots = hat_network(goal.f, n), np.linspace(0, 1, 500), np.arange(n + 1) / n
    # Up to n terms of size n are summed: rounding stays below n² eps.
    np.testing.assert_allclose(
        net.predict(x[:, None])[:, 0], np.interp(x, knots, goal.f(knots)), atol=1e-15 * (9 + n**2)
    )
    assert (net.hidden_units, net.layers[0].activation.name) == (n, "relu")


def test_outside_the_unit_interval_hats_go_on_as_documented():
    net = hat_network(lambda x: x**2, 4)
    np.testing.assert_allclose(net.predict([[-3.0], [2.0]]).ravel(), [0, 1 + 7 / 4], rtol=1e-14)


@continuous
@pytest.mark.parametrize("n", [1, 3, 10, 100])
def test_hats_stay_below_their_bounds(goal, n):
    found = errors(goal.f, hat_network(goal.f, n)).sup
    assert found <= step_bound(goal.lipschitz, n) * (1 + 1e-5) + 1e-12  # L is given to five digits
    if goal.curvature is not None:
        assert found <= hat_bound(goal.curvature, n) + 1e-12


def test_the_curvature_of_a_target_is_its_largest_second_derivative():
    assert {t.name for t in TARGETS.values() if t.curvature is not None} == {"nielsen", "sine", "peak"}
    x, h = np.linspace(0, 1, 100_001), 1e-4
    for goal in TARGETS.values():
        if goal.curvature is not None:
            second = np.abs(goal(x + h) - 2 * goal(x) + goal(x - h)).max() / h**2
            assert second == pytest.approx(goal.curvature, rel=2e-4)  # f⁗h²/12, and 1e-8 of rounding


def test_hats_converge_like_one_over_n_squared():
    counts = np.array([40, 80, 160, 320, 640])
    x = np.linspace(0, 1, 20_001)
    sup = [errors(NIELSEN.f, lambda x, n=n: evaluate(hat_network(NIELSEN.f, n), x), x).sup for n in counts]
    assert np.polyfit(np.log(counts), np.log(sup), 1)[0] == pytest.approx(-1.96, abs=0.05)


# ── bounds ──────────────────────────────────────────────────────────────────────────────────────────────


@continuous
@pytest.mark.parametrize("n", [1, 2, 5, 40, 200])
@pytest.mark.parametrize("factor", [0.3, 1, 4, 8, 50, 1e6])
def test_merged_steps_of_finite_steepness_stay_below_their_bound(goal, n, factor):
    found = errors(goal.f, merged_network(goal.f, n, factor * n))
    assert found.sup <= step_bound(goal.lipschitz, n, steepness=factor * n) * (1 + 1e-5)


@given(
    n=st.integers(1, 50),
    w=st.floats(0.1, 1e4),
    slopes=st.lists(st.floats(-1, 1), min_size=2, max_size=20),
)
def test_the_bound_holds_for_any_function_of_slope_at_most_one(n, w, slopes):
    knots = np.linspace(0, 1, len(slopes) + 1)
    heights = np.concatenate([[0.0], np.cumsum(slopes) / len(slopes)])

    def f(x):
        return np.interp(x, knots, heights)

    assert errors(f, merged_network(f, n, w), np.linspace(0, 1, 301)).sup <= step_bound(1.0, n, w) + 1e-12


def test_the_bound_is_nearly_reached_by_a_steep_slope_and_needs_both_its_terms():
    def f(x):
        return np.abs(x - 0.5)  # at ½ all the noise adds up: the error is E|N|/w, when n is large

    found = errors(f, merged_network(f, 2001, 50), np.array([0.25, 0.5])).sup
    assert 0.95 * step_bound(1.0, 2001, 50) < found <= step_bound(1.0, 2001, 50)
    assert found > 50 * step_bound(1.0, 2001)


def test_how_many_units_the_curse_of_dimension_costs():
    assert [naive_tower_units(10, d) for d in (1, 2, 3)] == [30, 500, 7000]
    assert naive_tower_units(10, 10) == 21 * 10**10


# ── towers ──────────────────────────────────────────────────────────────────────────────────────────────


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


@every_surface
def test_a_surface_record_says_what_a_menu_needs(goal):
    x = np.linspace(0, 1, 801)
    F = goal(*np.meshgrid(x, x, indexing="ij"))
    assert F.shape == (801, 801)
    assert all([goal.name, goal.label, goal.formula, surface(goal.name) is goal is surface(goal)])
    assert repr(goal) == f"Surface({goal.name!r})"
    assert 0 <= F.min() < F.max() <= 1
    diagonals = np.abs([F[1:, 1:] - F[:-1, :-1], F[1:, :-1] - F[:-1, 1:]])  # both inputs move by 1/800
    steepest = diagonals.max() / (x[1] - x[0])
    if goal.lipschitz is None:
        assert steepest > 100
        assert not goal.continuous
    else:
        assert 0.99 * goal.lipschitz < steepest <= goal.lipschitz * (1 + 1e-9)  # rounding of the quotient


def test_errors_in_two_dimensions_know_where_and_how_much():
    gap = np.zeros((3, 3))
    gap[2, 1] = 3.0
    found = errors_2d(lambda x, y: x + y, lambda x, y: x + y + gap, m=3)
    assert found == (3.0, 1 / 3, 1.0, (1.0, 0.5))

    def f(x, y):
        return x - y**2

    net = tower_network(f, 3, 50.0)
    x = np.linspace(0, 1, 21)
    by_values = errors_2d(f, evaluate_grid(net, x, x), 21)
    by_network = errors_2d(f, net, 21)
    assert by_network[:3] == pytest.approx(by_values[:3], abs=1e-9)
    assert by_network.at == by_values.at


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "hat_network expects n >= 1; got 0", lambda: hat_network(NIELSEN.f, 0)),
        (ValueError, r"hat_network.* f\(0\) is -inf", lambda: hat_network(np.log, 5)),
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
        (ValueError, "errors_2d expects m >= 2; got 1", lambda: errors_2d(np.add, np.add, 1)),
        (
            ValueError,
            "errors_2d expects a network with one output",
            lambda: errors_2d(np.add, MLP([2, 3], output="gaussian")),
        ),
        (ValueError, r"shape \(5, 5\), like x; got", lambda: errors_2d(np.add, np.zeros((3, 3)), 5)),
        (ValueError, "step_bound expects steepness > 0; got 0", lambda: step_bound(1.0, 3, 0)),
        (ValueError, "step_bound expects a finite steepness", lambda: step_bound(1.0, 3, np.nan)),
        (ValueError, "hat_bound expects n >= 1", lambda: hat_bound(1.0, 0)),
        (ValueError, r"hat_bound expects M in \[0, inf\]", lambda: hat_bound(-1.0, 3)),
        (ValueError, "naive_tower_units expects d >= 1", lambda: naive_tower_units(1, 0)),
        (ValueError, "unknown surface 'discs'; did you mean 'disc'?", lambda: surface("discs")),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
