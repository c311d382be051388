"""Output units: likelihoods against exact arithmetic, gradients against the slides, and what they refuse."""

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest
from batches import targets
from deck import named_on_slides
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlpkit.activations import sigmoid
from mlpkit.outputs import (
    OUTPUT_UNITS,
    bernoulli_nll,
    bernoulli_nll_grad,
    categorical_nll,
    categorical_nll_grad,
    gaussian_nll,
    gaussian_nll_grad,
    log_softmax,
    output_unit,
    softmax,
)

logits = arrays(float, st.tuples(st.integers(1, 4), st.integers(2, 5)), elements=st.floats(-800, 800))
DECK = ("gaussian", "bernoulli", "categorical")
every_unit = pytest.mark.parametrize("unit", OUTPUT_UNITS.values(), ids=OUTPUT_UNITS)
every_unit_of_the_deck = pytest.mark.parametrize("unit", [OUTPUT_UNITS[name] for name in DECK], ids=DECK)


def exact_log_softmax(row):
    """log softmax of one row with 400 digits: e^-800 beside 1 must not be lost."""
    with mp.workdps(400):
        total = mp.fsum(mp.exp(mp.mpf(float(z))) for z in row)
        return [mp.mpf(float(z)) - mp.log(total) for z in row]


@pytest.mark.parametrize("spread", [1, 30, 300])
def test_log_softmax_is_within_30_ulp_also_for_the_winning_class(spread):
    Z = np.random.default_rng(0).normal(size=(60, 4)) * spread
    with np.errstate(under="ignore"):
        worst = max(
            float(abs(mp.mpf(float(value)) - exact) / mp.mpf(float(np.spacing(abs(float(exact))))))
            for values, row in zip(log_softmax(Z), Z, strict=True)
            for value, exact in zip(values, exact_log_softmax(row), strict=True)
            if abs(exact) > 1e-300
        )
    assert worst <= 30


@given(row=st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=6), dtype=st.sampled_from([float, np.float32]))
def test_log_softmax_is_within_30_ulp_of_any_logits(row, dtype):
    Z = np.array(row, dtype=dtype)
    with np.errstate(all="raise"):
        values = log_softmax(Z)
    assert values.dtype == dtype
    smallest = mp.mpf(float(np.finfo(dtype).tiny))
    for value, exact in zip(values, exact_log_softmax(Z), strict=True):
        if abs(exact) > smallest:
            ulp = mp.mpf(float(np.spacing(abs(value))))
            assert abs(mp.mpf(float(value)) - exact) <= (30 if dtype is float else 0.51) * ulp


@pytest.mark.parametrize("f", [softmax, log_softmax])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex64])
def test_softmax_keeps_the_type_of_its_logits_and_integers_become_float64(f, dtype):
    assert f(np.array([[1, 2]], dtype)).dtype == dtype
    assert f(np.array([[1, 2]])).dtype == f([[True, False]]).dtype == np.float64


def test_what_underflows_is_quietly_zero_also_where_every_flag_is_an_error():
    with np.errstate(all="raise"):
        assert gaussian_nll([[1e-200]], [[0.0]]) == 0
        assert gaussian_nll_grad([[5e-324]] * 3, [[0.0]] * 3).tolist() == [[0.0]] * 3
        assert bernoulli_nll([[-745.0]] * 3, [0] * 3) == 5e-324
        assert bernoulli_nll_grad([[-745.0]] * 3, [0] * 3).tolist() == [[0.0]] * 3
        assert categorical_nll([[0.0, -745.0]] * 3, [0] * 3) == 5e-324
        assert categorical_nll_grad([[0.0, -745.0]] * 3, [0] * 3).tolist() == [[0.0, 0.0]] * 3


def test_the_loss_of_a_single_class_is_zero_and_not_minus_zero():
    assert str(categorical_nll([[3.0]], [0])) == "0.0"


