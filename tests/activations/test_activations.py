"""The activation functions: what every record must do, the identities of the slides, the edges of float64."""

import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from deck import named_on_slides
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.activations import (
    ACTIVATIONS,
    activation,
    elu_prime,
    gelu,
    gelu_prime,
    gelu_sigmoid,
    gelu_tanh,
    leaky_relu_prime,
    relu,
    relu_prime,
    sigmoid,
    softplus,
    step,
    step_prime,
    swish,
    swish_prime,
    tanh,
)

RECORDS = list(ACTIVATIONS.values())
EXTREMES = [
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    1e-310,
    1.0,
    -1.0,
    40.0,
    -40.0,
    745.2,
    -745.2,
    1e3,
    -1e3,
    1e308,
    -1e308,
]
with np.errstate(under="ignore"):
    EXTREMES_32 = np.array(EXTREMES).clip(-3e38, 3e38).astype(np.float32)
every_activation = pytest.mark.parametrize("act", RECORDS, ids=list(ACTIVATIONS))
DECK = named_on_slides("activations", ACTIVATIONS, first_slide="activations-table")
INF = np.inf
LIMITS = {  # g(-∞), g(∞), g′(-∞), g′(∞)
    "linear": (-INF, INF, 1, 1),
    "step": (0, 1, 0, 0),
    "sigmoid": (0, 1, 0, 0),
    "tanh": (-1, 1, 0, 0),
    "relu": (0, INF, 0, 1),
    "softplus": (0, INF, 0, 1),
    "leaky_relu": (-INF, INF, 0.01, 1),
    "elu": (-1, INF, 0, 1),
    "swish": (0, INF, 0, 1),
    "gelu": (0, INF, 0, 1),
}


@pytest.fixture(autouse=True)
def _floating_point_errors_are_raised():
    with np.errstate(all="raise"):
        yield


# ── what every record must do ─────────────────────────────────────────────────────────────────────────


@every_activation
def test_the_derivative_agrees_with_central_differences_away_from_kinks(act):
    z = np.random.default_rng(0).uniform(-6, 6, 500)
    z = z[np.all([np.abs(z - kink) > 1e-4 for kink in act.kinks] or [np.ones(z.size, bool)], axis=0)]
    h = 6e-6  # ε^(1/3): truncation h²|g‴|/6 and rounding ε|g|/h are both near 1e-10
    np.testing.assert_allclose((act(z + h) - act(z - h)) / (2 * h), act.dg(z), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", [n for n in ACTIVATIONS if n != "step"])  # the step has no complex form
def test_the_derivative_agrees_with_the_complex_step(name):
    act, z = ACTIVATIONS[name], np.random.default_rng(0).uniform(-30, 30, 500)
    slope = act(z + 1e-200j).imag / 1e-200  # no difference is taken: nothing cancels
    np.testing.assert_allclose(slope, act.dg(z), rtol=1e-13, atol=1e-15)  # 1e-15: where g′ crosses zero


@every_activation
def test_values_stay_in_the_stated_range_and_come_close_to_both_ends(act):
    low, high = act.range
    a = act(np.linspace(-50, 50, 100_001))
    assert low <= a.min()
    assert a.max() <= high
    assert a.min() < (low + 1e-7 if np.isfinite(low) else -0.4)  # leaky ReLU falls slowly: 0.01 · 50
    assert a.max() > (high - 1e-7 if np.isfinite(high) else 49)


@every_activation
def test_the_values_at_infinity_are_those_that_huge_numbers_come_to_without_a_warning(act):
    for sign in (-1, 1):
        far = act(sign * 1e308)
        assert act(sign * INF) == (far if abs(far) < 1e300 else np.sign(far) * INF)
        assert act.dg(sign * INF) == act.dg(sign * 1e308)


@pytest.mark.parametrize("name", DECK)
def test_the_limits_at_infinity_are_taken_without_a_warning(name):
    g = ACTIVATIONS[name]
    assert (g(-INF), g(INF), g.dg(-INF), g.dg(INF)) == LIMITS[name]


@every_activation
def test_extreme_numbers_give_finite_values_without_a_warning(act):
    for function in (act.g, act.dg):
        for z in (np.array(EXTREMES), EXTREMES_32):
            assert np.isfinite(function(z)).all()
            assert np.array_equal(function(z), [function(x) for x in z])
        assert np.isfinite(function(np.array([-65504, 65504, 6e-8], dtype=np.float16))).all()


@every_activation
def test_nan_stays_nan_and_leaves_its_neighbours_alone(act):
    for function in (act.g, act.dg):
        values = function([np.nan, 1.0, -1.0])
        assert np.isnan(values).tolist() == [True, False, False]
        assert np.isnan(function(np.nan))


@every_activation
def test_shape_and_type_are_kept_and_the_input_is_not_touched(act):
    for function in (act.g, act.dg):
        for dtype in (np.float16, np.float32, np.float64):
            z = np.linspace(-2, 2, 12, dtype=dtype).reshape(3, 4)
            before = z.copy()
            a = function(z)
            assert (a.shape, a.dtype) == ((3, 4), dtype)
            assert not np.shares_memory(a, z)
            assert np.array_equal(z, before)
        assert function([-1, 0, 2]).dtype == np.float64
        assert function(np.array(2, dtype=np.float32)).dtype == np.float32
        assert isinstance(function(2), np.float64)
        assert function(np.empty((0, 3))).shape == (0, 3)
        np.testing.assert_array_equal(
            function(np.arange(12.0).reshape(3, 4)[::2, ::-1]), function([[3, 2, 1, 0], [11, 10, 9, 8]])
        )


@every_activation
@given(z=st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=20))
def test_an_array_is_the_same_as_its_numbers_one_by_one(act, z):
    np.testing.assert_array_max_ulp(
        act(z), np.array([act(x) for x in z]), maxulp=2
    )  # vector and scalar exp differ


