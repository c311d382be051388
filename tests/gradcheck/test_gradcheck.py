"""The gradient check: right gradients pass, every mistake is named, and kinks are told from mistakes."""

import re
from dataclasses import replace

import numpy as np
import pytest
from batches import data, every_output

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.gradcheck import check_gradients, complex_step_gradient, numeric_gradient
from mlpkit.layers import Dense
from mlpkit.network import MLP
from mlpkit.outputs import OUTPUT_UNITS

# ── right gradients ─────────────────────────────────────────────────────────────────────────────────────


@every_output
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_gradients_of_every_network_pass_and_its_parameters_come_back_bit_for_bit(name, output):
    X, Y = data(output)
    net = MLP([3, 4, 3, 2], activation=name, output=output, rng=1, bias=0.3)
    before = net.parameters.tobytes()
    report = check_gradients(net, X, Y)
    assert report.passed
    assert net.parameters.tobytes() == before
    assert [block.name for block in report.blocks] == [f"layer {n}, {p}" for n in (1, 2, 3) for p in "Wb"]
    assert [block.shape for block in report.blocks][:2] == [(3, 4), (4,)]
    assert ("no complex form: step" in report.notes) == (name == "step")
    assert (None in [block.complex_step for block in report.blocks]) == (name == "step")


def test_differences_reach_ten_digits_and_the_complex_step_fifteen():
    X, Y = data("categorical")
    report = check_gradients(MLP([3, 4, 2], rng=0), X, Y)
    assert max(block.central for block in report.blocks) < 1e-9
    assert max(block.complex_step for block in report.blocks) < 1e-14
    assert repr(report) == (
        "GradientReport(passed: 26 parameters agree with central differences to 1e-08, "
        "with the complex step to 1e-12)"
    )
    assert [line.split(")")[0] for line in report.table().splitlines()[1:3]] == [
        "layer 1, W          (3, 4",
        "layer 1, b            (4,",
    ]


def test_saturated_and_perfectly_fitted_networks_pass_although_their_gradients_are_rounding():
    far = MLP([1, 3, 1], activation="sigmoid", output="gaussian", rng=0, bias=40.0)
    assert check_gradients(far, [[1.0], [2.0]], [0.3, 0.1]).passed
    net = MLP([2, 3, 1], output="gaussian", rng=0)
    X = data("gaussian", n_in=2)[0]
    assert check_gradients(net, X, net.predict(X) + 1e-16).passed
    big = MLP([2, 3, 1], output="gaussian", rng=0)
    assert check_gradients(big, 1e3 * X, 1e4 * X[:, :1]).passed


def test_a_difference_that_is_too_coarse_for_large_inputs_is_not_taken_for_a_mistake():
    # z = 100·w + …: the truncation error h²J‴/6 grows with x³ and leaves the tolerance
    net = MLP([1, 3, 1], output="bernoulli", rng=3, init="normal")
    report = check_gradients(net, [[100.0], [-30.0], [10.0]], [1, 0, 0], h=6e-5)
    assert report.passed
    assert re.fullmatch(r"central differences are \de-0\d off in layer 1, W: h is large.*", report.notes[0])
    assert repr(report).startswith(
        "GradientReport(passed: 10 parameters agree with the complex step to 1e-12; central"
    )


def test_the_gradients_of_a_network_without_hidden_units_are_checked_too():
    assert check_gradients(MLP([3, 2], rng=0), *data("categorical")).passed
    constant = MLP.from_layers([Dense(np.empty((1, 0)), [], "sigmoid"), Dense(np.empty((0, 1)), [3.0])])
    report = check_gradients(constant, [[0.0]], [[1.0]])
    assert report.passed
    assert [block.name for block in report.blocks] == ["layer 2, b"]


# ── wrong gradients ─────────────────────────────────────────────────────────────────────────────────────


def altered(change, output="gaussian", n=5):
    """The report on a 3-4-4-2 network whose gradients were changed in place or replaced."""
    X, Y = data(output, n)
    net = MLP([3, 4, 4, 2], output=output, rng=1, bias=0.3)
    gradients = [[dW.copy(), db.copy()] for dW, db in net.gradients(X, Y)]
    change(gradients)
    return net, check_gradients(net, X, Y, gradients=gradients)


def test_the_parameter_with_the_largest_disagreement_is_named():
    def change(gradients):
        gradients[1][0][3, 1] += 0.25
        gradients[1][0][0, 2] -= 0.01

    net, report = altered(change)
    right = net.gradients(*data("gaussian"))[1][0][3, 1]
    assert not report.passed
    assert report.worst == "layer 2, W[3, 1]"
    assert report.expected == pytest.approx(right, rel=1e-12)
    assert report.got == right + 0.25
    assert repr(report) == (
        f"GradientReport(FAILED: layer 2, W[3, 1] is expected to be {right:.6g}, got {right + 0.25:.6g})"
    )