@given(Z=logits, shift=st.integers(-1000, 1000))
def test_softmax_rows_are_distributions_and_a_shift_changes_nothing(Z, shift):
    with np.errstate(all="raise"):
        P = softmax(Z)
    assert (P >= 0).all()
    np.testing.assert_allclose(P.sum(axis=1), 1, rtol=1e-15)
    # Z + shift rounds Z by up to 1e-13, which changes a probability by as much, relatively
    np.testing.assert_allclose(softmax(Z + shift), P, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(np.exp(log_softmax(Z)), P, rtol=1e-12, atol=1e-300)


def test_softmax_of_two_classes_is_the_sigmoid_of_the_difference():
    z = np.linspace(-40, 40, 81)
    np.testing.assert_allclose(softmax(np.stack([z, 0 * z], axis=1))[:, 0], sigmoid(z), rtol=1e-15)


def test_infinite_and_huge_logits_give_the_limit_without_a_warning():
    with np.errstate(all="raise"):
        assert softmax([[-np.inf, 0.0], [1e308, -1e308]]).tolist() == [[0, 1], [1, 0]]
        assert log_softmax([-np.inf, 0.0]).tolist() == [-np.inf, 0]
        assert log_softmax([[1e308, -1e308]]).tolist() == [[0, -np.inf]]
        assert np.isnan(softmax([[np.nan, 0.0], [-np.inf, -np.inf]])).all()
    assert softmax(np.zeros((2, 3, 4))).shape == (2, 3, 4)


def test_the_jacobian_of_softmax_is_the_one_of_the_slide():
    z, h = np.array([0.3, -1.0, 2.0]), 1e-200
    s = softmax(z)
    jacobian = np.stack([softmax(z + h * 1j * unit).imag / h for unit in np.eye(3)], axis=1)
    np.testing.assert_allclose(jacobian, np.diag(s) - np.outer(s, s), rtol=1e-13)  # sᵢ(δᵢⱼ - sⱼ)
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, atol=1e-16)


# ── all three units ─────────────────────────────────────────────────────────────────────────────────────


@every_unit_of_the_deck
def test_the_gradient_is_the_mean_less_the_target_over_the_batch_size(unit):
    rng = np.random.default_rng(0)
    Z = rng.normal(size=(7, 3)) * 3
    Y = targets(unit.name, rng, 7, 3)
    rows = np.eye(3)[Y] if unit.name == "categorical" else Y
    np.testing.assert_allclose(unit.nll_grad(Z, Y), (unit.mean(Z) - rows) / 7, rtol=1e-12, atol=1e-16)


@every_unit
def test_the_gradient_agrees_with_the_complex_step(unit):
    rng = np.random.default_rng(1)
    Z = rng.normal(size=(4, 3)) * 20
    Y = targets(unit.name, rng, 4, 3)
    steps = np.eye(Z.size).reshape(Z.size, *Z.shape)
    slope = np.array([unit.nll(Z + 1e-200j * step, Y).imag for step in steps]) / 1e-200
    np.testing.assert_allclose(unit.nll_grad(Z, Y), slope.reshape(Z.shape), rtol=1e-12, atol=1e-16)


@every_unit_of_the_deck
def test_confident_logits_lose_no_digit_and_give_no_warning(unit):
    with np.errstate(all="raise"):
        Z = np.array([[800.0, -800.0], [-800.0, 800.0]])
        Y = np.array([[1, 0], [1, 0]]) if unit.name == "bernoulli" else np.array([0, 0])
        if unit.name == "gaussian":
            Y = Z - 2
        right_and_wrong = [unit.nll(Z[i : i + 1], Y[i : i + 1]) for i in (0, 1)]
        assert (
            right_and_wrong
            == {"gaussian": [4, 4], "bernoulli": [0, 1600], "categorical": [0, 1600]}[unit.name]
        )
        assert np.isfinite(unit.nll_grad(Z, Y)).all()


