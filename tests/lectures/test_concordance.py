"""Slide and code say the same: every formula of lectures/slides.toml against the callable, with many digits.

The formulas are evaluated by mpmath with so many digits that neither 1 - tanh(700)² nor e^-700 loses any.
"""

import re
import tomllib
from importlib import import_module
from itertools import product

import mpmath as mp
import numpy as np
import pytest
from notebooks import LECTURES, cells

from mlpkit.activations import ACTIVATIONS

DIGITS = 650  # 1 - tanh(700)² is about 1e-607
RELATIVE = 1e-12  # the callables are accurate to some 1e-15; sums of a few terms lose a little
SMALLEST = 1e-300  # below it floats lose digits, one by one
SLIDES = tomllib.loads((LECTURES / "slides.toml").read_text(encoding="utf-8"))["slide"]
FORMULAS = [(slide, formula) for slide in SLIDES for formula in slide.get("formula", [])]
each = pytest.mark.parametrize(
    ("slide", "formula"), FORMULAS, ids=[f"{s['id']}-{f['mlpkit']}" for s, f in FORMULAS]
)

# Slides of the deck that print a formula. (feedforward-intro has f³(f²(f¹(x))) of functions that it does not
# define: there is nothing to evaluate.)
WITH_FORMULA = [
    "linear-models", "neuron", "output-linear", "output-sigmoid", "output-softmax", "losses", "hidden-unit",
    "activations-table", "activations-panels", "activations-hidden", "activations-more", "relu", "swish",
    "gelu", "gelu-derivative", "universality-and-depth",
]  # fmt: skip
EXTREME = [0.0, *(s * v for v in (1e-300, 1e-9, 0.5, 1.0, 3.0, 30.0, 700.0) for s in (1, -1))]


def rng():
    return np.random.default_rng(0)


def scalar_values(name, formula):
    """What one argument of a formula in numbers is set to."""
    if name in formula.get("values", {}):
        return formula["values"][name]
    record = ACTIVATIONS.get(formula["mlpkit"].split(".")[1].removesuffix("_prime"))
    if record and name in record.params:
        default, low, high = record.params[name]
        return [low, default, high, *rng().uniform(low, high, 3).tolist()]
    spread = [*(10 * rng().standard_normal(20)), *rng().uniform(-700, 700, 20)]
    return [*EXTREME, *(float(v) for v in spread)]


def array_values(names):
    """Lists of arguments for a formula in arrays: ordinary, large, extreme and equal entries."""
    random = rng()
    shapes = {"x": (3,), "W": (3, 2), "b": (2,), "z": (5,)}
    for scale in (1.0, 1.0, 1.0, 10.0, 30.0, 700.0, 1e-9, 0.0):
        found = {name: scale * random.standard_normal(shape) for name, shape in shapes.items()}
        if scale > 100:
            found["z"] = np.array([700.0, -700.0, 0.0, 699.0, 30.0])
        found["p"] = random.dirichlet(np.ones(5))
        found["y"] = np.eye(5)[random.integers(5)]
        yield [found[name] for name in names]


def arguments(formula):
    """Every list of arguments that the formula is tried on."""
    names = formula["where"]
    if formula.get("arrays"):
        return list(array_values(names))
    return [list(at) for at in product(*(scalar_values(name, formula) for name in names))]


def exactly(formula, key="python"):
    """The formula as a function of mpmath numbers, or of arrays of them."""
    functions = {name: getattr(mp, name) for name in ("exp", "log", "tanh", "sqrt", "erf")}
    if formula.get("arrays"):
        functions = {name: np.frompyfunc(f, 1, 1) for name, f in functions.items()}
    names = functions | {f.__name__: f for f in (max, min, abs, sum, len, range)} | {"pi": mp.pi}
    return eval(f"lambda {', '.join(formula['where'])}: {formula[key]}", {"__builtins__": {}, **names})


def many_digits(argument):
    """A float or an array of floats as mpmath numbers."""
    if np.ndim(argument) == 0:
        return mp.mpf(float(argument))
    return np.frompyfunc(lambda v: mp.mpf(float(v)), 1, 1)(argument)


def callable_of(formula):
    """The callable in mlpkit, as a function of plain arguments."""
    module, name = formula["mlpkit"].split(".")
    function = getattr(import_module(f"mlpkit.{module}"), name)
    batch, options = formula.get("batch", []), formula.get("options", {})

    def call(*values):
        wrapped = [
            (np.asarray(value)[None] if formula.get("arrays") else [[value]]) if name in batch else value
            for name, value in zip(formula["where"], values, strict=True)
        ]
        result = np.asarray(function(*wrapped, **options), dtype=float)
        return result[0] if result.ndim == 2 else result

    return call


def differences(formula, key="python"):
    """[(arguments, exact, computed, whether they differ), …], entry by entry."""
    exact, computed = exactly(formula, key), callable_of(formula)
    found = []
    for at in arguments(formula):
        with mp.workdps(DIGITS):
            right = np.ravel(np.asarray(exact(*(many_digits(v) for v in at)), dtype=object))
        ours = np.ravel(computed(*at))
        assert right.shape == ours.shape, f"{formula['latex']}: {right.shape} against {ours.shape}"
        for r, o in zip(right, ours, strict=True):
            differs = abs(mp.mpf(float(o)) - r) > RELATIVE * abs(r) + SMALLEST
            found.append((at, mp.nstr(r, 17), float(o), bool(differs)))
    return found


