"""`check` on functions that behave badly: a sensible answer, and nothing is harmed."""

import builtins
import signal
import subprocess
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from mlpkit.exercises import CheckResult, check
from mlpkit.exercises.checking import examine
from mlpkit.exercises.sandboxed.timelimit import TimeLimit, time_limit


def asked(body, arguments="X, w, b", name="pre_activation"):
    """A function of that name, written as in a cell."""
    space = {"np": np, "time": time, "sys": sys}
    lines = "\n".join("    " + line for line in body.splitlines())
    exec(f"def {name}({arguments}):\n{lines}", space)
    return space[name]


class TestKindsOfArrays:
    @pytest.mark.parametrize(
        "returned",
        [
            "list(X @ w + b)",
            "tuple((X @ w + b).tolist())",
            "(X @ w + b).astype('float32')",
            "np.asarray(X, 'float32') @ np.asarray(w, 'float32') + np.float32(b)",
            "np.ma.masked_array(X @ w + b)",
            "[np.array(z) for z in X @ w + b]",
            "(X @ w + b).astype(object)",
            "(X @ w + b) + 0j",
            "np.asfortranarray(X) @ w + b",
        ],
    )
    def test_right_numbers_in_another_kind_of_array_are_right(self, returned):
        assert check(asked(f"return {returned}")).passed

    def test_a_matrix_loses_its_shape_only_and_is_told_why(self):
        result = check(asked("return np.matrix(X @ w + b)"))
        assert 0 < result.score < result.max_score
        assert "matrix" in str(result)

    def test_masked_entries_are_missing(self):
        result = check(asked("z = np.ma.masked_array(X @ w + b)\nz[0] = np.ma.masked\nreturn z"))
        assert not result.passed
        assert "nan" in str(result)

    @pytest.mark.parametrize(
        "returned", ["'text'", "{'z': 1}", "print", "object()", "{1, 2}", "np.array('a')", "1+2j"]
    )
    def test_what_is_no_array_is_named(self, returned):
        result = check(asked(f"return {returned}"))
        assert result.score < 2
        assert result.hint

    def test_an_object_that_equals_everything_gets_nothing(self):
        body = """class Sly:
    __eq__ = __le__ = __ge__ = lambda self, other: True
    shape = (5,)
    def __array__(self, *a, **k): raise MemoryError
    def __repr__(self): raise SystemExit
    __len__ = __getattr__ = __iter__ = None
return Sly()"""
        assert check(asked(body)).score == 0


class TestWhatItRaises:
    def test_the_line_is_the_students_own(self):
        result = check(asked("y = X[:, 99]\nreturn y"))
        assert "IndexError" in str(result)
        assert result.findings[0].mismatch.where.startswith("line 2")

    @pytest.mark.parametrize(
        "body",
        ["sys.exit(3)", "raise BaseException", "raise GeneratorExit", "return 1 / 0", "import nowhere"],
    )
    def test_exceptions_of_every_kind_end_in_the_check(self, body):
        result = check(asked(body))
        assert result.score == 0
        assert result.hint

    def test_recursion_without_end(self):
        result = check(asked("return pre_activation(X, w, b)"))
        assert "calls itself" in result.hint

    def test_an_error_whose_text_is_an_error(self):
        body = "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E"
        assert "E" in str(check(asked(body)))

    def test_a_wrong_number_of_arguments(self):
        assert "TypeError" in str(check(asked("return X", arguments="X")))

    def test_the_users_own_interrupt_comes_through(self):
        with pytest.raises(KeyboardInterrupt):
            check(asked("raise KeyboardInterrupt"))


class TestLoops:
    @pytest.mark.parametrize(
        "body",
        [
            "while True: pass",
            "while True:\n    try:\n        while True: pass\n    except Exception: pass",
            "while True:\n    try:\n        while True: pass\n    except: pass",
            "while True:\n    try:\n        time.sleep(0.01)\n    except BaseException:\n        continue",
            "time.sleep(1e6)",
            "while True:\n    try: pass\n    finally: continue",
        ],
    )
    @pytest.mark.parametrize("in_main", [True, False])
    def test_a_loop_without_end_is_stopped_with_a_message(self, body, in_main):
        by_signal = in_main and hasattr(signal, "setitimer")
        if not by_signal and "1e6" in body:
            body = "while True: time.sleep(0.001)"  # one call of C is left alone there
        if not by_signal and "0.01" in body:
            body = body.replace("BaseException", "Exception")  # said in the docstring of timelimit
        found = []
        run = lambda: found.append(examine(asked(body), seconds=0.3))  # noqa: E731
        started = time.monotonic()
        if in_main:
            run()
        else:
            thread = threading.Thread(target=run)
            thread.start()
            thread.join(20)
        assert found[0].status == "stopped"
        assert found[0].score == 0
        assert "loop" in found[0].hint
        assert time.monotonic() - started < 10
        assert check(asked("return X @ w + b")).passed

    @pytest.mark.skipif(
        not hasattr(signal, "SIGALRM"), reason="Windows has no alarm; a thread stops loops there"
    )
    def test_alarm_and_tracing_are_as_they_were(self):
        before = signal.getsignal(signal.SIGALRM), sys.gettrace()
        examine(asked("while True: pass"), seconds=0.1)
        assert (signal.getsignal(signal.SIGALRM), sys.gettrace()) == before
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0

    @pytest.mark.parametrize("in_main", [True, False])
    def test_a_block_that_ends_in_time_is_left_alone(self, in_main):
        found = []

        def run():
            for _ in range(50):
                with time_limit(5):
                    found.append(1)

        thread = threading.Thread(target=run)
        (run if in_main else thread.start)()
        if not in_main:
            thread.join()
        assert len(found) == 50

    def test_the_limit_is_no_exception_that_students_catch(self):
        assert not issubclass(TimeLimit, Exception)


