"""The activation functions against 60-digit arithmetic: how many units in the last place they are off."""

import math

import mpmath as mp
import numpy as np
import pytest

from mlpkit.activations import activation, gelu, normal, swish


@pytest.fixture(autouse=True)
def _floating_point_errors_are_raised():
    with np.errstate(all="raise"):
        yield


def sigma(z):
    return 1 / (1 + mp.exp(-z))


def swish_reference(beta):
    def slope(z):
        return sigma(beta * z) + beta * z * sigma(beta * z) * sigma(-beta * z)

    return lambda z: z * sigma(beta * z), slope


def elu_reference(alpha):
    return (lambda z: z if z > 0 else alpha * mp.expm1(z)), (
        lambda z: mp.mpf(1) if z > 0 else alpha * mp.exp(z)
    )


def leaky_reference(alpha):
    return (lambda z: z if z > 0 else alpha * z), (lambda z: mp.mpf(1) if z > 0 else mp.mpf(alpha))


def gelu_reference():
    def cdf(z):
        return mp.erfc(-max(-1000, min(z, 1000)) / mp.sqrt(2)) / 2  # beyond, mpmath's erfc gives up

    return (lambda z: z * cdf(z)), (lambda z: cdf(z) + z * mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))


REFERENCES = {
    "linear": (activation("linear"), (lambda z: z, lambda z: mp.mpf(1))),
    "step": (activation("step"), (lambda z: mp.mpf(z > 0), lambda z: mp.mpf(0))),
    "sigmoid": (activation("sigmoid"), (sigma, lambda z: sigma(z) * sigma(-z))),
    "tanh": (activation("tanh"), (mp.tanh, lambda z: mp.sech(z) ** 2)),
    "relu": (activation("relu"), leaky_reference(0)),
    "softplus": (activation("softplus"), (lambda z: max(z, 0) + mp.log1p(mp.exp(-abs(z))), sigma)),
    "leaky_relu": (activation("leaky_relu", alpha=0.25), leaky_reference(0.25)),
    "elu": (activation("elu"), elu_reference(1)),
    "elu(0.3)": (activation("elu", alpha=0.3), elu_reference(0.3)),
    "swish": (activation("swish"), swish_reference(1)),
    "swish(0.5)": (activation("swish", beta=0.5), swish_reference(mp.mpf(0.5))),
    "swish(2)": (activation("swish", beta=2), swish_reference(2)),
    "gelu": (activation("gelu"), gelu_reference()),
}
CROSSINGS = {
    "swish(0.5)": -1.2784645 / 0.5,
    "swish": -1.2784645,
    "swish(2)": -1.2784645 / 2,
    "gelu": -0.7517916,
}


def ulps(values, reference, z):
    """|value - reference| in units of the last place of the reference, for results above 1e-300."""
    with mp.workdps(60), np.errstate(under="ignore"):  # the spacing of a subnormal number is one
        exact = [mp.mpf(reference(mp.mpf(float(x)))) for x in z]
        units = [mp.mpf(float(np.spacing(values.dtype.type(abs(float(e)))))) for e in exact]
        tiny = 1e-300 if values.dtype == np.float64 else 1e-37
        return np.array(
            [
                float(abs(mp.mpf(float(v)) - e) / u) if abs(e) > tiny else 0.0
                for v, e, u in zip(values, exact, units, strict=True)
            ]
        )


def many_points(rng):
    spread = 10.0 ** rng.uniform(-300, 3, 150)
    return np.concatenate(
        [rng.uniform(-740, 1000, 300), rng.uniform(-40, 40, 300), rng.normal(size=300), spread, -spread]
    )


@pytest.mark.parametrize("name", REFERENCES)
def test_g_and_its_derivative_are_within_4_ulp_of_60_digit_arithmetic(name):
    act, (g, dg) = REFERENCES[name]
    z = many_points(np.random.default_rng(1))
    assert ulps(act(z), g, z).max() <= 4
    # At a zero crossing of g′ two terms of size 0.3 cancel: near it only the absolute error counts.
    near = np.abs(z - CROSSINGS.get(name, np.inf)) < 0.5
    assert ulps(act.dg(z[~near]), dg, z[~near]).max() <= 4
    with mp.workdps(60):
        assert all(abs(act.dg(x) - dg(mp.mpf(x))) < 3e-16 for x in z[near].tolist())


EDGES = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-200, 708.5, 745.0, 1e3, 1e308, 1.7e308]


