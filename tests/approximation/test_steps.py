"""Networks built from steps: their weights, the facts that the lecture quotes, and bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.activations import sigmoid
from mlpkit.approximation import (
    TARGETS,
    bump,
    bump_edges,
    bump_network,
    errors,
    merged_network,
    step,
    step_bound,
)
from mlpkit.network import MLP

NIELSEN = TARGETS["nielsen"].f


every_target = pytest.mark.parametrize("goal", TARGETS.values(), ids=TARGETS)


both_networks = pytest.mark.parametrize("build", [bump_network, merged_network])


def staircase(f, n):
    """The limit of the merged network: f's mid-point value on each of n pieces, steps of infinite weight."""
    edges = bump_edges(n)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return lambda x: heights[np.clip(np.searchsorted(edges, x, side="right") - 1, 0, n - 1)]


def test_a_step_rises_from_ten_to_ninety_percent_over_4_39_over_w():
    w, s = 8.0, 0.4
    half_width = np.log(9) / w  # σ(ln 9) = 0.9
    assert 2 * np.log(9) == pytest.approx(4.39, abs=0.005)
    np.testing.assert_allclose(step([s - half_width, s, s + half_width], s, w), [0.1, 0.5, 0.9], rtol=1e-14)
    np.testing.assert_array_equal(step(0.3, s, w), sigmoid(w * (0.3 - s)))


@given(
    x=st.floats(-1, 2), s1=st.floats(0, 0.5), width=st.floats(0, 0.5), h=st.floats(-2, 2), w=st.floats(1, 1e4)
)
def test_a_bump_is_two_sigmoid_units_and_never_higher_than_h(x, s1, width, h, w):
    y = bump(x, s1, s1 + width, h, w)
    assert y == h * (step(x, s1, w) - step(x, s1 + width, w))
    assert 0 <= y * np.sign(h) <= abs(h)


def test_steps_and_bumps_take_any_shape_and_no_warning_comes_from_steep_ones():
    x = np.linspace(0, 1, 12).reshape(3, 4)
    with np.errstate(all="raise"):
        assert bump(x, 0.2, 0.8, 1.0, 1e6).shape == (3, 4)
        assert step([0, 1], 0.5, 1e300).tolist() == [0, 1]


def test_the_edges_of_n_pieces_are_n_plus_one_equally_spaced_points():
    for n in (1, 3, np.int64(7)):
        edges = bump_edges(n)
        assert (edges.size, edges[0], edges[-1]) == (n + 1, 0, 1)
        np.testing.assert_allclose(np.diff(edges), 1 / n, rtol=1e-12)


@every_target
@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_the_bump_network_predicts_the_sum_of_its_bumps(goal, n):
    w, x, edges = 8.0 * n, np.linspace(0, 1, 301), bump_edges(n)
    heights = goal.f((edges[:-1] + edges[1:]) / 2)
    net = bump_network(goal.f, n, w)
    curve = sum(bump(x, s1, s2, h, w) for s1, s2, h in zip(edges, edges[1:], heights, strict=False))
    np.testing.assert_allclose(net.predict(x[:, None])[:, 0], curve, atol=1e-13)


@every_target
@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_the_merged_network_predicts_the_first_piece_plus_the_jumps(goal, n):
    w, x, edges = 8.0 * n, np.linspace(0, 1, 301), bump_edges(n)
    heights = goal.f((edges[:-1] + edges[1:]) / 2)
    net = merged_network(goal.f, n, w)
    curve = heights[0] + sum(
        (after - before) * step(x, s, w)
        for s, before, after in zip(edges[1:-1], heights, heights[1:], strict=False)
    )
    np.testing.assert_allclose(net.predict(x[:, None])[:, 0], curve * np.ones_like(x), atol=1e-13)


