"""What a function raises or writes into its arguments: observed, and nothing else is harmed."""

import functools
import itertools
import linecache

import numpy as np
import pytest
from cell_functions import defined

from mlpkit.exercises import check
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed import run
from mlpkit.exercises.sandboxed.plain import Other
from mlpkit.exercises.sandboxed.run import observations

CELLS = itertools.count()


def cell(source):
    """The names that a cell of a notebook defines; its lines are found as in a notebook."""
    name = f"<cell {next(CELLS)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    space = {"np": np}
    exec(compile(source, name, "exec"), space)
    return space


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


@pytest.mark.parametrize("body", ["X[:] = 0", "X[0] = 0", "X.shape = (-1,)", "w[:] = 0", "w.sort()"])
def test_changed_arguments_cost_their_point_and_change_nothing_for_others(body):
    correct = "z = X @ w + b\n"
    result = check(defined(f"{correct}{body}\nreturn z"))
    assert result.score == result.max_score - 1
    assert "changed" in str(result)
    assert check(defined("return X @ w + b")).passed


def seen(body, question_name="pre_activation", arguments="X, w, b", **more):
    function = body if callable(body) else defined(body, arguments, question_name)
    function.__globals__.update(more)
    return observations(function, question(question_name).calls(0)[:1])[0]


class TestWhere:
    def test_the_line_and_the_function_are_those_of_a_helper_in_another_cell(self):
        helper = cell("def sigmoid(z):\n    e = 1\n    return z @ nothing\n")["sigmoid"]
        found = seen("return sigmoid(X @ w + b)", sigmoid=helper)
        assert (found.where, found.line) == ("sigmoid", "line 3 of sigmoid: return z @ nothing")

    def test_the_checked_function_itself_is_not_named_in_the_line(self):
        function = cell("def pre_activation(X, w, b):\n    return [X[99] for i in (1, 2)]\n")[
            "pre_activation"
        ]
        found = seen(function)
        assert (found.where, found.line) == ("pre_activation", "line 2: return [X[99] for i in (1, 2)]")

    def test_a_line_of_a_library_is_not_the_students(self):
        assert seen("\nreturn np.concatenate(3)").line == "line 3"

    def test_a_raise_that_is_left_over_is_told_with_its_line_and_function(self):
        helper = cell("def sigmoid(z):\n    raise NotImplementedError()\n")["sigmoid"]
        found = seen("return sigmoid(X @ w + b)", sigmoid=helper)
        assert (found.stub, found.where, found.written) == (
            "line 2 of sigmoid: raise NotImplementedError()",
            "sigmoid",
            True,
        )
        assert seen("raise NotImplementedError").written is False

    def test_an_exception_of_that_kind_out_of_a_library_is_no_stub(self):
        assert seen("class E(np.random.bit_generator.ISeedSequence): pass\nreturn iter(X, w, b)").stub == ""

    def test_a_helper_that_returns_nothing_is_named(self):
        helper = cell("def sigmoid(z):\n    1 / (1 + z)\n")["sigmoid"]
        assert seen("return sigmoid(X @ w + b) + 1", sigmoid=helper).helper == "sigmoid"
        assert seen("return sigmoid(X @ w + b)", sigmoid=helper).helper == "sigmoid"
        assert seen("return np.exp(X) + None", sigmoid=helper).helper == ""


class TestForms:
    @pytest.mark.parametrize(
        ("body", "form"),
        [
            ("yield X @ w", "generator"),
            ("return (i for i in X)", "generator"),
            ("return map(abs, X)", "map"),
            ("return zip(X)", "zip"),
            ("return range(3)", "range"),
            ("return (X @ w + b, 1)", "tuple"),
            ("return [X @ w]", "list"),
            ("return {'z': X}", "dict"),
            ("return print", "function"),
            ("return lambda: X", "function"),
            ("return X.sum", "function"),
            ("return int", "class"),
            ("return 'z'", "text"),
            ("return {1, 2}", "set"),
            ("return sys.stdout", "Capped"),
            ("return X @ w + b", ""),
            ("pass", ""),
        ],
    )
    def test_the_kind_of_what_came_is_told(self, body, form):
        assert (seen(body).form, seen(body).raised) == (form, "")

    def test_a_coroutine_is_told_and_does_not_warn_that_nobody_waited(self):
        found = seen(cell("async def pre_activation(X, w, b):\n    return X @ w + b\n")["pre_activation"])
        assert (found.form, found.value) == ("coroutine", Other("a coroutine"))

    def test_the_form_is_told_where_an_observer_looks_at_the_value(self):
        body = "o = rng.permutation(n)\nfor i in range(0, n, batch_size): yield o[i : i + batch_size]"
        found = seen(body, "minibatches", "rng, n, batch_size")
        assert found.form == "generator"

    def test_what_a_generator_yields_is_listed_and_gets_no_points_for_it(self):
        found = seen("yield X @ w\nyield b")
        assert isinstance(found.value, Other)
        assert [entry.values.ndim for entry in found.entries.items] == [1, 0]
        assert check(defined("yield from X @ w + b")).score == 0

    def test_a_generator_without_end_is_no_reason_to_wait(self):
        assert seen("while True: yield 1").entries == Other("more than 2000 entries")

    def test_an_exception_in_a_generator_is_the_students(self):
        found = seen("yield 1\nyield X[:, 99]")
        assert (found.raised, found.line) == ("IndexError", "line 3")


class TestFaults:
    def test_what_fails_before_the_function_is_called_is_a_fault_of_ours(self, monkeypatch):
        def broken(seconds):
            raise RuntimeError("no clock here")

        monkeypatch.setattr(run, "time_limit", broken)
        found = seen("return X @ w + b")
        assert found.raised == ""
        assert found.fault.startswith("RuntimeError: no clock here (")
        assert "line" in found.fault

    def test_an_observer_that_is_missing_is_a_fault_of_ours(self):
        (found,) = observations(defined("return X"), [run.Call("p", (1, 2, 3), "observers.nowhere")])
        assert found.fault.startswith("AttributeError")
        assert found.raised == ""

    def test_a_reduction_that_fails_is_a_fault_of_ours(self, monkeypatch):
        monkeypatch.setattr(run, "plain", functools.partial(int, "no number"))
        assert seen("return X").fault.startswith("TypeError")

    @pytest.mark.parametrize("body", ["return 1", "return 1, 2", "return None", "return 'text'"])
    def test_an_observer_that_fails_on_a_strange_value_tells_of_the_students(self, body):
        found = seen(body, "bump_network", "f, n, steepness")
        assert found.fault == ""

    @pytest.mark.parametrize("function", [lambda X: X, len, int, functools.partial(len)])
    def test_a_wrong_number_of_arguments_is_the_students(self, function):
        (found,) = observations(function, question("pre_activation").calls(0)[:1])
        assert (found.raised, found.fault) == ("TypeError", "")

    def test_an_iterator_of_the_library_that_raises_is_the_students(self):
        assert (seen("return map(int, 'x')").raised, seen("return map(int, 'x')").fault) == ("ValueError", "")
