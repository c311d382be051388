"""The memory of a training program: the network's own numbers, before and after every step."""

import copy
from itertools import pairwise

import numpy as np
import pytest
from batches import flat, random_network

from mlpkit import MLP
from mlpkit.optimizers import optimizer
from mlpkit.program import TrainingProgram


def test_in_float64_the_networks_own_vector_is_trained():
    net, batch = random_network(3)
    view = net.parameters
    TrainingProgram(net, 5, dtype="float64", learning_rate=0.1).step(*batch(5))
    assert net.parameters is view


def test_in_float32_the_network_has_the_new_numbers_after_the_step():
    net = MLP([2, 4, 2], rng=0)
    X, Y = np.eye(2), [0, 1]
    before = [net.predict(X), net.layers[0].W.copy(), net.parameters.copy(), net.loss(X, Y)]
    TrainingProgram(net, 2, learning_rate=0.5).step(X, Y)
    layer = net.layers[0]
    assert not np.array_equal(layer.W, before[1])
    assert not np.array_equal(net.parameters, before[2])
    assert net.loss(X, Y) < before[3]
    assert not np.array_equal(copy.deepcopy(net).predict(X), before[0])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_written_into_the_network_between_two_steps_counts(dtype):
    net = MLP([2, 3, 2], rng=0)
    program = TrainingProgram(net, 2, dtype=dtype, learning_rate=0.1)
    program.step(np.eye(2), [0, 1])
    net.parameters = np.zeros(net.parameters.size)
    assert program.step(np.eye(2), [0, 1]) == pytest.approx(np.log(2), rel=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_programs_of_two_batch_sizes_share_one_optimizer(dtype):
    nets = [MLP([2, 3, 2], rng=0) for _ in range(2)]
    X, Y = np.random.default_rng(0).normal(size=(10, 2)), np.arange(10) % 2
    program = TrainingProgram(nets[0], 6, "adam", dtype=dtype)
    smaller = program.resized(4)
    state, record = {}, optimizer("adam")
    for _ in range(3):
        for part, cut in ((program, slice(0, 6)), (smaller, slice(6, 10))):
            part.step(X[cut], Y[cut])
            record(nets[1].parameters, flat(nets[1].gradients(X[cut], Y[cut])), state)
    np.testing.assert_allclose(
        nets[0].parameters, nets[1].parameters, atol=1e-6 if dtype == "float32" else 1e-14
    )


@pytest.mark.parametrize("widths", [[2, 3, 2], [2, 200, 100, 2]])
def test_arrays_of_weights_taken_before_a_step_have_its_numbers(widths):
    net = MLP(widths, rng=0)
    layer, W = net.layers[0], net.layers[0].W
    program = TrainingProgram(net, 2, learning_rate=0.1)
    before = W.copy()
    program.step(np.eye(2), [0, 1])
    assert not np.array_equal(W, before)
    assert layer.W is W
    W[0, 0] = 5.0
    program.step(np.eye(2), [0, 1])
    assert abs(W[0, 0] - 5.0) < 0.5


@pytest.mark.parametrize("widths", [[2, 3, 2], [2, 200, 100, 2]])
def test_a_write_into_such_an_array_between_two_steps_counts(widths):
    net = MLP(widths, rng=0)
    arrays = [array for layer in net.layers for array in (layer.W, layer.b)]
    program = TrainingProgram(net, 2, learning_rate=0.1)
    program.step(np.eye(2), [0, 1])
    for array in arrays:
        array[...] = 0
    assert program.step(np.eye(2), [0, 1]) == pytest.approx(np.log(2), rel=1e-6)


@pytest.mark.parametrize("widths", [[2, 3, 2], [2, 200, 100, 2]])
@pytest.mark.parametrize("seed", range(6))
def test_reads_writes_and_steps_in_any_order_are_those_of_a_program_made_anew(widths, seed):
    """Weights held from the start, parts of them, the vector, assignments, both precisions."""
    rng, net = np.random.default_rng(seed), MLP(widths, rng=0)
    twin = net.copy()
    held = [layer.W for layer in net.layers], [layer.b[1:] for layer in net.layers], [net.parameters]
    programs = [TrainingProgram(net, 2, learning_rate=0.1, dtype=t) for t in ("float32", "float64")]
    programs.append(programs[0].resized(3))
    for _ in range(30):
        action, value = rng.integers(6), rng.normal()
        layer = int(rng.integers(len(net.layers)))
        if action == 0:  # through an array held from the start
            held[0][layer][0] = value
            twin.layers[layer].W[0] = value
        elif action == 1:  # through a view of a view
            held[1][layer][...] *= value
            twin.layers[layer].b[1:] *= value
        elif action == 2:
            held[2][0][::7] = value
            twin.parameters[::7] = value
        elif action == 3:
            net.parameters = twin.parameters = np.full(net.parameters.size, 0.01 * value)
        else:
            program = programs[rng.integers(3)]
            X, y = rng.normal(size=(program.batch_size, 2)), rng.integers(0, 2, program.batch_size)
            anew = TrainingProgram(twin, len(X), learning_rate=0.1, dtype=program.dtype)
            assert program.step(X, y) == anew.step(X, y)
        if rng.random() < 0.3:
            np.testing.assert_array_equal(net.predict(np.eye(2)), twin.predict(np.eye(2)))
        if rng.random() < 0.3:
            np.testing.assert_array_equal(held[0][layer], twin.layers[layer].W)
    np.testing.assert_array_equal(held[2][0], twin.parameters)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_loss_and_its_gradients_are_those_of_what_was_written_last(dtype):
    net = MLP([2, 200, 100, 2], rng=0)
    W, program = net.layers[2].W, TrainingProgram(net, 2, dtype=dtype)
    program.loss_and_gradients(np.eye(2), [0, 1])
    W[...] = 0
    loss, _ = program.loss_and_gradients(np.eye(2), [0, 1])
    assert loss == pytest.approx(np.log(2), rel=1e-6)
    assert not W.any()


@pytest.mark.parametrize("widths", [[2, 3, 2], [2, 200, 100, 2]])
def test_programs_of_two_precisions_see_each_others_steps(widths):
    net = MLP(widths, rng=0)
    programs = [TrainingProgram(net, 2, learning_rate=0.01, dtype=t) for t in ("float32", "float64")]
    losses = [program.step(np.eye(2), [0, 1]) for program in [*programs, *programs]]
    losses.append(net.loss(np.eye(2), [0, 1]))
    assert all(later < sooner for sooner, later in pairwise(losses))


def test_two_programs_of_one_network_see_each_others_steps():
    net = MLP([2, 3, 2], rng=0)
    first, second = (TrainingProgram(net, 2, learning_rate=0.1) for _ in range(2))
    losses = [program.step(np.eye(2), [0, 1]) for program in (first, second, first, second)]
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 4