def test_both_are_ordinary_networks_whose_weights_are_those_of_the_construction():
    def f(x):
        return 4 * x

    net = bump_network(f, 2, 10)  # pieces [0, ½] and [½, 1], mid-points ¼ and ¾, heights 1 and 3
    assert isinstance(net, MLP)
    first, last = net.layers
    assert first.W.tolist() == [[10, 10, 10, 10]]
    assert first.b.tolist() == [0, -5, -5, -10]  # b = -ws, not -s
    assert last.W.ravel().tolist() == [1, -1, 3, -3]
    assert last.b.tolist() == [0]
    assert (first.activation.name, last.activation.name, net.output.name) == ("sigmoid", "linear", "gaussian")
    first, last = merged_network(f, 3, 10).layers  # heights 2/3, 2 and 10/3
    np.testing.assert_allclose(first.b, [-10 / 3, -20 / 3], rtol=1e-15)
    np.testing.assert_allclose(last.W.ravel(), [4 / 3, 4 / 3], rtol=1e-14)
    np.testing.assert_allclose(last.b, [2 / 3], rtol=1e-15)


@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_2n_units_against_n_minus_1(n):
    assert bump_network(NIELSEN, n, 100).hidden_units == 2 * n
    assert merged_network(NIELSEN, n, 100).hidden_units == n - 1


@both_networks
def test_a_built_network_can_be_trained_on_from_there(build):
    x = np.linspace(0, 1, 200)[:, None]
    net = build(NIELSEN, 10, 60)
    before = net.loss(x, NIELSEN(x))
    for _ in range(200):
        net.layers[1].W -= 0.02 * net.gradients(x, NIELSEN(x))[1][0]
    assert net.loss(x, NIELSEN(x)) < 0.9 * before


@given(n=st.integers(1, 60), c=st.floats(-3, 3), k=st.floats(1, 50))
def test_merged_steps_follow_a_straight_line_within_the_bound_of_ideal_steps(n, c, k):
    net = merged_network(lambda x: c * x, n, k * n)
    # An ideal staircase misses a line by half a step. Rounding the steps adds less than another half, at the
    # two ends, where the outermost steps are still rising.
    assert errors(lambda x: c * x, net).sup <= 2 * step_bound(abs(c), n) + 1e-12


@pytest.mark.parametrize("n", [5, 10, 20, 40, 80, 160, 320, 640])
def test_the_end_point_trap_no_number_of_bumps_helps(n):
    found = errors(NIELSEN, bump_network(NIELSEN, n, 50 * n))
    assert 0.415 < found.sup < 0.46
    assert found.at in (0, 1)  # σ(0) = ½: half of the end bump is missing


@pytest.mark.parametrize(("factor", "sup"), [(50, 0.0689), (8, 0.0255), (4, 0.0145)])
def test_sharper_is_not_better(factor, sup):
    assert errors(NIELSEN, merged_network(NIELSEN, 40, factor * 40)).sup == pytest.approx(sup, abs=5e-5)
    assert errors(NIELSEN, staircase(NIELSEN, 40), np.linspace(0, 1, 20_001)).sup == pytest.approx(
        0.0856, abs=5e-5
    )


def test_a_fixed_weight_stalls_while_one_that_grows_with_n_does_not():
    stalled = [errors(NIELSEN, merged_network(NIELSEN, n, 100)).sup for n in (80, 160, 320, 640)]
    assert stalled[1:] == pytest.approx([0.0214] * 3, abs=1.5e-4)
    assert errors(NIELSEN, merged_network(NIELSEN, 640, 4 * 640)).sup < 0.0015


def test_ideal_steps_converge_like_one_over_n_and_stay_below_the_bound():
    counts = np.array([40, 80, 160, 320, 640])
    x = np.linspace(0, 1, 20_001)
    sup = [errors(NIELSEN, staircase(NIELSEN, n), x).sup for n in counts]
    slope = np.polyfit(np.log(counts), np.log(sup), 1)[0]
    assert slope == pytest.approx(-0.99, abs=0.01)
    assert all(e <= step_bound(TARGETS["nielsen"].lipschitz, n) for e, n in zip(sup, counts, strict=True))


