"""When training diverges: the first number that overflows is named, and the network is as before it."""

from dataclasses import replace

import numpy as np
import pytest

from mlpkit.layers import Dense
from mlpkit.network import MLP
from mlpkit.optimizers import OPTIMIZERS
from mlpkit.training import DivergedError, fit


def diverge(net, X, Y, **options):
    """The error that `fit` raises, with every floating-point warning an error."""
    with np.errstate(all="warn"), pytest.raises(DivergedError) as caught:
        fit(net, X, Y, **options)
    return caught.value


def line(w, b=0.0):
    return MLP.from_layers([Dense([[w]], [b])])


def test_a_training_by_hand_overflows_in_the_third_step():
    # J = ½ŷ², ŷ = wx + b, x = 1; both w and b move by -ηŷ, η = 1e80:
    #   w, b = 1, 0;  -1e80, -1e80;  2e160, 2e160    ŷ = 1, -2e80, 4e160    J = ½, 2e160, inf
    net = line(1.0)
    error = diverge(net, [[1.0]], [[0.0]], optimizer="sgd", learning_rate=1e80, epochs=9)
    assert (error.epoch, error.step, error.layer, error.quantity) == (3, 1, None, "loss")
    assert net.parameters[0] == pytest.approx(-1e80, rel=1e-12)  # of the last step with a finite loss
    assert error.history.loss.tolist() == [0.5, pytest.approx(2e160, rel=1e-12)]
    assert error.history.ended == "an overflow"


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_parameters_before_the_bad_step_are_those_of_the_steps_one_by_one(name, dtype):
    """The far example comes at some step of some epoch; the parameters are those before that step."""
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(20, 2)), rng.normal(size=(20, 1))
    far = 1e200 if dtype == "float64" else 1e30
    X[7] = far

    def network():
        return MLP([2, 3, 1], "linear", "gaussian", rng=0)

    net, twin = network(), network()
    error = diverge(net, X, Y, batch_size=1, optimizer=name, dtype=dtype, rng=4)
    place = int(np.flatnonzero(np.random.default_rng(4).permutation(20) == 7)[0])
    assert (error.epoch, error.step, error.quantity) == (1, place + 1, "loss")
    # Train on the examples before. The step before the far example is undone, too: its result has this loss.
    from mlpkit.program import TrainingProgram

    program = TrainingProgram(twin, 1, name, dtype=dtype)
    order = np.random.default_rng(4).permutation(20)
    for i in order[: place - 1]:
        program.step(X[i : i + 1], Y[i : i + 1])
    assert (net.parameters == twin.parameters).all()
    assert np.isfinite(net.parameters).all()


def test_the_first_step_leaves_the_network_as_it_was():
    net = MLP([1, 3, 1], "relu", "gaussian", rng=0)
    before = net.parameters.copy()
    error = diverge(net, [[1e300]], [[0.0]])
    assert (error.epoch, error.step, error.quantity, len(error.history)) == (1, 1, "loss", 0)
    assert (net.parameters == before).all()


def test_the_step_before_a_bad_first_step_of_an_epoch_is_undone():
    # w = 1, then -1e160 after epoch 1, whose only step shows in the loss of epoch 2: ½(1e160·1e80)² = inf
    net = line(1.0)
    error = diverge(net, [[1e80]], [[0.0]], optimizer="sgd", learning_rate=1.0)
    assert (error.epoch, error.step) == (2, 1)
    assert net.parameters.tolist() == [1.0, 0.0]


def test_pre_activations_are_named_with_their_layer():
    net = MLP.from_layers(
        [Dense([[1e200]], [0.0], "relu"), Dense([[1e200]], [0.0], "relu"), Dense([[1]], [0])]
    )
    error = diverge(net, [[1.0]], [[0.0]])
    assert (error.layer, error.quantity) == (2, "pre-activations")
    assert "the pre-activations of layer 2 overflowed first" in str(error)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_pre_activations_overflow_where_they_are_too_large_for_the_precision_of_the_training(dtype):
    # z² = 1e40, which float32 cannot hold; float64 can, and its loss ½·1e80 is finite, too
    net = MLP.from_layers([Dense([[1.0]], [0.0]), Dense([[1e20]], [0.0])])
    if dtype == "float64":
        assert fit(net, [[1e20]], [[0.0]], epochs=1, dtype=dtype).loss[0] == pytest.approx(5e79)
        return
    error = diverge(net, [[1e20]], [[0.0]], dtype=dtype)
    assert (error.layer, error.quantity) == (2, "pre-activations")


