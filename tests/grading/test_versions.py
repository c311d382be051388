"""A question's version changes with what it asks and with what grades it, and with nothing else."""

import shutil

import pytest

from mlpkit.exercises.registry import homes, questions
from mlpkit.grading import versions


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the package's files in which a test may change one; `version(name)` looks at it anew."""
    folder = tmp_path / "mlpkit"
    shutil.copytree(versions.PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.js", "*.json"))
    monkeypatch.setattr(versions, "PACKAGE", folder)

    def version(name):
        versions.version_of.cache_clear()
        versions._grader.cache_clear()
        return versions.version_of(name)

    yield folder, version
    versions.version_of.cache_clear()
    versions._grader.cache_clear()


def changed(path):
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def test_every_question_has_a_version_of_its_own():
    found = [versions.version_of(name) for name in questions()]
    assert len(set(found)) == len(found)


def test_a_change_of_a_question_changes_its_version_alone(course):
    folder, version = course
    before = version("softmax"), version("sigmoid")
    changed(folder / "questions" / homes()["softmax"] / "softmax.py")
    assert version("softmax") != before[0]
    assert version("sigmoid") == before[1]


@pytest.mark.parametrize(
    ("name", "helper"), [("pre_activation", "common"), ("gaussian_nll", "gaussian_nll_mistakes")]
)
def test_a_change_of_a_file_that_it_imports_counts(course, name, helper):
    folder, version = course
    before = version(name)
    changed(folder / "questions" / homes()[name] / f"{helper}.py")
    assert version(name) != before


@pytest.mark.parametrize(
    "part", ["exercises/verdict.py", "exercises/sandboxed/plain.py", "grading/guest/cells.py"]
)
def test_a_change_of_what_grades_counts_for_every_question(course, part):
    folder, version = course
    before = version("softmax"), version("bump")
    changed(folder / part)
    assert version("softmax") != before[0]
    assert version("bump") != before[1]


@pytest.mark.parametrize("part", ["cli/__init__.py", "grading/batch.py", "stage/__init__.py"])
def test_a_change_elsewhere_does_not_count(course, part):
    folder, version = course
    before = version("softmax")
    changed(folder / part)
    assert version("softmax") == before
