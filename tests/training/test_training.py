"""Training: every example once an epoch, curves, early stop, callbacks, interrupts, and mistakes."""

from inspect import signature

import numpy as np
import pytest
from batches import data, every_output

from mlpkit.datasets import DATASETS
from mlpkit.network import MLP
from mlpkit.optimizers import optimizer
from mlpkit.program import TrainingProgram
from mlpkit.training import Epoch, accuracy, fit

X3, Y3 = data("categorical", n=23)


def network(output="categorical", seed=0, **options):
    return MLP([3, 4, 2], output=output, rng=seed, **options)


def by_hand(net, X, Y, epochs, batch_size, name, seed=0):
    """The same training with `net.gradients`: loss of every epoch; changes `net`."""
    rule, state, rng, losses = optimizer(name), {}, np.random.default_rng(seed), []
    for _ in range(epochs):
        order, total = rng.permutation(len(X)), 0.0
        for start in range(0, len(X), batch_size):
            part = order[start : start + batch_size]  # the last minibatch is smaller
            total += len(part) * net.loss(X[part], Y[part])
            gradients = net.gradients(X[part], Y[part])
            rule(net.parameters, np.concatenate([g.ravel() for pair in gradients for g in pair]), state)
        losses.append(total / len(X))
    return losses


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
@every_output
def test_fit_takes_the_steps_of_net_gradients(output, name):
    X, Y = data(output, n=23)
    net, twin = network(output), network(output)
    history = fit(net, X, Y, epochs=4, batch_size=5, optimizer=name)
    losses = by_hand(twin, X, Y, 4, 5, name)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-12)
    np.testing.assert_allclose(net.parameters, twin.parameters, rtol=1e-10, atol=1e-13)


def test_the_accuracy_of_an_epoch_counts_each_example_in_its_step():
    for output in ("categorical", "bernoulli"):
        X, Y = data(output, n=23)
        net, right = network(output), []
        # One minibatch: all examples are counted before the only update.
        before = accuracy(net, X, Y)
        history = fit(net, X, Y, epochs=3, batch_size=23, learning_rate=0.1, callbacks=[
            lambda epoch, X=X, Y=Y, right=right: right.append(accuracy(epoch.net, X, Y))
        ])  # fmt: skip
        assert history.accuracy.tolist() == [before, *right[:2]]


