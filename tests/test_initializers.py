"""Weight initialization: the spread that each rule promises, and what the rules refuse."""

import numpy as np
import pytest

from mlpkit.initializers import INITIALIZERS, initializer

every_rule = pytest.mark.parametrize("rule", INITIALIZERS.values(), ids=INITIALIZERS)
N_IN, N_OUT = 300, 500  # 150 000 weights: the standard error of the spread is 0.2 %
SPREAD = {
    "zeros": 0.0,
    "normal": 0.1,
    "xavier": (2 / 800) ** 0.5,
    "he": (2 / 300) ** 0.5,
    "he_bias": (2 / 300) ** 0.5,
}


@every_rule
def test_weights_have_their_shape_and_mean_zero(rule):
    W = rule(np.random.default_rng(0), N_IN, N_OUT)
    assert (W.shape, W.dtype) == ((N_IN, N_OUT), np.float64)
    assert abs(W.mean()) <= 4 * W.std() / np.sqrt(W.size)


@pytest.mark.parametrize("name", SPREAD)
def test_weights_have_the_spread_of_the_rule(name):
    W = INITIALIZERS[name](np.random.default_rng(0), N_IN, N_OUT)
    assert W.std() == pytest.approx(SPREAD[name], rel=0.01)


@every_rule
def test_the_same_generator_gives_the_same_weights(rule):
    first, second = (rule(np.random.default_rng(5), 3, 4) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert all([rule.label, rule.formula])


def test_biases_start_at_zero_except_for_the_rule_of_slide_relu():
    assert {name: INITIALIZERS[name].bias for name in SPREAD} == dict.fromkeys(SPREAD, 0) | {"he_bias": 0.1}


def test_xavier_is_uniform_within_its_bound():
    W = INITIALIZERS["xavier"](np.random.default_rng(0), N_IN, N_OUT)
    bound = np.sqrt(6 / (N_IN + N_OUT))
    assert bound * 0.999 < np.abs(W).max() <= bound


@pytest.mark.parametrize(
    ("name", "activation_gain"), [("xavier", np.tanh), ("he", lambda z: np.maximum(z, 0))]
)
def test_xavier_and_he_keep_the_size_of_activations_through_twenty_layers(name, activation_gain):
    rng = np.random.default_rng(0)
    A = rng.normal(size=(200, 256))
    for _ in range(20):
        A = activation_gain(A @ INITIALIZERS[name](rng, 256, 256))
    assert 0.1 < np.sqrt((A**2).mean()) < 3  # a scale of 0.02 leaves 1e-10 after twenty ReLU layers


def test_with_he_and_a_bias_of_a_tenth_about_half_of_the_relu_units_are_active():
    """Slide relu: the bias keeps most units active only when the weights are tiny (100 normal inputs)."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(2000, 100))
    active = {
        s: (X @ initializer("normal", scale=s)(rng, 100, 400) + 0.1 > 0).mean() for s in (2**0.5 / 10, 0.01)
    }
    assert active[2**0.5 / 10] == pytest.approx(0.528, abs=0.005)
    assert active[0.01] == pytest.approx(0.84, abs=0.01)


def test_the_scale_of_normal_is_a_parameter():
    wide = initializer("normal", scale=2)
    assert wide(np.random.default_rng(0), N_IN, N_OUT).std() == pytest.approx(2, rel=0.01)
    assert repr(wide) == "Initializer('normal', scale=2)"
    assert INITIALIZERS["normal"].params["scale"][0] == 0.1
    assert initializer(wide, scale=3)(np.random.default_rng(0), N_IN, N_OUT).std() == pytest.approx(
        3, rel=0.01
    )


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "unknown initializer 'xaviar'; did you mean 'xavier'\\?", lambda: initializer("xaviar")),
        (ValueError, "he has no parameter scale: it takes none", lambda: initializer("he", scale=1)),
        (ValueError, r"normal expects scale in \[0, 10\]; got -1", lambda: initializer("normal", scale=-1)),
        (
            TypeError,
            "he expects rng to be a numpy.random.Generator; got 0",
            lambda: INITIALIZERS["he"](0, 1, 1),
        ),
        (
            ValueError,
            "he expects n_in >= 1; got 0",
            lambda: INITIALIZERS["he"](np.random.default_rng(), 0, 1),
        ),
        (
            TypeError,
            "he expects an integer n_out; got 2.0",
            lambda: INITIALIZERS["he"](np.random.default_rng(), 1, 2.0),
        ),
    ],
)
def test_mistakes_are_answered_with_what_was_expected(error, message, call):
    with pytest.raises(error, match=message):
        call()
