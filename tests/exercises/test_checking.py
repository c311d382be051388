"""`check`: its answer, what it refuses, and how it finds the question. Times: benchmarks/check.py."""

import functools
import subprocess
import sys

import numpy as np
import pytest
from cell_functions import defined

from mlpkit.exercises import CheckResult, check


class TestTheAnswer:
    def test_it_has_what_the_graders_rely_on(self):
        result = check(defined("return X @ w"))
        assert isinstance(result, CheckResult)
        assert (result.passed, result.score, result.max_score) == (False, 2.0, 5.0)
        assert result.misconception == "no-bias"
        assert result.hint
        assert repr(result) == "<check pre_activation: 2/5, no-bias>"

    def test_a_nearly_right_name_is_answered_with_the_right_one(self):
        with pytest.raises(ValueError, match="did you mean 'pre_activation'"):
            check(defined("return 1", name="preactivation"))

    def test_what_is_no_function_is_refused(self):
        with pytest.raises(TypeError, match="your function itself"):
            check(3)
        with pytest.raises(TypeError, match="function's name"):
            check(lambda X, w, b: X)
        with pytest.raises(ValueError, match="seed"):
            check(defined("return 1"), seed=-1)

    def test_a_right_function_of_another_module_does_not_load_the_answers(self):
        code = (
            "import sys, mlpkit.exercises.sandboxed.run, mlpkit.exercises.sandboxed.observers\n"
            "print([m for m in sys.modules if 'mlpkit.questions.' in m])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr


def test_the_first_check_of_a_kernel_loads_one_set_alone():
    code = (
        "import sys\nfrom mlpkit.exercises import check\n"
        "def pre_activation(X, w, b):\n    return X @ w\n"
        "result = check(pre_activation)\n"
        "print(result.misconception)\n"
        "print(*{m.split('.')[2] for m in sys.modules if m.startswith('mlpkit.questions.ex')})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    misconception, loaded = done.stdout.split("\n")[:2]
    assert (misconception, loaded) == ("no-bias", "ex01_linear_models_and_neurons"), done.stderr


def unwrapped(function):
    """A decorator without functools.wraps."""

    def inner(*arguments):
        return function(*arguments)

    return inner


def renamed_function(X, w, b):
    return X @ w


class TestTheQuestionIsFound:
    def test_inside_of_decorators_partial_and_methods(self):
        function = defined("return X @ w + b")
        method = type("Mine", (), {"pre_activation": defined("return X @ w + b", "self, X, w, b")})()
        for one in (
            unwrapped(function),
            unwrapped(unwrapped(function)),
            functools.partial(function),
            functools.lru_cache(unwrapped(function)),
            method.pre_activation,
            np.vectorize(function, signature="(n,d),(d),()->(n)"),
        ):
            assert check(one).question == "pre_activation"

    def test_by_the_variable_that_holds_a_lambda_a_renamed_function_or_an_object(self):
        pre_activation = lambda X, w, b: X @ w  # noqa: E731
        assert check(pre_activation).misconception == "no-bias"
        pre_activation = renamed_function
        assert check(pre_activation).misconception == "no-bias"
        pre_activation = type("Mine", (), {"__call__": lambda self, X, w, b: X @ w})()
        assert check(pre_activation).misconception == "no-bias"
        pre_activation = functools.partial(lambda X, w, b: X @ w)
        assert check(pre_activation).misconception == "no-bias"

    def test_by_its_own_name_first(self):
        neuron = defined("return X @ w")
        assert check(neuron).question == "pre_activation"

    def test_a_decorated_function_of_another_name_says_what_to_do(self):
        with pytest.raises(ValueError, match=r"'inner' or 'renamed_function'.*functools.wraps"):
            check(unwrapped(renamed_function))

    def test_a_class_is_told_to_be_one(self):
        with pytest.raises(TypeError, match=r"pre_activation is a class.*write `def pre_activation"):
            check(type("pre_activation", (), {}))

    def test_an_async_function_is_checked_and_nothing_warns(self):
        space = {}
        exec("async def pre_activation(X, w, b):\n    return X @ w + b", space)
        assert check(space["pre_activation"]).score == 0


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ((), r"check\(pre_activation\)"),
            (("softmax",), r"without quotes: check\(softmax\)"),
            ((np.ones(3),), "not what it returns"),
            ((None,), "not what it returns"),
        ],
    )
    def test_a_name_a_result_or_nothing_says_what_to_write(self, given, said):
        with pytest.raises(TypeError, match=said):
            check(*given)

    def test_a_result_of_check_is_told_to_be_one(self):
        result = check(defined("return X @ w"))
        with pytest.raises(TypeError, match=r"check\(pre_activation\); got a result of check"):
            check(result)
