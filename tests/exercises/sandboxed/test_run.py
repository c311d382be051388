"""What a function raises or writes into its arguments: observed, and nothing else is harmed."""

import pytest
from cell_functions import defined

from mlpkit.exercises import check


class TestWhatItRaises:
    def test_the_line_is_the_students_own(self):
        result = check(defined("y = X[:, 99]\nreturn y"))
        assert "IndexError" in str(result)
        assert result.findings[0].mismatch.where.startswith("line 2")

    @pytest.mark.parametrize(
        "body",
        ["sys.exit(3)", "raise BaseException", "raise GeneratorExit", "return 1 / 0", "import nowhere"],
    )
    def test_exceptions_of_every_kind_end_in_the_check(self, body):
        result = check(defined(body))
        assert result.score == 0
        assert result.hint

    def test_recursion_without_end(self):
        result = check(defined("return pre_activation(X, w, b)"))
        assert "calls itself" in result.hint

    def test_an_error_whose_text_is_an_error(self):
        body = "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E"
        assert "E" in str(check(defined(body)))

    def test_a_wrong_number_of_arguments(self):
        assert "TypeError" in str(check(defined("return X", arguments="X")))

    def test_the_users_own_interrupt_comes_through(self):
        with pytest.raises(KeyboardInterrupt):
            check(defined("raise KeyboardInterrupt"))


@pytest.mark.parametrize("body", ["X *= w", "X[0] = 0", "X.shape = (-1,)", "w[:] = 0", "w.sort()"])
def test_changed_arguments_cost_their_point_and_change_nothing_for_others(body):
    correct = "z = X @ w + b\n"
    result = check(defined(f"{correct}{body}\nreturn z"))
    assert result.score == result.max_score - 1
    assert "changed" in str(result)
    assert check(defined("return X @ w + b")).passed