@pytest.mark.parametrize("size", [1, 7, 23, 1000])
def test_any_batch_size_and_both_precisions_reach_the_same_solution(size):
    X, Y = DATASETS["blobs"](60, noise=0.1, rng=0)
    losses = []
    for dtype in ("float64", "float32"):
        net = MLP([2, 8, 3], rng=0)
        losses.append(fit(net, X, Y, epochs=30, batch_size=size, learning_rate=0.05, dtype=dtype).loss)
        assert accuracy(net, X, Y) == 1
    np.testing.assert_allclose(*losses, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("Y", [Y3.tolist(), Y3.astype(float), np.eye(2)[Y3], np.eye(2, dtype=bool)[Y3]])
def test_labels_may_have_every_type_and_shape_that_the_loss_takes(Y):
    net, twin = network(), network()
    fit(net, X3.tolist(), Y, epochs=2)
    fit(twin, X3, Y3, epochs=2)
    assert (net.parameters == twin.parameters).all()


def test_a_seed_repeats_a_training_and_another_gives_another_order():
    runs = []
    for rng in (1, np.random.default_rng(1), 2):
        net = network()
        fit(net, X3, Y3, epochs=2, batch_size=4, rng=rng)
        runs.append(net.parameters.copy())
    assert (runs[0] == runs[1]).all()
    assert (runs[0] != runs[2]).any()


def test_the_input_is_left_alone():
    X, Y = X3.copy(), Y3.copy()
    fit(network(), X, Y, epochs=2, validation=0.3)
    assert (X == X3).all()
    assert (Y == Y3).all()


# ── the history ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_history_has_a_curve_for_each_thing_that_was_measured():
    history = fit(network(), X3, Y3, epochs=3, validation=(X3[:5], Y3[:5]))
    assert list(history.curves()) == ["loss", "accuracy", "validation_loss", "validation_accuracy"]
    assert all(values.shape == (3,) for values in history.curves().values())
    assert (history.epoch.tolist(), len(history), history.ended) == ([1, 2, 3], 3, "all epochs")
    assert repr(history).startswith("History(3 epochs, loss 0.")
    regression = fit(network("gaussian"), *data("gaussian"), epochs=2)
    assert list(regression.curves()) == ["loss"]
    assert regression.accuracy.size == 0


def test_validation_is_measured_after_the_epoch():
    net, held = network(), (X3[:6], Y3[:6])
    history = fit(net, X3[6:], Y3[6:], epochs=3, validation=held)
    assert history.validation_loss[-1] == net.loss(*held)
    assert history.validation_accuracy[-1] == accuracy(net, *held)


def test_a_share_of_the_examples_is_held_out_and_not_trained_on():
    X = np.arange(40.0)[:, None] / 40
    X[:8] = 100.0  # far away: were one of them trained on, the mean would move
    Y = np.where(X > 1, 50.0, 0.0)
    order = np.random.default_rng(3).permutation(40)
    X[order], Y[order] = X.copy(), Y.copy()  # rng=3 holds out the first of its permutation: these eight
    net = MLP([1, 1], output="gaussian", init="zeros", rng=0)
    history = fit(net, X, Y, epochs=2, optimizer="sgd", validation=0.2, rng=3)
    assert (net.parameters == 0).all()  # trained on zeros alone
    assert history.validation_loss.tolist() == [50**2 / 2] * 2


# ── ends ────────────────────────────────────────────────────────────────────────────────────────────────


def test_patience_restores_the_parameters_of_the_best_epoch():
    kept = {}
    X, Y = DATASETS["moons"](60, noise=0.5, rng=0)
    held = DATASETS["moons"](60, noise=0.5, rng=1)
    net = MLP([2, 32, 2], rng=0)
    history = fit(
        net,
        X,
        Y,
        epochs=2000,
        learning_rate=0.05,
        validation=held,
        patience=20,
        callbacks=lambda epoch: kept.update({epoch.epoch: epoch.net.parameters.copy()}),
    )
    assert history.ended == "no improvement"
    assert history.best == 1 + history.validation_loss.argmin() == len(history) - 20
    assert (net.parameters == kept[history.best]).all()
    assert net.loss(*held) == history.validation_loss.min()
    assert f"ended by no improvement, parameters of epoch {history.best})" in repr(history)


def test_patience_without_validation_watches_the_training_loss():
    net = network("gaussian")
    X, Y = data("gaussian")
    history = fit(net, X, Y, epochs=500, optimizer="sgd", learning_rate=0.9, patience=3)
    assert len(history) < 500
    assert history.best == 1 + history.loss.argmin() == len(history) - 3


@pytest.mark.parametrize("answer", [True, np.True_])
def test_a_callback_that_returns_true_ends_the_training(answer):
    history = fit(network(), X3, Y3, epochs=9, callbacks=lambda epoch: answer if epoch.epoch == 4 else None)
    assert (len(history), history.ended) == (4, "a callback")


def test_other_results_of_callbacks_are_ignored_and_all_are_called():
    called = []
    callbacks = [lambda epoch: called.append(epoch.epoch) or [1], lambda epoch: 1, lambda epoch: False]
    assert fit(network(), X3, Y3, epochs=3, callbacks=callbacks).ended == "all epochs"
    assert called == [1, 2, 3]


def test_a_callback_gets_a_record_that_cannot_be_changed():
    records: list[Epoch] = []
    net = network()
    history = fit(net, X3, Y3, epochs=2, validation=0.5, callbacks=records.append)
    assert [record.loss for record in records] == history.loss.tolist()
    assert all(record.net is net and record.epochs == 2 for record in records)
    with pytest.raises(AttributeError):
        records[0].loss = 0.0  # type: ignore[misc]
    assert str(records[0]).startswith("loss 0.")


def test_what_a_callback_writes_into_the_network_is_trained_on():
    for dtype in ("float64", "float32"):
        net = network()

        def forget(epoch):
            epoch.net.parameters[...] = 0

        fit(net, X3, Y3, epochs=2, callbacks=forget, dtype=dtype)
        assert (net.parameters == 0).all()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_an_interrupt_keeps_parameters_and_history(dtype, capsys):
    kept = []

    def stop(epoch):
        kept.append(epoch.net.parameters.copy())
        if epoch.epoch == 3:
            raise KeyboardInterrupt

    net = network()
    history = fit(net, X3, Y3, epochs=9, callbacks=stop, dtype=dtype, patience=9)
    assert (len(history), history.ended, history.best) == (3, "an interrupt", None)
    assert (net.parameters == kept[-1]).all()
    assert "ended by an interrupt" in repr(history)
    assert capsys.readouterr() == ("", "")  # neither a terminal nor Jupyter


def test_another_error_of_a_callback_is_raised():
    def broken(epoch):
        raise KeyError("colour")

    with pytest.raises(KeyError, match="colour"):
        fit(network(), X3, Y3, callbacks=broken)


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────

GAUSS = network("gaussian")


@pytest.mark.parametrize(
    ("error", "message", "arguments", "options"),
    [
        (TypeError, r"fit expects an MLP first, .*: fit\(net, X, Y\); got 3$", (3, X3, Y3), {}),
        (
            TypeError,
            r"^fit expects an MLP first, .*: fit\(net, X, Y\); got an array of shape \(23, 3\)$",
            (X3, Y3, network()),
            {},
        ),
        (ValueError, "fit expects at least one example", (network(), np.zeros((0, 3)), []), {}),
        (ValueError, "a row of Y for each of the 23 rows of X; got 22", (network(), X3, Y3[:-1]), {}),
        (ValueError, "each of the 23 rows of X; got a single number", (network(), X3, 1), {}),
        (ValueError, r"fit expects X of shape \(n, 3\).*; got \(3,\)", (network(), X3[0], Y3), {}),
        (ValueError, r"fit expects X of shape \(n, 3\).*; got \(23, 2\)", (network(), X3[:, :2], Y3), {}),
        (
            ValueError,
            r"finite numbers in X; X\[1, 0\] is nan",
            (network(), [[0, 0, 0], [np.nan, 0, 0]], [0, 1]),
            {},
        ),
        (ValueError, r"finite numbers in Y; Y\[0, 1\] is inf", (GAUSS, X3[:1], [[0, np.inf]]), {}),
        (TypeError, "X to hold numbers; got dtype <U1", (network(), [["a", "b", "c"]], [0]), {}),
        (TypeError, "fit expects real numbers in X; got dtype complex128", (network(), X3 + 0j, Y3), {}),
        (TypeError, "fit expects real numbers in Y; got dtype complex128", (network(), X3, Y3 + 0j), {}),
        (ValueError, r"integer labels 0 to 1; Y\[0\] is 2", (network(), X3[:2], [2, 0]), {}),
        (ValueError, r"one-hot rows, .* Y\[1\] is \[1.0, 1.0\]", (network(), X3[:2], [[0, 1], [1, 1]]), {}),
        (ValueError, r"every y to be 0 or 1; got -1", (network("bernoulli"), X3[:1], [[-1, 1]]), {}),
        (ValueError, "fit expects epochs >= 1; got 0", (network(), X3, Y3), {"epochs": 0}),
        (TypeError, "fit expects an integer epochs; got 2.0", (network(), X3, Y3), {"epochs": 2.0}),
        (ValueError, "fit expects batch_size >= 1; got 0", (network(), X3, Y3), {"batch_size": 0}),
        (ValueError, "fit expects patience >= 1; got 0", (network(), X3, Y3), {"patience": 0}),
        (
            ValueError,
            "unknown optimizer 'adan'; did you mean 'adam'",
            (network(), X3, Y3),
            {"optimizer": "adan"},
        ),
        (ValueError, "learning_rate > 0; got -1", (network(), X3, Y3), {"learning_rate": -1}),
        (ValueError, "dtype 'float32' or 'float64'; got 'int8'", (network(), X3, Y3), {"dtype": "int8"}),
        (
            ValueError,
            "numbers in X that float32 can hold; got 1e[+]300",
            (network(), X3 * 0 + 1e300, Y3),
            {"dtype": "float32"},
        ),
        (
            ValueError,
            "numbers in Y that float32 can hold; got 1e[+]300",
            (GAUSS, X3[:1], [[1e300, 0]]),
            {"dtype": "float32"},
        ),
        (ValueError, r"validation=\(X, Y\); got 3 items", (network(), X3, Y3), {"validation": (X3, Y3, 1)}),
        (
            ValueError,
            r"fit, validation, expects X of shape \(n, 3\)",
            (network(), X3, Y3),
            {"validation": (X3.T, Y3)},
        ),
        (ValueError, r"validation in \[0, 1\]; got 2", (network(), X3, Y3), {"validation": 2}),
        (
            ValueError,
            "examples on both sides; it holds out 0 of 23",
            (network(), X3, Y3),
            {"validation": 0.01},
        ),
        (TypeError, "number for validation; got 'half'", (network(), X3, Y3), {"validation": "half"}),
        (
            TypeError,
            "callbacks to be functions of an Epoch; got 'plot'",
            (network(), X3, Y3),
            {"callbacks": ["plot"]},
        ),
        (TypeError, "callbacks to be .* got 3", (network(), X3, Y3), {"callbacks": 3}),
    ],
)
def test_mistakes_are_answered_before_any_step(error, message, arguments, options):
    net = arguments[0]
    before = net.parameters.copy() if isinstance(net, MLP) else None
    with pytest.raises(error, match=message):
        fit(*arguments, **options)
    assert before is None or (net.parameters == before).all()


def test_a_network_with_nan_in_it_is_refused():
    net = network()
    net.parameters[3] = np.nan
    with pytest.raises(ValueError, match=r"fit expects finite numbers in net.parameters; .*\[3\] is nan"):
        fit(net, X3, Y3)


def test_the_defaults_are_float64_for_fit_and_float32_for_a_program_and_the_network_stays_float64():
    for train, dtype in ((fit, "float64"), (TrainingProgram, "float32")):
        assert signature(train).parameters["dtype"].default == dtype
        words = (
            "a network's own numbers are float64, and what trains it takes the same steps as `net.gradients`"
        )
        assert words in " ".join(str(train.__doc__).split())
    for dtype in ("float64", "float32"):
        net = network()
        fit(net, X3, Y3, epochs=1, dtype=dtype)
        assert net.parameters.dtype == np.float64


def test_without_rng_networks_and_trainings_are_the_same_every_time_and_none_makes_them_differ():
    nets = [MLP([3, 4, 2]), MLP([3, 4, 2], rng=0), MLP([3, 4, 2], rng=None), MLP([3, 4, 2], rng=None)]
    assert (nets[0].parameters == nets[1].parameters).all()
    assert (nets[2].parameters != nets[3].parameters).any()
    runs = []
    for options in ({}, {"rng": 0}, {"rng": None}, {"rng": None}):
        net = network()
        fit(net, X3, Y3, epochs=2, batch_size=2, **options)
        runs.append(net.parameters.copy())
    assert (runs[0] == runs[1]).all()
    assert (runs[2] != runs[3]).any()


def test_accuracy_expects_the_network_first():
    with pytest.raises(TypeError, match=r"accuracy\(net, X, Y\); got an array of shape \(23, 3\)$"):
        accuracy(X3, Y3, network())  # type: ignore[arg-type]


def test_accuracy_of_a_network_without_classes_is_refused():
    with pytest.raises(ValueError, match="accuracy expects a net with classes"):
        accuracy(GAUSS, *data("gaussian"))