def test_an_error_of_a_millionth_in_one_bias_is_found_and_one_of_rounding_is_not():
    def change(gradients, by):
        gradients[0][1][2] *= 1 + by

    assert altered(lambda g: change(g, 1e-6))[1].worst == "layer 1, b[2]"
    assert not altered(lambda g: change(g, 1e-11))[1].passed
    assert altered(lambda g: change(g, 1e-15))[1].passed


def scale(layer, part, factor):
    def change(gradients):
        gradients[layer][part] *= factor

    return change


def transpose(gradients):
    gradients[1][0] = gradients[1][0].T.copy()


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (scale(2, 0, -1), "the whole block is -1 times what is expected (a sign?)"),
        (scale(2, 1, 5), "the whole block is 5 times what is expected (the 1/n of a mean over 5 rows?)"),
        (scale(0, 0, 0.2), "the whole block is 0.2 times what is expected (a second 1/n?)"),
        (scale(0, 1, 2), "the whole block is 2 times what is expected (a ½?)"),
        (scale(1, 0, 3), "the whole block is 3 times what is expected"),
        (transpose, "the block is the transpose of what is expected"),
        (scale(1, 1, 0), None),
    ],
)
def test_the_report_says_what_a_wrong_block_looks_like(change, note):
    _, report = altered(change)
    assert not report.passed
    assert report.notes == (() if note is None else (note,))


def test_a_wrong_derivative_of_an_activation_is_found():
    g = replace(ACTIVATIONS["tanh"], dg=lambda z: 1 - np.tanh(z))
    report = check_gradients(MLP([3, 4, 2], activation=g, rng=0), *data("categorical"))
    assert not report.passed
    assert report.worst.startswith("layer 1, ")
    slide = replace(activation("swish", beta=2.0), dg=swish_prime_as_on_the_slide)
    assert not check_gradients(MLP([3, 4, 2], activation=slide, rng=0), *data("categorical")).passed


def swish_prime_as_on_the_slide(z, beta=2.0):
    g = activation("swish", beta=beta)
    s = ACTIVATIONS["sigmoid"](beta * z)
    return beta * g(beta * z) + s * (1 - beta * g(z))


def test_a_nan_in_the_gradients_fails_and_is_named():
    def change(gradients):
        gradients[2][1][1] = np.nan

    assert altered(change)[1].worst == "layer 3, b[1]"
    assert not altered(change)[1].passed


# ── kinks ───────────────────────────────────────────────────────────────────────────────────────────────


def relu_net(b):
    return MLP.from_layers([Dense([[1.0, -1.0]], [b, 2.0], "relu"), Dense([[3.0], [5.0]], [-4.0])])


def test_a_parameter_whose_difference_steps_over_a_kink_is_compared_with_the_complex_step_alone():
    # z¹ = 1·1 + b, 1e-6 above the kink; a step of 6e-6 in W[0, 0] or b[0] carries it to the other side
    report = check_gradients(relu_net(-1 + 1e-6), [[1.0]], [[0.0]])
    assert report.passed
    assert report.kinks == ("layer 1, unit 0 (relu), example 0: z = 1e-06",)
    assert report.notes == (f"within h of a kink: {report.kinks[0]}",)
    assert "near a kink: layer 1, unit 0" in report.table()
    assert check_gradients(relu_net(-1 + 1e-6), [[1.0]], [[0.0]], h=1e-8).kinks == ()


