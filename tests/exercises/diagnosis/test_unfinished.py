"""Functions that give nothing: "not written yet" is said of what is not written, and of nothing else."""

import numpy as np
import pytest
from cell_functions import defined

from mlpkit.exercises.checking import examine

STUBS = ["pass", "...", "return", "raise NotImplementedError", '"""z = Xw + b."""\nraise NotImplementedError']
WRITTEN = [
    ("z = X @ w + b", "returns nothing"),
    ("print(X @ w + b)", "prints its result and returns nothing"),
    ("z = X @ w + b\nraise NotImplementedError\nreturn z", "`raise NotImplementedError` is still there"),
    ("z = []\nreturn z.append(X @ w + b)", "works in place"),
    (
        "if len(X) > 1:\n    return X @ w + b",
        "For some inputs your function ends without a `return` (X is (1, 3))",
    ),
    ("yield from X @ w + b", "You return a generator"),
    ("return map(float, X @ w + b)", "You return a map"),
    ("return np.dot", "a function: was it to be called"),
]


@pytest.mark.parametrize("body", STUBS)
def test_a_stub_is_not_written_yet(body):
    assert examine(defined(body)).status == "not written yet"


@pytest.mark.parametrize(("body", "said"), WRITTEN, ids=[said[:30] for _, said in WRITTEN])
def test_a_written_function_that_gives_nothing_hears_why(body, said):
    result = examine(defined(body))
    assert result.status == "checked"
    assert said in f"{result.hint} {result.relation}", str(result)


def test_what_was_printed_is_shown():
    result = examine(defined("print('z is', b)"))
    assert result.printed.startswith("z is")
    assert "z is" in str(result)


def test_a_helper_that_is_not_written_is_named():
    space = {}
    exec("def sigma(z):\n    raise NotImplementedError", space)
    exec("def pre_activation(X, w, b):\n    return sigma(X @ w + b)", space)
    result = examine(space["pre_activation"])
    assert result.status == "checked"
    assert result.hint.startswith("sigma is not written yet, and your function calls it")


def test_a_helper_without_return_is_named():
    space = {}
    exec(
        "def line(X, w, b):\n    X @ w + b\n\n\ndef pre_activation(X, w, b):\n    return line(X, w, b)", space
    )
    assert "line has no `return` with a value" in examine(space["pre_activation"]).hint


def test_the_entries_of_a_generator_are_looked_at_as_well():
    right = examine(defined("yield from X @ w + b"))
    assert "its entries are right" in str(right.relation)
    wrong = examine(defined("yield from 3 * (X @ w + b)"))
    assert "times 3" in str(wrong.relation)


def test_the_entries_of_a_generator_may_be_a_known_mistake():
    space = {"np": np}
    exec(
        "def sawtooth(x, k):\n    for _ in range(k):\n        x = 1 - abs(2 * x - 1)\n        yield x",
        space,
    )
    assert "besides, it looks as if a list of all folds is returned" in str(
        examine(space["sawtooth"]).relation
    )