@each
def test_the_formula_is_what_the_callable_computes(slide, formula):
    wrong = [row for row in differences(formula) if row[3]]
    assert not wrong, f"{formula['latex']}: {len(wrong)} differences, first {wrong[0]}"


@pytest.mark.parametrize(
    "formula",
    [pytest.param(f, id=f"{s['id']}-{f['mlpkit']}") for s, f in FORMULAS if "wrong" in f],
)
def test_what_the_slide_prints_differs_somewhere(formula):
    assert any(row[3] for row in differences(formula, "wrong"))


def spans(text):
    """What stands between dollar signs."""
    return re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", text, re.DOTALL)


@each
def test_the_formula_stands_in_a_cell_of_its_slide(slide, formula):
    path = LECTURES / f"{slide['lecture']}.ipynb"
    if not path.exists():
        pytest.skip(f"{slide['lecture']} is not written yet")
    shown = [
        "".join(span)
        for cell in cells(path)
        if cell["cell_type"] == "markdown" and slide["id"] in cell["metadata"]["mlpkit"]["slides"]
        for span in spans(cell["source"])
    ]
    assert any(formula["latex"] in span for span in shown), formula["latex"]


@pytest.mark.parametrize("name", WITH_FORMULA)
def test_a_slide_with_a_formula_has_one_here_once_its_lecture_exists(name):
    (slide,) = [s for s in SLIDES if s["id"] == name]
    if not (LECTURES / f"{slide['lecture']}.ipynb").exists():
        pytest.skip(f"{slide['lecture']} is not written yet")
    assert slide.get("formula"), f"slide {name} prints a formula, slides.toml has none"


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide["id"])
def test_a_formula_has_the_keys_it_needs_and_no_others(slide):
    for formula in slide.get("formula", []):
        needed, known = (
            {"latex", "python", "where", "mlpkit"},
            {"wrong", "arrays", "batch", "values", "options"},
        )
        assert needed <= set(formula) <= needed | known, formula["latex"]
        assert set(formula.get("batch", [])) | set(formula.get("values", {})) <= set(formula["where"])


DERIVATIVES = [f for _, f in FORMULAS if re.search(r"_(prime|grad)$", f["mlpkit"])]


def base_of(formula):
    """The formula of the function that this one is the derivative of."""
    name = re.sub(r"_(prime|grad)$", "", formula["mlpkit"])
    found = [f for _, f in FORMULAS if f["mlpkit"] == name and f["where"] == formula["where"]]
    if not found:
        found = [f for _, f in FORMULAS if f["mlpkit"] == name and len(f["where"]) == len(formula["where"])]
    assert found, f"slides.toml has the derivative {formula['mlpkit']} and not {name}"
    return found[0]


def slopes(function, first, rest):
    """The derivatives of a number in every entry of the first argument, by mpmath.diff."""
    if np.ndim(first) == 0:
        return [mp.diff(lambda t: function(t, *rest), first)]

    def moved(i, t):
        return np.array([t if k == i else value for k, value in enumerate(first)], dtype=object)

    return [mp.diff(lambda t, i=i: function(moved(i, t), *rest), first[i]) for i in range(len(first))]


@pytest.mark.parametrize("formula", DERIVATIVES, ids=[f["mlpkit"] for f in DERIVATIVES])
def test_a_derivative_is_the_derivative_of_its_function(formula):
    """By mpmath.diff with 60 digits, in the first argument, away from kinks and up to |z| = 30."""
    base, slope = exactly(base_of(formula)), exactly(formula)
    record = ACTIVATIONS.get(formula["mlpkit"].split(".")[1].removesuffix("_prime"))
    tried = 0
    for at in arguments(formula):
        z = np.asarray(at[0], dtype=float)
        kinks = (*record.kinks, 0.0) if record else ()  # with another parameter 0 may be a kink
        if np.abs(z).max() > 30 or any(abs(z - kink) < 1e-6 for kink in kinks):
            continue
        with mp.workdps(60):
            first, *rest = [many_digits(v) for v in at]
            measured = slopes(base, first, rest)
            for right, found in zip(np.ravel(slope(first, *rest)), measured, strict=True):
                assert abs(found - right) <= mp.mpf(10) ** -20 * (1 + abs(right)), at
        tried += 1
    assert tried >= 5


def test_a_misprint_would_be_noticed():
    """The tests above can fail: a wrong sign in one formula is found."""
    panels = [f for s, f in FORMULAS if s["id"] == "activations-panels"]
    (formula,) = [f for f in panels if f["mlpkit"] == "activations.sigmoid_prime"]
    misprinted = formula | {"python": formula["python"].replace("(1 - 1 /", "(1 + 1 /")}
    assert misprinted != formula
    assert any(row[3] for row in differences(misprinted))