@pytest.mark.parametrize("goal", [t for t in TARGETS.values() if t.continuous], ids=lambda t: t.name)
@pytest.mark.parametrize("n", [1, 3, 10, 100])
def test_ideal_steps_stay_below_the_bound_for_every_continuous_target(goal, n):
    assert errors(goal.f, staircase(goal.f, n)).sup <= step_bound(goal.lipschitz, n) + 1e-12


def test_a_jump_keeps_its_largest_error_while_the_mean_error_falls():
    found = [
        errors(TARGETS["step"].f, merged_network(TARGETS["step"].f, n, 50 * n)) for n in (5, 20, 80, 200)
    ]
    assert all(e.sup > 0.29 for e in found)  # half of the jump of 0.6, at least
    assert found[0].sup == pytest.approx(0.6, abs=0.02)
    assert found[-1].l1 < found[0].l1 / 20


def scalars_only(x):
    return 1.0 if x < 0.5 else 2.0


def floats_only(x):
    import math

    return math.sin(x)


@both_networks
@pytest.mark.parametrize(
    ("error", "message", "arguments"),
    [
        (ValueError, "expects n >= 1; got 0", (NIELSEN, 0, 10)),
        (ValueError, "expects n >= 1; got -3", (NIELSEN, -3, 10)),
        (TypeError, "expects an integer n; got 5.0", (NIELSEN, 5.0, 10)),
        (TypeError, "expects an integer n; got True", (NIELSEN, True, 10)),
        (TypeError, "expects an integer n; got 'a'", (NIELSEN, "a", 10)),
        (ValueError, "expects a finite steepness; got inf", (NIELSEN, 5, np.inf)),
        (ValueError, "expects a finite steepness; got nan", (NIELSEN, 5, np.nan)),
        (ValueError, "expects steepness > 0; got 0", (NIELSEN, 5, 0)),
        (ValueError, "expects steepness > 0; got -8.0", (NIELSEN, 5, -8.0)),
        (TypeError, "expects a number for steepness; got None", (NIELSEN, 5, None)),
        (TypeError, "expects f to be a function of x; got 'sin'", ("sin", 5, 10)),
        (ValueError, r"finite values of f; f\(0.1\) is nan", (lambda x: np.sqrt(x - 0.2), 5, 10)),
        (ValueError, r"finite values of f; f\(0.5\) is inf", (lambda x: 1 / (x - 0.5), 5, 10)),
        (
            ValueError,
            r"f returned one number for 5 points; write a constant as lambda x: 0 \* x \+ c",
            (lambda x: 3.0, 5, 10),
        ),
        (
            ValueError,
            r"f\(x\) to be real and of shape \(5,\), like x; got float64 \(5, 1\)",
            (lambda x: x[:, None], 5, 10),
        ),
        (
            ValueError,
            r"f\(x\) to be real and of shape \(5,\), like x; got complex128 \(5,\)",
            (lambda x: x + 1j, 5, 10),
        ),
        (
            TypeError,
            r"calls f with an array of 5 points, and f failed: .*; if f .* pass np.vectorize\(f\)",
            (scalars_only, 5, 10),
        ),
        (
            TypeError,
            r"f failed: .*; if f takes single numbers only, pass np.vectorize\(f\)",
            (floats_only, 5, 10),
        ),
        (TypeError, "f failed: .* expects f.x. to hold numbers; got dtype object", (lambda x: None, 5, 10)),
    ],
)
def test_what_cannot_be_built_is_answered_with_the_reason(build, error, message, arguments):
    with pytest.raises(error, match=f"^{build.__name__}.*{message}"):
        build(*arguments)


@both_networks
def test_the_advice_works(build):
    assert build(np.vectorize(scalars_only), 4, 10).widths[0] == 1
    assert build(np.vectorize(floats_only), 4, 10).widths[0] == 1
    assert build(lambda x: 0 * x + 3.0, np.int32(4), np.float32(10)).widths[-1] == 1


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "bump_edges expects n >= 1; got 0", lambda: bump_edges(0)),
        (TypeError, "step expects x to hold numbers; got dtype <U1", lambda: step("a", 0.5, 10)),
    ],
)
def test_other_mistakes_are_answered_too(error, message, call):
    with pytest.raises(error, match=message):
        call()
