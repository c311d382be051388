"""The gradient check: correct gradients pass, and every mistake is named."""

import re
from dataclasses import replace

import numpy as np
import pytest
from batches import data, every_output

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.gradcheck import check_gradients
from mlpkit.layers import Dense
from mlpkit.network import MLP


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
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
