"""Solution figures: shown for right functions alone, without output, and without a mark in the progress."""

import pytest

from mlpkit.exercises import history
from mlpkit.solution_figures import Missing, solution_figure
from mlpkit.stage import Stage


def decision_boundary(w, b):
    print("called")
    return (float("inf"), -b / w[0]) if w[1] == 0 else (-w[0] / w[1], -b / w[1])


def wrong():
    def decision_boundary(w, b):
        return w[0] / w[1], -b / w[1]

    return decision_boundary


def test_the_figure_calls_a_right_function_and_shows_none_of_its_prints(capsys):
    stage = solution_figure(decision_boundary, w1=2.0, w2=1.0, b=0.0)
    assert isinstance(stage, Stage)
    assert "x₂ = −2x₁" in stage.description
    stage.controls["w2"].value = 0
    assert "a vertical line" in stage.description
    assert capsys.readouterr() == ("", "")


def test_a_wrong_function_gets_a_line_that_says_what_is_missing_and_no_attempt(tmp_path, monkeypatch):
    monkeypatch.setenv("MLPKIT_PROGRESS", str(tmp_path / history.FILE))
    found = solution_figure(wrong())
    assert isinstance(found, Missing)
    assert "decision_boundary has 3 of 6 points" in str(found)
    assert "decision_boundary has 3 of 6 points" in found._repr_html_()
    assert not (tmp_path / history.FILE).exists()


def test_of_several_functions_all_must_be_right():
    def neuron(X, w, b, g): ...

    found = solution_figure(decision_boundary, neuron)
    assert repr(found) == "<no picture yet: neuron is not written yet>"


def test_wrong_use_is_answered():
    with pytest.raises(TypeError, match="your function itself"):
        solution_figure()
    with pytest.raises(TypeError, match="your function itself"):
        solution_figure(3)
    with pytest.raises(ValueError, match="unknown question"):
        solution_figure(pytest.importorskip)
