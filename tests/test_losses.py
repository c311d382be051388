"""Losses: the slide's sums literally, gradients by the complex step, and the logits they belong to."""

import numpy as np
import pytest
from batches import targets
from deck import named_on_slides

from mlpkit.losses import (
    LOSSES,
    binary_cross_entropy,
    binary_cross_entropy_grad,
    cross_entropy,
    cross_entropy_grad,
    loss,
    squared_error,
    squared_error_grad,
)
from mlpkit.outputs import softmax

DECK = named_on_slides("losses", LOSSES)
every_loss = pytest.mark.parametrize("record", LOSSES.values(), ids=LOSSES)


def logits_and_targets(record, n=5, k=3):
    """Z (n, k) and some Y that fits the loss."""
    rng = np.random.default_rng(3)
    return rng.normal(size=(n, k)), targets(record.unit.name, rng, n, k)


def test_the_slides_sums_hold_literally():
    y, y_hat = np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.5, 0.3])
    assert squared_error([y_hat], [y]) == pytest.approx(((y - y_hat) ** 2).sum(), rel=1e-15)
    assert cross_entropy([y_hat], [y]) == pytest.approx(-(y * np.log(y_hat)).sum(), rel=1e-15)


def test_a_batch_of_two_worked_out_by_hand():
    #   (1 - 3)² = 4 and (2 - 2)² = 0, mean 2; 2(ŷ - y)/n = (2·2/2, 0)
    assert squared_error([[3.0], [2.0]], [1, 2]) == 2
    assert squared_error_grad([[3.0], [2.0]], [1, 2]).tolist() == [[2], [0]]
    #   -log ½ and -log ¼, mean 1.5 log 2; -1/(½·2) = -1 and -1/(¼·2) = -2 at the labels
    P = [[0.5, 0.5], [0.25, 0.75]]
    assert cross_entropy(P, [1, 0]) == pytest.approx(1.5 * np.log(2), rel=1e-15)
    assert cross_entropy_grad(P, [1, 0]).tolist() == [[0, -1], [-2, 0]]
    #   y = 1, ŷ = ¼: -log ¼, slope -4/2; y = 0, ŷ = ½: -log(1 - ½), slope 2/2
    assert binary_cross_entropy([[0.25], [0.5]], [1, 0]) == pytest.approx(1.5 * np.log(2), rel=1e-15)
    assert binary_cross_entropy_grad([[0.25], [0.5]], [1, 0]).tolist() == [[-2], [1]]


@every_loss
def test_the_gradient_agrees_with_the_complex_step(record):
    Z, Y = logits_and_targets(record)
    Y_hat, slopes = record.unit.mean(Z) + 0j, np.empty(Z.shape)
    for place in np.ndindex(Z.shape):
        Y_hat[place] += 1e-200j
        slopes[place] = record.value(Y_hat, Y).imag / 1e-200
        Y_hat[place] -= 1e-200j
    # The complex step has no difference that cancels: what remains is the rounding of one division.
    np.testing.assert_allclose(record.gradient(Y_hat.real, Y), slopes, rtol=1e-14, atol=1e-16)


@every_loss
def test_a_loss_is_its_units_likelihood_times_the_ratio(record):
    Z, Y = logits_and_targets(record)
    assert record(record.unit.mean(Z), Y) == pytest.approx(record.ratio * record.unit.nll(Z, Y), rel=1e-13)


def test_the_squared_error_of_the_slide_is_twice_its_units_likelihood_and_the_entropies_are_theirs():
    assert {name: LOSSES[name].ratio for name in DECK} == {
        "squared_error": 2, "cross_entropy": 1, "binary_cross_entropy": 1
    }  # fmt: skip


@every_loss
def test_the_chain_rule_through_the_unit_gives_its_gradient_from_the_logits(record):
    Z, Y = logits_and_targets(record)
    dY_hat, S = record.gradient(record.unit.mean(Z), Y), record.unit.mean(Z)
    if record.unit.name == "categorical":
        dZ = S * (dY_hat - (S * dY_hat).sum(axis=1, keepdims=True))  # Jacobian sᵢ(δᵢⱼ - sⱼ)
    else:
        dZ = dY_hat * (S * (1 - S) if record.unit.name == "bernoulli" else 1)
    np.testing.assert_allclose(dZ, record.ratio * record.unit.nll_grad(Z, Y), rtol=1e-12, atol=1e-16)


def test_labels_and_one_hot_rows_and_columns_are_the_same_targets():
    P = softmax(np.random.default_rng(0).normal(size=(4, 3)))
    labels = np.array([2, 0, 1, 2])
    assert cross_entropy(P, labels) == cross_entropy(P, np.eye(3)[labels])
    np.testing.assert_array_equal(cross_entropy_grad(P, labels), cross_entropy_grad(P, np.eye(3)[labels]))
    for function in (squared_error, binary_cross_entropy):
        assert function(P[:, :1], [0, 1, 1, 0]) == function(P[:, :1], [[0], [1], [1], [0]])


