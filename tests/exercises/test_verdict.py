"""From observations to points and a diagnosis."""

from dataclasses import replace

from cell_functions import defined

from mlpkit.exercises import check
from mlpkit.exercises.checking import examine
from mlpkit.exercises.registry import question
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade


def test_a_second_mistake_beside_a_known_one_does_not_hide_it():
    result = check(defined("z = X @ w\nX[0] = 9\nreturn z"))
    assert result.misconception == "no-bias"
    assert result.score < 2


def test_a_fault_of_ours_is_told_as_such_and_never_as_the_students():
    asked = question("pre_activation")
    seen = observations(asked.solution, asked.calls(0))
    seen[1] = replace(seen[1], fault="AttributeError: no such clock (mlpkit, line 7)")
    result = grade(asked, seen, 0)
    assert result.status == "not checked"
    assert "no fault of yours" in result.hint
    assert "no such clock" in result.hint
    assert str(result).startswith("pre_activation: not checked")


def test_the_hint_is_about_an_example_that_fails():
    asked = question("dense_forward")

    def right_but_for_zeros(X, W, b):
        return X @ W + b if X.any() else X @ W + 1

    result = grade(asked, observations(right_but_for_zeros, asked.calls(0)), 0)
    failing = [finding for finding in result.findings if not finding.points]
    assert failing
    assert all("zeros" in finding.case for finding in failing)


def test_the_same_mistake_again_gets_a_further_hint(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPKIT_PROGRESS", str(tmp_path / "progress.json"))
    hints = [check(defined("return X @ w")).hint for _ in range(4)]
    assert hints[1].startswith(hints[0])
    assert hints[2].startswith(hints[0])
    assert len(set(hints)) == 3
    assert hints[2] == hints[3]


def test_a_function_that_shows_a_picture_is_told_that_it_is_not_shown():
    body = "import matplotlib.pyplot as plt\nplt.figure()\nreturn X @ w + b"
    result = examine(defined(body))
    assert result.passed
    assert any("shows pictures" in note for note in result.notes)
