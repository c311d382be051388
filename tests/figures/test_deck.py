"""The deck as data."""

import pytest

import mlpkit
from mlpkit.figures.deck import MARKS, deck


def test_every_slide_has_a_number_a_title_a_lecture_and_a_known_verdict():
    assert [slide["number"] for slide in deck()] == list(range(1, 24))
    for slide in deck():
        assert slide["title"]
        assert slide["lecture"]
        assert slide["verdict"] in MARKS


def test_without_the_lectures_it_says_where_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setattr(mlpkit, "__file__", str(tmp_path / "mlpkit" / "__init__.py"))
    with pytest.raises(FileNotFoundError, match="clone the course's repository"):
        deck.__wrapped__()
