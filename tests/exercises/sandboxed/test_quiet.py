"""What a function prints, warns, plots or asks for stays out of the notebook."""

import builtins
import warnings

import numpy as np
from cell_functions import defined

from mlpkit.exercises import check


class TestNoise:
    def test_what_is_printed_is_kept_quiet_and_shown_once(self, capfd):
        result = check(defined("print('my z is', 1)\nprint('no', file=sys.stderr)\nreturn X @ w + b"))
        assert capfd.readouterr() == ("", "")
        assert result.passed
        assert str(result).count("my z is 1") == 1

    def test_ten_million_lines_cost_no_memory(self):
        result = check(defined("for i in range(2000): print('x' * 10000)\nreturn X @ w + b"))
        assert len(result.printed) <= 2000

    def test_warnings_cost_nothing_and_leave_no_trace(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = check(defined("np.zeros(1) / 0\nnp.seterr(all='raise')\nreturn X @ w + b"))
        assert result.passed
        assert np.geterr()["divide"] == "warn"

    def test_plots_are_closed_and_those_of_others_stay(self):
        import matplotlib.pyplot as plt

        mine = plt.figure()
        assert check(defined("import matplotlib.pyplot as p\np.plot([1, 2])\nreturn X @ w + b")).passed
        assert plt.get_fignums() == [mine.number]
        plt.close(mine)

    def test_a_question_to_the_user_ends_at_once(self):
        ask = builtins.input
        assert "input()" in str(check(defined("return input('z?')")))
        assert builtins.input is ask
