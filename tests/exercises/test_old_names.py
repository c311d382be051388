"""Names that changed: the old ones work for one more release and name the new ones."""

import importlib

import pytest

from mlpkit.exercises import comparisons, records, verdict
from mlpkit.exercises.result import Finding
from mlpkit.solution_figures import Missing

MISMATCH = records.Mismatch("2", "3")


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("mlpkit.exercises.comparisons", "calm", "no_warnings"),
        ("mlpkit.exercises.records", "Trouble", "Mismatch"),
        ("mlpkit.exercises.records", "Judge", "Comparison"),
        ("mlpkit.exercises.notebooks", "come_alive", "figure_cell"),
        ("mlpkit.solution_figures", "come_alive", "solution_figure"),
    ],
)
def test_an_old_name_of_a_module_gives_the_new_one_with_a_warning(module, old, new):
    module = importlib.import_module(module)
    with pytest.warns(DeprecationWarning, match=f"{old} is now {new}"):
        assert getattr(module, old) is getattr(module, new)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        module.nothing_like_it  # noqa: B018


@pytest.mark.parametrize(
    ("record", "old", "new"),
    [
        (comparisons.shape(), "judge", "compare"),
        (Finding("shape", 0.0, 1.0, MISMATCH), "trouble", "mismatch"),
        (Finding("shape", 0.0, 1.0, MISMATCH), "words", "description"),
        (Missing(()), "words", "description"),
    ],
)
def test_an_old_field_of_a_record_gives_the_new_one_with_a_warning(record, old, new):
    with pytest.warns(DeprecationWarning, match=f"{old} is now .*{new}"):
        assert getattr(record, old) == getattr(record, new)


def test_the_old_module_of_the_grading_is_found():
    with pytest.warns(DeprecationWarning, match="mlpkit.exercises.verdict"):
        assert importlib.import_module("mlpkit.exercises.judging").grade is verdict.grade