@pytest.mark.parametrize("name", REFERENCES)
def test_subnormal_and_huge_numbers_are_within_4_ulp_too(name):
    """Below 1e-300, swish and GELU keep an absolute error of 1e-315; the others keep their 4 ulp."""
    act, references = REFERENCES[name]
    z = np.array(EDGES + [-x for x in EDGES] + np.linspace(-1e3, 1e3, 100).tolist())
    stated = 1e-315 if name.startswith(("swish", "gelu")) else 0
    for function, reference in zip((act.g, act.dg), references, strict=True):
        values = function(z)
        assert ulps(values, reference, z).max() <= 4
        with mp.workdps(60):
            exact = [mp.mpf(reference(mp.mpf(x))) for x in z.tolist()]
            for value, e in zip(values, exact, strict=True):
                if abs(e) <= 1e-300:
                    unit = math.ulp(float(e))
                    assert abs(mp.mpf(float(value)) - e) <= max(stated, 4 * mp.mpf(unit))


@pytest.mark.parametrize("name", REFERENCES)
def test_float32_results_are_rounded_once_from_subnormal_to_huge_numbers(name):
    act, references = REFERENCES[name]
    sizes = [1e-45, 1e-40, 1.1754944e-38, 1e-20, 88.8, 103.9, 1e3, 3.4e38]
    z = np.array([*sizes, *(-x for x in sizes), *np.linspace(-1e3, 1e3, 100)], dtype=np.float32)
    for function, reference in zip((act.g, act.dg), references, strict=True):
        values = function(z)
        assert (values.dtype, values.shape) == (np.float32, z.shape)
        assert ulps(values, reference, z).max() <= 0.51
        with mp.workdps(60):
            exact = [mp.mpf(reference(mp.mpf(float(x)))) for x in z]
            for value, e in zip(values, exact, strict=True):
                if abs(e) <= 1e-37:
                    unit = 2.0 ** max(math.frexp(e)[1] - 24, -149)  # of float32, in which 2^-149 is the least
                    assert abs(mp.mpf(float(value)) - e) <= 0.51 * unit


@pytest.mark.parametrize("name", REFERENCES)
def test_float32_results_are_rounded_once(name):
    act, (g, dg) = REFERENCES[name]
    z = np.random.default_rng(2).uniform(-60, 60, 300).astype(np.float32)
    for values, reference in ((act(z), g), (act.dg(z), dg)):
        assert values.dtype == np.float32
        assert ulps(values, reference, z).max() <= 0.51  # half a unit is the best that rounding can do


def test_swish_loses_at_most_the_rounding_of_beta_z():
    z = -np.random.default_rng(3).uniform(0, 250, 400)
    error = ulps(swish(z, 2.7), swish_reference(mp.mpf(2.7))[0], z)
    assert (
        error <= 4 + np.abs(2.7 * z)
    ).all()  # βz is off by up to ½ ulp, which e^βz turns into |βz|/2 and more


@pytest.mark.parametrize(("function", "bound"), [(swish, 1e-315), (gelu, 1e-315)])
def test_the_last_results_before_zero_keep_their_stated_absolute_error(function, bound):
    reference = {swish: swish_reference(1), gelu: gelu_reference()}[function][0]
    z = np.linspace(-760, -700, 500) if function is swish else np.linspace(-39.5, -37.2, 500)
    with mp.workdps(60):
        assert all(
            abs(mp.mpf(float(a)) - reference(mp.mpf(float(x)))) < bound
            for x, a in zip(z, function(z), strict=True)
        )


def test_the_table_of_the_normal_tail_follows_from_its_definition():
    """P again, from (F - ½)(a + 5)/a with F = e^(a²/2)Φ(-a)(1 + a), in the Chebyshev points of t."""
    with mp.workdps(50):
        points = 44
        t = [mp.cos(mp.pi * (j + mp.mpf(1) / 2) / points) for j in range(points)]
        a = [5 * (1 + x) / (1 - x) for x in t]
        f = [((1 + x) * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2)) / 2 - 0.5) * (x + 5) / x for x in a]
        chebyshev = [
            (2 if k else 1) * mp.fsum(y * mp.cos(k * mp.acos(x)) for x, y in zip(t, f, strict=True)) / points
            for k in range(len(normal.P))
        ]
        powers = [mp.mpf(0)] * len(normal.P)
        for k, c in enumerate(chebyshev):
            for power, value in enumerate(mp.taylor(lambda x, k=k: mp.chebyt(k, x), 0, k)):
                powers[power] += c * mp.nint(value)
        assert [float(p) for p in reversed(powers)] == pytest.approx(normal.P, rel=1e-9, abs=1e-17)