class TestNoise:
    def test_what_is_printed_is_kept_quiet_and_shown_once(self, capfd):
        result = check(asked("print('my z is', 1)\nprint('no', file=sys.stderr)\nreturn X @ w + b"))
        assert capfd.readouterr() == ("", "")
        assert result.passed
        assert str(result).count("my z is 1") == 1

    def test_ten_million_lines_cost_no_memory(self):
        result = check(asked("for i in range(2000): print('x' * 10000)\nreturn X @ w + b"))
        assert len(result.printed) <= 2000

    def test_warnings_cost_nothing_and_leave_no_trace(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = check(asked("np.zeros(1) / 0\nnp.seterr(all='raise')\nreturn X @ w + b"))
        assert result.passed
        assert np.geterr()["divide"] == "warn"

    def test_plots_are_closed_and_those_of_others_stay(self):
        import matplotlib.pyplot as plt

        mine = plt.figure()
        assert check(asked("import matplotlib.pyplot as p\np.plot([1, 2])\nreturn X @ w + b")).passed
        assert plt.get_fignums() == [mine.number]
        plt.close(mine)

    def test_a_question_to_the_user_ends_at_once(self):
        ask = builtins.input
        assert "input()" in str(check(asked("return input('z?')")))
        assert builtins.input is ask

    @pytest.mark.parametrize("body", ["X *= w", "X[0] = 0", "X.shape = (-1,)", "w[:] = 0", "w.sort()"])
    def test_changed_arguments_cost_their_point_and_change_nothing_for_others(self, body):
        correct = "z = X @ w + b\n"
        result = check(asked(f"{correct}{body}\nreturn z"))
        assert result.score == result.max_score - 1
        assert "changed" in str(result)
        assert check(asked("return X @ w + b")).passed


class TestTheAnswer:
    def test_it_has_what_the_graders_rely_on(self):
        result = check(asked("return X @ w"))
        assert isinstance(result, CheckResult)
        assert (result.passed, result.score, result.max_score) == (False, 2.0, 5.0)
        assert result.misconception == "no-bias"
        assert result.hint
        assert repr(result) == "<check pre_activation: 2/5, no-bias>"

    def test_html_says_the_same_as_the_text_and_needs_no_colours(self):
        html = check(asked("return X @ w"))._repr_html_()
        assert "the bias is missing" in html
        assert 'scope="row"' in html
        assert "<script" not in html
        assert not [c for c in ("#", "rgb") if c in html.split("</style>")[0]]

    def test_what_a_student_writes_is_escaped(self):
        html = check(asked("print('<b>loud</b>')\nraise ValueError('<i>me</i>')"))._repr_html_()
        assert "<b>loud" not in html
        assert "<i>me" not in html

    def test_a_nearly_right_name_is_answered_with_the_right_one(self):
        with pytest.raises(ValueError, match="did you mean 'pre_activation'"):
            check(asked("return 1", name="preactivation"))

    def test_what_is_no_function_is_refused(self):
        with pytest.raises(TypeError, match="your function itself"):
            check(3)
        with pytest.raises(TypeError, match="function's name"):
            check(lambda X, w, b: X)
        with pytest.raises(ValueError, match="seed"):
            check(asked("return 1"), seed=-1)

    def test_a_second_mistake_beside_a_known_one_does_not_hide_it(self):
        result = check(asked("z = X @ w\nX[0] = 9\nreturn z"))
        assert result.misconception == "no-bias"
        assert result.score < 2

    def test_a_right_function_of_another_module_does_not_load_the_answers(self):
        code = (
            "import sys, mlpkit.exercises.sandboxed.run, mlpkit.exercises.sandboxed.observers\n"
            "print([m for m in sys.modules if 'mlpkit.questions.' in m])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr


def test_a_check_is_quick():
    function = asked("return X @ w")
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
