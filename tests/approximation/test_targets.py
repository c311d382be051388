"""Functions to approximate: what their records say is true."""

import numpy as np
import pytest

from mlpkit.approximation import (
    TARGETS,
    TARGETS_2D,
    errors,
    merged_network,
    surface,
    target,
)

every_target = pytest.mark.parametrize("goal", TARGETS.values(), ids=TARGETS)


@every_target
def test_a_target_record_says_what_a_menu_needs(goal):
    x = np.linspace(0, 1, 200_001)
    y = goal(x)
    slope = np.abs(np.diff(y) / np.diff(x)).max()
    assert y.shape == x.shape
    assert goal([0.5, 0.7]).shape == (2,)
    assert all([goal.name, goal.label, goal.formula, TARGETS[goal.name] is goal, target(goal.name) is goal])
    assert goal.continuous == (goal.name != "step")
    if goal.lipschitz is not None:
        assert slope <= goal.lipschitz * (1 + 1e-9)  # rounding of the difference quotient
        assert slope >= goal.lipschitz * 0.999


def test_a_target_stands_for_its_function():
    goal = TARGETS["sine"]
    assert errors(goal, merged_network(goal, 20, 80)) == errors(goal.f, merged_network(goal.f, 20, 80))
    assert target(goal) is goal
    assert repr(goal) == "Target('sine')"


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "unknown target 'sin'; did you mean 'sine'\\?", lambda: target("sin")),
        (ValueError, "unknown target 'zzz'; choose one of nielsen, sine", lambda: target("zzz")),
    ],
)
def test_an_unknown_target_is_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()


every_surface = pytest.mark.parametrize("goal", TARGETS_2D.values(), ids=TARGETS_2D)


def test_the_curvature_of_a_target_is_its_largest_second_derivative():
    assert {t.name for t in TARGETS.values() if t.curvature is not None} == {"nielsen", "sine", "peak"}
    x, h = np.linspace(0, 1, 100_001), 1e-4
    for goal in TARGETS.values():
        if goal.curvature is not None:
            second = np.abs(goal(x + h) - 2 * goal(x) + goal(x - h)).max() / h**2
            assert second == pytest.approx(goal.curvature, rel=2e-4)  # f⁗h²/12, and 1e-8 of rounding


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


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "unknown surface 'discs'; did you mean 'disc'?", lambda: surface("discs")),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
