"""The records of a question: what follows from its fields."""

import pytest

from mlpkit.exercises.records import Misconception, Property, set_of_questions
from mlpkit.exercises.registry import question

ASKED = question("pre_activation")


def test_a_property_looks_at_the_probes_that_it_names_or_at_all():
    some, every = (Property("p", 1.0, lambda got, wanted: None, on) for on in (("row",), ()))
    assert (some.looks_at("row"), some.looks_at("table")) == (True, False)
    assert every.looks_at("table")


def test_the_id_of_a_misconception_is_the_name_of_its_function():
    def _no_bias(X, w, b):
        return X @ w

    assert Misconception(_no_bias, "the bias is missing", "…").id == "no-bias"


def test_a_question_takes_name_points_and_parameters_from_its_record():
    assert (ASKED.name, ASKED.points, ASKED.parameters) == ("pre_activation", 5.0, ("X", "w", "b"))


def test_there_is_one_call_per_probe_and_the_seed_decides_the_arguments():
    first, again, other = (repr(ASKED.calls(seed)) for seed in (3, 3, 4))
    assert first == again != other
    assert [call.probe for call in ASKED.calls(3)] == [probe.name for probe in ASKED.probes]


def test_a_set_refuses_a_file_whose_question_has_another_name(tmp_path, monkeypatch):
    (tmp_path / "ex01_two").mkdir()
    text = "from types import SimpleNamespace\nQUESTION = SimpleNamespace(name='neuron')\n"
    for name in ("neuron", "neurone"):
        (tmp_path / "ex01_two" / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert set_of_questions("ex01_two", "A title", ["neuron"]).lecture == "01_two"
    with pytest.raises(ValueError, match="a question's file is called like its function"):
        set_of_questions("ex01_two", "A title", ["neurone"])