def test_a_parameter_that_moves_z_off_a_kink_cannot_be_checked_and_the_report_says_so():
    report = check_gradients(relu_net(-1.0), [[1.0]], [[0.0]])
    assert report.passed
    assert report.notes[1] == "2 of 7 parameters cannot be judged: move X or b a little"
    assert check_gradients(relu_net(-1.0), [[0.0]], [[0.0]]).kinks == ()  # z = -1, far away
    for name in ("step", "leaky_relu", activation("elu", alpha=0.5)):
        at_zero = MLP([2, 3, 1], activation=name, output="gaussian", rng=0)  # XOR's first row, b = 0
        report = check_gradients(at_zero, [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
        assert report.passed
        assert len(report.kinks) == 3


def test_kinks_do_not_hide_a_mistake_elsewhere():
    net = relu_net(-1.0)
    gradients = net.gradients([[1.0]], [[0.0]])
    gradients[1][0][1] += 1
    report = check_gradients(net, [[1.0]], [[0.0]], gradients=gradients)
    assert (report.passed, report.worst) == (False, "layer 2, W[1, 0]")


def test_functions_without_a_complex_form_are_named():
    g = replace(ACTIVATIONS["linear"], name="real_part", g=np.real)
    report = check_gradients(MLP([3, 4, 2], activation=g, rng=0), *data("categorical"))
    assert (report.passed, report.notes) == (True, ("no complex form: real_part",))
    half = replace(ACTIVATIONS["linear"], g=lambda z: (z + np.real(z)) / 2)
    report = check_gradients(MLP([3, 4, 2], activation=half, rng=0), *data("categorical"))
    assert not report.passed
    assert report.notes[-1].endswith("in layer 1, W: does g drop imaginary parts (abs, .real)?")
    gaussian = OUTPUT_UNITS["gaussian"]
    unit = replace(gaussian, name="modulus", nll=lambda Z, Y: gaussian.nll(np.real(Z), Y))
    report = check_gradients(MLP([3, 2], output=unit, rng=0), *data("gaussian"))
    assert (report.passed, report.notes) == (True, ("no complex form: modulus",))


# ── plain functions ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("gradient", "digits"), [(numeric_gradient, 1e-9), (complex_step_gradient, 1e-14)])
def test_both_ways_give_the_slopes_of_a_plain_function_and_leave_x_alone(gradient, digits):
    x = np.array([[0.5, -1.0, 2.0], [3.0, 0.1, -0.2]])
    before = x.tobytes()
    slopes = gradient(lambda x: (np.sin(x) * x).sum(), x)
    np.testing.assert_allclose(slopes, np.cos(x) * x + np.sin(x), rtol=digits, atol=digits)
    assert x.tobytes() == before
    assert gradient(lambda x: x**3, 2).round(6) == 12
    assert gradient(lambda x: x.sum(), np.empty((0, 2))).shape == (0, 2)


def test_parameters_are_put_back_when_the_loss_fails():
    def nll(Z, Y):
        calls.append(0)
        if len(calls) == 4:
            raise ZeroDivisionError
        return 0.0

    calls: list[int] = []
    net = MLP([3, 2], output=replace(OUTPUT_UNITS["gaussian"], nll=nll), rng=0)
    before = net.parameters.tobytes()
    with pytest.raises(ZeroDivisionError):
        check_gradients(net, *data("gaussian"))
    assert net.parameters.tobytes() == before


NET = MLP([3, 2], output="gaussian", rng=0)
X, Y = data("gaussian")
COMPLEX = MLP.from_layers([Dense([[1j]], [0])])
HUGE = MLP.from_layers([Dense([[1e20]], [0.0])])


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "check_gradients expects h > 0; got 0", lambda: check_gradients(NET, X, Y, h=0)),
        (
            ValueError,
            "expects central_tolerance > 0; got -1",
            lambda: check_gradients(NET, X, Y, central_tolerance=-1),
        ),
        (
            ValueError,
            r"a pair \(dW, db\) for each of 1 layers; got 2",
            lambda: check_gradients(NET, X, Y, gradients=NET.gradients(X, Y) * 2),
        ),
        (
            ValueError,
            r"dW of layer 1 of shape \(3, 2\); got \(2, 3\)",
            lambda: check_gradients(NET, X, Y, gradients=[(np.ones((2, 3)), np.ones(2))]),
        ),
        (TypeError, "expects real parameters; got complex128", lambda: check_gradients(COMPLEX, [[1]], [1])),
        (
            ValueError,
            r"h to count beside layer 1, W\[0, 0\] = 1e\+20; 6e-06 is rounded away",
            lambda: check_gradients(HUGE, [[1]], [1]),
        ),
        (ValueError, r"MLP expects X of shape \(n, 3\)", lambda: check_gradients(NET, X[:, :2], Y)),
        (ValueError, r"count beside x\[0\] = 1e\+20", lambda: numeric_gradient(lambda x: x[0], [1e20])),
        (ValueError, r"f\(x\) to be one number; got shape \(2,\)", lambda: numeric_gradient(abs, [1.0, 2.0])),
        (
            TypeError,
            r"f\(x\) to be float; got \(1\+0j\): take real x, or complex_step",
            lambda: numeric_gradient(lambda x: 1 + 0j, [1.0]),
        ),
        (TypeError, "numeric_gradient expects x to hold numbers", lambda: numeric_gradient(len, ["a"])),
        (
            TypeError,
            r"f\(x\) to be complex; got 1.0: abs, float or .real in f drops",
            lambda: complex_step_gradient(lambda x: abs(x[0]), [1.0]),
        ),
        (TypeError, "expects real numbers in x; got complex128", lambda: complex_step_gradient(np.sum, [1j])),
        (ValueError, "complex_step_gradient expects h > 0", lambda: complex_step_gradient(abs, [1.0], h=-1)),
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
