"""Checks of input that several modules share: names, generators, parameters, and short messages."""

import numpy as np
import pytest

from mlpkit import MLP, _checks
from mlpkit.activations import ACTIVATIONS, activation, sigmoid
from mlpkit.initializers import INITIALIZERS, he, initializer
from mlpkit.optimizers import OPTIMIZERS, adam, optimizer
from mlpkit.outputs import output_unit, softmax
from mlpkit.program import TrainingProgram
from mlpkit.training import fit

MANY = np.zeros((400, 2))


class Adam:
    """A class with the name of a record, as other libraries have it."""


@pytest.mark.parametrize(
    ("message", "call"),
    [
        ("activation .* got <ufunc 'tanh'>: write 'tanh', or give a record", lambda: activation(np.tanh)),
        ("got <ufunc 'tanh'>: write 'tanh', or give a .*Activation", lambda: MLP([2, 3, 1], np.tanh)),
        ("got <ufunc 'tanh'>: write 'tanh'", lambda: MLP([2, 3, 1], [np.tanh])),
        ("got <ufunc 'tanh'>: write 'tanh'", lambda: MLP([2, 1], np.tanh)),
        ("got <function sigmoid at .*: write 'sigmoid'", lambda: MLP([2, 3, 1], sigmoid)),
        ("activation .* got None: choose one of linear, step, sigmoid", lambda: MLP([2, 3, 1], None)),
        ("activation .* got an array of shape .*: choose one of", lambda: MLP([2, 3, 1], [MANY])),
        ("initializer .* got <function he .*: write 'he', .*Initializer", lambda: MLP([2, 1], init=he)),
        ("initializer .* got None: choose one of zeros, normal", lambda: MLP([2, 1], init=None)),
        ("initializer .* got an array of shape", lambda: MLP([2, 1], init=MANY)),
        ("output unit .* got <function softmax .*: write 'categorical'", lambda: MLP([2, 2], output=softmax)),
        ("output unit .* got <ufunc 'exp'>: choose one of gaussian", lambda: MLP([2, 2], output=np.exp)),
        (
            "output unit .* got None: choose one of gaussian, bern.*OutputUnit",
            lambda: MLP([2, 2], output=None),
        ),
        ("output unit .* got 3: choose one of", lambda: output_unit(3)),
        ("optimizer .* got <class '.*Adam'>: write 'adam', .*Optimizer", lambda: optimizer(Adam)),
        ("optimizer .* got <.*Adam object at .*: write 'adam'", lambda: optimizer(Adam())),
        ("optimizer .* write 'adam'", lambda: TrainingProgram(MLP([2, 2]), 2, adam)),
        (
            "optimizer .* got None: choose one of sgd",
            lambda: fit(MLP([2, 2]), np.eye(2), [0, 1], optimizer=None),
        ),
        ("MLP expects widths as a list.* got '333333.*…$", lambda: MLP("3" * 400)),
        ("TrainingProgram expects an MLP; got an array of shape", lambda: TrainingProgram(MANY, 2)),
        ("fit expects callbacks .* got an array", lambda: fit(MLP([2, 2]), MANY, MANY[:, 0], callbacks=MANY)),
        ("for learning_rate; got an array of", lambda: TrainingProgram(MLP([2, 2]), 2, "sgd", MANY)),
        ("MLP expects an integer width; got an array of shape", lambda: MLP([2, MANY])),
        ("MLP expects rng .* got an array of shape", lambda: MLP([2, 1], rng=MANY)),
    ],
)
def test_a_function_a_class_none_or_an_array_is_answered_in_a_short_line(message, call):
    with pytest.raises(TypeError, match=message) as caught:
        call()
    assert len(str(caught.value)) < 260
    assert "\n" not in str(caught.value)


def test_a_long_value_is_cut_and_an_array_is_named_by_its_shape():
    assert _checks.shown(MANY) == "an array of shape (400, 2)"
    assert _checks.shown("x" * 77) == repr("x" * 77)
    assert _checks.shown("x" * 78) == repr("x" * 78)  # 80 characters with its quotes
    assert _checks.shown("x" * 79) == "'" + "x" * 78 + "…"
    assert _checks.shown([np.eye(2)]) == "[array([[1., 0.], [0., 1.]])]"


# ── generators ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_generator_is_used_as_it_is_and_a_seed_makes_a_new_one():
    rng = np.random.default_rng(3)
    assert _checks.generator("f", rng) is rng
    for seed in (3, np.int64(3)):
        assert _checks.generator("f", seed).random() == np.random.default_rng(3).random()


@pytest.mark.parametrize(
    ("error", "rng"),
    [
        *((TypeError, rng) for rng in (None, True, np.True_, 2.0, "a", np.random.RandomState(0))),
        (ValueError, -1),
    ],
)
def test_what_is_neither_a_generator_nor_a_seed_is_refused(error, rng):
    with pytest.raises(error, match=r"f expects rng to be a numpy\.random\.Generator or a seed >= 0; got "):
        _checks.generator("f", rng)


def test_none_is_a_generator_with_other_numbers_each_time_where_it_is_allowed():
    assert (
        _checks.generator("f", None, none=True).random() != _checks.generator("f", None, none=True).random()
    )


# ── parameters of records ───────────────────────────────────────────────────────────────────────────────

RECORDS = [
    record
    for registry in (ACTIVATIONS, INITIALIZERS, OPTIMIZERS)
    for record in registry.values()
]  # fmt: skip
BOUNDED = [(record, name) for record in RECORDS for name in record.params]


@pytest.mark.parametrize(("record", "name"), BOUNDED, ids=str)
def test_a_parameter_may_be_anything_in_its_range_and_the_others_stay(record, name):
    _, low, high = record.params[name]
    for value in (low, high):
        changed = record.with_params(**{name: value})
        assert dict(changed.params) == {**record.params, name: (value, low, high)}
        assert isinstance(changed.params[name][0], float)
    for value in (np.nextafter(low, -np.inf), np.nextafter(high, np.inf)):
        with pytest.raises(ValueError, match=rf"{record.name} expects {name} in \["):
            record.with_params(**{name: value})
    with pytest.raises(TypeError, match=f"{record.name} expects a number for {name}; got 'a'"):
        record.with_params(**{name: "a"})


@pytest.mark.parametrize("record", RECORDS, ids=str)
def test_an_unknown_parameter_is_answered_with_those_there_are(record):
    known = [*(["learning_rate"] if record in OPTIMIZERS.values() else []), *record.params]
    takes = ", ".join(known) or "none"
    with pytest.raises(ValueError, match=f"^{record.name} has no parameter color: it takes {takes}$"):
        record.with_params(color=1.0)


def test_a_record_is_taken_as_it_is():
    for make, record in ((activation, ACTIVATIONS["relu"]), (initializer, INITIALIZERS["he"])):
        assert make(record).name == record.name