@pytest.mark.parametrize(
    "name", ["linear", "step", "sigmoid", "tanh", "relu", "softplus", "leaky_relu", "elu"]
)
@given(pair=st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)))
def test_monotone_functions_never_fall(name, pair):
    a = ACTIVATIONS[name](sorted(pair))
    assert a[1] >= a[0] - 1e-15 * abs(a[0]) if abs(a[0]) > 1e-290 else True
    assert ACTIVATIONS[name].dg(pair[0]) >= 0


@every_activation
def test_a_record_says_everything_a_table_needs(act):
    assert ACTIVATIONS[act.name] is act
    assert all([act.label, act.formula, act.gradient, act.source])
    assert act.range[0] < act.range[1]
    assert all(low <= value <= high for value, low, high in act.params.values())
    assert act(0.5) == act.g(0.5)


@every_activation
def test_records_survive_pickling(act):
    for record in (act, act.with_params(**act.values)):
        copy = pickle.loads(pickle.dumps(record))
        assert (copy.name, copy(0.3), copy.dg(0.3), copy.range) == (
            act.name,
            act(0.3),
            act.dg(0.3),
            act.range,
        )


def test_the_registry_starts_with_the_ten_functions_of_the_deck_in_their_order():
    assert len(DECK) == 10
    assert list(ACTIVATIONS)[:10] == DECK


@pytest.mark.parametrize("name", DECK)
def test_the_record_of_a_function_of_the_deck_names_its_slide_and_what_is_wrong_there(name):
    assert ACTIVATIONS[name].source.startswith("slide")
    assert bool(ACTIVATIONS[name].erratum) == (name in {"step", "relu", "elu", "swish"})


# ── the identities on the slides, literally ───────────────────────────────────────────────────────────

Z = np.linspace(-8, 8, 321)


def test_slide_identities_hold():
    s, t = sigmoid(Z), tanh(Z)
    close = partial(np.testing.assert_allclose, rtol=1e-12, atol=1e-15)
    close(s, 1 / (1 + np.exp(-Z)))
    close(ACTIVATIONS["sigmoid"].dg(Z), s * (1 - s))
    close(t, (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)), atol=1e-15)
    close(ACTIVATIONS["tanh"].dg(Z), 1 - t**2, rtol=1e-8)  # 1 - t² itself loses eight digits at z = ±8
    close(t, 2 * sigmoid(2 * Z) - 1, atol=1e-15)
    close(relu(Z), np.maximum(0, Z))
    close(softplus(Z), np.log(1 + np.exp(Z)))
    close(ACTIVATIONS["softplus"].dg(Z), s)
    close(softplus(Z) - softplus(-Z), Z, atol=1e-14)
    close(swish(Z, 2.0), Z * sigmoid(2 * Z))


def test_the_step_is_the_heaviside_function_and_sign_is_twice_the_step_less_one():
    z = np.array([-3.0, -1e-300, 0.0, 1e-300, 3.0])
    assert step(z).tolist() == [0, 0, 0.5, 1, 1]
    np.testing.assert_array_equal(np.sign(z), 2 * step(z) - 1)
    np.testing.assert_allclose(sigmoid(1e4 * np.array([-1, 0, 1])), step([-1, 0, 1]))  # the limit of σ(wz)
    assert step(0.0, at_zero=1.0) == 1


