"""`check`: its answer, what it refuses, and that it is quick."""

import subprocess
import sys
import time

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


def test_a_check_is_quick():
    function = defined("return X @ w")
    check(function)
    times = []
    for _ in range(20):
        started = time.perf_counter()
        check(function)
        times.append(time.perf_counter() - started)
    assert np.median(times) < 0.02, times


def test_the_first_check_of_a_kernel_is_quick_and_loads_one_set_alone():
    code = (
        "import sys, time\nfrom mlpkit.exercises import check\n"
        "def pre_activation(X, w, b):\n    return X @ w\n"
        "started = time.process_time()\nresult = check(pre_activation)\n"
        "print(time.process_time() - started)\n"
        "print(result.misconception)\n"
        "print(*{m.split('.')[2] for m in sys.modules if m.startswith('mlpkit.questions.ex')})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    seconds, misconception, loaded = done.stdout.split("\n")[:3]
    assert (misconception, loaded) == ("no-bias", "ex01_linear_models_and_neurons"), done.stderr
    assert float(seconds) < 0.1
