"""What a function prints, warns, plots or asks for stays out of the notebook."""

import builtins
import logging
import warnings

import nbformat
import numpy as np
import pytest
from cell_functions import defined
from nbclient import NotebookClient

from mlpkit.cli.checkout import merged_environment
from mlpkit.exercises import check
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.quiet import KEPT, Capped
from mlpkit.exercises.sandboxed.run import observations


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

    def test_a_million_lines_are_dropped_by_a_function_of_c(self):
        out = Capped()
        print("x" * KEPT, file=out)
        assert out.write is len
        assert (out.write("more"), len(out.text)) == (4, KEPT)

    def test_show_neither_warns_nor_closes_the_figures_of_others(self):
        import matplotlib.pyplot as plt

        mine = plt.figure()
        body = "import matplotlib.pyplot as p\np.figure()\np.plot([1, 2])\np.show()\np.close('all')\nreturn X"
        seen = observations(defined(body), question("pre_activation").calls(0)[:1])[0]
        assert (seen.shown, seen.warned) == (1, ())
        assert plt.get_fignums() == [mine.number]
        assert plt.figure(mine.number) is mine
        plt.close(mine)

    def test_a_figure_left_open_counts_as_shown(self):
        seen = observations(
            defined("import matplotlib.pyplot as p\np.figure()\nreturn X"),
            question("pre_activation").calls(0)[:1],
        )
        assert seen[0].shown == 1

    def test_logging_reaches_no_handler_of_the_notebook_and_leaves_none(self):
        root, heard = logging.getLogger(), []
        handler = logging.Handler()
        handler.emit = heard.append
        root.addHandler(handler)
        before = list(root.handlers), root.level
        body = "import logging\nlogging.basicConfig(level=0, force=True)\n"
        body += "logging.warning('hot')\nreturn X @ w + b"
        result = check(defined(body))
        assert (list(root.handlers), root.level) == before
        root.removeHandler(handler)
        assert (heard, result.passed) == ([], True)
        assert "hot" in result.printed

    @pytest.mark.slow
    def test_nothing_is_displayed_in_a_notebook(self):
        source = """
import matplotlib.pyplot as plt
from IPython.display import display, HTML
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations
def pre_activation(X, w, b):
    display(HTML("<b>leak</b>"), X)
    plt.plot([1, 2]); plt.show()
    return X @ w
seen = observations(pre_activation, question("pre_activation").calls(0)[:1])[0]
print(seen.shown, seen.raised, seen.warned)"""
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        NotebookClient(book).execute(env=merged_environment() | {"MLPKIT_PROGRESS": "off"})
        (output,) = book.cells[0].outputs
        assert output["text"] == "3  ()\n"

    def test_a_question_to_the_user_ends_at_once(self):
        ask = builtins.input
        assert "input()" in str(check(defined("return input('z?')")))
        assert builtins.input is ask