def test_at_a_kink_the_derivative_is_the_left_slope_unless_asked_otherwise():
    assert relu_prime(0.0) == 0
    assert leaky_relu_prime(0.0, alpha=0.1) == 0.1
    assert elu_prime(0.0, alpha=0.5) == 0.5
    assert step_prime(0.0) == 0
    for prime in (relu_prime, leaky_relu_prime, elu_prime, step_prime):
        assert prime([-1e-9, 0.0, 1e-9], at_zero=7.0)[1] == 7
        np.testing.assert_array_equal(prime([-1.0, 1.0], at_zero=7.0), prime([-1.0, 1.0]))
    assert replace(ACTIVATIONS["relu"], dg=partial(relu_prime, at_zero=1.0)).dg(0) == 1


def test_the_slope_of_swish_as_printed_is_right_for_beta_one_only():
    def printed(z, beta):
        return beta * swish(beta * z, beta) + sigmoid(beta * z) * (1 - beta * swish(beta * z, beta))

    np.testing.assert_allclose(printed(Z, 1.0), swish_prime(Z, 1.0), atol=1e-14)
    assert swish_prime(0.5, 2.0) == pytest.approx(0.92767, abs=5e-6)
    assert printed(0.5, 2.0) == pytest.approx(1.20482, abs=5e-6)


def test_swish_has_its_minimum_and_its_steepest_slope_where_the_lecture_says():
    z = np.linspace(-5, 5, 1_000_001)
    assert (swish(z).min(), z[swish(z).argmin()]) == pytest.approx((-0.27846, -1.27846), abs=1e-5)
    assert (swish_prime(z).max(), z[swish_prime(z).argmax()]) == pytest.approx((1.09984, 2.39936), abs=1e-5)
    np.testing.assert_array_equal(swish(z, 0.0), z / 2)
    assert np.abs(swish(z, 1e4) - relu(z)).max() < 3e-5  # 0.2785/β
    np.testing.assert_array_equal(swish_prime([-np.inf, -1.0, np.inf], 0.0), 0.5)
    assert swish([-np.inf, np.inf], 0.0).tolist() == [-np.inf, np.inf]


def test_gelu_has_its_minimum_and_its_steepest_slope_where_the_lecture_says():
    z = np.linspace(-5, 5, 1_000_001)
    assert (gelu(z).min(), z[gelu(z).argmin()]) == pytest.approx((-0.16997, -0.75179), abs=1e-5)
    assert (gelu_prime(z).max(), z[gelu_prime(z).argmax()]) == pytest.approx((1.12890, np.sqrt(2)), abs=1e-5)


def test_both_forms_of_gelu_on_the_slide_are_equal():
    from scipy.special import erf, ndtr

    np.testing.assert_allclose(gelu(Z), Z * ndtr(Z), rtol=1e-13)
    np.testing.assert_allclose(gelu(Z), Z / 2 * (1 + erf(Z / np.sqrt(2))), rtol=1e-15, atol=4e-16)


@pytest.mark.parametrize(("approximation", "error"), [(gelu_tanh, 4.7e-4), (gelu_sigmoid, 2.0e-2)])
def test_the_usual_approximations_of_gelu_are_off_by_as_much_as_the_lecture_says(approximation, error):
    z = np.linspace(-10, 10, 200_001)
    assert np.abs(approximation(z) - gelu(z)).max() == pytest.approx(error, rel=0.03)
    assert approximation(np.array([-np.inf, np.inf, -1e308, 1e308])).tolist() == [0, np.inf, 0, 1e308]
    assert np.isnan(approximation(np.nan))
    assert approximation(z.astype(np.float32)).dtype == np.float32


def test_gelu_tanh_is_the_formula_of_its_docstring():
    inner = np.sqrt(2 / np.pi) * (Z + 0.044715 * Z**3)
    np.testing.assert_allclose(gelu_tanh(Z), Z / 2 * (1 + np.tanh(inner)), rtol=0, atol=1e-15)


# ── parameters, names, errors ─────────────────────────────────────────────────────────────────────────


