"""The map of the deck."""

import pytest

from mlpkit.explore.deck_map import AUTHORED
from mlpkit.figures.deck import deck


@pytest.mark.slow
def test_the_map_tells_title_lecture_and_verdict_of_every_slide(built):
    for slide in deck():
        words = built("course_map", slide=slide["number"]).description
        assert f"Slide {slide['number']} of 23, {slide['title']}, belongs to lecture " in words
        assert ("erratum" in words) == (slide["verdict"] == "erratum")
    assert not set(AUTHORED) & {slide["lecture"] for slide in deck()}
