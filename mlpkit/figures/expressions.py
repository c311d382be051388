"""Formulas of one variable, typed by anybody: parsed and evaluated, never executed as Python.

>>> f = parse("0.5 + 0.4 sin(2πx)")
>>> f([0.0, 0.25])
array([0.5, 0.9])
>>> parse("|x - 1/2|^2")(0.0)
array(0.25)
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

LONGEST = 200  # characters
DEEPEST = 30  # brackets within brackets, signs after signs

FUNCTIONS: dict[str, Callable] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "log": np.log, "ln": np.log,
    "sqrt": np.sqrt, "abs": np.abs, "sign": np.sign, "floor": np.floor, "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0.0),
    "step": lambda z: np.heaviside(z, 0.5), "min": np.minimum, "max": np.maximum,
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e}
OPERATORS: dict[type, Callable] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
    ast.Mod: np.mod, ast.USub: np.negative, ast.UAdd: np.positive,
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal,
}  # fmt: skip
KNOWN = f"use x, {', '.join([*CONSTANTS, *sorted(FUNCTIONS)])}"
_TYPOGRAPHY = str.maketrans(
    {"π": " pi ", "σ": " sigmoid ", "−": "-", "·": "*", "×": "*", "÷": "/", "²": "^2 ", "³": "^3 "}
)


class FormulaError(ValueError):
    """A text that is not a formula of x; the message says what is wrong with it and what is allowed."""


def parse(text: str) -> Callable:
    """A formula of x as text -> a function of arrays, float64 in and out, same shape.

    Knows + - * / ^ (or **), %, comparisons (1 where they hold, 0 elsewhere), |…|, brackets, numbers, pi, e,
    and the functions of `FUNCTIONS`. A missing times sign is put in: 2x, 3 sin(x), 2(x+1). Where the formula
    has no finite value the function gives nan or inf, without a warning. Raises FormulaError.

    >>> parse("import os")
    Traceback (most recent call last):
    mlpkit.figures.expressions.FormulaError: I cannot read 'import os' near 'impo': write it like ...
    """
    if len(text) > LONGEST:
        raise FormulaError(f"a formula has at most {LONGEST} characters; this has {len(text)}")
    if not text.strip():
        raise FormulaError("type a formula of x, for example sin(2 pi x)")
    source = _as_python(text)
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None)
        near = f" near {source[max(0, column - 4) : column + 3].strip()!r}" if column else ""
        raise FormulaError(f"I cannot read {text!r}{near}: write it like 0.5 + 0.4 sin(2 pi x)") from None
    _check(tree, 0)

    def f(x):
        x = np.asarray(x, dtype=float)
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(_value(tree, x), dtype=float), x.shape).copy()

    f.__doc__ = text
    return f


def _as_python(text):
    """Mathematicians' notation -> Python's: ^, |…|, and times signs where two factors stand side by side."""
    text = text.translate(_TYPOGRAPHY).replace("**", "^").strip()
    parts = text.split("|")
    if len(parts) % 2 == 0:
        raise FormulaError(f"there is a | without its partner in {text!r}")
    text = "".join(part if i % 2 == 0 else f" abs({part}) " for i, part in enumerate(parts))
    tokens = re.findall(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|[<>]=?|\S", text)
    tokens = [part for token in tokens for part in _split_name(token)]
    joined: list[str] = []
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if token in FUNCTIONS and after != "(":
            raise FormulaError(f"{token} needs brackets: {token}({after or 'x'})")
        if joined and _is_factor_end(joined[-1]) and _is_factor_start(token):
            joined.append("*")
        joined.append(token)
    return " ".join(joined).replace("^", "**")


def _split_name(token):
    """pix, xx: a run of letters that is no known name may be several factors."""
    if not token[0].isalpha() or token in FUNCTIONS or token in CONSTANTS or token == "x":
        return [token]
    parts = re.findall("x|pi|e", token)
    return parts if "".join(parts) == token else [token]


def _is_factor_end(token):
    return token == ")" or token in CONSTANTS or token == "x" or token[0].isdigit() or token[0] == "."


def _is_factor_start(token):
    return token == "(" or token[0].isalnum() or token[0] == "."


def _check(node, depth):
    """Raise FormulaError unless the tree consists of allowed parts only."""
    if depth > DEEPEST:
        raise FormulaError(f"this formula is nested more than {DEEPEST} deep")
    match node:
        case ast.Constant(value=value) if isinstance(value, int | float) and not isinstance(value, bool):
            return
        case ast.Name(id=name) if name == "x" or name in CONSTANTS:
            return
        case ast.Name(id=name):
            raise FormulaError(f"I do not know {name!r}; {KNOWN}")
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            _check(operand, depth + 1)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            _check(left, depth + 1)
            _check(right, depth + 1)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
            _check(left, depth + 1)
            _check(right, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            wanted = 2 if name in ("min", "max") else 1
            if len(args) != wanted:
                raise FormulaError(f"{name} takes {wanted} number{'s' * (wanted > 1)}; got {len(args)}")
            for arg in args:
                _check(arg, depth + 1)
        case ast.Call(func=ast.Name(id=name)):
            raise FormulaError(f"I do not know the function {name!r}; {KNOWN}")
        case _:
            raise FormulaError(
                "a formula is made of numbers, x, + - * / ^, comparisons, brackets and functions"
            )


def _value(node, x) -> Any:
    """The value of a checked tree at x."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name):
            return x if name == "x" else CONSTANTS[name]
        case ast.UnaryOp(op=op, operand=operand):
            return OPERATORS[type(op)](_value(operand, x))
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, x), _value(right, x))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return OPERATORS[type(op)](_value(left, x), _value(right, x)).astype(float)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(_value(arg, x) for arg in args))