def test_a_gradient_is_named_with_its_layer():
    # ŷ = 1e-200 · relu(z) is small, the loss is finite; dJ/dw1 = 1e200 · 1e200 is not
    net = MLP.from_layers([Dense([[0.0]], [1.0], "linear"), Dense([[1e200]], [-1e200])])
    error = diverge(net, [[1e200]], [[1e120]])
    assert (error.layer, error.quantity) == (1, "gradient")
    assert net.parameters.tolist() == [0, 1, 1e200, -1e200]


def test_weights_are_named_when_the_update_overflows():
    net = line(1.0)
    error = diverge(net, [[1e150]], [[0.0]], optimizer="sgd", learning_rate=1e200)
    assert (error.layer, error.quantity, error.step) == (1, "weights", 1)
    assert net.parameters.tolist() == [1, 0]


def test_float32_overflows_where_float64_does_not():
    net = line(1.0)
    fit(net, [[1e30]], [[0.0]], epochs=1, learning_rate=1e-9)
    error = diverge(net, [[1e30]], [[0.0]], dtype="float32", epochs=1)
    assert error.quantity == "loss"
    assert "(adam, float32)" in str(error)


def test_the_message_says_where_how_large_and_what_to_try():
    net = line(1.0)
    error = diverge(net, [[500.0]], [[-3000.0]], optimizer="sgd", learning_rate=0.5)
    message = str(error)
    for part in (
        f"training diverged in epoch {error.epoch}, step 1 of 1: the loss overflowed first\n",
        "largest parameter   1 at the start, ",
        "largest number      in X 500, in Y 3e+03\n",
        "learning rate       0.5 (sgd, float64)\n",
        "- scale X to numbers near 1",
        "- scale Y to numbers near 1",
        "- a smaller learning rate, as learning_rate=0.05\n",
        "- optimizer='adam'",
    ):
        assert part in message
    assert "smaller weights" in str(diverge(line(1e200), [[1.0]], [[0.0]]))
    assert "init='xavier'" in str(diverge(MLP([1, 2, 1], output="gaussian", rng=0), [[1.0]], [[1e200]]))


def test_training_goes_on_after_the_learning_rate_is_made_smaller():
    X, Y = np.linspace(-1, 1, 40)[:, None], np.linspace(-3, 3, 40)[:, None]
    net = line(1.0)
    diverge(net, X, Y, optimizer="sgd", learning_rate=30.0, epochs=5000, batch_size=40)
    assert fit(net, X, Y, optimizer="sgd", learning_rate=0.5, epochs=2000).loss[-1] < 1e-20


def test_an_optimizer_of_ones_own_is_replayed_from_its_own_state():
    """Its state has no entry at first; the replay must not begin with what the bad epoch left there."""

    def slowing(theta, gradient, state, learning_rate):
        state["n"] = state.get("n", 0) + 1
        theta -= learning_rate / state["n"] * gradient

    record = replace(OPTIMIZERS["sgd"], name="slowing", update=slowing)
    X, Y = np.array([[1.0], [2.0], [1e200]]), np.zeros((3, 1))
    net, twin = line(1.0), line(1.0)
    diverge(net, X, Y, batch_size=1, optimizer=record, rng=1)
    order = np.random.default_rng(1).permutation(3).tolist()
    state = {}
    for i in order[:1]:  # the second step shows in the loss of the third
        gradient = np.concatenate([part.ravel() for pair in twin.gradients(X[[i]], Y[[i]]) for part in pair])
        record(twin.parameters, gradient, state)
    assert order == [0, 1, 2]
    np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-15)


def test_finite_losses_whose_sum_overflows_are_an_overflow_too():
    X, Y = np.ones((4, 1)), np.full((4, 1), 1.2e154)  # J = 7.2e307 four times
    error = diverge(line(0.0), X, Y, batch_size=1, learning_rate=1e-9)
    assert (error.epoch, error.step, error.quantity, error.layer) == (1, 4, "loss", None)