@every_unit_of_the_deck
@pytest.mark.parametrize("size", [1e200, 1e308])
def test_huge_logits_give_the_limit_or_infinity_without_a_warning(unit, size):
    Z = np.array([[size, -size], [-size, size]])
    Y = np.array([[1, 0], [0, 1]])  # right for bernoulli and categorical
    with np.errstate(all="raise"):
        assert unit.nll(Z, Y) == (np.inf if unit.name == "gaussian" else 0)
        assert unit.nll(Z, 1 - Y) == (np.inf if unit.name == "gaussian" or size > 1e200 else 2e200)
        assert unit.nll_grad(Z, Y).shape == (2, 2)


@every_unit
def test_nan_in_a_logit_stays_nan_in_its_row(unit):
    Z = np.array([[np.nan, 0.0], [1.0, 2.0]])
    Y = np.array([[1, 0], [0, 1]])
    with np.errstate(all="raise"):
        assert np.isnan(unit.nll(Z, Y))
        assert np.isnan(unit.nll_grad(Z, Y)[0, 0])
        assert np.isnan(unit.mean(Z)[0, 0])
        assert np.isfinite(unit.mean(Z)[1]).all()
        assert np.isfinite(unit.nll_grad(Z, Y)[1]).all()


@every_unit
def test_mean_and_loss_leave_their_input_alone(unit):
    Z = np.array([[0.5, -0.5]])
    Y = np.array([0]) if unit.name == "categorical" else np.array([[1.0, 0.0]])
    mean = unit.mean(Z)
    mean[...] = 9
    unit.nll(Z, Y)
    unit.nll_grad(Z, Y)[...] = 9
    assert Z.tolist() == [[0.5, -0.5]]
    assert all([unit.label, unit.formula, unit.gradient, unit.mean_formula, unit.targets, unit.source])
    assert isinstance(unit.nll(Z, Y), float)


@every_unit_of_the_deck
def test_the_record_of_a_unit_of_the_deck_names_its_slide_and_what_is_wrong_there(unit):
    assert unit.source.startswith("slide")
    assert unit.erratum


def test_the_registry_has_the_three_units_of_the_deck():
    assert set(DECK) <= set(OUTPUT_UNITS)
    named = named_on_slides("outputs", [f"{name}_nll" for name in DECK])
    assert named == [f"{name}_nll" for name in DECK]


def test_the_gradient_of_a_confident_right_answer_is_not_rounded_to_zero():
    # ŷ - 1 is 0 in float64; the label's entry is minus the sum of the others
    assert OUTPUT_UNITS["categorical"].nll_grad([[50.0, 0.0]], [0])[0, 0] == pytest.approx(
        -np.exp(-50), rel=1e-12
    )
    assert OUTPUT_UNITS["bernoulli"].nll_grad([[50.0]], [1])[0, 0] == pytest.approx(-np.exp(-50), rel=1e-12)


# ── the slides ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_gaussian_loss_is_half_the_squared_error_of_the_slide_and_a_log_likelihood():
    from scipy.stats import norm

    rng = np.random.default_rng(2)
    Z, Y = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    assert gaussian_nll(Z, Y) == pytest.approx(((Y - Z) ** 2).sum(axis=1).mean() / 2, rel=1e-15)
    for sigma in (0.5, 1.0, 3.0):
        likelihood = -norm.logpdf(Y, Z, sigma).sum(axis=1).mean()  # scale is σ, not the variance
        constant = 2 * np.log(2 * np.pi) / 2  # ½ log 2π for each of two columns
        assert gaussian_nll(Z, Y, sigma) + constant == pytest.approx(likelihood, rel=1e-14)
        np.testing.assert_allclose(gaussian_nll_grad(Z, Y, sigma), (Z - Y) / sigma**2 / 5, rtol=1e-14)
    # σ² = ½ gives the squared error itself, up to a constant
    half = gaussian_nll(Z, Y, np.sqrt(0.5)) - 2 * np.log(np.sqrt(0.5))
    assert half == pytest.approx(((Y - Z) ** 2).sum(axis=1).mean(), rel=1e-14)


