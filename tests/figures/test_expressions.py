"""Typed formulas: mathematicians' notation is understood, everything else is refused and never executed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlpkit.figures.expressions import DEEPEST, FUNCTIONS, LONGEST, FormulaError, parse

X = np.linspace(-1, 2, 31)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.2+0.4x^2+0.3x sin(15x)", 0.2 + 0.4 * X**2 + 0.3 * X * np.sin(15 * X)),
        ("sin(2πx)", np.sin(2 * np.pi * X)),
        ("sin(2pix)", np.sin(2 * np.pi * X)),
        ("|2x − 1|", abs(2 * X - 1)),
        ("|x| + |x - 1|", abs(X) + abs(X - 1)),
        ("-x²", -(X**2)),
        ("2^-x", 2.0**-X),
        ("2^x^2", 2.0 ** (X**2)),
        ("e^(-100(x-1/2)^2)", np.exp(-100 * (X - 0.5) ** 2)),
        ("σ(20(x - 0.5))", 1 / (1 + np.exp(-20 * (X - 0.5)))),
        ("(x > 0.5)(x < 1)", ((X > 0.5) & (X < 1)).astype(float)),
        ("max(x, 1 - x)", np.maximum(X, 1 - X)),
        ("1e-3 x", 1e-3 * X),
        ("x ÷ 2 · 3 × 4", X / 2 * 3 * 4),
        ("7", np.full(31, 7.0)),
        ("x % 0.5", X % 0.5),
    ],
)  # fmt: skip
def test_a_formula_is_read_as_a_mathematician_writes_it(text, values):
    np.testing.assert_allclose(
        parse(text)(X), values, rtol=1e-12
    )  # e^y by the power function: y rounding errors


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_works_and_keeps_the_shape(name):
    inside = "x, 1" if name in ("min", "max") else "x"
    values = parse(f"{name}({inside})")(np.full((2, 3), 0.7))
    assert values.shape == (2, 3)
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "type a formula of x"),
        ("   ", "type a formula of x"),
        ("sin x", r"sin needs brackets: sin\(x\)"),
        ("sin", "sin needs brackets"),
        ("sin()", "sin takes 1 number; got 0"),
        ("min(x)", "min takes 2 numbers; got 1"),
        ("foo(x)", "I do not know the function 'foo'; use x, pi, e, abs"),
        ("y + 1", "I do not know 'y'; use x, pi, e, abs"),
        ("|x", r"there is a \| without its partner"),
        ("(x", "I cannot read"),
        ("x +", "I cannot read"),
        ("1" * (LONGEST + 1), f"at most {LONGEST} characters"),
        ("-" * (DEEPEST + 2) + "x", f"nested more than {DEEPEST} deep"),
    ],
)
def test_what_is_not_a_formula_is_refused_with_advice(text, message):
    with pytest.raises(FormulaError, match=message):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "x.__class__", "().__class__", "(lambda: 1)()", "[x for x in x]",
        "x[0]", "{x}", "'x'", "f'{x}'", "open('a')", "exec('1')", "x if x else 1", "x and x", "not x",
        "x := 1", "x; x", "import os", "True", "None", "...", "5j", "sin(x=1)", "sin(*x)", "await x",
        "x @ x", "~x", "x == 1", "x is x",
    ],
)  # fmt: skip
def test_python_that_is_not_arithmetic_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


@given(st.text(max_size=60))
def test_any_text_is_either_a_formula_or_refused(text):
    try:
        f = parse(text)
    except FormulaError:
        return
    assert f(X).shape == X.shape


@pytest.mark.parametrize(
    "text", ["1/x", "log(x)", "sqrt(-1-x*x)", "9^9^9^9", "exp(999)x", "0/0", "1e999", "x^0.5"]
)
def test_where_a_formula_has_no_value_it_gives_none_and_no_warning(text):
    assert not np.isfinite(parse(text)(X)).all()
