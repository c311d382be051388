"""A loop without end is stopped, whatever it catches."""

import signal
import sys
import threading
import time

import pytest
from cell_functions import defined

from mlpkit.exercises import check
from mlpkit.exercises.checking import examine
from mlpkit.exercises.sandboxed import timelimit
from mlpkit.exercises.sandboxed.timelimit import TimeLimit, time_limit


@pytest.fixture
def bare_python(monkeypatch):
    """A Python that has no timer and starts no thread; gives the function that traced before."""

    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(threading.Thread, "start", start)
    assert timelimit._limit() is timelimit._by_tracing
    return sys.gettrace()


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
        run = lambda: found.append(examine(defined(body), seconds=0.3))  # noqa: E731
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
        assert check(defined("return X @ w + b")).passed

    @pytest.mark.parametrize(
        "body",
        [
            "while True: pass",
            "while True:\n    try:\n        while True: pass\n    except: pass",
            "while True:\n    try:\n        time.sleep(0.001)\n    except BaseException:\n        continue",
            "while True:\n    try: pass\n    finally: continue",
            "while True:\n    try:\n        np.mean([1])\n    except BaseException as e:\n        print(e)",
            "while True:\n    try:\n        [i for i in iter(int, 1)]\n    except: z = sys.exception()",
            "def endless():\n    while True: pass\n    yield 1\nreturn endless()",
        ],
    )
    def test_a_python_without_signals_and_threads_stops_them_by_tracing(self, body, bare_python):
        found = examine(defined(body), seconds=0.2)
        assert (found.status, found.score) == ("stopped", 0)
        assert sys.gettrace() is bare_python
        assert examine(defined("return X @ w + b")).passed

    def test_without_signals_and_threads_the_usual_answers_are_the_same(self, bare_python):
        assert repr(examine(defined("return X @ w"))) == "<check pre_activation: 2/5, no-bias>"
        assert examine(defined("raise NotImplementedError")).status == "not written yet"

    @pytest.mark.skipif(
        not hasattr(signal, "SIGALRM"), reason="Windows has no alarm; a thread stops loops there"
    )
    def test_alarm_and_tracing_are_as_they_were(self):
        before = signal.getsignal(signal.SIGALRM), sys.gettrace()
        examine(defined("while True: pass"), seconds=0.1)
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