def test_the_bernoulli_loss_is_the_formula_of_the_slide_for_labels_0_and_1():
    z, y = np.linspace(-5, 5, 11)[:, None], np.arange(11) % 2
    loss = -np.log(sigmoid((2 * y - 1) * z[:, 0])).mean()  # -log σ((2y - 1)z)
    p = sigmoid(z[:, 0])
    binary = -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()
    assert OUTPUT_UNITS["bernoulli"].nll(z, y) == pytest.approx(loss, rel=1e-14)
    assert OUTPUT_UNITS["bernoulli"].nll(z, y[:, None]) == pytest.approx(binary, rel=1e-13)


def test_the_categorical_loss_is_the_sum_of_the_slide_and_takes_both_kinds_of_labels():
    Z, labels = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, 0.1]]), np.array([2, 1])
    one_hot = np.eye(3)[labels]
    unit = OUTPUT_UNITS["categorical"]
    assert unit.nll(Z, labels) == pytest.approx(-(one_hot * np.log(softmax(Z))).sum(axis=1).mean(), rel=1e-14)
    for Y in (one_hot, one_hot.astype(int), one_hot.astype(bool), labels.astype(float), labels.tolist()):
        assert unit.nll(Z, Y) == unit.nll(Z, labels)
        np.testing.assert_array_equal(unit.nll_grad(Z, Y), unit.nll_grad(Z, labels))


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────

Z22, Z21 = np.zeros((2, 2)), np.zeros((2, 1))


@pytest.mark.parametrize(
    ("name", "Z", "Y", "error", "message"),
    [
        ("categorical", Z22, [0, 2], ValueError, r"categorical expects integer labels 0 to 1; Y\[1\] is 2"),
        ("categorical", np.zeros((3, 2)), [0, 2, 9], ValueError, r"integer labels 0 to 1; Y\[1\] is 2"),
        ("categorical", Z22, [0, 0.75], ValueError, r"integer labels 0 to 1; Y\[1\] is 0.75"),
        (
            "categorical",
            Z22,
            [[1, 0], [0, 0]],
            ValueError,
            r"one-hot rows, a single 1 .* Y\[1\] is \[0.0, 0.0\]",
        ),
        ("categorical", Z22, [0, 7], ValueError, r"categorical expects integer labels 0 to 1; Y\[1\] is 7"),
        ("categorical", Z22, [-1, 0], ValueError, r"integer labels 0 to 1; Y\[0\] is -1"),
        ("categorical", Z22, [0.5, 0], ValueError, r"integer labels 0 to 1; Y\[0\] is 0.5"),
        (
            "categorical",
            Z22,
            [[0.5, 0.5], [1, 0]],
            ValueError,
            r"one-hot rows, a single 1 .* Y\[0\] is \[0.5, 0.5\]",
        ),
        (
            "categorical",
            Z22,
            [[1, 0], [1, 1]],
            ValueError,
            r"one-hot rows, a single 1 .* Y\[1\] is \[1.0, 1.0\]",
        ),
        ("categorical", Z22, [1, 2], ValueError, r"; Y\[1\] is 2 \(labels start at 0: subtract 1\)$"),
        ("categorical", Z22, [2, 2], ValueError, r"; Y\[0\] is 2 \(labels start at 0: subtract 1\)$"),
        ("categorical", Z22, [0, 2], ValueError, r"Y\[1\] is 2$"),
        ("categorical", Z22, [1, 3], ValueError, r"Y\[1\] is 3$"),
        ("categorical", Z22, [1.5, 2], ValueError, r"Y\[0\] is 1.5$"),
        ("categorical", np.zeros((2, 3)), [1, 3], ValueError, r"integer labels 0 to 2; Y\[1\] is 3 \(labels"),
        ("categorical", Z22, [[1, 1], [1, 0]], ValueError, r"Y\[0\] is \[1.0, 1.0\]$"),
        ("categorical", np.zeros((1, 3)), [[0.5, 0.5, 0]], ValueError, r"one-hot rows.* \[0.5, 0.5, 0.0\]$"),
        ("categorical", Z21, [0, 1], ValueError, r"at least two classes; got one output \(for y 0 or 1: ber"),
        ("categorical", Z21, [[0], [1]], ValueError, "categorical expects at least two classes; got one out"),
        ("categorical", Z22, [0, 1, 1], ValueError, r"expects Y of shape \(2,\) or \(2, 2\) .*; got \(3,\)"),
        ("categorical", Z22, Z21, ValueError, r"expects Y of shape \(2,\) or \(2, 2\) .*; got \(2, 1\)"),
        ("categorical", Z22, ["a", "b"], TypeError, "categorical expects Y to hold numbers; got dtype <U1"),
        ("bernoulli", Z21, [3, -1], ValueError, r"every y to be 0 or 1; got 3 \(labels ±1: use"),
        ("bernoulli", Z21, [0, -1], ValueError, r"every y to be 0 or 1; got -1 \(labels ±1: use"),
        ("bernoulli", Z21, [1, -1], ValueError, r"every y to be 0 or 1; got -1 \(labels ±1: use"),
        ("bernoulli", Z21, [1, 2], ValueError, r"0 or 1; got 2 \(labels start at 0: subtract 1\)$"),
        ("bernoulli", Z21, [1, 3], ValueError, r"0 or 1; got 3 \(labels ±1: use \(y \+ 1\) / 2\)$"),
        ("bernoulli", Z21, [[0, 1], [1, 0]], ValueError, r"Y of shape \(2,\) or \(2, 1\) .*; got \(2, 2\)"),
        ("bernoulli", Z22, [0, 1], ValueError, r"Y of shape \(2, 2\) for Z of shape \(2, 2\); got \(2,\)"),
        ("gaussian", Z22, [0, 1], ValueError, r"Y of shape \(2, 2\) for Z of shape \(2, 2\); got \(2,\)"),
        ("gaussian", Z21, [0, np.nan], ValueError, r"gaussian expects finite numbers in Y; Y\[1\] is nan"),
        (
            "gaussian",
            np.zeros(3),
            [0, 1, 2],
            ValueError,
            r"gaussian expects Z of shape \(n, k\).*; got \(3,\)",
        ),
        (
            "gaussian",
            np.zeros((2, 2, 1)),
            np.zeros((2, 2, 1)),
            ValueError,
            r"Z of shape \(n, k\).*; got \(2, 2, 1\)",
        ),
        ("gaussian", np.zeros((0, 1)), np.zeros((0, 1)), ValueError, "expects at least one example"),
        ("gaussian", Z21, [[1, 2], [3]], ValueError, "gaussian expects Y to be a full table of numbers"),
    ],
)
@pytest.mark.parametrize("what", ["nll", "nll_grad"])
def test_targets_that_do_not_fit_are_answered_with_names_and_shapes(name, Z, Y, error, message, what):
    with pytest.raises(error, match=message):
        getattr(OUTPUT_UNITS[name], what)(Z, Y)


