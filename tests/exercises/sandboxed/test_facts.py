"""What a function is, without calling it."""

import dis
import functools
import json

import numpy as np
import pytest
from cell_functions import defined

import mlpkit
from mlpkit.exercises.sandboxed.facts import about_function, is_own, own


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "return",
        "return None",
        "return ...",
        "'''What to do.'''",
        "'''What to do.'''\nraise NotImplementedError",
        "# YOUR CODE HERE\nraise NotImplementedError()",
        "raise NotImplementedError('write this')",
        "raise NotImplementedError(7)",
    ],
)
def test_what_has_no_code_of_its_own_is_not_written(body):
    facts = about_function(defined(body))
    assert (facts.written, facts.returned) == (False, False)


@pytest.mark.parametrize(
    "body",
    [
        "z = X @ w + b",
        "print(X @ w + b)",
        "if b:\n    return None\nz = X",
        "for x in X: pass",
        "z = X @ w\nraise NotImplementedError",
        "raise NotImplementedError\nz = X @ w\nreturn z",
        "def inner():\n    return X\ninner()",
    ],
)
def test_code_without_a_return_is_written_and_returns_nothing(body):
    facts = about_function(defined(body))
    assert (facts.written, facts.returned) == (True, False)


def test_an_argument_that_is_returned_below_a_left_over_raise_is_seen_in_the_source(tmp_path):
    path = tmp_path / "cell.py"
    path.write_text("def f(X):\n    raise NotImplementedError\n    return X\n")
    space = {}
    exec(compile(path.read_text(), str(path), "exec"), space)
    assert about_function(space["f"]).written


@pytest.mark.parametrize(
    "body",
    [
        "return X @ w + b",
        "return X",
        "return b or None",
        "return 0",
        "return [None]",
        "yield X",
        "try:\n    return X\nfinally:\n    print(1)",
        "if b is None: return None\nreturn X",
        "with open('x') as file:\n    return file",
    ],
)
def test_a_value_that_is_returned_or_yielded_is_seen(body):
    facts = about_function(defined(body))
    assert (facts.written, facts.returned) == (True, True)


def test_what_has_no_python_code_counts_as_written():
    for thing in (np.tanh, len, dict, 3, None):
        assert about_function(thing).written
        assert about_function(thing).returned


def inner_function(x):
    return x


def plainly(function):
    def inner(*arguments):
        return function(*arguments)

    return inner


class Callable:
    def __call__(self, x):
        return x


@pytest.mark.parametrize(
    "wrapped",
    [
        inner_function,
        functools.partial(inner_function, 1),
        functools.lru_cache(inner_function),
        functools.wraps(inner_function)(lambda *a: a),
        plainly(inner_function),
        plainly(plainly(inner_function)),
        np.vectorize(inner_function),
    ],
)
def test_the_students_own_function_is_found_in_what_is_around_it(wrapped):
    assert own(wrapped) is inner_function


def test_an_object_that_is_called_has_the_code_of_its_method():
    assert own(Callable()) is Callable.__call__
    assert own(Callable().__call__) is Callable.__call__


def test_an_object_that_has_itself_inside_ends():
    class Endless:
        def __getattr__(self, name):
            return self

        def __call__(self):
            pass

    assert about_function(Endless()).returned


def test_a_helper_in_a_closure_is_not_taken_for_a_decorated_function():
    def sigmoid(z):
        return z

    def neuron(x):
        return sigmoid(x)

    assert own(neuron) is neuron


def test_code_of_cells_and_of_the_students_files_is_their_own_and_libraries_are_not(tmp_path):
    assert all(map(is_own, ("<string>", "ipykernel_77/123.py", str(tmp_path / "helpers.py"), __file__)))
    libraries = (json.__file__, dis.__file__, np.__file__, mlpkit.__file__, "<frozen importlib._bootstrap>")
    assert not any(map(is_own, libraries))
