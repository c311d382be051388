"""Slopes of a loss near a kink, and of functions without a complex form."""

from dataclasses import replace

import numpy as np
import pytest
from batches import data

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.gradcheck import check_gradients
from mlpkit.layers import Dense
from mlpkit.network import MLP
from mlpkit.outputs import OUTPUT_UNITS


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
    assert report.notes[1] == "2 of 7 parameters cannot be checked: move X or b a little"
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