def test_with_one_sigmoid_output_the_slides_sum_is_zero_for_every_negative_example():
    y, y_hat = np.zeros(3), np.array([0.01, 0.5, 0.99])
    assert (-(y * np.log(y_hat))).tolist() == [0, 0, 0]
    assert binary_cross_entropy(y_hat[2:, None], y[2:]) == pytest.approx(-np.log(0.01), rel=1e-13)
    with pytest.raises(ValueError, match="at least two classes; for one sigmoid output: binary_cross"):
        cross_entropy(y_hat[:, None], y)


def test_binary_cross_entropy_is_cross_entropy_of_the_two_probabilities():
    p, y = np.array([0.1, 0.6, 0.9]), np.array([0, 1, 1])
    both = np.stack([1 - p, p], axis=1)
    assert binary_cross_entropy(p[:, None], y) == pytest.approx(cross_entropy(both, y), rel=1e-15)


def test_certainty_costs_nothing_when_right_and_infinity_when_wrong_without_a_warning():
    assert repr(cross_entropy([[1.0, 0.0]], [0])) == "0.0"
    assert cross_entropy([[1.0, 0.0]], [1]) == np.inf
    assert cross_entropy_grad([[1.0, 0.0]], [1]).tolist() == [[0, -np.inf]]
    assert binary_cross_entropy([[0.0, 1.0]], [[0, 1]]) == 0
    assert binary_cross_entropy([[1.0]], [0]) == np.inf
    assert binary_cross_entropy_grad([[0.0], [1.0]], [1, 0]).tolist() == [[-np.inf], [np.inf]]


def test_a_small_probability_of_the_wrong_class_is_not_rounded_away():
    assert binary_cross_entropy([[1e-20]], [0]) == 1e-20  # log(1 - ŷ) would be log 1


@every_loss
def test_nan_stays_nan_and_inputs_are_left_alone(record):
    Z, Y = logits_and_targets(record)
    Y_hat = record.unit.mean(Z)
    kept, targets = Y_hat.copy(), Y.copy()
    record(Y_hat, Y), record.gradient(Y_hat, Y)
    np.testing.assert_array_equal(Y_hat, kept)
    np.testing.assert_array_equal(Y, targets)
    assert np.isnan(record(np.full_like(Y_hat, np.nan), Y))


@every_loss
def test_a_record_says_where_it_comes_from(record):
    assert LOSSES[record.name] is record is loss(record) is loss(record.name)
    assert all([record.label, record.formula, record.gradient_formula, record.source])
    assert repr(record) == f"Loss('{record.name}')"


def test_the_losses_of_the_deck_name_their_slide_and_what_is_wrong_there():
    assert DECK == ["squared_error", "cross_entropy", "binary_cross_entropy"]
    for name in DECK:
        assert "losses" in LOSSES[name].source
        assert LOSSES[name].erratum


HALF = [[0.5, 0.5]]


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (
            ValueError,
            "unknown loss 'squared_eror'; did you mean 'squared_error'",
            lambda: loss("squared_eror"),
        ),
        (TypeError, "loss expects a name or a record; got 3", lambda: loss(3)),  # type: ignore[arg-type]
        (ValueError, r"Y_hat\[0, 1\] is 3 \(for logits use cat", lambda: cross_entropy([[0.0, 3.0]], [0])),
        (ValueError, "row 0 of Y_hat sums to 1.5", lambda: cross_entropy([[0.75, 0.75]], [0])),
        (ValueError, r"integer labels 0 to 1; Y\[0\] is 2", lambda: cross_entropy(HALF, [2])),
        (
            ValueError,
            r"cross_entropy .*; Y\[0\] is 2 \(labels start at 0: subtract 1\)",
            lambda: cross_entropy(HALF, [2]),
        ),
        (ValueError, r"integer labels 0 to 1; Y\[0\] is -1", lambda: cross_entropy(HALF, [-1])),
        (ValueError, r"one-hot rows.*; Y\[0\] is \[1.0, 1.0\]", lambda: cross_entropy(HALF, [[1, 1]])),
        (ValueError, r"Y of shape \(1,\) or \(1, 2\)", lambda: cross_entropy(HALF, [0, 1])),
        (ValueError, r"for logits use bernoulli_nll", lambda: binary_cross_entropy([[-2.0]], [0])),
        (
            ValueError,
            r"binary_cross_entropy expects .* 0 or 1; got -1 \(labels ±1",
            lambda: binary_cross_entropy([[0.5]], [-1]),
        ),
        (ValueError, r"Y of shape \(1,\) or \(1, 1\)", lambda: binary_cross_entropy([[0.5]], [0, 1])),
        (ValueError, r"Y of shape \(1, 2\)", lambda: squared_error(HALF, [1])),
        (ValueError, r"for one column write Y_hat\[:, None\]", lambda: squared_error([1.0], [1.0])),
        (ValueError, r"one example per row; got \(\)", lambda: squared_error(1.0, 1.0)),
        (ValueError, "at least one example", lambda: squared_error(np.zeros((0, 1)), [])),
        (ValueError, r"finite numbers in Y; Y\[0\] is nan", lambda: squared_error([[1.0]], [np.nan])),
        (TypeError, "squared_error expects Y to hold numbers", lambda: squared_error([[1.0]], ["a"])),
    ],
)
def test_mistakes_are_answered_with_names_and_shapes(error, message, call):
    with pytest.raises(error, match=message):
        call()
