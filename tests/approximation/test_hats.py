"""ReLU networks that join values by straight lines: the interpolant, its error, and bad input."""

import numpy as np
import pytest

from mlpkit.approximation import (
    TARGETS,
    errors,
    evaluate,
    hat_bound,
    hat_network,
    step_bound,
)

NIELSEN = TARGETS["nielsen"]


every_target = pytest.mark.parametrize("goal", TARGETS.values(), ids=TARGETS)


continuous = pytest.mark.parametrize(
    "goal", [t for t in TARGETS.values() if t.continuous], ids=lambda t: t.name
)


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


def test_hats_converge_like_one_over_n_squared():
    counts = np.array([40, 80, 160, 320, 640])
    x = np.linspace(0, 1, 20_001)
    sup = [errors(NIELSEN.f, lambda x, n=n: evaluate(hat_network(NIELSEN.f, n), x), x).sup for n in counts]
    assert np.polyfit(np.log(counts), np.log(sup), 1)[0] == pytest.approx(-1.96, abs=0.05)


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "hat_network expects n >= 1; got 0", lambda: hat_network(NIELSEN.f, 0)),
        (ValueError, r"hat_network.* f\(0\) is -inf", lambda: hat_network(np.log, 5)),
    ],
)
def test_mistakes_are_answered(error, message, call):
    with pytest.raises(error, match=message):
        call()