def test_names_scalars_and_sigmas_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="unknown output unit 'bernouli'; did you mean 'bernoulli'"):
        output_unit("bernouli")
    with pytest.raises(
        ValueError, match=r"softmax expects Z of shape \(n, k\), one example per row; got \(\)"
    ):
        softmax(3.0)
    with pytest.raises(ValueError, match="gaussian expects sigma > 0; got 0"):
        gaussian_nll(Z21, Z21, sigma=0)
    with pytest.raises(ValueError, match="gaussian expects a finite sigma; got inf"):
        gaussian_nll_grad(Z21, Z21, sigma=np.inf)
    assert output_unit(OUTPUT_UNITS["gaussian"]) is OUTPUT_UNITS["gaussian"]
    assert repr(OUTPUT_UNITS["gaussian"]) == "OutputUnit('gaussian')"
    with pytest.raises(AttributeError):
        OUTPUT_UNITS["gaussian"].name = "normal"  # type: ignore[misc]
    assert replace(OUTPUT_UNITS["gaussian"]) != OUTPUT_UNITS["gaussian"]  # a record is equal to itself alone
    with pytest.raises(ValueError, match=r"log_softmax expects Z of shape \(n, k\).*; got \(2, 0\)"):
        log_softmax(np.zeros((2, 0)))