def test_parameters_are_bound_in_a_new_record_and_the_old_one_stays():
    steep = ACTIVATIONS["swish"].with_params(beta=3)
    assert steep(0.5) == swish(0.5, 3.0)
    assert steep.dg(0.5) == swish_prime(0.5, 3.0)
    assert steep.params == {"beta": (3.0, 0.0, 10.0)}
    assert steep.with_params(beta=2.0)(0.5) == swish(0.5, 2.0)
    assert ACTIVATIONS["swish"](0.5) == swish(0.5)
    assert repr(steep) == "Activation('swish', beta=3)"
    assert ACTIVATIONS["relu"].with_params() is ACTIVATIONS["relu"]


def test_range_and_kinks_follow_the_parameters():
    assert activation("elu", alpha=0.5).range == (-0.5, np.inf)
    assert activation("elu", alpha=0.5).kinks == activation("elu", alpha=1.5).kinks == (0.0,)
    assert activation("elu").kinks == ()
    assert activation("leaky_relu", alpha=0.0).range == (0.0, np.inf)
    assert activation("leaky_relu", alpha=1.0).kinks == ()
    assert activation("swish", beta=0.0).range == (-np.inf, np.inf)
    assert activation("swish", beta=2.0).range[0] == pytest.approx(
        swish(np.linspace(-2, 0, 100_001), 2.0).min()
    )


def test_parameters_have_the_ranges_of_the_lectures_sliders_and_kinks_are_at_zero():
    deck = [ACTIVATIONS[name] for name in DECK]
    assert {act.name: act.params for act in deck if act.params} == {
        "leaky_relu": {"alpha": (0.01, 0.0, 1.0)},
        "elu": {"alpha": (1.0, 0.1, 2.0)},
        "swish": {"beta": (1.0, 0.0, 10.0)},
    }
    kinks = {act.name: act.kinks for act in deck if act.kinks}
    assert kinks == {"step": (0.0,), "relu": (0.0,), "leaky_relu": (0.0,)}
    assert activation("leaky_relu", alpha=0.5).kinks == (0.0,)
    assert activation("leaky_relu", alpha=0.5).range == (-np.inf, np.inf)


@every_activation
def test_a_record_cannot_be_changed(act):
    with pytest.raises(AttributeError):
        act.name = "another"
    assert replace(act) != act  # a record is equal to itself alone


@pytest.mark.parametrize(("alpha", "reference"), [(0.0, relu), (1.0, ACTIVATIONS["linear"].g)])
def test_leaky_relu_goes_from_relu_to_linear(alpha, reference):
    z = np.array([-np.inf, -2.0, 0.0, 3.0, np.inf])
    np.testing.assert_array_equal(activation("leaky_relu", alpha=alpha)(z), reference(z))


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "unknown activation 'relux'; did you mean 'relu'\\?", lambda: activation("relux")),
        (
            ValueError,
            "unknown activation 'Sigmoid'; did you mean 'sigmoid'\\?",
            lambda: activation("Sigmoid"),
        ),
        (ValueError, "unknown activation 'q'; choose one of linear, step", lambda: activation("q")),
        (TypeError, "activation expects a name or a record; got 3", lambda: activation(3)),
        (ValueError, "relu has no parameter alpha: it takes none", lambda: activation("relu", alpha=1)),
        (ValueError, "elu has no parameter beta: it takes alpha", lambda: activation("elu", beta=1)),
        (
            ValueError,
            r"leaky_relu expects alpha in \[0, 1\]; got 2",
            lambda: activation("leaky_relu", alpha=2),
        ),
        (ValueError, "swish expects a finite beta; got nan", lambda: activation("swish", beta=np.nan)),
        (TypeError, "swish expects a number for beta; got '1'", lambda: activation("swish", beta="1")),
        (TypeError, "swish expects a number for beta; got True", lambda: activation("swish", beta=True)),
        (TypeError, "tanh expects numbers; got dtype <U1", lambda: tanh("a")),
        (TypeError, "relu expects numbers; got dtype object", lambda: relu([None])),
    ],
)
def test_mistakes_are_answered_with_what_was_expected(error, message, call):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    "function", [f for act in RECORDS for f in (act.g, act.dg)] + [gelu_tanh, gelu_sigmoid]
)
@pytest.mark.parametrize("z", ["a", ["1", "2"], None, [None, 1.0], {}, [len]], ids=str)
def test_what_is_not_a_number_is_refused_by_the_functions_own_name(function, z):
    with pytest.raises(TypeError, match=f"{function.__name__} expects numbers; got dtype"):
        function(z)


def test_a_record_is_accepted_for_its_name():
    act = activation("elu", alpha=0.5)
    assert activation(act) is not act
    assert activation(act).values == {"alpha": 0.5}
    assert activation(ACTIVATIONS["tanh"]) is ACTIVATIONS["tanh"]
