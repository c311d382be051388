"""What an exception of a student's is told to mean."""

from dataclasses import replace

import numpy as np
import pytest
from cell_functions import defined

from mlpkit.exercises.checking import examine
from mlpkit.exercises.diagnosis.exceptions import explained
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.plain import Nothing
from mlpkit.exercises.sandboxed.run import Observation

CASES = [
    ("if X > 0:\n    return X\nreturn b", "asks a whole array for one yes or no"),
    ("return min(X, b)", "asks a whole array for one yes or no"),
    ("return X * w[:, None] + b", "do not fit together"),
    ("return X.T @ w[:2] + b", "A matrix product does not fit"),
    ("import math\nreturn math.exp(X)", "`math` works on single numbers"),
    ("return X.append(w)", "'numpy.ndarray' object has no attribute 'append'"),
    ("return X @ w + c", "The name c is not known"),
    ("return x @ w + b", "Python minds small and capital letters"),
    ("return X[:, 7]", "An index is larger than its axis is long"),
    ("return X.sum(axis=2)", "An axis is asked for that the array does not have"),
    ("return w[0, 0]", "fewer axes than it gets indices"),
    ("return b[0]", "A single number has no entries"),
    ("return X @ w(b)", "Something is called that is no function"),
    ("z = np.zeros(len(X), int)\nz += X @ w\nreturn z", "array of whole numbers"),
    ("return np.zeros(3.0)", "A whole number is needed"),
    ("for x in b:\n    pass", "gone through like a list"),
    ("return 1 / 0", "divided by 0"),
    ("z = []\nz = z.append(b)\nreturn z + b", "Something is None"),
    ("return pre_activation(X, w, b)", "calls itself without end"),
    ("input('?')", "asks for input"),
    ("if False:\n    z = 1\nreturn z", "read before it has a value"),
    ("return X.reshape(7, 7)", "do not fill the shape (7, 7)"),
    ("z = np.zeros(3)\nz[0] = w\nreturn z", "One place of an array is to take several numbers"),
    ("p, q = X[0]", "do not have the same number of entries"),
    ("assert b > 1e9", "An `assert` of your own does not hold"),
    ("raise RuntimeError('as you like')", "RuntimeError: as you like"),
    ("return {}['W']", "a key that it does not have"),
    ("sys.exit()", "Your function ends Python"),
    ("return np.hstack([X, np.ones(len(X))])", "The arrays that are joined do not fit together"),
    ("z = X.copy()\nz[z > 0] = X.ravel()[:-1]", "Is the mask on both sides"),
    ("return np.split(X, 7)", "np.split makes parts of equal length"),
    ("return np.tanh(X @ w, b)", "takes its second argument for the place of its result"),
    ("return (w, b) + [b]", "A tuple and a list are joined with +"),
    ("z = np.zeros((len(X), 1))\nz += X[:, 0] * np.ones((2, 1))", "is to take in a result of shape"),
]


@pytest.mark.parametrize(("body", "said"), CASES, ids=[said[:40] for _, said in CASES])
def test_an_exception_is_told_in_words_with_the_line(body, said):
    result = examine(defined(body))
    assert said in result.hint, result.hint
    assert result.explained


def test_both_shapes_are_told_with_the_names_of_what_has_them():
    hint = examine(defined("return X + w[:, None] + b")).hint
    assert "the shape of X (N, d)" in hint


def test_a_wrong_number_of_arguments_shows_the_first_line_that_is_asked_for():
    hint = examine(defined("return X", "X")).hint
    assert "`def pre_activation(X, w, b):`" in hint
    assert "3 arguments" in hint


def test_an_exception_that_comes_for_some_inputs_only_names_them():
    hint = examine(defined("if len(X) == 1:\n    return X.nothing\nreturn X @ w")).hint
    assert hint.startswith("Only for some inputs an exception comes (X is (1, 3)"), hint


def test_an_exception_stands_in_one_row_however_many_properties_it_costs():
    text = str(examine(defined("return 1 / 0")))
    assert text.count("got ZeroDivisionError") == 1


def test_a_helper_without_return_is_named_where_its_none_is_in_the_way():
    space = {"np": np}
    exec("def scores(X, w):\n    X @ w", space)
    exec("def pre_activation(X, w, b):\n    return np.ones((len(X), len(X))) @ scores(X, w)", space)
    assert "scores has no `return` with a value" in examine(space["pre_activation"]).hint


def test_a_result_that_cannot_be_taken_apart_is_no_exception_of_the_students():
    asked = question("sawtooth_network")
    seen = Observation("2 folds", Nothing(), raised="KeyError", message="0", form="dict")
    hint = explained(asked, (2,), seen)
    assert hint.startswith("What your function returns is a dictionary"), hint
    own = explained(asked, (2,), replace(seen, line="line 3: return layers[0]"))
    assert own.startswith("A dictionary is asked for a key that it does not have in line 3"), own


def test_the_line_is_the_students_own_where_a_compiled_module_raises():
    hint = examine(defined("return np.random.default_rng(0).choice(2, 7, replace=False)")).hint
    assert "in line 2" in hint, hint
    assert "_generator" not in hint
